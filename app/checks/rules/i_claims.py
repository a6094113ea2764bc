"""Totals, growth and counts of names that a text claims in other dress than a list of parts (I-01, I-03, I-09)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import number
from app.checks.language.reading import in_text, text_sections
from app.checks.quantities.claims import Fault, claims
from app.checks.rule import WARNING, text_rule
from app.patterns import lazily
from app.report.model import INTRODUCTION

_NUMERAL = "[两二三四五六七八九十]|[2-9]"
# “机构概况”“政策文件”“财政信息”三个专栏
_NAMED_BEFORE = lazily(
    rf"(?<![”》、和及与等])(?P<list>(?:“[^”，。；\n]{{2,14}}”[、和及与]?){{2,9}})(?P<n>{_NUMERAL})(?:个|大|项|类)"
    r"(?:专栏|栏目|专题|板块|专区|模块|子?栏|频道|制度|机制|清单|平台|公众号|账号)",
    needs="”&个|大|项|类",
)
_QUOTED = lazily(r"“[^”]*”")
# 建立学习培训、督查通报、考核评议四项制度
_BARE_BEFORE = lazily(
    rf"(?:建立|健全|完善|制定|落实|执行|形成|构建)(?:健全|完善|并落实)?了?(?P<list>(?:[^，。；、：\n“”《》（）\d]{{3,8}}、){{2,8}}[^，。；、：\n“”《》（）\d]{{3,10}}?)"
    rf"(?P<n>{_NUMERAL})(?:项|大|个|种)(?:工作|管理)?(?:制度|机制)",
    needs="制度|机制&、",
)
# 拟稿人自审、科室负责人复审、主要领导签发的三级审核
_STEPS = lazily(
    rf"(?:实行|落实|执行|坚持|严格|按照|履行)了?(?P<list>(?:[^，。；、：\n“”]{{2,10}}、){{1,6}}[^，。；、：\n“”]{{2,10}})的“?(?P<n>{_NUMERAL})(?:级|道|步|重|轮|层)(?:审核|审查|把关|审批|审签|审校|程序|流程)",
    needs="级|道|步|重|轮|层&审|把关|程序|流程",
)
# what a step of checking is called
_STEP = lazily(r"[审签核校批]")
_AND = lazily(r"[和及与]")


@text_rule("I-01", WARNING, further=True)
@text_rule("I-03", WARNING, further=True)
@text_rule("I-09", WARNING, further=True)
def claims_agree_with_what_is_told(context: CheckContext) -> Iterator[Finding]:
    """文中总数、增幅、所称数目应与所列数字、名称一致。"""
    for key, text in text_sections(context):
        if key != INTRODUCTION:
            for rule_id, message, span in _faults(text):
                yield in_text(rule_id, WARNING, message, key, text, span)


@lru_cache(maxsize=128)
def _faults(text: str) -> tuple[Fault, ...]:
    return (*claims(text), *_names(text))


def _names(text: str) -> Iterator[Fault]:
    for one in _NAMED_BEFORE.finditer(text):
        count = len(_QUOTED.findall(one["list"]))
        yield from _miscounted(one, count, count)
    for one in _BARE_BEFORE.finditer(text):
        yield from _counted(one)
    for one in _STEPS.finditer(text):
        if all(_STEP.search(item) for item in one["list"].split("、")):
            yield from _counted(one)


def _counted(one: re.Match[str]) -> Iterator[Fault]:
    """A、B和C may be three or two."""
    least = one["list"].count("、") + 1
    if "等" not in one["list"]:
        yield from _miscounted(one, least, least + len(_AND.findall(one["list"])))


def _miscounted(one: re.Match[str], least: int, most: int) -> Iterator[Fault]:
    if not least <= number(one["n"]) <= most:
        count = str(least) if least == most else f"{least}至{most}"
        yield "I-09", f"所称“{one['n']}”，所列{count}项：“{one['list'][:30]}”", one.span()
