"""Running the rules: the order of what they find, what an open document keeps of the texts, how long it takes."""

import time
from dataclasses import replace

from app.checks import CheckContext, check
from app.checks import running as running_module
from app.checks.rule import Rule
from app.checks.running import TextFindings, checking, finished
from app.checks.settings import CheckSettings
from app.form.catalog import form
from app.form.model import CellRef, Severity
from app.session.document import ReportDocument
from tests.checks.reports import as_found, findings, good

CASES = CellRef("review", "cases", "recon_total")


def test_findings_come_by_section_then_severity():
    report = good("2021", {CASES: 1}).with_narrative("overview", "二〇二五年。")
    found = findings(report.with_narrative("introduction", ""))
    sections = [one.section for one in found]
    order = ["title", "introduction", *(s.key for s in form("2021").sections), "signature"]
    assert sections == sorted(sections, key=order.index)
    ranks = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    for section in set(sections):
        here = [ranks[one.severity] for one in found if one.section == section]
        assert here == sorted(here)


def counted(monkeypatch) -> list[str]:
    """The register with one rule of texts and one of cells, that note when they run."""
    ran: list[str] = []

    def rule_of(name: str, reads_cells: bool) -> Rule:
        def run(_context):
            ran.append(name)
            return ()

        return Rule(run, (), reads_cells)

    some = (rule_of("text", False), rule_of("cell", True))
    monkeypatch.setattr(running_module, "rules", lambda: some)
    return ran


def test_typing_a_number_runs_no_rule_of_texts(monkeypatch):
    ran = counted(monkeypatch)
    document = ReportDocument(good())
    assert document.all_findings == ()
    document.set_values({CASES: 4}, "填写")
    assert document.all_findings == ()
    assert ran == ["text", "cell", "cell"]
    document.set_narrative("other", "另一段话。")
    assert document.all_findings == ()
    assert ran[3:] == ["text", "cell"]


def test_whatever_else_a_rule_of_texts_sees_runs_it_again(monkeypatch):
    ran = counted(monkeypatch)
    known = TextFindings()
    context = CheckContext(good(), form("2021"), outline=as_found(good()))
    others = [
        replace(context, report=good().with_narrative("other", "另一段话。")),
        replace(context, report=replace(good(), year=2024)),
        replace(context, prior=good(year=2024)),
        replace(context, outline=None),
        replace(context, settings=CheckSettings(overview_limit=5)),
    ]
    for other in others:
        finished(checking(context, known))
        ran.clear()
        finished(checking(context, known))
        assert ran == ["cell"]
        finished(checking(other, known))
        assert ran == ["cell", "text", "cell"]


def test_what_one_document_keeps_is_not_anothers(monkeypatch):
    ran = counted(monkeypatch)
    for _ in range(2):
        assert ReportDocument(good()).all_findings == ()
    check(CheckContext(good(), form("2021")))
    assert ran == ["text", "cell"] * 3


def test_a_full_check_takes_about_a_millisecond():
    """0.6 ms on the machine it was written on; the limit leaves room for a busy one."""
    report = good().with_narrative("overview", good().narrative("overview") + "乙镇公开信息。" * 300)
    context = CheckContext(report, form("2021"), good(year=2024), form("2021"))
    check(context)
    best = min(_seconds(context) for _ in range(20))
    assert best < 0.005


def _seconds(context: CheckContext) -> float:
    start = time.process_time()
    check(CheckContext(context.report, context.form, context.prior, context.prior_form))
    return time.process_time() - start
