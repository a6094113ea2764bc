"""花脸稿: the earlier text and this one are both in the revisions, to the character; a blank is nothing."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.commands import cli
from app.documents.blocks import Mark, Paragraph, TableBlock
from app.documents.compose import compose
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta, Reviser
from app.form.catalog import form
from app.report.model import Picture, Report, Signature, SignaturePlace
from app.signoff.redline import redline, redline_bytes, reviser_of
from app.storage import files
from app.storage.container import Content
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import page_style
from app.typesetting.pages import Text
from app.typesetting.typeset import typeset
from tests.exporting.docx.test_writer import png
from tests.exporting.reports import full_report, random_reports
from tests.signoff.test_changes import changed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BY = Reviser("王小兰", datetime(2026, 1, 9, 10, 30, tzinfo=UTC))
OLD = full_report("2021", 2024)
TEXTS = {
    "word": ("全年公开信息237条，同比增长5%。", "全年主动公开信息251条，同比增长5%。"),
    "added": ("第一段。\n第三段说别的。", "第一段。\n第二段是新加的，讲的是培训。\n第三段说别的。"),
    "removed": ("第一段。\n第二段是去年的，讲的是培训。\n第三段说别的。", "第一段。\n第三段说别的。"),
    "moved": (
        "甲：认真公开。\n乙：及时答复申请。\n丙：加强监督。",
        "丙：加强监督。\n甲：认真公开。\n乙：及时答复申请。",
    ),
    "all": ("旧话。", "完全两样的一段文字，讲新事。"),
    "to nothing": ("（一）标题\n一段话。", ""),
    "from nothing": ("", "（一）标题\n一段话。"),
    "heading": ("（一）主动公开。全年公开12条。", "（一）主动公开工作。全年公开13条。"),
    "style": ("（一）主动公开", "（一）主动公开，全年公开13条；依申请公开2条。"),
    "spaces": ("全年 12 条，  占 3.5%。", "全年 12条，占 3.6 %。"),
    "long": ("落实责任，" * 1500 + "公开12条。", "落实责任，" * 1500 + "公开13条。"),
}


def body_of(data: bytes, taken: str, ends: str) -> tuple[list[str], list[list[str]]]:
    """(paragraphs, cells) of a Word file after the revisions `taken` are taken out with all in them and `ends` are kept."""
    with ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    for row in [one for one in body.iter(f"{W}tr") if one.find(f"{W}trPr/{W}{taken}") is not None]:
        row.getparent().remove(row)
    for table in [one for one in body.iter(f"{W}tbl") if one.find(f"{W}tr") is None]:
        table.getparent().remove(table)
    for one in [one for one in body.iter(f"{W}{taken}") if one.getparent().tag == f"{W}p"]:
        one.getparent().remove(one)
    texts, before = [], ""
    for child in body.iterchildren(f"{W}p"):
        before += words_of(child)
        if child.find(f"{W}pPr/{W}rPr/{W}{taken}") is None:
            texts.append(before)
            before = ""
    assert not before
    cells = [
        [
            "\n".join(map(words_of, cell.iter(f"{W}p")))
            for cell in row.iter(f"{W}tc")
            if cell.find(f"{W}tcPr/{W}vMerge")
            is None  # such a label stands again where a page of the PDF begins
        ]
        for row in body.iter(f"{W}tr")
    ]
    return texts, cells


def words_of(paragraph) -> str:
    names = {f"{W}t", f"{W}delText", f"{W}br"}
    return "".join(
        "\n" if one.tag == f"{W}br" else one.text or "" for one in paragraph.iter() if one.tag in names
    )


def plain(report: Report) -> tuple[list[str], list[list[str]]]:
    """The same of the report's own Word file; where titles and labels are broken on a page is nobody's text."""
    data = docx_bytes(compose(report, form(report.form)), Meta("", "", report.year))
    return without_breaks(body_of(data, "del", "ins"))


def without_breaks(body) -> tuple[list[str], list[list[str]]]:
    texts, rows = body
    return [text.replace("\n", "") for text in texts], [[c.replace("\n", "") for c in row] for row in rows]


def rejected(data: bytes):
    return without_breaks(body_of(data, "ins", "del"))


def accepted(data: bytes):
    return without_breaks(body_of(data, "del", "ins"))


@pytest.mark.parametrize(("before", "after"), TEXTS.values(), ids=TEXTS)
def test_who_rejects_all_has_the_old_text_and_who_accepts_all_the_new_one(before: str, after: str):
    old, new = OLD.with_narrative("overview", before), OLD.with_narrative("overview", after)
    data = redline_bytes(old, new, BY)
    assert rejected(data) == plain(old)
    assert accepted(data) == plain(new)


@settings(max_examples=15, deadline=None)
@given(
    random_reports(),
    random_reports(),
    st.text("公开信息条件，。（一）二\n12 ", max_size=60),
    st.text("公开信息条件，。（一）二\n12 ", max_size=60),
)
def test_any_two_reports_are_both_in_it(old: Report, new: Report, before: str, after: str):
    """Also of two editions, whose tables have other rows."""
    old, new = old.with_narrative("problems", before), new.with_narrative("problems", after)
    data = redline_bytes(old, new, BY)
    assert rejected(data) == plain(old)
    assert accepted(data) == plain(new)


def test_what_is_put_in_and_taken_out_has_one_hand_and_one_time():
    data = redline_bytes(OLD, changed().report, BY)
    with ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = list(root.iter(f"{W}ins", f"{W}del"))
    assert len(found) > 100
    assert {one.get(f"{W}author") for one in found} == {"王小兰"}
    assert {one.get(f"{W}date") for one in found} == {"2026-01-09T10:30:00Z"}
    assert len({one.get(f"{W}id") for one in found}) == len(found)
    assert not [one for deleted in root.iter(f"{W}del") for one in deleted.iter(f"{W}t")]


def test_without_a_name_it_is_the_unit():
    assert reviser_of(OLD, BY.at).name == OLD.agency.name
    assert reviser_of(OLD, BY.at, " 王 小兰 ").name == "王 小兰"
    assert reviser_of(replace(OLD, agency=replace(OLD.agency, name="")), BY.at).name == "经办人"


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [(5, 9, ["-5", "+9"]), (None, 0, ["+0"]), (0, None, ["-0"]), (12, 123, ["-12", "+123"]), (7, 7, [])],
)
def test_a_number_is_struck_out_as_a_whole_and_a_blank_is_not(old, new, marks):
    ref = form("2021").cells[0]
    first, second = (OLD.with_values({ref: value}) for value in (old, new))
    blocks = redline(*(compose(one, form("2021")) for one in (first, second)))
    (cell,) = [c for block in blocks if isinstance(block, TableBlock) for c in block.cells if c.ref == ref]
    assert [f"{run.mark}{run.text}" for run in cell.runs] == marks


def test_only_the_words_that_changed_are_marked():
    before, after = TEXTS["long"]
    blocks = redline(
        *(compose(OLD.with_narrative("overview", text), form("2021")) for text in (before, after))
    )
    (paragraph,) = [one for one in blocks if isinstance(one, Paragraph) and one.runs]
    assert [run.text for run in paragraph.runs if run.mark] == ["12", "13"]
    assert paragraph.mark is Mark.BOTH


def test_a_paragraph_that_becomes_a_heading_is_put_in_as_one():
    """Its style cannot be a revision that every program rejects."""
    before, after = TEXTS["style"]
    blocks = redline(
        *(compose(OLD.with_narrative("overview", text), form("2021")) for text in (before, after))
    )
    marked = [one for one in blocks if isinstance(one, Paragraph) and one.mark]
    assert [one.mark for one in marked] == [Mark.OLD, Mark.NEW]


def test_the_same_report_has_no_revision():
    data = redline_bytes(OLD, OLD, BY)
    with ZipFile(BytesIO(data)) as archive:
        text = archive.read("word/document.xml")
    assert b"w:ins " not in text
    assert b"w:del " not in text


def test_a_picture_goes_and_comes_with_its_caption():
    data = png(60, 40)
    old = replace(OLD, pictures=(Picture("a.png", "overview", "上年的图", 0, data),))
    new = replace(OLD, pictures=(Picture("b.png", "other", "今年的图", 0, data),))
    data = redline_bytes(old, new, BY)
    assert "上年的图" in rejected(data)[0]
    assert "今年的图" not in rejected(data)[0]
    assert "今年的图" in accepted(data)[0]
    assert "上年的图" not in accepted(data)[0]
    with ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    holders = [one.getparent().getparent().tag for one in root.iter(f"{W}drawing")]
    assert sorted(holders) == [f"{W}del", f"{W}ins"]


def test_the_signature_is_followed():
    new = replace(OLD, signature=Signature("甲乙镇", date(2026, 1, 20)))
    data = redline_bytes(OLD, new, BY)
    assert rejected(data)[0][-2:] == ["测试县甲乙镇人民政府", "2025年1月9日"]
    assert accepted(data)[0][-2:] == ["甲乙镇", "2026年1月20日"]
    gone = redline_bytes(OLD, replace(OLD, signature=Signature(place=SignaturePlace.NONE)), BY)
    assert rejected(gone) == plain(OLD)


def test_the_same_two_reports_give_the_same_bytes():
    new = changed().report
    assert redline_bytes(OLD, new, BY) == redline_bytes(OLD, new, BY)


# -- on paper


def texts_of(old: Report, new: Report) -> list[Text]:
    blocks = redline(*(compose(one, form(one.form)) for one in (old, new)))
    pages = typeset(blocks, page_style(), bundled_faces())
    return [text for page in pages for piece in page.pieces for text in piece.texts]


@pytest.mark.parametrize(("before", "after"), TEXTS.values(), ids=TEXTS)
def test_the_pages_show_both_texts_by_their_marks(before: str, after: str):
    old, new = OLD.with_narrative("overview", before), OLD.with_narrative("overview", after)
    shown = texts_of(old, new)
    for report, other in ((old, Mark.NEW), (new, Mark.OLD)):
        there = "".join(text.text for text in shown if text.mark is not other)
        wanted = "".join(text.text for text in texts_of(report, report))
        assert without_page_numbers(there) == without_page_numbers(wanted)


def without_page_numbers(text: str) -> str:
    """A 花脸稿 has more pages; labels, headings and numbers of pages stand on each."""
    return re.sub(r"\s", "", text.partition("二、主动公开")[0]).replace("—1—", "").replace("—2—", "")


def test_each_marked_text_has_its_line_and_colour():
    blocks = redline(*(compose(one, form("2021")) for one in (OLD, changed().report)))
    pieces = [p for page in typeset(blocks, page_style(), bundled_faces()) for p in page.pieces]
    marked = [piece for piece in pieces if any(text.mark for text in piece.texts)]
    assert len(marked) > 200
    for piece in marked:
        (mark,) = {text.mark for text in piece.texts}
        assert piece.colour
        for text, rule in zip(piece.texts, piece.rules, strict=True):
            is_under = max(rule.y1, rule.y2) > text.y
            assert text.turned or is_under is (mark is Mark.NEW)


def test_a_number_struck_out_does_not_touch_the_one_put_in():
    """7 and 0 side by side would be read as 70."""
    blocks = redline(*(compose(one, form("2021")) for one in (OLD, changed().report)))
    pieces = [p for page in typeset(blocks, page_style(), bundled_faces()) for p in page.pieces if p.cell]
    pairs = [
        (one.texts[-1], other.texts[0])
        for one, other in pairwise(pieces)
        if one.cell == other.cell and one.cell.ref and one.texts and other.texts
    ]
    assert len(pairs) > 100
    for first, second in pairs:
        assert (first.mark, second.mark) == (Mark.OLD, Mark.NEW)
        assert second.x - first.x - first.width > 0.2 * first.size
        assert first.size >= 8


def test_a_figure_that_is_gone_is_crossed_and_a_new_one_framed():
    data = png(60, 40)
    old = replace(OLD, pictures=(Picture("a.png", "overview", "上年的图", 0, data),))
    new = replace(OLD, pictures=(Picture("b.png", "other", "今年的图", 0, data),))
    blocks = redline(*(compose(one, form("2021")) for one in (old, new)))
    pages = typeset(blocks, page_style(), bundled_faces())
    frames = [p for page in pages for p in page.pieces if p.colour and p.rules and not p.texts]
    assert [len(piece.rules) for piece in frames] == [6, 4]


def test_the_pdf_says_what_its_marks_mean():
    pdf = pypdfium2.PdfDocument(redline_bytes(OLD, changed().report, BY, ".pdf"))
    for page in pdf:
        assert "红色删除线是原文，蓝色下划线是本稿" in page.get_textpage().get_text_range()


# -- the command line


@pytest.fixture
def two(tmp_path):
    """Two reports in files."""
    paths = tmp_path / "旧.gknb", tmp_path / "新.gknb"
    for path, report in zip(paths, (OLD, changed().report), strict=True):
        files.save(path, Content(report))
    return paths


def test_the_command_writes_it_and_says_what_differs(two, tmp_path, capsys):
    out = tmp_path / "花脸稿.docx"
    words = ["compare", *map(str, two), "-o", str(out), "--author", "王小兰", "--date", "2026-01-09"]
    assert cli.main(words) == 0
    said = capsys.readouterr()
    assert "处不同" in said.out
    assert "花脸稿.docx" in said.err
    data = out.read_bytes()
    assert data == redline_bytes(OLD, changed().report, Reviser("王小兰", datetime(2026, 1, 9, tzinfo=UTC)))


def test_what_cannot_be_written_is_refused_and_nothing_is_left(two, tmp_path, capsys):
    assert cli.main(["compare", *map(str, two), "-o", str(tmp_path / "花脸稿.xlsx")]) == 2
    assert "花脸稿不能写成" in capsys.readouterr().err
    assert not (tmp_path / "花脸稿.xlsx").exists()


def test_a_cell_that_was_read_doubtfully_is_told_and_left_blank(two, tmp_path, capsys):
    """A redline read back: its number cells are doubtful until somebody accepts or rejects them."""
    doubtful, out = tmp_path / "改稿.docx", tmp_path / "花脸稿.docx"
    doubtful.write_bytes(redline_bytes(OLD, changed().report, BY))
    assert cli.main(["compare", str(two[0]), str(doubtful), "-o", str(out)]) == 0
    assert "读得不确定，花脸稿里这些格按空白处理" in capsys.readouterr().err
    first = form("2021").cells[0]
    assert first.table in {ref.table for ref in OLD.values}
    assert ["规章", "11", "12", "13"] in rejected(out.read_bytes())[1]
    assert ["规章", "", "", ""] in accepted(out.read_bytes())[1]
