"""How an old report was really laid out: its printed title and headings, before they were mapped to the form's."""

from dataclasses import dataclass

from app.form.model import CellRef


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A first-level heading as printed. `section` is the form section it was mapped to ("" for an extra one)."""

    text: str  # as printed, conversion residue taken off: 七、收到和处理政府信息公开申请情况
    ordinal: str  # 七; "" when it has none
    section: str
    extra: bool = False  # a heading outside the format whose text was merged into `section`
    place: str = ""
    raw: str = ""  # the source text with spaces and residue


@dataclass(frozen=True, slots=True)
class Misprint:
    """A printed word of a table that is not the format's, and how often it stands there."""

    printed: str
    right: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class FoundTable:
    """An official table found (or missed) in the source."""

    section: str  # the form section that it belongs to
    under: str  # the section heading it stood under ("" before the first)
    complete: bool  # every row and column of the edition was there
    picture: bool = False  # only a picture stood in its place
    misprints: tuple[Misprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What the structure checks (S-01 … S-22) need to know about a report as found; a report typed here has none."""

    title: str = ""  # as printed, lines joined
    headings: tuple[FoundHeading, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    has_balance_note: bool = False  # the 勾稽关系 note of 表三
    signature: str = ""  # 落款 unit as printed
    date: str = ""  # 成文日期 as printed
    residue: tuple[
        str, ...
    ] = ()  # what conversion had left in the texts and the import took out, one sentence each
    worded: tuple[tuple[CellRef, str], ...] = ()  # cells that hold more than a number, with what stands there
