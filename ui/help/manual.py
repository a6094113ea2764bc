"""帮助 → 使用手册: the manual of resources/help in a window of its own, its chapters in a list, searchable without network."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from app import paths
from ui.kit import theme, widgets
from ui.kit.qt_gaps import text_mark
from ui.kit.scroll_bars import calm

_MARK = "## "
_SMOOTH = Qt.TransformationMode.SmoothTransformation


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    text: str  # Markdown

    def has(self, words: str) -> bool:
        return words.casefold() in f"{self.title}\n{self.text}".casefold()


def chapters() -> list[Chapter]:
    """The manual, chapter by chapter."""
    lines = (paths.resources() / "help" / "manual.md").read_text("utf-8").splitlines()
    found: list[Chapter] = []
    for line in lines:
        if line.startswith(_MARK):
            found.append(Chapter(line.removeprefix(_MARK), f"{line}\n"))
        elif found:
            found[-1] = Chapter(found[-1].title, f"{found[-1].text}{line}\n")
    return found


class _Sheet(QTextBrowser):
    """A chapter; its pictures are never wider than the window. `resized` when they want to be made anew."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        calm(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that the width is one

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(str(paths.resources() / "help" / QUrl(name).fileName()))
        room = self.viewport().width() - round(self.document().documentMargin() * 2)
        return image.scaledToWidth(room, _SMOOTH) if image.width() > room > 0 else image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.resized.emit)


class Manual(QWidget):
    """Chapters at the left, the chosen one at the right; what is searched for is marked in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用手册")
        self.resize(820, 520)
        self.setMinimumSize(560, 320)
        widgets.on_paper(self)
        self._chapters = chapters()
        self.search = widgets.Field("在手册里查找")
        self.search.setPlaceholderText("查找，例如：粘贴、结转、定稿")
        self.search.textChanged.connect(self._on_search)
        self.list = QListWidget()
        calm(self.list)
        self.list.setAccessibleName("手册的各章")
        self.list.setStyleSheet(theme.CHAPTERS)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.text = _Sheet()
        self.text.resized.connect(lambda: self._on_chosen(self.list.currentRow()))
        self.text.setAccessibleName("手册正文")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setFont(theme.font(theme.TEXT))
        self.text.document().setDocumentMargin(theme.STEP * 2)
        self.text.setSearchPaths([str(paths.resources() / "help")])
        self.text.setOpenLinks(False)
        self.nothing = widgets.note()
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+F"), self, self._to_search)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._on_search("")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.STEP)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing)
        side = QWidget()
        side.setFixedWidth(216)
        side.setLayout(left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        edge = widgets.line()
        edge.setFixedSize(1, 16777215)
        edge.setMinimumHeight(0)
        row.addWidget(edge)
        row.addWidget(self.text, 1)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_search(self, words: str) -> None:
        self._found = [one for one in self._chapters if one.has(words.strip())]
        self.list.clear()
        self.list.addItems([one.title for one in self._found])
        self.nothing.setText("" if self._found else "没有找到，请换一个词。")
        self.nothing.setVisible(not self._found)
        self.list.setCurrentRow(0)
        if not self._found:
            self.text.clear()

    def _on_chosen(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.text.document().setBaseUrl(QUrl.fromLocalFile(str(paths.resources() / "help") + "/"))
            self.text.document().setMarkdown("")  # pictures of another width go
            self.text.setMarkdown(self._found[row].text)
            self._mark(self.search.text().strip())

    def _mark(self, words: str) -> None:
        look = QTextCharFormat()
        look.setBackground(theme.PENDING)
        places = []
        place = QTextCursor(self.text.document())
        while words and not (place := self.text.document().find(words, place)).isNull():
            places.append(place)
        self.text.setExtraSelections([text_mark(one, look) for one in places])
        if places:
            first = QTextCursor(places[0])
            first.setPosition(first.selectionStart())
            self.text.setTextCursor(first)


def open_manual(window: QWidget) -> None:
    """One window of it, in front."""
    manual = next(iter(window.findChildren(Manual)), None) or Manual(window)
    manual.show()
    manual.raise_()
    manual.activateWindow()
    manual.search.setFocus()
