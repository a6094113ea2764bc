"""Another kind of government spoken of as the own one: 由乡党政综合办公室审核 in the report of a town (D-04)."""

from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.pairs import places
from app.checks.language.reading import in_text, text_sections
from app.checks.language.scope import unquoted
from app.checks.rule import WARNING, text_rule

Span = tuple[int, int]

_KINDS = "镇", "乡", "街道"
_OFFICES = "党政", "党委", "党工委", "政府", "人民政府", "办事处", "纪委", "机关", "财政所", "便民服务"
# what a clause has before its doer: 由乡党政办, ，乡党委; no name of a place
_BEFORE = ("由", "经", "报", "在", "。", "；", "，", "：", "\n")
# 全乡: all of the unit; 全乡村振兴, 健全镇: none
_WHOLE = "全"
_NO_WHOLE_BEFORE = frozenset("健保齐周安完")
_NO_WHOLE_BEHIND = frozenset("村镇土亲风愁贤情定域级党")


@text_rule("D-04", WARNING, further=True)
def no_other_kind_of_government(context: CheckContext) -> Iterator[Finding]:
    """单位自称与机关级别、性质相符。"""
    agency = context.report.agency
    name = agency.name.removesuffix("人民政府").removesuffix("办事处")
    kind = next((kind for kind in _KINDS if name.endswith(kind)), "")
    if not kind:
        return
    for key, text in text_sections(context):
        for other in _KINDS:
            if other not in agency.name:
                for span in _told(unquoted(text), other)[:1]:
                    message = f"“{text[slice(*span)]}”与单位不符，本单位是“{kind}”"
                    yield in_text("D-04", WARNING, message, key, text, span)


@lru_cache(maxsize=256)
def _told(text: str, other: str) -> tuple[Span, ...]:
    """Where a text speaks so of the unit itself."""
    found = (
        _whole(text, at, at + len(other)) or _doer(text, at, at + len(other)) for at in places(text, other)
    )
    return tuple(span for span in found if span)


def _whole(text: str, at: int, behind: int) -> Span | None:
    """全乡."""
    if text[at - 1 : at] != _WHOLE or text[max(at - 2, 0) : at - 1] in _NO_WHOLE_BEFORE:
        return None
    return None if text[behind : behind + 1] in _NO_WHOLE_BEHIND else (at - 1, behind)


def _doer(text: str, at: int, behind: int) -> Span | None:
    """由|乡党政."""
    if at and text[at - 1] not in _BEFORE:
        return None
    office = next((one for one in _OFFICES if text.startswith(one, behind)), "")
    return (at, behind + len(office)) if office else None
