"""Web pages saved as one file, as browsers and Word write them."""

import base64
import quopri

import pytest

from app.errors import UserError
from app.form.catalog import form
from app.importing.importer import import_bytes, read
from tests.behaviour.test_import_habits import TITLE
from tests.importing.making import numbers, page
from tests.importing.reader_samples import mutated, refuses_or_reads

EDITION = form("2021")
PIXELS = b"\xff\xd8\xff\xe0" + b"picture" * 40


def part(kind: str, encoding: str, body: bytes, *heads: str) -> bytes:
    head = "\r\n".join([f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *heads])
    return head.encode() + b"\r\n\r\n" + body + b"\r\n"


def mht(
    *parts: bytes,
    start: str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.cn/a\r\n",
) -> bytes:
    head = f'{start}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--=_b"\r\n\r\n\r\n'
    return head.encode() + b"".join(b"----=_b\r\n" + one for one in parts) + b"----=_b--\r\n"


def the_page(extra: str = "", charset: str = "") -> str:
    text = page(numbers(EDITION), EDITION, TITLE).replace(
        "<p>某县某镇人民政府</p>", extra + "<p>某县某镇人民政府</p>", 1
    )
    return text.replace("<head>", f"<head><meta charset={charset}>") if charset else text


SAVED = {
    "Chrome": part("text/html", "quoted-printable", quopri.encodestring(the_page(charset="utf-8").encode())),
    "IE": part('text/html;\r\n\tcharset="gb2312"', "base64", base64.encodebytes(the_page().encode("gb18030"))),
    "Word": part('text/html; charset="us-ascii"', "quoted-printable", quopri.encodestring(the_page(charset="gb2312").encode("gb18030"))),
    "plain": part("text/html; charset=utf-8", "8bit", the_page().encode()),
}  # fmt: skip


@pytest.mark.parametrize("saved", SAVED)
def test_a_saved_page_is_read_whoever_saved_it(saved: str) -> None:
    empty = part("text/html", "8bit", b"<html><body><p>frame</p></body></html>")
    result = import_bytes(mht(empty, SAVED[saved], part("text/css", "8bit", b"p{}")), "年报.doc")
    assert (result.type, dict(result.report.values), result.unsure) == ("mht", numbers(EDITION), ())
    assert result.outline.title == TITLE


def test_its_pictures_come_from_the_file_itself() -> None:
    html = part(
        "text/html", "8bit", the_page('<img src="cid:one@x"><img src="http://www.example.cn/b.jpg">').encode()
    )
    pictures = (
        part("image/jpeg", "base64", base64.encodebytes(PIXELS), "Content-ID: <one@x>"),
        part(
            "image/jpeg",
            "base64",
            base64.encodebytes(PIXELS + b"2"),
            "Content-Location: http://www.example.cn/b.jpg",
        ),
    )
    result = import_bytes(mht(html, *pictures), "年报.mht")
    assert [one.data for one in result.report.pictures] == [PIXELS, PIXELS + b"2"]


def test_a_page_that_is_a_mail_of_one_part_is_read() -> None:
    assert import_bytes(b"MIME-Version: 1.0\r\n" + SAVED["plain"], "年报.mht").report.values == numbers(
        EDITION
    )


@pytest.mark.parametrize(
    "data",
    [
        mht(),
        mht(part("image/png", "8bit", b"x")),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
        mht(*[part("text/plain", "8bit", b"")] * 4100),
        mht(part("text/html", "base64", b"!!!!")),
    ],
)  # fmt: skip
def test_without_a_page_it_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserError) as error:
        import_bytes(data, "年报.mht")
    assert "网页" in error.value.what


def test_mails_within_mails_are_refused_in_time() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    nested = b"".join(head % (i, i) for i in range(900))
    mails = head % (0, 0) + b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" * 3000
    assert refuses_or_reads(lambda data: read(data).blocks, iter([nested, mails])) == 0


@pytest.mark.slow
def test_a_mutated_file_is_read_or_refused() -> None:
    for saved in SAVED.values():
        refuses_or_reads(lambda data: read(data).blocks, mutated(mht(saved), 40))
