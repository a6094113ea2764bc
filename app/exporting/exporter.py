"""A report → the bytes of its files, each in the format of its suffix, all from one list of blocks."""

from collections.abc import Sequence
from pathlib import Path

from app.exporting.formats import Job, format_of
from app.exporting.meta import Meta
from app.form.model import FormDefinition
from app.report.model import Report
from app.typesetting.page_settings import style_of
from app.typesetting.pages import Page


def export_bytes(
    report: Report,
    form: FormDefinition,
    targets: Sequence[Path],
    draft: bool,
    style: str | None = None,
    source: bytes | None = None,
    accessible: bool = False,
    sign_field: bool = False,
) -> list[bytes]:
    """The bytes of each target's file, from one list of blocks, in the page style of this name.

    `source` is a .docx from which the Word file takes its styles; `accessible` tags the PDF, `sign_field` gives it an
    empty signature field.
    """
    from app.documents.compose import compose, document_title

    title = document_title(report, form)
    meta = Meta(title, report.agency.name, report.year, draft, identity=identity_words(report))
    job = Job(
        compose(report, form),
        meta,
        report,
        form,
        style_of(report, style or ""),
        source,
        accessible,
        sign_field,
    )
    return [format_of(target).write(job) for target in targets]


def rich_text(report: Report, form: FormDefinition, draft: bool) -> tuple[str, str]:
    """(HTML, plain text) of the report, to paste into an editor of a portal; a draft says so."""
    from app.documents.compose import compose, document_title
    from app.exporting.html_writer import fragment
    from app.exporting.text_writer import text_bytes

    meta = Meta(document_title(report, form), report.agency.name, report.year, draft)
    blocks = compose(report, form)
    return fragment(blocks, meta), text_bytes(blocks, meta).decode("utf-8-sig")


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
