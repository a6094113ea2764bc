"""What every tab of the panel is: it says what belongs to the page that is shown, as long as it is seen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import theme, widgets
from ui.pages.page import Page
from ui.state.controller import Controller


class Tab(QWidget):
    """`page` is the page beside which it stands. Nothing of it is called while another tab is seen."""

    key = ""
    words = ""  # on the tab
    keys = ""  # printed on the tab, the key that opens it
    hint = ""  # tooltip
    wished, least = 336, 240  # logical pixels: as wished, and as narrow as it may be made
    command = Signal(str)  # one of the window's commands, by its key
    work_wanted = Signal()  # the keyboard goes back to the page

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.controller = controller
        self.page: Page | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.STEP, theme.STEP, theme.STEP, 0)
        self.column.setSpacing(theme.STEP)
        widgets.on_desk(self)

    def open(self, page: Page) -> None:
        """It is seen now, beside this page."""
        self.page = page
        self.refresh()

    def shut(self) -> None:
        """It is no longer seen, or no longer beside this page."""
        self.page = None

    def refresh(self) -> None:
        """Set everything from the document and from where the cursor stands."""

    def set_read_only(self, is_read_only: bool) -> None:
        """After 定稿: what it shows can be read and not changed."""

    def first_focus(self) -> QWidget:
        """Where the keyboard goes in it."""
        return self
