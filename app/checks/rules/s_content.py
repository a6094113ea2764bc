"""What the texts must contain: aspects of 总体情况, results, problems, 信息处理费, list of parts (S-11 … S-16, S-20, S-22)."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, rewrite, squeezed
from app.checks.rule import ERROR, INFO, WARNING, rule
from app.checks.rules.i_lists import counted_items
from app.form.model import Aspect, Severity
from app.patterns import Words, lazily
from app.report.aspects import treated
from app.report.model import AgencyKind
from app.report.outline import Outline

FEE_REQUIRED_FROM = 2021

# where a sentence ends
_SENTENCE_END = lazily(r"[。；;\n]")
_TOPICS = {"appraisal": "工作考核", "review": "社会评议", "liability": "责任追究"}
# 工作考核, 社会评议 (also 满意度, 问卷), 责任追究
_RESULT_WORDS = lazily(
    r"(?=[考测评满民问追])(?:(?P<appraisal>考核|考评|测评)|(?P<review>评议|满意[度率]|民意调查|问卷)|(?P<liability>追究|追责|问责))",
    needs="考核|考评|测评|评议|满意|民意调查|问卷|追究|追责|问责",
)
# 未发生责任追究情形, 考核为优秀, 满意度97%: a result, no mechanism
_OUTCOME = lazily(
    r"未发生|没有发生|未开展|未组织|未进行|未出现|没有出现|未有|无因|无.{0,12}(?:追究|追责|问责|情形|情况)|不存在"
    r"|优秀|优良|良好|合格|达标|排名|位列|名列|位居|等次|得分|满意(?:度|率)?.{0,8}\d|表彰|通报"
    r"|\d\s*(?:分|名|%|％|份|人次|次|起|件|人|家)|评议结果|考核结果|均(?:较好|合格|满意)|反映良好"
)
# 工作考核情况。 behind the word: it heads what is told
_RESULT_HEADING = lazily(
    r"[^。；;，,：:\n]{0,10}情况[。：:\n]\s*[^。\n]{4}"
)  # after the word: 工作考核情况。

# 下一步, 改进措施, 针对上述问题, 2026年我们将: here 五 turns to improvements
_IMPROVING = lazily(
    r"改进情况|改进措施|改进方向|整改措施|整改情况|下一步|下步|今后|针对(?:上述|以上|存在|这些)|对(?:上述|以上|存在的)问题"
    r"|20\d\d年(?:度)?[，,]?.{0,16}(?:将|要)|我们将|将(?:重点|继续|进一步|从|坚持|按照|着力|采取)|要进一步"
)
# a word of improvement anywhere: 加强, 完善
_IMPROVES = Words("改进|措施|下一步|今后|将|整改|加强|完善|强化|提升|提高")
# a word of a problem anywhere: 不足, 有待提高
_PROBLEMS = Words(
    "问题|不足|不够|不强|不高|不及时|不到位|不全|不准|不实|不细|不深|不广|不易|不便|不畅|不当|不规范|不熟|不清|不懂|不均|不统一|不透|不紧|不明显|不明确|不多|不快|不新"
    "|不丰富|不完善|不健全|不齐|不匀|不灵活|不稳定|不理想|不尽|不精|不适应|短板|弱项|薄弱|差距|困难|欠缺|有待|滞后|单一|偏少|偏重|偏低|偏慢|偏弱|偏高|较少|较慢|较低|较差|较弱"
    "|缺乏|缺少|缺失|未能|仍需|还需|尚需|难以|不能|不会"
)
# （二）2024年存在的主要问题 on a line of its own: here the problems begin
_NOW_PROBLEMS = lazily(
    r"[ \t\u3000]*[（(]?[一二三四]?[）)、]?[^。；，\n]{0,16}(?:存在的?(?:主要|突出)?|主要)(?:问题|不足)[^。；，\n]{0,6}",
    needs="问题|不足",
)
# 目前仍存在以下问题：
_STILL_PROBLEMS = lazily(
    r"(?:本年度?|目前|当前|20\d\d年度?)(?:仍|还|尚)?存在(?:的|以下|主要|突出)*(?:问题|不足)[：:]",
    needs="问题：|问题:|不足：|不足:",
)
# 无。, 不存在主要问题。: nothing but 无
_NIL = lazily(
    r".{0,24}?(?:无|没有|不存在|暂无)(?:存在)?(?:的)?(?:主要|明显|突出)?(?:问题)?(?:及改进(?:情况|措施))?[。.]?"
)
_BARE_NIL = lazily(r"\s*无[。.]?\s*")
# 改进措施 told problem by problem: so often that no half is the improvements'
_MEASURES = lazily(r"改进情况|改进措施|整改措施|整改情况|下一步")
_INTERLEAVED = 3  # improvements told problem by problem

# 信息处理费 by its name, or in one sentence what was charged for applications; 涉企收费清单已公开 says nothing of it
_FEE = Words("处理费")
# 信息处理费收取情况见附件: told elsewhere, not here
_ELSEWHERE = lazily(
    r"[^。；未没无免]*处理费[^。；\d未没无0]{0,12}(?:见|参见|详见|另附)[^。；\d未没无]{0,10}",
    needs="处理费&见|另附",
)
_CHARGED = lazily(
    r"收取[^，,]{0,16}?费|(?:未|没有|不|无|免)[^，,]{0,6}收费|收费(?:情况|金额|总额|共|为|合计|人民币)*[^，,]{0,4}?\d"
    r"|信息公开(?:工作|的)*收费|收费(?:及|和|与|、)?减免|收[^，,]{0,4}费用",
    needs="收&费",
)
# 2024年，我镇无收费情况。 as a whole sentence of 六, 发出收费通知0件: of what is asked for there
_NO_CHARGE = lazily(
    r"(?:20\d\d年度?，?)?(?:本机关|本单位|我[镇乡局委办县区]|本年度?|全年|[一-龥]{2,16}(?:政府|办事处|局|委员会))?(?:未|没有|无|不存在)(?:发生|产生|出现)?(?:任何)?收费(?:(?:及|和|与|、)?减免)?(?:情况|情形|行为|事项)?"
    r"|[^。；]*收费通知\d+件[^。；]*",
    needs="收费",
)
# 涉企收费目录清单已公开: other charges
_OTHER_CHARGES = Words("涉企|清单|目录|事业性|乱收费")
# of information, not of something else
_ON_REQUEST = Words("申请|政府信息|信息公开")

_LIMIT_WORDS = {1000: "一千字"}


# -- 一、总体情况 ---------------------------------------------------------------------------------------------------------


@rule("S-11", ERROR, WARNING)
def five_aspects(context: CheckContext) -> Iterator[Finding]:
    """总体情况主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障等。"""
    section = context.form.sections[0]
    text = _as_found(context.report.narratives.get(section.key, ""), section.key, context.outline)
    if not text.strip() or not section.aspects:
        return
    missing, unclear = _aspects(text, section.aspects)
    if missing:
        message = f"{section.name}未涵盖{'、'.join(missing)}，请分项写明，没有的写“无”或者“未发生”"
        yield Finding("S-11", ERROR, message, section.key)
    elif unclear:
        names = "、".join(aspect.label for aspect in section.aspects)
        message = f"{section.name}应按{names}的顺序分项撰写：{unclear}"
        yield Finding("S-11", WARNING, message, section.key)


def _as_found(text: str, section: str, outline: Outline | None) -> str:
    """The section's own text, without what stood under extra headings and was merged into it."""
    for heading in outline.headings if outline else ():
        at = text.find(heading.text) if heading.extra and heading.section == section else -1
        if at >= 0:
            return text[:at]
    return text


