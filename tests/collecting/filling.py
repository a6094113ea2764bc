"""Fills a 收数表 as people do, for tests."""

import io
from functools import cache

import openpyxl

from app.collecting.layout import IDENTITY, chosen
from app.collecting.workbook import form_bytes
from app.form.catalog import form as form_of
from app.form.catalog import form_for_year
from app.form.model import CellRef

YEAR = 2025
FORM = form_for_year(YEAR)
RECEIVED = FORM.tables["requests"].leaf_rows[0].key
PEOPLE = [one.key for one in FORM.tables["requests"].leaf_columns if one.key != "total"]
ROW = [CellRef("requests", RECEIVED, one) for one in PEOPLE]


def filled(
    values,
    unit="东村村民委员会",
    names=(),
    change=None,
    year=YEAR,
    form=FORM,
    person="张三",
    phone="0631-1234567",
):
    """The bytes of a form in which these values stand; `change` gets the workbook before it is saved."""
    book = openpyxl.load_workbook(io.BytesIO(made(form.id, year, tuple(names))))
    for ref, cell in places(book).items():
        if ref in values:
            cell.value = values[ref]
    first = book.worksheets[0]
    for row in first.iter_rows():
        for key, text in (("@unit", unit), ("@person", person), ("@phone", phone)):
            if row[0].value == key:
                next(cell for cell in row[1:] if not cell.protection.locked).value = text
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def made(form, year, names):
    return form_bytes(form_of(form), year, chosen(form_of(form), names))


def places(book):
    """Where each value stands, as the hidden sheet has it."""
    rows = list(book[IDENTITY].iter_rows(min_row=2, values_only=True))
    return {CellRef.parse(ref): book[sheet][place] for sheet, place, ref, _ in rows}


def all_inputs(start=1):
    """A number for every cell to be filled, no two of a row the same."""
    return {ref: start + n for n, ref in enumerate(FORM.inputs)}
