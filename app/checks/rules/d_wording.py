"""Wording by word lists: placeholders, residue, self-reference, set phrases, confusables, terms, doubled words (D-02 … D-19)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.alike import Alike, Misheard
from app.checks.language.pairs import places, twos
from app.checks.language.reading import SIGNATURE, TITLE, in_text, rewrite, squeezed, text_sections
from app.checks.language.scope import unquoted
from app.checks.language.spelling import Entry
from app.checks.language.word_lists import WordLists, Wrong, word_lists
from app.checks.rule import ERROR, INFO, WARNING, text_rule
from app.patterns import lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

_FARTHEST = 200  # characters of a sentence before a place
_MOST = 3  # places of one wrong wording named in a section
# 精神精神: a word typed twice; numbers and letters are passed over later, which costs less than to look for Chinese alone
_DOUBLED = lazily(r"(\w{2,6}?)\1")
# 进进: a character twice
_TWICE = lazily(r"(\w)\1")
# 一件一件, 逐项逐项: doubled on purpose
_NUMERAL = lazily(r"[一二三四五六七八九十两每逐]")
# [bookmark: _GoBack], [image: 图片3], **, #: left by a conversion
_RESIDUE = lazily(r"\[(?:bookmark|image)[^\]]*\]|\*\*|^\s*#+\s")


class Hit(NamedTuple):
    """A wrong wording where it stands in its paragraph."""

    wrong: Wrong
    start: int
    end: int


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """(start, paragraph): the unit that is looked at again when a clerk types."""
    at = 0
    for line in text.split("\n"):
        if line:
            yield at, line
        at += len(line) + 1


@text_rule("D-02", ERROR, says="不得遗留模板中的占位符和待填内容。")
@text_rule("D-03", ERROR, WARNING, says="不得有格式转换的残留。")
@text_rule("D-04", ERROR, WARNING, says="单位自称与机关级别、性质相符。")
@text_rule("D-05", ERROR, WARNING, further=True)
@text_rule("D-08", WARNING, says="规范提法应当准确、完整引用，不用过时的提法。")
@text_rule("D-09", ERROR, WARNING, INFO, says="文字严谨，不得出现错别字、错敏词和重复录入的词语。")
@text_rule("D-10", WARNING, says="使用规范的术语和计量单位。")
@text_rule("D-11", WARNING, further=True)
@text_rule("D-12", WARNING, INFO, says="数字、年份、日期书写规范，不得漏写“年”。")
@text_rule("D-13", WARNING, says="语句完整，件数、单位和动作不得缺漏。")
@text_rule("D-17", WARNING, says="党务信息不计入政府信息公开数量。")
@text_rule("D-18", WARNING, INFO, says="语句通顺，搭配得当。")
def no_wrong_wording(context: CheckContext) -> Iterator[Finding]:
    """文字严谨、表述规范，不得出现错敏词、模板占位符和与本单位不符的表述。"""
    lists = word_lists(context.settings.word_list)
    for key, text in text_sections(context):
        for wrong, span in _told_once(context, text, lists):
            yield _wrong(wrong, key, text, span)
    yield from _names(context, lists)


def _told_once(context: CheckContext, text: str, lists: WordLists) -> Iterator[tuple[Wrong, Span]]:
    """What is wrong for this agency, each a few times: not what another entry of its rule, or a set phrase, says already."""
    told: Counter[str] = Counter()
    phrases = [span for _, span, _ in _garbled(text, lists)]
    seen: defaultdict[str, list[Span]] = defaultdict(phrases.copy)
    for at, line in _paragraphs(text):
        for wrong, start, end in _hits(line, lists):
            span = at + start, at + end
            if _are_nested(span, seen[wrong.rule]) or not _applies(wrong, context):
                continue
            told[wrong.find] += 1
            if told[wrong.find] <= _MOST:
                seen[wrong.rule].append(span)
                yield wrong, span


def _are_nested(span: Span, others: Iterable[Span]) -> bool:
    """Whether a place lies within another, or another within it: two entries may say the same of 约300多条左右."""
    start, end = span
    return any((a <= start and end <= b) or (start <= a and b <= end) for a, b in others)


def _wrong(wrong: Wrong, key: str, text: str, span: Span) -> Finding:
    found = text[slice(*span)]
    right = wrong.corrected(found)
    message = wrong.message.replace("{found}", found.strip()).replace("{right}", right or "")
    repair = None if right is None else rewrite(key, text, [(*span, right)], wrong.is_safe)
    return in_text(wrong.rule, wrong.severity, message, key, text, span, repair)


def _applies(wrong: Wrong, context: CheckContext) -> bool:
    """Whether a wording is wrong for this agency, in this year, beside what else the report says."""
    agency = context.report.agency
    if context.report.year < wrong.first_year or (wrong.kinds and agency.kind not in wrong.kinds):
        return False
    if any(char in agency.name for char in wrong.unless_name):
        return False
    return not wrong.unless_text or not re.search(wrong.unless_text, _everything(context))


def _everything(context: CheckContext) -> str:
    return "\n".join(context.report.narratives.values())


@lru_cache(maxsize=4096)
def _hits(line: str, lists: WordLists) -> tuple[Hit, ...]:
    """Every wrong wording of a paragraph, for whatever agency and year."""
    bare, there = unquoted(line), twos(line)
    found: list[Hit] = []
    for wrong in lists.worth_trying(line, there):
        if wrong.is_pattern:
            found.extend(_matches(wrong, line, bare))
        else:
            found.extend(Hit(wrong, at, at + len(wrong.find)) for at in places(line, wrong.find))
    found.extend(
        Hit(_misspelt(one), _from_its_verb(one, line, start), end)
        for one, start, end in lists.spelling.find(line, bare, there)
    )
    found = [one for one in found if not _only_cuts(one, line, lists)]
    return (
        *found,
        *(one for one in _mistaken(line, lists, there, found) if not _only_cuts(one, line, lists)),
    )


def _only_cuts(one: Hit, line: str, lists: WordLists) -> bool:
    """办公室公开 is no 公示公开: the wrong form is but the end of one word and the beginning of another."""
    wrong, start, end = one
    return (
        not wrong.is_pattern
        and lists.alike is not None
        and lists.alike.whole.cut(line, start, end, wrong.instead or "")
    )


# 长通街道, 成里村: what may be the name of a place
_PLACES = ("街道", "镇", "乡", "村", "社区", "区", "县", "市", "路", "街", "小区", "中学", "小学", "公司")


def _mistaken(line: str, lists: WordLists, there: Set[str], told: list[Hit]) -> Iterator[Hit]:
    """Set words with a wrong character, where nothing else is told already."""
    for one in lists.alike.find(line, there) if lists.alike else ():
        is_told = any(start < one.end and one.start < end for _, start, end in told)
        is_name = not one.is_sure and line.startswith(_PLACES, one.end) and not _is_word(line, one.end, lists)
        is_left_out = is_told or is_name or _does_more(one, line)
        if not is_left_out and one.wrong not in lists.spelling.known:
            yield Hit(_misheard(one), one.start, one.end)


# 公开作。, 公开作的: where 工作 may have lost a character
_IS_NO_VERB = "，。；：、！？）的和与及或中"


def _does_more(one: Misheard, line: str) -> bool:
    """对信息作隐去处理 is no 信息工作: 作 is a verb, and what is done follows."""
    is_shorter = len(one.wrong) < len(one.right) and one.wrong.endswith("作")
    return is_shorter and line[one.end : one.end + 1] not in _IS_NO_VERB


def _is_word(line: str, at: int, lists: WordLists) -> bool:
    """村务, 县域: a word of its own, and no end of a place's name."""
    return lists.alike is not None and lists.alike.pairs.has(line[at : at + 2])


