"""县级汇总: many units' reports together: who has handed in what and how far, all findings, and the sums with who contributed."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

from app.checks import CheckContext, Finding, check
from app.checks.explanations import settle
from app.checks.settings import CheckSettings
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.catalog import form_for_year
from app.form.model import CellRef, FormDefinition, Severity, Value
from app.report.fingerprint import fingerprint
from app.report.model import Report
from app.signoff import signing
from app.signoff.check_sheet import Checked
from app.storage import files
from app.storage.container import SUFFIX, Content, unpack

_MOST_FILES = 5000
_MOST_IN_ZIP = 50


@dataclass(frozen=True, slots=True)
class Unit:
    """One report that was handed in, or a unit of which none was.

    `excluded` says why it is not in the sums; `notes` what the county should know of it.
    """

    name: str
    file: str = ""
    report: Report | None = None
    prior: Report | None = None
    checked: Checked | None = field(default=None, repr=False)
    excluded: str = ""
    notes: tuple[str, ...] = ()
    is_overdue: bool = False
    path: Path | None = None  # where the report lies by itself, not in a 上报包

    @property
    def is_counted(self) -> bool:
        return self.report is not None and not self.excluded

    @property
    def state(self) -> str:
        """没有报送, 起草 … 定稿."""
        return signing.stage(self.report).value if self.report else "没有报送"

    @property
    def is_frozen(self) -> bool:
        return self.report is not None and self.report.is_frozen

    def number_of(self, severity: Severity) -> int:
        return self.checked.counts[severity] if self.checked else 0

    @property
    def blanks(self) -> int:
        return len(self.report.left(form_of(self.report.form))) if self.report else 0

    @property
    def words(self) -> Iterator[str]:
        """How far it is and what is wrong with it, a word each."""
        yield self.state
        if self.is_overdue:
            yield "逾期"
        if self.checked:
            yield from self.checked.standing.parts
        if self.carry_over:
            yield f"结转不符{len(self.carry_over)}处"
        if self.excluded:
            yield f"没有计入（{self.excluded}）"
        yield from self.notes

    @property
    def carry_over(self) -> list[Finding]:
        """Where 上年结转 is not what last year's report carried on."""
        if self.checked is None or self.report is None:
            return []
        form = form_of(self.report.form)
        rules = {one.check.id for one in form.equations if one.needs_prior}
        settled = self.checked.settled
        found = [*settled.open, *(one.finding for one in settled.explained)]
        return [one for one in found if one.rule in rules]


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell over all counted units: who gave which value, and who left it blank."""

    ref: CellRef
    values: tuple[Value | None, ...]  # in the order of the counted units

    @property
    def total(self) -> Value | None:
        """Of what there is; None when nobody filled it."""
        known = [one for one in self.values if one is not None]
        return (
            sum(known, Decimal(0) if any(isinstance(one, Decimal) for one in known) else 0) if known else None
        )

    @property
    def is_whole(self) -> bool:
        """Whether everybody filled it: a blank is not a zero."""
        return bool(self.values) and None not in self.values


@dataclass(frozen=True)
class Rollup:
    """All of it. `bad` are files that could not be read: (name, why)."""

    year: int
    form: FormDefinition
    units: tuple[Unit, ...]
    bad: tuple[tuple[str, str], ...]
    deadline: date
    on: date

    @cached_property
    def counted(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.is_counted)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        reports = [unit.report for unit in self.counted if unit.report]
        return tuple(Sum(ref, tuple(report[ref] for report in reports)) for ref in self.form.cells)

    @property
    def has_errors(self) -> bool:
        """Whether a check found an error anywhere, or a frozen report was altered."""
        return any(
            unit.number_of(Severity.ERROR) or (unit.report and signing.doubts(unit.report))
            for unit in self.units
        )

    def without_value(self, one: Sum) -> list[str]:
        """The units that left a cell blank."""
        return [unit.name for unit, value in zip(self.counted, one.values, strict=True) if value is None]

    @property
    def words(self) -> Iterator[str]:
        """How it stands, line by line."""
        frozen = sum(unit.is_frozen for unit in self.counted)
        sums = [one for one in self.sums if one.ref not in self.form.totals]
        whole = sum(one.is_whole for one in sums)
        yield f"{self.year}年，{self.form.authority}：计入{len(self.counted)}个单位，其中已定稿{frozen}个。"
        yield f"汇总{len(sums)}格，其中{whole}格各单位都填了，{len(sums) - whole}格有单位没填。"
        for unit in self.units:
            yield f"{unit.name}：{'，'.join(unit.words)}"
        for name, why in self.bad:
            yield f"{name}：{why}"
        if self.bad:
            yield self.lack

    @property
    def lack(self) -> str:
        """What the sums do not hold because it could not be read."""
        named = "、".join(name for name, _ in self.bad[:5]) + ("等" if len(self.bad) > 5 else "")
        return f"注意：有{len(self.bad)}个文件没有读到（{named}），合计里没有它们的数字。"


# -- gathering -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """What the county asks for. `year` None: the one of most reports. `expected` are the names of all units, where known."""

    on: date
    year: int | None = None
    expected: tuple[str, ...] = ()
    deadline: date | None = None
    only_frozen: bool = False
    settings: CheckSettings = field(default_factory=CheckSettings)


def roll_up(paths: Sequence[Path], request: Request) -> Rollup:
    """Read, check and add up everything. UserError only when there is not one report among all of it."""
    contents: list[tuple[str, Path | None, Content]] = []
    bad: list[tuple[str, str]] = []
    for name, path, data in _files(paths, bad):
        try:
            contents.append((name, path, unpack(data)))
        except UserError as error:
            bad.append((name, str(error)))
    if not contents:
        why = f"：{bad[0][0]}，{bad[0][1]}" if bad else ""
        raise UserError(
            f"没有找到能汇总的报告{why}", "请选择各单位报送的 .gknb 文件、上报包或它们所在的文件夹"
        )
    years = Counter(content.report.year for _, _, content in contents)
    year = request.year or max(years, key=lambda one: (years[one], one))
    form = form_for_year(year)
    deadline = request.deadline or request.settings.deadline(year)
    units = _units(contents, year, form, request)
    units = [replace(unit, is_overdue=request.on > deadline and not unit.is_frozen) for unit in units]
    there = {_plain(unit.name) for unit in units}
    missing = [
        Unit(name, is_overdue=request.on > deadline) for name in request.expected if _plain(name) not in there
    ]
    return Rollup(year, form, (*units, *missing), tuple(bad), deadline, request.on)


def _files(paths: Iterable[Path], bad: list[tuple[str, str]]) -> Iterator[tuple[str, Path | None, bytes]]:
    """(name, where it lies by itself, bytes) of every .gknb in files, folders and 上报包."""
    number = 0
    for path in _listed(paths, bad):
        number += 1
        if number > _MOST_FILES:
            bad.append((path.name, f"文件超过{_MOST_FILES}个，后面的没有读"))
            return
        try:
            data = files.read_bytes(path)
        except UserError as error:
            bad.append((path.name, str(error)))
            continue
        if path.suffix.lower() == ".zip":
            yield from _inside(path, data, bad)
        else:
            yield path.name, path, data


def _listed(paths: Iterable[Path], bad: list[tuple[str, str]]) -> Iterator[Path]:
    """Every file once, whichever way it was named; a folder that holds none is told."""
    seen: set[Path] = set()
    for path in paths:
        found = _in_folder(path) if path.is_dir() else [path]
        if not found:
            bad.append((path.name, "文件夹里没有 .gknb 文件，也没有上报包"))
        for one in found:
            real = files.real_path(one)
            if real not in seen:
                seen.add(real)
                yield one


def _in_folder(folder: Path) -> list[Path]:
    """The reports and 上报包 of a folder and its folders, without hidden and temporary ones (~$report.gknb)."""
    return sorted(
        one
        for one in folder.rglob("*")
        if one.suffix.lower() in (SUFFIX, ".zip") and one.is_file() and not one.name.startswith((".", "~"))
    )


def _inside(path: Path, data: bytes, bad: list[tuple[str, str]]) -> Iterator[tuple[str, None, bytes]]:
    """The .gknb files in a 上报包."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if one.filename.lower().endswith(SUFFIX)]
            if not entries:
                bad.append((path.name, "压缩包里没有 .gknb 文件"))
            if len(entries) > _MOST_IN_ZIP:
                bad.append((path.name, f"压缩包里的报告超过{_MOST_IN_ZIP}份，后面的没有读"))
            for entry in entries[:_MOST_IN_ZIP]:
                with archive.open(entry) as file:
                    yield (
                        f"{path.name}/{Path(entry.filename).name}",
                        None,
                        files.read_stream(cast(BinaryIO, file), entry.filename),
                    )
    except UserError as error:
        bad.append((path.name, str(error)))
    except Exception:  # zipfile raises many kinds for a damaged or encrypted archive
        bad.append((path.name, "压缩包打不开，可能已损坏或加了密"))


