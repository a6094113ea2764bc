"""The types of the declared form: sections, tables, headings, cells and the equations between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

Value = int | Decimal  # 件 is int, 万元 is Decimal; a blank cell has no value at all


class CellRef(NamedTuple):
    """The lasting name of one value, the same in every edition that has that value."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, key: str) -> "CellRef":
        """`table.row.column` → CellRef; ValueError when it is not of that shape."""
        parts = key.split(".")
        if len(parts) != 3 or not all(parts):
            raise ValueError(key)
        return cls(*parts)


class ValueKind(StrEnum):
    """What may stand in a cell."""

    COUNT = "count"  # 件, int ≥ 0
    SIGNED = "signed"  # 本年增/减, int
    MONEY = "money_wan"  # 万元, Decimal ≥ 0 with at most 6 decimals


class Severity(StrEnum):
    """How grave a finding is: an error stands in the way of 送签, a warning wants a look or a word, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Heading:
    """A node of a row or column tree; a leaf holds values, a group only heads its leaves."""

    label: str
    key: str = ""  # empty for a group that nothing refers to
    children: tuple["Heading", ...] = ()
    aliases: tuple[str, ...] = ()
    misprints: tuple[str, ...] = ()  # wrong words by which old reports call it: read like aliases, and told
    kind: ValueKind | None = None
    note: str = ""  # 填报口径 shown with F1
    article: str = ""  # 条例 article it rests on
    zero_for: tuple[str, ...] = ()  # kinds of agency for which every value under it can only be 0 (T2-03)

    def leaves(self) -> tuple["Heading", ...]:
        return self._leaves

    @cached_property
    def _leaves(self) -> tuple["Heading", ...]:
        return tuple(leaf for child in self.children for leaf in child.leaves()) or (self,)

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


class Axis(StrEnum):
    """Along which headings an equation adds: ROW adds rows within each column, COLUMN adds columns within each row."""

    ROW = "row"
    COLUMN = "column"


class Relation(StrEnum):
    EQUAL = "="
    AT_LEAST = ">="


@dataclass(frozen=True)
class Term:
    """One term of a declared sum: a row or column key (leaf or group), of this report or of last year's."""

    key: str
    prior: bool = False


@dataclass(frozen=True)
class CrossCheck:
    """勾稽关系: along `axis` the sum of `left` equals (or is at least) the sum of `right`.

    `id` is the number of the check (docs/checks.md). `text` is the official sentence, `message` what a reviewer says when it fails;
    its fields are those of `FIELDS`. `only` limits it to some rows (axis column) or columns (axis row).
    """

    id: str
    axis: Axis
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    text: str
    message: str
    severity: Severity = Severity.ERROR
    relation: Relation = Relation.EQUAL
    computes: bool = False  # the single left term is a total that the program computes
    carries: bool = False  # roll-over fills the single left term from the single prior term
    only: tuple[str, ...] = ()

    FIELDS = frozenset(
        ["line", "left", "right", "left1", "left2", "right1", "right2", "difference", "expected"]
    )


class EquationTerm(NamedTuple):
    """The cells of one term at one line of the table."""

    cells: tuple[CellRef, ...]
    prior: bool


@dataclass(frozen=True)
class Equation:
    """One cross-check at one line: for instance 总计 = 各申请人之和 in the row 予以公开."""

    check: CrossCheck
    table: str
    line: str  # key of the row or column where it is evaluated
    line_label: str
    left: tuple[EquationTerm, ...]
    right: tuple[EquationTerm, ...]

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        """Every cell of this report that takes part, left side first."""
        return tuple(ref for term in (*self.left, *self.right) if not term.prior for ref in term.cells)

    @cached_property
    def needs_prior(self) -> bool:
        return any(term.prior for term in (*self.left, *self.right))

    @cached_property
    def sides(self) -> tuple[tuple[CellRef, ...], tuple[CellRef, ...]]:
        """The cells of either side, terms joined (of an equation within this report)."""
        left, right = ([ref for term in side for ref in term.cells] for side in (self.left, self.right))
        return tuple(left), tuple(right)

    @property
    def total(self) -> CellRef | None:
        """The cell that the program computes from the right side, if it does."""
        return self.left[0].cells[0] if self.check.computes else None

    @cached_property
    def parts(self) -> tuple[CellRef, ...]:
        """The cells of the right side of this report, in order."""
        return tuple(ref for term in self.right if not term.prior for ref in term.cells)


