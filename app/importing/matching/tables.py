"""Tables of a file → cells of the form, by printed label, position and document order."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.chinese import nfkc, ordinal
from app.documents.blocks import Cell, TableBlock
from app.form.model import CellRef, TableSpec
from app.importing.matching.collected import Collected, GroupRow, Run
from app.importing.matching.columns import PrintedColumns, printed_columns
from app.importing.matching.digit_runs import RUN_TOGETHER, readings, sums_of
from app.importing.matching.guard import OTHER_ORDINAL, SWAPPED, Guard
from app.importing.matching.labels import Labels, RowLabel, fold
from app.importing.matching.values import is_blank, looks_like_value
from app.importing.result import Spot

UNRULED = "原文没有格线，本行数字与合计不符或分在几行，请核对各属哪一格"
ALONE = "同一行其他格都是空白，请核对数字是否连在了一起"
BY_SUMS = "本行的格数与表头的列数不符，按合计推定各属哪一列，请核对"
BY_PLACE = "原文这一行的项目写的是“{}”，按前后两行推定为“{}”，请核对"
NO_COLUMN = "数字与表头的列数不符，无法确定各属哪一列"

_SHORT = 4  # characters of a label that may be the beginning of another
_TWO = re.compile("[0-9] +[0-9]")  # 4 46: two numbers in one cell, or one that was broken
_DIGITS = re.compile("[0-9]+")
_GAPS = re.compile(r"[^\S\n]+")  # between numbers; a line end breaks one number

Sums = Sequence[tuple[int, tuple[int, ...]]]
Place = Callable[[int, int], Spot]  # (row, column) of a cell of the table being read


class TableMatcher:
    """Reads one table after another; a table cut in two by a page goes on with the columns it began with."""

    def __init__(self, labels: Labels, collected: Collected) -> None:
        self.labels = labels
        self.collected = collected
        self.loose = self.unruled = self.drawn = False  # loose: told by tabs and line ends
        self.guard = Guard(labels.form)
        self.under = ""  # the section whose heading stands above
        self.before: RowLabel | None = None  # the row read last
        self.waiting: list[list[Cell]] = []  # rows with numbers and no known label since then
        self.last: list[CellRef] = []  # the cells of the row of values read last
        self.heading: list[list[Cell]] = []  # heading rows since the last row of values
        self.printed: dict[str, PrintedColumns] = {}  # by table key
        self.unused: list[str] = []
        self.sections: list[str] = []  # form sections that this table gave cells to

    def read(self, block: TableBlock, place: Place, loose: bool = False, unruled: str = "") -> None:
        """Take what the table says; rows that belong to no table of the form go to `unused`.

        `loose`: its fields are told by tabs and line ends; `unruled`: the type of a file where nothing but the order of
        its lines tells the rows; those of a drawn page (pdf) may be out of order.
        """
        self.loose, self.unruled, self.drawn = loose, bool(unruled), unruled in ("pdf", "ofd", "picture")
        self.heading, self.unused, self.sections = [], [], []
        for cells in _rows(block):
            if cells:
                self._row(cells, place)
        self._settle(None, place)

    def _row(self, cells: list[Cell], place: Place) -> None:
        texts = [cell.text for cell in cells]
        if all(is_blank(text) for text in texts):
            self._unlabelled(cells, place)
        elif self._is_heading(texts):
            self._keep_heading(cells)
        elif (found := self._label(cells)) is not None:
            index, label = found
            self._settle(label, place)
            self.before = label
            self._values(label, cells[index + 1 :], cells, place)
        elif not (
            self._unlabelled(cells, place) or self._group_row(cells, place) or self._alone(cells, place)
        ):
            self._other_row(cells)

    def _keep_heading(self, cells: list[Cell]) -> None:
        self._unplaced()
        self.heading.append(cells)
        self._labels_in_heading(cells)
        self.collected.has_balance_note |= any(self.labels.is_balance_note(cell.text) for cell in cells)

    def _labels_in_heading(self, cells: Sequence[Cell]) -> None:
        """The label of a row that lost its numbers, so that the heading of the next table goes on behind it."""
        if self.unruled:
            self._labels_without_numbers(cells)
        self.guard.heading()

    def _labels_without_numbers(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            label = None if self.labels.is_column(cell.text) else self.labels.row(cell.text)
            if label is not None:
                self.guard.row(label.table, label.row.key, 0, len(label.table.leaf_columns), apart=True)

    def _is_heading(self, texts: list[str]) -> bool:
        """A heading row names at least two columns, corners or bands and holds no number."""
        filled = [text for text in texts if not is_blank(text)]
        if any(looks_like_value(text) for text in filled):
            return False
        named = sum(self.labels.is_column(text) or self.labels.is_heading(text) for text in filled)
        return named >= 2 or (named == 1 and len(filled) == 1 and self.labels.row(filled[0]) is None)

    def _label(self, cells: list[Cell]) -> tuple[int, RowLabel] | None:
        """The last row label before the first number: (its position, what it names)."""
        found = None
        for index, cell in enumerate(cells):
            label = self.labels.row(cell.text)
            if label is not None:
                found = index, label
            elif self.labels.is_column(cell.text) and not self.labels.is_other(cell.text):
                return None  # headings and numbers in one line: 总计 may be either
            elif index and not is_blank(cell.text) and looks_like_value(cell.text):
                break  # the very first may be a running number
        return found

    def _unlabelled(self, cells: list[Cell], place: Place) -> bool:
        """A row of numbers under the headings of a table whose only row has no label (表四)."""
        label = self._row_without_label()
        if label is None:
            return False
        self._values(label, [cell for cell in cells if looks_like_value(cell.text)], cells, place)
        return True

    def _row_without_label(self) -> RowLabel | None:
        """The only row of the table whose columns the heading names, where that row has no label."""
        for section in self.labels.form.sections if self.heading else ():
            for table in section.tables:
                if not table.row_heading_levels and self._is_headed(table):
                    return RowLabel(section, table, table.leaf_rows[0])
        return None

    def _alone(self, cells: list[Cell], place: Place) -> bool:
        """Just as many numbers as the section's table without a row label has columns, its heading lost or in pieces."""
        parts = [replace(cell, text=part) for cell in cells for part in _GAPS.split(cell.text.strip())]
        if not all(_DIGITS.fullmatch(nfkc(one.text).replace("\n", "")) for one in parts):
            return False
        for section in self.labels.form.sections:
            for table in section.tables if section.key == self.under else ():
                if not table.row_heading_levels and len(parts) == len(table.leaf_columns):
                    self.heading = []
                    self.printed[table.key] = printed_columns(table, [], self.labels)
                    self.guard.whole.add((table.key, table.leaf_rows[0].key))
                    self._values(RowLabel(section, table, table.leaf_rows[0]), parts, parts, place)
                    return True
        return False

    def _is_headed(self, table: TableSpec) -> bool:
        """Whether the heading rows are those of this table: understood as a whole, or by half of their columns."""
        if printed_columns(table, self.heading, self.labels).labelled:
            return True
        named = sum(self.labels.is_column_in(table, cell.text) for row in self.heading for cell in row)
        return named >= len(table.leaf_columns) // 2

    def _group_row(self, cells: list[Cell], place: Place) -> bool:
        """Numbers for a whole group of rows: kept until it is known whether the rows themselves are there."""
        named = [(i, found) for i, cell in enumerate(cells) if (found := self.labels.group(cell.text))]
        if not named:
            return False
        index, (table, group) = named[-1]
        columns, values = self._printed(table).columns, cells[index + 1 :]
        while len(values) > len(columns) and is_blank(values[0].text):
            values = values[1:]  # the group has no labels of its own beside it, but a cell for them
        if len(values) != len(columns) or not all(looks_like_value(cell.text) for cell in values):
            return False
        spots = [(cell.text.strip(), place(cell.row, cell.column)) for cell in values]
        self.collected.groups.append(GroupRow(table, group, [one.key for one in columns], spots))
        return True

    def _other_row(self, cells: list[Cell]) -> None:
        filled = [cell.text.strip() for cell in cells if not is_blank(cell.text)]
        if all(self.labels.is_heading(text) or self.labels.is_column(text) for text in filled):
            return
        if any(map(looks_like_value, filled)):
            self.waiting.append(cells)
        else:
            self.unused.append(" | ".join(filled))

    # -- rows whose label was cut, lost or misprinted -----------------------------------------------------------------

    def _settle(self, following: RowLabel | None, place: Place) -> None:
        """Rows that no label names, between two that are known: those of the form that are missing there, if as many."""
        rows = self._between(self.before, following) if following is not None and self.waiting else []
        width = len(self._printed(rows[0].table).columns) if rows else 0
        parts = [(row[:-width], row[-width:]) for row in self.waiting]
        if not rows or len(rows) != len(parts) or not all(_is_row(values, width) for _, values in parts):
            self._unplaced()
            return
        self.waiting = []
        for label, (names, values) in zip(rows, parts, strict=True):
            words = " ".join(cell.text.strip() for cell in names if not is_blank(cell.text))
            self._values(label, values, [*names, *values], place)
            self._question(self.last, BY_PLACE.format(words, label.row.label))

    def _between(self, before: RowLabel | None, following: RowLabel) -> list[RowLabel]:
        """The rows of the form from the one to the other, none of which was read."""
        rows = following.table.leaf_rows
        keys = [row.key for row in rows]
        start = (
            keys.index(before.row.key) + 1 if before is not None and before.table is following.table else 0
        )
        found = rows[start : keys.index(following.row.key)]
        read = self.collected.rows.get(following.table.key, set())
        return [] if read & {row.key for row in found} else [following._replace(row=row) for row in found]

    def _unplaced(self) -> None:
        """Rows of numbers that nothing tells the place of."""
        for cells in self.waiting:
            filled = [cell.text.strip() for cell in cells if not is_blank(cell.text)]
            values = [text for text in filled if looks_like_value(text)]
            self.unused.append(" | ".join(filled))
            if self.unruled or len(values) == len(filled):
                self.guard.numbers(len(values))
            if len(values) == len(filled):
                self._question(self.last, "它的下一行还有数字，没有标明是哪一项，请核对")
        self.waiting = []

    # -- one row of values ------------------------------------------------------------------------------------------

    def _values(self, label: RowLabel, cells: list[Cell], row: list[Cell], place: Place) -> None:
        table = label.table
        printed = self._printed(table)
        self.sections.append(label.section.key)
        refs = [CellRef(table.key, label.row.key, column.key) for column in printed.columns]
        self.last = refs
        self.collected.saw(table.key, label.row.key, [ref.column for ref in refs])
        self.heading = []
        cells = self._without_unheaded(cells, row, printed, len(table.leaf_columns))
        cells = self._watched(label, refs, cells, row, place)
        filled = [cell for cell in cells if not is_blank(cell.text)]
        if not filled:
            self._blank_row(refs, cells, place)
            return
        under = _under_headings(cells, printed) if printed.strange else None
        if under is not None:
            self._beside_strange(refs, under, cells, place)
            return
        start = None if printed.doubtful else _start(table, refs, cells)
        if start is None:
            self._without_place(table, refs, filled, place(filled[0].row, filled[0].column))
            return
        mine = cells[start : start + len(refs)]
        self._take(refs, mine, place)
        if len(filled) == 1 and self._may_be_a_run(filled[0].text, len(refs)):
            self.collected.question(refs[mine.index(filled[0])], ALONE)
        if len(_places(len(refs), cells)) > 1:
            self._question(refs, BY_SUMS)
        if self.unruled and not self._hangs_together(table, row, mine, place):
            self._question(refs, UNRULED)

    def _watched(
        self, label: RowLabel, refs: Sequence[CellRef], cells: list[Cell], row: Sequence[Cell], place: Place
    ) -> list[Cell]:
        """The cells of a row, two numbers in one parted; what tells afterwards whether the row hangs together is kept."""
        at, before = (label.table.key, label.row.key), len(row) - len(cells) - 1
        guessed = not self.printed[label.table.key].labelled and (self.loose or len(cells) != len(refs))
        guessed |= self.loose and any(_TWO.search(nfkc(cell.text)) for cell in cells)
        if guessed:
            cells = _parted(cells, len(refs))
        self._doubt_label(label, refs, row[before].text if before >= 0 else "")
        if self.unruled or guessed:
            self.guard.whole.add(at)
        elif self.loose and len(cells) != len(refs):
            self.guard.filled.add(at)
        if self.unruled:
            self._keep_order(label, len(refs), cells, row[: before + 1], place)
        return cells

    def _doubt_label(self, label: RowLabel, refs: Sequence[CellRef], text: str) -> None:
        """Columns in another order, or a short label with another's ordinal (2.其他…, cut off): without borders, perhaps torn."""
        at = label.table.key, label.row.key
        columns = [column.key for column in label.table.leaf_columns]
        mine = [columns.index(ref.column) for ref in refs]
        if self.unruled and mine != sorted(mine):
            self.guard.doubted[at] = SWAPPED
        printed, right = nfkc(ordinal(text)), nfkc(ordinal(label.row.label))
        is_other = bool(printed and right) and printed[0] != right[0]
        if self.loose and is_other and len(fold(text)) <= _SHORT:
            self.guard.doubted[at] = OTHER_ORDINAL.format(ordinal(text))

    def _keep_order(
        self, label: RowLabel, wanted: int, cells: Sequence[Cell], labels: Sequence[Cell], place: Place
    ) -> None:
        """Which labels and how many numbers came one after the other; the last of `labels` is that of the row."""
        filled = [cell for cell in cells if not is_blank(cell.text)]
        self._labels_without_numbers(labels[:-1])
        line = place(labels[-1].row, labels[-1].column).block if labels else -1
        apart = any(place(cell.row, cell.column).block != line for cell in filled)
        self.guard.row(label.table, label.row.key, len(filled), wanted, apart)

    def _question(self, refs: Sequence[CellRef], reason: str) -> None:
        for ref in refs:
            self.collected.question(ref, reason)

    def _take(self, refs: Sequence[CellRef], cells: Sequence[Cell], place: Place) -> None:
        for ref, cell in zip(refs, cells, strict=True):
            unit = self.printed[ref.table].units.get(ref.column, "")
            self.collected.take(ref, cell.text, place(cell.row, cell.column), unit)

    def _hangs_together(
        self, table: TableSpec, row: Sequence[Cell], cells: Sequence[Cell], place: Place
    ) -> bool:
        """Whether numbers without borders are one row: all in the line of its label, one in each line, or adding up."""
        lines = [place(cell.row, cell.column).block for cell in cells]
        label = place(row[0].row, row[-len(cells) - 1].column).block if len(row) > len(cells) else -1
        if set(lines) == {label} or (not table.row_heading_levels and len(set(lines)) == 1):
            return True
        if len(set(lines)) == len(lines) and not self.drawn:
            return True
        refs = [CellRef(table.key, table.leaf_rows[0].key, column.key) for column in table.leaf_columns]
        sums = sums_of(table, refs) if len(refs) == len(cells) else []
        return _add_up(sums, _numbers(cells)) if sums else len(set(lines)) == 1 and not self.drawn

    def _may_be_a_run(self, text: str, count: int) -> bool:
        """A number long enough for all cells of its row, the others being blank: conversion may have joined them."""
        least = count if self.loose else 2 * count - 1
        return count > 1 and len(re.sub("[^0-9]", "", nfkc(text))) >= least and "元" not in text

    def _without_unheaded(
        self, cells: list[Cell], row: list[Cell], printed: PrintedColumns, count: int
    ) -> list[Cell]:
        """More numbers than the form has columns: those under no heading are left out (003 has a 16th column)."""
        width = max(cell.column + cell.column_span for cell in row)
        left = [cell for cell in cells if cell.column in printed.blank]
        if len(cells) <= count or width != printed.grid or len(cells) - len(left) != count:
            return cells
        kept = [cell for cell in cells if cell not in left]
        numbers = [cell.text.strip() for cell in left if not is_blank(cell.text)]
        if self.loose and numbers and any(is_blank(cell.text) for cell in kept):
            return cells  # columns told by signs shift: the number under no heading may be the one that is missing
        self.unused.extend(numbers)
        return kept

    def _beside_strange(
        self, refs: Sequence[CellRef], under: Sequence[Cell], cells: Sequence[Cell], place: Place
    ) -> None:
        """A row of a table with columns of its own (备注, 上年数): each number under its heading, the others not used."""
        self._take(refs, under, place)
        others = [cell.text.strip() for cell in cells if cell not in under and not is_blank(cell.text)]
        if others:
            self.unused.append(" | ".join(others))

    def _blank_row(self, refs: Sequence[CellRef], cells: Sequence[Cell], place: Place) -> None:
        """A row without a number; a label alone, cut off by a page, has no places to be blank."""
        if len(cells) >= len(refs):
            for ref, cell in zip(refs, cells, strict=False):
                self.collected.take(ref, "", place(cell.row, cell.column))

    def _without_place(
        self, table: TableSpec, refs: Sequence[CellRef], filled: Sequence[Cell], where: Spot
    ) -> None:
        """More or fewer numbers than columns: each could belong to more than one of them."""
        if len(filled) == 1:
            take_run(self.collected, table, refs, filled[0].text, where)
            return
        text = " ".join(cell.text.strip() for cell in filled)
        self.collected.doubt(list(refs), text, where, NO_COLUMN)

    def _printed(self, table: TableSpec) -> PrintedColumns:
        """The columns of the heading just above, or those the table began with, or those of the form."""
        if self.heading:
            printed = printed_columns(table, self.heading, self.labels)
            if printed.labelled or table.key not in self.printed:
                self.printed[table.key] = printed
        if table.key not in self.printed:
            self.printed[table.key] = printed_columns(table, [], self.labels)
        return self.printed[table.key]


