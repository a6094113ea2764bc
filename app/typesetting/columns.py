"""The columns of a table: how wide each is, and the one size in which all numbers of the table stand whole in theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.blocks import Cell, CellRole, TableBlock
from app.typesetting.fonts import Faces
from app.typesetting.lines import cell_lines
from app.typesetting.page_style import MM, Align, PageStyle

_NUMBER = re.compile(r"[-+−]?[0-9][0-9,.]*%?")
_STEP = 0.5  # points: Word counts sizes in halves of them
_SLACK = 0.6  # points beside a number: the rules of a cell take some of it in Word
_NARROW = 20 * MM  # a label's column no wider than this keeps its width
_LEAST = 0.45  # of its width that a wider one keeps in any case
_READABLE = 8.0  # points: no number is smaller; for one that would be, every label may take more lines


@dataclass(frozen=True, slots=True)
class Columns:
    """Points: the width of every column, the size of every number."""

    widths: tuple[float, ...]
    numbers: float
    turned: frozenset[int] = (
        frozenset()
    )  # the columns whose numbers are set downwards, being too long for them


def is_number(cell: Cell) -> bool:
    """A cell that must stand on one line: 17586 over 9 would be read as another number."""
    return cell.role is CellRole.VALUE and (
        cell.ref is not None or _NUMBER.fullmatch(cell.text.strip()) is not None
    )


def measure(block: TableBlock, page: PageStyle, faces: Faces) -> Columns:
    """The columns keep their proportions where the numbers fit; else labels give up width first, then shorter numbers.

    Only what is still too long after that makes the numbers smaller, all of them alike. A label that stands on one
    line stays there, unless the numbers could not be read. Numbers that do not fit at a size that can be read are turned.
    """
    given = block.widths if len(block.widths) == block.columns else (1.0,) * block.columns
    widths = [width * page.width / sum(given) for width in given]
    size = page.table.numbers or page.table.size
    ems = _widest(block, page, faces)
    turned: frozenset[int] = frozenset()
    if any(need > width for need, width in zip(_needed(ems, size, page), widths, strict=True)):
        floors, size, turned = _room_for(size, block, widths, ems, page, faces)
        level = [0.0 if column in turned else em for column, em in enumerate(ems)]
        widths = _shared(widths, floors, _needed(level, size, page), block)
    return Columns(tuple(widths), _in_merged(size, block, widths, turned, page, faces), turned)


def _room_for(
    wanted: float,
    block: TableBlock,
    widths: Sequence[float],
    ems: Sequence[float],
    page: PageStyle,
    faces: Faces,
) -> tuple[list[float], float, frozenset[int]]:
    """(how narrow each column may become, the size that the numbers then have, the columns whose numbers are turned)."""
    least = _floors(block, widths, page)
    floors = _floors_of_whole_labels(least, block, widths, page, faces)
    size = _largest(wanted, widths, floors, ems, page)
    if size >= min(wanted, _READABLE):
        return floors, size, frozenset()
    size = min(wanted, _READABLE)
    if _fit(size, widths, least, ems, page):
        return least, size, frozenset()
    return floors, size, _too_long(size, widths, floors, ems, page)


def _too_long(
    size: float, widths: Sequence[float], floors: Sequence[float], ems: Sequence[float], page: PageStyle
) -> frozenset[int]:
    """The columns of the longest numbers, as few as leave room for the others."""
    level = list(ems)
    while any(level) and not _fit(size, widths, floors, level, page):
        longest = max(level)
        level = [0.0 if em > longest - 0.25 else em for em in level]
    return frozenset(column for column, em in enumerate(ems) if em and not level[column])


def _shared(
    widths: Sequence[float], floors: Sequence[float], needed: Sequence[float], block: TableBlock
) -> list[float]:
    """The columns with room for their numbers: labels give it up first, then columns of shorter numbers."""
    made = [max(width, need) for width, need in zip(widths, needed, strict=True)]
    least = [max(floor, need) for floor, need in zip(floors, needed, strict=True)]
    values = _value_columns(block)
    missing = sum(made) - sum(widths)
    for givers in (
        [column for column in range(len(made)) if values[column] == kind] for kind in (False, True)
    ):
        missing -= _give(made, least, givers, missing)
    return made


def _needed(ems: Sequence[float], size: float, page: PageStyle) -> list[float]:
    return [em * size + _beside(page) if em else 0.0 for em in ems]


def _beside(page: PageStyle) -> float:
    return 2 * page.table.padding + _SLACK


def _em(cell: Cell, page: PageStyle, faces: Faces) -> float:
    """How many times its size the text of a cell is wide."""
    lines = cell_lines(cell.text, 1e6, Align.CENTER, page, faces, marked=cell.runs)
    return max((line.width for line in lines), default=0.0) / page.table.size


def _widest(block: TableBlock, page: PageStyle, faces: Faces) -> list[float]:
    """The widest number of each column, 0.0 where there is none."""
    found = [0.0] * block.columns
    for cell in block.cells:
        if is_number(cell) and cell.column_span == 1:
            found[cell.column] = max(found[cell.column], _em(cell, page, faces))
    return found


def _value_columns(block: TableBlock) -> list[bool]:
    found = [False] * block.columns
    for cell in block.cells:
        if cell.role is CellRole.VALUE and cell.column_span == 1:
            found[cell.column] = True
    return found


def _floors(block: TableBlock, widths: Sequence[float], page: PageStyle) -> list[float]:
    """How narrow each column may become: two characters of a heading fit over numbers, a label keeps most of its width."""
    heading = 2 * page.table.size + _beside(page)
    return [
        min(width, heading if values else max(_NARROW, _LEAST * width))
        for width, values in zip(widths, _value_columns(block), strict=True)
    ]


def _floors_of_whole_labels(
    floors: Sequence[float], block: TableBlock, widths: Sequence[float], page: PageStyle, faces: Faces
) -> list[float]:
    """Also no narrower than the labels that stand on one line now: only longer ones may take another line."""
    found = list(floors)
    for cell in block.cells:
        if cell.role is CellRole.ROW and cell.column_span == 1 and not cell.upright:
            needed = _em(cell, page, faces) * page.table.size + _beside(page)
            if needed <= widths[cell.column]:
                found[cell.column] = max(found[cell.column], needed)
    return found


def _largest(
    wanted: float, widths: Sequence[float], floors: Sequence[float], ems: Sequence[float], page: PageStyle
) -> float:
    """The largest size at which the columns can be made wide enough for their numbers; 0.0 when none can be read."""
    size = wanted
    while size >= min(wanted, _READABLE):
        if _fit(size, widths, floors, ems, page):
            return size
        size -= _STEP
    return 0.0


def _fit(
    size: float, widths: Sequence[float], floors: Sequence[float], ems: Sequence[float], page: PageStyle
) -> bool:
    return sum(map(max, floors, _needed(ems, size, page))) <= sum(widths) + 1e-6


def _give(made: list[float], least: Sequence[float], givers: Sequence[int], missing: float) -> float:
    """Takes what is missing from these columns, from each by what it can spare; returns what they gave."""
    spare = [made[column] - least[column] for column in givers]
    given = min(missing, sum(spare))
    if given <= 0:
        return 0.0
    for column, part in zip(givers, spare, strict=True):
        made[column] -= given * part / sum(spare)
    return given


def _in_merged(
    size: float,
    block: TableBlock,
    widths: Sequence[float],
    turned: frozenset[int],
    page: PageStyle,
    faces: Faces,
) -> float:
    """Smaller where a number is too long for its merged cell all the same, but no smaller than can be read."""
    least = min(size, _READABLE)
    for cell in block.cells:
        if is_number(cell) and cell.column not in turned and (em := _em(cell, page, faces)):
            room = sum(widths[cell.column : cell.column + cell.column_span]) - _beside(page)
            size = min(size, room / em)
    return max(least, size // _STEP * _STEP)