@lru_cache(maxsize=64)
def _aspects(text: str, aspects: tuple[Aspect, ...]) -> tuple[tuple[str, ...], str]:
    """(labels of the aspects that the text does not treat, what is merged or out of order)."""
    places = treated(text, aspects)
    unheaded = [one for one in aspects if one.key not in places]
    missing = tuple(
        one.label for one in unheaded if not any(word in text for word in (one.label, *one.words))
    )
    labels = {one.key: one.label for one in aspects if one.key in places}
    said = []
    if unheaded:
        said.append(f"{'、'.join(one.label for one in unheaded)}未单列")
    merged = Counter(places.values())
    shared = [labels[key] for key, at in places.items() if merged[at] > 1]
    if shared:
        said.append(f"{'、'.join(shared)}合写")
    order = sorted(places, key=lambda key: places[key])
    if (not said and order != list(labels)) or [places[key] for key in labels] != sorted(places.values()):
        said.append("现依次为" + "、".join(labels[key] for key in order))
    return missing, "；".join(said)


@rule("S-12", WARNING)
def results_are_reported(context: CheckContext) -> Iterator[Finding]:
    """《条例》第五十条第四项：各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况。"""
    section, report = context.form.sections[0], context.report
    if report.agency.kind in (AgencyKind.DEPARTMENT, AgencyKind.SUBDISTRICT):
        return  # the sentence binds governments; neither an office nor a 派出机关 is one
    if not report.narratives.get(section.key, "").strip():
        return
    told = {topic for text in report.narratives.values() for topic in _results(text)}
    missing = [topic for topic in _TOPICS.values() if topic not in told]
    if missing:
        names = missing[0] if len(missing) == 1 else "、".join(missing[:-1]) + "和" + missing[-1]
        yield Finding("S-12", WARNING, f"未报告{names}结果情况，没有开展或者没有发生的也请写明", section.key)


