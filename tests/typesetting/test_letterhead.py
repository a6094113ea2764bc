"""版头 and 版记: where GB/T 9704 has them, filled from the report, the same words in Word."""

from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.blocks import Paragraph, Style
from app.errors import UserError
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.exporting.pdf.writer import pages_to_pdf
from app.paths import templates
from app.typesetting.fonts import bundled_faces
from app.typesetting.letterhead import fields_of, filled
from app.typesetting.page_style import (
    MM,
    Align,
    HeadStyle,
    ImprintStyle,
    PageStyle,
    load_page_style,
    page_style,
)
from app.typesetting.typeset import typeset

UNIT = "测试县甲乙镇人民政府"
HEAD = HeadStyle("{unit}文件", "甲政发〔{year}〕12号")
IMPRINT = ImprintStyle("县政务公开办。", "甲乙镇党政办公室", "{date}")


def blocks(lines: int = 3) -> list[Paragraph]:
    return [
        Paragraph(f"{UNIT}\n2025年政府信息公开工作年度报告", Style.TITLE, section="title"),
        Paragraph("", Style.BLANK, section="title"),
        *(Paragraph("无。", Style.BODY, section="other", index=n) for n in range(lines)),
        Paragraph(UNIT, Style.SIGNATURE, section="signature"),
        Paragraph("2026年1月9日", Style.DATE, section="signature"),
    ]


def styled(**parts: object) -> PageStyle:
    return replace(page_style(), **parts)


def pieces(style: PageStyle, section: str, page: int = 0, lines: int = 3):
    made = typeset(blocks(lines), style, bundled_faces())[page]
    return [piece for piece in made.pieces if piece.source.section == section]


def text_of(piece) -> str:
    return "".join(text.text for text in piece.texts)


def test_the_fields_are_those_of_the_signature() -> None:
    assert fields_of(blocks()) == {"unit": UNIT, "date": "2026年1月9日", "year": "2026"}
    assert fields_of(blocks()[:1])["unit"] == UNIT
    assert filled("{unit}（{other}）", fields_of(blocks())) == f"{UNIT}（{{other}}）"


def test_head_as_the_standard_has_it() -> None:
    style = styled(head=HEAD)
    issuer, number, rule = pieces(style, "head")
    assert [text_of(issuer), text_of(number)] == [f"{UNIT}文件", "甲政发〔2026〕12号"]
    top = style.top_mm * MM
    assert issuer.top - top == pytest.approx(35 * MM)
    assert issuer.colour == rule.colour == HEAD.colour
    assert not number.colour
    assert number.top - issuer.top - issuer.height == pytest.approx(2 * style.pitch)
    assert rule.top - number.top - number.height == pytest.approx(4 * MM)
    assert rule.width == pytest.approx(156 * MM)
    for piece in (issuer, number):
        assert piece.x + piece.width / 2 == pytest.approx(style.left_mm * MM + style.width / 2)
    title = pieces(style, "title")[0]
    assert title.top - rule.top == pytest.approx(2 * style.pitch, abs=2)


def test_who_signed_stands_on_the_right_and_the_number_on_the_left() -> None:
    style = styled(head=replace(HEAD, signer="欧阳建国"))
    _, number, signer, _ = pieces(style, "head")
    left, right = style.left_mm * MM, style.left_mm * MM + style.width
    assert text_of(signer) == "签发人：欧阳建国"
    assert number.x == pytest.approx(left + 15.75)
    assert signer.x + signer.width == pytest.approx(right - 15.75)


def test_a_long_name_is_smaller_and_then_in_two_lines() -> None:
    long = "新疆维吾尔自治区巴音郭楞蒙古自治州和静县巴音布鲁克镇人民政府文件"
    shown = [piece for piece in pieces(styled(head=replace(HEAD, issuer=long)), "head") if piece.texts]
    assert "".join(map(text_of, shown[:2])) == long
    assert {text.size for piece in shown[:2] for text in piece.texts} == {26}
    (short, *_) = pieces(styled(head=replace(HEAD, issuer="{unit}委员会文件")), "head")
    assert 26 < short.texts[0].size < 42


@pytest.mark.parametrize("lines", range(1, 40, 4))
def test_imprint_ends_where_the_last_page_does(lines: int) -> None:
    style = styled(imprint=IMPRINT)
    made = typeset(blocks(lines), style, bundled_faces())
    assert not any(piece.source.section == "imprint" for page in made[:-1] for piece in page.pieces)
    last = [piece for piece in made[-1].pieces if piece.source.section == "imprint" and piece.texts]
    assert [text_of(piece) for piece in last] == [
        "抄送：县政务公开办。",
        "甲乙镇党政办公室",
        "2026年1月9日印发",
    ]
    (rules,) = [piece for piece in made[-1].pieces if piece.source.section == "imprint" and piece.rules]
    assert rules.top + rules.height == pytest.approx(style.top_mm * MM + style.height)
    assert [rule.width for rule in rules.rules] == pytest.approx([0.35 * MM, 0.25 * MM, 0.35 * MM])
    above = [piece for piece in made[-1].pieces[:-1] if piece.source.section in ("other", "signature")]
    assert all(piece.top + piece.height <= rules.top + 0.1 for piece in above)


