"""最近的报告: each with what it is and how far; one that cannot be read says so."""

from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError
from app.session.any_report import read_any
from app.signoff import signing


@dataclass(frozen=True, slots=True)
class RecentReport:
    """One line of 最近的报告."""

    path: Path
    title: str
    state: str


def recent_report(path: Path) -> RecentReport:
    try:
        found = read_any(path)
    except (UserError, OSError):
        return RecentReport(path, path.stem, "打不开")
    report = found.report
    from app.form.catalog import form  # brings the forms with it

    edition = form(report.form)
    state = f"已填{report.filled(edition)}格（共{len(edition.inputs)}格）"
    if report.pending:
        state += f" · 待更新{len(report.pending)}处"
    if report.is_frozen:
        state = signing.final_words(report)
    return RecentReport(path, f"{report.agency.name or path.stem} {report.year}年", state)
