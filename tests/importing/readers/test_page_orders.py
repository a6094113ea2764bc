"""Other orders of the same pages: read only where they are asked for, and within a time."""

import time

import pytest

from app.documents.blocks import Paragraph
from app.errors import UserError
from app.importing.importer import import_file
from app.importing.readers import page_orders
from app.importing.readers.page_orders import other_orders
from app.importing.readers.page_table import Glyph
from app.importing.readers.page_text import Page, check_length
from tests.importing.matching.test_readings import PAGES
from tests.places import TESTS


def page() -> Page:
    """Two words side by side, the right one drawn first."""
    words = [(300.0, "右边的字"), (100.0, "左边的字")]
    glyphs = [
        Glyph(x + 10 * i, 100.0, x + 10 * i + 10, 110.0, c) for x, word in words for i, c in enumerate(word)
    ]
    return Page(1, 595.0, 842.0, glyphs)


def test_the_pages_as_they_were_drawn_and_as_they_are_laid_out():
    drawn, laid_out = (order() for order in other_orders([page()], UserError("太复杂", "")))
    assert [block.text for block in drawn if isinstance(block, Paragraph)] == ["右边的字左边的字"]
    (line,) = (block.text for block in laid_out if isinstance(block, Paragraph))
    assert line.split() == ["左边的字", "右边的字"]


def test_an_order_that_does_not_end_says_so(monkeypatch):
    def endless(pages):
        until = time.monotonic() + 5
        while time.monotonic() < until:
            pass
        return ()

    monkeypatch.setattr(page_orders, "_SECONDS", 0.05)
    monkeypatch.setattr(page_orders, "drawn_blocks", endless)
    with pytest.raises(UserError, match="太复杂"):
        other_orders([page()], UserError("太复杂", ""))[0]()


@pytest.mark.parametrize(
    ("path", "asked"),
    [(TESTS / "importing" / "files" / "rich_2021.pdf", 0), (PAGES / "pdf_a_left.pdf", 1)],
    ids=["ruled", "whole as drawn"],
)
def test_no_more_orders_are_read_than_are_needed(path, asked, monkeypatch):
    read: list[str] = []
    for name in ("drawn_blocks", "laid_out_blocks"):
        made = getattr(page_orders, name)
        monkeypatch.setattr(
            page_orders, name, lambda pages, name=name, made=made: read.append(name) or made(pages)
        )
    import_file(path)
    assert len(read) == asked


def test_more_than_two_hundred_full_pages_are_refused():
    """Each page may be quick to read: all of them took nine seconds."""
    some = page()
    some.glyphs *= 100
    check_length([some] * 200)
    with pytest.raises(UserError, match="文字太多"):
        check_length([some] * 400)
