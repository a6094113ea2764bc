"""Where the clerk was in each report of late: there it is opened again, after a pause, a change of the type or a crash."""

from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.section_states import START

_PREFERENCE, _MOST = "places", 12


class LastPlaces:
    """Kept with the settings, by the file of the report (by its title while it has none)."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    @property
    def _report(self) -> str:
        document = self._controller.document
        return str(document.path) if document.path is not None else self._controller.title

    def keep(self, page: Page) -> None:
        """The page that is shown, and where on it."""
        if not self._controller.has_document or self._controller.is_example or page.key == START:
            return  # 开始 is where one comes by: while a report is opened, and on the way to another
        known = self._controller.preference(_PREFERENCE, {})
        known = known if isinstance(known, dict) else {}
        others = {key: value for key, value in known.items() if key != self._report}
        kept = dict(list(others.items())[1 - _MOST :])
        self._controller.set_preference(_PREFERENCE, {**kept, self._report: [page.key, page.whereabouts()]})

    def known(self, is_recovered: bool = False) -> tuple[str, str]:
        """The key of the page, "" where the report was never left, and the place on it.

        One that has no file yet is known by its title only when it was recovered: else it has just been begun.
        """
        if self._controller.document.path is None and not is_recovered:
            return "", ""
        known = self._controller.preference(_PREFERENCE, {})
        found = known.get(self._report) if isinstance(known, dict) else None
        if isinstance(found, list) and len(found) == 2 and all(isinstance(one, str) for one in found):
            return found[0], found[1]
        return "", ""
