"""图题 come back as captions, where Word and web pages have them under a picture; what only looks so stays text."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.blocks import Paragraph, Style
from app.exporting.exporter import export_bytes
from app.form.catalog import form
from app.importing.importer import import_bytes
from app.importing.matching.captions import is_caption
from app.report.model import Picture
from tests.behaviour.test_word_and_pdf_agree import photo
from tests.exporting.reports import full_report

OURS = full_report("2021", 2024)
CAPTIONS = ("图1　政务公开专区", "", "公示栏和“政务公开日”活动", "图3　" + "很长的图题" * 30)


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_caption_comes_back_as_that_of_its_picture(suffix: str) -> None:
    pictures = tuple(
        Picture(f"{n}.png", section, caption, after, photo(60 + n, 40))
        for section in ("overview", "problems", "other")
        for n, (caption, after) in enumerate(zip(CAPTIONS, (0, 1, -1, -1), strict=True))
    )
    report = replace(OURS, pictures=pictures)
    (data,) = export_bytes(report, form(report.form), [Path(f"x{suffix}")], False)
    back = import_bytes(data, f"x{suffix}").report
    assert [one.caption for one in back.pictures] == [
        one.caption
        for section in ("overview", "problems", "other")
        for one in sorted((p for p in pictures if p.section == section), key=lambda p: p.after % 9)
    ]
    assert back.narratives == OURS.narratives


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("图1　政务公开专区", True),
        ("图 2-1：公示栏", True),
        ("图三 宣传活动", True),
        ("图12", True),
        ("图1反映了申请数量的变化。", False),
        ("图1：2024年申请数量。其中新收3件。", False),
        ("图书馆设立查阅点 3 处", False),
        ("一年来，本机关做好公开工作。", False),
        ("图1　" + "长" * 200, False),
    ],
)
def test_without_a_style_a_number_tells_it(text: str, is_one: bool) -> None:
    assert is_caption(Paragraph(text), "docx") is is_one
    assert not is_caption(Paragraph(text), "pdf")


def test_a_style_tells_it_but_for_the_title_of_a_table() -> None:
    assert is_caption(Paragraph("公示栏。", Style.CAPTION), "docx")
    assert not is_caption(Paragraph("表1 申请情况", Style.CAPTION), "docx")
    assert not is_caption(Paragraph("图1 公示栏", Style.HEADING2), "docx")
