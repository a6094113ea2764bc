"""What is remembered of the panel: which tab stands beside which kind of page, how wide it was drawn, open or folded."""

from collections.abc import Collection
from typing import Any

from ui.state.controller import Controller

_NAME = "panel"
_BESIDE_EVERYTHING = ("note", "preview")  # chosen once, they stand beside every page
_FIRST_BESIDE_TEXT, _FIRST = "last", "checks"  # the tabs at first


class Kept:
    """Written at each change; read once, since each look at a page asks a dozen times."""

    def __init__(self, controller: Controller, tabs: Collection[str]) -> None:
        self._controller, self._tabs = controller, tabs
        found = controller.preference(_NAME, {})
        self._values: dict[str, Any] = dict(found) if isinstance(found, dict) else {}

    def tab_beside(self, kind: str) -> str:
        """The tab that is wanted beside pages of this kind."""
        found: str | None = self._values.get("tab") or self._values.get(f"tab_{kind}")
        standard = _FIRST_BESIDE_TEXT if kind == "text" else _FIRST
        return found if found and found in self._tabs else standard

    def choose(self, tab: str, kind: str) -> None:
        is_of_all = tab in _BESIDE_EVERYTHING
        self._keep("tab", tab if is_of_all else "")
        if not is_of_all:
            self._keep(f"tab_{kind}", tab)

    @property
    def is_open(self) -> bool:
        return bool(self._values.get("is_open", True))

    def set_open(self, is_open: bool) -> None:
        self._keep("is_open", is_open)

    def width(self, tab: str) -> int | None:
        """To which it was drawn for a tab."""
        found = self._values.get(f"width_{tab}")
        return found if isinstance(found, int) else None

    def set_width(self, tab: str, width: int) -> None:
        self._keep(f"width_{tab}", width)

    def _keep(self, name: str, value: object) -> None:
        if self._values.get(name) != value:
            self._values[name] = value
            self._controller.set_preference(_NAME, dict(self._values))