@dataclass(frozen=True)
class TableSpec:
    """One table of values: the cross product of its row leaves and column leaves."""

    key: str
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    title: str = ""  # printed band: 第二十条第（一）项
    corner: str = ""
    aliases: tuple[str, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()

    @cached_property
    def leaf_rows(self) -> tuple[Heading, ...]:
        return tuple(leaf for row in self.rows for leaf in row.leaves())

    @cached_property
    def leaf_columns(self) -> tuple[Heading, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    @cached_property
    def row_heading_levels(self) -> int:
        """How many printed columns the row headings take: none when the only row has no label (表四)."""
        if not any(row.label for row in self.rows):
            return 0
        return max(row.depth for row in self.rows)

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        return tuple(CellRef(self.key, r.key, c.key) for r in self.leaf_rows for c in self.leaf_columns)

    def kind(self, ref: CellRef) -> ValueKind:
        return self._kinds[ref.row, ref.column]

    @cached_property
    def _kinds(self) -> dict[tuple[str, str], ValueKind]:
        return {
            (r.key, c.key): r.kind or c.kind or ValueKind.COUNT
            for r in self.leaf_rows
            for c in self.leaf_columns
        }

    def row(self, key: str) -> Heading:
        """The row heading (leaf or group) of this key."""
        return self._headings[0][key]

    def column(self, key: str) -> Heading:
        return self._headings[1][key]

    @cached_property
    def _headings(self) -> tuple[dict[str, Heading], dict[str, Heading]]:
        """Every heading of rows and of columns by its key, groups too."""
        return _by_key(self.rows), _by_key(self.columns)

    def path(self, ref: CellRef) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The printed labels from the outermost heading to the cell: (row labels, column labels)."""
        return self._paths[0][ref.row], self._paths[1][ref.column]

    @cached_property
    def _paths(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        return dict(_paths(self.rows)), dict(_paths(self.columns))

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        return tuple(equation for check in self.cross_checks for equation in self._expand(check))

    @cached_property
    def line_parts(self) -> dict[tuple[Axis, str], tuple[str, ...]]:
        """The lines that are sums of other lines: (axis of the checks evaluated there, line) → the lines it sums."""
        found: dict[tuple[Axis, str], tuple[str, ...]] = {}
        for check in self.cross_checks:
            if not check.computes or check.only:
                continue
            find, across = (self.column, Axis.ROW) if check.axis is Axis.COLUMN else (self.row, Axis.COLUMN)
            parts = tuple(leaf.key for term in check.right for leaf in find(term.key).leaves())
            found[across, check.left[0].key] = parts
        return found

    def _expand(self, check: CrossCheck) -> Iterator[Equation]:
        along_rows = check.axis is Axis.ROW
        for line in self.leaf_columns if along_rows else self.leaf_rows:
            if check.only and line.key not in check.only:
                continue

            def term(one: Term, line: Heading = line) -> EquationTerm:
                leaves = (self.row(one.key) if along_rows else self.column(one.key)).leaves()
                cells = tuple(
                    CellRef(self.key, leaf.key, line.key)
                    if along_rows
                    else CellRef(self.key, line.key, leaf.key)
                    for leaf in leaves
                )
                return EquationTerm(cells, one.prior)

            left, right = tuple(map(term, check.left)), tuple(map(term, check.right))
            yield Equation(check, self.key, line.key, line.label, left, right)


def _by_key(headings: tuple[Heading, ...]) -> dict[str, Heading]:
    found: dict[str, Heading] = {}
    for heading in headings:
        for key, one in ((heading.key, heading), *_by_key(heading.children).items()):
            found.setdefault(key, one)
    return found


def _paths(
    headings: tuple[Heading, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for heading in headings:
        here = (*above, heading.label)
        if heading.children:
            yield from _paths(heading.children, here)
        else:
            yield heading.key, here


@dataclass(frozen=True)
class CellRule:
    """How blanks and non-numbers in a section's table are reported; `each` says once per row or once per table."""

    id: str
    message: str  # fields: {row}, {n}
    each: str = "table"  # "row" or "table"


@dataclass(frozen=True)
class Aspect:
    """One of the five things that 总体情况 must treat, with the headings by which it is known."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    prompt: str = ""
    words: tuple[str, ...] = ()  # any of them shows that it is treated, if not under its own heading


@dataclass(frozen=True)
class Section:
    """One of the six official sections; those of a table print their tables as one grid of `widths` millimetres."""

    key: str
    title: str  # 一、总体情况
    tables: tuple[TableSpec, ...] = ()
    widths: tuple[float, ...] = ()
    table_name: str = ""  # 表二: how checkers call it
    header_rows: int = 0  # of the printed grid: repeated on each page
    keep_whole: bool = False
    aliases: tuple[str, ...] = ()
    mark: str = ""  # the word by which a list of the parts names it, in whatever wording
    aspects: tuple[Aspect, ...] = ()
    prompt: str = ""  # （文字描述，收取信息处理费情况在此处报告。）
    number_rule: CellRule | None = None
    blank_rule: CellRule | None = None
    short: str = ""  # 一、总体情况 for a list of the parts; "" where it is not declared

    @property
    def short_title(self) -> str:
        return self.short or self.title

    @property
    def ordinal(self) -> str:
        """一 of 一、总体情况."""
        return self.title.partition("、")[0]

    @property
    def name(self) -> str:
        """总体情况 of 一、总体情况."""
        return self.title.partition("、")[2]

    @property
    def is_stacked(self) -> bool:
        """Several small tables under their bands on one grid (表二), rather than one big table (表三, 表四)."""
        return any(table.title for table in self.tables)

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        return tuple(ref for table in self.tables for ref in table.cells)


class Use(StrEnum):
    """What an earlier edition's value is good for in this one, where the two editions do not mean quite the same."""

    COMPARE = "compare"  # shown beside as last year's value
    CONVERT = "convert"  # also taken over when an old report is re-expressed
    HINT = "hint"  # only told, in words


@dataclass(frozen=True)
class EarlierValue:
    """One row or cell of an earlier edition and the one of this edition that it corresponds to."""

    form: str
    source: CellRef
    target: CellRef
    use: Use
    text: str = ""  # HINT: field {value}; CONVERT: the note to set beside it


@dataclass(frozen=True)
class FormDefinition:
    """One edition of the official format: everything printed, asked and checked derives from it."""

    id: str  # the folder's name under templates/
    title: str  # 政府信息公开工作年度报告
    notice: str  # title of the notice that prescribes it
    authority: str  # its number, 国办公开办函〔2021〕30号
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    earlier_values: tuple[EarlierValue, ...] = ()

    @cached_property
    def tables(self) -> dict[str, TableSpec]:
        return {table.key: table for section in self.sections for table in section.tables}

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        """Every value of the form in printed order."""
        return tuple(ref for section in self.sections for ref in section.cells)

    @cached_property
    def cell_set(self) -> frozenset[CellRef]:
        return frozenset(self.cells)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        return tuple(equation for table in self.tables.values() for equation in table.equations)

    @cached_property
    def totals(self) -> dict[CellRef, tuple[Equation, ...]]:
        """The computed cells, each with the equations that compute it."""
        found: dict[CellRef, tuple[Equation, ...]] = {}
        for equation in self.equations:
            if equation.total is not None:
                found[equation.total] = (*found.get(equation.total, ()), equation)
        return found

    @cached_property
    def inputs(self) -> tuple[CellRef, ...]:
        """The cells that the clerk fills, in printed order: what is not computed. These are what is counted everywhere."""
        return tuple(ref for ref in self.cells if ref not in self.totals)

    def inputs_of(self, section: Section) -> tuple[CellRef, ...]:
        return tuple(ref for ref in section.cells if ref not in self.totals)

    @cached_property
    def carried(self) -> dict[CellRef, CellRef]:
        """Which cell of a new year is filled from which cell of last year's report (Y-01)."""
        return {e.left[0].cells[0]: e.right[0].cells[0] for e in self.equations if e.check.carries}

    def without_place(self, edition: str, refs: Iterable[CellRef]) -> tuple[CellRef, ...]:
        """Those cells of a report in another edition that this one neither has nor says a word of in `earlier_values`."""
        said = {one.source for one in self.earlier_values if one.form == edition}
        return tuple(ref for ref in refs if ref not in self.cell_set and ref not in said)

    def section(self, key: str) -> Section:
        return self._sections[key]

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    def section_of(self, ref: CellRef) -> Section:
        return self._section_of_table[ref.table]

    @cached_property
    def _section_of_table(self) -> dict[str, Section]:
        return {table.key: section for section in self.sections for table in section.tables}

    def kind(self, ref: CellRef) -> ValueKind:
        return self.tables[ref.table].kind(ref)

    def label(self, ref: CellRef) -> str:
        """A cell named in words: （三）不予公开／1.属于国家秘密·自然人."""
        rows, columns = self.tables[ref.table].path(ref)
        row = "／".join(part for part in rows if part)
        return f"{row}·{columns[-1]}" if row else "／".join(columns)

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)
