"""Marks, spaces and characters: punctuation, numbering marks, rare characters (D-11, D-19)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

from app.checks.context import CheckContext
from app.checks.finding import Finding, Repair, TextEdit
from app.checks.language.reading import in_text, rewrite, text_sections
from app.checks.language.scope import unquoted
from app.checks.rule import WARNING, text_rule
from app.patterns import lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

# 公开信息,接受监督: a half-width mark beside Chinese, not http://
_HALF = lazily(r"[,;:!?()\"](?:(?<=[一-龥》”].)(?!/)|(?<![a-z].)(?=[一-龥《“]))", needs=',|;|:|!|?|(|)|"')
_FULL = dict(zip(",;:!?()", "，；：！？（）", strict=True))
# (一), （12）: brackets of an ordinal, which S-17 judges
_ORDINAL = lazily(r"[(（][一二三四五六七八九十\d]{1,2}[)）]")
_NUMERALS = frozenset("一二三四五六七八九十")
# 一)主动公开: the first bracket of an ordinal is lost
_HALF_ORDINAL = lazily(r"^[ \t\u3000]*[一二三四五六七八九十]{1,2}[)）](?=[ \t\u3000]*[一-龥])", re.M)
# “，。”, “谁公开”、“谁负责”, 公开 信息, （一）、: what is out of place, with what is said of it
_KINDS = (
    (lazily(r"[，。；：、！？]{2,}|[，。；、],|,[，。；、]"), "标点重复“{found}”"),
    (lazily(r"[”’》]\s*、\s*[“‘《]", needs="”|’|》"), "并列的引号、书名号之间不用顿号“{found}”"),
    (
        lazily(
            r"(?=[ \u3000\xa0])(?:(?<=[一-龥])[ \u3000\xa0]+(?=[一-龥，。；：、])|(?<=[\d”》）])[ \u3000\xa0]+(?=[，。；：、]))",
            needs=" |\u3000|\xa0",
        ),
        "文字之间多余空格：“{around}”",
    ),
    (
        lazily(r"^[ \t\u3000]*[（(][一二三四五六七八九十]{1,2}[）)]、", re.M, needs="）、|)、"),
        "序号“{found}”后不加顿号",
    ),
)
# 1、 at the beginning of a line: the official mark is 1.
_LIST_MARK = lazily(r"^[ \t\u3000]*(\d{1,2}、)", re.M)
# 公开 12 条 and 公开12条: both are in use, but not both in one report
_SPACED = lazily(r"[一-龥][ ]+\d|\d[ ]+[一-龥]", needs=" ")
_TIGHT = lazily(r"[一-龥]\d|\d[一-龥]")
_SHOWN = 4  # characters on each side that a message shows
_INNER = str.maketrans("“”\xa0", "‘’ ")
_HABIT = 8  # places with a space: fewer are slips of the hand
# （一）主动公开情况。 alone on its line: a heading, with or without 。
_ITEM_LINE = lazily(
    r"^[ \t\u3000]*[（(][一二三四五六七八九十\d]{1,2}[）)][^。\n]{2,45}(?P<stop>。)?[ \t]*$", re.M
)
# GB/T 2312 and the whole of CJK Unified Ideographs up to 6.0; what is beyond lacks a glyph in most faces
_RARE = lazily(r"[\u3400-\u4dbf\u9fa6-\u9fff]|(?=.)[\ue000-\uf8ff\U00020000-\U0003ffff]")


@text_rule("D-11", WARNING)
def punctuation_is_right(context: CheckContext) -> Iterator[Finding]:
    """标点符号用法应符合GB/T 15834—2011，汉字之间使用全角标点。"""
    kinds: dict[str, list[tuple[str, str, Span]]] = {}
    first = context.form.sections[0].key
    for key, text in text_sections(context):
        for message, span in (*_marks(text), *_list_marks(text, key == first)):
            kinds.setdefault(message, []).append((key, text, span))
    for message, places in kinds.items():
        key, text, span = places[0]
        found = text[span[0] : span[1]].strip()
        count = f"，共{len(places)}处" if len(places) > 1 else ""
        repair = _mended(places)
        message = message.replace("{found}", found).replace("{around}", _around(text, span)) + count
        yield in_text("D-11", WARNING, message, key, text, span, repair)


def _around(text: str, span: Span) -> str:
    """The words on both sides, so that a space or a lost mark can be looked for; quotation marks as inner ones."""
    start = text.rfind("\n", 0, span[0]) + 1
    shown = text[max(start, span[0] - _SHOWN) : span[1] + _SHOWN].split("\n")[0]
    return shown.translate(_INNER)


def _mended(places: list[tuple[str, str, Span]]) -> Repair | None:
    """One repair for all places of a kind; None for what only the clerk can put right (a quotation mark lost)."""
    edits: list[TextEdit] = []
    for key, text, span in places:
        right = _right(text, span)
        if right is None:
            return None
        edits.append(TextEdit(key, *span, text[slice(*span)], right))
    first = edits[0]
    count = f"，共{len(edits)}处" if len(edits) > 1 else ""
    if not first.old.strip():
        return Repair(f"删去多余空格{count}", edits=tuple(edits))
    say = f"“{first.old.strip()}”改为“{first.new}”{count}"
    return Repair(say, edits=tuple(edits))


def _right(text: str, span: Span) -> str | None:
    """What should stand where a mark is out of place."""
    found = text[slice(*span)]
    if found in _FULL:
        return _FULL[found]
    if found == '"':
        return "”" if text[text.rfind("\n", 0, span[0]) + 1 : span[0]].count('"') % 2 else "“"
    if not found.strip():
        return ""
    if _HALF_ORDINAL.match(f"{found}甲") or _LIST_MARK.match(found) or found.lstrip()[0] in "（(":
        return _right_ordinal(found)
    if "、" in found and found[0] in "”’》":
        return re.sub(r"\s*、\s*", "", found)
    if len(found) > 1 and all(mark in "，。；：、！？," for mark in found):
        strongest = next((mark for mark in "。！？；：" if mark in found), found[0])
        return _FULL.get(strongest, strongest)
    return None


def _right_ordinal(found: str) -> str:
    """（一） for 一), 1. for 1、, （一） for （一）、."""
    if found[-1] in ")）":
        return f"（{found.strip()[:-1]}）"
    return found[:-1] + ("." if _LIST_MARK.match(found) else "")


@lru_cache(maxsize=256)
def _marks(text: str) -> tuple[tuple[str, Span], ...]:
    """Every mark out of place with what is said about its kind."""
    bare = unquoted(text)
    half_ordinals = [one.span() for one in _HALF_ORDINAL.finditer(bare)] if _has_half_ordinal(bare) else []
    found = [("序号“{found}”应为“（一）”的形式", span) for span in half_ordinals]
    if halves := [one.span() for one in _HALF.finditer(bare)]:
        ordinals = [*half_ordinals, *(one.span() for one in _ORDINAL.finditer(bare))]
        is_apart = (not any(start <= at < end for start, end in ordinals) for at, _ in halves)
        found += [("半角标点“{found}”应为全角", span) for span in compress(halves, is_apart)]
    for pattern, message in _KINDS:
        found.extend((message, one.span()) for one in pattern.finditer(bare))
    at = 0
    for line in text.split("\n"):
        if line.count("“") != line.count("”"):
            where = at + max(line.rfind("“"), line.rfind("”"))
            found.append(("引号不成对：“{around}”", (where, where + 1)))
        at += len(line) + 1
    return tuple(found)


def _has_half_ordinal(text: str) -> bool:
    """Whether a line may begin with 一）: few do, so that the pattern is seldom made."""
    heads = (line.lstrip(" \t\u3000")[:3] for line in text.split("\n"))
    return any(head[:1] in _NUMERALS and ("）" in head or ")" in head) for head in heads if head)


@lru_cache(maxsize=256)
def _list_marks(text: str, is_first: bool) -> tuple[tuple[str, Span], ...]:
    """1、 for 1. in a list; as the only numbering of 总体情况 it is S-17's."""
    if is_first and not re.search(r"[（(][一二三四五六七八九十][）)]", text):
        return ()
    return tuple(("序号“{found}”应为“1.”的形式", one.span(1)) for one in _LIST_MARK.finditer(text))


