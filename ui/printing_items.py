"""What can be printed of the open report, in the order in which it is laid out on the leader's desk."""

from collections.abc import Callable

from app.document import ReportDocument
from app.printing import PrintItem

REPORT = "report"


def items(document: ReportDocument) -> list[PrintItem]:
    """The report and the papers that go with it; `document` is a copy that another thread may hold."""
    return [PrintItem(key, title, lambda make=make: make(document)) for key, title, make in _ITEMS]


def _report(document: ReportDocument) -> bytes:
    from app import session

    return session.preview(document)


def _check_sheet(document: ReportDocument) -> bytes:
    from app.check_sheet import Checked, sheet_bytes
    from ui.typed import today

    return sheet_bytes(Checked.of(document), ".pdf", today())


_ITEMS: tuple[tuple[str, str, Callable[[ReportDocument], bytes]], ...] = (
    (REPORT, "报告", _report),
    ("check_sheet", "核对表", _check_sheet),
)
