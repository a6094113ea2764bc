"""Find and replace over all narratives: every place, one step, marks that move or go."""

from dataclasses import replace

from app.form.catalog import form
from app.report.model import Binding, Pending, Picture, Report
from app.session.document import ReportDocument
from app.texts.search import Hit, find_all, replaced
from tests.checks.reports import cell

FORM = form("2021")
TEXTS = {"introduction": "甲镇报告", "overview": "𬭎甲镇公开237条，甲镇PDF、pdf", "other": "无"}


def report() -> Report:
    return Report("2021", 2025, narratives=TEXTS)


def test_every_place_in_printed_order():
    found = find_all(report(), FORM, "甲镇")
    assert found == [Hit("introduction", 0, 2), Hit("overview", 1, 3), Hit("overview", 10, 12)]
    assert len(find_all(report(), FORM, "Pdf")) == 2
    assert find_all(report(), FORM, "") == []
    assert find_all(Report("2021", 2025, narratives={"other": "aaa"}), FORM, "aa") == [Hit("other", 0, 2)]
    assert find_all(Report("2021", 2025, narratives={"other": "İstanbul x"}), FORM, "x") == [
        Hit("other", 9, 10)
    ]


def test_replacing_moves_marks_along_and_takes_those_it_lies_on():
    text = TEXTS["overview"]
    at = text.index("237")
    made = replace(
        report(),
        pending=(Pending("overview", at, at + 3, "237"), Pending("overview", 1, 3, "甲镇")),
        bindings=(Binding("overview", at, at + 3, (cell("received"),)),),
        pictures=(Picture("a.png", "overview", after=0),),
    )
    done = replaced(made, find_all(made, FORM, "甲镇"), "乙县甲镇")
    assert done.narrative("overview") == "𬭎乙县甲镇公开237条，乙县甲镇PDF、pdf"
    [mark], [bound] = done.pending, done.bindings
    assert done.narrative("overview")[mark.start : mark.end] == "237"
    assert (bound.start, bound.end) == (mark.start, mark.end)
    assert done.narrative("introduction") == "乙县甲镇报告"
    longer = replaced(done, find_all(done, FORM, "公开"), "公开1")
    assert (longer.pending, longer.bindings) == ((), ())


def test_all_of_it_is_one_step():
    document = ReportDocument(report())
    document.change("全部替换", replaced(document.report, find_all(document.report, FORM, "甲镇"), "乙"))
    assert find_all(document.report, FORM, "甲镇") == []
    document.undo()
    assert document.report.narratives == TEXTS


def test_replacing_by_the_same_is_no_change():
    same = report()
    assert replaced(same, find_all(same, FORM, "甲镇"), "甲镇") is same
