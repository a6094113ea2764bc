"""设置: the county's deadline, limit and word list, the folder of own faces, size and shade of the window."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app import paths
from app.checks.language.word_lists import word_lists
from app.checks.packs import packs
from app.storage.settings import Settings
from ui.kit import appearance, dialogs, palette, theme, widgets
from ui.kit.choices import Combo, Spin
from ui.state.controller import Controller

_MOST = 99_999
_MOST_TOLD = 3  # complaints: the first are mended first
_LISTS = "词表文件 (*.toml *.tsv *.txt)"


def change_settings(controller: Controller, window: QWidget, size_changed: Callable[[int], object]) -> None:
    """Ask, and keep what was chosen; `size_changed` is told another size of the type in per cent."""
    dialog = SettingsDialog(controller.settings, controller.folder("word_list"), window)
    is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.chosen
    dialog.deleteLater()
    if not is_wanted or chosen == controller.settings:
        return
    before = controller.settings
    controller.change_settings(chosen)
    appearance.choose(chosen.appearance)
    controller.message.emit("设置已保存")
    if before.font_scale != chosen.font_scale:
        size_changed(chosen.font_scale)


class SettingsDialog(QDialog):
    """`chosen` is what the fields say."""

    def __init__(self, settings: Settings, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self.setMaximumHeight(440)
        self._settings, self._folder = settings, folder
        self._list = settings.checks.word_list
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.STEP * 2)
        self._grid.setVerticalSpacing(theme.STEP)
        self._grid.setColumnStretch(1, 1)
        layout.addLayout(self._grid)
        self._add_county()
        self._add_window()
        layout.addStretch(1)
        layout.addWidget(widgets.line())
        layout.addLayout(self._foot())
        self.resize(560, self.sizeHint().height())  # no void between the fields and the answers

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _row(self, name: str, *fields: QWidget, note: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        for one in fields:
            row.addWidget(one)
        if note:
            quiet = widgets.note(note)
            row.addWidget(quiet, 1)
        else:
            row.addStretch(1)
        at = self._grid.rowCount()
        caption = widgets.label(name)
        caption.setWordWrap(False)
        caption.setBuddy(fields[0])
        self._grid.addWidget(caption, at, 0)
        self._grid.addLayout(row, at, 1)

    def _add_county(self) -> None:
        checks = self._settings.checks
        self.month = _number("公布期限的月份", 1, 12, checks.deadline_month, " 月")
        self.day = _number("公布期限的日子", 1, 31, checks.deadline_day, " 日")
        self._row("公布期限", self.month, self.day, note="第二年的这一天以前，以县里的通知为准")
        self.limit = _number("总体情况的字数上限", 0, _MOST, checks.overview_limit or 0, " 字")
        self.limit.setSpecialValueText("不限")
        self._row("总体情况不超过", self.limit, note="0 就是不限")
        self.pack = Combo()
        self.pack.setAccessibleName("地方要求")
        self.pack.setMinimumHeight(28)
        for one in packs():
            self.pack.addItem(f"{one.name}（文件有误）" if one.complaint else one.name, one.key)
            self.pack.setItemData(
                self.pack.count() - 1, one.complaint or one.source, Qt.ItemDataRole.ToolTipRole
            )
        self.pack.setCurrentIndex(max(0, self.pack.findData(checks.pack)))
        self._row("地方要求", self.pack)
        self.list_label = widgets.Elided("", theme.POINT_SIZE, theme.INK)
        self.list_label.setMinimumWidth(180)
        self.list_button = _link("", self._choose_list)
        self._row("县里的词表", self.list_button, self.list_label)
        self.complaint = widgets.label("", colour=theme.ERROR)
        self._grid.addWidget(self.complaint, self._grid.rowCount(), 1)
        self._show_list()

    def _add_window(self) -> None:
        fonts = _link("打开字体文件夹", self._open_fonts)
        self._row("自己的字体", fonts, note="字体文件放进去，排版就先用它")
        self.type_size = Combo()
        self.type_size.setAccessibleName("字号")
        for percent, name in palette.SIZES.items():
            self.type_size.addItem(name, percent)
        self.type_size.setCurrentIndex(max(0, self.type_size.findData(self._settings.font_scale)))
        self.shade = Combo()
        self.shade.setAccessibleName("外观")
        for key, name in palette.APPEARANCES.items():
            self.shade.addItem(name, key)
        self.shade.setCurrentIndex(max(0, self.shade.findData(self._settings.appearance)))
        for one in (self.type_size, self.shade):
            one.setMinimumHeight(28)
        self._row("字号和外观", self.type_size, self.shade)

    def _foot(self) -> QHBoxLayout:
        self.ok = widgets.primary("确定", self._accept)
        return widgets.answers(self.ok, self.reject)

    # -- the word list -------------------------------------------------------------------------------------------------

    def _choose_list(self) -> None:
        if self._list:
            self._list = ""
        else:
            path = dialogs.file_to_open(self, self._folder, "选择县里的词表", _LISTS)
            self._list = str(path) if path is not None else ""
        self._show_list()

    def _show_list(self) -> None:
        self.list_button.setText("不用了" if self._list else "选择文件…")
        self.list_label.setText(Path(self._list).name if self._list else "没有另加")
        self.list_label.setToolTip(self._list)
        complaints = word_lists(self._list).complaints if self._list else ()
        self.complaint.setText("\n".join(f"{one}。" for one in complaints[:_MOST_TOLD]))
        self.complaint.setVisible(bool(complaints))

    def _open_fonts(self) -> None:
        folder = paths.user_fonts()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.complaint.setText(f"打不开“{folder}”，请确认这个文件夹可以写入。")
            self.complaint.show()
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # -- the answer ----------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Settings:
        checks = replace(
            self._settings.checks,
            deadline_month=self.month.value(),
            deadline_day=self.day.value(),
            overview_limit=self.limit.value() or None,
            word_list=self._list,
            pack=self.pack.currentData() if self.pack.currentIndex() > 0 else "",
        )
        return replace(
            self._settings,
            checks=checks,
            font_scale=self.type_size.currentData(),
            appearance=self.shade.currentData(),
        )

    def _accept(self) -> None:
        """A day that its month has not is told; nothing is kept before it is right."""
        try:
            self.chosen.checks.deadline(2023)
        except ValueError:
            self.complaint.setText(f"{self.month.value()}月没有{self.day.value()}日，请改正公布期限。")
            self.complaint.show()
            self.day.setFocus()
            return
        self.accept()


def _link(words: str, call: Callable[[], object]) -> widgets.PushButton:
    """It begins where the fields over it begin."""
    made = widgets.link(words, call)
    made.setStyleSheet(theme.LINK + "QPushButton { padding: 3px 0px; }")
    return made


def _number(name: str, least: int, most: int, value: int, unit: str) -> QSpinBox:
    box = Spin()
    box.setAccessibleName(name)
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(unit)
    box.setMinimumHeight(28)
    return box
