"""Measured of documents: layout, PDF, Word, OFD, fonts, 120 pages, and beside ours what typst, WeasyPrint and LibreOffice make."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from app.documents.compose import compose, document_title
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.exporting.ofd.writer import pages_to_ofd
from app.exporting.pdf.writer import pages_to_pdf, pdf_bytes
from app.report.model import Report
from app.typesetting.fonts import computer_faces
from app.typesetting.page_settings import style_of
from app.typesetting.page_style import PageStyle
from app.typesetting.typeset import typeset
from tests.bench import rivals
from tests.bench.headless import full_document
from tests.bench.measure import ROOT, Row, middle, times

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_LOAD_FONTS = (  # the first PDF of a process reads its faces, the second does not
    "import sys, time; from app.documents.blocks import Paragraph, Style; "
    "from app.exporting.meta import Meta; from app.exporting.pdf.writer import pdf_bytes; "
    "blocks = [Paragraph('一、年报（2025）abc', style) for style in Style]; meta = Meta('', '', 2025, False); "
    "at = [time.perf_counter() for _ in range(3) if _ == 0 or pdf_bytes(blocks, meta)]; "
    "sys.stdout.write(str((at[1] - at[0] - (at[2] - at[1])) * 1000))"
)
_FIRST = (  # as the program writes its first PDF: the report is there, faces and what writes are not yet
    "import sys, time; from tests.bench.headless import full_document; document = full_document(); "
    "from app.documents.compose import compose; blocks = compose(document.report, document.form); "
    "start = time.perf_counter(); from app.exporting.meta import Meta; "
    "from app.exporting.pdf.writer import pdf_bytes; pdf_bytes(blocks, Meta('', '', 2021, False)); "
    "sys.stdout.write(str((time.perf_counter() - start) * 1000))"
)


def rows() -> Iterator[Row]:
    document = full_document()
    report, form = document.report, document.form
    blocks = compose(report, form)
    meta = Meta(document_title(report, form), report.agency.name, report.year, False)
    faces = computer_faces()
    yield Row("字体第一次载入（第一份 PDF 比第二份多用的）", _process(_LOAD_FONTS), 250, how="一次")
    yield Row(
        "第一份 PDF（进程内，含字体和写 PDF 的模块）",
        min(_process(_FIRST) for _ in range(3)),
        300,
        how="三次中最快的",
    )
    pages = typeset(blocks, style_of(report), faces)
    # a page style of its own remembers nothing: as after a change of every paragraph
    yield Row(
        f"排版（{len(pages)}页，什么都没有记住）",
        middle(lambda: typeset(blocks, _fresh(report), faces), 15),
        15,
    )
    yield Row("写成 PDF/A-2b", middle(lambda: pages_to_pdf(pages, meta, faces), 15), 80)
    yield Row(
        "写成可朗读的 PDF/A-2a", middle(lambda: pages_to_pdf(pages, meta, faces, accessible=True), 15), 140
    )
    yield Row("写成 OFD", middle(lambda: pages_to_ofd(pages, meta, faces, date(2026, 1, 9)), 15), 150)
    pdf = middle(lambda: pdf_bytes(blocks, meta, _fresh(report)), 15)  # laid out anew each time
    yield Row("排版并写成 PDF", pdf, 60)
    yield Row("写成 Word", middle(lambda: docx_bytes(blocks, meta), 15), 40)
    long = _long(report)
    long_blocks = compose(long, form)
    count = len(typeset(long_blocks, style_of(long), faces))
    seconds = times(lambda: pages_to_pdf(typeset(long_blocks, _fresh(long), faces), meta, faces), 2, 0)
    yield Row(f"排版并写成 PDF（{count}页）", min(seconds), 1000, how="两次中较快的")
    yield from rivals.rows(blocks, meta, style_of(report), pages_to_pdf(pages, meta, faces))
    if OFFICE:
        yield from _office(docx_bytes(blocks, meta), pdf)


def _fresh(report: Report) -> PageStyle:
    return replace(style_of(report))


def _long(report: Report) -> Report:
    """About 120 pages."""
    text = report.narrative("overview")
    return report.with_narrative("overview", "\n".join([text] * 52), ())


def _process(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    return float(done.stdout or "nan")


def _office(word: bytes, ours: float) -> Iterator[Row]:
    """The same Word file → PDF by LibreOffice, its profile already made."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "报告.docx"
        path.write_bytes(word)
        call = [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        call += ["--convert-to", "pdf", "--outdir", folder, str(path)]
        theirs = min(times(lambda: subprocess.run(call, capture_output=True, timeout=120), 3, 1))
    yield Row("LibreOffice 把同一份 Word 转成 PDF", theirs, how="三次中最快的")
    yield Row("　是我们排版并写成 PDF 的", theirs / ours, unit="倍", how="同一次测量")
