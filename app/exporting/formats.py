"""The table of formats in which a report is exported; the writers, the export page, the dialogs and the help all read it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from app.documents.blocks import Block
    from app.exporting.meta import Meta
    from app.form.model import FormDefinition
    from app.report.model import Report
    from app.typesetting.page_style import PageStyle


@dataclass(frozen=True, slots=True)
class Job:
    """All that a writer may need."""

    blocks: "tuple[Block, ...]"
    meta: "Meta"
    report: "Report"
    form: "FormDefinition"
    style: "PageStyle"
    source: bytes | None = None  # a .docx whose styles win in Word
    accessible: bool = False  # the PDF is tagged
    sign_field: bool = False  # the PDF has an empty signature field for the seal


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file; `write` imports its writer when it is first called."""

    suffix: str
    name: str  # of such a file: Word 文档
    write: Callable[[Job], bytes]
    use: str = ""  # what it is good for, where the name does not say it
    also: tuple[str, ...] = ()  # other suffixes of the same file

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (self.suffix, *self.also)

    @property
    def words(self) -> str:
        """As it is offered: 网页（.html），用于网站发布."""
        return f"{self.name}（{self.suffix}）" + (f"，{self.use}" if self.use else "")

    @property
    def filter(self) -> str:
        """As a dialog for files wants it: Word 文档 (*.docx)."""
        return f"{self.name} (*{self.suffix})"


def _docx(job: Job) -> bytes:
    from app.exporting.docx.writer import docx_bytes

    return docx_bytes(job.blocks, job.meta, job.style, job.source)


def _pdf(job: Job) -> bytes:
    from app.exporting.pdf.writer import pdf_bytes

    return pdf_bytes(job.blocks, job.meta, job.style, accessible=job.accessible, sign_field=job.sign_field)


def _ofd(job: Job) -> bytes:
    from app.exporting.ofd.writer import ofd_bytes

    return ofd_bytes(job.blocks, job.meta, job.style)


def _html(job: Job) -> bytes:
    from app.exporting.html_writer import html_bytes

    return html_bytes(job.blocks, job.meta)


def _xlsx(job: Job) -> bytes:
    from app.exporting.xlsx_writer import xlsx_bytes

    return xlsx_bytes(job.blocks, job.meta, job.report, job.form)


def _text(job: Job) -> bytes:
    from app.exporting.text_writer import text_bytes

    return text_bytes(job.blocks, job.meta)


FORMATS = (
    Format(".docx", "Word 文档", _docx),
    Format(".pdf", "PDF 文件", _pdf),
    Format(".ofd", "OFD 文件", _ofd, "用于公文交换"),
    Format(".html", "网页", _html, "用于网站发布", also=(".htm",)),
    Format(".xlsx", "Excel 表格", _xlsx),
    Format(".txt", "纯文本", _text),
)
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}


def format_of(target: Path) -> Format:
    """The one of a file's suffix. UserError when there is none."""
    found = _BY_SUFFIX.get(target.suffix.lower())
    if found is None:
        said = f"不能导出“{target.suffix}”文件" if target.suffix else f"“{target.name}”没有写后缀"
        raise UserError(said, f"请用这些后缀之一：{' '.join(_BY_SUFFIX)}")
    return found


def names() -> str:
    """All of them in a sentence: Word 文档、PDF 文件……"""
    return "、".join(one.name for one in FORMATS)
