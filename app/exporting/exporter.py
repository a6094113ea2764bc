"""Which writer makes which file: chosen by the suffix, imported when it is first wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.blocks import Block
from app.errors import UserError
from app.exporting.meta import Meta
from app.form.model import FormDefinition
from app.report.model import Report
from app.typesetting.page_style import PageStyle, page_style, style_of
from app.typesetting.pages import Page


@dataclass(frozen=True, slots=True)
class Job:
    """All that a writer may need."""

    blocks: tuple[Block, ...]
    meta: Meta
    report: Report
    form: FormDefinition
    style: PageStyle
    source: bytes | None = None  # a .docx whose styles win in Word
    accessible: bool = False  # the PDF is tagged


def export_bytes(
    report: Report,
    form: FormDefinition,
    targets: Sequence[Path],
    draft: bool,
    style: str | None = None,
    source: bytes | None = None,
    accessible: bool = False,
) -> list[bytes]:
    """The bytes of each target's file, from one list of blocks, in the page style of this name.

    `source` is a .docx from which the Word file takes its styles; `accessible` tags the PDF.
    """
    from app.documents.compose import compose, document_title

    title = document_title(report, form)
    meta = Meta(title, report.agency.name, report.year, draft, identity=identity_words(report))
    looks = page_style(style) if style else style_of(report)
    job = Job(compose(report, form), meta, report, form, looks, source, accessible)
    return [_WRITERS[target.suffix.lower()](job) for target in targets]


def pdf_and_pages(report: Report, form: FormDefinition, draft: bool) -> tuple[bytes, list[Page]]:
    """The PDF that an export would write, and the pages that it draws: for a preview that knows what stands where."""
    from app.documents.compose import compose, document_title
    from app.exporting.pdf.writer import pages_to_pdf
    from app.typesetting.fonts import computer_faces
    from app.typesetting.typeset import typeset

    meta = Meta(
        document_title(report, form), report.agency.name, report.year, draft, identity=identity_words(report)
    )
    faces = computer_faces()
    pages = typeset(compose(report, form), style_of(report), faces)
    return pages_to_pdf(pages, meta, faces), pages


def identity_words(report: Report) -> str:
    """The fingerprint of what is 定稿, as it stands in a document's properties."""
    if report.sign_off is None or report.sign_off.frozen is None:
        return ""
    return f"nianbao-sha256:{report.sign_off.frozen.fingerprint};version={report.version}"


def suffixes() -> tuple[str, ...]:
    """What can be written: .docx, .pdf …"""
    return tuple(_WRITERS)


def require_known(target: Path) -> None:
    """UserError for a suffix that no writer knows."""
    if target.suffix.lower() not in _WRITERS:
        known = " ".join(_WRITERS)
        said = f"不能导出“{target.suffix}”文件" if target.suffix else f"“{target.name}”没有写后缀"
        raise UserError(said, f"请用这些后缀之一：{known}")


def _docx(job: Job) -> bytes:
    from app.exporting.docx.writer import docx_bytes

    return docx_bytes(job.blocks, job.meta, job.style, job.source)


def _pdf(job: Job) -> bytes:
    from app.exporting.pdf.writer import pdf_bytes

    return pdf_bytes(job.blocks, job.meta, job.style, accessible=job.accessible)


def _html(job: Job) -> bytes:
    from app.exporting.html_writer import html_bytes

    return html_bytes(job.blocks, job.meta)


def _xlsx(job: Job) -> bytes:
    from app.exporting.xlsx_writer import xlsx_bytes

    return xlsx_bytes(job.blocks, job.meta, job.report, job.form)


def _text(job: Job) -> bytes:
    from app.exporting.text_writer import text_bytes

    return text_bytes(job.blocks, job.meta)


_WRITERS: dict[str, Callable[[Job], bytes]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".xlsx": _xlsx,
    ".txt": _text,
}
