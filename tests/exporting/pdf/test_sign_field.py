"""The signature field: where the seal of 42 mm belongs, empty, and the file is as good for the archive as without it."""

import io
from dataclasses import replace

import page as page_validation
import pikepdf
import pytest

from app.documents.blocks import Paragraph, Style
from app.errors import UserError
from app.exporting.meta import Meta
from app.exporting.pdf.sign_field import place_of
from app.exporting.pdf.writer import pdf_bytes
from app.report.model import Attachment
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import MM, page_style, page_style_keys
from app.typesetting.pages import Part
from app.typesetting.typeset import typeset
from tests.exporting.reports import blocks_of, full_report

META = Meta("年报", "测试县甲乙镇人民政府", 2025)
BLOCKS = blocks_of(full_report("2021", 2025))


def written(accessible: bool = False, key: str = "gb9704") -> bytes:
    return pdf_bytes(BLOCKS, META, page_style(key), bundled_faces(), accessible, sign_field=True)


@pytest.mark.parametrize("key", page_style_keys())
@pytest.mark.parametrize("profile", ["PDF_A_2B", "PDF_A_2A", "PDF_UA_1"])
def test_it_conforms_as_without_the_field(profile: str, key: str) -> None:
    data = written(profile != "PDF_A_2B", key)
    result = page_validation.validate_pdf_bytes(
        data, profile=getattr(page_validation.ValidationProfile, profile)
    )
    assert result.is_compliant, [failure.message for failure in result.failures]


def test_an_empty_field_stands_on_the_last_page_and_nowhere_else() -> None:
    with pikepdf.open(io.BytesIO(written())) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert (field.FT, str(field.T)) == ("/Sig", "印章")
        assert "/V" not in field
        assert [len(page.get("/Annots", ())) for page in pdf.pages] == [0] * (len(pdf.pages) - 1) + [1]
        left, bottom, right, top = map(float, field.Rect)
        assert right - left == pytest.approx(42 * MM, abs=0.02)
        assert top - bottom == pytest.approx(42 * MM, abs=0.02)


@pytest.mark.parametrize("key", page_style_keys())
def test_the_seal_stands_over_unit_and_date_within_a_line_of_the_text(key: str) -> None:
    style = page_style(key)
    pages = typeset(BLOCKS, style, bundled_faces())
    place = place_of(pages)
    unit, date = (piece for piece in pages[-1].pieces if piece.source.section == "signature" and piece.texts)
    assert (place.left + place.right) / 2 == pytest.approx(date.x + date.width / 2, abs=0.1)
    assert place.top < unit.top
    assert date.top + date.height < place.bottom
    above = [
        piece.top + piece.height
        for piece in pages[-1].pieces
        if piece.texts and piece.part is Part.TEXT and piece.source.section != "signature"
    ]
    assert -0.1 < place.top - max(above) < style.pitch  # GB/T 9704 7.3.5.1


def test_without_the_option_there_is_no_form() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(BLOCKS, META, faces=bundled_faces()))) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_a_report_without_a_signature_at_its_end_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="没有落款"):
        pdf_bytes([Paragraph("甲", Style.BODY)], META, faces=bundled_faces(), sign_field=True)


def test_it_stands_at_the_signature_though_attachments_follow() -> None:
    report = replace(full_report("2021", 2025), attachments=(Attachment("情况表", "甲。\n乙。"),))
    pages = typeset(blocks_of(report), page_style(), bundled_faces())
    signed = [page.number for page in pages if any(p.source.section == "signature" for p in page.pieces)]
    assert place_of(pages).page == signed[-1] == pages[-1].number - 1
