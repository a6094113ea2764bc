"""What an import brings back: the report, the evidence, and everything that was not certain, not found or not used."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.blocks import Block
from app.form.model import CellRef
from app.outline import Outline
from app.report import Report


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file said about one cell, and where."""

    text: str
    place: str  # 表二 第18行


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
    unsure: tuple[Unsure, ...] = ()
    missing: tuple[CellRef, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    unused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)  # the source as read, to show beside the form

    @property
    def certain(self) -> Report:
        """The report with the doubtful cells blank: what may be built on, while `report` is what the source says."""
        return self.report.with_values({one.cell: None for one in self.unsure})
