"""附件: their names, in their order, and what is printed of each behind the report."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.chinese import with_whole_characters
from app.report.model import MOST_ATTACHMENTS, Attachment
from app.session.document import ReportFrozen
from ui.kit import dialogs, theme, widgets
from ui.kit.scroll_bars import calm
from ui.kit.splitter import Splitter
from ui.state.controller import Controller

_WHAT = "附件名称列在正文后面；写了内容的，另起一页印在报告后面。"
_NO_NAME = "（还没有名称）"


class AttachmentsDialog(QDialog):
    """`attachments` is what is wanted; one without a name is none."""

    def __init__(self, attachments: Sequence[Attachment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = tuple(attachments)
        self._all = list(attachments)
        self.setWindowTitle("附件")
        self.setMinimumSize(640, 340)
        self.resize(780, 400 if theme.is_compact() else 480)
        splitter = Splitter(theme.STEP * 2)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setSizes([260, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.note(_WHAT))
        column.addWidget(splitter, 1)
        self.ok_button = widgets.primary("确定", self.accept)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self._fill(0)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        self.list = QListWidget()
        calm(self.list)
        self.list.setAccessibleName("附件")
        self.list.setStyleSheet(theme.LIST)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.add_button = widgets.button("添加", self.add)
        self.remove_button = widgets.button("删除", self.remove)
        self.up_button = widgets.button("上移", lambda: self.move_by(-1))
        for one in (self.add_button, self.remove_button, self.up_button):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _right(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP // 2)
        self.name, self.text = widgets.Field("附件名称"), QPlainTextEdit()
        self.name.setMaxLength(80)  # as long as an import takes it for one
        self.name.setPlaceholderText("如：某镇主动公开目录")
        self.text.setAccessibleName("附件内容")
        self.text.setPlaceholderText("可以不写：只列出名称，附件另外装订。")
        self.text.setTabChangesFocus(True)
        self.text.setStyleSheet(theme.PLAIN_AREA)
        calm(self.text)
        for words, field in (("名称", self.name), ("内容", self.text)):
            caption = QLabel(words)
            caption.setBuddy(field)
            column.addWidget(caption)
            column.addWidget(field, 1 if field is self.text else 0)
        self.name.textEdited.connect(lambda _text: self._take())
        self.text.textChanged.connect(self._take)
        return made

    # -- showing -------------------------------------------------------------------------------------------------------

    def _fill(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for number, one in enumerate(self._all, 1):
            self.list.addItem(f"{number}. {one.name or _NO_NAME}")
        self.list.setCurrentRow(max(0, min(row, len(self._all) - 1)) if self._all else -1)
        self.list.blockSignals(False)
        self._show()

    def _show(self) -> None:
        row = self.list.currentRow()
        one = self._all[row] if row >= 0 else Attachment("")
        self.text.blockSignals(True)
        self.name.setText(one.name)
        self.text.setPlainText(one.text)
        self.text.blockSignals(False)
        for field in (self.name, self.text, self.remove_button):
            field.setEnabled(row >= 0)
        self.up_button.setEnabled(row > 0)
        self.add_button.setEnabled(len(self._all) < MOST_ATTACHMENTS)

    # -- doing ---------------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """What stands in the fields is the chosen one's."""
        row = self.list.currentRow()
        if row >= 0:
            name = " ".join(with_whole_characters(self.name.text()).split())
            self._all[row] = Attachment(name, with_whole_characters(self.text.toPlainText()))
            self.list.item(row).setText(f"{row + 1}. {name or _NO_NAME}")

    def add(self) -> None:
        self._all.append(Attachment(""))
        self._fill(len(self._all) - 1)
        self.name.setFocus()

    def remove(self) -> None:
        row = self.list.currentRow()
        one = self._all[row]
        if one.text.strip():
            words = f"“{one.name or _NO_NAME}”写了{len(one.text)}个字，要删去吗？"
            if dialogs.ask(self, words, "按“确定”以后可以撤销。", ["删去", "取消"], 1) != 0:
                return
        del self._all[row]
        self._fill(row)

    def move_by(self, by: int) -> None:
        row = self.list.currentRow()
        self._all.insert(row + by, self._all.pop(row))
        self._fill(row + by)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self._all if one.name)

    def accept(self) -> None:
        """One with a text and without a name is asked about, not dropped."""
        if any(one.text.strip() and not one.name for one in self._all):
            dialogs.tell(self, "有一个附件写了内容，还没有名称。", "请写上名称，或者把它删去。")
            self.list.setCurrentRow(
                next(n for n, one in enumerate(self._all) if one.text.strip() and not one.name)
            )
            self.name.setFocus()
            return
        super().accept()

    def reject(self) -> None:
        """What was typed is not given up by a slip."""
        is_typed = [one for one in self._all if one.name or one.text] != list(self._before)
        if is_typed and dialogs.ask(self, "附件有改动，不要了吗？", "", ["不要了", "接着写"], 1) != 0:
            return
        super().reject()


def edit_attachments(controller: Controller, parent: QWidget) -> None:
    """Ask, then one step of undo."""
    if controller.is_frozen:
        dialogs.refuse(parent, ReportFrozen())
        return
    controller.take_over()
    dialog = AttachmentsDialog(controller.document.report.attachments, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        controller.document.put("修改附件", attachments=dialog.attachments)
    dialog.deleteLater()