@text_rule("D-11", WARNING, further=True)
def one_style_of_spaces(context: CheckContext) -> Iterator[Finding]:
    """数字与汉字之间是否留空，全文应当一致。"""
    spaced = [(key, text, span) for key, text in text_sections(context) for span in _spaced(text)]
    if len(spaced) < _HABIT:
        return
    tight = [text[slice(*at)] for _, text in text_sections(context) if (at := _first(_TIGHT, text))]
    if tight:
        key, text, span = spaced[0]
        message = f"数字与汉字之间有的留空、有的不留，请统一：如“{text[slice(*span)]}”与“{tight[0]}”"
        yield in_text("D-11", WARNING, message, key, text, span)


@lru_cache(maxsize=256)
def _spaced(text: str) -> tuple[Span, ...]:
    return tuple(one.span() for one in _SPACED.finditer(unquoted(text))) if " " in text else ()


@lru_cache(maxsize=256)
def _first(pattern: re.Pattern[str], text: str) -> Span | None:
    found = pattern.search(unquoted(text))
    return found.span() if found else None


@text_rule("D-11", WARNING, further=True)
def headings_end_alike(context: CheckContext) -> Iterator[Finding]:
    """小标题末尾不加句号，各小标题形式一致。"""
    for key, text in text_sections(context):
        span = _odd_heading(text) if key != INTRODUCTION else None
        if span is not None:
            yield in_text(
                "D-11",
                WARNING,
                "小标题末尾的句号应删去",
                key,
                text,
                span,
                rewrite(key, text, [(*span, "")]),
            )


@lru_cache(maxsize=256)
def _odd_heading(text: str) -> Span | None:
    """The one heading line of at least four that ends with 。 while the others do not."""
    lines = list(_ITEM_LINE.finditer(text))
    stops = [one for one in lines if one["stop"]]
    return stops[0].span("stop") if len(lines) >= 4 and len(stops) == 1 else None


def _is_common(text: str) -> bool:
    """Whether GBK has every character: none of them is rare, and to ask for it costs least."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@text_rule("D-19", WARNING)
def characters_can_be_printed(context: CheckContext) -> Iterator[Finding]:
    """生僻字应当使用规范汉字编码，导出前核对字体。"""
    for key, text in text_sections(context):
        span = None if _is_common(text) else _first(_RARE, text)
        if span is not None:
            message = f"生僻字“{text[span[0] : span[1]]}”，请核对导出文件中的字形"
            yield in_text("D-19", WARNING, message, key, text, span)
