"""All checks as a list: the id of each, how grave it can be, the official sentence behind it."""

from collections.abc import Iterator
from typing import NamedTuple

from app.checks.finding import rules
from app.form.catalog import all_forms
from app.form.model import Severity

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}

# How grave a finding of each check can be, the gravest first (domain.md §4); several where a slighter case exists.
_GRAVITY = {
    "E": "S-01 S-03 S-04 S-13 S-18 S-19 S-21 T2-01 T2-02 T2-03 T2-04 T2-07 T3-01 T3-02 T3-03 T3-04 T3-05 T3-08 T4-01 T4-02 X-04 "
    "N-01 N-02 N-03 N-04 N-05 N-06 N-07 N-08 N-09 N-12 D-02 D-06",
    "W": "S-12 S-17 T2-05 T2-06 T2-08 T2-09 T3-06 T3-07 X-01 X-02 X-03 X-05 Y-02 Y-04 Y-05 Y-06 Y-07 Y-08 N-11 N-13 "
    "I-03 I-04 I-05 I-06 I-07 I-09 D-07 D-10 D-12 D-13 D-17 D-18 D-19",
    "I": "S-22 X-06 Y-03 Y-09 D-15",
    "EW": "S-06 S-07 S-08 S-09 S-10 S-11 S-15 D-16 I-01 N-10 D-01 D-04 D-05 D-08 D-09 D-14",
    "EWI": "S-05 S-14 S-16",
    "WI": "S-02 S-20 I-02 I-08 D-11",
    "EI": "Y-01 D-03",
}

# Several checks are made by one function: what each of them asks for.
_OWN = {
    "D-02": "不得遗留模板中的占位符和待填内容。",
    "D-03": "不得有格式转换的残留。",
    "D-04": "单位自称与机关级别、性质相符。",
    "D-08": "规范提法应当准确、完整引用，不用过时的提法。",
    "D-09": "文字严谨，不得出现错别字、错敏词和重复录入的词语。",
    "D-10": "使用规范的术语和计量单位。",
    "D-12": "数字、年份、日期书写规范，不得漏写“年”。",
    "D-13": "语句完整，件数、单位和动作不得缺漏。",
    "D-16": "第六部分不得只写“无”，应当报告信息处理费的收取情况（由S-15一并核对）。",
    "D-17": "党务信息不计入政府信息公开数量。",
    "D-18": "语句通顺，搭配得当。",
}


class Listed(NamedTuple):
    """One check as the list shows it."""

    id: str
    severities: tuple[Severity, ...]  # the gravest first
    sentence: str


def listed() -> tuple[Listed, ...]:
    """Every check in the order of domain.md §4."""
    gravity = {one: letters for letters, ids in _GRAVITY.items() for one in ids.split()}
    said = _sentences()
    order = sorted(gravity, key=_place)
    return tuple(
        Listed(one, tuple(_SEVERITIES[letter] for letter in gravity[one]), said[one]) for one in order
    )


def _place(rule_id: str) -> tuple[int, str]:
    groups = ("S", "T2", "T3", "T4", "X", "Y", "N", "I", "D")
    return groups.index(rule_id.partition("-")[0]), rule_id


def _sentences() -> dict[str, str]:
    """The sentence of the function that makes a check, of the equation in the form, or the check's own."""
    found: dict[str, str] = {}
    for one in rules():
        first = one.sentence.split("\n")[0]
        for rule_id in one.ids:
            found.setdefault(rule_id, first)
    return found | dict(_of_equations()) | _OWN


def _of_equations() -> Iterator[tuple[str, str]]:
    """The words of the form at its equations; the newest edition's where two differ."""
    for edition in sorted(all_forms(), key=lambda one: one.first_year):
        for table in edition.tables.values():
            for check in table.cross_checks:
                yield check.id, check.text.rstrip("。") + "。"
