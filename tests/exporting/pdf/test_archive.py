"""The PDF is one for the archive: PDF/A-2b whatever is in it, in one pass, without other programs."""

import io
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from PIL import ImageCms
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Block, Paragraph
from app.documents.compose import compose
from app.exporting.exporter import export_bytes, pdf_and_pages
from app.exporting.meta import Meta
from app.exporting.pdf import objects
from app.exporting.pdf.writer import pdf_bytes
from app.form.catalog import form
from app.importing.importer import import_file
from app.paths import resources
from app.typesetting.fonts import Faces
from app.typesetting.page_style import page_style, page_style_keys
from tests.exporting.reports import blocks_of, full_report
from tests.places import TESTS
from tests.typesetting.test_paging import BAD_BLOCKS

SEEDS = sorted((TESTS / "samples").glob("00*.txt"))
META = Meta("甲乙镇人民政府2025年政府信息公开工作年度报告", "甲乙镇人民政府", 2025)
PDF_A_2B = page_validation.ValidationProfile.PDF_A_2B


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


def failures(pdf: bytes, profile: page_validation.ValidationProfile) -> list[tuple[str, str]]:
    """(rule, message) of all that keeps a file from conforming."""
    unlimited = page_validation.SafetyLimits.unlimited()  # 500 bookmarks are a long chain of references
    result = page_validation.validate_pdf_bytes(pdf, profile=profile, limits=unlimited)
    found = [(failure.rule_id, failure.message) for failure in result.failures]
    assert found or result.is_compliant
    return found


def full_blocks() -> list[Block]:
    return [*blocks_of(full_report("2021", 2025)), *BAD_BLOCKS["huge picture"], *BAD_BLOCKS["high picture"]]


@pytest.mark.slow
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("key", page_style_keys())
def test_a_full_report_is_pdf_a_2b(key: str, draft: bool, faces: Faces) -> None:
    pdf = pdf_bytes(full_blocks(), replace(META, draft=draft), page_style(key), faces)
    assert failures(pdf, PDF_A_2B) == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("key", page_style_keys())
def test_every_seed_is_pdf_a_2b(path: Path, key: str, faces: Faces) -> None:
    report = import_file(path).report
    pdf = pdf_bytes(compose(report, form(report.form)), META, page_style(key), faces)
    assert failures(pdf, PDF_A_2B) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_whatever_is_written_is_pdf_a_2b(name: str, faces: Faces) -> None:
    meta = Meta("标题 <&>\"'\ud800\x00\ufffe", "", 2025, draft=True)
    assert failures(pdf_bytes(BAD_BLOCKS[name], meta, faces=faces), PDF_A_2B) == []


@pytest.mark.slow
def test_what_is_previewed_is_what_is_archived() -> None:
    report, edition = full_report("2021", 2025), form("2021")
    previewed, _ = pdf_and_pages(report, edition, draft=False)
    assert previewed == export_bytes(report, edition, [Path("年报.pdf")], draft=False)[0]


def test_properties_and_xmp_say_the_same(faces: Faces) -> None:
    title = "“甲乙”镇 <2025> & 其他"
    pdf = pdf_bytes([Paragraph("正文")], replace(META, title=title), faces=faces)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        info = document.docinfo
        with document.open_metadata() as xmp:
            assert xmp["dc:title"] == str(info["/Title"]) == title
            assert xmp["dc:creator"] == [str(info["/Author"])] == [META.agency]
            assert xmp["dc:description"] == str(info["/Subject"])
            assert xmp["pdf:Keywords"] == str(info["/Keywords"])
            assert xmp["pdf:Producer"] == str(info["/Producer"])
            assert xmp["xmp:CreatorTool"] == str(info["/Creator"])
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")


def test_the_profile_is_srgb_and_as_old_as_pdf_1_7(faces: Faces) -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes([Paragraph("正文")], META, faces=faces))) as document:
        (intent,) = document.Root.OutputIntents
        data = intent.DestOutputProfile.read_bytes()
    assert data == (resources() / "pdf" / "srgb.icc").read_bytes()
    assert data[8:10] == b"\x04\x20"
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data)))


def test_another_content_has_another_id(faces: Faces) -> None:
    def identity(text: str) -> bytes:
        with pikepdf.open(io.BytesIO(pdf_bytes([Paragraph(text)], META, faces=faces))) as document:
            return bytes(document.trailer.ID[0])

    assert identity("正文") != identity("正丈")
    assert identity("正文") == identity("正文")


@pytest.mark.parametrize("end", [b"", b"\r", b"\n", b"\r\n", b"\n\r", b" "])
def test_a_stream_may_end_in_any_byte(end: bytes) -> None:
    objects.apply()
    document = Canvas(io.BytesIO())._doc
    made = pdfdoc.PDFStream(content=b"0 w" + end).format(document)
    assert b"/Length %d\n" % len(b"0 w" + end) in made
    assert made.endswith(b"stream\n0 w" + end + b"\r\nendstream\n")


def test_the_line_end_is_added_once() -> None:
    objects.apply()
    objects.apply()
    made = pdfdoc.PDFStream(content=b"0 w").format(Canvas(io.BytesIO())._doc)
    assert made.count(b"\r\n") == 1
