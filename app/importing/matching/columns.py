"""Which column of the form each printed column is, told from the heading rows of a table in a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.chinese import nfkc
from app.documents.blocks import Cell
from app.form.model import Heading, TableSpec
from app.importing.matching.labels import Labels
from app.importing.matching.values import unit_of

# 上年数, 2021年, 同比增长, 累计, 备注; but 2019 itself prints 上一年项目数量
_OTHER_YEAR = re.compile(
    r"上年|去年|上一年(?!项目)|往年|同期|同比|环比|20[0-9]{2}|增长|增幅|比重|占比|累计|备注|说明"
)


@dataclass
class PrintedColumns:
    """The columns as printed. `units` says of what an amount is, by column key; `blank` are grid columns without heading."""

    columns: tuple[Heading, ...]
    units: dict[str, str] = field(default_factory=dict)
    grid: int = 0  # how many fields the heading rows have
    blank: frozenset[int] = frozenset()
    labelled: bool = False  # the heading rows were there and named these columns
    spots: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # column key → (grid column, span) of its heading
    strange: tuple[Cell, ...] = ()  # headings that name no column of the form
    doubtful: bool = False  # not all columns were found, and a strange one may have taken a place of theirs


def printed_columns(table: TableSpec, rows: Sequence[Sequence[Cell]], labels: Labels) -> PrintedColumns:
    """Read the heading rows from the outside in, each group giving way to the columns printed under it.

    Where the heading is missing, cut or not understood, the columns are those of the form in its order.
    """
    found: list[Heading] = [Heading("", children=table.columns)]
    cells: dict[str, Cell] = {}
    strange: list[Cell] = []
    look = _Look(labels, set(), _is_full(rows))
    for row in rows:
        found, left = _unfold(found, [c for c in row if _may_head(c, labels)], look, cells)
        strange.extend(left)
    printed = PrintedColumns(
        table.leaf_columns,
        units={
            one.key: unit_of(cells[one.key].text if one.key in cells else one.label)
            for one in table.leaf_columns
        },
        grid=_width(rows),
        blank=_without_heading(rows),
        strange=tuple(strange),
        doubtful=_is_doubtful(strange, cells),
    )
    leaves = tuple(one for one in found if not one.children)
    all_understood = bool(leaves) and len(leaves) == len(found)
    if all_understood and (not strange or len(leaves) == len(table.leaf_columns)):
        printed.columns, printed.labelled = leaves, True
        printed.spots = {key: (cell.column, cell.column_span) for key, cell in cells.items()}
    return printed


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    return max((sum(cell.column_span for cell in row) for row in rows), default=0)


def _without_heading(rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """The grid columns over which no heading row says anything."""
    filled = (cell for row in rows for cell in row if cell.text.strip())
    headed = {cell.column + at for cell in filled for at in range(cell.column_span)}
    return frozenset(range(_width(rows))) - headed


def _is_doubtful(strange: Sequence[Cell], known: Mapping[str, Cell]) -> bool:
    """Whether a strange heading may have taken a place: one of another year, or a table of which no column is known."""
    of_another_year = any(_OTHER_YEAR.search(nfkc(cell.text)) for cell in strange)
    return of_another_year or (len(strange) > 1 and not known)  # another edition's, or not this table at all


def _may_head(cell: Cell, labels: Labels) -> bool:
    return bool(cell.text.strip()) and not labels.is_other(cell.text)


def _is_full(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the heading's cells cover their whole rectangle: then they stand where they were printed."""
    cells = [cell for row in rows for cell in row]
    if not cells:
        return False
    first, last = min(cell.row for cell in cells), max(cell.row for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    area = sum(min(cell.row_span, last - cell.row + 1) * cell.column_span for cell in cells)
    return area == width * (last - first + 1)


class _Look(NamedTuple):
    """How names are looked up: `full` when a name can only stand under its group, not beside it."""

    labels: Labels
    used: set[int]
    full: bool


def _unfold(
    above: list[Heading], cells: Sequence[Cell], look: _Look, texts: dict[str, Cell]
) -> tuple[list[Heading], list[Cell]]:
    """One heading row: the headings it names take the place of their group. → (headings, names that fit nowhere)."""
    found: list[Heading] = []
    strange: list[Cell] = []
    position = 0
    look.used.update(id(one) for one in above)
    for heading in above:
        taken: list[Heading] = []
        while heading.children and position < len(cells):
            match = _below(heading, cells[position].text, look)
            if match is not None:
                look.used.add(id(match))
                texts[match.key] = cells[position]
                taken.append(match)
            elif look.labels.is_column(cells[position].text):
                break
            else:
                strange.append(cells[position])
            position += 1
        found.extend(taken or [heading])
    return found, [*strange, *cells[position:]]


def _below(group: Heading, name: str, look: _Look) -> Heading | None:
    """The heading under this group, outermost first, that the text names and that is not taken yet."""
    level = list(group.children)
    while level:
        exact = [one for one in level if id(one) not in look.used and look.labels.is_column_of(one, name)]
        if exact:
            return exact[0]
        level = [child for one in level if not (look.full and id(one) in look.used) for child in one.children]
    return None
