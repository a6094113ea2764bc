"""Which writer makes which file: chosen by the suffix, imported when it is first wanted."""

from collections.abc import Callable, Sequence
from pathlib import Path

from app.blocks import Block
from app.errors import UserError
from app.exporting.meta import Meta
from app.form.model import FormDefinition
from app.report import Report


def export_bytes(report: Report, form: FormDefinition, targets: Sequence[Path], draft: bool) -> list[bytes]:
    """The bytes of each target's file, from one list of blocks."""
    from app.compose import compose  # type: ignore[import-untyped,unused-ignore]

    blocks = tuple(compose(report, form))
    meta = Meta(f"{report.agency.name}{report.year}年{form.title}", report.agency.name, report.year, draft)
    return [_WRITERS[target.suffix.lower()](blocks, meta, report, form) for target in targets]


def suffixes() -> tuple[str, ...]:
    """What can be written: .docx, .pdf …"""
    return tuple(_WRITERS)


def require_known(target: Path) -> None:
    """UserError for a suffix that no writer knows."""
    if target.suffix.lower() not in _WRITERS:
        known = " ".join(_WRITERS)
        said = f"不能导出“{target.suffix}”文件" if target.suffix else f"“{target.name}”没有写后缀"
        raise UserError(said, f"请用这些后缀之一：{known}")


def _docx(blocks: Sequence[Block], meta: Meta, report: Report, form: FormDefinition) -> bytes:
    from app.exporting.docx_writer import docx_bytes

    return docx_bytes(blocks, meta)


def _pdf(blocks: Sequence[Block], meta: Meta, report: Report, form: FormDefinition) -> bytes:
    from app.exporting.pdf_writer import pdf_bytes  # type: ignore[import-untyped,unused-ignore]

    made: bytes = pdf_bytes(blocks, meta)
    return made


def _html(blocks: Sequence[Block], meta: Meta, report: Report, form: FormDefinition) -> bytes:
    from app.exporting.html_writer import html_bytes

    return html_bytes(blocks, meta)


def _xlsx(blocks: Sequence[Block], meta: Meta, report: Report, form: FormDefinition) -> bytes:
    from app.exporting.xlsx_writer import xlsx_bytes

    return xlsx_bytes(blocks, meta, report, form)


def _text(blocks: Sequence[Block], meta: Meta, report: Report, form: FormDefinition) -> bytes:
    from app.exporting.text_writer import text_bytes

    return text_bytes(blocks, meta)


_WRITERS: dict[str, Callable[[Sequence[Block], Meta, Report, FormDefinition], bytes]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".xlsx": _xlsx,
    ".txt": _text,
}
