"""出错说明: a finding is settled by a written reason as long as it is the same, and only so long."""

from dataclasses import replace
from datetime import date

import pytest

from app.checks import explanations
from app.checks.explanations import common_reasons, explanation, identity
from app.checks.finding import Finding
from app.checks.rule import rules
from app.errors import UserError
from app.form.model import Severity
from app.session import session
from app.session.document import ReportDocument
from app.session.rollover import roll_over
from app.session.session import NotReady
from tests.checks.reports import OVERVIEW, cell, good

TODAY = date(2026, 1, 9)
REASON = "已与司法所核对，数字属实"
BROKEN = {cell("received"): 1, cell("received", "total"): 1}
EXPLAINED = {"explanations"}


@pytest.fixture
def document() -> ReportDocument:
    """One report with the equation of 表三 broken in two columns, and a wrong word twice in the text."""
    report = good(values=BROKEN)
    text = report.narrative("overview") + "\n我局高度重视。\n我局认真落实。"
    return ReportDocument(report.with_narrative("overview", text))


def of_rule(document: ReportDocument, rule: str) -> list[Finding]:
    return [one for one in document.findings if one.rule == rule]


def test_an_explained_finding_is_settled_and_can_be_taken_back(document):
    first, *others = of_rule(document, "T3-05")
    document.explain(first, REASON, TODAY)
    assert of_rule(document, "T3-05") == others
    assert [(one.finding, one.explanation.reason) for one in document.explained] == [(first, REASON)]
    assert first in document.all_findings
    document.take_back(first)
    assert document.explained == ()
    assert of_rule(document, "T3-05") == [first, *others]
    document.undo()
    assert len(document.explained) == 1
    document.undo()
    assert document.report.explanations == ()
    assert document.redo_name == "说明"


def test_it_survives_other_changes_and_goes_with_its_finding(document):
    first = of_rule(document, "T3-05")[0]
    word = next(one for one in document.findings if one.quote.startswith("我局"))
    document.explain(first, REASON, TODAY)
    document.explain(word, "这里引用县财政局的原话", TODAY)
    document.set_narrative("overview", "2025年。" + document.report.narrative("overview"))
    assert {one.finding.rule for one in document.explained} == {"T3-05", word.rule}
    document.set_narrative("overview", OVERVIEW.format(year=2025))
    document.set_values({cell("received"): 2}, "填写")
    assert document.explained == ()
    assert of_rule(document, "T3-05")  # another difference is another finding
    document.set_values({cell("received"): 1}, "填写")
    assert [one.finding.rule for one in document.explained] == ["T3-05"]  # and the same again the same


def test_what_is_gone_is_not_saved(document, tmp_path):
    document.explain(of_rule(document, "T3-05")[0], REASON, TODAY)
    document.set_values({cell("received"): 0, cell("received", "total"): 0}, "填写")
    assert document.report.explanations
    path = session.save(document, tmp_path / "a.gknb")
    assert document.report.explanations == ()
    assert not document.is_modified
    document.undo()
    assert len(document.explained) == 1
    session.save(document, path)
    session.close(document)
    assert len(session.open_report(path).explained) == 1


def test_an_explained_error_does_not_hold_back_the_export(document, tmp_path):
    document = ReportDocument(good(values=BROKEN))
    target = tmp_path / "a.txt"
    with pytest.raises(NotReady, match="有错误1处"):
        session.export(document, [target])
    for finding in document.findings:
        document.explain(finding, REASON, TODAY)
    session.export(document, [target])
    assert REASON not in target.read_text("utf-8")


def test_a_new_year_begins_without_explanations(document):
    document.explain(document.findings[0], REASON, TODAY)
    assert roll_over(document.report, 2026).explanations == ()


NO_REASONS = ["", "   ", "同意", "。。。。。。", "已核实！！", "好好好好好好", "111111"]


@pytest.mark.parametrize("reason", NO_REASONS)
def test_a_reason_must_say_something(document, reason):
    with pytest.raises(UserError, match="说明太短"):
        document.explain(document.findings[0], reason, TODAY)
    assert document.report.explanations == ()


def test_a_reason_is_one_line_and_no_treatise(document):
    finding = document.findings[0]
    document.explain(finding, "  已与司法所\n核对，\t属实\x00 ", TODAY)
    assert document.explained[0].explanation.reason == "已与司法所 核对， 属实"
    document.explain(finding, "换一个说明，情况属实", TODAY)
    assert [one.reason for one in document.report.explanations] == ["换一个说明，情况属实"]
    with pytest.raises(UserError, match="太长"):
        document.explain(finding, "情况属实" * 200, TODAY)


A = Finding("T3-05", Severity.ERROR, "不符", "requests", (cell("received"),), "", -1, -1, (("left", "1"),))
SAME = [
    ("moved in the text", replace(A, start=4, end=9)),
    ("told in other words", replace(A, message="勾稽关系不符")),
    ("of another severity", replace(A, severity=Severity.WARNING)),
]
OTHER = [
    ("another rule", replace(A, rule="T3-04")),
    ("another section", replace(A, section="review")),
    ("another cell", replace(A, cells=(cell("granted"),))),
    ("other figures", replace(A, values=(("left", "2"),))),
    ("other words", replace(A, quote="共收到1件")),
]


@pytest.mark.parametrize("finding", [one for _, one in SAME], ids=[name for name, _ in SAME])
def test_the_same_finding(finding):
    assert identity(finding) == identity(A)


@pytest.mark.parametrize("finding", [one for _, one in OTHER], ids=[name for name, _ in OTHER])
def test_another_finding(finding):
    assert identity(finding) != identity(A)


def test_where_there_is_neither_quotation_nor_figure_the_sentence_tells():
    long = Finding("S-22", Severity.INFO, "总体情况篇幅1199字", "overview")
    assert identity(long) != identity(replace(long, message="总体情况篇幅1198字"))


def test_the_common_reasons_fit_rules_that_there_are():
    known = {id_ for rule in rules() for id_ in rule.ids}
    known |= {check.id for check in equation_checks()}
    for rules_, _ in explanations._reasons():
        assert set(rules_) <= known
    assert common_reasons("Y-02")[0].startswith("本年度开展文件清理")
    assert len(common_reasons("X-99")) == 2
    for rule in known:
        for reason in common_reasons(rule):
            assert explanation(A, reason, TODAY).reason == reason


def equation_checks():
    from app.form.catalog import all_forms

    return [equation.check for form in all_forms() for equation in form.equations]
