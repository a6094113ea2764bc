"""A 收数表 that came back: who filled it, what stands in its cells, and everything in it that is not as it was sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.chinese import fold
from app.collecting.layout import CONTACTS, VERSION
from app.collecting.places import OLE, Book, Found, book_of, find_cells
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.catalog import form_ids
from app.form.model import CellRef, FormDefinition, Value
from app.report.entry import parse_entry, show_value
from app.report.model import Report
from app.report.place_names import place_of
from app.report.totals import part_sum, with_blank_totals

SUFFIXES = (".xlsx", ".xls", ".et")  # what people save it as
_BOOK = "Workbook".encode("utf-16-le")  # the stream of .xls and .et
_LONGEST = 60  # characters of a name or a telephone number that are taken


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands in a cell and cannot be taken for its number, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Returned:
    """One form as it came back. `asked` are the cells that it has for filling; one that is in neither mapping is blank.

    `altered` says in words what was changed that nobody should have changed.
    """

    file: str
    form: str
    year: int
    asked: tuple[CellRef, ...]
    unit: str = ""
    person: str = ""
    phone: str = ""
    values: Mapping[CellRef, Value] = field(default_factory=dict)
    unread: Mapping[CellRef, Unread] = field(default_factory=dict)
    altered: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Who sent it: the unit as written, else the name of the file."""
        return self.unit or self.file.rpartition(".")[0] or self.file

    @property
    def contact(self) -> str:
        return " ".join(filter(None, (self.person, self.phone)))

    @property
    def blank(self) -> tuple[CellRef, ...]:
        return tuple(ref for ref in self.asked if ref not in self.values and ref not in self.unread)


def is_form(data: bytes) -> bool:
    """Whether a file is a 收数表, whatever became of it on its way."""
    try:
        return _may_be_form(data) and bool(book_of(data).heads)
    except UserError:
        return False


def _may_be_form(data: bytes) -> bool:
    """A workbook of either kind, by names that stand in it as they are."""
    return (data.startswith(b"PK") and b"xl/workbook.xml" in data) or (data.startswith(OLE) and _BOOK in data)


def read(data: bytes, file: str) -> Returned:
    """A form that came back. UserError when the file is none, or nothing of it can be told any more."""
    if not _may_be_form(data):
        raise UserError(f"“{file}”不是表格文件", "请用收到的收数表（.xlsx、.xls 或 .et）")
    book = book_of(data)
    if not book.heads:
        raise UserError(f"“{file}”不是收数表", "请让对方在发去的表上填写，不要另做一张表")
    form, year = _edition(book, file)
    found = find_cells(book, form)
    asked = tuple(ref for ref in form.inputs if ref in found.texts or ref in book.put)
    if not found.texts:
        raise UserError(
            f"“{file}”的标识被删掉了，认不出各格", "请让对方在原来发去的表上填写，不要复制到别的表里"
        )
    values, unread = _values(form, asked, found)
    altered = [*found.altered, *_wrong_sums(form, year, values, found)]
    contacts = _contacts(book)
    return Returned(
        file,
        form.id,
        year,
        asked,
        unit=contacts.get("unit", ""),
        person=contacts.get("person", ""),
        phone=contacts.get("phone", ""),
        values=values,
        unread=unread,
        altered=tuple(dict.fromkeys(altered)),
    )


def _edition(book: Book, file: str) -> tuple[FormDefinition, int]:
    """The edition and year that every part of the form agrees on."""
    if len(book.heads) > 1:
        raise UserError(f"“{file}”里有几份不同的收数表", "请让对方每份存成一个文件")
    ((version, edition, year),) = book.heads
    if (
        version != VERSION
        or edition not in form_ids()
        or not (year.isascii() and year.isdigit() and len(year) == 4)
    ):
        raise UserError(
            f"“{file}”的收数表标识看不懂", "可能被改过，或者是更新的程序做的，请用最新的程序重新发一份"
        )
    return form_of(edition), int(year)


def _values(
    form: FormDefinition, asked: tuple[CellRef, ...], found: Found
) -> tuple[dict[CellRef, Value], dict[CellRef, Unread]]:
    values: dict[CellRef, Value] = {}
    unread: dict[CellRef, Unread] = {}
    for ref in asked:
        text = found.texts.get(ref, "")
        entry = parse_entry(text, form.kind(ref))
        if not text:
            continue
        if ref in found.doubts:
            unread[ref] = Unread(text, found.doubts[ref])
        elif entry.placeholder:
            unread[ref] = Unread(text, f"写的是“{text}”，不知道是0还是没有填")
        elif entry.value is None and entry.reason:
            unread[ref] = Unread(text, entry.reason)
        elif entry.value is not None:
            values[ref] = entry.value
    return values, unread


def _wrong_sums(
    form: FormDefinition, year: int, values: Mapping[CellRef, Value], found: Found
) -> Iterator[str]:
    """Sums that say something else than their parts: somebody typed over the formula."""
    known = with_blank_totals(Report(form.id, year, values=values), form, form.cells).values
    for ref, equations in form.totals.items():
        text = found.texts.get(ref, "")
        if not text or text.startswith("="):  # a formula that no program has worked out yet
            continue
        value = parse_entry(text, form.kind(ref)).value
        sums = {part_sum(one, known) for one in equations} - {None}
        if sums == {value}:
            continue
        right = "，各项之和是" + "、".join(map(show_value, sums)) if sums else "，但有的项没有填或看不懂"
        yield f"{place_of(form, ref)}的合计写的是“{text}”{right}；合计以各项之和为准"


def _contacts(book: Book) -> dict[str, str]:
    """Who filled it, by the keys, and where those are gone by the words before them."""
    found: dict[str, str] = {}
    for row in (row for rows in book.sheets.values() for row in rows.values()):
        for key, label in CONTACTS:
            if text := _behind(row, key, label):
                found.setdefault(key, " ".join(text.split())[:_LONGEST])
    return found


def _behind(row: Mapping[int, str], key: str, label: str) -> str:
    """What is filled in behind a label, or behind the cell after its key; "" where nothing is."""
    texts = list(row.values())
    names = [n for n, text in enumerate(texts) if fold(text) == label]
    at = names[0] if names else 1 if row.get(0) == f"@{key}" else len(texts)
    return texts[at + 1] if at + 1 < len(texts) else ""
