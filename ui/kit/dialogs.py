"""Questions and refusals as small windows, every button in Chinese."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import UserError
from app.exporting.formats import FORMATS
from ui.kit import file_dialogs, theme, widgets
from ui.kit.scroll_bars import calm

REPORT = "年报助手的报告 (*.gknb)"
# What we write can be read again, and so can these.
_ALSO_READ = (".doc", ".wps", ".xls", ".et", ".rtf", ".odt")
_READ = (".gknb", *(suffix for one in FORMATS for suffix in one.suffixes), *_ALSO_READ)
ANY_REPORT = f"年报 ({' '.join(f'*{suffix}' for suffix in _READ)});;{REPORT};;所有文件 (*)"


class Question(QDialog):
    """A sentence, what it means, and the answers; the first is the obvious one, the last is what Esc means."""

    def __init__(
        self, parent: QWidget | None, what: str, details: str, choices: Sequence[str], standard: int
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("年报助手")
        self.what, self.details = what, details
        self.answer = len(choices) - 1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.STEP * 3, theme.STEP * 3, theme.STEP * 3, theme.STEP * 2)
        layout.setSpacing(theme.STEP)
        layout.addWidget(widgets.heading(what))
        self.text = widgets.label(details)
        if details:
            layout.addWidget(self.text)
        layout.addStretch()
        layout.addSpacing(theme.STEP)
        layout.addLayout(self._answers(choices, standard))
        widgets.give_letters(self)  # before it is measured
        self._fit(layout)

    def _answers(self, choices: Sequence[str], standard: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addStretch(1)
        self.buttons = [
            widgets.button(words, partial(self._take, number), _style(number == standard))
            for number, words in enumerate(choices)
        ]
        for made, words in zip(self.buttons, choices, strict=True):
            made.setAccessibleName(words)
            row.addWidget(made)
        self.buttons[standard].setDefault(True)
        self.buttons[standard].setFocus()
        return row

    def _fit(self, layout: QVBoxLayout) -> None:
        """As wide as the longest line wants within bounds, as high as that needs; then wider; then it scrolls."""
        lines = f"{self.what}\n{self.details}".split("\n")
        widest = max(
            QFontMetrics(theme.font(theme.SECTION, bold=True)).horizontalAdvance(one) for one in lines
        )
        least = max(layout.totalMinimumSize().width(), 320)  # what the buttons need
        wanted = max(widest + theme.STEP * 6, least)
        width = max(min(wanted, _WIDE), least)
        if layout.heightForWidth(width) > MOST_HIGH:
            width = min(wanted, MOST_WIDE)
        height = layout.heightForWidth(width)
        if height > MOST_HIGH and self.details:
            self._scroll(layout)
        self.setFixedSize(width, min(height, MOST_HIGH))

    def _scroll(self, layout: QVBoxLayout) -> None:
        """The details have more lines than a small screen: the arrow keys and the wheel reach the last."""
        area = QScrollArea()
        calm(area)
        area.setAccessibleName(self.what)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.replaceWidget(self.text, area)
        layout.setStretchFactor(area, 1)
        area.setWidget(self.text)
        for one in (area.viewport(), self.text):
            one.setAutoFillBackground(False)
        if len(self.buttons) == 1:
            area.setFocus()  # Enter and Esc still close it

    def _take(self, number: int) -> None:
        self.answer = number
        self.accept()


MOST_WIDE, MOST_HIGH = 720, 440  # logical pixels: what a small screen at 150 % has room for
_WIDE = 520  # lines that are comfortable to read


def _style(is_standard: bool) -> str:
    return theme.PRIMARY if is_standard else theme.BUTTON


def ask(parent: QWidget | None, what: str, details: str, choices: Sequence[str], standard: int = 0) -> int:
    """The number of the choice; the last one is what Esc means."""
    question = Question(parent, what, details, choices, standard)
    question.exec()
    question.deleteLater()
    return question.answer


def refuse(parent: QWidget | None, error: Exception) -> None:
    """What happened, and what to do about it; what is no refusal is a bug, and goes on as one."""
    if not isinstance(error, UserError):
        raise error
    tell(parent, f"{error.what}。", f"{error.what_to_do}。" if error.what_to_do else "")


def tell(parent: QWidget | None, what: str, details: str = "") -> None:
    ask(parent, what, details, ["知道了"])


def may_overwrite(parent: QWidget | None, names: Sequence[str]) -> bool:
    """Whether files of these names, which are there, may be written anew; nobody is asked where there are none."""
    told = "、".join(f"“{name}”" for name in names)
    return not names or ask(parent, f"{told}已经有了。", "要用新的内容覆盖吗？", ["覆盖", "取消"]) == 0


SAVE, GIVE_UP, CANCEL = 0, 1, 2


def ask_to_save(parent: QWidget | None, title: str, has_file: bool = True) -> int:
    """SAVE, GIVE_UP or CANCEL for changes that are not saved; without a file there is nothing but them."""
    what = f"“{title}”有改动没有保存。" if has_file else f"“{title}”还没有保存过。"
    lost = "上次保存以后的改动" if has_file else "整份报告"
    details = f"要保存吗？不保存的话，{lost}就没有了。"
    return ask(parent, what, details, ["保存", "不保存", "取消"])


def file_to_open(parent: QWidget | None, folder: str, title: str, kinds: str = ANY_REPORT) -> Path | None:
    return file_dialogs.to_open(parent, title, folder, kinds)


def files_to_open(parent: QWidget | None, folder: str, title: str, kinds: str = ANY_REPORT) -> list[Path]:
    """One file or several; none when it was cancelled."""
    return file_dialogs.several_to_open(parent, title, folder, kinds)


def file_to_save(parent: QWidget | None, path: Path) -> Path | None:
    return file_dialogs.to_save(parent, "保存报告", path, REPORT, ".gknb")[0]


def file_to_write(parent: QWidget | None, title: str, start: Path, kind: str, suffix: str) -> Path | None:
    """Where to write a file of one kind; its suffix stands whatever was typed. None when it was cancelled."""
    path, _ = file_dialogs.to_save(parent, title, start, kind, suffix)
    if path is None:
        return None
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def folder(parent: QWidget | None, start: str) -> Path | None:
    return file_dialogs.folder_of(parent, "选择保存文件的文件夹", start)
