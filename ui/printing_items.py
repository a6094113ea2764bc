"""What can be printed of the open report, in the order in which it is laid out on the leader's desk."""

from app import session
from app.document import ReportDocument
from app.printing import PrintItem
from app.signing_papers import Papers, kinds, paper
from ui.typed import today

REPORT = "report"


def items(document: ReportDocument) -> list[PrintItem]:
    """The report and the papers of sign-off that it has now; `document` is a copy that another thread may hold."""
    papers = Papers.of(document, today())
    others = [PrintItem(kind, kind, lambda kind=kind: paper(papers, kind, ".pdf")) for kind in kinds(papers)]
    return [PrintItem(REPORT, "报告", lambda: session.preview(document)), *others]
