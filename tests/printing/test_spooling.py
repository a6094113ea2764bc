"""Which pages are meant, and the call that hands a PDF to the spooler."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.printing.pdf_pages import PdfPages
from app.printing.spooling import PrintOrder, chosen_pages, lp_arguments, page_list, spool


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", (1, 2, 3, 4, 5, 6)),
        ("2", (2,)),
        ("1-3，5", (1, 2, 3, 5)),
        ("第1页至第2页", (1, 2)),
        ("５、１", (5, 1)),
        ("3,3", (3,)),
    ],
)
def test_pages_are_typed_as_people_write_them(text, pages):
    assert chosen_pages(text, 6) == pages


@pytest.mark.parametrize("text", ["0", "7", "3-1", "a", "1-", "1--2", "99999"])
def test_pages_that_are_none_are_refused_with_the_number_there_is(text):
    with pytest.raises(UserError, match="这份文件有6页"):
        chosen_pages(text, 6)


@pytest.mark.parametrize(("pages", "text"), [((1, 2, 3, 5), "1-3,5"), ((5, 1), "1,5"), ((2,), "2"), ((), "")])
def test_a_list_of_pages_as_the_spooler_wants_it(pages, text):
    assert page_list(pages) == text


def test_the_call_scales_nothing_and_turns_on_the_long_edge():
    call = lp_arguments(PrintOrder("一楼", 2), (1, 2), 6, "报告", Path("/tmp/x.pdf"))
    assert call == [
        *("lp", "-d", "一楼", "-n", "2", "-t", "报告", "-o", "media=A4", "-o", "print-scaling=none"),
        *("-o", "sides=two-sided-long-edge", "-o", "collate=true", "-P", "1-2", "--", "/tmp/x.pdf"),
    ]
    assert "-P" not in lp_arguments(PrintOrder("一楼"), (1, 2), 2, "报告", Path("x"))
    assert "sides=one-sided" in lp_arguments(PrintOrder("一楼"), (3,), 6, "报告", Path("x"))
    assert "sides=one-sided" in lp_arguments(
        PrintOrder("一楼", is_duplex=False), (1, 2), 2, "报告", Path("x")
    )


def test_a_spooler_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="打印服务没有回应"):
        spool(PrintOrder("一楼"), (1,), 1, "报告", b"%PDF")


def test_what_is_no_pdf_is_refused():
    with pytest.raises(UserError, match="读不出来"):
        PdfPages(b"no PDF")


def test_a_page_is_known_as_grey_or_coloured():
    pages = PdfPages(_one_page("1 0 0 rg"))
    assert pages.has_colour(0)
    assert pages.is_a4
    pages.close()
    pages = PdfPages(_one_page("0.4 g"))
    assert not pages.has_colour(0)
    assert len(pages.picture(0, 72, is_grey=True)[0]) >= 595 * 842
    pages.close()


def _one_page(paint: str) -> bytes:
    from io import BytesIO

    from reportlab.pdfgen import canvas

    stream = BytesIO()
    made = canvas.Canvas(stream, pagesize=(595.28, 841.89))
    made._code.append(paint)
    made.rect(100, 100, 200, 200, stroke=0, fill=1)
    made.showPage()
    made.save()
    return stream.getvalue()
