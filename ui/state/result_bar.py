"""What has just been made, between a page and its foot: never scrolled away, beside the button that was pressed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.paths import is_folder
from app.report.model import Report
from app.storage.windows_names import exists
from ui.kit import dialogs, theme, widgets
from ui.kit.palette import shade
from ui.state.controller import Controller


class ResultBar(QFrame):
    """One sentence, and the ways to the first file and to its folder; gone when the report is no longer the one it is of."""

    def __init__(self, controller: Controller, margin: int) -> None:
        super().__init__()
        self._controller = controller
        self._report: Report | None = None
        controller.changed.connect(self._on_changed)
        self.setObjectName("result")
        self._paths: list[Path] = []
        self.words = widgets.label("", colour=theme.DONE)
        self.open_button = widgets.button("打开", lambda: self._open(self._paths[0]))
        self.folder_button = widgets.button("打开文件夹", lambda: self._open(self.folder))
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, theme.STEP // 2, margin, theme.STEP // 2)
        row.setSpacing(theme.STEP)
        row.addWidget(self.words, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.folder_button)
        self.hide()

    @property
    def folder(self) -> Path:
        first = self._paths[0]
        return first if is_folder(first) else first.parent

    def tell(self, words: str, paths: Sequence[Path] = (), is_wrong: bool = False) -> None:
        """Say it; `paths` are the files made, or a folder of them."""
        self._paths = list(paths)
        self._report = self._controller.document.report if self._controller.has_document else None
        self.words.setText(words)
        self.setStyleSheet(shade(f"#result {{ background: @{'error' if is_wrong else 'done'}_soft; }}"))
        widgets.set_colour(self.words, theme.ERROR if is_wrong else theme.DONE)
        has_file = bool(paths) and not is_folder(self._paths[0])
        self.open_button.setVisible(has_file)
        self.folder_button.setVisible(bool(paths))
        self.open_button.setToolTip(f"用电脑上的软件打开“{self._paths[0].name}”" if has_file else "")
        self.folder_button.setToolTip(str(self.folder) if paths else "")
        self.show()

    def clear(self) -> None:
        self._paths, self._report = [], None
        self.hide()

    def _on_changed(self) -> None:
        if self._report is not None and self._controller.document.report is not self._report:
            self.clear()

    def _open(self, path: Path) -> None:
        if not exists(path):
            dialogs.tell(self, f"“{path.name}”已经不在了。", f"它原来在“{path.parent}”，可能被移走或删除了。")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            dialogs.tell(self, f"打不开“{path.name}”。", f"请自己打开它，它在“{path.parent}”。")
