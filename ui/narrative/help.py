"""What helps to write a section: paragraphs to put in, numbers to bind, typography, pictures; each one step of undo."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import UserError
from app.register.counts import SECTION as COUNTED
from app.report import bindings
from app.report.edits import shown
from app.report.model import Binding
from app.texts.bindable import Offer, described, offers
from app.texts.last_years import year_edits
from app.texts.typography import HELPERS, Helper
from ui.kit import dialogs
from ui.state.controller import Controller

if TYPE_CHECKING:
    from app.texts.paragraphs import Template


class NarrativeHelp(QObject):
    """Acts on one section of the open report; `show_place` shows what was done, `caret` is where the clerk writes, if he does."""

    picture_wanted = Signal()
    number_wanted = Signal()
    inserted = Signal(int)  # where a paragraph begins that was put in

    def __init__(
        self,
        controller: Controller,
        section: str,
        parent: QWidget,
        show_place: Callable[[int, int], object],
        caret: Callable[[], int | None],
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._section = section
        self._parent = parent
        self._show_place = show_place
        self._caret = caret

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def templates(self) -> "list[Template]":
        from app.texts import paragraphs  # brings Jinja2: only where it is wanted

        return paragraphs.templates(self._controller.document.form, self._section)

    def insert(self, one: "Template") -> None:
        """Put a paragraph after the one in which the clerk writes; he goes on behind it."""
        self._put(one, self._caret())

    def _put(self, one: "Template", caret: int | None) -> None:
        from app.texts import paragraphs  # brings Jinja2: only where it is wanted

        self._controller.take_over()
        document = self._controller.document
        try:
            made = paragraphs.render(document.report, document.form, one, document.prior)
        except UserError as error:
            dialogs.refuse(self._parent, error)
            return
        report, start, end = paragraphs.inserted(document.report, document.form, one, made, caret)
        document.change(f"插入“{one.name}”", report)
        self._show_place(end, end)
        self.inserted.emit(start)
        number = len(bindings.blank_places(made.text))
        waiting = f"，有{number}处待填，按 F6 逐处填写" if number else ""
        self._controller.message.emit(f"已插入“{one.name}”{waiting}")

    def insert_part(self, part: str) -> None:
        """A part that is missing goes where it belongs among the others."""
        from app.texts import paragraphs  # brings Jinja2: only where it is wanted

        one = paragraphs.template(self._controller.document.form, self._section, part)
        if one is not None:
            self._put(one, None)

    def edit_counts(self) -> None:
        from ui.narrative.counts_dialog import edit_counts

        edit_counts(self._controller, self._parent)

    def edit_templates(self) -> None:
        """Copies of the paragraphs to be changed, in the township's own folder."""
        from app.texts import paragraphs  # brings Jinja2: only where it is wanted

        try:
            folder = paragraphs.copy_for_editing(self._controller.document.form, self._section)
        except UserError as error:
            dialogs.refuse(self._parent, error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        self._controller.message.emit(f"段落模板在“{folder}”，改好后直接生效")

    # -- bound numbers -------------------------------------------------------------------------------------------------

    def offers(self) -> list[Offer]:
        """The numbers of this section that could follow a cell."""
        document = self._controller.document
        return [one for one in offers(document.report, document.form) if one.binding.section == self._section]

    def bind(self, found: list[Offer]) -> None:
        if not found:
            return
        document = self._controller.document
        report = bindings.bound(document.report, [one.binding for one in found])
        document.change("绑定数字", report)
        self._controller.message.emit(f"已绑定{len(found)}个数字，表格改了这里跟着改")

    def bind_cell(self, span: tuple[int, int]) -> None:
        """The number at `span`, or a new one, follows the cell that the clerk chooses."""
        from ui.narrative.bind_dialog import ask_cell

        self._controller.take_over()
        document = self._controller.document
        says = document.report.narrative(self._section)[slice(*span)]
        ref = ask_cell(self._controller, says if says[:1].isdigit() else "", self._parent)
        if ref is not None:
            document.change("绑定数字", bindings.with_number(document.report, self._section, span, (ref,)))
            self._controller.message.emit("已绑定，表格改了这里跟着改")

    def release(self, binding: Binding) -> None:
        document = self._controller.document
        document.change("解除绑定", bindings.released(document.report, binding))
        self._controller.message.emit("已解除绑定，这个数字不再跟着表格改")

    def add_bindings(self, menu: QMenu, place: int) -> None:
        """What can be done with the number at a character."""
        document = self._controller.document
        bound = bindings.at(document.report, self._section, place)
        if bound is not None:
            words = described(document.form, bound)
            if bound.cells:
                _add(menu, f"跳到{words}", lambda: self._controller.show_cell(bound.cells[0]))
            _add(menu, f"解除绑定（{words}）", lambda: self.release(bound))
            return
        for one in self.offers():
            if one.binding.start <= place <= one.binding.end:
                words = described(document.form, one.binding)
                change = "" if one.agrees else f"改为{one.should}，"
                _add(menu, f"{change}绑定到{words}", partial(self.bind, [one]))
        span = bindings.number_at(document.report.narrative(self._section), place)
        words = "绑定到别的格子…" if span else "插入表格里的数…"
        _add(menu, words, lambda: self.bind_cell(span or (place, place)))

    # -- typography ----------------------------------------------------------------------------------------------------

    def tidy(self, helper: Helper) -> None:
        """Show what would change; do it as one step when the clerk wants it."""
        from ui.kit.edits_dialog import Choice, EditsDialog

        self._controller.take_over()
        document = self._controller.document
        text = document.report.narrative(self._section)
        edits = helper.find(text)
        if not edits:
            self._controller.message.emit(f"{helper.name}：没有要改的")
            return
        choices = [Choice("　→　".join(shown(text, edit))) for edit in edits]
        dialog = EditsDialog(helper.name, choices, self._parent)
        is_wanted = dialog.exec() == EditsDialog.DialogCode.Accepted
        chosen = [edits[row] for row in dialog.chosen]
        dialog.deleteLater()
        if is_wanted and chosen:
            document.change(helper.name, bindings.edited(document.report, self._section, chosen))
            self._controller.message.emit(f"{helper.name}：已改{len(chosen)}处，可以撤销")

    # -- menus ---------------------------------------------------------------------------------------------------------

    def fill_insert(self, menu: QMenu) -> None:
        for one in self.templates():
            own = "（本单位的模板）" if one.is_own else ""
            _add(menu, f"{one.name}{own}", partial(self.insert, one))
        if self.templates():
            menu.addSeparator()
        _add(menu, "图片…", self.picture_wanted.emit)
        _add(menu, "表格里的数（表格改了它也改）…", self.number_wanted.emit)
        if self._section == COUNTED:
            _add(menu, "渠道和栏目数量…", self.edit_counts)
        if self.templates():
            menu.addSeparator()
            _add(menu, "修改段落模板…", self.edit_templates)

    def _years(self) -> Helper:
        """Last year's 2024年, all of a section at once: nobody is to type it six times."""
        return Helper(
            "years",
            f"年份改为{self._controller.document.report.year}年",
            "从去年的报告带来、还没有改的年份，改以前先给您看",
            lambda _text: year_edits(self._controller.document.report, self._section),
        )

    def fill_tidy(self, menu: QMenu) -> None:
        """What there is to put right; what there is not has no entry that could not be chosen."""
        text = self._controller.document.report.narrative(self._section)
        for helper in (self._years(), *HELPERS):
            if number := len(helper.find(text)):
                action = _add(menu, f"{helper.name}（{number}处）…", partial(self.tidy, helper))
                action.setToolTip(helper.hint)
        if agreeing := [one for one in self.offers() if one.agrees]:
            words = f"绑定与表格一致的数字（{len(agreeing)}个）"
            _add(menu, words, lambda: self.bind(agreeing)).setToolTip("表格改了，文字里的数跟着改")
        if menu.isEmpty():
            menu.addAction("标点、空格、编号都没有要改的").setEnabled(False)
        menu.addSeparator()
        _add(menu, "查找和替换…\tCtrl+H", lambda: self._controller.find_wanted.emit(True))


def _add(menu: QMenu, words: str, call: Callable[[], object]) -> QAction:
    action = menu.addAction(words.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: call())
    return action
