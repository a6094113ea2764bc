"""What can be printed of the open report, in the order in which it is laid out on the leader's desk."""

from functools import partial

from app.printing.spooling import PrintItem
from app.session import session
from app.session.document import ReportDocument
from app.signoff.papers import Papers, kinds, paper
from ui.kit.typed_fields import today

REPORT = "report"


def items(document: ReportDocument) -> list[PrintItem]:
    """The report and the papers of sign-off that it has now; `document` is a copy that another thread may hold."""
    papers = Papers.of(document, today())
    others = [PrintItem(kind, kind, partial(paper, papers, kind, ".pdf")) for kind in kinds(papers)]
    return [PrintItem(REPORT, "报告", lambda: session.preview(document)), *others]
