"""A strip on 单位信息 while names that the unit had last year still stand in the report: all of them changed at once."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.report.place_names import place_name
from app.texts import renaming
from app.texts.renaming import OldName
from ui.kit import theme, widgets
from ui.kit.edits_dialog import Choice, EditsDialog
from ui.kit.sheet import Sheet
from ui.state.controller import Controller

_TITLE = "改为新的单位名称"


class RenamedStrip(Sheet):
    """Hidden while there is none."""

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(theme.WARNING_SOFT, theme.WARNING_EDGE, 8)
        self._controller, self._parent = controller, parent
        self.words = widgets.label()
        self.button = widgets.button("全部改为新名称…", self.change)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(theme.STEP * 2)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    @property
    def found(self) -> list[OldName]:
        document = self._controller.document
        return renaming.old_names(document.report, document.prior.agency) if document.prior else []

    def refresh(self, is_read_only: bool) -> None:
        """Those that the text means as they are do not keep the strip."""
        count = sum(not one.is_meant for one in self.found)
        self.setVisible(bool(count) and not is_read_only)
        self.words.setText(f"单位名称与上年不同，还有{count}处写着旧的名称（包括简称）。")

    def change(self) -> None:
        """Show each place, and change those that are ticked as one step of undo."""
        self._controller.take_over()
        document, found = self._controller.document, self.found
        choices = [
            Choice(
                f"{one.field or place_name(document.form, one.section)}：{renaming.words(document.report, one)}",
                not one.is_meant,
            )
            for one in found
        ]
        dialog = EditsDialog(_TITLE, choices, self._parent)
        is_wanted = dialog.exec() == EditsDialog.DialogCode.Accepted
        chosen = [found[row] for row in dialog.chosen]
        dialog.deleteLater()
        if is_wanted and chosen:
            document.change(_TITLE, renaming.renamed(document.report, chosen))
            self._controller.message.emit(f"已改{len(chosen)}处，可以撤销")
