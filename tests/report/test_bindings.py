"""Numbers bound to cells: they follow the table in the same step of undo, and let go when the clerk types into them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report import bindings
from app.report.bindings import BLANK
from app.report.edits import Edit
from app.report.model import Binding, Chart, Pending, Picture, Report
from app.session.document import ReportDocument
from app.session.rollover import roll_over
from tests.checks.reports import cell, good

RECEIVED, CARRIED = cell("received", "total"), cell("carried_in", "total")
TEXT = "𬭎镇全年收到12件，含上年结转在内共12件，处理费12元。"


def places(text: str, *cells) -> list[Binding]:
    """One binding for each 12 in the text."""
    starts = [i for i in range(len(text)) if text.startswith("12", i)]
    return [Binding("overview", at, at + 2, one) for at, one in zip(starts, cells, strict=True)]


@pytest.fixture
def document() -> ReportDocument:
    report = good(processing_fee=Decimal(0)).with_narrative("overview", TEXT)
    report = replace(
        report,
        pending=(
            Pending("overview", 6, 8, "12"),
            Pending("overview", TEXT.index("元"), TEXT.index("元") + 1, "元"),
        ),
    )
    made = bindings.bound(report, places(TEXT, (RECEIVED,), (RECEIVED, CARRIED), ()))
    return ReportDocument(made)


def text(document) -> str:
    return document.report.narrative("overview")


def words(report: Report) -> list[str]:
    return [report.narrative(one.section)[one.start : one.end] for one in report.bindings]


def test_binding_says_what_the_cells_say(document):
    assert text(document) == "𬭎镇全年收到0件，含上年结转在内共0件，处理费0元。"
    assert words(document.report) == ["0", "0", "0"]
    assert [one.text for one in document.report.pending] == ["元"]
    mark = document.report.pending[0]
    assert text(document)[mark.start : mark.end] == "元"


def test_a_change_of_the_table_is_one_step_with_the_text(document):
    document.set_values({cell("received"): 237, cell("carried_in"): 3}, "填写")
    assert text(document) == "𬭎镇全年收到237件，含上年结转在内共240件，处理费0元。"
    assert words(document.report) == ["237", "240", "0"]
    document.set_processing_fee(Decimal("380.5"))
    assert text(document).endswith("处理费380.5元。")
    document.undo()
    document.undo()
    assert text(document) == "𬭎镇全年收到0件，含上年结转在内共0件，处理费0元。"
    assert document.undo_name == ""


def test_a_blank_is_not_a_zero(document):
    document.set_values({cell("received"): None}, "清除")
    assert text(document).startswith(f"𬭎镇全年收到{BLANK}件，含上年结转在内共{BLANK}件")
    assert bindings.blanks(document.report) == 2
    assert [one.message for one in document.findings if one.rule == "D-02"] == [f"“{BLANK}”还没有填写"] * 2
    document.set_values({cell("received"): 5}, "填写")
    assert text(document).startswith("𬭎镇全年收到5件，含上年结转在内共5件")


TYPED = [
    ("beside it", lambda t: t.replace("收到0", "共收到0"), 3),
    ("into it", lambda t: t.replace("收到0", "收到01"), 2),
    ("before its digits", lambda t: t.replace("收到0", "收到10"), 2),
    ("over it", lambda t: t.replace("收到0件", "收到7件"), 2),
    ("its paragraph away", lambda _t: "", 0),
]


@pytest.mark.parametrize(("change", "left"), [case[1:] for case in TYPED], ids=[case[0] for case in TYPED])
def test_typing_moves_it_along_or_lets_it_go(document, change, left):
    document.set_narrative("overview", change(text(document)))
    assert words(document.report) == ["0"] * left
    document.undo()
    assert words(document.report) == ["0"] * 3


def test_released_numbers_stay_and_follow_nothing(document):
    first = document.report.bindings[0]
    document.change("解除绑定", bindings.released(document.report, first))
    document.set_values({cell("received"): 9}, "填写")
    assert text(document).startswith("𬭎镇全年收到0件，含上年结转在内共9件")


def test_binding_again_takes_the_place_of_the_old(document):
    first = document.report.bindings[0]
    report = bindings.bound(document.report, [replace(first, cells=(CARRIED,))])
    assert [one.cells for one in report.bindings] == [(RECEIVED, CARRIED), (), (CARRIED,)]


def test_the_number_under_the_cursor(document):
    at = text(document).index("0")
    assert bindings.at(document.report, "overview", at) == document.report.bindings[0]
    assert bindings.at(document.report, "overview", at + 1) == document.report.bindings[0]
    assert bindings.at(document.report, "overview", 0) is None
    assert bindings.at(document.report, "other", at) is None


def test_a_new_year_waits_for_its_own_numbers(document):
    document.set_values({cell("received"): 237}, "填写")
    new = ReportDocument(roll_over(document.report, 2026))
    assert "收到237件" in text(new)
    assert "237" in [one.text for one in new.report.pending]
    row = [ref for ref in new.form.cells if ref.table == "requests" and ref.row == "received"]
    new.fill_blanks(row)
    assert "收到0件" in text(new)
    assert "237" not in [one.text for one in new.report.pending if one.section == "overview"][:1]


def test_figures_stay_after_their_paragraph():
    report = Report("2021", 2025, narratives={"overview": "一\n二\n三"})
    pictures = tuple(Picture(f"{n}.png", "overview", after=n) for n in (0, 2, -1))
    report = replace(report, pictures=pictures)
    document = ReportDocument(report)
    document.set_narrative("overview", "一\n新\n二\n三")
    assert [one.after for one in document.report.pictures] == [0, 3, -1]
    document.set_narrative("overview", "新\n二\n三")
    assert [one.after for one in document.report.pictures] == [0, 2, -1]


def test_figures_of_other_sections_stay_and_charts_move_like_pictures():
    report = Report("2021", 2025, narratives={"overview": "一\n二\n三", "other": "甲\n乙"})
    charts = tuple(Chart("图", section, (), (), after=1) for section in ("overview", "other"))
    pictures = (Picture("1.png", "other", after=1), Picture("2.png", "overview", after=1))
    report = replace(report, charts=charts, pictures=pictures)
    after = bindings.with_text(report, "overview", "新\n一\n二\n三")
    assert [one.after for one in after.charts] == [2, 1]
    assert [one.after for one in after.pictures] == [1, 2]
    inserted = bindings.edited(report, "overview", [Edit(0, 0, "新\n")])
    assert [one.after for one in (*inserted.charts, *inserted.pictures)] == [2, 1, 1, 2]


def test_a_figure_whose_paragraph_goes_stays_behind_the_one_before_it():
    report = Report("2021", 2025, narratives={"overview": "一\n二\n三\n四"})
    report = replace(report, pictures=(Picture("1.png", "overview", after=2),))
    assert bindings.with_text(report, "overview", "一\n二").pictures[0].after == 1


def test_a_fee_that_is_not_stated_is_a_blank_and_a_large_one_has_no_exponent():
    fee = Binding("other", 0, 1)
    assert bindings.shown(good(processing_fee=None), fee) == BLANK
    assert bindings.shown(good(processing_fee=Decimal("1E+3")), fee) == "1000"
    assert bindings.shown(good(processing_fee=Decimal("380.50")), fee) == "380.50"


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("收费380.5元", 4, "380.5"),
        ("收费380.5元", 7, "380.5"),
        ("收费1,234元", 3, "1,234"),
        ("收费【待填：元】元", 5, "【待填：元】"),
        ("收费12元", 2, "12"),
        ("收费12元", 4, "12"),
        ("收费12元", 5, None),
        ("收费12元", 1, None),
    ],
)
def test_the_number_that_holds_a_place_is_taken_whole(text, place, number):
    span = bindings.number_at(text, place)
    assert (text[slice(*span)] if span else None) == number


def test_a_number_put_into_a_text_takes_nothing_from_it():
    report = good().with_narrative("overview", "收到件。").with_values({RECEIVED: 4})
    made = bindings.with_number(report, "overview", (2, 2), (RECEIVED,))
    assert made.narrative("overview") == "收到4件。"
    assert words(made) == ["4"]


def test_two_numbers_side_by_side_are_two():
    report = good().with_narrative("overview", "1223").with_values({RECEIVED: 12, CARRIED: 23})
    made = bindings.bound(report, [Binding("overview", 0, 2, (RECEIVED,))])
    made = bindings.bound(made, [Binding("overview", 2, 4, (CARRIED,))])
    assert [one.cells for one in made.bindings] == [(RECEIVED,), (CARRIED,)]


@pytest.mark.parametrize(
    ("put", "text"),
    [
        ("before", "全年收到共计，0件。"),
        ("behind", "全年收到0共计，件。"),
    ],
)
def test_what_is_put_in_beside_a_number_does_not_belong_to_it(put, text):
    report = good().with_narrative("overview", "全年收到0件。")
    report = replace(report, bindings=(Binding("overview", 4, 5, (RECEIVED,)),))
    place = 4 if put == "before" else 5
    made = bindings.edited(report, "overview", [Edit(place, place, "共计，")])
    assert made.narrative("overview") == text
    assert words(made) == ["0"]
    after = bindings.followed(made, made.with_values({RECEIVED: 12}))
    assert after.narrative("overview") == text.replace("0", "12")


def test_marks_of_other_sections_stay_where_they_are():
    report = good().with_narrative("overview", "全年收到0件。").with_narrative("other", "共0件。")
    other = Binding("other", 1, 2, (RECEIVED,))
    report = replace(report, bindings=(other,), pending=(Pending("other", 1, 2, "0"),))
    made = bindings.edited(report, "overview", [Edit(0, 0, "在")])
    assert (made.bindings, made.pending) == (report.bindings, report.pending)


def test_an_edit_that_changes_nothing_lets_no_number_go():
    report = good().with_narrative("overview", "收到0件，共0件。")
    report = replace(report, bindings=(Binding("overview", 2, 3, (RECEIVED,)),))
    assert bindings.edited(report, "overview", [Edit(2, 3, "0")]) is report
    made = bindings.edited(report, "overview", [Edit(2, 3, "0"), Edit(6, 7, "9")])
    assert (made.narrative("overview"), words(made)) == ("收到0件，共9件。", ["0"])


NUMBERS = st.lists(st.integers(0, 10**7) | st.none(), min_size=1, max_size=5)


@given(NUMBERS, st.lists(st.text("甲乙，。件", max_size=4), min_size=2, max_size=6), st.data())
def test_whatever_changes_every_bound_number_says_its_cell(values, between, data):
    """Bound numbers in any text, values in any order: each place says what its cell says, the rest stays as it was."""
    cells = [ref for ref in good().values if ref.table == "review"][: len(between) - 1]
    texts, marks, at = [between[0]], [], len(between[0])
    for ref, gap in zip(cells, between[1:], strict=True):
        marks.append(Binding("overview", at, at + 1, (ref,)))
        texts += ["0", gap]
        at += 1 + len(gap)
    document = ReportDocument(
        replace(good().with_narrative("overview", "".join(texts)), bindings=tuple(marks))
    )
    for value in values:
        document.set_values({data.draw(st.sampled_from(cells)): value}, "填写")
    report = document.report
    assert words(report) == [bindings.shown(report, one) for one in report.bindings]
    rest, at = "", 0
    for one in report.bindings:
        rest += report.narrative("overview")[at : one.start]
        at = one.end
    assert rest + report.narrative("overview")[at:] == "".join(between)
