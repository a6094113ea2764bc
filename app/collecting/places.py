"""Where each cell of a 收数表 stands in the file that came back: by its keys, whatever was moved, else where it was put."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.chinese import fold
from app.collecting.layout import IDENTITY, MARK, Block, Line, blocks_of
from app.form.model import CellRef, FormDefinition
from app.importing.readers.formulas import column_of
from app.importing.readers.package import Package
from app.importing.readers.sheets import Sheet
from app.importing.readers.xlsx_reader import sheets_of, sheets_of_xls

_Row = dict[int, str]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .xls and .et begin


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook that may be a form: row → column → text. `identity` is the hidden sheet, where it is still there."""

    sheets: dict[str, dict[int, _Row]]
    identity: dict[int, _Row]

    @property
    def heads(self) -> set[tuple[str, ...]]:
        """What it says that it is, each (version, edition, year); empty of what is no form."""
        found = {tuple(self.identity[0].get(column, "") for column in (1, 2, 3))} if self.identity else set()
        for rows in self.sheets.values():
            for text in _first_column(rows).values():
                if text.startswith(f"{MARK};"):
                    found.add((*text.split(";"), "", "", "")[1:4])
        return found

    @property
    def put(self) -> dict[CellRef, tuple[str, str]]:
        """The sheet and the place (D7) where each value was put when the form was made."""
        found = {}
        for row in list(self.identity.values())[1:]:
            try:
                found[CellRef.parse(row.get(2, ""))] = row.get(0, ""), row.get(1, "")
            except ValueError:
                continue
        return found


def book_of(data: bytes) -> Book:
    """The sheets of a workbook, hidden ones too; UserError when it cannot be opened."""
    sheets, identity = {}, {}
    is_binary = data.startswith(OLE)
    found = sheets_of_xls(data, with_hidden=True) if is_binary else sheets_of(Package(data), with_hidden=True)
    for sheet in found:
        rows = _rows(sheet)
        if sheet.name == IDENTITY or rows.get(0, {}).get(0) == MARK:
            identity = rows if rows.get(0, {}).get(0) == MARK else {}
        else:
            sheets[sheet.name] = rows
    return Book(sheets, identity)


def _rows(sheet: Sheet) -> dict[int, _Row]:
    rows: dict[int, _Row] = {}
    for (row, column), text in sorted(sheet.texts.items()):
        rows.setdefault(row, {})[column] = text.strip()
    return rows


def _first_column(rows: dict[int, _Row]) -> dict[int, str]:
    return {number: row[0] for number, row in rows.items() if row.get(0)}


# -- the cells -------------------------------------------------------------------------------------------------------------


@dataclass
class Found:
    """The text of each cell that could be found, totals too; why some cannot be trusted; what was altered, in words."""

    texts: dict[CellRef, str] = field(default_factory=dict)
    doubts: dict[CellRef, str] = field(default_factory=dict)
    altered: list[str] = field(default_factory=list)

    def put(self, ref: CellRef, text: str, doubt: str) -> None:
        if doubt:
            self.doubts[ref] = doubt
        if self.texts.get(ref) and text and self.texts[ref] != text:
            self.doubts[ref] = f"这一行出现了两次，一处是“{self.texts[ref]}”，一处是“{text}”"
        self.texts[ref] = text or self.texts.get(ref, "")


def find_cells(book: Book, form: FormDefinition) -> Found:
    """Every cell of the form that the workbook still holds."""
    found = Found()
    for name, rows in book.sheets.items():
        keyed = list(_keyed(form, rows))
        for block, columns in keyed:
            _read_block(block, columns, rows, found)
        if not keyed:
            _read_in_order(book, form, name, found)
    found.altered += _gone(book, form, found)
    return found


def _keyed(form: FormDefinition, rows: dict[int, _Row]) -> Iterator[tuple[Block, dict[str, int]]]:
    """The blocks whose keys are on a sheet, with the column of each field."""
    keys = _first_column(rows)
    heads = {text[1:]: rows[number] for number, text in keys.items() if text.startswith("#")}
    lines = set(keys.values())
    cells = [
        ref
        for ref in form.cells
        if f"{ref.table}.{ref.row if form.tables[ref.table].row_heading_levels else ref.column}" in lines
    ]
    for block in blocks_of(form, cells):
        head = heads.get(block.table.key, {})
        columns = {text: column for column, text in head.items() if column > 0}
        columns = {one.key: columns[one.key] for one in block.fields if one.key in columns}
        if columns:
            yield block, columns


