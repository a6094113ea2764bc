"""查找和替换 shows what it found: it steps aside where it would lie over it."""

from PySide6.QtCore import QPoint

from ui.narrative.find_window import FindWindow


def opened(clerk, wanted: str) -> FindWindow:
    clerk.go("overview")
    clerk.window.finder.open(with_replacing=True)
    window = clerk.window.finder.window
    window.wanted.setText(wanted)
    return window


def test_it_never_lies_over_what_it_found(office, draft):
    clerk = office(draft())
    window = opened(clerk, "公开")
    hits = len(window.hits)
    assert hits > 3
    moved = 0
    for _ in range(min(hits, 12)):
        window.step(1)
        found = clerk.page.selection_rect()
        assert found is not None
        assert not window.frameGeometry().intersects(found)
        before = found.center() - QPoint(window.width() // 2, window.height() // 2)
        window.move(before)  # as it was put there by hand
        window.step(-1)
        window.step(1)
        assert not window.frameGeometry().intersects(clerk.page.selection_rect())
        moved += window.pos() != before
    assert moved


def test_where_it_is_in_nobodys_way_it_stays(office, draft):
    clerk = office(draft())
    window = opened(clerk, "公开")
    window.step(1)
    room = window.screen().availableGeometry()
    found = clerk.page.selection_rect()
    corner = QPoint(room.left(), room.bottom() - window.height() - 40)
    window.move(corner)
    if window.frameGeometry().intersects(found.adjusted(-30, -30, 30, 30)):
        window.move(QPoint(room.right() - window.width(), room.bottom() - window.height() - 40))
    before = window.pos()
    window._step_aside()
    assert window.pos() == before
