"""Which column of the form each printed column is, told from the heading rows of a table in a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.blocks import Cell
from app.form.model import Heading, TableSpec
from app.importing.labels import Labels
from app.importing.values import unit_of


@dataclass
class PrintedColumns:
    """The columns as printed. `units` says of what an amount is, by column key; `blank` are grid columns without heading."""

    columns: tuple[Heading, ...]
    units: dict[str, str] = field(default_factory=dict)
    grid: int = 0  # how many fields the heading rows have
    blank: frozenset[int] = frozenset()
    labelled: bool = False  # the heading rows were there and named these columns


def printed_columns(table: TableSpec, rows: Sequence[Sequence[Cell]], labels: Labels) -> PrintedColumns:
    """Read the heading rows from the outside in, each group giving way to the columns printed under it.

    Where the heading is missing, cut or not understood, the columns are those of the form in its order.
    """
    root = Heading("", children=table.columns)
    found: list[Heading] = [root]
    texts: dict[str, str] = {}
    unknown = 0
    for row in rows:
        names = [c.text for c in row if c.text.strip() and not labels.is_other(c.text)]
        found, left = _unfold(found, names, labels, texts)
        unknown += left
    leaves = tuple(one for one in found if not one.children)
    groups = len(found) - len(leaves)
    units = {column.key: unit_of(texts.get(column.key, column.label)) for column in table.leaf_columns}
    width = max((sum(cell.column_span for cell in row) for row in rows), default=0)
    headed = {c.column + i for row in rows for c in row if c.text.strip() for i in range(c.column_span)}
    blank = frozenset(set(range(width)) - headed)
    if not leaves or groups or (unknown and len(leaves) != len(table.leaf_columns)):
        return PrintedColumns(table.leaf_columns, units, width, blank)
    return PrintedColumns(leaves, units, width, blank, labelled=True)


def _unfold(
    above: list[Heading], names: list[str], labels: Labels, texts: dict[str, str]
) -> tuple[list[Heading], int]:
    """One heading row: the headings it names take the place of their group. → (headings, how many names fit nowhere)."""
    found: list[Heading] = []
    position = 0
    used = {id(one) for one in above}
    for heading in above:
        taken: list[Heading] = []
        while heading.children and position < len(names):
            match = _below(heading, names[position], labels, used)
            if match is None:
                break
            used.add(id(match))
            texts[match.key] = names[position]
            taken.append(match)
            position += 1
        found.extend(taken or [heading])
    return found, len(names) - position


def _below(group: Heading, name: str, labels: Labels, used: set[int]) -> Heading | None:
    """The heading under this group, outermost first, that the text names and that is not taken yet."""
    level = list(group.children)
    while level:
        exact = [one for one in level if id(one) not in used and labels.is_column_of(one, name)]
        if exact:
            return exact[0]
        level = [child for one in level for child in one.children]
    return None
