"""The open report: undo of everything, 待更新, and what counts as saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.catalog import form
from app.form.model import CellRef
from app.report.model import Agency, Report
from app.session.document import ReportDocument
from app.session.rollover import blank_report, roll_over

FORM = form("2021")
INPUTS = [ref for ref in FORM.cells if ref not in FORM.totals]


def cell(row: str, column: str = "natural_person") -> CellRef:
    return CellRef("requests", row, column)


@pytest.fixture
def document() -> ReportDocument:
    return ReportDocument(blank_report("测试县测试镇人民政府", 2025))


@given(
    st.lists(st.tuples(st.sampled_from(FORM.cells), st.none() | st.integers(0, 9)), min_size=1, max_size=20)
)
def test_undo_leads_back_and_redo_forth(changes):
    document = ReportDocument(blank_report("甲镇人民政府", 2025))
    first = document.report
    for ref, value in changes:
        document.set_values({ref: value}, "输入")
    last = document.report
    for _ in changes:
        document.undo()
    assert not document.undo_name
    assert document.report == first
    for _ in changes:
        document.redo()
    assert not document.redo_name
    assert document.report == last


def test_typing_in_one_text_is_one_step_until_a_pause(document):
    for text in ("今", "今年", "今年无"):
        document.set_narrative("other", text, merge="other")
    document.end_merge()
    document.set_narrative("other", "今年无。", merge="other")
    document.undo()
    assert document.report.narrative("other") == "今年无"
    document.undo()
    assert document.report.narrative("other") == ""


def test_a_step_does_not_swallow_what_was_saved(document):
    document.set_narrative("other", "甲", merge="other")
    document.mark_saved()
    document.set_narrative("other", "甲乙", merge="other")
    document.undo()
    assert document.report.narrative("other") == "甲"
    assert not document.is_modified


def test_steps_have_names(document):
    document.set_values({cell("received"): 1}, "输入“自然人”")
    assert document.undo_name == "输入“自然人”"
    document.undo()
    assert (document.undo_name, document.redo_name) == ("", "输入“自然人”")


def test_the_two_halves_of_an_emoji_are_joined(document):
    document.set_narrative("overview", "好\ud83d\ude00，\ud83d")
    assert document.report.narrative("overview") == "好😀，\ud83d"


def test_a_change_that_changes_nothing_is_no_step(document):
    document.set_values({cell("received"): None}, "清除")
    document.set_agency(document.report.agency)
    assert document.undo_name == ""
    assert not document.is_modified


def test_observers_hear_of_changes_until_they_leave(document):
    heard = []
    leave = document.subscribe(lambda: heard.append(document.report.agency.name))
    document.set_agency(Agency(name="乙镇人民政府"))
    leave()
    document.undo()
    assert heard == ["乙镇人民政府"]


def test_a_cell_the_form_does_not_have_is_refused(document):
    with pytest.raises(KeyError):
        document.set_values({CellRef("requests", "nothing", "total"): 1}, "输入")


def test_reports_are_values():
    one = Report("2021", 2025, values={cell("received"): 1})
    assert one == Report("2021", 2025).with_values({cell("received"): 1})
    with pytest.raises(TypeError):
        one.values[cell("received")] = 2  # type: ignore[index]


def prior_report() -> Report:
    return Report(
        "2021",
        2024,
        Agency(name="甲镇人民政府"),
        values={cell("carried_out"): 2, cell("carried_out", "total"): 2, cell("received"): 7},
        narratives={
            "overview": "2024年公开信息237条。\n阅读量28.8万。",
            "other": "2024年收取信息处理费380元。",
        },
    )


@pytest.mark.parametrize(
    ("new_text", "left"),
    [
        ("2025年公开信息237条。\n阅读量28.8万。", ["237", "28.8"]),
        ("2024年公开信息1237条。\n阅读量28.8万。", ["2024", "28.8"]),
        ("据统计，2024年共公开信息237条。\n阅读量28.8万。", ["2024", "237", "28.8"]),
        ("阅读量28.8万。", ["28.8"]),
        ("", []),
        ("2025年公开信息300条。\n阅读量30万。", []),
    ],
)
def test_a_mark_goes_when_its_place_is_touched_and_stays_when_it_is_not(new_text, left):
    document = ReportDocument(roll_over(prior_report(), 2025))
    document.set_narrative("overview", new_text)
    kept = [m for m in document.report.pending if m.section == "overview"]
    assert [m.text for m in kept] == left
    for mark in kept:
        assert new_text[mark.start : mark.end] == mark.text


def test_a_confirmed_mark_is_gone_and_undo_brings_it_back():
    document = ReportDocument(roll_over(prior_report(), 2025))
    document.confirm([document.report.pending[0]])
    assert len(document.report.pending) == 4
    document.undo()
    assert len(document.report.pending) == 5


@pytest.mark.parametrize("new", ["1,237条", "237.5条", "2,370条", "1237条"])
def test_a_number_that_grew_is_no_longer_last_years(new):
    document = ReportDocument(roll_over(Report("2021", 2024, narratives={"overview": "237条"}), 2025))
    document.set_narrative("overview", new)
    assert document.report.pending == ()


@given(st.text(alphabet="年2 0条，3", max_size=30), st.text(alphabet="年2 0条，3", max_size=30))
def test_marks_always_lie_on_their_own_text(old, new):
    document = ReportDocument(roll_over(Report("2021", 2024, narratives={"overview": old}), 2025))
    document.set_narrative("overview", new)
    for mark in document.report.pending:
        assert document.report.narrative("overview")[mark.start : mark.end] == mark.text


def test_a_check_in_small_pieces_finds_the_same_and_begins_anew_after_a_change():
    document, other = (
        ReportDocument(blank_report("甲县乙镇人民政府", 2025)),
        ReportDocument(blank_report("甲县乙镇人民政府", 2025)),
    )
    pieces = 0
    while not document.look(0.0001):
        pieces += 1
        if pieces == 2:
            for one in (document, other):
                one.set_narrative("problems", "我局高度重视,内容真实。")
        assert pieces < 10_000
    assert pieces > 2
    assert document.findings == other.findings
    assert document.look(0)
    assert any(one.rule == "D-11" for one in document.findings)


def test_a_check_that_was_begun_is_ended_by_whoever_needs_it():
    document = ReportDocument(blank_report("甲县乙镇人民政府", 2025))
    assert not document.look(0)
    assert document.findings == ReportDocument(blank_report("甲县乙镇人民政府", 2025)).findings


def test_another_report_of_last_year_is_a_step_of_undo():
    first, other = blank_report("甲镇人民政府", 2024), blank_report("乙镇人民政府", 2024)
    document = ReportDocument(blank_report("甲镇人民政府", 2025), first)
    document.set_prior(other)
    assert document.undo_name == "换上年报告"
    document.set_narrative("overview", "话。")
    document.undo()
    assert document.prior is other
    document.undo()
    assert document.prior is first
    assert not document.is_modified
    document.redo()
    assert document.prior is other
    assert document.is_modified
    document.undo(5)
    assert document.prior is first
