"""After 定稿 every page can be read and none can be used to change the report: every widget that takes the keyboard is tried."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QMenu,
    QWidget,
)
from shiboken6 import isValid

from app.report.model import Application
from app.session.document import ReportDocument
from app.signoff import signing
from tests.checks.reports import good
from ui.findings.explain_dialog import ExplainDialog
from ui.findings.panel import FindingsPanel
from ui.findings.strip import FindingsStrip
from ui.narrative.editor import NarrativeEditor
from ui.pages.agency import AgencyPage
from ui.pages.export_looks import Looks
from ui.pages.narrative import FeeRow
from ui.panel.checks import ChecksTab
from ui.register.line import RegisterLine
from ui.register.sheet import RegisterSheet
from ui.state.section_states import EXPORT, START
from ui.tables.table_panel import TablePanel

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = (
    *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_7, Qt.Key.Key_Delete, Qt.Key.Key_Space)),
    *((key, CTRL) for key in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_D, Qt.Key.Key_Delete)),
    *((key, CTRL) for key in (Qt.Key.Key_Return, Qt.Key.Key_Period)),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
)
MAY = (
    "修改为新版本"  # the one way out, asked first; elsewhere: 导出 writes files, which a final report is for
)


@pytest.fixture
def report():
    """With everything that a page may show: a register, a picture, findings in a table and in a text, a repair."""
    line = Application("1", date(2025, 3, 5), "natural_person", "granted", date(2025, 3, 20))
    text = "我局高度重视。\n本年度共受理申请8888件。"
    made = good().with_narrative("overview", text).with_narrative("requests", "表前的话。")
    values = dict(made.values)
    values.pop(next(ref for ref in values if ref.table == "requests"))
    return replace(made, register=(line,), values=values)


def final(report):
    for step in signing.unsigned(report):
        report = signing.signed(report, step.key, "甲", date(2026, 1, 9))
    return signing.frozen(report, date(2026, 1, 9))


class Trier:
    """Tries whatever stands on a page; what pops up meanwhile is used up and sent away."""

    def __init__(self, clerk) -> None:
        self.clerk = clerk
        self.before = clerk.document.report
        self.tried: set[QWidget] = set()
        self.asked: set[type[QDialog]] = set()
        self._timer = QTimer(clerk.window)
        self._timer.timeout.connect(self._send_away)
        self._timer.start(10)

    def _send_away(self) -> None:
        if (dialog := QApplication.activeModalWidget()) is not None:
            self.asked.add(type(dialog))
            dialog.reject()

    def page(self, show: Callable[[], QWidget]) -> None:
        """Everything that stands on what `show` shows; some of it leads away, so that it is shown anew for each."""
        for _ in range(3):  # what one widget brings up is tried in the next round
            for one in self.focusable(show()):
                show()
                if one not in self.tried and isValid(one) and one.isVisible():
                    self.tried.add(one)
                    self.widget(show, one)
                    assert self.clerk.document.report is self.before, name_of(one)

    def focusable(self, page: QWidget) -> list[QWidget]:
        beside = self.clerk.window.panel
        return [
            one
            for one in (*page.findChildren(QWidget), *beside.findChildren(QWidget))
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus
            and one.isVisible()
            and one.isEnabled()
            and one.window() is self.clerk.window
        ]

    def widget(self, show: Callable[[], QWidget], one: QWidget) -> None:
        if isinstance(one, QAbstractButton):
            self.button(one)
        elif isinstance(one, QComboBox):
            one.setCurrentIndex(one.count() - 1)
            one.activated.emit(one.currentIndex())
        elif not isinstance(one, QAbstractSpinBox):
            self.keys(show, one)
        if one.isVisible():
            QApplication.sendEvent(
                one, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
            )
            self.menus()

    def button(self, one: QAbstractButton) -> None:
        if MAY in one.text() or (self.clerk.page.key == EXPORT and one is self.clerk.page.next_button):
            return
        menu = one.menu() if hasattr(one, "menu") else None
        if menu is not None:
            menu.aboutToShow.emit()
            self.use(menu)
        else:
            one.click()
        self.menus()
        self.clerk.window.activateWindow()

    def keys(self, show: Callable[[], QWidget], one: QWidget) -> None:
        rows = (
            min(one.model().rowCount(), 4) if isinstance(one, QAbstractItemView) else 1
        )  # the first may be a heading
        for row, (pressed, modifier) in itertools.product(range(rows), KEYS):
            QGuiApplication.clipboard().setText("8\t9\n3\t4")
            show()
            if not one.isVisible():
                return
            one.setFocus()
            if isinstance(one, QAbstractItemView):
                one.setCurrentIndex(one.model().index(row, 0))
            QTest.keyClick(QApplication.focusWidget() or one, pressed, modifier)
            self.menus()

    def menus(self) -> None:
        while isinstance(menu := QApplication.activePopupWidget(), QMenu):
            self.use(menu)
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()

    def use(self, menu: QMenu) -> None:
        actions = [
            one for one in menu.actions() if one.isEnabled() and not one.isSeparator() and not one.menu()
        ]
        for one in actions:
            if isValid(one) and MAY not in one.text():
                one.trigger()
                assert self.clerk.document.report is self.before
        if isValid(menu):
            menu.close()


def name_of(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return f"{type(one).__name__} {text or one.accessibleName()}"


def show_page(clerk, key: str) -> QWidget:
    page = clerk.go(key)
    if key == "requests":
        page.register.close()
    beside = clerk.window.panel
    beside.open("checks")  # whatever was pressed before
    while beside.page is not None and beside._later.isActive():
        QTest.qWait(10)
    return page


def show_folded(clerk, key: str) -> QWidget:
    """With the one line in place of what stands beside."""
    page = show_page(clerk, key)
    clerk.window.panel.fold()
    clerk.until(lambda: clerk.window.panel.line.strip.line(0).finding is not None)
    return page


def show_register(clerk) -> QWidget:
    page = clerk.go("requests")
    if not page.register.is_open:
        page.show_register()
    return page


def walk(clerk) -> Trier:
    """Every page, and the register over the page of 表三, which is made when it is first wanted."""
    trier = Trier(clerk)
    for key in clerk.window.navigation.keys:
        if key != START:  # its buttons lead to other reports
            trier.page(partial(show_page, clerk, key))
    trier.page(partial(show_register, clerk))
    assert not clerk.controller.is_modified  # nothing typed waits to be taken either
    assert ExplainDialog not in trier.asked  # a reason is a change too
    return trier


def test_no_widget_changes_a_report_that_was_opened_as_final(office, report):
    trier = walk(office(ReportDocument(final(report))))
    assert len(trier.tried) > 60


def test_no_widget_changes_a_report_that_became_final_under_its_pages(office, report):
    clerk = office(ReportDocument(report))
    for key in clerk.window.navigation.keys:
        clerk.go(key)
    clerk.document.change("定稿", final(clerk.document.report))
    clerk.document.mark_saved()
    walk(clerk)


def test_a_widget_made_after_final_follows(office, report):
    clerk = office(ReportDocument(final(report)))
    page = clerk.go("requests")
    assert page.register.sheet is None
    page.show_register()
    assert not page.register.sheet.read_button.isEnabled()
    page.show_register()
    panel = clerk.window.panel
    clerk.until(lambda: panel.checks.list.topLevelItemCount() > 0)
    found, model = panel.checks.list, panel.checks.list.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    assert not any(found.delegate.links(QRect(), index) for index in rows)
    panel.fold()
    clerk.until(lambda: bool(panel.line.strip.texts))
    assert not panel.line.strip.line(0).explain.isEnabled()


def test_a_new_version_opens_the_pages_again(office, report):
    clerk = office(ReportDocument(final(report)))
    page = clerk.go("requests")
    clerk.document.change("修改为新版本", signing.revised(clerk.document.report))
    assert not page.is_read_only
    assert page.panel.tools.clear.isEnabled()
    ref = page.panel.views[0].cells.inputs[0]
    page.show_cell(ref)
    clerk.press(Qt.Key.Key_7)
    clerk.press(Qt.Key.Key_Return)
    assert clerk.document.report[ref] == 7


@pytest.mark.parametrize(
    ("part", "key"),
    [
        (AgencyPage, "agency"),
        (NarrativeEditor, "overview"),
        (FeeRow, "other"),
        (TablePanel, "requests"),
        (FindingsStrip, "folded"),
        (ChecksTab, "requests"),
        (RegisterSheet, "register"),
        (RegisterLine, "requests"),
        (FindingsPanel, "review_all"),
        (Looks, "export"),
    ],
)
def test_the_walk_would_notice_a_part_that_is_not_told(office, report, monkeypatch, qtbot, part, key):
    monkeypatch.setattr(part, "set_read_only", lambda _self, _is: None)
    clerk = office(ReportDocument(final(report)))
    shown = {"register": partial(show_register, clerk), "folded": partial(show_folded, clerk, "requests")}
    show = shown.get(key, partial(show_page, clerk, key))
    with qtbot.captureExceptions() as raised:
        trier = Trier(clerk)
        trier.page(show)
    assert any("已经定稿" in str(error) for _, error, _ in raised) or ExplainDialog in trier.asked