def take_run(collected: Collected, table: TableSpec, refs: Sequence[CellRef], text: str, place: Spot) -> None:
    """Digits without safe borders: proposed only where one single reading fills every cell, doubtful in any case."""
    tokens = text.split()
    could_be_all = len(tokens) <= len(refs) <= sum(map(len, tokens))
    collected.doubt(list(refs), text, place, RUN_TOGETHER if could_be_all else NO_COLUMN)
    if any(collected.evidence[ref].spot != place for ref in refs):
        return  # read before: two texts for one row
    sums = sums_of(table, refs)
    by_sums = readings(tokens, len(refs), sums) if sums else []
    found = by_sums if len(by_sums) == 1 else readings(tokens, len(refs))
    run = Run(list(refs), by_sums or found)
    collected.runs.append(run)
    if len(found) == 1:
        collected.divide(run, found[0], "本行合计" if by_sums else "每格都有数字")


def _is_row(cells: Sequence[Cell], width: int) -> bool:
    return len(cells) == width and all(
        looks_like_value(cell.text) and not is_blank(cell.text) for cell in cells
    )


def _parted(cells: list[Cell], count: int) -> list[Cell]:
    """Two numbers in one cell (4 46) as two, where just as many numbers as columns come of it; a line end parts none."""
    filled = [part for cell in cells for part in cell.text.split(" ") if not is_blank(part)]
    if len(filled) != count or not all(_DIGITS.fullmatch(nfkc(one)) for one in filled):
        return cells
    return [replace(cell, text=part) for cell in cells for part in cell.text.split(" ") if not is_blank(part)]


