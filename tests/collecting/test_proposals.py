"""What several units gave → one number a cell, with who gave what; what cannot simply be put in is named."""

from decimal import Decimal

import pytest

from app.collecting.proposals import Part, State, apply, collect, givers
from app.collecting.returned import Returned, Unread, read
from app.form.model import CellRef, ValueKind
from app.report.model import Report
from tests.collecting.filling import FORM, ROW, YEAR, filled

A, B = ROW[:2]
MONEY = next(ref for ref in FORM.inputs if FORM.kind(ref) is ValueKind.MONEY)
REPORT = Report(FORM.id, YEAR)


def form(unit, values, asked=ROW, **others):
    return Returned(
        f"{unit}.xlsx",
        others.pop("form", FORM.id),
        others.pop("year", YEAR),
        tuple(asked),
        unit,
        values=values,
        **others,
    )


def state_of(report, *forms, ref=A):
    found = collect(report, forms)
    return next(one for one in found.proposals if one.ref == ref)


def whole(number):
    return dict.fromkeys(ROW, number)


def test_several_units_are_added_up_with_who_gave_what():
    one = state_of(REPORT, form("东村", whole(3)), form("西村", whole(4)))
    assert (one.old, one.new, one.state) == (None, 7, State.READY)
    assert [part.words for part in one.parts] == ["东村3", "西村4"]


def test_zeros_add_up_to_zero():
    one = state_of(REPORT, form("东村", whole(0)), form("西村", whole(0)))
    assert (one.new, one.state) == (0, State.READY)


def test_amounts_are_added_to_the_last_digit():
    forms = [form(name, {MONEY: Decimal(text)}, [MONEY]) for name, text in (("东村", "0.1"), ("西村", "0.2"))]
    assert state_of(REPORT, *forms, ref=MONEY).new == Decimal("0.3")


def test_a_blank_is_not_a_zero_and_the_sum_says_whose_is_missing():
    one = state_of(REPORT, form("东村", whole(3)), form("西村", {B: 1}))
    assert (one.new, one.state) == (3, State.INCOMPLETE)
    assert one.missing == (Part("西村", None, "未填"),)


def test_a_text_in_a_cell_is_named_with_its_words():
    one = state_of(REPORT, form("东村", {}, unread={A: Unread("见附件", "不是整数")}))
    assert (one.new, one.state) == (None, State.INCOMPLETE)
    assert one.parts[0].words == "东村填的是“见附件”（不是整数）"


def test_what_nobody_filled_is_empty():
    assert state_of(REPORT, form("东村", {}), form("西村", {})).state is State.EMPTY


def test_a_unit_that_was_not_asked_for_a_cell_lacks_nothing_there():
    one = state_of(REPORT, form("东村", whole(3)), form("司法所", {MONEY: Decimal(1)}, [MONEY]))
    assert [part.unit for part in one.parts] == ["东村"]
    assert one.state is State.READY


@pytest.mark.parametrize(("held", "state"), [(3, State.SAME), (5, State.CONFLICT), (0, State.CONFLICT)])
def test_a_cell_that_already_holds_a_number_is_named(held, state):
    one = state_of(REPORT.with_values({A: held}), form("东村", whole(3)))
    assert (one.old, one.new, one.state) == (held, 3, state)


def test_a_unit_that_sent_the_same_twice_is_counted_once_and_told():
    found = collect(REPORT, [form("东村", whole(3)), form("东 村", whole(3))])
    assert found.proposals[0].new == 3
    assert found.units == ("东村",)
    assert "只算一份" in found.notes[0]


def test_a_unit_that_sent_two_different_numbers_is_disputed_there_only():
    found = collect(REPORT, [form("东村", whole(3)), form("东村", {**whole(3), A: 4})])
    assert [one.ref for one in found.of(State.DISPUTED)] == [A]
    assert found.proposals[0].parts[0].words == "东村报了2个数：3、4"
    assert found.proposals[0].new is None