def test_word_has_the_same_words() -> None:
    style = styled(head=replace(HEAD, signer="欧阳建国"), imprint=IMPRINT)
    made = Document(BytesIO(docx_bytes(blocks(), Meta("年报", UNIT, 2025), style)))
    texts = [paragraph.text.strip("\u3000") for paragraph in made.paragraphs]
    assert texts[1:3] == [f"{UNIT}文件", "甲政发〔2026〕12号\t签发人：欧阳建国"]
    (table,) = made.tables
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：县政务公开办。",
        "甲乙镇党政办公室\t2026年1月9日印发",
    ]
    assert table._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


@pytest.mark.slow
def test_the_validator_finds_nothing(tmp_path) -> None:
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "版头.docx"
    style = styled(head=replace(HEAD, signer="欧阳建国"), imprint=IMPRINT)
    path.write_bytes(docx_bytes(blocks(), Meta("年报", UNIT, 2025), style))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors]


def test_the_pdf_draws_it_red() -> None:
    import pypdfium2

    faces, style = bundled_faces(), styled(head=HEAD, imprint=IMPRINT)
    pdf = pages_to_pdf(typeset(blocks(), style, faces), Meta("年报", UNIT, 2025), faces)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    upper, lower = picture.crop((0, 0, 595, 420)), picture.crop((0, 440, 595, 842))

    def reds(part) -> int:
        return sum(count for count, (r, g, b) in part.getcolors(1 << 24) if r > 200 and g < 60 and b < 80)

    assert reds(upper) > 1000
    assert reds(lower) == 0


def test_without_them_nothing_is_added() -> None:
    assert page_style().head is None
    assert not pieces(page_style(), "head")
    assert not pieces(page_style(), "imprint")


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ('[head]\nissuer = "甲"\ncolour = "red"', "colour='red'"),
        ("[head]\nsize = 42", "issuer"),
        ('[imprint]\nto = "甲"', "不认识 to"),
    ],
)
def test_an_odd_entry_is_told(tmp_path, added: str, told: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text((templates() / "page_styles" / "gb9704.toml").read_text("utf-8") + "\n" + added, "utf-8")
    with pytest.raises(UserError, match=told):
        load_page_style(path)


def test_page_numbers_may_stand_on_the_right_of_all_pages() -> None:
    number = replace(page_style().page_number, outer=False, align=Align.RIGHT, text="- {number} -")
    style = styled(page_number=number)
    one, other = (page.pieces[-1] for page in typeset(blocks(40), style, bundled_faces())[:2])
    assert [text_of(one), text_of(other)] == ["- 1 -", "- 2 -"]
    right = style.left_mm * MM + style.width - number.indent * number.size
    assert one.x + one.width == pytest.approx(right)
    assert other.x + other.width == pytest.approx(right)
    made = Document(BytesIO(docx_bytes(blocks(), Meta("年报", UNIT, 2025), style)))
    assert not made.settings.odd_and_even_pages_header_footer
    assert made.sections[0].footer.paragraphs[0].alignment.name == "RIGHT"


LONG_OFFICE = "广西壮族自治区柳州市三江侗族自治县八江镇人民政府党政综合办公室"


def overlaps(found) -> list[tuple[str, str]]:
    """Texts of which one is printed over another, and those beyond the type area."""
    style = page_style()
    left, right = style.left_mm * MM, style.left_mm * MM + style.width
    shown = [piece for piece in found if piece.texts]
    met = [
        (text_of(a), text_of(b))
        for a, b in combinations(shown, 2)
        if a.top == b.top and a.x < b.x + b.width and b.x < a.x + a.width
    ]
    outside = [piece for piece in shown if piece.x < left - 0.1 or piece.x + piece.width > right + 0.1]
    return met + [(text_of(piece), "") for piece in outside]


@pytest.mark.parametrize("office", ["甲乙镇党政办公室", LONG_OFFICE, LONG_OFFICE[:22], LONG_OFFICE * 3])
@pytest.mark.parametrize("day", ["{date}", "{date}" * 5])
def test_the_date_of_an_imprint_stands_below_a_long_office(office: str, day: str) -> None:
    style = styled(imprint=ImprintStyle("", office, day))
    found = pieces(style, "imprint")
    assert overlaps(found) == []
    shown = "".join(map(text_of, found))
    assert office in shown
    assert shown.endswith("印发")
    made = Document(BytesIO(docx_bytes(blocks(), Meta("年报", UNIT, 2025), style)))
    lines = made.tables[-1].cell(0, 0).text.split("\n")
    rows = Counter(piece.top for piece in found if piece.texts)
    # Word breaks a line by itself, and before the date where that has no room
    assert (len(lines) == 1) == (max(rows.values()) == 2)


@pytest.mark.parametrize("number", ["甲政发〔2026〕1号", "甲政发〔2026〕1号" * 3, "甲政发〔2026〕1号" * 8])
@pytest.mark.parametrize("signer", ["", "张三", "买买提·艾力　阿卜杜勒·热合曼　张三", "张三　李四" * 9])
def test_a_long_number_and_many_signers_stand_below_one_another(number: str, signer: str) -> None:
    found = pieces(styled(head=replace(HEAD, number=number, signer=signer)), "head")
    assert overlaps(found) == []
    shown = "".join(map(text_of, found)).replace("\u3000", "")
    assert number in shown
    assert signer.replace("\u3000", "") in shown
