"""Where the panel stands: beside the page or over its right part, of which it leaves enough."""

import pytest
from PySide6.QtCore import QRect

from ui.panel.placing import is_narrow, over, width_over


@pytest.mark.parametrize(
    ("width", "scale", "kind", "narrow"),
    [
        (1366, 1.0, "table", False),
        (1280, 1.0, "table", False),
        (1260, 1.0, "table", True),
        (1180, 1.0, "text", False),
        (1093, 1.0, "text", True),
        (1366, 1.3, "form", True),
    ],
)
def test_a_window_with_room_for_both_has_it_beside(width, scale, kind, narrow):
    assert is_narrow(width, scale, kind) is narrow


def test_over_a_page_it_stands_at_the_right_between_head_and_foot():
    assert over(QRect(0, 0, 911, 400), 40, 330, 336) == QRect(575, 40, 336, 290)


@pytest.mark.parametrize(("wished", "least", "page"), [(336, 240, 761), (437, 240, 716), (546, 420, 716)])
def test_what_is_shown_can_be_read_and_the_page_keeps_its_part(wished, least, page):
    width = width_over(wished, least, page)
    assert least <= width <= page - 290