@lru_cache(maxsize=64)
def _results(text: str) -> frozenset[str]:
    """The topics whose results the text states, also in the negative; mechanisms and intentions are no results."""
    told: set[str] = set()
    for word in _RESULT_WORDS.finditer(text):
        topic = word.lastgroup or ""
        if topic in told:
            continue
        start = max(text.rfind(mark, 0, word.start()) for mark in "。；;\n") + 1
        end = _SENTENCE_END.search(text, word.end())
        heads = _RESULT_HEADING.match(text, word.end()) and word.start() - start <= 20
        if heads or _OUTCOME.search(text, start, end.start() if end else len(text)):
            told.add(topic)
    return frozenset(_TOPICS[topic] for topic in told)


@rule("S-22", INFO)
def overview_is_short(context: CheckContext) -> Iterator[Finding]:
    """总体情况重在聚焦主题、简明客观，篇幅原则上不超过一千字。"""
    limit, section = context.settings.overview_limit, context.form.sections[0]
    if limit is None:
        return
    count = len(squeezed(context.report.narratives.get(section.key, "")))
    if count > limit:
        said = _LIMIT_WORDS.get(limit, f"{limit}字")
        message = f"{section.name}篇幅{count}字，超过{said}，多{count - limit}字（上限在设置和地方规则包里，可以改）"
        figures = (("left", str(count)), ("right", str(limit)))
        yield Finding("S-22", INFO, message, section.key, values=figures)


# -- 五 and 六 ------------------------------------------------------------------------------------------------------------


@rule("S-14", ERROR, WARNING, INFO)
def problems_and_improvements(context: CheckContext) -> Iterator[Finding]:
    """要深入剖析工作中存在的主要问题，逐条提出改进措施，绝不能敷衍应对、浮皮潦草。"""
    section = context.form.sections[-2]
    text = context.report.narratives.get(section.key, "").strip()
    if text:
        severity, why = _problems(text, context.settings.shortest_problem_text)
        if severity is not None:
            fault = "空缺" if severity is ERROR else "过于简单"
            yield Finding("S-14", severity, f"“{section.title}”{fault}：{why}", section.key)
    last = context.form.sections[-1]
    if context.report.year < FEE_REQUIRED_FROM and _BARE_NIL.fullmatch(
        context.report.narratives.get(last.key, "")
    ):
        message = f"“{last.title}”仅写“无”，{FEE_REQUIRED_FROM}年起须在此报告信息处理费收取情况"
        yield Finding("S-14", INFO, message, last.key)


