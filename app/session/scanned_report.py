"""An old report of which there are only pictures: nothing is read, its pages stand beside the form for the clerk to type off."""

from pathlib import Path

from app.form.catalog import form as form_of
from app.importing.readers.scans import pages_of
from app.importing.result import ImportResult
from app.report.outline import Outline
from app.session.rollover import blank_report
from app.storage import files


def typed_off(path: Path, agency_name: str, year: int) -> ImportResult:
    """Every cell missing, the pages as the source. UserError when the pages cannot be opened."""
    report = blank_report(agency_name, year)
    return ImportResult(
        report,
        Outline(),
        path.name,
        "scan",
        missing=form_of(report.form).cells,
        warnings=("这份文件只有图片，数字请对照原件录入；文字请在开始新报告以后填写。",),
        blocks=pages_of(files.read_bytes(path)),
    )