@lru_cache(maxsize=512)
def _misheard(one: Misheard) -> Wrong:
    """A set word with a wrong character as what is said of it."""
    message = f"“{one.wrong}”{'应为' if one.is_sure else '疑应为'}“{one.right}”"
    return Wrong("D-09", one.wrong, message, WARNING, instead=one.right, is_safe=False)


# what the reason of an entry speaks of, where it is no misspelling: 搭配不当, 缺少动词, 有规范提法
_UNFIT = "搭配"
_OTHER_RULES = ((_UNFIT, "D-18"), ("相反", "D-18"), ("缺少", "D-13"), ("口吻", "D-04"), ("规范提法", "D-08"))
_NEAR, _NEARBY = 12, "…"  # how far before a noun its verb may stand, and the sign of it in a table


@lru_cache(maxsize=512)
def _misspelt(one: Entry) -> Wrong:
    """An entry of the tables as what is said of it; its neighbours have been looked at."""
    right = one.right or None
    rule = next((rule for word, rule in _OTHER_RULES if word in one.reason), "D-09")
    message = f"“{{found}}”{one.reason}" if rule == "D-18" else one.message
    return Wrong(rule, one.wrong, message, one.severity, instead=right, is_safe=one.is_certain)


def _from_its_verb(one: Entry, line: str, start: int) -> int:
    """Where 提高公开力度 begins, of which the table has 力度 with the verbs that do not go with it."""
    if _UNFIT not in one.reason:
        return start
    verbs = one.before.partition(_NEARBY)[2].partition(" ")[0].split("/")
    return max(
        (at for verb in verbs if (at := line.rfind(verb, max(start - _NEAR, 0), start)) >= 0), default=start
    )