@lru_cache(maxsize=64)
def _problems(text: str, shortest: int) -> tuple[Severity | None, str]:
    """How a text on problems and improvements falls short."""
    if len(text) < 40 and _NIL.fullmatch(squeezed(text)):
        return ERROR, "不得只写“无”"
    if not _PROBLEMS.stand_in(text):
        return ERROR, "未写明存在的主要问题"
    if not _IMPROVES.stand_in(text):
        return ERROR, "未写明改进情况"
    marks = list(_IMPROVING.finditer(text))
    is_mixed = (
        not marks
        or len(_MEASURES.findall(text)) >= _INTERLEAVED
        or not _PROBLEMS.stand_in(text[: marks[0].start()])
    )
    # last year's improvements first, this year's problems behind
    if is_mixed or _turns_to_problems(text[marks[0].end() :]):
        total = len(squeezed(text))
        is_short = total < 2 * shortest and not _FIGURE.search(text)
        return (WARNING, _too_short("问题和改进", total, 2 * shortest)) if is_short else (None, "")
    split = marks[0].start()
    return _short_part(text[:split], text[split:], shortest)


def _turns_to_problems(text: str) -> bool:
    """Whether the problems are told behind the improvements: under a heading of their own, or as those that still are."""
    headings = (line for line in text.split("\n")[1:] if line[-1:] != "。")
    return _STILL_PROBLEMS.search(text) is not None or any(map(_NOW_PROBLEMS.fullmatch, headings))


def _short_part(problems: str, improvements: str, shortest: int) -> tuple[Severity | None, str]:
    """The part of the two that is too short; less is enough in a long text, or where something is named."""
    total = len(squeezed(problems + improvements))
    for name, part in (("问题", problems), ("改进", improvements)):
        count = len(squeezed(part))
        is_long = total >= 3 * shortest and 3 * count >= 2 * shortest
        if count < shortest and not is_long and not _is_concrete(part):
            return WARNING, _too_short(name, count, shortest)
    return None, ""


def _is_concrete(part: str) -> bool:
    return _names_each(part) or _FIGURE.search(part) is not None


# 每季度检查一次, 3次: what was or will be done, counted
_FIGURE = lazily(
    r"(?<![\d.])\d+(?:\.\d+)?\s*(?:[次个条件篇期场项人名家处%％天]|[余多])|每(?:[周月年]|季度|半年)|[一两二三四五六七八九十]次"
)
# ，。；: two clauses tell two things
_CLAUSES = lazily(r"[，。；：\n]")
_ONE_CLAUSE = 6
_ONE_PROBLEM = 10  # characters with which one can say what is lacking where, or what is done about it


def _names_each(part: str) -> bool:
    """Whether at least two problems or measures are told, each in words of its own: short, and nothing wrong with it."""
    items = [one for one in counted_items(part) if one.text.strip()]
    if len(items) >= 2:
        return all(len(one.text) >= _ONE_PROBLEM for one in items)
    own = [one for one in _CLAUSES.split(part) if len(squeezed(one)) >= _ONE_CLAUSE]
    return len(own) >= 2


def _too_short(name: str, count: int, limit: int) -> str:
    """How long a part is, what it should hold, and whose limit that is."""
    wanted = {"问题": "请逐条写明哪项工作、差在哪里", "改进": "请逐条写明对应的措施、谁来做、何时完成"}
    return f"{name}部分{count}字，不足{limit}字（本软件的提示线，可在设置中改），{wanted.get(name, '请逐条写明问题和对应的措施')}"


