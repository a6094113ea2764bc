"""Which page belongs to a place of the report; its module is imported only when it is first visited."""

from collections.abc import Callable

from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.section_states import AGENCY, EXPORT, REVIEW, SIGN_OFF, Place


def build(controller: Controller, place: Place) -> Page:
    """The page of a place, new."""
    if place.key in _PAGES:
        return _PAGES[place.key](controller)
    section = next((one for one in controller.document.form.sections if one.key == place.key), None)
    if section is not None and section.tables:
        from ui.pages.table import TablePage

        return TablePage(controller, section)
    from ui.pages.narrative import NarrativePage

    return NarrativePage(controller, place.key, place.title, section)


def _agency(controller: Controller) -> Page:
    from ui.pages.agency import AgencyPage

    return AgencyPage(controller)


def _review(controller: Controller) -> Page:
    from ui.pages.review import ReviewPage

    return ReviewPage(controller)


def _sign_off(controller: Controller) -> Page:
    from ui.pages.sign_off import SignOffPage

    return SignOffPage(controller)


def _export(controller: Controller) -> Page:
    from ui.pages.export import ExportPage

    return ExportPage(controller)


# The pages with a key of their own; their places stand in section_states.places.
_PAGES: dict[str, Callable[[Controller], Page]] = {
    AGENCY: _agency,
    REVIEW: _review,
    SIGN_OFF: _sign_off,
    EXPORT: _export,
}
