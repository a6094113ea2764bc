"""Where sentences and brackets end: pairs of brackets, the mark at the end of a paragraph (D-11)."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, in_texts, rewrite, text_sections
from app.checks.rule import WARNING, text_rule
from app.patterns import lazily

Span = tuple[int, int]

_PAIRS = {"（": "）", "《": "》", "〔": "〕", "【": "】"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
# （地址, 《条例》: a bracket of any kind
_BRACKET = lazily("[（）《》〔〕【】]")
# 1）政策文件, a）: a bracket of an ordinal has no fellow
_ORDINAL = lazily(r"(?:^|(?<=[：:；;。，、\s]))(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2})$")
# a mark behind which a sentence goes on
_CUT = "，、；"
# （地址：人民路；邮箱：（甲）: the bracket behind the colon is one too many
_BEHIND_COLON = lazily(r"[：:]（")
# 现将有关情况报告如下: a colon is lost
_ANNOUNCES = lazily(r"(?:如下|以下)[，、；]?$")
# （二）…, 二、…: where another item begins
_NEXT_ITEM = lazily(r"\s*(?:[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)")
# 一是…, 1.…, ①…: a list goes on
_LISTED = lazily(r"\s*(?:第?[一二三四五六七八九十]+(?:是|、|，)|[（(]?\d{1,2}[.．、）)]|[①-⑳]|[·•●■◆-])")
# 地址：…, 联系电话：…, 咨询邮箱…: lines of a directory
_DIRECTORY = lazily(
    r"(?:地址|电话|邮编|邮箱|网址|传真|联系人)[：:]", needs="地址|电话|邮编|邮箱|网址|传真|联系人"
)
# 请与我镇联系（地址：……；电话：……）: a sentence that ends with brackets, and without 。
_IN_BRACKETS = lazily(
    r"[。；，][^。（）\n]{2,60}（[^（）。\n]*(?:地址|电话|邮编|邮箱)[^（）。\n]*）$",
    needs="地址|电话|邮编|邮箱",
)
# 图1 公开专区: a caption behind the text
_CAPTION = lazily(r"\s*[图表]\s*[0-9一二三四五六七八九十]")
_DEEP = 6  # brackets within each other that are looked through for the fellow of one
_FAR = 200  # characters behind a bracket in which another may be the one too many
_SHOWN = 8  # characters of the text around that a message shows


@text_rule("D-11", WARNING, further=True)
def brackets_come_in_pairs(context: CheckContext) -> Iterator[Finding]:
    """括号、书名号成对使用。"""
    yield from in_texts(context, "D-11", WARNING, _unpaired)


@lru_cache(maxsize=256)
def _unpaired(text: str) -> tuple[tuple[str, Span], ...]:
    """Brackets without their fellow in the paragraph."""
    found: list[tuple[str, Span]] = []
    at = 0
    for line in text.split("\n"):
        found.extend((message, (at + start, at + start + 1)) for message, start in _unpaired_in(line))
        at += len(line) + 1
    return tuple(found)


def _unpaired_in(line: str) -> Iterator[tuple[str, int]]:
    line = line.replace("(", "（").replace(")", "）")
    open_: list[int] = []
    for one in _BRACKET.finditer(line):
        at, char = one.start(), one[0]
        if char in _PAIRS:
            open_.append(at)
        else:
            yield from _closed(line, open_, at)
    for at in open_:
        behind = _BEHIND_COLON.search(line, at + 1, at + _FAR) if line[at] == "（" else None
        yield _without_its_fellow(line, behind.end() - 1 if behind else at)


def _closed(line: str, open_: list[int], at: int) -> Iterator[tuple[str, int]]:
    """Takes the fellow of a closing bracket from those that are open; what stands within has none: （国办公开办函〔2021）."""
    char = line[at]
    within = list(takewhile(lambda one: line[one] != _OPENING[char], reversed(open_[-_DEEP:])))
    if len(within) < min(len(open_), _DEEP):
        del open_[len(open_) - len(within) - 1 :]
        yield from (_without_its_fellow(line, one) for one in reversed(within))
    elif not (char == "）" and _ORDINAL.search(line[:at])):
        shown = line[max(at - _SHOWN, 0) : at + 1]
        yield f"“{char}”前面没有对应的“{_OPENING[char]}”：“{shown}”", at


def _without_its_fellow(line: str, at: int) -> tuple[str, int]:
    shown = line[at : at + _SHOWN + 1]
    return f"“{line[at]}”后面没有对应的“{_PAIRS[line[at]]}”：“{shown}”", at


@text_rule("D-11", WARNING, further=True)
def paragraphs_end_with_a_mark(context: CheckContext) -> Iterator[Finding]:
    """段落末尾用句末标点。"""
    for key, text in text_sections(context):
        for span, right in _open_ends(text):
            shown = text[max(span[1] - _SHOWN, 0) : span[1]].strip()
            mark = "冒号" if right.endswith("：") else "句号"
            missing = f"缺少{mark}" if right.startswith(text[slice(*span)]) else f"应为{mark}"
            repair = rewrite(key, text, [(*span, right)], safe=False)
            yield in_text("D-11", WARNING, f"段末{missing}：“……{shown}”", key, text, span, repair)


@lru_cache(maxsize=256)
def _open_ends(text: str) -> tuple[tuple[Span, str], ...]:
    """The last character of every paragraph of sentences that lacks its 。, with what should stand there."""
    found = []
    end, following = len(text), ""
    for line in reversed(text.split("\n")):
        at = end - len(line) + len(line.rstrip())  # where its last character ends
        if "。" in line and _is_open(line.rstrip(), following):
            last = text[at - 1]
            stop = "：" if _ANNOUNCES.search(line.rstrip()) else "。"
            found.append(((at - 1, at), stop if last in "，、；" else f"{last}{stop}"))
        end -= len(line) + 1
        following = line if line.strip() else following
    return tuple(reversed(found))


def _is_open(line: str, following: str) -> bool:
    """Whether a paragraph of sentences stops in the middle: without a mark, or with ； before another item."""
    last = line[-1]
    if last == "）" and _IN_BRACKETS.search(line):
        return True
    is_cut = last in _CUT
    if not (is_cut or "一" <= last <= "龥"):
        return False
    if _DIRECTORY.search(line) or _CAPTION.match(line[line.rfind("。") + 1 :]):
        return False
    if is_cut:
        return (not following or bool(_NEXT_ITEM.match(following))) and not _LISTED.match(line)
    return True
