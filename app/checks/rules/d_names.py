"""Persons whom a report must not name: applicants with their names (D-14)."""

from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.pairs import places
from app.checks.language.reading import in_text, text_sections
from app.checks.rule import WARNING, text_rule
from app.patterns import lazily

# the commonest family names that are no word of such a sentence (not 高 of 高度, 何 of 何时, 于, 向)
_FAMILY = "王李张刘陈杨赵吴徐孙朱胡郭梁郑罗宋谢唐韩曹邓萧冯蔡彭潘袁董苏吕魏蒋杜丁沈姜傅钟卢汪戴崔陆廖姚谭邹熊郝邱秦顾侯邵孟龙雷汤尹黎"
_FAMILIES = frozenset(_FAMILY)
_WHO = ("申请人", "当事人", "投诉人", "举报人", "信访人", "公民", "村民", "居民", "群众")
# 申请人王小明, 公民李明 before what applicants do; 公民陈述, 村民张贴, 李家村村民 are no names
_APPLICANT = lazily(
    rf"(?:{'|'.join(_WHO)})(?:姓名)?[：:（(]?(?P<name>[{_FAMILY}](?![某述情列旧贴家村庄集镇湾桥河山姓氏])[一-龥]{{1,2}}?)"
    r"[）)]?(?=通过|申请|提出|以|要求|向|因|不服|诉|于|对|等\d|邮寄|当面|来信|来访|反映|的(?:政府信息公开)?申请)"
)


@text_rule("D-14", WARNING, further=True)
def applicants_are_not_named(context: CheckContext) -> Iterator[Finding]:
    """涉及个人隐私的政府信息不得公开：不写申请人姓名。"""
    for key, text in text_sections(context):
        for span in _named(text):
            message = f"出现申请人姓名“{text[slice(*span)]}”，请删去"
            yield in_text("D-14", WARNING, message, key, text, span)


@lru_cache(maxsize=256)
def _named(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(one.span("name") for one in _APPLICANT.finditer(text)) if _may_name(text) else ()


def _may_name(text: str) -> bool:
    """Whether a family name stands right behind one who applies: in few texts, so that the pattern is seldom made."""
    ends = (at + len(who) for who in _WHO for at in places(text, who))
    return any(text[end : end + 4].removeprefix("姓名").lstrip("：:（(")[:1] in _FAMILIES for end in ends)
