"""What was last said at the foot of the page: true only as long as the report is the one it was said of, and on the page it was said on."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.report.model import Report
from ui.state.controller import Controller

_FADE_AFTER = 12_000  # ms
_OF_AUTOSAVING = "自动保存没有成功"


class LastWords(QObject):
    """`text` is "" when nothing is said any more; `changed` follows every change of it."""

    changed = Signal()

    def __init__(self, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._report: Report | None = None
        self._page = ""
        self.text = ""
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_FADE_AFTER)
        self._fading.timeout.connect(self.forget)

    def say(self, words: str, page: str, lasts: bool = False) -> None:
        """`page`: the key of the page on which it is said. `lasts`: it does not fade by itself."""
        self.text, self._page = words, page
        self._report = self._now
        self._fading.start()
        if lasts:
            self._fading.stop()
        self.changed.emit()

    def forget(self) -> None:
        self._fading.stop()
        self.text = ""
        self.changed.emit()

    def follow(self, page: str) -> None:
        """The page that is shown, and the report as it is, are these now: another one is another matter.

        That autosaving fails is one as long as it does, whatever is shown.
        """
        if (
            self.text
            and not self.text.startswith(_OF_AUTOSAVING)
            and (page != self._page or self._now is not self._report)
        ):
            self.forget()

    def say_refused(self, why: str, page: str) -> None:
        self.say(f"{_OF_AUTOSAVING}：{why}", page)

    def forget_refused(self) -> None:
        """Autosaving works again."""
        if self.text.startswith(_OF_AUTOSAVING):
            self.forget()

    @property
    def _now(self) -> Report | None:
        return self._controller.document.report if self._controller.has_document else None
