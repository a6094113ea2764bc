"""What undo and redo say and show: which place changed, from what to what, also on another page than the clerk's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.form.model import CellRef
from app.report.model import Report
from tests.ui.conftest import CTRL
from ui.state.first_change import REDONE, UNDONE, between, told

OWN = CellRef("requests", "received", "natural_person")
TOTAL = CellRef("requests", "received", "total")
CHANGES = (
    (
        "填写表三",
        {"values": {OWN: 3}},
        {"values": {OWN: 5}},
        "填写表三，“一、本年新收政府信息公开申请数量·自然人”由3改为5",
    ),
    (
        "填写",
        {"values": {}},
        {"values": {OWN: 0}},
        "填写，表三“一、本年新收政府信息公开申请数量·自然人”由空白改为0",
    ),
    (
        "清空",
        {"values": {OWN: 1, TOTAL: 1}},
        {"values": {}},
        "清空，表三“一、本年新收政府信息公开申请数量·自然人”由1改为空白",
    ),
    (
        "全部填0",
        {"values": {}},
        {"values": {CellRef("requests", "granted", "natural_person"): 0}},
        "全部填0，表三“（一）予以公开·自然人”由空白改为0",
    ),
    (
        "粘贴表三",
        {"values": {}},
        {"values": {OWN: 1, CellRef("requests", "received", "enterprise"): 2}},
        "粘贴表三，2格，第一格“一、本年新收政府信息公开申请数量·自然人”由空白改为1",
    ),
    (
        "修改文字",
        {},
        {"narratives": {"problems": "有三个问题。"}},
        "修改文字，加上“有三个问题。”",
    ),
    (
        "修改文字",
        {"narratives": {"problems": "有三个问题。"}},
        {"narratives": {"problems": "有两个问题。"}},
        "修改文字，“三”改为“两”",
    ),
    ("修改信息处理费", {}, {"processing_fee": Decimal("3.5")}, "修改信息处理费，由空白改为3.5元"),
    ("换版式", {}, {"page_style": "local"}, "换版式"),
)


def report(**parts: object) -> Report:
    return replace(Report("2021", 2023), **parts)


@pytest.mark.parametrize(("name", "before", "after", "words"), CHANGES)
def test_a_step_is_told_with_its_place_and_what_stood_and_stands_there(name, before, after, words):
    assert told(name, report(**before), report(**after), REDONE) == words


def test_what_is_taken_back_is_told_the_other_way_round():
    one, other = report(narratives={"problems": "长。" * 20}), report()
    assert told("修改文字", other, one, UNDONE).endswith("，恢复“长。长。长。长…长。长。长。”")
    assert told("修改文字", one, other, UNDONE).endswith("，去掉“长。长。长。长…长。长。长。”")


def test_fields_of_the_agency_are_told_by_what_stood_in_them():
    one = report()
    other = replace(one, agency=replace(one.agency, name="东镇"))
    assert told("修改单位全称", other, one, UNDONE) == "修改单位全称，由“东镇”改回空白"
    signed = replace(one, signature=replace(one.signature, issued_on=date(2024, 1, 9)))
    assert told("修改成文日期", one, signed, REDONE) == "修改成文日期，由空白改为2024年1月9日"


def test_a_total_that_followed_is_not_the_place_that_changed():
    change = between(report(values={TOTAL: 1, OWN: 1}), report(values={TOTAL: 2, OWN: 2}))
    assert change.cell == OWN
    assert change.cells == {OWN}


def test_undo_goes_to_another_page_says_what_came_back_and_marks_the_cell(office, draft):
    clerk = office(draft())
    clerk.go("requests")
    clerk.page.show_cell(OWN)
    clerk.type("5\n")
    clerk.go("problems")
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.page.key == "requests"
    assert clerk.page.panel.current_cell == OWN
    assert clerk.page.panel.views[0].painter.framed == {OWN}
    assert clerk.status == "已撤销：填写表三，“一、本年新收政府信息公开申请数量·自然人”由5改回空白"
    assert clerk.page.foot_note.text() == clerk.status
    clerk.press(Qt.Key.Key_Y, CTRL)
    assert clerk.status.endswith("由空白改为5")
    clerk.type("6\n")
    assert not clerk.page.panel.views[0].painter.framed
    clerk.press(Qt.Key.Key_Z, CTRL)
    clerk.go("problems")
    clerk.go("requests")
    assert not clerk.page.panel.views[0].painter.framed


def test_a_text_that_came_back_is_marked_until_it_is_written_in(office, draft):
    clerk = office(draft())
    clerk.document.set_narrative("problems", "我们有三个问题。")
    clerk.document.set_narrative("problems", "我们没有。")
    clerk.go("agency")
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.page.key == "problems"
    marked = [one.cursor.selectedText() for one in clerk.page.editor.edit._lit]
    assert marked == ["有三个问题"]
    clerk.type("一")
    assert not clerk.page.editor.edit._lit


def test_a_field_of_the_agency_that_came_back_has_the_keyboard(office, draft):
    clerk = office(draft())
    agency = clerk.document.report.agency
    clerk.document.set_agency(replace(agency, phone="0631-1"), "修改联系电话")
    clerk.go("problems")
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.page.key == "agency"
    assert clerk.page.fields["phone"].hasFocus()
    assert clerk.status.startswith("已撤销：修改联系电话，由“0631-1”改回")
