"""All checks as a list: the id of each, how grave it can be, the official sentence behind it."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from app.checks.rule import GRAVEST_FIRST, Check, Rule, rules
from app.form.model import Severity

# The groups of ids in the order of the list. A file of rules/ holds checks of one letter only, and begins with it.
GROUPS = {
    "S": "结构、标识与内容",
    "T2": "表二",
    "T3": "表三",
    "T4": "表四",
    "X": "表间",
    "Y": "与上年",
    "N": "文字与表格",
    "I": "文字自身",
    "D": "措辞与细节",
    "P": "地方要求",
}


class Listed(NamedTuple):
    """One check as the list shows it."""

    id: str
    severities: tuple[Severity, ...]  # the gravest first
    sentence: str


def listed() -> tuple[Listed, ...]:
    """Every check in the order of its groups and numbers."""
    return tuple(_listed().values())


def basis(check_id: str) -> str:
    """The official sentence behind the check of that id, "" when there is none."""
    return _listed()[check_id].sentence if check_id in _listed() else ""


@cache
def _listed() -> dict[str, Listed]:
    found: dict[str, list[Check]] = {}
    for _, one in declared():
        found.setdefault(one.id, []).append(one)
    return {one: _line(found[one]) for one in sorted(found, key=_place)}


def declared() -> Iterator[tuple[Rule, Check]]:
    """All that the rules look for; one id comes several times where several functions find it."""
    for one in rules():
        for check in one.checks:
            yield one, check


def _line(checks: list[Check]) -> Listed:
    """What several functions say of one check: the sentence of the one that states it, all their grades."""
    stated = [one for one in checks if not one.further]
    grades = {grade for one in checks for grade in one.grades}
    if not stated:
        raise ValueError(
            f"{checks[0].id} is only found further: one of its functions states it, without further=True"
        )
    severities = tuple(grade for grade in GRAVEST_FIRST if grade in grades)
    return Listed(
        stated[-1].id, severities, stated[-1].sentence
    )  # the newest edition's where the forms differ


def _place(check_id: str) -> tuple[int, str]:
    group = check_id.partition("-")[0]
    if group not in GROUPS:
        raise ValueError(
            f"{check_id}: no group “{group}”: add it with a name to GROUPS in app/checks/listing.py"
        )
    return list(GROUPS).index(group), check_id
