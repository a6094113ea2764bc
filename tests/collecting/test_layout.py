"""What may be chosen for a 收数表, and what stands in it then."""

import pytest

from app.collecting.layout import blocks_of, chosen
from app.errors import UserError
from app.form.catalog import all_forms, form_for_year

FORM = form_for_year(2025)


@pytest.mark.parametrize("form", all_forms(), ids=lambda one: one.id)
def test_nothing_named_is_every_cell_of_the_form(form):
    assert chosen(form) == form.cells


@pytest.mark.parametrize("form", all_forms(), ids=lambda one: one.id)
def test_the_blocks_show_every_chosen_cell_once(form):
    shown = [ref for block in blocks_of(form, form.cells) for ref in block.cells]
    assert sorted(shown) == sorted(form.cells)


@pytest.mark.parametrize("name", [one.table_name for one in FORM.sections if one.tables])
def test_a_table_is_named_as_checkers_call_it(name):
    section = next(one for one in FORM.sections if one.table_name == name)
    assert chosen(FORM, [name]) == section.cells


def test_a_row_is_named_by_its_label_with_or_without_its_number_or_by_its_key():
    table = FORM.tables["requests"]
    row = table.leaf_rows[0]
    cells = chosen(FORM, [row.label])
    assert {ref.row for ref in cells} == {row.key}
    assert len(cells) == len(table.leaf_columns)
    assert chosen(FORM, [row.label.partition("、")[2]]) == cells
    assert chosen(FORM, [f"requests.{row.key}"]) == cells


def test_a_group_stands_for_its_rows_and_a_column_of_the_table_of_one_row_for_itself():
    rows = {leaf.key for leaf in FORM.tables["requests"].row("denied").leaves()}
    assert {ref.row for ref in chosen(FORM, ["requests.denied"])} == rows
    assert {ref.column for ref in chosen(FORM, ["review.reconsideration"])} == {
        leaf.key for leaf in FORM.tables["review"].column("reconsideration").leaves()
    }


def test_a_line_of_sums_comes_with_its_parts_and_never_alone():
    with pytest.raises(UserError, match="是合计"):
        chosen(FORM, ["requests.processed"])
    with pytest.raises(UserError, match="是合计"):
        chosen(FORM, ["requests.denied", "requests.processed"])
    assert any(ref.row == "processed" for ref in chosen(FORM, ["requests"]))


def test_a_name_that_is_none_is_refused_with_what_may_be_written():
    with pytest.raises(UserError, match="没有叫“表九”的表或行.*表二、表三、表四"):
        chosen(FORM, ["表九"])