def _matches(wrong: Wrong, line: str, bare: str) -> Iterator[Hit]:
    """Where a pattern finds something that is not right after all; its first group that took part is what is wrong."""
    for one in wrong.pattern.finditer(line if wrong.quoted else bare):
        around = line[max(one.start() - 6, 0) : one.end() + 6]
        is_right = wrong.right and wrong.right.search(around)
        if not (is_right or _is_said_before(wrong.unless_before, line, one.start())):
            groups = (one.span(n) for n, group in enumerate(one.groups(), 1) if group)
            yield Hit(wrong, *next(groups, one.span()))


def _is_said_before(pattern: str, line: str, at: int) -> bool:
    """Whether the sentence says before a place what makes it right there."""
    if not pattern:
        return False
    least = max(at - _FARTHEST, 0)
    return re.search(pattern, line[max(line.rfind("。", least, at) + 1, least) : at]) is not None


def _names(context: CheckContext, lists: WordLists) -> Iterator[Finding]:
    """Confusables in title and 落款."""
    report, outline = context.report, context.outline
    title = outline.title if outline else report.agency.name
    signature = (outline.signature if outline else "") or report.signature.agency
    for section, text in ((TITLE, title), (SIGNATURE, signature)):
        for wrong, start, end in _hits(text, lists) if text else ():
            if wrong.rule == "D-09" and not wrong.is_pattern:
                message = wrong.message.replace("{found}", text[start:end])
                yield Finding(wrong.rule, wrong.severity, message, section, quote=text[start:end])


@text_rule("D-08", ERROR, further=True)
def set_phrases_are_exact(context: CheckContext) -> Iterator[Finding]:
    """规范提法应当准确、完整引用。"""
    lists = word_lists(context.settings.word_list)
    for key, text in text_sections(context):
        for message, span, right in _garbled(text, lists):
            repair = rewrite(key, text, [(*span, right)], safe=False)
            yield in_text("D-08", ERROR, message, key, text, span, repair)


@lru_cache(maxsize=256)
def _garbled(text: str, lists: WordLists) -> tuple[tuple[str, Span, str], ...]:
    """(what is said, where, the phrase as it should be)."""
    found = []
    for phrase in lists.phrases:
        for one in phrase.pattern.finditer(text):
            words = squeezed(one[0])
            if not any(right in words for right in phrase.accepted):
                right = ("以" if words.startswith("以") else "") + phrase.accepted[0]
                found.append((phrase.message.replace("{found}", one[0].strip()), one.span(), right))
    return tuple(found)


