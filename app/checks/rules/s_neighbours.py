"""Another town's name for what is the own unit's: 维护青石镇政府信息公开专栏 in the report of 青山镇 (S-08)."""

from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.pairs import places
from app.checks.language.reading import in_text, rewrite, text_sections
from app.checks.language.scope import unquoted
from app.checks.rule import WARNING, rule
from app.checks.rules.s_identity import core
from app.patterns import lazily

Span = tuple[int, int]

_KINDS = "镇", "乡", "街道"
# what a unit calls its own
_ITS_OWN = (
    *("政府信息公开专", "政府信息公开平台", "政府信息公开目录", "政府信息公开指南", "政府信息公开栏"),
    *("政府信息公开工作", "政务公开工作", "政务公开专", "政务公开栏", "政府门户网站", "微信公众号"),
    *("政务公开领导", "政府信息公开领导", "信息公开领导", "党政综合", "党政办", "便民服务中心", "政务新媒体"),
)
# 借鉴青石镇政务公开工作, 与青石镇党政办: it is the other unit that is meant; 由青石镇党政办 is told as who acts
_OF_OTHERS = (
    *(
        "借鉴",
        "学习",
        "参考",
        "观摩",
        "参观",
        "交流",
        "考察",
        "兄弟",
        "周边",
        "邻近",
        "相邻",
        "对标",
        "转载",
        "与",
        "赴",
    ),
)
_BESIDE_OTHERS = "与", "和", "同", "赴", "到", "向", "比", "如", "及", "往", "、", "原", "由"
_CLOSE = 14  # characters before a name in which it is said whose it is
# a mark behind which another clause begins
_CLAUSE_END = lazily(r"[，。；：！\n]")
# 维护桃源镇政府信息公开专栏: what a unit does with its own
_TENDS = (
    *("维护", "更新", "完善", "打造", "建设", "规范", "优化", "利用"),
    *("依托", "通过", "登录", "改版", "升级", "开设", "设立"),
)
# 各乡镇, 全镇, 小城镇: no name of a town
_IN_NO_NAME = frozenset("各全我本该所下辖乡村城集县市区级个和与及等的了街镇小在")
_LONGEST = 3  # characters of a name before 镇


@rule("S-08", WARNING, further=True)
def ones_own_under_ones_own_name(context: CheckContext) -> Iterator[Finding]:
    """标题和落款使用单位全称，文中使用规范的全称或简称，前后一致。"""
    own = core(context.report.agency.name)
    if not own.endswith(_KINDS):
        return
    told: set[str] = set()
    for key, text in text_sections(context):
        for name, span, is_slip in _others(text, own):
            if name in told:
                continue
            told.add(name)
            message = f"“{name}”与本单位名称“{own}”差一个字，请核对"
            if not is_slip:
                message = f"文中写的是“{name}”，本单位是“{own}”，请核对是不是照抄了其他单位的内容"
            repair = rewrite(key, text, [(*span, own)], safe=False) if is_slip else None
            yield in_text("S-08", WARNING, message, key, text, span, repair)


@lru_cache(maxsize=64)
def _others(text: str, own: str) -> tuple[tuple[str, Span, bool], ...]:
    """(name, place, whether it is the own name but for one character) of what is the unit's under another name."""
    text, found = unquoted(text), []
    for kind, end in _owners(text):
        slip = text[max(end - len(kind) - len(_stem(own)), 0) : end]
        other = _tended(text, end, kind)
        if _is_almost(slip, own) and not _is_of_others(text, end - len(slip)):
            found.append((slip, (end - len(slip), end), True))
        elif other and not own.endswith(other) and not _is_of_others(text, end - len(other)):
            found.append((other, (end - len(other), end), False))
    return tuple(found)


def _owners(text: str) -> Iterator[tuple[str, int]]:
    """(镇, where it ends) before everything that a unit calls its own."""
    for kind in _KINDS:
        for at in places(text, kind):
            if text.startswith(_ITS_OWN, at + len(kind)):
                yield kind, at + len(kind)


def _stem(name: str) -> str:
    """青山 of 青山镇."""
    return name.removesuffix(next((kind for kind in _KINDS if name.endswith(kind)), ""))


def _is_almost(name: str, own: str) -> bool:
    """青石镇, 青山乡 for 青山镇: a name of two characters or more with one that is another, or of another kind."""
    stem, right = _stem(name), _stem(own)
    if len(right) < 2 or len(stem) != len(right) or not _IN_NO_NAME.isdisjoint(set(stem) - set(right)):
        return False
    differing = sum(a != b for a, b in zip(stem, right, strict=True))
    return differing == (1 if name[-1:] == own[-1:] else 0)


def _tended(text: str, end: int, kind: str) -> str:
    """桃源镇 of 维护桃源镇政府信息公开专栏; "" where nothing says where a name begins."""
    before = text[max(end - _CLOSE, 0) : end - len(kind)]
    at = max((before.rfind(verb) + len(verb) for verb in _TENDS if verb in before), default=len(before))
    stem = before[at:]
    is_name = 2 <= len(stem) <= _LONGEST and stem.isalpha() and _IN_NO_NAME.isdisjoint(stem)
    return stem + kind if is_name else ""


def _is_of_others(text: str, at: int) -> bool:
    """Whether the clause says before a name that another unit is meant."""
    clause = _CLAUSE_END.split(text[max(at - _CLOSE, 0) : at])[-1]
    return clause.endswith(_BESIDE_OTHERS) or any(word in clause for word in _OF_OTHERS)
