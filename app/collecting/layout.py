"""Which cells a 收数表 asks for, and the blocks of lines and fields in which it shows them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.chinese import fold
from app.errors import UserError
from app.form.model import CellRef, FormDefinition, Heading, Section, TableSpec

MARK = "gknb-collect"  # begins what a form says of itself
VERSION = "1"
IDENTITY = "收数表标识"  # the hidden sheet
CONTACTS = (("unit", "填报单位"), ("person", "填报人"), ("phone", "联系电话"))


@dataclass(frozen=True)
class Line:
    """One row or column of a block: its key and its labels from the outermost heading to itself."""

    key: str
    labels: tuple[str, ...]
    note: str = ""

    @property
    def label(self) -> str:
        return next((one for one in reversed(self.labels) if one), "")


@dataclass(frozen=True)
class Block:
    """One official table or a part of it. `turned`: a table of one row stands with its columns one below the other."""

    section: Section
    table: TableSpec
    lines: tuple[Line, ...]
    fields: tuple[Line, ...]
    turned: bool = False

    def ref(self, line: str, field: str) -> CellRef:
        return CellRef(self.table.key, field, line) if self.turned else CellRef(self.table.key, line, field)

    @property
    def cells(self) -> Iterator[CellRef]:
        return (self.ref(line.key, field.key) for line in self.lines for field in self.fields)

    @property
    def levels(self) -> int:
        return max(len(line.labels) for line in self.lines)


def blocks_of(form: FormDefinition, cells: Iterable[CellRef]) -> tuple[Block, ...]:
    """The blocks that show these cells: whole lines, and the totals of which every part is shown."""
    asked = set(cells)
    found = []
    for section in form.sections:
        for table in section.tables:
            rows = {ref.row for ref in asked if ref.table == table.key}
            if rows:
                found.append(_block(section, table, rows, asked))
    return tuple(found)


def _block(section: Section, table: TableSpec, rows: set[str], asked: set[CellRef]) -> Block:
    lines = tuple(_lines(table.rows, rows))
    fields = tuple(_lines(table.columns, {one.key for one in table.leaf_columns}))
    if table.row_heading_levels:
        return Block(section, table, lines, fields)
    columns = tuple(one for one in fields if any(ref.column == one.key for ref in asked))
    return Block(section, table, columns, (Line(lines[0].key, ("件数",)),), turned=True)


def _lines(nodes: Sequence[Heading], wanted: set[str], above: tuple[str, ...] = ()) -> Iterator[Line]:
    for node in nodes:
        here = (*above, node.label)
        if node.children:
            yield from _lines(node.children, wanted, here)
        elif node.key in wanted:
            yield Line(node.key, here, node.note)


# -- what is chosen ------------------------------------------------------------------------------------------------------------


def chosen(form: FormDefinition, names: Sequence[str] = ()) -> tuple[CellRef, ...]:
    """The cells that these names mean, in printed order: 表三, a row or group of rows by its label, a key. None: all tables.

    A line of sums is taken along when all that it sums is chosen; alone nobody could fill it, which is refused in words.
    """
    meant = {name: _named(form, name) for name in names} or {"": set(form.cells)}
    usable = set(form.inputs) & set().union(*meant.values())
    for _ in range(2):  # a total of totals needs a second turn
        usable |= {
            ref
            for ref, equations in form.totals.items()
            if any(usable.issuperset(one.parts) for one in equations)
        }
    for name, cells in meant.items():
        if not cells & usable:
            raise UserError(f"“{name}”是合计，由表格自己算", "请把它下面的各行一起选上，或者选整张表")
    return tuple(ref for ref in form.cells if ref in usable)


def _named(form: FormDefinition, name: str) -> set[CellRef]:
    plain = fold(name)
    for section in form.sections:
        if section.tables and plain in (fold(section.table_name), fold(section.title), section.key):
            return set(section.cells)
    for table in form.tables.values():
        if plain and plain in (table.key, fold(table.title)):
            return set(table.cells)
    found = {ref for table in form.tables.values() for ref in _line_cells(table, plain)}
    if not found:
        tables = "、".join(one.table_name for one in form.sections if one.tables)
        raise UserError(
            f"{form.id}年版格式里没有叫“{name}”的表或行", f"请写表名（{tables}），或者照表里印的行名写"
        )
    return found


def _line_cells(table: TableSpec, plain: str) -> Iterator[CellRef]:
    """The cells of the rows of this name; of a table of one row those of the columns."""
    is_turned = not table.row_heading_levels
    for node in _nodes(table.columns if is_turned else table.rows):
        if plain and plain in (fold(node.label), node.key, f"{table.key}.{node.key}"):
            keys = {leaf.key for leaf in node.leaves()}
            yield from (ref for ref in table.cells if (ref.column if is_turned else ref.row) in keys)


def _nodes(nodes: Iterable[Heading]) -> Iterator[Heading]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)
