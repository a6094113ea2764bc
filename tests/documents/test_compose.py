"""Report → blocks: everything the clerk wrote, in the printed order, under the exact headings, with the right styles."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.documents.blocks import ChartBlock, Paragraph, PictureBlock, Style, TableBlock
from app.documents.compose import compose, document_title, paragraph
from app.form.catalog import all_forms, form
from app.importing.importer import import_file
from app.report.model import Agency, Chart, Picture, Report, Signature, SignaturePlace
from tests.places import TESTS

SEEDS = sorted((TESTS / "samples").glob("00*.txt"))
PICTURE = (TESTS.parent / "resources" / "help" / "table.png").read_bytes()
TOWN = "威海市文登区侯家镇人民政府"


def report(**changes: object) -> Report:
    made = Report(
        form="2021",
        year=2025,
        agency=Agency(TOWN),
        narratives={
            "introduction": "根据《条例》，编制本报告。",
            "overview": "（一）主动公开\n公开信息12条。\n\n（二）监督保障。全年培训2次。",
            "proactive": "表中数据含镇属单位。",
        },
        signature=Signature(issued_on=date(2026, 1, 9)),
    )
    return replace(made, **changes)


def blocks(**changes: object) -> list[Paragraph | TableBlock | PictureBlock]:
    return list(compose(report(**changes), form("2021")))


def texts(found: list[object], style: Style) -> list[str]:
    return [block.text for block in found if isinstance(block, Paragraph) and block.style is style]


@pytest.mark.parametrize("edition", all_forms(), ids=lambda edition: edition.id)
def test_the_sections_stand_under_their_exact_headings_in_order_with_their_tables(edition) -> None:
    found = compose(report(form=edition.id), edition)
    assert texts(found, Style.HEADING1) == [section.title for section in edition.sections]
    tables = [block for block in found if isinstance(block, TableBlock)]
    assert [table.section for table in tables] == [s.key for s in edition.sections if s.tables]
    refs = {cell.ref for table in tables for cell in table.cells if cell.ref}
    assert refs == set(edition.cells)


def test_unit_and_rest_are_the_two_lines_of_the_title() -> None:
    assert texts(blocks(), Style.TITLE) == [f"{TOWN}\n2025年政府信息公开工作年度报告"]
    assert document_title(report(), form("2021")) == f"{TOWN}2025年政府信息公开工作年度报告"
    assert texts(blocks(agency=Agency()), Style.TITLE) == ["2025年政府信息公开工作年度报告"]


def test_a_narrative_of_a_section_with_a_table_is_printed_before_it() -> None:
    kinds = [(type(b).__name__, getattr(b, "text", "")) for b in blocks() if b.section == "proactive"]
    assert [kind for kind, _ in kinds] == ["Paragraph", "Paragraph", "TableBlock"]
    assert kinds[1][1] == "表中数据含镇属单位。"


def test_every_paragraph_knows_which_paragraph_of_its_section_it_is() -> None:
    found = [b for b in blocks() if isinstance(b, Paragraph) and b.section == "overview"]
    assert [(b.index, b.text[:6]) for b in found] == [
        (-1, "一、总体情况"),
        (0, "（一）主动公"),
        (1, "公开信息12"),
        (3, "（二）监督保"),
    ]


@pytest.mark.parametrize(
    ("text", "style", "heading"),
    [
        ("（一）主动公开", Style.HEADING2, ""),
        ("(二)依申请公开情况", Style.HEADING2, ""),
        ("（十一）平台建设", Style.HEADING2, ""),
        (
            "（一）加强组织领导，健全工作机制。我镇成立小组。",
            Style.BODY,
            "（一）加强组织领导，健全工作机制。",
        ),
        ("（一）主动公开：全年公开12条。", Style.BODY, "（一）主动公开："),
        ("（二）监督保障。", Style.HEADING2, ""),
        (
            "（一）2025年共收到政府信息公开申请3件，其中自然人2件，商业企业1件，均已按期答复。无。",
            Style.BODY,
            "",
        ),
        ("（一）公开目录不全；", Style.BODY, ""),
        ("1.公开内容不够全面", Style.HEADING3, ""),
        ("2、解读形式单一", Style.HEADING3, ""),
        ("1.公开内容不够全面，更新不及时。", Style.BODY, ""),
        ("1.5万元以上的项目", Style.BODY, ""),
        ("一是公开信息涉及面广", Style.BODY, ""),
        ("2025年", Style.BODY, ""),
        ("", Style.BODY, ""),
    ],
)
def test_the_style_is_told_from_how_a_paragraph_begins(text: str, style: Style, heading: str) -> None:
    made = paragraph(text)
    assert made.style is style
    assert [run.text for run in made.runs if run.style is Style.HEADING2] == ([heading] if heading else [])
    assert not made.runs or "".join(run.text for run in made.runs) == text


def test_only_the_label_that_covers_the_long_group_of_rows_stands_upright() -> None:
    for edition in all_forms():
        upright = [
            c for b in compose(report(), edition) if isinstance(b, TableBlock) for c in b.cells if c.upright
        ]
        assert [(cell.column, cell.column_span) for cell in upright] == [(0, 1)]
        assert upright[0].row_span >= 20


def test_the_signature_stands_at_the_end_with_room_for_the_seal() -> None:
    found = blocks()
    assert [(b.style, b.text) for b in found[-4:]] == [
        (Style.BLANK, ""),
        (Style.BLANK, ""),
        (Style.SIGNATURE, TOWN),
        (Style.DATE, "2026年1月9日"),
    ]


def test_or_under_the_title_or_nowhere() -> None:
    under = blocks(signature=Signature("侯家镇", date(2026, 1, 23), SignaturePlace.UNDER_TITLE))
    assert [(b.style, b.text) for b in under[1:4]] == [
        (Style.SUBTITLE, "侯家镇"),
        (Style.SUBTITLE, "（2026年1月23日）"),
        (Style.BLANK, ""),
    ]
    assert texts(under, Style.SIGNATURE) == texts(under, Style.DATE) == []
    nowhere = blocks(signature=Signature(issued_on=date(2026, 1, 23), place=SignaturePlace.NONE))
    assert {b.section for b in nowhere} == {"title", "introduction", *(s.key for s in form("2021").sections)}


def test_pictures_follow_their_paragraph_with_their_caption() -> None:
    pictures = (
        Picture("二.png", "overview", "图2", -1, PICTURE),
        Picture("一.png", "overview", "图1", 1, PICTURE),
        Picture("三.png", "overview", "图3", 99, PICTURE),  # its paragraph was deleted
    )
    found = [b for b in blocks(pictures=pictures) if b.section == "overview"]
    assert [b.caption for b in found if isinstance(b, PictureBlock)] == ["图1", "图2", "图3"]
    assert isinstance(found[3], PictureBlock)
    assert [isinstance(b, PictureBlock) for b in found[-2:]] == [True, True]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_nothing_that_a_seed_says_is_lost(path: Path) -> None:
    read = import_file(path).report
    found = compose(read, form(read.form))
    printed = "".join(b.text for b in found if isinstance(b, Paragraph) and b.index >= 0)
    written = "".join(
        read.narrative(key) for key in ("introduction", *(s.key for s in form(read.form).sections))
    )
    assert "".join(printed.split()) == "".join(written.split())
    shown = [c.text for b in found if isinstance(b, TableBlock) for c in b.cells if c.ref and c.text]
    assert len(shown) == len(read.values)


def test_the_same_report_gives_the_same_blocks() -> None:
    assert (
        hashlib.sha256(repr(blocks()).encode()).digest() == hashlib.sha256(repr(blocks()).encode()).digest()
    )


def test_the_space_after_the_number_of_a_chart_is_as_wide_as_under_pictures():
    chart = Chart("图1　各 渠道\n数量", "overview", ("网站",), (("2025年", (1,)),))
    blocks = compose(report(charts=(chart,)), form("2021"))
    assert [block.caption for block in blocks if isinstance(block, ChartBlock)] == ["图1　各 渠道 数量"]
