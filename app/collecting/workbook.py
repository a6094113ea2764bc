"""Writes a 收数表: a sheet for each official table or the part of it that is asked for, locked but for what is to be filled."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.collecting.layout import CONTACTS, IDENTITY, MARK, VERSION, Block, Line, blocks_of
from app.exporting.ooxml import clean
from app.exporting.sheet_rows import fit_row
from app.exporting.workbook_file import lay_on_a4, saved
from app.form.model import CellRef, FormDefinition, ValueKind
from app.report.entry import MAX_COUNT

_THIN = Side(style="thin", color="8A929C")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E3E8EF")
_LABEL = PatternFill("solid", fgColor="F3F4F6")
_TO_FILL = PatternFill("solid", fgColor="FFFFFF")
_FONT = "宋体"
_FIRST = 2  # the column of the outermost labels; before it stand the keys, hidden
_GROUP_WIDTH, _LEAF_WIDTH, _FIELD_WIDTH, _NOTE_WIDTH = 11.0, 34.0, 10.5, 46.0
_TELLS = "白色的格照实填：没有的填0，不知道的空着（空着不算0）。灰色的格已锁定，合计自动计算。填好存盘，把这个文件原样发回。"


def form_bytes(
    form: FormDefinition, year: int, cells: Sequence[CellRef], sender: str = "", unit: str = ""
) -> bytes:
    """The workbook that asks for these cells. `sender` is who asks, `unit` who is asked, where it is known."""
    book = Workbook()
    book.remove(book.worksheets[0])
    title = f"{year}年{form.title}收数表"
    book.properties.title, book.properties.creator = clean(title), clean(sender)
    head = (MARK, VERSION, form.id, str(year))
    identity: list[tuple[str, ...]] = [head]
    for number, (name, group) in enumerate(
        groupby(blocks_of(form, cells), key=lambda block: block.section.table_name)
    ):
        blocks = tuple(group)
        writer = _Writer(book.create_sheet(name), form, blocks)
        writer.heading(f"{title}（{name}）", head, sender)
        if number == 0:
            writer.contacts(unit)
        for block in blocks:
            writer.block(block)
        identity += [(name, place, str(ref), form.label(ref)) for ref, place in writer.places.items()]
        writer.finish()
    hidden = book.create_sheet(IDENTITY)
    for row in identity:
        hidden.append(row)
    hidden.sheet_state = "hidden"
    hidden.protection.sheet = True
    book.security = WorkbookProtection(lockStructure=True)
    return saved(book)


class _Writer:
    """One sheet, written from the top; `places` is where each value stands."""

    def __init__(self, sheet: Worksheet, form: FormDefinition, blocks: Sequence[Block]) -> None:
        self.sheet, self.form = sheet, form
        self.levels = max(block.levels for block in blocks)
        self.fields = max(len(block.fields) for block in blocks)
        self.note = _FIRST + self.levels + self.fields  # the column of 口径
        self.row = 0
        self.places: dict[CellRef, str] = {}
        self.asked: list[str] = []  # areas that are to be filled
        self.left: tuple[int, int] | None = None  # the cell that says how many are still blank
        self.widths = [
            *(_GROUP_WIDTH for _ in range(self.levels - 1)),
            _LEAF_WIDTH,
            *(max(_FIELD_WIDTH, 42 / self.fields if self.fields < 4 else 0) for _ in range(self.fields)),
            _NOTE_WIDTH,
        ]
        for index, width in enumerate(self.widths, _FIRST):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.column_dimensions["A"].hidden = True

    def heading(self, title: str, head: Sequence[str], sender: str) -> None:
        self.row = 1
        self._key(";".join(head))
        self._line(title, size=14, bold=True, align="center")
        if sender:
            self._line(f"{sender}制发", align="center")
        self._line(_TELLS)
        self.left = (self.row, _FIRST)
        self._line("", bold=True)

    def contacts(self, unit: str) -> None:
        for key, label in CONTACTS:
            self._key(f"@{key}")
            self._cell(self.row, _FIRST, label, fill=_LABEL, across=self.levels)
            name = unit if key == "unit" else ""
            where = _FIRST + self.levels
            cell = self._cell(self.row, where, name, fill=_TO_FILL, across=self.fields, is_open=True)
            cell.number_format = "@"
            self.sheet.row_dimensions[self.row].height = 21
            self.row += 1
        self.row += 1

    def block(self, block: Block) -> None:
        if block.table.title:
            self._cell(
                self.row,
                _FIRST,
                block.table.title,
                fill=_HEAD,
                bold=True,
                across=self.levels + self.fields + 1,
            )
            self.row += 1
        self._key(f"#{block.table.key}")
        for index, one in enumerate(block.fields):
            self._text(self.row, _FIRST + self.levels + index, one.key)
        self.sheet.row_dimensions[self.row].hidden = True
        self.row += 1
        self._head(block)
        first = self.row
        for line in block.lines:
            self._value_row(block, line)
        self._labels(block, first)
        self._sums(block)
        if notes := [f"{one.label}：{one.note}" for one in block.fields if one.note]:
            self._line("各列口径　" + "　".join(notes), size=9)
        self.row += 1

    def finish(self) -> None:
        sheet = self.sheet
        assert self.left is not None
        blank = "+".join(f"COUNTBLANK({area})" for area in self.asked)
        cell: Any = sheet.cell(*self.left)
        cell.value = f'=IF({blank}=0,"本表已全部填好","本表还有"&({blank})&"格没有填")'
        sheet.protection.sheet = True
        for allowed in ("formatColumns", "formatRows"):
            setattr(sheet.protection, allowed, False)
        lay_on_a4(sheet)
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.print_options.horizontalCentered = True

    # -- pieces ------------------------------------------------------------------------------------------------------------

    def _head(self, block: Block) -> None:
        """The tree of field names, merged as printed, between the corner and 口径."""
        depth, start = max(len(one.labels) for one in block.fields), _FIRST + self.levels
        self._cell(
            self.row, _FIRST, block.table.corner or "项目", fill=_HEAD, across=self.levels, down=depth, size=9
        )
        for level in range(depth):
            for labels, index, count in _runs(block.fields, level):
                is_leaf = len(labels) == level + 1 == len(block.fields[index].labels)
                down = depth - level if is_leaf else 1
                self._cell(
                    self.row + level,
                    start + index,
                    labels[-1],
                    fill=_HEAD,
                    bold=True,
                    across=count,
                    down=down,
                )
        self._beside(block, "填报口径", fill=_HEAD, bold=True, down=depth)
        for level in range(depth):
            self.sheet.row_dimensions[self.row + level].height = 30 if level == depth - 1 else 19
        self.row += depth

    def _value_row(self, block: Block, line: Line) -> None:
        self._key(f"{block.table.key}.{line.key}")
        start = _FIRST + self.levels
        for index, field in enumerate(block.fields):
            ref = block.ref(line.key, field.key)
            place = f"{get_column_letter(start + index)}{self.row}"
            self.places[ref] = place
            cell = self._cell(self.row, start + index, "", fill=_LABEL)
            cell.number_format = "0.00" if self.form.kind(ref) is ValueKind.MONEY else "0"
            if ref not in self.form.totals:
                cell.protection, cell.fill = Protection(locked=False), _TO_FILL
                self._allow(ref, place)
        inputs = [
            n for n, one in enumerate(block.fields) if block.ref(line.key, one.key) not in self.form.totals
        ]
        self.asked += [
            f"{get_column_letter(start + run[0])}{self.row}:{get_column_letter(start + run[-1])}{self.row}"
            for run in _stretches(inputs)
        ]
        self._beside(block, line.note, align="left", size=9)
        own = sum(self.widths[len(line.labels) - 1 : self.levels])
        fit_row(self.sheet, self.row, [line.label, line.note], [own, _NOTE_WIDTH * 1.1])
        height = self.sheet.row_dimensions[self.row].height or 0
        self.sheet.row_dimensions[self.row].height = max(height, 20)
        self.row += 1

    def _labels(self, block: Block, first: int) -> None:
        """The names of the lines: a group over all its lines, a name as far right as it has room."""
        for level in range(self.levels):
            for labels, index, count in _runs(block.lines, level):
                is_leaf = len(labels) == len(block.lines[index].labels)
                across = self.levels - level if is_leaf else 1
                self._cell(
                    first + index,
                    _FIRST + level,
                    labels[-1],
                    fill=_LABEL,
                    align="left" if is_leaf else "center",
                    across=across,
                    down=1 if is_leaf else count,
                )

    def _sums(self, block: Block) -> None:
        for ref in block.cells:
            for equation in self.form.totals.get(ref, ()):
                if all(part in self.places for part in equation.parts):
                    parts = [self.places[part] for part in equation.parts]
                    cell: Any = self.sheet[self.places[ref]]
                    # a sum only of what is there in full: a blank is not a zero
                    cell.value = f'=IF(COUNT({",".join(parts)})={len(parts)},{"+".join(parts)},"")'
                    break

    def _allow(self, ref: CellRef, place: str) -> None:
        """What Excel and WPS let one type: the kinds of the form, and nothing below 0."""
        kind = self.form.kind(ref)
        if kind is ValueKind.MONEY:
            formula = f"AND(ISNUMBER({place}),{place}>=0,ROUND({place},2)={place})"
            rule = DataValidation(type="custom", formula1=formula, allow_blank=True)
            rule.error = "请填不小于0的金额，单位是万元，最多两位小数。没有的填0，不知道的空着。"
        else:
            least = -MAX_COUNT if kind is ValueKind.SIGNED else 0
            rule = DataValidation(
                type="whole",
                operator="between",
                formula1=str(least),
                formula2=str(MAX_COUNT),
                allow_blank=True,
            )
            rule.error = "请填整数，不带单位。没有的填0，不知道的空着。"
            if least == 0:
                rule.error = "请填不小于0的整数，不带单位。没有的填0，不知道的空着。"
        rule.errorTitle, rule.errorStyle, rule.showErrorMessage = "这里只能填数字", "stop", True
        self._add(rule, place)

    def _add(self, rule: DataValidation, place: str) -> None:
        """Cells of one kind share a rule, but for those whose formula names its own place."""
        for known in self.sheet.data_validations.dataValidation:
            if known.formula1 == rule.formula1 and known.formula2 == rule.formula2:
                known.add(place)
                return
        self.sheet.add_data_validation(rule)
        rule.add(place)

    def _beside(self, block: Block, text: str, **looks: Any) -> None:
        """口径: from behind the last field to the right edge."""
        first = _FIRST + self.levels + len(block.fields)
        self._cell(self.row, first, text, across=self.note - first + 1, **looks)

    def _key(self, text: str) -> None:
        self._text(self.row, 1, text)

    def _text(self, row: int, column: int, text: str) -> Any:
        """A text as a text, whatever it begins with."""
        cell: Any = self.sheet.cell(row, column)
        if text:
            cell.value = clean(text)
            cell.data_type = "s"
        return cell

    def _line(self, text: str, size: int = 10, bold: bool = False, align: str = "left") -> None:
        """A text over the whole width, in a row of its own."""
        across = self.levels + self.fields + 1
        cell = self._cell(self.row, _FIRST, text, bold=bold, align=align, size=size, across=across)
        cell.border = Border()
        for column in range(_FIRST, _FIRST + across):
            self.sheet.cell(self.row, column).border = Border()
        fit_row(self.sheet, self.row, [text], [sum(self.widths) * 10 / max(size, 10)])
        height = self.sheet.row_dimensions[self.row].height or 0
        self.sheet.row_dimensions[self.row].height = height + (10 if size > 10 else 2)
        self.row += 1

    def _cell(
        self,
        row: int,
        column: int,
        text: str,
        *,
        fill: PatternFill | None = None,
        bold: bool = False,
        align: str = "center",
        size: int = 10,
        across: int = 1,
        down: int = 1,
        is_open: bool = False,
    ) -> Any:
        for r in range(row, row + down):
            for c in range(column, column + across):
                place = self.sheet.cell(r, c)
                place.border = _BORDER
                if fill is not None:
                    place.fill = fill
        cell = self._text(row, column, text)
        cell.protection = Protection(
            locked=not is_open
        )  # before it is merged: openpyxl gives it to all of them
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if across > 1 or down > 1:
            self.sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + down - 1, end_column=column + across - 1
            )
        return cell


def _runs(lines: Sequence[Line], level: int) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """(labels down to this level, where, how many) of each stretch of lines under one heading of it."""
    at = 0
    for labels, group in groupby(lines, key=lambda line: line.labels[: level + 1]):
        count = len(list(group))
        if len(labels) == level + 1:
            yield labels, at, count
        at += count


def _stretches(numbers: Sequence[int]) -> list[list[int]]:
    """[0, 1, 2, 4] → [0, 1, 2] and [4]."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found
