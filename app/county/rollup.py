"""县级汇总: many units' reports together: who has handed in what and how far, all findings, and the sums with who contributed."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

from app.checks.settings import CheckSettings
from app.county.shelf import Shelf, columns
from app.county.units import Known, Sum, Unit, known_of
from app.errors import UserError
from app.form.catalog import form_for_year
from app.form.model import FormDefinition, Severity
from app.report.fingerprint import fingerprint
from app.report.model import Report
from app.signoff import signing
from app.storage import files
from app.storage.container import SUFFIX, Content, unpack

_MOST_FILES = 50_000
_STEP = 200  # reports after which it is told how far one is
_MOST_IN_ZIP = 50


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
        known = [unit.known for unit in self.counted if unit.known]
        found = columns([(one.shelf, one.place) for one in known], self.form.cells)
        return tuple(Sum(ref, column) for ref, column in found.items())

    @property
    def has_errors(self) -> bool:
        """Whether a check found an error anywhere, or a frozen report was altered."""
        return any(
            unit.number_of(Severity.ERROR) or (unit.known and unit.known.is_altered) for unit in self.units
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


def roll_up(
    paths: Sequence[Path], request: Request, step: Callable[[str], object] = lambda _words: None
) -> Rollup:
    """Read, check and add up everything. UserError only when there is not one report among all of it.

    One report at a time is in memory. `step` is told how far it is; what it raises ends it.
    """
    handed: list[_Handed] = []
    bad: list[tuple[str, str]] = []
    shelf = Shelf()
    for name, path, data in _files(paths, bad):
        try:
            content = unpack(data)
        except UserError as error:
            bad.append((name, str(error)))
            continue
        handed.append(_received(shelf, name, path, content, request))
        if len(handed) % _STEP == 0:
            step(f"正在读入和核对，已有{len(handed)}份……")
    if not handed:
        why = f"：{bad[0][0]}，{bad[0][1]}" if bad else ""
        raise UserError(
            f"没有找到能汇总的报告{why}", "请选择各单位报送的 .gknb 文件、上报包或它们所在的文件夹"
        )
    years = Counter(one.known.year for one in handed)
    year = request.year or max(years, key=lambda one: (years[one], one))
    form = form_for_year(year)
    deadline = request.deadline or request.settings.deadline(year)
    units = _units(handed, year, form, request)
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


@dataclass(frozen=True, slots=True)
class _Handed:
    """One report as it was handed in, checked against the last year's that it carries."""

    file: str
    path: Path | None
    name: str
    known: Known
    prior_content: bytes  # the fingerprint of the last year's report in it; b"" where there is none
    doubts: tuple[str, ...]


def _received(shelf: Shelf, file: str, path: Path | None, content: Content, request: Request) -> _Handed:
    report, doubts = content.report, tuple(signing.doubts(content.report))
    digits = bytes.fromhex(fingerprint(report))
    prior = bytes.fromhex(fingerprint(content.prior)) if content.prior else b""
    known = known_of(shelf, report, content.prior, request.settings, digits, bool(doubts))
    return _Handed(file, path, " ".join(report.agency.name.split()), known, prior, doubts)


def _units(handed: Sequence[_Handed], year: int, form: FormDefinition, request: Request) -> list[Unit]:
    """Every report of this year; those of the year before stand in as 上年, those of other years are told."""
    last = {_plain(one.name): one for one in handed if one.known.year == year - 1}
    current = {_plain(one.name) for one in handed if one.known.year == year}
    units = []
    for one in handed:
        before = last.get(_plain(one.name))
        if one.known.year == year - 1 and _plain(one.name) in current:
            continue
        units.append(_unit(one, before, year, form, request))
    return sorted(_without_doubles(units), key=lambda one: (not one.is_counted, one.name, one.file))


def _unit(one: _Handed, before: _Handed | None, year: int, form: FormDefinition, request: Request) -> Unit:
    known, notes = one.known, list(one.doubts)
    if before is not None and one.prior_content not in (b"", before.known.content):
        notes.append("报告里带的上年报告与上年报送的不同")
    if before is not None and known.year == year:
        report, _ = known.shelf.reports(known.place)
        handed, _ = before.known.shelf.reports(before.known.place)
        known = known_of(known.shelf, report, handed, request.settings, known.content, known.is_altered)
    excluded = ""
    if known.year != year:
        excluded = f"是{known.year}年的报告"
    elif known.form != form.id:
        excluded = f"用的是{known.form}年版格式"
    elif request.only_frozen and known.frozen is None:
        excluded = "还没有定稿"
    if not one.name:
        notes.append("没有写单位全称")
    return Unit(one.name or one.file, one.file, known, excluded, tuple(notes), path=one.path)


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
    return unit.is_frozen, unit.version


def _told_of(unit: Unit, others: Sequence[Unit]) -> Unit:
    assert unit.known is not None
    mine = unit.known.content
    different = [one for one in others if one.known and one.known.content != mine]
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
    frozen = unit.frozen
    return {
        "agency": unit.name,
        "file": unit.file,
        "state": unit.state,
        "counted": unit.is_counted,
        "excluded": unit.excluded,
        "overdue": unit.is_overdue,
        "version": unit.version or None,
        "fingerprint": frozen.fingerprint if frozen else None,
        "counts": {one.value: unit.number_of(one) for one in Severity},
        "blanks": unit.blanks,
        "carry_over": [row[-1] for row in unit.rows if row[-1]] if unit.carried else [],
        "notes": list(unit.notes),
    }