def _places(count: int, cells: Sequence[Cell]) -> range:
    """Where the `count` values of a row may begin among the cells after its label: every filled cell is one of them."""
    if len(cells) == count:
        return range(1)
    filled = [index for index, cell in enumerate(cells) if not is_blank(cell.text)]
    return range(max(0, filled[-1] - count + 1), min(filled[0], len(cells) - count) + 1)


def _start(table: TableSpec, refs: Sequence[CellRef], cells: Sequence[Cell]) -> int | None:
    """Where the values of a row begin, if only one place is possible or only one fits the sums of the row."""
    places = _places(len(refs), cells)
    if len(places) > 1 and (sums := sums_of(table, refs)):
        places_that_fit = [one for one in places if _fits(sums, cells[one : one + len(refs)])]
        return places_that_fit[0] if len(places_that_fit) == 1 else None
    return places[0] if len(places) == 1 else None


def _fits(sums: Sums, cells: Sequence[Cell]) -> bool:
    """Whether every sum of a row is right with its blanks counted as 0, and at least one is no sum of blanks."""
    numbers = _numbers(cells)
    return any(numbers[total] for total, _ in sums) and _add_up(sums, numbers)


def _add_up(sums: Sums, numbers: Sequence[int]) -> bool:
    return all(numbers[total] == sum(numbers[one] for one in parts) for total, parts in sums)


def _numbers(cells: Sequence[Cell]) -> list[int]:
    """What is no number counts as 0; one broken over lines is whole."""
    texts = [nfkc(cell.text).strip().replace(",", "").replace("\n", "") for cell in cells]
    return [int(text) if text.isdecimal() and len(text) < 12 else 0 for text in texts]


def _under_headings(cells: Sequence[Cell], printed: PrintedColumns) -> list[Cell] | None:
    """The cells that stand exactly under the headings of the form, where each other cell stands under a strange one."""
    at = {(cell.column, cell.column_span): cell for cell in cells}
    under = [at.get(printed.spots.get(column.key, (-1, 0))) for column in printed.columns]
    found = [cell for cell in under if cell is not None]
    strange = {(cell.column, cell.column_span) for cell in printed.strange}
    others = {spot for spot, cell in at.items() if cell not in found}
    return found if len(found) == len(under) and len(set(found)) == len(found) and others <= strange else None


def _rows(block: TableBlock) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(block.rows)]
    for cell in block.cells:
        rows[cell.row].append(cell)
    for cells in rows:
        cells.sort(key=lambda cell: cell.column)
    return rows
