"""The reader of .ofd: text by its places, tables by their lines, refusals in words."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from app.errors import UserError
from app.importing.readers.ofd_reader import read_ofd
from tests.importing.reader_samples import mutated_package, paragraphs, refuses_or_reads, tables

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LINE = "本机关认真贯彻落实条例，主动公开政府信息，及时答复群众申请，"


def text(x: float, y: float, words: str, delta: str = "") -> str:
    """A text object with its upper left corner at (x, y) mm."""
    offsets = f' DeltaX="{delta or f"g {len(words) - 1} 5"}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 160 7" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="4"{offsets}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def table(y: float, rows: list[list[str]]) -> str:
    """Rows of 10 mm in columns of 40 mm, every cell framed."""
    drawn = ""
    for line, row in enumerate(rows):
        for column, words in enumerate(row):
            left, top = 30 + 40 * column, y + 10 * line
            drawn += (
                f'<ofd:PathObject ID="2" Boundary="{left} {top} 40 10"><ofd:AbbreviatedData>'
                "M 0 0 L 40 0 L 40 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>"
            ) + text(left + 2, top + 2, words)
    return drawn


def ofd(*pages: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {SPACE}>{root}</ofd:OFD>")
        listed = ""
        for number, page in enumerate(pages):
            path = f"Pages/Page_{number}/Content.xml"
            listed += f'<ofd:Page ID="{number}" BaseLoc="{path}"/>'
            content = f'<ofd:Content><ofd:Layer ID="9">{page}</ofd:Layer></ofd:Content>'
            archive.writestr(f"Doc_0/{path}", f"<ofd:Page {SPACE}>{content}</ofd:Page>")
        area = "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        document = f"<ofd:Document {SPACE}>{area}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        archive.writestr("Doc_0/Document.xml", document)
    return stream.getvalue()


SAMPLE = ofd(
    text(40, 30, "二、主动公开政府信息情况")
    + text(40, 40, LINE[:-2])
    + text(30, 50, LINE)
    + table(60, [["规章", "12"], ["规范性文件", "3"]]),
    table(30, [["其他", "7"]]) + text(40, 60, "下一段。"),
)


def test_paragraphs_and_tables_are_read_from_what_is_drawn() -> None:
    blocks = read_ofd(SAMPLE)
    assert paragraphs(blocks) == ["二、主动公开政府信息情况", LINE[:-2] + LINE, "下一段。"]
    assert tables(blocks) == [
        [["规章", "1 2"], ["规范性文件", "3"], ["其他", "7"]]
    ]  # digits 5 mm apart: doubtful


def test_offsets_of_digits_are_taken_as_they_are_written() -> None:
    data = ofd(text(30, 30, LINE) + text(30, 40, "共12件，", "5 2.5 2.5 5 5"))
    assert paragraphs(read_ofd(data)) == [LINE + "共12件，"]


def test_wide_letters_are_one_word() -> None:
    data = ofd(text(30, 30, LINE) + text(30, 40, "www.Mm.cn", "3.6 3.6 3.6 1.3 4.4 3.9 1.3 2.2"))
    assert paragraphs(read_ofd(data)) == [LINE + "www.Mm.cn"]


@pytest.mark.parametrize(("matrix", "is_read"), [("0.7 -0.7 0.7 0.7 0 0", False), ("0 1 -1 0 0 0", True)])
def test_what_stands_askew_is_a_watermark_and_no_text(matrix: str, is_read: bool) -> None:
    mark = text(100, 100, "草稿").replace("Font=", f'CTM="{matrix}" Font=')
    read = "".join(paragraphs(read_ofd(ofd(text(30, 30, LINE) + mark))))
    assert ("草" in read) is is_read


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ofd(""), "没有可以读取的文字"),
        (ofd('<ofd:ImageObject ID="3" Boundary="0 0 210 297"/>'), "扫描件"),
        (b"PK\x05\x06" + bytes(18), "损坏"),
        (b"", "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_ofd(data)
    assert caught.value.what_to_do


def test_broken_files_are_read_or_refused() -> None:
    assert refuses_or_reads(read_ofd, mutated_package(SAMPLE, 300)) > 0
