"""A block from the clipboard laid on the tables of a section: what goes where, what cannot be read, what has no place."""

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.chinese import fold
from app.form.model import CellRef, FormDefinition, Heading, Section, TableSpec, Value, ValueKind
from app.report.entry import parse_entry, show_value
from app.report.totals import part_sum

Rows = list[list[str]]


@dataclass(frozen=True)
class Unread:
    ref: CellRef
    text: str
    reason: str


@dataclass
class PastePlan:
    """What a paste would do. `changes` holds only cells that the clerk may fill; None makes one blank."""

    size: tuple[int, int] = (0, 0)
    changes: dict[CellRef, Value | None] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    totals: dict[CellRef, Value] = field(
        default_factory=dict
    )  # pasted on computed cells: compared, not taken
    outside: int = 0  # filled cells of the block that have no place in the table
    marks: int = 0  # “/”, “—”, 无: taken as not filled
    headings: int = 0  # rows that only hold headings
    labels: int = 0  # cells that hold row labels
    placed: set[CellRef] = field(default_factory=set)
    selected: tuple[int, int] = (
        1,
        1,
    )  # rows and columns chosen, where a block of another shape was pasted on them

    @property
    def is_doubtful(self) -> bool:
        """Whether the clerk is asked first; not where nothing would be written but one text, red, as if it were typed."""
        if not self.changes and not self.outside and len(self.unread) <= 1:
            return False
        return bool(self.unread or self.outside or self.selected != (1, 1))

    @property
    def yes(self) -> str:
        """What the button says that takes it."""
        return f"粘贴{self.filled}格" if self.changes or not self.unread else f"标红{len(self.unread)}格"

    @property
    def filled(self) -> int:
        return sum(value is not None for value in self.changes.values())

    def question(self, form: FormDefinition) -> str:
        """What fits and what does not, in one sentence."""
        parts = [f"剪贴板里有{self.size[0]}行{self.size[1]}列，能填入{self.filled}格"]
        if self.selected != (1, 1):
            parts.append(f"选中的是{self.selected[0]}行{self.selected[1]}列，从左上一格起填")
        if self.outside:
            parts.append(f"{self.outside}格超出本表或认不出位置，不粘贴")
        if self.unread:
            parts.append(f"{len(self.unread)}格读不懂，将标红待改：{self._unread_named(form)}")
        return "；".join(parts) + "。"

    def _unread_named(self, form: FormDefinition) -> str:
        named = [f"{form.label(one.ref)}“{one.text}”" for one in self.unread[:3]]
        return "、".join(named) + (" 等" if len(self.unread) > 3 else "")

    def outcome(self, form: FormDefinition, values: Mapping[CellRef, Value]) -> str:
        """What was done, after it; `values` are those of the report now."""
        parts = [f"已粘贴{self.filled}格"] if self.changes or not self.unread else []
        if self.unread:
            parts.append(f"{len(self.unread)}格读不懂，已标红待改：{self._unread_named(form)}")
        empty = len(self.changes) - self.filled
        if empty:
            parts.append(
                f"{empty}格空着，未填" + (f"（其中{self.marks}格写的是“/”“—”“无”）" if self.marks else "")
            )
        if self.headings or self.labels:
            parts.append("表头和项目名称已略过")
        wrong = self.wrong_totals(form, values)
        if wrong:
            named = [
                f"{form.label(ref)}（粘贴来的是{show_value(pasted)}，算得{show_value(computed)}）"
                for ref, pasted, computed in wrong[:3]
            ]
            more = "等" if len(wrong) > 3 else ""
            parts.append(f"合计由软件计算，有{len(wrong)}处与粘贴来的不同：{'、'.join(named)}{more}")
        return "；".join(parts) + "。"

    def wrong_totals(
        self, form: FormDefinition, values: Mapping[CellRef, Value]
    ) -> list[tuple[CellRef, Value, Value]]:
        """Pasted totals that differ from the sum of their parts, with that sum; incomplete sums are not compared."""
        sums = ((ref, pasted, part_sum(form.totals[ref][0], values)) for ref, pasted in self.totals.items())
        return [(ref, pasted, found) for ref, pasted, found in sums if found is not None and found != pasted]


def split_block(text: str) -> Rows:
    """Clipboard text of a spreadsheet → rows of trimmed cells; a quoted cell may hold line breaks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if '"' in plain:
        rows = list(csv.reader(io.StringIO(plain), delimiter="\t"))
    else:
        rows = [line.split("\t") for line in plain.split("\n")]
    return [[" ".join(cell.split()) for cell in row] or [""] for row in rows]


def plan_paste(block: str | Rows, section: Section, form: FormDefinition, at: list[CellRef]) -> PastePlan:
    """Lay a block on the section's tables. `at` is the selection: its first cell is where a block without labels starts."""
    rows = split_block(block) if isinstance(block, str) else block
    plan = PastePlan(size=(len(rows), max(len(row) for row in rows)))
    if len(rows) == 1 and len(rows[0]) == 1:
        for ref in at:
            _lay(plan, form, ref, rows[0][0])
        return plan
    labels = _Labels(section)
    body = [row for row in rows if not labels.is_heading(row)]
    plan.headings = len(rows) - len(body)
    found = [labels.find(row) for row in body]
    if any(found):
        for row, place in zip(body, found, strict=True):
            _lay_labelled(plan, form, row, place)
        return plan
    _lay_block(plan, form, body, form.tables[at[0].table], at[0])
    chosen = len({ref.row for ref in at}), len({ref.column for ref in at})
    if chosen != plan.size and not _is_whole(body, form.tables[at[0].table]):
        plan.selected = chosen
    return plan


