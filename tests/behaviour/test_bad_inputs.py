"""Whatever file is chosen: a report, or one Chinese sentence that says what it is and what to do. Never a traceback."""

import contextlib
import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.importing.importer import import_bytes, import_file, import_text
from tests.importing.making import TEMPLATE, rezipped
from tests.places import TESTS

SAMPLES = TESTS / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

WIDE_ROW = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='60'/></w:tcPr></w:tc><w:tc/></w:tr>"


def read_or_refused(data: bytes | str) -> None:
    """Anything but a UserError fails the test by itself."""
    with contextlib.suppress(UserError):
        import_text(data) if isinstance(data, str) else import_bytes(data, "x")


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def document(body: str, head: str = "") -> bytes:
    xml = f"{head}<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>"
    return rezipped(TEMPLATE.read_bytes(), {"word/document.xml": xml.encode()})


def encrypted() -> bytes:
    data = bytearray(TEMPLATE.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


BAD = {
    "empty": (b"", "空"),
    "blank": (b" \n\t ", "空"),
    "truncated docx": (TEMPLATE.read_bytes()[:9000], "损坏"),
    "docx with a broken part": (rezipped(TEMPLATE.read_bytes(), {"word/document.xml": b"<w:document"}), "损坏"),
    "zip of something else": (zipped(readme=b"hello"), "压缩包"),
    "empty zip": (zipped(), "压缩包"),
    "own file": (zipped(report_dot_json=b"{}"), "打开"),
    "workbook": (zipped(xl__workbook_dot_xml=b"<a/>"), "没有内容"),
    "odt": (zipped(content_dot_xml=b"<a/>", mimetype=b"x"), "没有正文"),
    "encrypted docx": (encrypted(), "密码"),
    "broken ole": (OLE + bytes(600), "损坏"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "PDF"),
    "rtf": (b"{\\rtf1\\ansi hello}", "没有找到"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "图片"),
    "rar": (b"Rar!\x1a\x07\x00abc", "压缩包"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页"),
    "random bytes": (random.Random(1).randbytes(5000), "文件"),
    "other text": ("今天天气很好。\n我们去公园。".encode(), "没有找到"),
    "other page": ("<html><body><p>今天天气很好。</p></body></html>".encode(), "没有找到"),
    "entities": (document("", "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>"), "不安全"),
    "outside entity": (document("", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>"), "不安全"),
    "deep xml": (document("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "损坏"),
    "zip bomb": (rezipped(TEMPLATE.read_bytes(), {"word/document.xml": b" " * 60_000_000}), "大"),
    "a million tags": (document("<w:p/>" * 1_600_000), "大"),
    "a million cells": (b"<html><table>" + b"<tr><td>1" * 500_000, "太大"),
    "endless rtf": (b"{\\rtf1 " + b"\\par a" * 3_000_000, "太长"),
    "wide table": (document(f"<w:tbl>{WIDE_ROW * 4000}</w:tbl>"), "大"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words(name: str) -> None:
    data, word = BAD[name]
    start = time.process_time()
    with pytest.raises(UserError) as error:
        import_bytes(data, "年报.docx")
    assert word in str(error.value)
    assert "年报.docx" in error.value.what
    assert error.value.what_to_do
    assert time.process_time() - start < 5


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(UserError):
            import_file(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "<table>" + "<tr><td rowspan=1000 colspan=100>1</td></tr>" * 2000 + "</table>",
        "<div>" * 100_000 + "x",
        "<table>" * 3000 + "<tr><td>1" * 3000,
        "<html>" + "<p>一、总体情况" * 5000,
        "\t" * 200_000,
        "\t1\n" * 50_000,
        "|" * 100_000,
        "| a | b |\n" * 20_000,
        "一、总体情况\n" * 20_000,
        "信息内容\n" * 19_000,
        "第二十条第（一）项\n本年\n" * 9_000,
        "总计 0 0\n" * 19_000,
        "规章\t" + "\t".join("0" * 40_000),
        "规章\t" + "1" * 40_000 + "\t2\t3\n",
        "第二十条第（一）项" * 5_000,
        "1 " * 100_000,
        "（一）予以公开" * 10_000,
        "\u3000" * 10_000 + "报告" + "公开" * 20_000,
        "a" * 900_000,
        "[image:" * 100_000,
        "收取信息处理费" + "1," * 200_000,
    ],
)
def test_strange_text_is_read_or_refused_in_time(text: str) -> None:
    start = time.process_time()
    for whole in (text, "某镇2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n" + text):
        read_or_refused(whole)
    assert time.process_time() - start < 10


def test_ten_megabytes_of_text_are_refused_or_read_in_time() -> None:
    text = "一、总体情况\n本年度公开政府信息12条，其中通过网站公开9条。\n" * 120_000
    start = time.process_time()
    with pytest.raises(UserError):
        import_text(text)
    assert time.process_time() - start < 5


GOOD = [
    *(path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))),
    TEMPLATE.read_bytes(),
    b"<html><table><tr><td>1</td><td rowspan=2>2</td></tr></table></html>" * 20,
]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(GOOD), st.integers(0), st.integers(1, 60), st.binary(max_size=40))
def test_a_mutated_file_is_read_or_refused(data: bytes, at: int, length: int, other: bytes) -> None:
    at %= len(data)
    read_or_refused(data[:at] + other + data[at + length :])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            ["\t", "\n", " ", "|", "0", "12", "规章", "（一）予以公开", "总计", "其他", "二、主动公开政府信息情况", "。", "2022年",
             "某镇2022年政府信息公开工作年度报告", "第二十条第（一）项", "本年制发件数", "[image: a]", "**", "-1-", "2023年1月9日"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_order_of_what_reports_are_made_of_is_read_or_refused(parts: list[str]) -> None:
    read_or_refused("".join(parts))
