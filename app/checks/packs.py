"""Rule packs: what a county demands beyond the form, which checks it switches or grades, its limits, its points (templates/packs/).

A pack is one readable file. `default.toml` holds every demand with its words; a pack names those that it switches on, and may add
its own. A check that can be an error keeps its errors: a county may ask for more than the form, never for less.
"""

import logging
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from app import own_files
from app.checks.finding import Finding
from app.checks.settings import CheckSettings
from app.checks.unusable import UNUSABLE, what_is_wrong
from app.form.model import Severity
from app.paths import is_file, is_folder, templates, user_data
from app.patterns import lazily

DEFAULT = "default"
_FOLDER = "packs"
_LIMITS = {"overview_limit", "shortest_problem_text", "deadline"}
# P-51
_ID = lazily(r"P-\d{2}")
# 03-31
_DAY = lazily(r"(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Demand:
    """Something that a text must state, or that somebody must have confirmed."""

    id: str
    title: str  # the sentence behind it
    section: str
    message: str
    wanted: tuple[str, ...] = ()  # patterns, each of which the text must hold
    confirm: bool = False  # told until it is recorded, or explained, who confirmed it
    who: str = ""  # what is recorded at sign-off: 规范性文件核对
    hint: str = ""  # who does it
    grade: Severity = Severity.WARNING
    is_on: bool = False

    @property
    def step(self) -> str:
        """The lasting key under which the file keeps who confirmed it."""
        return f"confirm_{self.id}"

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(lazily, self.wanted))

    def is_met(self, text: str) -> bool:
        return not self.confirm and all(one.search(text) for one in self.patterns)


@dataclass(frozen=True)
class Deduction:
    """Points that an assessment takes off, once, when one of these checks finds something."""

    points: Decimal
    why: str
    rules: tuple[str, ...]  # ids, or how they begin: T3-
    grades: tuple[Severity, ...] = (Severity.ERROR, Severity.WARNING)

    def meets(self, finding: Finding) -> bool:
        return finding.severity in self.grades and finding.rule.startswith(self.rules)


@dataclass(frozen=True)
class Score:
    """What an assessment would take off, as far as the checks can see."""

    pack: str
    full: Decimal | None
    lost: tuple[Deduction, ...]

    @property
    def words(self) -> str:
        """按“福建泉州鲤城”预计得5分（满分10分）：未按要素撰写扣5分。"""
        taken = sum((one.points for one in self.lost), Decimal(0))
        why = "、".join(f"{one.why}扣{one.points}分" for one in self.lost)
        if self.full is None:
            return f"按“{self.pack}”预计扣{taken}分" + (f"：{why}" if why else "")
        return f"按“{self.pack}”预计得{max(self.full - taken, Decimal(0))}分（满分{self.full}分）" + (
            f"：{why}" if why else ""
        )


