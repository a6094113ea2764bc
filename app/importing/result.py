"""What an import brings back: the report, the evidence, and everything that was not certain, not found or not used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from app.documents.blocks import Block, PictureBlock
from app.form.model import CellRef, Value
from app.importing.source import Comment, Revision
from app.report.model import Report
from app.report.outline import Outline

_BLANK = "原文此处是空白，没有当作0"
_MARK = "原文此处写的是“{}”，没有当作0"
_NOT_FOUND = "原文中没有找到这一项"
_IN_PICTURES = "原件是图片，请对照着录入"
NO_YEAR = "没有找到报告年份"  # a warning begins so where the year is assumed


class Spot(NamedTuple):
    """Where something stood in the source: in words, and as `ImportResult.blocks[block]`, its cell at (row, column).

    `row` and `column` are the anchor of a `blocks.Cell`, or -1 where the text is a paragraph (a table without borders).
    Of a paragraph with many numbers `clause` is the label and the numbers behind it, about `start` characters in.
    """

    place: str  # 表二 第18行
    block: int = -1
    row: int = -1
    column: int = -1
    start: int = 0
    clause: str = ""

    def clause_in(self, text: str) -> tuple[int, int]:
        """[start, end) of the clause in the block's text; nothing where there is none."""
        places = [one.start() for one in re.finditer(re.escape(self.clause), text)] if self.clause else []
        at = min(places, key=lambda one: abs(one - self.start), default=-1)
        return (at, at + len(self.clause)) if at >= 0 else (0, 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file said about one cell, and where."""

    text: str
    spot: Spot

    @property
    def place(self) -> str:
        """The spot in words, for people."""
        return self.spot.place


class CellState(StrEnum):
    """How sure a cell of the form is after the import; each cell has exactly one state."""

    READ = "read"  # its value is in the report
    DOUBTFUL = "doubtful"  # it has a reason for doubt, and a value only where one can be proposed
    MISSING = "missing"  # no value: the label was not found, or its place was blank


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything an import knows about one cell: what a click on it shows.

    `text` is what the source said ("" for a blank). `spot` is None where the source has no place for the cell at all.
    `reason` is one Chinese sentence for a doubtful or missing cell, "" for one that was read.
    """

    state: CellState
    value: Value | None
    text: str
    spot: Spot | None
    reason: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """A cell that was read but is doubtful; it has a value in the report only where one can be proposed."""

    cell: CellRef
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture in the source: often a table published as a picture."""

    section: str
    place: str
    name: str = ""


@dataclass(frozen=True)
class ImportResult:
    """Every cell of the edition is in exactly one state: in the report, in `unsure` (with or without a value), or in `missing`."""

    report: Report
    outline: Outline
    file: str
    type: str  # txt, docx, html …
    evidence: Mapping[CellRef, Evidence] = field(default_factory=dict)
    blanks: Mapping[CellRef, Evidence] = field(default_factory=dict)  # a place with nothing, “/” or 无 in it
    unsure: tuple[Unsure, ...] = ()
    missing: tuple[CellRef, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    unused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seems: str = (
        ""  # what the file is instead of this report, in one sentence: to be asked before anything is taken
    )
    comments: tuple[Comment, ...] = ()  # 批注, each where it stands
    revisions: tuple[Revision, ...] = ()  # 修订, who made them
    blocks: tuple[Block, ...] = field(default=(), repr=False)  # the source as read, to show beside the form

    @property
    def certain(self) -> Report:
        """The report with the doubtful cells blank: what may be built on, while `report` is what the source says."""
        return self.report.with_values({one.cell: None for one in self.unsure})

    @property
    def is_year_assumed(self) -> bool:
        return any(one.startswith(NO_YEAR) for one in self.warnings)

    @cached_property
    def is_only_pictures(self) -> bool:
        """A scan: people read it, the program does not."""
        return bool(self.blocks) and all(isinstance(one, PictureBlock) for one in self.blocks)

    def of(self, name: str, year: int) -> "ImportResult":
        """The same, its unit and year told by the clerk: what was assumed of the year stands no longer."""
        agency = replace(self.report.agency, name=name)
        warnings = tuple(one for one in self.warnings if not one.startswith(NO_YEAR))
        return replace(self, report=replace(self.report, agency=agency, year=year), warnings=warnings)

    def trace(self, ref: CellRef) -> Trace:
        """What the source says about this cell of the form, where, and why it is doubtful or missing."""
        evidence = self.evidence.get(ref) or self.blanks.get(ref)
        text, spot = (evidence.text, evidence.spot) if evidence else ("", None)
        doubt = self._doubts.get(ref)
        if doubt is not None:
            return Trace(CellState.DOUBTFUL, self.report[ref], doubt.text, spot, doubt.reason)
        if ref in self.report.values:
            return Trace(CellState.READ, self.report[ref], text, spot, "")
        not_found = _IN_PICTURES if self.is_only_pictures else _NOT_FOUND
        reason = _BLANK if spot and not text else _MARK.format(text) if spot else not_found
        return Trace(CellState.MISSING, None, text, spot, reason)

    @cached_property
    def _doubts(self) -> Mapping[CellRef, Unsure]:
        return {one.cell: one for one in self.unsure}
