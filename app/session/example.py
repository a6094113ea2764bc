"""The finished example report of the program: opened to look at, never one of the clerk's own reports."""

from pathlib import Path

from app import paths
from app.session.document import ReportDocument
from app.storage import files, settings

MARK = "（示例）"


def file() -> Path:
    """Made by installer/build_sample.py."""
    return paths.resources() / "samples" / "写完的示例.gknb"


def open_example() -> ReportDocument:
    """A document without a file of its own: what is changed in it is kept only where the clerk saves it to."""
    content = files.read(file()).content
    document = ReportDocument(content.report, content.prior)
    document.check_settings = settings.load().checks
    document.file.is_example = True
    return document


def is_example(document: ReportDocument) -> bool:
    """Whether it is the example and was not saved as a report of the clerk's."""
    return document.path is None and document.file.is_example
