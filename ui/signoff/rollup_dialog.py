"""县级汇总: choose the units' files or their folder, see who is how far, open one, write the workbook and the county's report."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTreeView, QWidget

from app.county import rollup, workbook
from app.county.rollup import Request, Rollup
from app.county.units import Unit
from app.form.model import Severity
from app.storage import container, files, settings
from ui.kit import dialogs, file_dialogs, widgets
from ui.kit.choices import Combo
from ui.kit.list_dialog import ListDialog
from ui.kit.typed_fields import today
from ui.signoff.unit_list import HEADS, UnitList
from ui.state.controller import Controller

_WIDTHS = (220, 104, 60, 60, 60, 88, 88, 0)
_FILTERS: tuple[tuple[str, Callable[[Unit], object]], ...] = (
    ("全部", lambda unit: True),
    ("没有定稿", lambda unit: not unit.is_frozen),
    ("逾期", lambda unit: unit.is_overdue),
    ("有错误或结转不符", lambda unit: unit.number_of(Severity.ERROR) or unit.carried),
    ("有空白", lambda unit: unit.blanks),
    ("没有计入", lambda unit: not unit.is_counted),
)
_BOOK, _REPORT = "汇总表 (*.xlsx)", "年报助手的报告 (*.gknb)"


class RollupDialog(ListDialog):
    """`open_wanted` carries the path of a unit's report that is to be opened in the window."""

    open_wanted = Signal(object)

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        view = QTreeView()
        super().__init__(
            "县级汇总", "选择各单位报送的 .gknb 文件、上报包，或者它们所在的文件夹。", view, parent
        )
        self.list, self.units = view, UnitList(self)
        view.setModel(self.units)
        self.controller = controller
        self.found: Rollup | None = None
        self._paths: list[Path] = []
        self.folder_button = widgets.primary("选文件夹…", self.choose_folder)
        self.files_button = widgets.button("选文件…", self.choose_files)
        self.filter = Combo()
        self.filter.setAccessibleName("显示哪些单位")
        self.filter.addItems([words for words, _ in _FILTERS])
        self.filter.currentIndexChanged.connect(lambda _index: self._show())
        self.open_button = widgets.button("打开这份报告", self.open_unit)
        self.book_button = widgets.button("写汇总表…", lambda: self.write(".xlsx"))
        self.report_button = widgets.button("写县报告…", lambda: self.write(".gknb"))
        top = [self.folder_button, self.files_button, None, self.filter]
        foot = [self.open_button, None, self.book_button, self.report_button]
        self.build(top, "各单位", list(zip(HEADS, _WIDTHS, strict=True)), foot)
        view.activated.connect(lambda _index: self.open_unit())
        view.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self._show()

    # -- reading -------------------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        folder = file_dialogs.folder_of(self, "选择文件夹", self.controller.folder("rollup"))
        if folder is not None:
            self.controller.remember_folder("rollup", folder)
            self.read([folder])

    def choose_files(self) -> None:
        kinds = "报告和上报包 (*.gknb *.zip);;所有文件 (*)"
        if paths := dialogs.files_to_open(self, self.controller.folder("rollup"), "选择报告", kinds):
            self.controller.remember_folder("rollup", paths[0].parent)
            self.read(paths)

    def read(self, paths: list[Path]) -> None:
        """Read and add up off the GUI thread."""
        self._paths = paths
        request = Request(today(), settings=settings.load().checks)
        self.run(lambda step: rollup.roll_up(paths, request, step), "正在导入和核对……", self.show_rollup)

    def show_rollup(self, found: Rollup) -> None:
        self.found = found
        lines = list(islice(found.words, 2))
        if found.bad:
            lines.append(f"{len(found.bad)}个文件打不开：{found.bad[0][0]}，{found.bad[0][1]}")
        self.summary.setText("\n".join(lines))
        self._show()
        self.list.setFocus()

    def _show(self) -> None:
        wanted = _FILTERS[self.filter.currentIndex()][1]
        self.units.show([unit for unit in (self.found.units if self.found else ()) if wanted(unit)])
        self.list.setCurrentIndex(self.units.index(0, 0))
        self._enable()

    def _enable(self) -> None:
        has_any = self.found is not None and bool(self.found.counted)
        self.book_button.setEnabled(self.found is not None)
        self.report_button.setEnabled(has_any)
        self.open_button.setEnabled(self._path() is not None)

    # -- what is done --------------------------------------------------------------------------------------------------

    def _path(self) -> Path | None:
        """The file of the chosen unit, where it lies by itself (not in a 上报包)."""
        unit = self.units.unit_at(self.list.currentIndex().row())
        return unit.path if unit is not None else None

    def open_unit(self) -> None:
        if (path := self._path()) is not None:
            self.accept()
            self.open_wanted.emit(path)

    def write(self, suffix: str) -> None:
        """汇总表 or 县报告, where one chooses."""
        found = self.found
        if found is None:
            return
        name = f"{found.year}年政府信息公开年报{'汇总' if suffix == '.xlsx' else '县报告'}{suffix}"
        start = Path(self.controller.folder("rollup")) / name
        kind = _BOOK if suffix == ".xlsx" else _REPORT
        path = dialogs.file_to_write(self, "保存", start, kind, suffix)
        if path is None:
            return

        def work(step: Callable[[str], None]) -> Path:
            step("正在写……")
            if suffix == ".xlsx":
                data = workbook.book_bytes(found, step)
            else:
                data = container.pack(container.Content(rollup.county_report(found)))
            files.write_bytes(path, data)
            return path

        self.run(work, "正在写……", self._on_written)

    def _on_written(self, path: Path) -> None:
        words = f"已写到“{path}”。"
        if path.suffix.lower() == ".gknb" and self.found and not all(one.is_whole for one in self.found.sums):
            words += "有单位没填的格没有合计，留作空白。"
        self.summary.setText(words)


def show_rollup(controller: Controller, parent: QWidget, open_path: Callable[[Path], object]) -> None:
    dialog = RollupDialog(controller, parent)
    dialog.open_wanted.connect(open_path)
    dialog.exec()
    dialog.deleteLater()
