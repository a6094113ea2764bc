"""A clerk at a table: the panel in a window, and keys typed into whatever has the focus."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.form.model import CellRef
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from ui.files.read_table import ReadTable
from ui.kit import theme
from ui.state.controller import Controller
from ui.tables.cell_delegate import CellEdit
from ui.tables.table_panel import TablePanel


@pytest.fixture(scope="session")
def qapp(qapp):
    theme.apply(qapp)
    return qapp


class Clerk:
    """Drives one panel by the keyboard."""

    def __init__(
        self, qtbot, section: str, document: ReportDocument | None = None, size=(1166, 690), told=False
    ) -> None:
        self.document = document or ReportDocument(blank_report("测试县测试镇人民政府", 2025))
        self.controller = Controller(self.document)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        table = ReadTable(self.controller, section) if told else TablePanel(self.controller, section)
        self.panel = table.panel if isinstance(table, ReadTable) else table
        if isinstance(table, ReadTable):
            self.strip = table.strip
            self.strip.set_lines(3)
        column = QVBoxLayout(self.window)
        column.addWidget(table)
        self.messages: list[str] = []
        self.panel.message.connect(self.messages.append)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.panel.first_focus().setFocus()

    @property
    def view(self):
        """The table that has the cursor."""
        focus = QApplication.focusWidget()
        return next(view for view in self.panel.views if view is focus or view.isAncestorOf(focus))

    @property
    def editor(self) -> CellEdit | None:
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, CellEdit) else None

    @property
    def at(self) -> CellRef:
        index = self.view.currentIndex()
        return self.view.cells.ref(index.row(), index.column())

    def go(self, key: str) -> None:
        self.panel.show_cell(CellRef.parse(key))

    def type(self, text: str) -> None:
        """Press the keys of a text; \\n is Enter, \\t is Tab."""
        for char in text:
            if char == "\n":
                self.press(Qt.Key.Key_Return)
            elif char == "\t":
                self.press(Qt.Key.Key_Tab)
            elif char.isascii():
                QTest.keyClick(QApplication.focusWidget(), char)
            else:  # QTest knows no key for it; a keyboard in full-width mode sends only the text
                press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
                QApplication.sendEvent(QApplication.focusWidget(), press)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def fill_zeros(self) -> None:
        """全部填0, looked at and said yes to."""
        self.panel.tools.zeros.click()
        self.say_yes()

    def say_yes(self) -> None:
        """To what the bar above the table asks."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def value(self, key: str):
        return self.document.report[CellRef.parse(key)]

    def shown(self, key: str) -> str:
        ref = CellRef.parse(key)
        view = next(view for view in self.panel.views if view.cells.table.key == ref.table)
        return view.cells.index_of(ref).data().strip()


@pytest.fixture
def clerk(qtbot, qapp):
    """Their controllers keep nothing once the test is over: the next one has another home."""
    made: list[Clerk] = []

    def make(section="requests", document=None, size=(1166, 690), told=False) -> Clerk:
        """`told`: with the findings in words under the table, as in the review of what was read."""
        made.append(Clerk(qtbot, section, document, size, told))
        return made[-1]

    yield make
    for one in made:
        one.document.mark_saved()
        one.controller.autosave()
