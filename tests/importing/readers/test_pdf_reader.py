"""The reader of .pdf: the known report, tables and paragraphs cut by pages, what stands on every page, refusals in words."""

import io
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Block, TableBlock
from app.errors import UserError
from app.exporting.exporter import export_bytes
from app.exporting.pdf.writer import pdf_bytes
from app.form.catalog import form
from app.importing.importer import import_bytes, import_file
from app.importing.matching.recognise import recognise
from app.importing.readers.deadline import Deadline, TimeUp
from app.importing.source import Source
from app.report.entry import MAX_COUNT
from tests.behaviour.test_word_and_pdf_agree import numbered_report
from tests.checks.reports import good
from tests.exporting.reports import blocks_of, meta_of
from tests.importing.reader_samples import (
    NAMES,
    grid,
    known,
    mutated,
    paragraphs,
    refuses_or_reads,
    sample,
    tables,
)

pytest.importorskip("pdfminer")
from app.importing.readers.pdf_reader import read_pdf
from tests.places import TESTS

FONT, SIZE, LEFT, TOP = "STSong-Light", 16, 80, 740
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
LINE = "本机关认真贯彻落实条例，主动公开政府信息，及时答复群众申请，"  # 30 characters: a full line
FILLER = ["这一行只是为了让页面上有足够多的文字。"] * 3


def plain(text: str) -> str:
    return "".join(text.split())


def drawn(*pages: list[object], encrypt: object = None) -> bytes:
    """Pages of lines (x, text or text) from the top, and tables as (rows, hidden top borders)."""
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=encrypt)
    for page in pages:
        y = float(TOP)
        canvas.setFont(FONT, SIZE)
        for item in page:
            if isinstance(item, list):
                y = _table(canvas, item, y)
                continue
            x, text = item if isinstance(item, tuple) else (LEFT, item)
            canvas.drawString(x, 40 if str(text).startswith("—") else y, str(text))
            y -= 0 if str(text).startswith("—") else 26
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _table(canvas: Canvas, rows: list[list[str | None]], y: float) -> float:
    """Rows of 30 points in columns of 100; None goes on with the cell above."""
    for row in rows:
        for column, text in enumerate(row):
            x = LEFT + 100 * column
            canvas.line(x, y, x, y - 30)
            canvas.line(x + 100, y, x + 100, y - 30)
            if text is not None:
                canvas.line(x, y, x + 100, y)
                canvas.drawString(x + 4, y - 22, text)
        y -= 30
    canvas.line(LEFT, y, LEFT + 100 * len(rows[0]), y)
    return y - 20


def blocks(*pages: list[object]) -> tuple[Block, ...]:
    return read_pdf(drawn(*pages))


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_known_report_is_read_and_tables_cut_by_pages_are_whole(name: str) -> None:
    found = tables(read_pdf(sample(name, "pdf")))
    expected = known(name)["tables"]
    assert [[[plain(text) for text in row] for row in table] for table in found] == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_is_joined_over_its_lines_and_pages(name: str) -> None:
    found = [plain(text) for text in paragraphs(read_pdf(sample(name, "pdf")))]
    expected = [plain(text) for text in known(name)["paragraphs"]]
    assert found == expected  # the deleted 17 of 1723 is crossed out


def test_the_whole_report_comes_over() -> None:
    result = recognise(Source(read_pdf(sample("plain_2019", "pdf")), "pdf"), "x.pdf")
    assert (result.report.form, result.report.year, result.missing) == ("2019", 2020, ())
    assert result.report.signature.issued_on is not None


@pytest.mark.parametrize("draft", [False, True])
def test_a_pdf_of_our_own_comes_back_as_it_was_written(draft: bool) -> None:
    seed = next((TESTS / "samples").glob("001*.txt"))
    report = import_file(seed).report
    [data] = export_bytes(report, form(report.form), [Path("x.pdf")], draft)
    again = import_bytes(data, "x.pdf").report
    assert again.values == report.values
    assert again.signature.issued_on == report.signature.issued_on
    for section, text in report.narratives.items():
        assert [plain(one) for one in again.narratives[section].split("\n")] == [
            plain(one) for one in text.split("\n")
        ]


def test_a_table_goes_on_over_the_page_with_its_heading_repeated() -> None:
    head = ["甲", "乙"]
    found = blocks([*FILLER, [head, ["一", "1"], ["二", "2"]]], [[head, ["三", "3"]], "完。"])
    assert tables(found) == [[head, ["一", "1"], ["二", "2"], ["三", "3"]]]
    table = next(block for block in found if isinstance(block, TableBlock))
    assert table.place == "第1页至第2页"


def test_a_merged_label_cut_by_the_page_is_one_label_again() -> None:
    upper: list[object] = [["三、本年度", "甲", "1"], [None, "乙", "2"]]
    lower: list[object] = [["办理结果", "丙", "3"], [None, "丁", ""], ["（四）其他", "戊", "5"]]
    expected = [
        ["三、本年度办理结果", key, value] for key, value in zip("甲乙丙丁", ["1", "2", "3", ""], strict=True)
    ]
    assert tables(blocks([*FILLER, upper], [lower])) == [[*expected, ["（四）其他", "戊", "5"]]]
    empty: list[object] = [["", "丙", "3"], [None, "丁", ""], ["（四）其他", "戊", "5"]]
    assert tables(blocks([*FILLER, upper], [empty]))[0][2:4] == [
        ["三、本年度", "丙", "3"],
        ["三、本年度", "丁", ""],
    ]


def test_a_blank_value_at_the_top_of_a_page_is_not_taken_for_the_one_above() -> None:
    found = tables(blocks([*FILLER, [["规章", "7", "8"]]], [[["规范性文件", "", "9"]]]))
    assert found == [[["规章", "7", "8"], ["规范性文件", "", "9"]]]


