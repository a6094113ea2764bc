"""The 收数表 as a workbook: what is locked, what is open, what Excel lets one type, what it adds up."""

import io
import re

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from app.collecting.layout import IDENTITY, MARK, chosen
from app.collecting.workbook import form_bytes
from app.form.catalog import all_forms, form_for_year
from app.form.model import CellRef, ValueKind

FORM = form_for_year(2025)


def book(form=FORM, names=(), **who):
    return openpyxl.load_workbook(io.BytesIO(form_bytes(form, form.first_year, chosen(form, names), **who)))


def places(made):
    """Where each value stands, as the hidden sheet has it."""
    rows = list(made[IDENTITY].iter_rows(min_row=2, values_only=True))
    return {CellRef.parse(ref): made[sheet][place] for sheet, place, ref, _ in rows}


@pytest.mark.parametrize("form", all_forms(), ids=lambda one: one.id)
def test_only_what_is_to_be_filled_is_open(form):
    made = book(form)
    found = places(made)
    assert set(found) == form.cell_set
    for ref, cell in found.items():
        assert cell.protection.locked is (ref in form.totals), ref
    for sheet in made.worksheets:
        assert sheet.protection.sheet
    free = sum(
        not cell.protection.locked
        for sheet in made
        for row in sheet.iter_rows()
        for cell in row
        if not isinstance(cell, MergedCell)
    )
    assert free == len(form.inputs) + 3  # unit, person, telephone
    assert made.security.lockStructure


@pytest.mark.parametrize("form", all_forms(), ids=lambda one: one.id)
def test_every_cell_to_be_filled_has_a_rule_of_its_kind(form):
    for ref, cell in places(book(form)).items():
        rules = [one for one in cell.parent.data_validations.dataValidation if cell.coordinate in one.sqref]
        if ref in form.totals:
            assert rules == []
            continue
        (rule,) = rules
        assert rule.errorStyle == "stop"
        assert rule.showErrorMessage
        if form.kind(ref) is ValueKind.MONEY:
            assert (
                rule.formula1
                == f"AND(ISNUMBER({cell.coordinate}),{cell.coordinate}>=0,ROUND({cell.coordinate},2)={cell.coordinate})"
            )
        else:
            assert rule.type == "whole"
            assert (rule.formula1 == "0") is (form.kind(ref) is ValueKind.COUNT)


@pytest.mark.parametrize("form", all_forms(), ids=lambda one: one.id)
def test_a_sum_adds_its_parts_and_only_when_all_of_them_are_there(form):
    found = places(book(form))
    at = {cell.coordinate: ref for ref, cell in found.items()}
    for ref, equations in form.totals.items():
        formula = found[ref].value
        assert formula.endswith(',"")')
        added = [at_sheet(found, place, ref) for place in re.search(r"\)=\d+,(.*),", formula)[1].split("+")]
        assert any(tuple(added) == one.parts for one in equations), (ref, formula, at)
        assert f"={len(added)}," in formula


def at_sheet(found, place, ref):
    """The cell at a place on the sheet where this one stands."""
    return next(
        one for one, cell in found.items() if cell.coordinate == place and cell.parent is found[ref].parent
    )


def test_the_blanks_left_are_counted_over_what_is_to_be_filled():
    sheet = book(names=["表三"])["表三"]
    formula = next(cell.value for row in sheet.iter_rows() for cell in row if "COUNTBLANK" in str(cell.value))
    cells = sum(len(sheet[area][0]) for area in set(re.findall(r"COUNTBLANK\(([A-Z0-9:]+)\)", formula)))
    assert cells == len([ref for ref in FORM.inputs if ref.table == "requests"])


def test_every_row_has_its_label_and_its_note_beside_it():
    made = book()
    for ref, cell in places(made).items():
        texts = {one.value for one in cell.parent[cell.row]}
        table = FORM.tables[ref.table]
        line = table.row(ref.row) if table.row_heading_levels else table.column(ref.column)
        assert line.label in texts
        assert not line.note or line.note in texts


def test_the_form_says_of_itself_what_it_is_twice_and_both_are_hidden():
    made = book(names=["表二", "表四"])
    assert made.sheetnames == ["表二", "表四", IDENTITY]
    assert made[IDENTITY].sheet_state == "hidden"
    assert [cell.value for cell in made[IDENTITY][1]] == [MARK, "1", FORM.id, str(FORM.first_year)]
    for name in ("表二", "表四"):
        assert made[name]["A1"].value == f"{MARK};1;{FORM.id};{FORM.first_year}"
        assert made[name].column_dimensions["A"].hidden


def test_a_name_that_begins_with_a_sign_is_a_name():
    made = book(sender="=1+1", unit="=HYPERLINK()")
    texts = [cell for row in made["表二"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in texts] == ["s"]
