"""Which page belongs to a place of the report; its module is imported only when it is first visited."""

from importlib import import_module

from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.section_states import AGENCY, EXPORT, REVIEW, SIGN_OFF, Place

# A page with a key of its own: its class in ui/pages, called with the controller. Its Place stands in section_states.places.
_PAGES = {
    AGENCY: "agency.AgencyPage",
    REVIEW: "review.ReviewPage",
    SIGN_OFF: "sign_off.SignOffPage",
    EXPORT: "export.ExportPage",
}


def build(controller: Controller, place: Place) -> Page:
    """The page of a place, new."""
    if place.key in _PAGES:
        module, name = _PAGES[place.key].split(".")
        made: Page = getattr(import_module(f"ui.pages.{module}"), name)(controller)
        return made
    section = next((one for one in controller.document.form.sections if one.key == place.key), None)
    if section is not None and section.tables:
        from ui.pages.table import TablePage

        return TablePage(controller, section)
    from ui.pages.narrative import NarrativePage

    return NarrativePage(controller, place.key, place.title, section)
