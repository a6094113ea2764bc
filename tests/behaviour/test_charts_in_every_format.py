"""A 统计图 in every format: native and editable in Word, the same drawing in PDF and web page, its caption under it."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from docx import Document
from lxml import etree, html
from openpyxl import load_workbook

from app.documents.blocks import ChartBlock
from app.exporting.docx.writer import docx_bytes
from app.exporting.html_writer import html_bytes
from app.exporting.pdf.writer import pdf_bytes
from app.exporting.text_writer import text_bytes
from app.exporting.xlsx_writer import xlsx_bytes
from app.form.catalog import form
from app.importing.importer import import_bytes
from app.report.model import Chart
from app.typesetting.charts import draw_chart
from app.typesetting.fonts import Faces
from app.typesetting.page_style import page_style
from tests.exporting.reports import blocks_of, full_report, meta_of

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TITLE = "甲乙镇2024年各类栏目信息发布数量统计图"
ONE = Chart(TITLE, "overview", ("政务动态", "=1+1", "<&>"), (("2024年", (120, 0, None)),), after=1)
TWO = Chart("对比图", "overview", ("主动公开",), (("2023年", (7,)), ("2024年", (9,))))
REPORT = replace(full_report("2021", 2024), charts=(ONE, TWO))
ODD = Chart("\ud800\x00", "other", ("a\x0b\ud83d\n", "😀"), (('"', (1, 2)),))


def word(report=REPORT) -> ZipFile:
    return ZipFile(BytesIO(docx_bytes(blocks_of(report), meta_of(report))))


@pytest.mark.slow
def test_the_validator_finds_nothing(tmp_path):
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "图.docx"
    report = replace(REPORT, charts=(ONE, TWO, ODD))
    path.write_bytes(docx_bytes(blocks_of(report), meta_of(report)))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors]


def test_word_shows_what_its_workbook_holds():
    found = word()
    chart = etree.fromstring(found.read("word/charts/chart1.xml"))
    assert [one.text for one in chart.iterfind(f".//{C}cat//{C}v")] == ["政务动态", "=1+1", "<&>"]
    assert [one.text for one in chart.iterfind(f".//{C}val//{C}v")] == ["120", "0"]
    sheet = load_workbook(BytesIO(found.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx"))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "2024年"],
        ["政务动态", 120],
        ["=1+1", 0],
        ["<&>", None],
    ]
    assert sheet["A3"].data_type == "s"


def test_word_has_one_chart_part_each_and_the_same_bytes_each_time():
    one, other = word(), word()
    names = [name for name in one.namelist() if "chart" in name and not name.endswith(".rels")]
    assert names == ["word/charts/chart1.xml", "word/charts/chart2.xml"]
    assert all(one.read(name) == other.read(name) for name in one.namelist())


def test_the_caption_follows_in_word():
    document = Document(BytesIO(docx_bytes(blocks_of(REPORT), meta_of(REPORT))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    place = texts.index(TITLE)
    assert "w:drawing" in document.paragraphs[place - 1]._p.xml
    assert texts[place - 2] == "（一）主动公开情况"


def test_the_pdf_draws_it_with_its_numbers():
    data = pdf_bytes(blocks_of(REPORT), meta_of(REPORT), faces=Faces.bundled())
    with pypdfium2.PdfDocument(data) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert "120" in text
    assert TITLE in "".join(text.split())


@pytest.mark.parametrize("name", ["PDF_A_2B", "PDF_A_2A", "PDF_UA_1"])
def test_the_pdf_conforms(name):
    import page as page_validation

    data = pdf_bytes(blocks_of(REPORT), meta_of(REPORT), faces=Faces.bundled(), accessible=name != "PDF_A_2B")
    profile = getattr(page_validation.ValidationProfile, name)
    result = page_validation.validate_pdf_bytes(data, profile=profile)
    assert result.is_compliant, [failure.message for failure in result.failures]


def test_the_web_page_has_it_as_lines_and_words():
    page = html.document_fromstring(html_bytes(blocks_of(REPORT), meta_of(REPORT)))
    first, second = page.xpath("//svg")
    assert first.get("aria-label").startswith(f"{TITLE}。")  # and its numbers, as the PDF says them
    assert "120" in first.get("aria-label")
    words = "".join(first.text_content().split())
    assert all(text in words for text in ("120", "=1+1", "<&>"))
    assert second.xpath("./path/@d")
    assert page.xpath("//p[@class='caption']/text()") == [TITLE, "对比图"]


@pytest.mark.parametrize("writer", [docx_bytes, html_bytes, text_bytes, pdf_bytes])
def test_odd_text_in_a_chart_is_no_obstacle(writer):
    report = replace(REPORT, charts=(ODD,))
    assert writer(blocks_of(report), meta_of(report))


def test_the_workbook_and_the_text_are_as_before():
    report = replace(REPORT, charts=())
    assert TITLE in text_bytes(blocks_of(REPORT), meta_of(REPORT)).decode("utf-8-sig")
    sheets = [
        load_workbook(BytesIO(xlsx_bytes(blocks_of(one), meta_of(one), one, form("2021")))).sheetnames
        for one in (REPORT, report)
    ]
    assert sheets[0] == sheets[1]


@pytest.mark.parametrize(("kind", "writer"), [("docx", docx_bytes), ("html", html_bytes)])
def test_a_chart_does_not_disturb_reading_the_report_again(kind, writer):
    result = import_bytes(writer(blocks_of(REPORT), meta_of(REPORT)), f"报告.{kind}")
    assert dict(result.report.values) == dict(REPORT.values)
    assert "120" not in result.report.narrative("overview")


def test_a_chart_without_numbers_is_not_printed():
    empty = Chart("空图", "overview", ("甲",), (("2024年", (None,)),))
    assert blocks_of(replace(REPORT, charts=(empty,))) == blocks_of(replace(REPORT, charts=()))


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        (("甲",), (("本年", ()),)),
        (("甲",), (("本年", (-1,)),)),
        (("甲",), (("本年", (10**9,)),)),
        (("甲",) * 21, ()),
        (("甲",), (("本年", (1,)),) * 4),
    ],
)
def test_a_chart_that_does_not_fit_cannot_be_made(labels, series):
    with pytest.raises(ValueError):
        Chart("图", "overview", labels, series)


MANY = Chart(
    "多项",
    "overview",
    tuple(f"第{n}类信息" for n in range(13)),
    (("2024年", tuple(range(1000, 14_000, 1000))), ("2025年", tuple(range(12_345, 12_345 + 13)))),
)


def test_a_chart_with_many_labels_has_as_many_rows_in_word_as_in_the_pdf():
    """One row of them all has numbers over each other."""
    report = replace(REPORT, charts=(MANY,))
    (block,) = [one for one in blocks_of(report) if isinstance(one, ChartBlock)]
    style = page_style()
    drawing = draw_chart(block, style.width, style.height - 4 * style.pitch, style, Faces.bundled())
    made = word(report)
    parts = [
        etree.fromstring(made.read(name)) for name in made.namelist() if name.startswith("word/charts/chart")
    ]
    assert len(parts) == len(drawing.rows) > 1
    labels = [one.text for part in parts for one in part.find(f".//{C}ser").iterfind(f"{C}cat//{C}v")]
    assert labels == list(MANY.labels)
    values = [int(one.text) for part in parts for one in part.iterfind(f".//{C}val//{C}v")]
    assert sorted(values) == sorted(number for _, numbers in MANY.series for number in numbers)
    assert {part.find(f".//{C}max").get("val") for part in parts} == {"13000"}
    assert [part.find(f".//{C}legend") is not None for part in parts] == [False] * (len(parts) - 1) + [True]
    heights = [
        int(one.get("cy")) for one in etree.fromstring(made.read("word/document.xml")).iter(f"{WP}extent")
    ]
    assert sum(heights) == pytest.approx(drawing.height * 12_700, rel=0.001)


def test_who_hears_the_pdf_hears_the_numbers_of_a_chart():
    pdf = pikepdf.open(
        BytesIO(pdf_bytes(blocks_of(REPORT), meta_of(REPORT), faces=Faces.bundled(), accessible=True))
    )
    said = [str(one["/Alt"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert "对比图。2023年：主动公开 7；2024年：主动公开 9" in said


def come_back(data: bytes):
    return import_bytes(data, "报告.docx")


@pytest.mark.parametrize("caption", ["图1　各栏目数量", ""])
def test_charts_of_a_word_file_come_back_with_their_captions(caption):
    charts = (ONE, replace(MANY, title=caption), replace(TWO, section="other", after=-1))
    report = replace(REPORT, charts=charts)
    back = come_back(docx_bytes(blocks_of(report), meta_of(report))).report
    last = len(report.paragraphs("other")) - 1
    assert sorted(back.charts, key=charts_order) == sorted(
        (
            charts[0],
            replace(charts[1], after=len(report.paragraphs("overview")) - 1),
            replace(charts[2], after=last),
        ),
        key=charts_order,
    )
    assert back.narratives == report.narratives


def charts_order(chart: Chart) -> int:
    return len(chart.labels)


def with_chart(change) -> bytes:
    data = docx_bytes(blocks_of(REPORT), meta_of(REPORT))
    made = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == "word/charts/chart1.xml" else content)
    return made.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"<c:v>120</c:v>", b"<c:v>12.5</c:v>"),
        lambda data: data.replace(b'idx="0"', b'idx="x"'),
        lambda data: data.replace(b'ptCount val="3"', b'ptCount val="300000000"'),
        lambda data: b"<c",
    ],
    ids=["no whole number", "no number", "far too many", "no XML"],
)
def test_a_chart_that_cannot_be_read_is_told_as_a_picture(change):
    result = come_back(with_chart(change))
    assert [one.labels for one in result.report.charts] == [TWO.labels]
    assert [one.name for one in result.pictures] == ["统计图"]
    assert TITLE in result.report.narrative("overview")  # its caption is not lost


def test_a_number_that_word_writes_as_a_fraction_is_whole():
    (chart, _) = come_back(with_chart(lambda data: data.replace(b"<c:v>120<", b"<c:v>121.0<"))).report.charts
    assert chart.series == (("2024年", (121, 0, None)),)


def test_numbers_over_the_columns_are_whole_in_word():
    """LibreOffice would break 50433693 as 5043 over 3693."""
    chart = etree.fromstring(word().read("word/charts/chart1.xml"))
    (shown,) = chart.iterfind(f".//{C}barChart/{C}dLbls/{C}txPr/{A}bodyPr")
    assert shown.get("wrap") == "none"
