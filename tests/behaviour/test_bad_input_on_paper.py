"""Input that no clerk should write, on paper: nothing outside the type area, no type under 8 pt, no phrase lost, also in Word."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.documents.blocks import Block, Cell, CellRole, Paragraph, Style, TableBlock
from app.documents.compose import compose
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.form.catalog import form
from app.report.model import Agency, Chart, Picture, Report, Signature
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import MM, PageStyle, page_style, page_style_keys
from app.typesetting.pages import Page, Part
from app.typesetting.typeset import typeset
from tests.behaviour.test_word_and_pdf_agree import OFFICE, convert, filled_report, photo, write_inverted

COMMON = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFE)]
NAME = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县孙扎齐牛录锡伯族民族乡人民政府及孙扎齐牛录街道办事处社会事务和便民服务中心办公室"
SHAPES = [(600, 400), (3000, 300), (300, 3000), (40, 30), (2400, 2400), (5000, 20), (20, 5000)]


def words(count: int, seed: int) -> str:
    """Characters without a break but a comma now and then."""
    chance = random.Random(seed)
    return "".join("，" if n % 23 == 22 else chance.choice(COMMON) for n in range(count))


def with_text(**narratives: str) -> Report:
    made = replace(filled_report(), signature=Signature(issued_on=date(2026, 1, 9)))
    return replace(made, narratives={"introduction": "", "problems": "无。", "other": "无。", **narratives})


def chart() -> Chart:
    labels = tuple(words(9, n) for n in range(12))
    series = (("2024年", tuple(range(0, 12_000, 1000))), ("2025年", tuple(range(12_000, 24_000, 1000))))
    return Chart("图1　" + words(90, 2), "other", labels, series)


def reports() -> dict[str, Report]:
    base = with_text(overview="无。")
    found = {
        "name of 60 characters": replace(base, agency=Agency(NAME)),
        "paragraph of 5,000": with_text(overview=words(5000, 1)),
        "paragraph without a mark": with_text(overview="国" * 5000),
        "one word of 5,000": with_text(overview="a" * 5000),
        "address of 500": with_text(overview="见https://www.a.gov.cn/" + "b/c?d=e&" * 60 + "。"),
        "chart of many": replace(base, charts=(chart(),)),
    }
    for width, height in SHAPES:
        picture = Picture("图.jpg", "other", "图1　" + words(70, width), -1, photo(width, height))
        found[f"picture of {width}×{height}"] = replace(base, pictures=(picture,))
    return found


def tables() -> dict[str, list[Block]]:
    def listed(*texts: str) -> list[Block]:
        cells = [Cell(0, 0, "序号", role=CellRole.COLUMN), Cell(0, 1, "文字", role=CellRole.COLUMN)]
        for row, text in enumerate(texts, 1):
            cells += [Cell(row, 0, str(row), role=CellRole.ROW), Cell(row, 1, text, role=CellRole.ROW)]
        return [TableBlock(tuple(cells), len(texts) + 1, 2, 1, (20.0, 136.0)), Paragraph("完。", Style.BODY)]

    return {
        "2,000 in a cell": listed(words(2000, 3), "短", words(2000, 4)),
        "10,000 in a cell": listed(words(10_000, 5)),
    }


DOCUMENTS = {name: compose(report, form(report.form)) for name, report in reports().items()} | {
    name: tuple(blocks) for name, blocks in tables().items()
}


def style_of(name: str, key: str) -> PageStyle:
    return page_style(key).with_airy_tables if "cell" in name else page_style(key)


def phrases(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Stretches of four characters of all that is written."""
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else []
        if isinstance(block, TableBlock):
            texts = [cell.text for cell in block.cells if cell.ref is None and not cell.upright]
        for text in texts:
            bare = re.sub(r"\s", "", text)
            yield from (bare[at : at + 4] for at in range(0, len(bare) - 3, 4))


def text_on(pages: list[Page]) -> str:
    found = []
    for page in pages:
        for piece in page.pieces[:-1]:
            if piece.part is not Part.ARTIFACT:  # headings that come again
                found += [text.text for text in piece.texts]
    return re.sub(r"\s", "", "".join(found))


@pytest.mark.parametrize("key", page_style_keys())
@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_of_it_stands_in_the_type_area_in_type_that_can_be_read(name: str, key: str) -> None:
    style = style_of(name, key)
    pages = typeset(DOCUMENTS[name], style, bundled_faces())
    left, top = style.left_mm * MM, style.top_mm * MM
    for page in pages:
        for piece in page.pieces[:-1]:
            assert left - 0.3 <= piece.x
            assert piece.x + piece.width <= left + style.width + 0.6
            assert top - 0.3 <= piece.top
            assert piece.top + piece.height <= top + style.height + 0.3
            for text in piece.texts:
                assert text.size >= 8
                assert left - 0.3 <= text.x
                assert text.x + text.width <= left + style.width + 0.6
                assert text.y <= top + style.height + 0.3


@pytest.mark.parametrize("key", page_style_keys())
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_phrase_is_lost(name: str, key: str) -> None:
    blocks = DOCUMENTS[name]
    shown = text_on(typeset(blocks, style_of(name, key), bundled_faces()))
    assert [phrase for phrase in phrases(blocks) if phrase not in shown] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picture_at_the_end_stands_on_one_page_with_the_signature(shape: tuple[int, int]) -> None:
    pages = typeset(DOCUMENTS[f"picture of {shape[0]}×{shape[1]}"], page_style(), bundled_faces())
    assert any(piece.picture for piece in pages[-1].pieces)
    assert any(piece.source.section == "signature" for piece in pages[-1].pieces)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="没有安装 LibreOffice")
def test_no_phrase_is_lost_in_word(tmp_path) -> None:
    """By LibreOffice; phrases over the end of a page are not counted as lost."""
    paths = {}
    for number, (name, blocks) in enumerate(DOCUMENTS.items()):
        paths[name] = tmp_path / f"{number}.docx"
        write_inverted(docx_bytes(blocks, Meta(name, "甲镇", 2025), style_of(name, "gb9704")), paths[name])
    convert(tmp_path, list(paths.values()))
    for name, path in paths.items():
        document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
        shown = "".join(re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document)
        wanted = list(phrases(DOCUMENTS[name]))
        lost = [phrase for phrase in wanted if phrase not in shown]
        assert len(lost) <= 2 * len(document), (name, len(lost), len(wanted), lost[:5])
