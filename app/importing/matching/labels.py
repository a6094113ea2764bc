"""The printed labels of an edition, folded once: which row or column a cell's text names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from app.chinese import distance
from app.chinese import fold as fold_once
from app.form.catalog import form as edition
from app.form.model import FormDefinition, Heading, Section, TableSpec

_TAIL = re.compile(r"（[^（）]*）$")  # a note in brackets that many tables leave out
# 上年, 上一年, 本年, 今年, 当年度
_YEAR = re.compile(r"[上去前本今当下次]一?年")
LONGEST = 80  # characters of the longest text that is still tried as a label

# 本年（2023）制发件数: which year 本年 is
_THIS_YEAR = re.compile(r"(?<=本年)[（(]20[0-9]{2}年?度?[）)]")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A label without blanks and marks, as labels are compared."""
    return fold_once(_THIS_YEAR.sub("", text))


T = TypeVar("T")


class RowLabel(NamedTuple):
    """One leaf row of one table."""

    section: Section
    table: TableSpec
    row: Heading


class Labels:
    """Looks up labels of one edition: exactly, then by its aliases, then with one or two wrong characters."""

    def __init__(self, form: FormDefinition) -> None:
        self.form = form
        self.rows: dict[str, list[RowLabel]] = {}
        self.columns: dict[str, list[Heading]] = {}  # by folded label, of all tables
        self.column_names: dict[str, set[str]] = {}  # folded, by table key, groups too
        self.other: dict[str, str] = {}  # bands, corners and row groups: folded label → label
        self.groups: dict[str, tuple[TableSpec, Heading]] = {}  # row groups, folded
        self.heads: set[str] = set()  # the bands and corners among them
        self.signs: dict[str, set[str]] = {}  # the characters of a section's column headings
        for section in form.sections:
            for table in section.tables:
                self._add(section, table)
        self._near_rows: dict[str, RowLabel | None] = {}
        self._near_columns: dict[str, bool] = {}

    def _add(self, section: Section, table: TableSpec) -> None:
        for label in (table.title, table.corner, *table.aliases):
            if label:
                self.other[fold(label)] = label
                self.heads.add(label)
        for heading in every_heading(table.rows):
            for name in names(heading):
                if heading.children:
                    self.other[name] = heading.label
                    self.groups[name] = table, heading
                elif name:
                    self.rows.setdefault(name, []).append(RowLabel(section, table, heading))
        for heading in every_heading(table.columns):
            self.signs.setdefault(section.key, set()).update(heading.label)
            for name in names(heading):
                self.columns.setdefault(name, []).append(heading)
                self.column_names.setdefault(table.key, set()).add(name)

    def row(self, text: str) -> RowLabel | None:
        """The leaf row that a cell's text names, or None."""
        if not text or len(text) > LONGEST:
            return None
        name = fold(text)
        exact = self.rows.get(name)
        if exact:
            return exact[0]
        if name not in self._near_rows:
            if len(self._near_rows) > 4096:
                self._near_rows.clear()
            near = _near(name, ((key, rows[0]) for key, rows in self.rows.items()))
            self._near_rows[name] = None if name in self.columns or name in self.other else near
        return self._near_rows[name]

    def group(self, text: str) -> tuple[TableSpec, Heading] | None:
        """The group of rows that a cell's text names, or None."""
        return self.groups.get(fold(text)) if text and len(text) <= LONGEST else None

    def is_balance_note(self, text: str) -> bool:
        """Whether the text is the 勾稽 note: the corner of a table that stands alone."""
        return any(
            table.corner and not table.title and fold(text) == fold(table.corner)
            for table in self.form.tables.values()
        )

    def is_column(self, text: str) -> bool:
        """Whether the text names a column (or column group) of any table."""
        if not text or len(text) > LONGEST:
            return False
        name = fold(text)
        return name in self.columns or _TAIL.sub("", name) in self.columns or self._near_column(name)

    def is_other(self, text: str) -> bool:
        """Whether the text is a band, a corner note or a group of rows."""
        return len(text) <= LONGEST and fold(text) in self.other

    def other_label(self, text: str) -> str:
        """The band, corner note or row group that the text names, as the form prints it; "" when it names none."""
        return self.other.get(fold(text), "") if len(text) <= LONGEST else ""

    def is_heading(self, text: str) -> bool:
        """Whether the text is a band or a corner note: it heads a table, not a row."""
        return self.other_label(text) in self.heads

    def knows(self, text: str) -> bool:
        """Whether the text is any label of a table."""
        return self.is_other(text) or self.is_column(text) or self.row(text) is not None

    def knows_exactly(self, text: str) -> bool:
        """Whether the text is any label of a table without a wrong character."""
        name = fold(text) if text and len(text) <= LONGEST else ""
        return name in self.rows or name in self.columns or name in self.other

    def is_column_in(self, table: TableSpec, text: str) -> bool:
        """Whether the text names a column (or column group) of this table."""
        return bool(text) and fold(text) in self.column_names[table.key]

    def is_column_of(self, heading: Heading, text: str) -> bool:
        """Whether the text names this one column."""
        name = fold(text)
        short = _TAIL.sub("", name)
        mine = names(heading)
        return name in mine or short in mine or any(is_near(name, one) for one in mine)

    def _near_column(self, name: str) -> bool:
        if name not in self._near_columns:
            if len(self._near_columns) > 4096:
                self._near_columns.clear()
            self._near_columns[name] = name not in self.rows and any(
                is_near(name, one) for one in self.columns
            )
        return self._near_columns[name]


@cache
def labels_of(form_id: str) -> Labels:
    return Labels(edition(form_id))


def names(heading: Heading) -> tuple[str, ...]:
    """The folded texts by which a heading is known: label, aliases, and each without the note in brackets at its end."""
    return _names(heading.label, heading.aliases + heading.misprints)


@cache
def _names(label: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    folded = [fold(text) for text in (label, *aliases) if text]
    return tuple(dict.fromkeys([*folded, *(short for one in folded if (short := _TAIL.sub("", one)))]))


@lru_cache(maxsize=8192)
def is_near(text: str, name: str) -> bool:
    """One or two wrong characters: at most 2 in a label of 6 or more, 1 in a shorter one, none below 4."""
    limit = allowance(name)
    return limit > 0 and distance(text, name, limit) <= limit and _years(text) == _years(name)


def _years(text: str) -> list[str]:
    """Which years a label speaks of: 上年制发件数 is no misprint of 本年制发件数."""
    return _YEAR.findall(text)


def allowance(name: str) -> int:
    return 2 if len(name) >= 6 else 1 if len(name) >= 4 else 0


def _near(text: str, known: Iterable[tuple[str, T]]) -> T | None:
    """The one entry whose name is nearest to the text; None when there is none or when two are equally near.

    None also where the nearest speaks of another year: 上年新收 is neither 本年新收 nor, with more wrong, 上年结转.
    """
    best, found = 99, None
    for name, entry in known:
        limit = min(allowance(name), best)
        if limit == 0 or abs(len(name) - len(text)) > limit:
            continue
        steps = distance(text, name, limit)
        if steps < best and steps <= limit:
            best, found = steps, entry if _years(name) == _years(text) else None
        elif steps == best and entry is not found:
            found = None
    return found


def every_heading(headings: Sequence[Heading]) -> Iterator[Heading]:
    """Groups and leaves, in printed order."""
    for heading in headings:
        yield heading
        yield from every_heading(heading.children)
