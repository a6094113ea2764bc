"""The years of last year's report that still stand in a text as 待更新: made this year's in one go."""

from app.report.edits import Edit
from app.report.model import Report


def year_edits(report: Report, section: str) -> list[Edit]:
    """Every 待更新 of the section that names last year; one that was kept, or written by the clerk, is none."""
    old, new = str(report.year - 1), str(report.year)
    return [
        Edit(one.start, one.end, one.text.replace(old, new))
        for one in sorted(report.pending, key=lambda one: one.start)
        if one.section == section and old in one.text
    ]
