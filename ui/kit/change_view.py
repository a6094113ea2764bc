"""What differs, as text to be read: words that went and words that came, in the colours of the palette in use."""

from PySide6.QtWidgets import QTextBrowser

from ui.kit import theme
from ui.kit.palette import shade
from ui.kit.scroll_bars import calm

_STYLE = (
    "p { margin: 0 0 8px 0; } .place { color: @faint; } .wrong { color: @error; } td { padding: 4px 8px 4px 0; }"
    "del { color: @error; background: @error_soft; }"
    "ins { color: @done; background: @done_soft; text-decoration: underline; }"
)


class ChangeView(QTextBrowser):
    """`del` and `ins` are what went and came, `.place` says where, `.wrong` what is doubtful."""

    def __init__(self, name: str) -> None:
        super().__init__()
        calm(self)
        self.setAccessibleName(name)
        self.setStyleSheet(theme.TEXT_AREA)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.STEP)
        self.take_colours()

    def take_colours(self) -> None:
        """What is shown is written anew by whoever shows it."""
        self.document().setDefaultStyleSheet(shade(_STYLE))