def _lay_labelled(
    plan: PastePlan, form: FormDefinition, row: list[str], place: tuple[TableSpec, int, int] | None
) -> None:
    """A row of the block whose label names its line; one that names none has no place among those that do."""
    if place is None:
        plan.outside += sum(bool(cell) for cell in row)
        return
    table, line, skipped = place
    plan.labels += skipped
    _lay_row(plan, form, table, line, 0, row[skipped:])


def _lay_block(plan: PastePlan, form: FormDefinition, body: Rows, table: TableSpec, at: CellRef) -> None:
    """A block without labels: from the cursor on, or over the whole table when it has the whole table's shape."""
    whole = _is_whole(body, table)
    row = 0 if whole else [leaf.key for leaf in table.leaf_rows].index(at.row)
    column = 0 if whole else [leaf.key for leaf in table.leaf_columns].index(at.column)
    for line, cells in enumerate(body):
        _lay_row(plan, form, table, row + line, column, cells)


def _is_whole(body: Rows, table: TableSpec) -> bool:
    return len(body) == len(table.leaf_rows) and max(map(len, body)) == len(table.leaf_columns)


def _lay_row(
    plan: PastePlan, form: FormDefinition, table: TableSpec, line: int, column: int, cells: list[str]
) -> None:
    for offset, text in enumerate(cells):
        if line >= len(table.leaf_rows) or column + offset >= len(table.leaf_columns):
            plan.outside += bool(text)
            continue
        key = table.leaf_rows[line].key
        _lay(plan, form, CellRef(table.key, key, table.leaf_columns[column + offset].key), text)


def _lay(plan: PastePlan, form: FormDefinition, ref: CellRef, text: str) -> None:
    if ref in plan.placed:  # the same row twice in the block: the first stands
        plan.outside += bool(text)
        return
    plan.placed.add(ref)
    entry = parse_entry(text, form.kind(ref))
    if ref in form.totals:
        if entry.value is not None:
            plan.totals[ref] = entry.value
    elif entry.reason:
        plan.unread.append(Unread(ref, text, entry.reason))
    else:
        plan.changes[ref] = entry.value
        plan.marks += entry.placeholder


def _plain(label: str) -> str:
    return "".join(unicodedata.normalize("NFKC", label).split())


def is_number(text: str) -> bool:
    return any(parse_entry(text, kind).value is not None for kind in (ValueKind.SIGNED, ValueKind.MONEY))


class _Labels:
    """The printed labels of a section, by which rows of a block are known."""

    def __init__(self, section: Section) -> None:
        self._rows: dict[str, tuple[TableSpec, int]] = {}
        self._folded: dict[str, tuple[TableSpec, int]] = {}
        self._headings = {_plain(section.title)}
        for table in section.tables:
            self._headings |= {_plain(table.title), _plain(table.corner)}
            self._headings |= {_plain(label) for column in table.columns for label in _all_labels(column)}
            for line, row in enumerate(table.leaf_rows):
                for label in (row.label, *row.aliases):
                    if label:
                        self._rows[_plain(label)] = table, line
                        self._folded.setdefault(fold(label), (table, line))
        self._headings.discard("")

    def is_heading(self, row: list[str]) -> bool:
        """Whether a row of the block holds only headings of columns, bands or the corner."""
        texts = [_plain(cell) for cell in row if cell]
        if not texts or any(is_number(text) or text in self._rows for text in texts):
            return False
        return any(text in self._headings for text in texts)

    def find(self, row: list[str]) -> tuple[TableSpec, int, int] | None:
        """The table and line that a row's own label names, and how many leading cells are labels."""
        start = next((i for i, cell in enumerate(row) if is_number(cell)), len(row))
        for at in range(start - 1, -1, -1):
            place = self._rows.get(_plain(row[at])) or (self._folded.get(fold(row[at])) if row[at] else None)
            if place is None:
                continue
            table, line = place
            values = len(table.leaf_columns)
            merged = len(row) - values  # a label that spans columns leaves blanks behind it
            if merged > at and not any(row[at + 1 : merged]):
                return table, line, merged
            return table, line, at + 1
        return None


def _all_labels(heading: Heading) -> list[str]:
    below = (label for child in heading.children for label in _all_labels(child))
    return [heading.label, *heading.aliases, *below]
