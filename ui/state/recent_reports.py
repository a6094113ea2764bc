"""最近的报告: each with what it is and how far; one that cannot be read says so."""

from dataclasses import dataclass
from functools import lru_cache
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
    """Read once for each state of the file: the start page asks at every look, and a stick is slow."""
    try:
        found = path.stat()
        return _read(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except (UserError, OSError, ValueError):  # looked at again the next time
        return RecentReport(path, path.stem, "打不开")


@lru_cache(maxsize=32)
def _read(path: Path, _stamp: tuple[int, int, int]) -> RecentReport:
    report = read_any(path).report
    from app.form.catalog import form  # brings the forms with it

    edition = form(report.form)
    state = f"已填{report.filled(edition)}格（共{len(edition.inputs)}格）"
    if report.pending:
        state += f" · 待更新{len(report.pending)}处"
    if report.is_frozen:
        state = signing.final_words(report)
    return RecentReport(path, f"{report.agency.name or path.stem} {report.year}年", state)
