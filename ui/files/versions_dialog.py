"""历史版本: the list of kept versions; any two compared, one looked at as printed, named, brought back."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.report import comparing
from app.report.comparing import Difference
from app.session import session, versions
from app.session.document import ReportDocument
from app.session.versions import Version
from app.storage import backups
from ui.kit import dialogs, theme, widgets
from ui.kit.change_view import ChangeView
from ui.kit.choices import Combo
from ui.kit.scroll_bars import calm
from ui.kit.splitter import Splitter
from ui.printing.page_view import Opened, PageView
from ui.state.controller import Controller

_MOST_SHOWN = 300  # differences


class VersionsDialog(QDialog):
    """The version chosen at the left is compared with the one in the box at the right."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.setWindowTitle("历史版本")
        self.setMinimumSize(720, 400)
        self.resize(860, 400 if theme.is_compact() else 560)
        self.list = QListWidget()
        calm(self.list)
        self.list.setAccessibleName("保存过的版本")
        self.list.setMinimumWidth(240)
        self.list.setStyleSheet(theme.LIST)
        self.other = Combo()
        self.other.setAccessibleName("与哪个版本比较")
        self.summary = widgets.label("", bold=True)
        self.view = ChangeView("不同的地方")
        splitter = Splitter(theme.STEP * 2)
        splitter.addWidget(self.list)
        splitter.addWidget(self._right())
        splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP * 2, theme.STEP * 2, theme.STEP * 2, theme.STEP * 2)
        column.addWidget(splitter, 1)
        column.addLayout(self._buttons())
        self.fill()
        self.list.currentRowChanged.connect(lambda _row: self.show_differences())
        self.other.currentIndexChanged.connect(lambda _index: self.show_differences())
        self.list.setFocus()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _right(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        caption = QLabel("与")
        caption.setBuddy(self.other)
        row.addWidget(caption)
        row.addWidget(self.other, 1)
        row.addWidget(QLabel("比较"))
        column.addLayout(row)
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)
        return made

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.look_button = widgets.button("看这个版本…", self.look)
        self.name_button = widgets.button("起名字…", self.give_name)
        self.back_button = widgets.primary("恢复到这个版本", self.bring_back)
        row.addWidget(self.look_button)
        row.addWidget(self.name_button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(widgets.button("关闭", self.reject))
        return row

    # -- showing -------------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """All versions anew; the second one is chosen, since the first is what stands now."""
        self.versions: list[Version] = versions.versions_of(self.controller.document)
        for box in (self.list, self.other):
            box.blockSignals(True)
            box.clear()
            for one in self.versions:
                box.addItem(one.title)
            box.blockSignals(False)
        self.list.setCurrentRow(min(1, len(self.versions) - 1))
        self.other.setCurrentIndex(0)
        self.show_differences()

    @property
    def chosen(self) -> Version:
        return self.versions[max(0, self.list.currentRow())]

    def show_differences(self) -> None:
        other = self.versions[max(0, self.other.currentIndex())]
        is_now = self.list.currentRow() <= 0
        self.back_button.setEnabled(not is_now and not self.controller.is_frozen)
        self.name_button.setEnabled(self.chosen.backup is not None)
        try:
            old, new = self.chosen.load(), other.load()
        except UserError as error:
            self.summary.setText(str(error))
            self.view.clear()
            return
        found = comparing.differences(old, new)
        self.summary.setText(f"从“{self.chosen.title}”到“{other.title}”，{comparing.summary(found)}")
        self.view.setHtml(as_html(found))

    def follow_palette(self) -> None:
        self.view.take_colours()
        self.show_differences()

    # -- what is done --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """The pages of a version as they would be printed; nothing can be changed there."""
        try:
            report = self.chosen.load()
            opened = Opened(session.preview(ReportDocument(report)))
        except UserError as error:
            dialogs.refuse(self, error)
            return
        dialog = QDialog(self)
        dialog.setWindowTitle(f"{self.chosen.title}（只能看）")
        dialog.resize(self.size())
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        pages = PageView()
        column.addWidget(pages)
        pages.show_pdf(opened)
        dialog.exec()
        pages.clear()
        dialog.deleteLater()

    def give_name(self) -> None:
        backup = self.chosen.backup
        if backup is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle("起名字")
        dialog.setLabelText("起了名字的版本一直保留。名字，如：县里退回前")
        dialog.setTextValue(backup.name)
        dialog.setOkButtonText("好")
        dialog.setCancelButtonText("取消")
        is_given, name = dialog.exec() == QDialog.DialogCode.Accepted, dialog.textValue()
        dialog.deleteLater()
        if not is_given:
            return
        try:
            backups.rename(backup, name)
        except UserError as error:
            dialogs.refuse(self, error)
        row = self.list.currentRow()
        self.fill()
        self.list.setCurrentRow(row)

    def bring_back(self) -> None:
        title = self.chosen.title
        try:
            versions.brought_back(self.controller.document, self.chosen)
        except UserError as error:
            dialogs.refuse(self, error)
            return
        self.controller.message.emit(f"已恢复“{title}”，可以撤销")
        self.accept()


def as_html(found: Sequence[Difference]) -> str:
    """Each difference with what went and what came."""
    parts = [
        f"<p><span class='place'>{escape(one.place)}</span><br>{_changed(one)}</p>"
        for one in found[:_MOST_SHOWN]
    ]
    if len(found) > _MOST_SHOWN:
        parts.append(f"<p>……共{len(found)}处</p>")
    return "".join(parts)


def _changed(one: Difference) -> str:
    if one.pieces:
        tags = {" ": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
        return "".join(tags[piece.sign].format(escape(piece.text)) for piece in one.pieces)
    gone = f"<del>{escape(one.old)}</del>" if one.old else ""
    come = f"<ins>{escape(one.new)}</ins>" if one.new else ""
    return " → ".join(filter(None, [gone, come]))


def show_versions(controller: Controller, parent: QWidget) -> None:
    controller.take_over()
    dialog = VersionsDialog(controller, parent)
    dialog.exec()
    dialog.deleteLater()
