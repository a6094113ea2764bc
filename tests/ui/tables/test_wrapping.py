"""Where a printed label is broken: in as few lines as it needs, and there where one pauses."""

import pytest

from ui.tables.wrapping import wrap


def wide(text: str) -> float:
    """A character of two widths for Chinese, of one for the rest."""
    return sum(1 if one.isascii() else 2 for one in text)


@pytest.mark.parametrize(
    ("label", "width", "lines"),
    [
        ("（三）不予公开", 10, ("（三）", "不予公开")),
        ("（三）不予公开", 14, ("（三）不予公开",)),
        ("（六）其他处理", 8, ("（六）", "其他处理")),
        ("（一）予以公开", 6, ("（一）", "予以公", "开")),
        ("申请人逾期不补正、行政机关不再处理其申请", 26, ("申请人逾期不补正、", "行政机关不再处理其申请")),
        ("部分公开（只计这一情形，不计其他情形）", 28, ("部分公开（只计这一情形，", "不计其他情形）")),
        ("申请、行政机关不再处理其政府信息公开申请", 26, ("申请、行政机关不再处理其政", "府信息公开申请")),
        ("社会公益组织", 8, ("社会公益", "组织")),
    ],
)
def test_a_label_is_broken_where_it_pauses_and_takes_no_line_more(label, width, lines):
    assert wrap(label, width, 3, wide) == lines


def test_what_has_no_room_is_shortened_as_before():
    assert wrap("申请人逾期不补正、行政机关不再处理", 12, 1, wide) == ("申请人逾期…",)
