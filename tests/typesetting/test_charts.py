"""Charts as vectors: every number above its column, heights in proportion, nothing outside, told apart without colour."""

from itertools import pairwise

import pytest

from app.documents.blocks import ChartBlock
from app.typesetting.charts import Drawing, draw_chart
from app.typesetting.fonts import Faces
from app.typesetting.page_style import page_style, page_style_keys
from app.typesetting.pages import Part
from app.typesetting.typeset import typeset

COLUMNS = ("机构概况", "政策文件", "部门动态", "政府会议", "重点领域信息公开", "财政预决算")
ONE = ChartBlock(caption="统计图", labels=COLUMNS, series=(("2024年", (12, 48, 240, 6, None, 0)),))
TWO = ChartBlock(
    caption="对比图", labels=("主动公开", "依申请公开"), series=(("上年", (210, 3)), ("本年", (237, 5)))
)
LONG = tuple(f"第{number}个名称很长的栏目" * 5 for number in range(20))
CHARTS = {
    "one series": ONE,
    "two series": TWO,
    "all zero": ChartBlock(labels=("甲",), series=(("本年", (0,)),)),
    "as much as there can be": ChartBlock(
        labels=LONG, series=tuple((name * 90, (99_999_999,) * 20) for name in "甲乙丙")
    ),
    "no labels": ChartBlock(labels=("", ""), series=(("", (1, 2)),)),
    "odd text": ChartBlock(labels=("a\x00\ud800", "字" * 300, "w" * 300), series=(("😀", (1, 2, 3)),)),
}


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


def drawn(chart: ChartBlock, faces: Faces) -> Drawing:
    style = page_style()
    return draw_chart(chart, style.width, style.height, style, faces)


def columns(drawing: Drawing) -> list[float]:
    """Heights of the columns: outlines that stand upright, each right one after its left one."""
    upright = [rule for rule in drawing.rules if rule.x1 == rule.x2 and rule.width == 0.6]
    return [rule.y2 - rule.y1 for rule in upright[::2]]


def test_heights_are_in_proportion_and_a_blank_is_not_a_zero(faces):
    drawing = drawn(ONE, faces)
    heights = columns(drawing)
    assert [round(height / heights[2] * 240) for height in heights] == [12, 48, 240, 6]
    assert [text.text for text in drawing.texts if text.text.isdigit()] == ["12", "48", "240", "6", "0"]


def test_every_number_stands_just_above_its_column(faces):
    drawing = drawn(TWO, faces)
    tops = [rule for rule in drawing.rules if rule.width == 0.6 and rule.y1 == rule.y2][:8:2]
    numbers = [text for text in drawing.texts if text.text.isdigit()]
    for top, number in zip(tops, numbers, strict=True):
        assert 0 < top.y1 - number.y < 5
        assert abs((top.x1 + top.x2) / 2 - (number.x + number.width / 2)) < 0.1


def test_two_series_have_a_key_and_different_greys(faces):
    words = "".join(text.text for text in drawn(TWO, faces).texts)
    assert words.endswith("上年本年")
    assert not "".join(text.text for text in drawn(ONE, faces).texts).endswith("2024年")
    fills = drawn(TWO, faces).fills
    assert len(fills) == 4 + 2  # a column each, and the key
    greys = sorted({fill.grey for fill in fills})
    assert len(greys) == 2
    assert greys[1] - greys[0] > 0.4


def test_areas_lie_within_their_outlines(faces):
    drawing = drawn(ONE, faces)
    assert [round(fill.height, 2) for fill in drawing.fills] == [round(one, 2) for one in columns(drawing)]


@pytest.mark.parametrize("key", page_style_keys())
@pytest.mark.parametrize("name", CHARTS)
def test_nothing_stands_outside_the_type_area(key, name, faces):
    style = page_style(key)
    left, right = style.left_mm * 72 / 25.4, (style.page_width_mm - style.right_mm) * 72 / 25.4
    bottom = (style.page_height_mm - style.bottom_mm) * 72 / 25.4
    for page in typeset([CHARTS[name]], style, faces):
        for piece in page.pieces[:-1]:
            for text in piece.texts:
                assert left - 0.5 <= text.x
                assert text.x + text.width <= right + 0.5
                assert text.y <= bottom
            assert all(left - 1 <= rule.x1 <= rule.x2 <= right + 1 for rule in piece.rules)


def test_a_chart_stands_on_one_page_with_its_caption(faces):
    [page] = typeset([ONE], page_style(), faces)
    rules, words, caption, _ = page.pieces
    assert (rules.part, words.part, caption.part) == (Part.ARTIFACT, Part.PICTURE, Part.TEXT)
    assert caption.texts[0].text == "统计图"
    assert caption.top >= words.top + words.height


def test_numbers_never_touch(faces):
    drawing = drawn(CHARTS["as much as there can be"], faces)
    numbers = [text for text in drawing.texts if text.text.isdigit() and len(text.text) == 8]
    assert len(numbers) == 60
    for one, other in pairwise(numbers):
        assert one.y != other.y or one.x + one.width < other.x


def test_labels_are_broken_evenly(faces):
    labels = (*COLUMNS, *COLUMNS[:5], "乡村振兴")
    drawing = drawn(ChartBlock(labels=labels, series=(("", (1,) * 12),)), faces)
    words = [text.text for text in drawing.texts if not text.text.isdigit()]
    assert words[:4] == ["机构", "概况", "政策", "文件"]
    assert words[-2:] == ["乡村", "振兴"]
