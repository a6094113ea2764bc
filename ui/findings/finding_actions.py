"""What can be done about a finding, the same by button, by menu and by key: go there, repair, explain, take back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.checks.finding import Finding
from app.report.edits import Edit, shown
from app.report.model import Explanation
from ui.state.controller import Controller

KEYS = "Ctrl+."  # opens the menu of a finding; Alt+Enter does too
_PREVIEW = 36  # characters of either side of a repair
_LONGEST = 28  # characters of a finding in a menu


class FindingActions(QObject):
    """Carries out what a list of findings, or a place in a text, asks for; `parent` is in front of its questions."""

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self._parent = parent
        self.is_read_only = False  # after 定稿 a finding can be gone to, nothing more

    def explanation(self, finding: Finding) -> Explanation | None:
        known = self._controller.document.explained
        return next((one.explanation for one in known if one.finding == finding), None)

    def repair(self, finding: Finding) -> None:
        self._controller.repair(finding)

    def preview(self, finding: Finding) -> str:
        """What a repair of the text would make: before → after, with a few characters around it."""
        edits = finding.repair.edits if finding.repair else ()
        if not edits:
            return ""
        text = self._controller.document.report.narrative(edits[0].section)
        one = Edit(edits[0].start, edits[0].end, edits[0].new)
        before, after = (_clipped(side) for side in shown(text, one))
        more = f"　等{len(edits)}处" if len(edits) > 1 else ""
        return f"{before}　→　{after}{more}"

    def explain(self, finding: Finding) -> None:
        """Ask for the reason; the one given before can be changed."""
        from ui.findings.explain_dialog import explain

        known = self.explanation(finding)
        explain(self._parent, self._controller, finding, known.reason if known else "")

    def take_back(self, finding: Finding) -> None:
        self._controller.take_back(finding)

    def menu(
        self,
        findings: Sequence[Finding],
        show: Callable[[Finding], object] | None = None,
        menu: QMenu | None = None,
    ) -> QMenu:
        """The choices for these findings; `show` goes to the place of one."""
        made = menu or QMenu(self._parent)
        for number, finding in enumerate(findings):
            if number:
                made.addSeparator()
            if len(findings) > 1:
                made.addAction(_short(finding.message)).setEnabled(False)
            if show is not None:
                _add(made, "跳到这一处", partial(show, finding))
            if not self.is_read_only:
                self._add_changes(made, finding)
        return made

    def _add_changes(self, menu: QMenu, finding: Finding) -> None:
        """Repair and explanation; one that is explained offers its explanation only."""
        if self.explanation(finding) is not None:
            _add(menu, "改写说明…", partial(self.explain, finding))
            _add(menu, "取消说明", partial(self.take_back, finding))
            return
        if finding.repair is not None:
            words = self.preview(finding) or finding.repair.text
            _add(menu, f"修复：{words}", partial(self.repair, finding))
        _add(menu, "不改，写说明…", partial(self.explain, finding))


def _add(menu: QMenu, words: str, call: Callable[[], object]) -> QAction:
    action = menu.addAction(words.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: call())
    return action


def _clipped(text: str) -> str:
    return text if len(text) <= _PREVIEW else f"{text[: _PREVIEW - 1]}…"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def is_menu_key(event: QEvent) -> bool:
    """Ctrl+. or Alt+Enter: what can be done here."""
    if not isinstance(event, QKeyEvent):
        return False
    is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return (is_control and event.key() == Qt.Key.Key_Period) or (
        is_alt and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    )