def test_paragraphs_run_over_lines_and_pages_and_page_numbers_are_left_out() -> None:
    found = blocks(
        [(LEFT + 32, "本年度" + LINE[:-5]), LINE, LINE, "— 1 —"],
        [LINE, "并按期公布。", (LEFT + 32, "下一段从这里开始，" + LINE[:-11]), "— 2 —"],
    )
    assert [text[:3] + text[-3:] for text in paragraphs(found)] == ["本年度公布。", "下一段政府信"]


def test_a_gap_between_digits_stays_visible() -> None:
    found = blocks([*FILLER, [["规章", "1 2"], ["文件", "12"]]])
    assert tables(found) == [[["规章", "1 2"], ["文件", "12"]]]


def test_glyphs_drawn_twice_to_look_bold_are_read_once() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(FONT, SIZE)
    for shift in (0, 0.4):
        canvas.drawString(LEFT + shift, TOP, "全年公开政府信息共112条，办理申请11件，另有电话咨询")
    canvas.save()
    assert paragraphs(read_pdf(stream.getvalue())) == ["全年公开政府信息共112条，办理申请11件，另有电话咨询"]


def test_underlines_and_frames_are_no_tables() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(FONT, SIZE)
    canvas.drawString(LEFT, TOP, LINE)
    canvas.line(LEFT, TOP - 2, LEFT + 300, TOP - 2)
    canvas.rect(LEFT - 10, TOP - 40, 450, 80)
    canvas.save()
    assert paragraphs(read_pdf(stream.getvalue())) == [LINE]


def _scan(hidden_text: bool) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, 595, 842)
    if hidden_text:
        text = canvas.beginText(LEFT, TOP)
        text.setFont(FONT, SIZE)
        text.setTextRenderMode(3)
        text.textLines([LINE] * 5)
        canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_scan(hidden_text=False), "扫描件"),
        (_scan(hidden_text=True), "扫描件"),  # what OCR put under the picture is not what the clerk sees
        (drawn([]), "没有可以读取的文字"),
        (drawn([LINE], encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0)), "密码"),
        (b"%PDF-1.4\nrubbish", "损坏"),
        (sample("plain_2019", "pdf")[:2000], "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_pdf(data)
    assert caught.value.what_to_do


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_pdf_that_only_forbids_changes_is_read(revision: int) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    stream = io.BytesIO()
    lock = pikepdf.Encryption(owner="owner", user="", R=revision, aes=revision > 3, metadata=revision > 3)
    with pikepdf.open(io.BytesIO(sample("plain_2019", "pdf"))) as document:
        document.save(stream, encryption=lock)
    assert tables(read_pdf(stream.getvalue())) == tables(read_pdf(sample("plain_2019", "pdf")))


def test_without_pdfminer_the_clerk_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.split(".")[0] == "pdfminer"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UserError, match=r"安装不完整.*请重新安装"):
        read_pdf(sample("plain_2019", "pdf"))


@pytest.mark.slow
def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    import zlib

    packed = zlib.compress(b"q Q " * 30_000_000, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj%b\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    data = b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"
    start = time.process_time()
    with pytest.raises(UserError):
        read_pdf(data)
    assert time.process_time() - start < 5


def test_code_that_takes_too_long_is_interrupted() -> None:
    def endless() -> None:
        while True:
            try:
                time.sleep(0.001)
            except Exception:  # as careless code does
                continue

    with pytest.raises(TimeUp), Deadline(0.05):
        endless()


@pytest.mark.slow
def test_broken_files_are_read_or_refused() -> None:
    small = drawn([*FILLER, [["甲", "乙"], ["一", "1"]]], [[["二", "2"]], LINE])
    assert refuses_or_reads(read_pdf, mutated(small, 200)) > 0
    assert refuses_or_reads(read_pdf, mutated(sample("plain_2019", "pdf"), 15)) > 0


def test_no_grid_is_covered_twice() -> None:
    for block in read_pdf(sample("rich_2021", "pdf")):
        if isinstance(block, TableBlock):
            grid(block)


# -- our own pages

MIXED = (
    "2021年收到3件，用WPS Office和Word文档共12份，网址www.example.gov.cn，公众号“乙镇”发布1,234条、占28.8%，办结2件。\n"
    "（一）主动公开 情况。5G网络、AI技术各1项，2022-2023年的PDF和Microsoft Office Word文件20多份，较2020年增加5份。\n"
    "本年度Windows 10和Excel 2016、统计软件SPSS Statistics Professional Edition Version 26都用于统计3类数据，共4张表。"
)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["", "template2021"])
@pytest.mark.parametrize("shift", range(12))
def test_the_text_comes_back_as_it_was_typed(style, shift):
    """Wherever a line ends: what stands between Chinese and Latin on a page is no space, a space between words is one."""
    text = MIXED.replace("\n", "\n" + "政" * shift)
    report = replace(good().with_narrative("overview", text), page_style=style)
    data = export_bytes(report, form(report.form), [Path("年报.pdf")], False)[0]
    found = import_bytes(data, "年报.pdf").report
    assert {key: found.narrative(key) for key in report.narratives} == dict(report.narratives)


def test_numbers_that_run_downwards_are_read_whole():
    """Of eight figures and more; what no agency has is doubtful, with what stands there."""
    report = numbered_report(8)
    result = import_bytes(pdf_bytes(blocks_of(report), meta_of(report)), "报告.pdf")
    wrong = [
        ref
        for ref, value in report.values.items()
        if result.report[ref] != value and (value <= MAX_COUNT or result.trace(ref).text != str(value))
    ]
    assert wrong == []
    assert sum(result.report[ref] == value for ref, value in report.values.items()) > 150