# -- units ---------------------------------------------------------------------------------------------------------------------


def _units(
    contents: Sequence[tuple[str, Path | None, Content]], year: int, form: FormDefinition, request: Request
) -> list[Unit]:
    """Every report of this year; those of the year before stand in as 上年, those of other years are told."""
    last = {
        _plain(one.report.agency.name): one.report for _, _, one in contents if one.report.year == year - 1
    }
    current = {_plain(one.report.agency.name) for _, _, one in contents if one.report.year == year}
    units = []
    for name, path, content in contents:
        report = content.report
        if report.year == year - 1 and _plain(report.agency.name) in current:
            continue
        made = _unit(name, content, year, form, last.get(_plain(report.agency.name)), request)
        units.append(replace(made, path=path))
    return sorted(_without_doubles(units), key=lambda one: (not one.is_counted, one.name, one.file))


def _unit(
    file: str, content: Content, year: int, form: FormDefinition, handed: Report | None, request: Request
) -> Unit:
    report, notes = content.report, [*signing.doubts(content.report)]
    prior = handed if handed is not None and report.year == year else content.prior
    if handed is not None and content.prior is not None and fingerprint(handed) != fingerprint(content.prior):
        notes.append("报告里带的上年报告与上年报送的不同")
    excluded = ""
    if report.year != year:
        excluded = f"是{report.year}年的报告"
    elif report.form != form.id:
        excluded = f"用的是{report.form}年版格式"
    elif request.only_frozen and not report.is_frozen:
        excluded = "还没有定稿"
    name = " ".join(report.agency.name.split())
    if not name:
        notes.append("没有写单位全称")
    context = CheckContext(
        report, form_of(report.form), prior, form_of(prior.form) if prior else None, settings=request.settings
    )
    checked = Checked(report, settle(check(context), report.explanations), prior)
    return Unit(name or file, file, report, prior, checked, excluded, tuple(notes))