@rule("S-15", ERROR, WARNING)
@rule(
    "D-16",
    ERROR,
    WARNING,
    told_as="S-15",
    says="第六部分不得只写“无”，应当报告信息处理费的收取情况（由S-15一并核对）。",
)
def processing_fee_is_reported(context: CheckContext) -> Iterator[Finding]:
    """六、其他需要报告的事项（文字描述，收取信息处理费情况在此处报告。）"""
    if context.report.year < FEE_REQUIRED_FROM:
        return
    last = context.form.sections[-1]
    narratives = context.report.narratives
    if _tells_of_fee(narratives.get(last.key, "")):
        return
    if any("处理费" in text for key, text in narratives.items() if key != last.key):
        message = f"信息处理费收取情况应在“{last.title}”中报告"
        yield Finding("S-15", WARNING, message, last.key)
    else:
        message = "未报告信息处理费收取情况，没有收取的也请写明，如“本年度未收取信息处理费”"
        yield Finding("S-15", ERROR, message, last.key)


@lru_cache(maxsize=64)
def _tells_of_fee(text: str) -> bool:
    told = "。".join(one for one in _SENTENCE_END.split(text) if not _ELSEWHERE.fullmatch(one.strip()))
    return _FEE.stand_in(told) or any(
        _NO_CHARGE.fullmatch(squeezed(one))
        or (_CHARGED.search(one) and _ON_REQUEST.stand_in(one) and not _OTHER_CHARGES.stand_in(one))
        for one in _SENTENCE_END.split(text)
    )


Fault = tuple[str, tuple[int, int], str]  # what is said, where, what should stand there

_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")}
# （一）, (3), （三): an ordinal of the first sub-level, in whatever brackets
_BRACKET = lazily(
    r"(?=[ \t\u3000（(])(?:^|(?<=[。；;：:！\n]))[ \t\u3000]*(?P<open>[（(])(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<close>[）)])",
    re.M,
)
# 一、 at the beginning of a sentence or line inside an item
_UPPER = lazily(
    r"(?:^|(?<=[。；：\n]))[ \t\u3000]*(?P<mark>(?P<n>[一二三四五六七八九十])、)(?=[一-龥])",
    re.M,
    needs="一、|二、|三、|四、|五、|六、|七、|八、|九、|十、",
)
# ㈠: one character for （一）
_ENCLOSED = lazily(r"[㈠-㈩]")
# 1、, 2． at the beginning of a line
_LINE_NUMBER = lazily(r"^[ \t\u3000]*(?P<n>\d{1,2})(?P<mark>[、.．])(?!\d)", re.M)


@rule("S-17", WARNING)
def numbering_is_continuous(context: CheckContext) -> Iterator[Finding]:
    """结构层次序数依次用“一、”“（一）”“1.”“（1）”标注，序号连续、形式一致（GB/T 9704—2012）。"""
    first = context.form.sections[0].key
    for section in context.form.sections:
        text = context.report.narratives.get(section.key, "")
        if text and (faults := _numbering(text, section.key == first)):
            yield _misnumbered(section.key, text, faults)


def _misnumbered(key: str, text: str, faults: tuple[Fault, ...]) -> Finding:
    """All that is wrong with the numbers of a section, at the first place, with one repair."""
    edits = [(*span, right) for _, span, right in faults if right]
    said = list(dict.fromkeys(message for message, _, _ in faults))
    message = "，".join([said[0], *(one.removeprefix("序号") for one in said[1:])])
    repair = rewrite(key, text, edits) if edits else None
    return in_text("S-17", WARNING, message, key, text, faults[0][1], repair)


@lru_cache(maxsize=64)
def _numbering(text: str, has_items: bool) -> tuple[Fault, ...]:
    """What is wrong with the numbering of the first sub-level; `has_items`: the section consists of items （一）…（五）."""
    brackets = list(_BRACKET.finditer(text))
    marks = [(one, *_level(one)) for one in brackets if not _is_inside_a_sentence(text, one)]
    found = [*_bracket_faults(marks), *_upper_marks(text, [one for one, chinese, _ in marks if chinese])]
    found += _half_in_a_sentence(text, brackets)
    if has_items and not any(chinese for _, chinese, _ in marks) and not _ENCLOSED.search(text):
        found += _first_level_in_figures(text, [one for one, _, _ in marks])
    return tuple(found)


