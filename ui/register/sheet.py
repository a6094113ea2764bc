"""申请登记 over the page of 表三: the lines, what is wrong with them, Excel in and out, and the way into the table."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.register import tally
from app.register.rows import RegisterRead
from app.storage import files
from ui.kit import dialogs, file_dialogs, theme, widgets
from ui.kit.elided import Line
from ui.kit.jobs import Job, show_progress
from ui.register.model import COLUMNS, RegisterModel
from ui.register.view import RegisterView
from ui.state.controller import Controller
from ui.state.open_entries import Unread

_EXCEL = "Excel 表格 (*.xlsx)"
_LOW = "QPushButton { padding: 1px 8px; min-height: 18px; }"  # where every line counts
_NARROW = "QPushButton { padding: 4px 10px; }"  # one of five in a line
_MOST_TOLD = 6  # problems of a file in the question; the rest are counted


class RegisterSheet(QWidget):
    """`closed` asks for the table again; `counted_wanted` asks for the table to be filled from the lines."""

    closed = Signal()
    counted_wanted = Signal()
    message = Signal(str)

    def __init__(self, controller: Controller, page: str, table_name: str) -> None:
        super().__init__()
        self.controller = controller
        self._page = page
        self.lines = RegisterModel(controller, self)
        self.view = RegisterView(self.lines)
        self.state = Line(self, theme.FAINT)
        self.said = widgets.note()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP // 2 if theme.is_compact() else theme.STEP)
        column.addLayout(self._headline(table_name))
        column.addWidget(self.view, 1)
        column.addWidget(self.said)
        self.view.current.connect(lambda _row: self._say_line())
        self.view.told.connect(self.message)
        self.view.typing_changed.connect(controller.entries_changed)
        self.lines.dataChanged.connect(lambda *_: self._say_line())
        controller.watch(self)
        controller.changed.connect(self._on_changed)
        self.refresh()

    def _headline(self, table_name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        name = widgets.heading("申请登记")
        name.setWordWrap(False)
        row.addWidget(name)
        row.addWidget(self.state, 1)
        self.count_button = self._button(
            f"填入{table_name}…", "按登记算出表里的数，先看再填，可以撤销", self.counted_wanted.emit
        )
        self.read_button = self._button(
            "导入Excel…", "从 .xlsx 导入登记，先说明读到什么再收下", self.read_file
        )
        self.write_button = self._button("存成Excel…", "把登记存成 .xlsx，可以发给别人填", self.write_file)
        self.remove_button = self._button("删除行", "删除选中的行（Ctrl+Delete），可以撤销", self._remove)
        self.close_button = self._button(f"回到{table_name}", "回到表格（F7）", self.closed.emit)
        self.count_button.is_passed_by = self.remove_button.is_passed_by = True
        for button in (
            self.count_button,
            self.read_button,
            self.write_button,
            self.remove_button,
            self.close_button,
        ):
            row.addWidget(button)
        return row

    def _button(self, words: str, tip: str, call: Callable[[], object]) -> widgets.PushButton:
        made = widgets.button(words, call, theme.BUTTON + (_LOW if theme.is_compact() else _NARROW))
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
        return made

    # -- showing -------------------------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def set_read_only(self, is_read_only: bool) -> None:
        self.lines.is_read_only = is_read_only

    def refresh(self) -> None:
        if not self.controller.has_document or self.controller.document is not self.lines.document:
            return
        self.lines.refresh()
        lines = self.controller.document.report.register
        year = self.controller.document.report.year
        parts = [f"{len(lines)}件" if lines else "一件申请写一行，也可以从 Excel 里复制了粘贴进来"]
        carried = sum(one.is_carried_in for one in lines)
        left = sum(tally.is_open_at_end(one, year) for one in lines)
        parts += [f"上年结转{carried}件"] if carried else []
        parts += [f"未办结{left}件"] if left else []
        warned = sum(self.lines.is_warned(row) for row in range(len(lines)))
        parts += [f"请看{warned}行"] if warned else []
        self.state.setText("　".join(parts))
        is_open = not self.lines.is_read_only
        self.count_button.setEnabled(is_open and bool(lines))
        self.remove_button.setEnabled(is_open and bool(lines))
        self.read_button.setEnabled(is_open)
        self._say_line()

    def _say_line(self) -> None:
        """What is wrong with the line under the cursor, or how its field is typed."""
        index = self.view.currentIndex()
        problems = self.lines.problems(index.row()) if index.isValid() else ()
        hint = self.lines.hint(index.column()) if index.isValid() else tally.PRIVACY
        self.said.setText("；".join(problems) if problems else hint)
        is_warned = index.isValid() and self.lines.is_warned(index.row())
        widgets.set_colour(self.said, theme.WARNING if is_warned else theme.FAINT)

    def show_lines(self, rows: tuple[int, ...]) -> None:
        self.view.show_lines(rows)

    def _remove(self) -> None:
        self.view.remove_lines()
        self.view.setFocus()

    # -- what is typed and not yet the report's ------------------------------------------------------------------------

    def take_over(self) -> None:
        if self.controller.watches(self):
            self.view.take_over()

    @property
    def is_open(self) -> bool:
        return bool(self.view.open_editor or self.lines.drafts)

    def unread(self) -> list[Unread]:
        return [
            Unread(
                f"申请登记第{row + 1}行{COLUMNS[column].heading}“{draft.text}”看不懂",
                self._page,
                partial(self._show_cell, row, column),
            )
            for (row, column), draft in self.lines.drafts.items()
        ]

    def _show_cell(self, row: int, column: int) -> None:
        self.view.setCurrentIndex(self.lines.index(row, column))
        self.view.setFocus()

    # -- Excel ---------------------------------------------------------------------------------------------------------

    def write_file(self) -> None:
        """The register as a workbook."""
        self.take_over()
        report = self.controller.document.report
        start = Path(self.controller.folder("register")) / f"{report.year}年申请登记.xlsx"
        path, _ = file_dialogs.to_save(self, "存成Excel", start, _EXCEL, ".xlsx")
        if path is None:
            return
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")

        def work(step: Callable[[str], None]) -> Path:
            from app.register.workbook import workbook_bytes

            step("正在写……")
            files.write_bytes(path, workbook_bytes(report))
            return path

        self._run(work, self._on_written, "正在存成Excel……")

    def _on_written(self, path: Path) -> None:
        self.controller.remember_folder("register", path.parent)
        self.message.emit(f"已存成“{path}”")

    def read_file(self) -> None:
        """Lines of a workbook; what was read is said before it is taken."""
        self.take_over()
        path = dialogs.file_to_open(self, self.controller.folder("register"), "导入Excel", _EXCEL)
        if path is not None:
            self.read_path(path)

    def read_path(self, path: Path) -> None:
        report = self.controller.document.report

        def work(step: Callable[[str], None]) -> RegisterRead:
            from app.register.workbook import read

            step("正在读……")
            return read(files.read_bytes(path), report)

        self.controller.remember_folder("register", path.parent)
        self._run(work, self._on_read, "正在导入……")

    def _run(
        self, work: Callable[[Callable[[str], None]], object], done: Callable[[Any], None], words: str
    ) -> None:
        job = Job(work)
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        show_progress(job, words, self)
        job.start()

    def _on_failed(self, error: Exception) -> None:
        dialogs.refuse(self, error)

    def _on_read(self, found: RegisterRead) -> None:
        if not self.controller.has_document or self.controller.document is not self.lines.document:
            return
        if not found.lines:
            dialogs.refuse(self, UserError("表格里没有登记", "请确认选对了文件"))
            return
        told = list(found.problems[:_MOST_TOLD])
        if more := len(found.problems) - len(told):
            told.append(f"还有{more}处")
        old = self.lines.document.report.register
        choices = ["接在后面", "换掉原来的", "取消"] if old else ["导入", "取消"]
        what = f"读到{len(found.lines)}件申请" + (f"，已经登记了{len(old)}件" if old else "") + "。"
        answer = dialogs.ask(self, what, "\n".join(told), choices)
        if answer == len(choices) - 1:
            return
        lines = (*old, *found.lines) if old and answer == 0 else found.lines
        self.lines.document.put("导入申请登记", register=lines)
        self.message.emit(f"已导入{len(found.lines)}件，可以撤销")
        self.view.setFocus()
