"""One set of numbers: what is not yet there is 待填 and no error, the parts add up to the whole, and the words name each."""

from dataclasses import replace
from datetime import date

import pytest

from app.checks.standing import Kind, Standing, kind_of, standing, standings, together
from app.form.catalog import form
from app.form.model import Severity
from app.report.model import Pending
from app.report.pending import marks_for
from app.session import session

FORM = form("2021")


@pytest.fixture
def blank():
    return session.new_blank("甲县乙镇人民政府", 2025)


def of(document) -> Standing:
    return standing(document.report, document.form, document.findings)


def test_a_new_report_lacks_everything_and_contradicts_nothing(blank):
    found = of(blank)
    assert (found.filled, found.blanks, found.errors) == (0, len(FORM.inputs), 0)
    assert found.is_draft
    assert found.done == 0
    lacking = {one.rule for one in blank.findings if kind_of(one, FORM) is Kind.MISSING}
    assert lacking == {"S-01", "S-09", "S-15", "T2-02", "T3-02", "T4-01"}


def test_a_total_that_does_not_add_up_is_an_error(blank):
    blank.fill_blanks(FORM.cells)
    first = FORM.section("requests").cells[0]
    blank.set_values({first: 3}, "改")
    found = of(blank)
    assert found.blanks == 0
    assert found.errors > 0
    assert all(kind_of(one, FORM) is not Kind.MISSING for one in blank.findings if one.section == "requests")


def test_no_number_in_a_table_is_an_error_though_the_rule_is_that_of_blanks(blank):
    """表四 has one rule for blanks and for what is no whole number."""
    blank.fill_blanks(FORM.cells)
    one = FORM.section("review").cells[0]
    blank.set_values({one: -1}, "改")
    kinds = {kind_of(each, FORM) for each in blank.findings if each.rule == "T4-01"}
    assert kinds <= {Kind.ERROR}


def test_an_error_at_a_mark_waits_for_the_mark(blank):
    """The introduction as last year left it: 待更新 until it is changed or confirmed, wrong only when it is kept."""
    text = "根据要求编制2024年政府信息公开工作年度报告，统计期限为2024年1月1日至2024年12月31日。"
    report = blank.report.with_narrative("introduction", text)
    blank.change("带来", replace(report, pending=marks_for("introduction", text)))
    own = [one for one in blank.findings if one.section == "introduction" and one.severity is Severity.ERROR]
    assert {one.rule for one in own} >= {"S-06", "S-07"}
    assert {kind_of(one, FORM, blank.report.pending) for one in own} == {Kind.PENDING}
    part = standings(blank.report, FORM, blank.findings)["introduction"]
    assert (part.errors, part.pending) == (0, len(blank.report.pending))
    blank.change("全部确认", replace(blank.report, pending=()))
    part = standings(blank.report, FORM, blank.findings)["introduction"]
    assert (part.errors, part.pending) == (len(own), 0)


def test_what_is_private_waits_for_no_mark(blank):
    text = "联系人身份证号11010519491231002X。"
    report = blank.report.with_narrative("overview", text)
    blank.change("带来", replace(report, pending=(Pending("overview", 7, 24, text[7:24]),)))
    private = next(one for one in blank.findings if one.rule == "D-14")
    assert kind_of(private, FORM, blank.report.pending) is Kind.ERROR


def test_the_parts_are_the_whole(blank):
    blank.set_narrative("overview", "2024年共公开【待填】条，新收【待填：件数】件。")
    blank.change("标", replace(blank.report, pending=(Pending("overview", 0, 4, "2024"),)))
    parts = standings(blank.report, FORM, blank.findings)
    assert together(parts.values()) == of(blank)
    assert parts["overview"].unwritten >= 1
    assert parts["overview"].pending == 1
    number = sum(part.warnings + part.infos + part.errors for part in parts.values())
    lacking = sum(kind_of(one, FORM) is Kind.MISSING for one in blank.findings)
    assert number == len(blank.findings) - lacking


def test_done_grows_with_the_work_to_its_end(blank):
    shares = [of(blank).done]
    for section in ("proactive", "requests", "review"):
        blank.fill_blanks(FORM.section(section).cells)
        shares.append(of(blank).done)
    assert shares == sorted(shares)
    assert shares[-1] < 1
    assert Standing(cells=10, filled=10, warnings=3).done == 1.0
    assert Standing().done == 1.0


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Standing(blanks=160, unwritten=2, pending=20, errors=3, warnings=12), "待填160格、2处，待更新20处，错误3处，警告12处"),
        (Standing(unwritten=1), "待填1处"),
        (Standing(infos=4), ""),
    ],
)  # fmt: skip
def test_the_words(shown, words):
    assert "，".join(shown.parts) == words


def test_refusal_papers_and_command_line_tell_the_same(blank):
    from app.commands import output
    from app.signoff.check_sheet import Checked

    blank.fill_blanks(FORM.section("review").cells)
    words = "，".join(of(blank).parts)
    assert words in Checked.of(blank).conclusion
    assert words in list(output.check_words(blank.report, blank.settled, "甲"))[-1]
    assert session.left_to_do(blank) == of(blank)
    with pytest.raises(session.NotReady, match=words.partition("，警告")[0]):
        session.export(blank, [])


def test_a_date_of_issue_is_to_come_and_a_wrong_one_contradicts(blank):
    assert standings(blank.report, FORM, blank.findings)["signature"].unwritten == 1
    signature = replace(blank.report.signature, issued_on=date(2024, 1, 5))
    blank.set_signature(signature)
    parts = standings(blank.report, FORM, blank.findings)
    assert parts.get("signature", Standing()).unwritten == 0
