"""Repairs of texts and cells: one step of undo, each wholly or not at all, safe where they meet."""

import pytest

from app.checks import CheckContext, Repair, TextEdit, check, repairs
from app.form.catalog import form as form_of
from app.form.model import CellRef
from app.report.model import Agency, Pending, Report
from app.session.document import ReportDocument

TOTAL = CellRef("requests", "received", "natural_person")


def report(**narratives: str) -> Report:
    return Report("2021", 2024, Agency("某县青山镇人民政府"), narratives=narratives)


def findings(made: Report):
    return check(CheckContext(made, form_of(made.form)))


def repair_of(made: Report, rule: str) -> Repair:
    return next(one.repair for one in findings(made) if one.rule == rule and one.repair)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("D-11", "我镇公开信息20条,内容真实。", "我镇公开信息20条，内容真实。"),
        ("D-11", "我镇公开信息20条，。内容真实。", "我镇公开信息20条。内容真实。"),
        ("D-11", "坚持“谁公开”、“谁负责”的原则。", "坚持“谁公开”“谁负责”的原则。"),
        ("D-11", "内容不够全面 。\n平台 建设有序。", "内容不够全面。\n平台建设有序。"),
        ("S-17", "（一）主动公开情况。\n（二）依申请公开情况。\n（3）管理情况。", "（三）管理情况"),
        ("D-09", "我镇做好正文公开工作。", "我镇做好政务公开工作。"),
        ("D-09", "截止2024年12月31日，公开20条。", "截至2024年12月31日，公开20条。"),
        ("D-09", "弘扬精神精神面貌。", "弘扬精神面貌。"),
        ("D-12", "公开信息２０条。", "公开信息20条。"),
        ("D-08", "坚持公开是常态，公开是例外，", "坚持公开为常态、不公开为例外，"),
        ("D-01", "2024年，我镇做好工作。\n2023年，我镇主动公开信息20条。", "\n2024年，我镇主动公开"),
    ],
)
def test_a_finding_in_a_text_offers_what_settles_it(rule, before, after):
    document = ReportDocument(report(overview=before))
    repair = repair_of(document.report, rule)
    assert document.apply(repair) == 1
    assert after in document.report.narrative("overview")
    assert not [one for one in document.findings if one.rule == rule and one.repair == repair]
    assert document.undo_name == repair.text
    document.undo()
    assert document.report.narrative("overview") == before


def edit(start: int, end: int, old: str, new: str) -> Repair:
    return Repair("改", edits=(TextEdit("overview", start, end, old, new),))


def test_several_repairs_are_one_step_and_leave_the_marks_between_them():
    text = "公开12条,办结3件,满意。"
    made = report(overview=text)
    mark = Pending("overview", 2, 4, "12"), Pending("overview", 8, 9, "3")
    document = ReportDocument(made.with_narrative("overview", text, mark))
    cells = Repair("填", values=((TOTAL, 3),))
    count = document.apply(edit(5, 6, ",", "，"), edit(10, 11, ",", "，"), cells, name="全部修复")
    assert count == 3
    assert document.report.narrative("overview") == "公开12条，办结3件，满意。"
    assert document.report[TOTAL] == 3
    assert document.report.pending == mark
    document.undo()
    assert document.report.narrative("overview") == text
    assert document.report[TOTAL] is None


def test_what_meets_an_earlier_repair_or_stands_there_no_longer_is_left_out():
    document = ReportDocument(report(overview="甲乙丙丁"))
    first, meets, gone = edit(0, 2, "甲乙", "子丑"), edit(1, 3, "乙丙", "丑寅"), edit(3, 4, "戊", "己")
    assert document.apply(first, meets, gone) == 1
    assert document.report.narrative("overview") == "子丑丙丁"
    assert document.apply(gone) == 0
    assert document.undo_name == "改"


def test_the_same_repair_twice_is_made_once():
    document = ReportDocument(report(overview="甲乙"))
    assert document.apply(edit(0, 1, "甲", "子"), edit(0, 1, "甲", "子")) == 2
    assert document.report.narrative("overview") == "子乙"


def test_only_what_is_right_whatever_was_meant_is_safe():
    made = report(overview="做好正文公开工作。\n精神精神面貌。\n2024年，我镇。2023年，我镇公开信息20条。")
    safe = {one.rule: one.repair.is_safe for one in findings(made) if one.repair and one.repair.edits}
    assert safe["D-01"] is False
    assert [one.repair.is_safe for one in findings(made) if "正文" in one.quote] == [True]
    assert [one.repair.is_safe for one in findings(made) if "精神" in one.quote] == [False]


@pytest.mark.parametrize(
    ("old", "new", "is_number"),
    [
        ("（3）", "（三）", False),
        ("1、", "1.", False),
        (",", "，", False),
        ("2023年", "2024年", True),
        ("30", "32", True),
        ("正文公开", "政务公开", False),
    ],
)
def test_what_counts_as_another_number(old, new, is_number):
    repair = Repair("改", edits=(TextEdit("overview", 0, len(old), old, new),))
    assert repairs.changes_number(repair) is is_number
