"""县级汇总: many units' reports together: who has handed in what and how far, all findings, and the sums with who contributed."""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from app.checks.settings import CheckSettings
from app.county.gathering import Bad, listed, name_of
from app.county.processes import outcomes, pays
from app.county.reading import rules_mark
from app.county.shelf import Record, Shelf, columns, kept_shelf
from app.county.units import Known, Sum, Unit, against, known_of
from app.errors import UserError
from app.form.catalog import form_for_year
from app.form.model import FormDefinition, Severity
from app.report.model import Report

_STEP = 200  # files after which it is told how far one is


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

    What is read lies on the disk, not in memory. `step` is told how far it is; what it raises ends it, and of many files
    those that were read by then are not read again the next time.
    """
    bad: Bad = []
    names = listed(paths, bad, step)
    handed = _handed(names, request, bad, step)
    if not handed:
        why = f"：{bad[0][0]}，{bad[0][1]}" if bad else ""
        raise UserError(
            f"没有找到能汇总的报告{why}", "请选择各单位报送的 .gknb 文件、上报包或它们所在的文件夹"
        )
    years = Counter(one.known.year for one in handed)
    year = request.year or max(years, key=lambda one: (years[one], one))
    form = form_for_year(year)
    deadline = request.deadline or request.settings.deadline(year)
    units = _units(handed, year, form, request, step)
    units = [replace(unit, is_overdue=request.on > deadline and not unit.is_frozen) for unit in units]
    there = {_plain(unit.name) for unit in units}
    missing = [
        Unit(name, is_overdue=request.on > deadline) for name in request.expected if _plain(name) not in there
    ]
    return Rollup(year, form, (*units, *missing), tuple(bad), deadline, request.on)


# -- units ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Handed:
    """One report as it was handed in, checked against the last year's that it carries."""

    file: str
    where: str
    name: str
    known: Known
    prior_content: bytes  # the fingerprint of the last year's report in it; b"" where there is none
    doubts: tuple[str, ...]


def _handed(names: Sequence[str], request: Request, bad: Bad, step: Callable[[str], object]) -> list[_Handed]:
    """Every report in these files, in their order."""
    shelf = kept_shelf(rules_mark(request.settings)) if pays(len(names)) else Shelf()
    if shelf.is_damaged:
        step("上次留下的中间结果有一部分损坏，那一部分重新读……")
    is_known = None if shelf.is_empty else shelf.__contains__
    found: list[list[_Handed]] = [[] for _ in names]
    told: list[Bad] = [[] for _ in names]
    count, again = 0, 0
    try:
        with closing(outcomes(names, request.settings, is_known, lambda: step(""))) as reads:
            for number, outcome in reads:
                found[number], told[number] = _taken(shelf, outcome, names[number], request)
                count, again = count + 1, again + isinstance(outcome, bytes)
                if count % _STEP == 0:
                    step(_progress(count, len(names), again))
    except KeyboardInterrupt as end:
        if shelf.is_kept:
            end.add_note(f"已经核对的{count}份下次不用重新读。")
        raise
    bad += itertools.chain.from_iterable(told)
    return list(itertools.chain.from_iterable(found))


def _progress(count: int, total: int, again: int) -> str:
    of_old = f"，其中{again}份上次已经核对过" if again else ""
    return f"正在导入和核对，已有{count}份，共{total}份{of_old}……"


def _taken(
    shelf: Shelf, outcome: Record | bytes | UserError, name: str, request: Request
) -> tuple[list[_Handed], Bad]:
    """The reports of one file, and what of it could not be read."""
    file = name_of(name)
    if isinstance(outcome, UserError):
        return [], [(file, str(outcome))]
    head, place = _laid(shelf, outcome)
    reports = [_received(shelf, place, item, name, request) for item in head["items"]]
    return reports, [(_under(file, inner), why) for inner, why in head["bad"]]


def _laid(shelf: Shelf, outcome: Record | bytes) -> tuple[Any, int]:
    """What is known of a file, and where its reports lie."""
    if isinstance(outcome, bytes):
        return shelf.head(outcome)
    return outcome.head, shelf.keep(outcome)


def _under(file: str, inner: str) -> str:
    return f"{file}/{inner}" if inner else file


def _received(shelf: Shelf, place: int, item: Any, where: str, request: Request) -> _Handed:
    inner, start, told = item
    known = known_of(
        shelf,
        place + start,
        told["facts"],
        request.settings,
        bytes.fromhex(told["content"]),
        bool(told["doubts"]),
    )
    file = _under(name_of(where), inner)
    prior = bytes.fromhex(told["prior"])
    return _Handed(file, "" if inner else where, told["name"], known, prior, tuple(told["doubts"]))


def _units(
    handed: Sequence[_Handed],
    year: int,
    form: FormDefinition,
    request: Request,
    step: Callable[[str], object],
) -> list[Unit]:
    """Every report of this year; those of the year before stand in as 上年, those of other years are told."""
    last = {_plain(one.name): one for one in handed if one.known.year == year - 1}
    current = {_plain(one.name) for one in handed if one.known.year == year}
    units = []
    for one in handed:
        before = last.get(_plain(one.name))
        if before is not None:
            step("")
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
        known = against(known, report, handed)
    excluded = ""
    if known.year != year:
        excluded = f"是{known.year}年的报告"
    elif known.form != form.id:
        excluded = f"用的是{known.form}年版格式"
    elif request.only_frozen and known.frozen is None:
        excluded = "还没有定稿"
    if not one.name:
        notes.append("没有写单位全称")
    return Unit(one.name or one.file, one.file, known, excluded, tuple(notes), where=one.where)


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


def as_json(rollup: Rollup) -> Iterator[str]:
    """For `nianbao rollup --json`: one object, piece by piece."""
    head = {"year": rollup.year, "form": rollup.form.id, "deadline": rollup.deadline.isoformat()}
    yield _json(head)[:-1] + ', "units": ['
    yield from _listed_json(_unit_json(unit) for unit in rollup.units)
    yield '], "bad": ['
    yield from _listed_json({"file": name, "error": why} for name, why in rollup.bad)
    yield '], "cells": {'
    for number, one in enumerate(rollup.sums):
        yield f"{', ' if number else ''}{_json(str(one.ref))}: {_json(_sum_json(rollup, one))}"
    yield "}}"


def _listed_json(items: Iterator[dict[str, object]]) -> Iterator[str]:
    for number, one in enumerate(items):
        yield (", " if number else "") + _json(one)


def _json(data: object) -> str:
    """Half a surrogate pair becomes JSON's own escape."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _sum_json(rollup: Rollup, one: Sum) -> dict[str, object]:
    from app.report.entry import show_value

    return {
        "sum": None if one.total is None else show_value(one.total),
        "complete": one.is_whole,
        "blank": rollup.without_value(one),
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
