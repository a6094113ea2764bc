"""转到 by a few words or first letters; the list of the last steps; Ctrl and the wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.form.model import CellRef
from tests.ui.conftest import CTRL, dialog_of
from ui.window.go_to_dialog import GoToDialog, Target, targets

ISSUED = CellRef("art20_1", "rules", "in_force")


def found(dialog: GoToDialog, typed: str) -> list[Target]:
    dialog.field.setText(typed)
    return [dialog.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog.list.count())]


@pytest.mark.parametrize("typed", ["规章 现行有效", "现行有效 规章", "gz xxyx", "规章 xxyx"])
def test_a_cell_by_words_of_its_row_and_column(draft, qtbot, qapp, typed):
    dialog = GoToDialog(draft())
    qtbot.addWidget(dialog)
    assert [one.cell for one in found(dialog, typed)] == [ISSUED]
    assert dialog.chosen.cell == ISSUED


def test_a_section_and_a_row(draft, qtbot, qapp):
    dialog = GoToDialog(draft())
    qtbot.addWidget(dialog)
    assert {one.cell.row for one in found(dialog, "三 结转")} == {"carried_in", "carried_out"}
    assert found(dialog, "送签")[0].page == "sign_off"
    assert found(dialog, "dc")[0].page == "export"
    assert found(dialog, "总体情况")[0].page == "overview"
    assert found(dialog, "没有这样的") == []
    assert not dialog.ok_button.isEnabled()
    assert all(one.cell is None for one in found(dialog, ""))


def test_every_cell_and_page_can_be_gone_to(draft):
    document = draft()
    all_ = targets(document)
    assert {one.cell for one in all_ if one.cell} == set(document.form.cells)
    pages = {one.page for one in all_}
    assert {"start", "agency", "introduction", "review_all", "sign_off", "export"} <= pages
    assert len({one.words for one in all_}) == len(all_), "no two places are called alike"


def test_enter_goes_there(office, draft):
    clerk = office(draft())
    clerk.go("agency")

    def type_(dialog: GoToDialog) -> None:
        QTest.keyClicks(dialog.field, "gz xxyx")
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    dialog_of(GoToDialog, type_)
    clerk.press(Qt.Key.Key_G, CTRL)
    assert clerk.page.key == "proactive"
    assert clerk.page.panel._current == ISSUED
    assert clerk.window.focusWidget() is clerk.page.first_focus()


def test_the_last_steps_are_listed_and_one_of_them_undone_with_those_after_it(office, draft):
    clerk = office(draft())
    document = clerk.document
    before = document.report
    for number in range(11):
        document.set_values({ISSUED: number}, f"第{number}步")
    document.set_narrative("overview", "改过。")
    menu = clerk.window.actions_.history
    menu.aboutToShow.emit()
    words = [one.text() for one in menu.actions()]
    assert len(words) == 10
    assert words[:2] == ["修改文字：一、总体情况", "第10步：规章·现行有效件数（撤销2步）"]
    menu.actions()[9].trigger()
    assert document.report[ISSUED] == 1
    assert clerk.status == "已撤销10步，最早的是：第2步"
    assert document.undo_names == ["第1步", "第0步"]
    document.undo(99)
    assert document.report == before
    document.redo()
    assert document.report[ISSUED] == 0


def turned(widget, steps: int) -> None:
    """As Qt hands on what comes from the mouse: to whoever has the widget, until one takes it."""
    while widget is not None:
        event = QWheelEvent(
            QPointF(widget.rect().center()),
            QPointF(widget.mapToGlobal(widget.rect().center())),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        event.ignore()
        QApplication.sendEvent(widget, event)
        if event.isAccepted():
            return
        widget = widget.parentWidget()


@pytest.mark.parametrize("key", ["overview", "requests", "review_all", "agency", "export"])
def test_ctrl_and_the_wheel_ask_for_another_size_everywhere(office, draft, key):
    clerk = office(draft())
    page = clerk.go(key)
    asked = []
    clerk.window.actions_["larger"].triggered.disconnect()
    clerk.window.actions_["larger"].triggered.connect(lambda: asked.append(key))
    places = {
        "overview": lambda: page.editor.edit.viewport(),
        "requests": lambda: page.first_focus().viewport(),
        "review_all": lambda: page.panel.viewport(),
        "agency": lambda: page.fields["name"],
        "export": lambda: page.next_button,
    }
    widget = places[key]()
    turned(widget, 1)
    turned(widget, 2)
    clerk.until(lambda: bool(asked))
    assert asked == [key], "several notches in one turn are one size"
