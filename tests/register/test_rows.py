"""Texts laid over the register: by column or by their own headings, nothing lost, 上年结转 told from the date."""

from dataclasses import replace
from datetime import date

import pytest

from app.register.rows import pasted
from app.report.model import Application
from app.session.rollover import blank_report

FIELDS = ("number", "received_on", "applicant", "note")
LINE = Application("1", date(2025, 3, 5), "natural_person", note="旧")
REPORT = replace(blank_report("甲镇人民政府", 2025), register=(LINE,))


def test_a_block_lies_over_what_is_there_and_goes_on_below_it_with_the_next_number():
    found = pasted(
        REPORT, [["", "3.6", "企业", " 新  话 "], ["", "4.1", "", ""], ["", "", "", ""]], 0, FIELDS
    )
    assert found.lines == (
        Application("", date(2025, 3, 6), "enterprise", note="新 话"),
        Application("2", date(2025, 4, 1)),
    )
    assert found.problems == ()


@pytest.mark.parametrize(("text", "is_carried"), [("2024-12-31", True), ("2025-1-1", False), ("2.3", False)])
def test_what_was_received_before_the_year_was_carried_in(text, is_carried):
    found = pasted(REPORT, [[text]], 0, ("received_on",))
    assert found.lines[0].is_carried_in is is_carried


def test_of_two_columns_of_one_field_the_first_is_read():
    rows = [["收到日期", "收到时间", "备注"], ["3.6", "4.7", "话"]]
    (_, made) = pasted(REPORT, rows, 0, FIELDS).lines
    assert (made.received_on, made.note) == (date(2025, 3, 6), "话")


def test_headings_are_headings_only_with_the_date_among_them():
    rows = [["收到日期", "备注"], ["3.6", "话"]]
    assert [one.note for one in pasted(REPORT, rows, 0, FIELDS).lines] == ["旧", "话"]
    alone = pasted(REPORT, [["备注"], ["话"]], 0, ("note",))
    assert [one.note for one in alone.lines] == ["备注", "话"]


def test_what_cannot_be_read_is_named_by_its_row_and_kept():
    found = pasted(REPORT, [["收到日期", "申请人"], ["3月底", "个体户"]], 0, FIELDS)
    assert found.problems == (
        "第2行收到日期“3月底”看不懂，留空，原文写进了备注",
        "第2行申请人“个体户”看不懂，留空，原文写进了备注",
    )
    assert found.lines[1].note == "收到日期：3月底；申请人：个体户"
