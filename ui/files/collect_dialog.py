"""收数表 as a window: make one to send out, read those that came back, put in what is ticked."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.collecting.layout import chosen
from app.collecting.proposals import TITLES, Collected, Proposal, State, apply, collect, givers
from app.collecting.returned import SUFFIXES, Returned, read
from app.collecting.workbook import form_bytes
from app.errors import UserError
from app.report.entry import show_value
from app.report.model import Contribution
from app.report.place_names import place_of
from app.storage import files
from ui.kit import dialogs, theme, widgets
from ui.kit.choices import Combo
from ui.kit.list_dialog import RIGHT, ListDialog, row_of
from ui.kit.tick_boxes import show_ticks
from ui.state.controller import Controller

_COLUMNS = (("填入的格", 350), ("报告里", 70), ("收来的", 70), ("各单位报的", 170), ("情况", 0))
_NUMBERS = (1, 2)
_KIND = "收数表 (*.xlsx)"  # as it is made
_KINDS = f"收数表 ({' '.join(f'*{one}' for one in SUFFIXES)})"  # as it may come back
_TELLS = "先做一张收数表，发给村、站所填；收回来以后一起导入，或者直接拖到窗口里，数会加在一起，看过再填入。"


class CollectDialog(ListDialog):
    """Nothing goes into the report before 填入勾选的 is pressed; it is one step of undo."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        made = QTreeWidget()
        super().__init__("收数表", _TELLS, made, parent)
        self.list = made
        self.controller = controller
        self.found: Collected | None = None
        form = controller.document.form
        self.part = Combo()
        self.part.setAccessibleName("收哪几张表")
        self.part.addItems(["全部的表", *(one.table_name for one in form.sections if one.tables)])
        self.make_button = widgets.button("做收数表…", self.make)
        self.read_button = widgets.primary("读收回的表…", self.choose)
        self.put_button = widgets.button("填入勾选的", self.put_in)
        top = [self.part, self.make_button, None, self.read_button]
        self.build(top, "收来的数", _COLUMNS, [None, self.put_button])
        show_ticks(made)
        for column in _NUMBERS:
            made.headerItem().setTextAlignment(column, RIGHT)
        self.list.setTextElideMode(
            Qt.TextElideMode.ElideMiddle
        )  # a row's cells differ by the ends of their names
        self.list.itemChanged.connect(lambda _item, _column: self._enable())
        self._enable()

    # -- sending out ---------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """A form of the chosen tables, where one chooses."""
        report, form = self.controller.document.report, self.controller.document.form
        names = [self.part.currentText()] if self.part.currentIndex() else []
        start = Path(self.controller.folder("collect")) / f"{report.year}年收数表{''.join(names)}.xlsx"
        path = dialogs.file_to_write(self, "做收数表", start, _KIND, ".xlsx")
        if path is None:
            return
        try:
            cells = chosen(form, names)
            files.write_bytes(path, form_bytes(form, report.year, cells, report.agency.name))
        except UserError as error:
            dialogs.refuse(self, error)
            return
        self.controller.remember_folder("collect", path.parent)
        self.summary.setText(f"收数表已存到“{path}”，请原样发给各单位。收回来以后，按“读收回的表”。")

    # -- coming back ---------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        paths = dialogs.files_to_open(self, self.controller.folder("collect"), "读收回的表", _KINDS)
        if paths:
            self.controller.remember_folder("collect", paths[0].parent)
            self.read(paths)

    def read(self, paths: list[Path]) -> None:
        """Read all of them off the GUI thread; one that cannot be used does not stop the others."""

        def work(step: object) -> tuple[list[Returned], list[str]]:
            forms, bad = [], []
            for path in paths:
                try:
                    forms.append(read(files.read_bytes(path), path.name))
                except UserError as error:
                    bad.append(f"{path.name}：{error.what}")
            return forms, bad

        self.run(work, "正在读收回的表……", self._on_read)

    def _on_read(self, answer: tuple[list[Returned], list[str]]) -> None:
        forms, bad = answer
        self.controller.take_over()
        found = collect(self.controller.document.report, forms)
        self.found = found
        lines = [
            f"{len(found.units)}个单位：{'、'.join(found.units)}。" if found.units else "没有能用的收数表。"
        ]
        if empty := found.of(State.EMPTY):
            lines.append(f"另有{len(empty)}格没有单位填。")
        lines += [f"没有计入：{file}，{why}" for file, why in found.left_out]
        lines += [f"没有计入：{words}" for words in bad]
        lines += [f"请注意：{words}" for words in found.notes]
        self.summary.setText("\n".join(lines[:6]) + (f"\n……还有{len(lines) - 6}条" if len(lines) > 6 else ""))
        self.summary.setToolTip("\n".join(lines))
        self._show()

    def _show(self) -> None:
        self.list.clear()
        form = self.controller.document.form
        for state in TITLES:
            for one in self.found.of(state) if self.found else ():
                given = givers(self.controller.document.report, one.ref) if state is State.CONFLICT else ()
                self.list.addTopLevelItem(_item(one, place_of(form, one.ref), given))
        self._enable()

    def _ticked(self) -> list[Proposal]:
        rows = [self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount())]
        ticked = [one for one in rows if one and one.checkState(0) == Qt.CheckState.Checked]
        return [one.data(0, Qt.ItemDataRole.UserRole) for one in ticked]

    def _enable(self) -> None:
        self.put_button.setEnabled(bool(self._ticked()) and not self.controller.is_frozen)

    def put_in(self) -> None:
        """What is ticked goes into the report, one step of undo."""
        ticked, found = self._ticked(), self.found
        if not ticked or found is None:
            return
        document = self.controller.document
        try:
            document.change("填入收数表的数", apply(document.report, ticked))
        except UserError as error:
            dialogs.refuse(self, error)
            return
        self.found = collect(document.report, found.used)
        self._show()
        self.summary.setText(f"填入了{len(ticked)}格。按 Ctrl+Z 可以整个撤销。")


def _item(one: Proposal, place: str, given: Sequence[Contribution]) -> QTreeWidgetItem:
    """A row; only what is complete can be ticked, and what is in nobody's way is. `given`: what was put in before."""
    parts = "，".join(part.words for part in one.parts)
    state = TITLES[one.state]
    if one.state is State.INCOMPLETE:
        state = "不完整：" + "，".join(part.words for part in one.missing)
    if given:
        state += (
            "（上次收自" + "，".join(f"{each.unit}{show_value(each.cells[0][1])}" for each in given) + "）"
        )
    texts = [place, show_value(one.old), show_value(one.new), parts, state]
    item = row_of(texts, one, numbers=_NUMBERS)
    if one.state in (State.READY, State.CONFLICT):
        item.setCheckState(0, Qt.CheckState.Checked if one.state is State.READY else Qt.CheckState.Unchecked)
    else:
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
    if one.state in (State.CONFLICT, State.DISPUTED, State.INCOMPLETE):
        item.setForeground(4, theme.ERROR)
    return item


def show_collecting(controller: Controller, parent: QWidget, paths: Sequence[Path] = ()) -> None:
    """The window; what came back is read at once where it was dropped or opened."""
    dialog = CollectDialog(controller, parent)
    if paths:
        QTimer.singleShot(0, dialog, lambda: dialog.read(list(paths)))
    dialog.exec()
    dialog.deleteLater()