def _read_block(block: Block, columns: dict[str, int], rows: dict[int, _Row], found: Found) -> None:
    """Line by line by its key, wherever it stands now; a line or field under another name is doubted."""
    name, first = block.section.table_name, min(columns.values())
    renamed = _renamed_fields(block, columns, rows)
    found.altered += [f"{name}的列名“{one.label}”被改了" for one in block.fields if one.key in renamed]
    lines = {f"{block.table.key}.{line.key}": line for line in block.lines}
    for number, key in _first_column(rows).items():
        if key not in lines:
            continue
        row, line = rows[number], lines[key]
        doubt = ""
        if not _is_called(line, _before(row, first)):
            doubt = "这一行的名称被改了，不知道填的还是不是这一项"
            found.altered.append(f"{name}的行名“{line.label}”被改了")
        _read_line(block, line, row, columns, found, dict.fromkeys(columns, doubt) if doubt else renamed)


def _read_line(
    block: Block, line: Line, row: _Row, columns: dict[str, int], found: Found, doubts: dict[str, str]
) -> None:
    for key, column in columns.items():
        found.put(block.ref(line.key, key), row.get(column, ""), doubts.get(key, ""))


def _renamed_fields(block: Block, columns: dict[str, int], rows: dict[int, _Row]) -> dict[str, str]:
    """The fields over which their name does not stand any more, and why their numbers are doubted."""
    return {
        one.key: "这一列的名称被改了，不知道填的还是不是这一项"
        for one in block.fields
        if one.key in columns
        and not _is_called(one, [row.get(columns[one.key], "") for row in rows.values()])
    }


def _is_called(line: Line, texts: Sequence[str]) -> bool:
    return not line.label or fold(line.label) in map(fold, texts)


def _read_in_order(book: Book, form: FormDefinition, name: str, found: Found) -> None:
    """A sheet without its keys, as when only what shows was copied: the lines one after the other by their names.

    Where one of them is missing no other of its block is sure: several lines have the same name.
    """
    rows, columns = book.sheets[name], _columns_put(book, form, name)
    if not columns:
        return
    found.altered.append(f"工作表“{name}”的标识被删掉了，按行名读的")
    widest = max((max(row) for row in rows.values()), default=0)
    shift = -1 if widest <= max(columns.values()) else 0  # 口径 stands right of all values: one column went
    after = -1
    for block in blocks_of(form, columns):
        refs = {one.key: block.ref(block.lines[0].key, one.key) for one in block.fields}
        here = {key: columns[ref] + shift for key, ref in refs.items() if ref in columns}
        lines, after = _lines_in_order(block, rows, min(here.values()), after)
        doubt = "" if len(lines) == len(block.lines) else "标识被删掉了，行也不齐，不知道填的是哪一项"
        for line, row in lines:
            _read_line(block, line, row, here, found, dict.fromkeys(here, doubt))


def _columns_put(book: Book, form: FormDefinition, name: str) -> dict[CellRef, int]:
    """The columns in which the values of a sheet were put when the form was made."""
    return {
        ref: _column(place)
        for ref, (sheet, place) in book.put.items()
        if sheet == name and ref in form.cell_set
    }


def _lines_in_order(
    block: Block, rows: dict[int, _Row], first: int, after: int
) -> tuple[list[tuple[Line, _Row]], int]:
    """The rows that carry the names of a block's lines before their values, each below the one before; and the last of them."""
    found = []
    for line in block.lines:
        at = next((n for n, row in rows.items() if n > after and _is_called(line, _before(row, first))), None)
        if at is not None:
            found.append((line, rows[at]))
            after = at
    return found, after


def _before(row: _Row, column: int) -> list[str]:
    return [text for at, text in row.items() if at < column]


def _column(place: str) -> int:
    return column_of(place.rstrip("0123456789") or "A")


def _gone(book: Book, form: FormDefinition, found: Found) -> Iterator[str]:
    """Sheets and rows that were sent out and did not come back."""
    sent = set(book.put) & set(form.inputs)
    for section in form.sections:
        asked = [ref for ref in section.cells if ref in sent]
        gone = [ref for ref in asked if ref not in found.texts]
        if gone and len(gone) == len(asked):
            yield f"{section.table_name}整张被删掉了，算没有填"
        elif gone:
            yield f"{section.table_name}少了{len(gone)}格（“{form.label(gone[0])}”等），算没有填"
