"""Sheets of paper: turned upright by what is written on them, two pages on one read one after the other."""

from collections import Counter

import pytest

from app.importing.importer import import_file
from app.importing.readers.page_sheets import sheets
from app.importing.readers.page_table import Glyph, Rule
from app.importing.readers.page_text import Page, pages_blocks
from tests.places import TESTS

WIDTH, HEIGHT = 842.0, 595.0
LINES = ["某镇认真贯彻落实政府信息公开条例要求。"] * 6


def written(lines: list[str], left: float) -> list[Glyph]:
    return [
        Glyph(left + 14 * at, 60 + 24 * row, left + 14 * at + 14, 74 + 24 * row, sign)
        for row, line in enumerate(lines)
        for at, sign in enumerate(line)
    ]


def texts(page: Page) -> list[str]:
    return [block.text for block in pages_blocks(sheets([page]))]  # type: ignore[union-attr]


def page(glyphs: list[Glyph], rules: list[Rule] | None = None) -> Page:
    return Page(1, WIDTH, HEIGHT, glyphs, rules or [], directions=Counter({0: len(glyphs)}))


def test_two_pages_on_one_sheet_are_read_left_then_right():
    left, right = ["左" + line[1:] for line in LINES], ["右" + line[1:] for line in LINES]
    found = "".join(texts(page(written(left, 60) + written(right, 470))))
    assert [sign for sign in found if sign in "左右"] == ["左"] * 6 + ["右"] * 6


def test_the_right_page_of_a_sheet_begins_where_the_left_one_does():
    """So that lines which fill the width of their page are one paragraph on either, and columns stay columns."""
    left, right = sheets([page(written(LINES, 60) + written(LINES, 60 + WIDTH / 2))])
    assert [one.x0 for one in left.glyphs] == [one.x0 for one in right.glyphs]


def test_a_line_across_the_middle_makes_one_page_of_it():
    glyphs = written(LINES, 60) + written(LINES, 470)
    assert len(sheets([page(glyphs, [Rule(60, 300, 780, 300)])])) == 1


def test_two_columns_of_short_labels_are_no_two_pages():
    assert len(sheets([page(written(["规章", "行政许可"] * 4, 60) + written(["3", "4"] * 4, 470))])) == 1


def test_a_heading_below_the_longest_line_is_not_its_rest():
    assert texts(page(written(["某县某镇人民政府政府信息公开工作年度报告", "一、总体情况"], 60)))[1:] == [
        "一、总体情况"
    ]


def turned(one: tuple[float, ...], quarters: int) -> tuple[float, ...]:
    """The box on a page that was turned against the clock by so many quarters."""
    x0, top, x1, bottom = one
    if quarters == 1:
        return top, WIDTH - x1, bottom, WIDTH - x0
    if quarters == 2:
        return WIDTH - x1, HEIGHT - bottom, WIDTH - x0, HEIGHT - top
    return HEIGHT - bottom, x0, HEIGHT - top, x1


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_is_turned_as_most_of_its_characters_are(quarters):
    glyphs = [Glyph(*turned(one[:4], quarters), one.text) for one in written(LINES, 60)]
    size = (WIDTH, HEIGHT) if quarters == 2 else (HEIGHT, WIDTH)
    rule = Rule(*turned((60, 300, 780, 301), quarters))
    lying = Page(1, *size, glyphs, [rule], directions=Counter({quarters: len(glyphs), 0: 3}))
    (upright,) = sheets([lying])
    assert (upright.width, upright.height) == (WIDTH, HEIGHT)
    assert upright.rules == [Rule(60, 300, 780, 301)]
    assert "".join(texts(lying)) == "".join(LINES)


def test_bold_type_drawn_as_outlines_is_not_crossed_out():
    """What a PDF viewer prints to a file: 一, 二 and 三 carry lines through their own middle."""
    result = import_file(TESTS / "importing" / "pages" / "outlined_bold.pdf")
    assert [heading.text[0] for heading in result.outline.headings] == ["一", "二", "三", "五"]
    assert result.report.narratives["overview"] == "我镇认真贯彻落实各项工作，二三日口田王中。"
    assert result.unused == ()