def _without_doubles(units: Sequence[Unit]) -> list[Unit]:
    """Of several reports of one unit only one is counted: what is frozen, the higher version, then the first file."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(_plain(unit.name) if not unit.excluded else f"{id(unit)}", []).append(unit)
    found = []
    for group in groups.values():
        ranked = sorted(group, key=_rank, reverse=True)
        if len(ranked) > 1:
            ranked[0] = _told_of(ranked[0], ranked[1:])
        found.append(ranked[0])
        found += [replace(one, excluded=f"与“{ranked[0].file}”重复") for one in ranked[1:]]
    return found


def _rank(unit: Unit) -> tuple[bool, int]:
    return unit.is_frozen, unit.report.version if unit.report else 0


def _told_of(unit: Unit, others: Sequence[Unit]) -> Unit:
    assert unit.report is not None
    mine = fingerprint(unit.report)
    different = [one for one in others if one.report and fingerprint(one.report) != mine]
    words = f"有{len(others) + 1}份报告，只计入“{unit.file}”"
    if any(_rank(one) == _rank(unit) for one in different):
        words += "，另一份内容不同，请核实该用哪一份"
    return replace(unit, notes=(*unit.notes, words))


def _plain(name: str) -> str:
    return "".join(name.split())


def names_in(text: str) -> tuple[str, ...]:
    """The units of a list, one a line; empty lines and doubles are passed over."""
    lines = (" ".join(line.split()) for line in text.lstrip("\ufeff").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


# -- the county's own report ----------------------------------------------------------------------------------------------------


def county_report(rollup: Rollup, agency: str = "") -> Report:
    """A report whose tables are the sums. A cell that one unit left blank stays blank: its sum is not known."""
    from app.session.rollover import blank_report

    values = {one.ref: one.total for one in rollup.sums if one.is_whole and one.total is not None}
    return replace(blank_report(agency, rollup.year), values=values)


def as_json(rollup: Rollup) -> dict[str, object]:
    """For `nianbao rollup --json`."""
    from app.report.entry import show_value

    return {
        "year": rollup.year,
        "form": rollup.form.id,
        "deadline": rollup.deadline.isoformat(),
        "units": [_unit_json(unit) for unit in rollup.units],
        "bad": [{"file": name, "error": why} for name, why in rollup.bad],
        "cells": {
            str(one.ref): {
                "sum": None if one.total is None else show_value(one.total),
                "complete": one.is_whole,
                "blank": rollup.without_value(one),
            }
            for one in rollup.sums
        },
    }


def _unit_json(unit: Unit) -> dict[str, object]:
    report = unit.report
    frozen = report.sign_off.frozen if report and report.sign_off else None
    return {
        "agency": unit.name,
        "file": unit.file,
        "state": unit.state,
        "counted": unit.is_counted,
        "excluded": unit.excluded,
        "overdue": unit.is_overdue,
        "version": report.version if report else None,
        "fingerprint": frozen.fingerprint if frozen else None,
        "counts": {one.value: unit.number_of(one) for one in Severity},
        "blanks": unit.blanks,
        "carry_over": [one.message for one in unit.carry_over],
        "notes": list(unit.notes),
    }