@text_rule("D-09", WARNING, further=True)
def no_word_twice_in_a_row(context: CheckContext) -> Iterator[Finding]:
    """文字严谨，不得有重复录入的词语。"""
    lists = word_lists(context.settings.word_list)
    for key, text in text_sections(context):
        for start, end in _doubled(text, lists):
            message = f"“{text[start:end]}”重复，应为“{text[start : (start + end) // 2]}”"
            repair = rewrite(key, text, [(start, end, text[start : (start + end) // 2])], safe=False)
            yield in_text("D-09", WARNING, message, key, text, (start, end), repair)


@text_rule("D-09", WARNING, further=True)
def no_character_twice(context: CheckContext) -> Iterator[Finding]:
    """文字严谨，不得有重复录入的字。"""
    lists = word_lists(context.settings.word_list)
    for key, text in text_sections(context):
        for start, end in _stuttered(text, lists):
            right = text[start + 1 : end]
            message = f"“{text[start:end]}”多一个字，应为“{right}”"
            repair = rewrite(key, text, [(start, end, right)], safe=False)
            yield in_text("D-09", WARNING, message, key, text, (start, end), repair)


# 了解解决, 化解解决: words that end as the next begins
_UNDERSTOOD = lazily(r"[了化理破缓和调排分讲图详注见谅]解")
# 市市场监管局, 区区域合作办: a level and the name of an organ that begins with the same character
_OF_A_LEVEL = lazily(
    r"(?P<level>[省市县区州旗镇乡村])(?=(?P=level)[一-龥]{2,7}?(?:局|委|厅|办|中心|站|所|队|院|协会))"
)


@lru_cache(maxsize=256)
def _stuttered(text: str, lists: WordLists) -> tuple[Span, ...]:
    """进进行, 政政府: a word with its first character twice; 公开开展 and 人人参与 are none."""
    if lists.alike is None:
        return ()
    has, begins = lists.alike.pairs.has, lists.alike.pairs.begins
    return tuple(
        (at, at + 3)
        for at in (one.start() for one in _TWICE.finditer(unquoted(text)))
        if has(text[at + 1 : at + 3])
        and begins(text, at)
        and not has(text[max(at - 1, 0) : at + 1])
        and text[at + 2 : at + 3] != text[at + 3 : at + 4]  # 切切实实
        and text[at] not in lists.doubled
        and not _UNDERSTOOD.search(text, max(at - 1, 0), at + 1)
        and not _OF_A_LEVEL.match(text, at)
        and text[at : at + 2] not in lists.doubled
        and text[at : at + 3] not in lists.spelling.known
    )


@lru_cache(maxsize=256)
def _doubled(text: str, lists: WordLists) -> tuple[Span, ...]:
    bare = unquoted(text)
    found = []
    for one in _DOUBLED.finditer(bare):
        start, end = _at_words(bare, one, lists)
        word = bare[start : (start + end) // 2]
        if word and _is_doubled(word, lists) and not _is_asked_for(word, bare, start, end):
            found.append((start, end))
    return tuple(found)


# 商量商量, 讨论讨论: what one does a little of
_A_LITTLE = lazily(
    r"商量|讨论|了解|交流|学习|研究|核对|核实|介绍|考虑|体验|打听|合计|琢磨|走动|活动|检查|看看|宣传|指导"
)
# 大家、再、坐下来: what leads to such a word; 、再: what follows it
_LEADS_TO = lazily(r"(?:大家|坐下来|一起|互相|相互|再|先|多|好好|[、，])$")
_FOLLOWS = ("、", "再", "，再")


def _is_asked_for(word: str, text: str, start: int, end: int) -> bool:
    """坐下来商量商量，再作答复: said twice on purpose."""
    if not _A_LITTLE.fullmatch(word):
        return False
    return bool(_LEADS_TO.search(text[max(start - 4, 0) : start])) or text.startswith(_FOLLOWS, end)


def _is_doubled(word: str, lists: WordLists) -> bool:
    if not all("一" <= char <= "龥" for char in word):
        return False
    if word in lists.doubled or _NUMERAL.search(word) or len(set(word)) == 1:
        return False
    return not (lists.alike and _is_turned(word, lists.alike))


def _is_turned(word: str, alike: Alike) -> bool:
    """Whether what stands twice is another word: 惠民 in the 民惠民惠 of 便民惠民惠农."""
    return len(word) == 2 and not alike.pairs.has(word) and alike.whole.are_beside(word[::-1])


def _at_words(text: str, one: re.Match[str], lists: WordLists) -> Span:
    """Where a doubled word begins: 政务服务服务 is no doubled 务服; an empty place where it only cuts words, 便民惠民惠农."""
    start, end = one.span()
    while lists.alike and lists.alike.whole.across(text, start):
        if text[end : end + 1] != text[start]:
            return start, start
        start, end = start + 1, end + 1
    return start, end


@text_rule("D-03", ERROR, further=True)
def headings_hold_no_residue(context: CheckContext) -> Iterator[Finding]:
    """标题中不得有格式转换的残留。"""
    for heading in context.outline.headings if context.outline else ():
        found = _RESIDUE.search(heading.raw)
        if found:
            message = f"转换残留“{found[0].strip()}”应删去"
            yield Finding("D-03", ERROR, message, heading.section, quote=heading.raw)


@text_rule("D-03", WARNING, further=True)
def residue_was_taken_out(context: CheckContext) -> Iterator[Finding]:
    """原件中的转换残留已在导入时去掉，已公布的应当更正。"""
    outline = context.outline
    if outline is None or not outline.residue or any(_RESIDUE.search(one.raw) for one in outline.headings):
        return  # a heading with residue speaks for the rest
    count = f"，共{len(outline.residue)}处" if len(outline.residue) > 1 else ""
    yield Finding("D-03", WARNING, f"原件有转换残留{count}：{outline.residue[0]}", INTRODUCTION)


@text_rule("D-11", INFO, further=True)
def one_name_for_one_thing(context: CheckContext) -> Iterator[Finding]:
    """同一事物前后使用同一名称。"""
    narratives = context.report.narratives
    for names in word_lists(context.settings.word_list).variants:
        used = [name for name in names if any(name in text for text in narratives.values())]
        if len(used) < 2:
            continue
        key, text = next((key, text) for key, text in text_sections(context) if used[-1] in text)
        at = text.find(used[-1])
        message = f"“{used[0]}”与“{used[-1]}”混用，请统一"
        yield in_text("D-11", INFO, message, key, text, (at, at + len(used[-1])))


# 宋村镇2020年各类栏目信息发布数量统计图: the caption of a picture, alone on its line
_CAPTION = lazily(r"^[^，。；！？：]{4,38}(?:统计图|柱状图|饼图|示意图|图解)$", re.M, needs="图")


# 占比见下图, 如图1所示
_SEE = lazily(r"(?:详见|见|如)下图(?!书)|如图\d{0,2}所示|下图所示", needs="下图|图1|图2|图3|图4|如图")


@text_rule("D-03", INFO, further=True)
def captions_have_their_picture(context: CheckContext) -> Iterator[Finding]:
    """不得有格式转换的残留。"""
    report = context.report
    drawn = {one.section for one in report.pictures} | {one.section for one in report.charts}
    for key, text in text_sections(context):
        for one in (*_CAPTION.finditer(text), *_SEE.finditer(text)) if key not in drawn else ():
            message = f"“{one[0]}”没有图，可能在转换时丢失"
            yield in_text("D-03", INFO, message, key, text, one.span())