def _first_level_in_figures(text: str, bracketed: list[re.Match[str]]) -> Iterator[Fault]:
    """1、 … 5、 or (1) … (5) where the items of the section should be （一）…（五）: one finding for all of them."""
    lines = [(one.start("n"), one.end("mark"), one["n"]) for one in _LINE_NUMBER.finditer(text)]
    lines = lines or [
        (one.start("open"), one.end("close"), one["n"])
        for one in bracketed
        if one.start() == 0 or text[one.start() - 1] == "\n"
    ]
    numbers = [int(n) for _, _, n in lines]
    if len(lines) >= 2:
        start, end, _ = lines[0]
        is_run = numbers == list(range(1, len(numbers) + 1)) and len(numbers) <= len(_DIGITS) - 1
        last = f"，依次至“{text[slice(*lines[-1][:2])]}”应为“{_wide(numbers[-1])}”" if is_run else ""
        yield f"序号“{text[start:end]}”应为“（一）”{last}", (start, end), ""


def _is_inside_a_sentence(text: str, one: re.Match[str]) -> bool:
    """（一）加强领导；（二）健全机制：a list within a sentence, no sub-level."""
    return text[one.start() - 1 : one.start()] in ("；", ";") and not one["n"].isdigit()


def _half_in_a_sentence(text: str, brackets: list[re.Match[str]]) -> Iterator[Fault]:
    """（一）……；(二）……；（三）……: one of a list within a sentence in other brackets than the rest."""
    for before, one in pairwise(brackets):
        is_one_row = not before["n"].isdigit() and "\n" not in text[before.end() : one.start()]
        if _is_inside_a_sentence(text, one) and _is_half(one) and is_one_row and not _is_half(before):
            yield _should_be(one, _wide(_level(one)[1]))


def _upper_marks(text: str, items: list[re.Match[str]]) -> Iterator[Fault]:
    """一、二、三、 inside （三）: the level above it; one finding names the first."""
    upper = [one for one in _UPPER.finditer(text) if one.start() > items[0].start()] if items else []
    if len(upper) >= 2 and [_DIGITS[one["n"]] for one in upper[:2]] == [1, 2]:
        above = next(one for one in reversed(items) if one.start() < upper[0].start())
        span = upper[0].span("mark")
        yield f"“{above[0].strip()}”之下的序号“{text[slice(*span)]}”应为“1.”，共{len(upper)}处", span, ""


def _level(mark: re.Match[str]) -> tuple[bool, int]:
    """(whether the ordinal is Chinese, its number)."""
    n = mark["n"]
    if n.isdigit():
        return False, int(n)
    if len(n) == 1:
        return True, _DIGITS[n]
    return True, 10 + _DIGITS.get(n[1:], 0)  # 十一 … 十九: more items than any section has


def _bracket_faults(
    marks: list[tuple[re.Match[str], bool, int]],
) -> Iterator[Fault]:
    wide = any(chinese and not _is_half(one) for one, chinese, _ in marks)
    narrow = next((one for one, chinese, _ in marks if chinese and wide and _is_half(one)), None)
    last, inner = 0, 0  # `last`: what the item before should be called
    for one, chinese, number in marks:
        if not chinese and (inner or number == 1 or number != last + 1):
            inner = number  # a list of its own inside an item
            continue
        right = 1 if number == 1 else last + 1  # those behind a gap are counted on, too
        if number != right or one is narrow or not chinese:  # （3） after （二）: a slip
            yield _should_be(one, _wide(right))
        last, inner = right, 0


def _is_half(mark: re.Match[str]) -> bool:
    return mark["open"] == "(" or mark["close"] == ")"


def _should_be(mark: re.Match[str], right: str) -> Fault:
    span = mark.start("open"), mark.end("close")
    return f"序号“{mark[0].strip()}”应为“{right}”", span, right


def _wide(number: int) -> str:
    return (
        f"（{'零一二三四五六七八九十'[number]}）"
        if number <= 10
        else f"（十{'零一二三四五六七八九'[number - 10]}）"
    )
