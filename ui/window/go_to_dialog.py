"""转到: type a few words, or the first letters of their pinyin, and go to a page, a part of a text, a field or a cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.form.model import CellRef
from app.report.aspects import treated
from app.report.entry import show_value
from app.session.document import ReportDocument
from ui.kit import dialogs, theme, widgets
from ui.kit.initials import has_initials, is_initials, spoken
from ui.kit.scroll_bars import calm
from ui.state.section_states import Place, places

_TARGET = Qt.ItemDataRole.UserRole
_MOST = 200  # lines that are shown; who sees so many types another word
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Target:
    """A place of the report: what it is called, its page, and the cell or the character there."""

    words: str
    page: str
    cell: CellRef | None = None
    start: int = -1
    beside: str = ""  # what stands there
    letters: tuple[str, ...] = ()

    def meets(self, wanted: list[str]) -> bool:
        """Whether it has every word, as typed or by first letters."""
        return all(
            one in self.words or (is_initials(one) and has_initials(self.letters, one)) for one in wanted
        )


def targets(document: ReportDocument) -> list[Target]:
    """Everything that can be gone to, in the order of the report."""
    return [
        Target(one.words, one.page, one.cell, one.start, one.beside, spoken(one.words))
        for place in places(document.form)
        for one in _of(document, place)
    ]


def _of(document: ReportDocument, place: Place) -> Iterator[Target]:
    yield Target(place.title, place.key)
    section = next((one for one in document.form.sections if one.key == place.key), None)
    if section is None:
        return
    begun = treated(document.report.narrative(place.key), section.aspects)
    for aspect in section.aspects:
        at = begun.get(aspect.key, -1)
        yield Target(
            f"{place.short_title}　{aspect.label}", place.key, start=at, beside="" if at >= 0 else "还没有写"
        )
    for ref in section.cells:
        value = document.report[ref]
        words = f"{place.short_title}　{document.form.label(ref)}"
        yield Target(words, place.key, ref, beside="空" if value is None else show_value(value))


class GoToDialog(QDialog):
    """`chosen` is where to go, once it is accepted."""

    def __init__(self, document: ReportDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("转到")
        self._targets = targets(document)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        self.field = widgets.Field("转到哪里")
        self.field.setPlaceholderText("几个字或拼音首字母，如：规章 现行有效、三 结转、gzxxyx")
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        layout.addWidget(self.field)
        self.list = QListWidget()
        calm(self.list)
        self.list.setAccessibleName("可以去的地方")
        self.list.setStyleSheet(theme.LIST)
        self.list.setUniformItemSizes(True)
        self.list.itemActivated.connect(lambda _item: self.accept())
        layout.addWidget(self.list, 1)
        self.said = widgets.note()
        self.ok_button = widgets.primary("转到", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject, self.said))
        self.resize(theme.scaled(_WIDTH), dialogs.MOST_HIGH)
        self._fill("")

    @property
    def chosen(self) -> Target | None:
        item = self.list.currentItem()
        found: Target | None = item.data(_TARGET) if item is not None else None
        return found

    def _fill(self, text: str) -> None:
        """Without a word only the pages; the shortest name that has all the words comes first."""
        wanted = text.split()
        if wanted:
            found = [one for one in self._targets if one.meets(wanted)]
            found.sort(key=lambda one: one.cell is not None and not _begins(one, wanted))
        else:
            found = [one for one in self._targets if one.cell is None and "　" not in one.words]
        self.list.clear()
        for one in found[:_MOST]:
            item = QListWidgetItem(f"{one.words}　　{one.beside}".rstrip(), self.list)
            item.setData(_TARGET, one)
            item.setToolTip(one.words)
        self.list.setCurrentRow(0)
        self.ok_button.setEnabled(bool(found))
        more = f"，只列出前{_MOST}处" if len(found) > _MOST else ""
        self.said.setText(f"共{len(found)}处{more}。" if found else "没有这样的地方，换几个字试试。")

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(field, event)


def _begins(one: Target, wanted: list[str]) -> bool:
    """Whether the first word stands where the name of the row begins: before another that only has it somewhere."""
    return one.words.partition("　")[2].startswith(wanted[0])


def ask_place(document: ReportDocument, parent: QWidget, go: Callable[[Target], object]) -> None:
    """Ask where to, and go there."""
    dialog = GoToDialog(document, parent)
    is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
    target = dialog.chosen
    dialog.deleteLater()
    if is_chosen and target is not None:
        go(target)