@dataclass(frozen=True)
class Pack:
    """A county's demands, as its file has them."""

    key: str
    name: str
    source: str = ""
    date: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict)
    grades: Mapping[str, Severity | None] = field(default_factory=dict)  # None: off
    demands: tuple[Demand, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    full: Decimal | None = None
    complaint: str = ""  # why its file could not be used

    def __hash__(self) -> int:
        return id(self)

    @property
    def confirmations(self) -> tuple[Demand, ...]:
        """What somebody must confirm."""
        return tuple(one for one in self.demands if one.is_on and one.confirm)

    def limited(self, settings: CheckSettings) -> CheckSettings:
        """The settings with this county's limits where the user set none of his own."""
        standard = CheckSettings()
        changed: dict[str, Any] = {}
        for name, value in self.limits.items():
            if name == "deadline":
                same = (settings.deadline_month, settings.deadline_day) == (
                    standard.deadline_month,
                    standard.deadline_day,
                )
                month, day = map(int, value.split("-"))
                changed |= {"deadline_month": month, "deadline_day": day} if same else {}
            elif getattr(settings, name) == getattr(standard, name):
                changed[name] = value
        return replace(settings, **changed) if changed else settings

    def judged(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings as the county grades them, without what it switched off; errors stay errors."""
        if not self.grades:
            return list(findings)
        return [one for finding in findings if (one := self._judged(finding)) is not None]

    def _judged(self, finding: Finding) -> Finding | None:
        if finding.rule not in self.grades or finding.severity is Severity.ERROR:
            return finding
        grade = self.grades[finding.rule]
        return None if grade is None else replace(finding, severity=grade)

    def score(self, findings: Iterable[Finding]) -> Score | None:
        """What its assessment would say; None where it has no points."""
        if not self.deductions:
            return None
        found = list(findings)
        lost = tuple(one for one in self.deductions if any(one.meets(finding) for finding in found))
        return Score(self.name, self.full, lost)


def pack(key: str) -> Pack:
    """The pack of that name; the program's default for "" ."""
    return _pack(os.environ.get("NIANBAO_HOME", ""), key or DEFAULT)


def packs() -> tuple[Pack, ...]:
    """All packs to choose from: the default, the program's, the user's."""
    own = sorted(_own_folder().glob("*.toml")) if is_folder(_own_folder()) else []
    ours = sorted((templates() / _FOLDER).glob("*.toml"), key=lambda one: (one.stem != DEFAULT, one.stem))
    return tuple(_read(path) for path in {path.stem: path for path in (*ours, *own)}.values())


def _own_folder() -> Path:
    return user_data() / _FOLDER


@lru_cache(maxsize=16)
def _pack(_home: str, key: str) -> Pack:
    for folder in (_own_folder(), templates() / _FOLDER):
        if is_file(path := folder / f"{key}.toml"):
            return _read(path)
    return Pack(key, key, complaint=f"找不到地方规则包“{key}”，没有使用，请在设置中重新选择")


def _read(path: Path) -> Pack:
    """A pack, or why it cannot be used."""
    try:
        return _understood(path, own_files.read_toml(path))
    except UNUSABLE as problem:
        if path.is_relative_to(templates()):
            raise
        log.warning("rule pack %s left out: %s", path, problem)
        why = f"地方规则包“{path.name}”{what_is_wrong(problem)}，整份没有使用，请改正后再核对"
        return Pack(path.stem, path.stem, complaint=why)


def _understood(path: Path, data: Mapping[str, Any]) -> Pack:
    limits = dict(data.get("limits", {}))
    for name, value in limits.items():
        if name not in _LIMITS or (name == "deadline" and not _DAY.fullmatch(str(value))):
            raise ValueError(f"“limits”里的“{name}”不成立")
    return Pack(
        path.stem,
        data["name"],
        data["source"],
        str(data["date"]),
        limits,
        {one["id"]: _grade(one) for one in data.get("check", ())},
        _demands(path, data.get("demand", ())),
        tuple(_deduction(one) for one in data.get("deduction", ())),
        Decimal(str(data["full"])) if "full" in data else None,
    )


def _grade(one: Mapping[str, Any]) -> Severity | None:
    return Severity(one["grade"]) if one.get("on", True) else None


def _demands(path: Path, own: Iterable[Mapping[str, Any]]) -> tuple[Demand, ...]:
    """The default's demands with what the pack says of them, then those that only it has.

    The program's default stands under a default of the county's own, which may be broken, or leave some out.
    """
    standard = templates() / _FOLDER / f"{DEFAULT}.toml"
    base = {} if path == standard else {one.id: one for one in _read(standard).demands}
    if path.stem != DEFAULT:
        base |= {one.id: one for one in pack(DEFAULT).demands}
    for one in own:
        if not _ID.fullmatch(one["id"]):
            raise ValueError(f"“{one['id']}”不是“P-”加两位数字")
        base[one["id"]] = demand = _demand(base.get(one["id"]), one)
        if not path.is_relative_to(templates()):  # the program's own are tried by the tests
            for pattern in demand.wanted:
                re.compile(pattern)
    return tuple(base.values())


def _demand(known: Demand | None, one: Mapping[str, Any]) -> Demand:
    demand = known or Demand(one["id"], one["title"], one["section"], one["message"])
    changed: dict[str, Any] = {
        name: one[name] for name in ("title", "section", "message", "confirm", "who", "hint") if name in one
    }
    if "all" in one:
        changed["wanted"] = tuple(one["all"])
    if "grade" in one:
        changed["grade"] = Severity(one["grade"])
        if changed["grade"] is Severity.ERROR:
            raise ValueError(f"“{one['id']}”的等级只能是warning或者info")
    return replace(demand, is_on=one.get("on", False), **changed)


def _deduction(one: Mapping[str, Any]) -> Deduction:
    more = {"grades": tuple(Severity(grade) for grade in one["grades"])} if "grades" in one else {}
    return Deduction(Decimal(str(one["points"])), one["for"], tuple(one["rules"]), **more)
