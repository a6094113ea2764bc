"""Where the panel stands: over a page it never hides the cell, and leaves the page its part."""

import pytest
from PySide6.QtCore import QRect

from ui.panel.placing import Room, is_narrow, over, width_over

ROOM = Room(QRect(0, 0, 911, 400), QRect(150, 0, 761, 400), 40, 330)


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


@pytest.mark.parametrize("width", [336, 420])
@pytest.mark.parametrize("is_left", [False, True])
def test_no_cell_of_a_table_is_ever_hidden(width, is_left):
    for left in range(150, 911 - 66, 6):
        cell = QRect(left, 120, 66, 20)
        place, _ = over(ROOM, width, cell, is_left)
        assert not place.intersects(cell), left
        assert ROOM.whole.contains(place)


def test_it_stays_where_it_is_while_it_hides_nothing():
    cell = QRect(450, 120, 60, 20)
    assert over(ROOM, 336, cell, False)[1] is False
    assert over(ROOM, 336, cell, True)[1] is True


@pytest.mark.parametrize(("wished", "least", "page"), [(336, 240, 761), (437, 240, 716), (546, 420, 716)])
def test_what_is_shown_can_be_read_and_the_page_keeps_its_part(wished, least, page):
    width = width_over(wished, least, page)
    assert least <= width <= page - 290
