"""查找和替换 shows what it found: it steps aside where it would lie over it."""

from PySide6.QtCore import QPoint

from app.texts.search import find_all
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


def test_it_begins_where_the_clerk_writes_and_goes_round(office, draft):
    """As in Word: from 一、总体情况 not back to 引言, and what is selected is not found again."""
    clerk = office(draft())
    page = clerk.go("overview")
    places = [one for one in all_places(clerk, "政府信息") if one[0] == "overview"]
    assert len(places) > 2
    for caret, by, to in ((0, 1, places[0]), (places[1][1] + 1, 1, places[2]), (places[2][1], -1, places[1])):
        page.editor.edit.select(caret, caret)
        clerk.window.finder.open()
        window = clerk.window.finder.window
        window.wanted.setText("政府信息")
        window.step(by)
        assert (window._at.section, window._at.start) == to
        clerk.go("overview")


def all_places(clerk, wanted: str) -> list[tuple[str, int]]:
    document = clerk.document
    return [(one.section, one.start) for one in find_all(document.report, document.form, wanted)]


def test_from_a_page_without_a_text_it_begins_with_the_first(office, draft):
    clerk = office(draft())
    clerk.go("export")
    clerk.window.finder.open()
    window = clerk.window.finder.window
    window.wanted.setText("政府信息")
    window.step(1)
    assert (window._at.section, window._at.start) == all_places(clerk, "政府信息")[0]
