"""Which page belongs to a place of the report; its module is imported only when it is first visited."""

from ui.controller import Controller
from ui.pages.page import Page
from ui.section_states import AGENCY, EXPORT, REVIEW, Place


def build(controller: Controller, place: Place) -> Page:
    """The page of a place, new."""
    if place.key == AGENCY:
        from ui.pages.agency import AgencyPage

        return AgencyPage(controller)
    if place.key == REVIEW:
        from ui.pages.review import ReviewPage

        return ReviewPage(controller)
    if place.key == EXPORT:
        from ui.pages.export import ExportPage

        return ExportPage(controller)
    section = next((one for one in controller.document.form.sections if one.key == place.key), None)
    if section is not None and section.tables:
        from ui.pages.table import TablePage

        return TablePage(controller, section)
    from ui.pages.narrative import NarrativePage

    return NarrativePage(controller, place.key, place.title, section)