def test_a_number_in_one_form_and_a_text_in_the_other_is_disputed_too():
    one = state_of(REPORT, form("东村", {A: 3}), form("东村", {}, unread={A: Unread("三件多", "不是整数")}))
    assert one.state is State.DISPUTED


def test_two_forms_of_one_unit_complete_each_other():
    found = collect(REPORT, [form("东村", {A: 3}, [A]), form("东村", {B: 4}, [B])])
    assert [(one.new, one.state) for one in found.proposals] == [(3, State.READY), (4, State.READY)]


@pytest.mark.parametrize(
    ("other", "words"), [({"year": YEAR - 1}, f"是{YEAR - 1}年的收数表"), ({"form": "2019"}, "2019年版格式")]
)
def test_a_form_of_another_year_or_edition_is_left_out_and_told(other, words):
    found = collect(REPORT, [form("东村", whole(3)), form("西村", whole(4), **other)])
    assert found.proposals[0].new == 3
    ((file, why),) = found.left_out
    assert file == "西村.xlsx"
    assert words in why


def test_a_form_without_a_unit_goes_by_its_file_and_says_so():
    found = collect(REPORT, [Returned("北村.xlsx", FORM.id, YEAR, tuple(ROW), values=whole(1))])
    assert found.units == ("北村",)
    assert "没有写填报单位" in found.notes[0]


def test_what_was_altered_in_a_form_is_told_with_its_unit():
    found = collect(REPORT, [form("东村", whole(3), altered=("表三的行名“X”被改了",))])
    assert found.notes == ("东村：表三的行名“X”被改了",)


def test_what_is_put_in_brings_its_total_along_and_changes_nothing_else():
    total = CellRef("requests", A.row, "total")
    before = REPORT.with_values({MONEY: Decimal(7)})
    found = collect(before, [form("东村", {ref: n for n, ref in enumerate(ROW)}), form("西村", whole(1))])
    after = apply(before, found.of(State.READY))
    assert {ref: after[ref] for ref in ROW} == {ref: n + 1 for n, ref in enumerate(ROW)}
    assert after[total] == sum(range(len(ROW))) + len(ROW)
    assert after[MONEY] == Decimal(7)
    assert before[A] is None


def test_only_what_is_chosen_is_put_in():
    before = REPORT.with_values({A: 9})
    found = collect(before, [form("东村", whole(3))])
    assert apply(before, found.of(State.READY))[A] == 9
    assert apply(before, found.proposals)[A] == 3
    assert apply(before, []) == before


def test_forms_as_they_come_back_are_added_up():
    forms = [
        read(filled(whole(n), unit, names=["requests.received"]), f"{n}.xlsx")
        for n, unit in ((2, "东村"), (3, "西村"))
    ]
    found = collect(REPORT, forms)
    assert found.is_clear
    assert apply(REPORT, found.proposals)[CellRef("requests", A.row, "total")] == 5 * len(ROW)


def test_who_gave_what_is_kept_in_the_report():
    found = collect(REPORT, [form("东村", whole(3), person="张三", phone="1"), form("西村", whole(4))])
    after = apply(REPORT, found.proposals)
    assert [(one.unit, one.contact) for one in after.collected] == [("东村", "张三 1"), ("西村", "")]
    assert dict(after.collected[0].cells) == whole(3)
    assert [(one.unit, one.cells) for one in givers(after, A)] == [("东村", ((A, 3),)), ("西村", ((A, 4),))]


def test_a_cell_that_was_typed_over_has_no_givers_any_more():
    after = apply(REPORT, collect(REPORT, [form("东村", whole(3))]).proposals)
    assert givers(after.with_values({A: 9}), A) == ()
    assert givers(after.with_values({A: 9}), B)


def test_what_is_put_in_again_replaces_who_gave_it_and_keeps_the_rest():
    after = apply(REPORT, collect(REPORT, [form("东村", whole(3))]).proposals)
    again = apply(after, collect(after, [form("西村", {A: 5}, [A])]).proposals)
    assert [one.unit for one in givers(again, A)] == ["西村"]
    assert [one.unit for one in givers(again, B)] == ["东村"]
