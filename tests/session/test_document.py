"""The open report: totals that follow, undo of everything, 待更新, and what counts as saved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.catalog import form
from app.form.model import CellRef
from app.report.model import Agency, Report
from app.report.totals import part_sum, running_sum
from app.session.document import ReportDocument
from app.session.rollover import LastYear, blank_report, roll_over

FORM = form("2021")
INPUTS = [ref for ref in FORM.cells if ref not in FORM.totals]


def cell(row: str, column: str = "natural_person") -> CellRef:
    return CellRef("requests", row, column)


@pytest.fixture
def document() -> ReportDocument:
    return ReportDocument(blank_report("测试县测试镇人民政府", 2025))


def test_a_total_appears_when_its_last_part_is_typed(document):
    applicants = [c.key for c in FORM.tables["requests"].leaf_columns[:-1]]
    for column in applicants[:-1]:
        document.set_values({cell("received", column): 2}, "输入")
    total = cell("received", "total")
    assert document.report[total] is None
    equation = FORM.totals[total][0]
    assert running_sum(equation, document.report.values) == 10
    document.set_values({cell("received", applicants[-1]): 3}, "输入")
    assert document.report[total] == 13


def test_filling_with_zeros_never_sets_a_total_beside_its_parts(document):
    """An imported report may lack a total of parts that it has."""
    row = [ref for ref in FORM.cells if ref.table == "requests" and ref.row == "received"]
    part, total = cell("received"), cell("received", "total")
    document = ReportDocument(document.report.with_values({part: 3}))
    document.fill_blanks([total])
    assert document.report[total] is None  # the other parts are not known
    document.fill_blanks(row)
    assert (document.report[total], document.report[row[1]]) == (3, 0)
    document = ReportDocument(document.report.with_values({total: None}))
    document.fill_blanks([total])
    assert document.report[total] == 3
    document = ReportDocument(blank_report("测试镇人民政府", 2025).with_values({part: 3}))
    document.fill_blanks(FORM.cells)
    assert not document.report.blanks(FORM)
    assert document.report[total] == 3


def test_a_total_goes_when_a_part_is_blanked(document):
    document.fill_blanks(INPUTS)
    assert document.report[cell("received", "total")] == 0
    document.set_values({cell("received"): None}, "清除")
    assert document.report[cell("received", "total")] is None


def test_the_total_of_totals_follows(document):
    document.fill_blanks(INPUTS)
    document.set_values({cell("granted"): 4, cell("denied_query", "research"): 3}, "输入")
    assert document.report[cell("processed")] == 4
    assert document.report[cell("processed", "total")] == 7
    assert set(document.report.values) == set(FORM.cells)


def test_a_total_that_came_in_wrong_stays_wrong(document):
    values = dict.fromkeys(FORM.cells, 0) | {cell("received", "total"): 9}
    wrong = ReportDocument(replace(document.report, values=values))
    wrong.set_values({cell("received"): 1}, "输入")
    assert wrong.report[cell("received", "total")] == 9


@given(st.lists(st.tuples(st.sampled_from(INPUTS), st.none() | st.integers(0, 99)), max_size=40))
def test_totals_are_always_the_sum_or_blank(changes):
    document = ReportDocument(blank_report("甲镇人民政府", 2025))
    for ref, value in changes:
        document.set_values({ref: value}, "输入")
    for total, equations in FORM.totals.items():
        for equation in equations:
            whole = part_sum(equation, document.report.values)
            if whole is not None:
                assert document.report[total] == whole


@given(
    st.lists(st.tuples(st.sampled_from(FORM.cells), st.none() | st.integers(0, 9)), min_size=1, max_size=20)
)
def test_undo_leads_back_and_redo_forth(changes):
    document = ReportDocument(blank_report("甲镇人民政府", 2025))
    first = document.report
    for ref, value in changes:
        document.set_values({ref: value}, "输入")
    last = document.report
    while document.undo_name:
        document.undo()
    assert document.report == first
    while document.redo_name:
        document.redo()
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


def test_roll_over_carries_what_the_equations_tie_and_nothing_else():
    new = roll_over(prior_report(), 2025)
    assert dict(new.values) == {cell("carried_in"): 2, cell("carried_in", "total"): 2}
    assert new.signature.issued_on is None
    assert new.processing_fee is None


def test_roll_over_of_an_older_report_carries_no_value():
    assert not roll_over(prior_report(), 2026).values


def test_only_the_report_of_the_year_before_stands_beside_as_last_years():
    prior = prior_report()
    ref = next(iter(prior.values))
    assert LastYear(form("2021"), prior, prior.year + 1).value(ref) == prior[ref]
    for year in (prior.year, prior.year + 2):
        assert LastYear(form("2021"), prior, year).value(ref) is None


def test_roll_over_marks_every_year_and_number():
    new = roll_over(prior_report(), 2025)
    assert [(m.section, m.text) for m in new.pending] == [
        ("overview", "2024"), ("overview", "237"), ("overview", "28.8"), ("other", "2024"), ("other", "380"),
    ]  # fmt: skip
    for mark in new.pending:
        assert new.narrative(mark.section)[mark.start : mark.end] == mark.text


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


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("二〇二三年发布三十七条，开展培训两次，收到30余件。", ["二〇二三", "三十七", "两", "30"]),
        ("一是加强三审三校；二是学习党的二十大精神，从三个方面做起。", []),
        ("1、公开48条。\n（3）管理\n2.培训 3 次", ["48", "3"]),
        ("地址：龙缘路3号；邮编：264400；电话：0631-8731088；http://www.wendeng.gov.cn:8080/a1", []),
        ("（国办公开办函〔2019〕60 号）和第五十条第4项", []),
        ("满意率97.62%，阅读量1,234次", ["97.62", "1,234"]),
        ("公开信息4条，２０２３年", ["4", "２０２３"]),
        ("统计期限为2024年1月1日至2024年12月31日。", ["2024", "2024"]),
        ("自2024年1月1日起至12月31日止", ["2024"]),
        ("2024 年 1 月 1 日—12 月 31 日", ["2024"]),
        ("２０２４年１月１日至１２月３１日", ["２０２４"]),
        ("截至2024年12月31日，粉丝128人", ["2024", "128"]),
        ("2024年1月1日至6月30日", ["2024", "1", "1", "6", "30"]),
        ("2024年11月1日至12月31日", ["2024", "11", "1", "12", "31"]),
        ("12月31日召开会议1次", ["12", "31", "1"]),
    ],
)
def test_figures_are_marked_and_item_numbers_and_addresses_are_not(text, marked):
    new = roll_over(Report("2021", 2024, narratives={"overview": text}), 2025)
    assert [mark.text for mark in new.pending] == marked


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
