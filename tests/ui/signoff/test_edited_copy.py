"""领导改稿 in the window: each change is looked at and taken, jumped to, undone; what the report has otherwise by now is left."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from app.session.document import ReportDocument
from app.signoff.proposals import STEP
from app.signoff.redline import redline_bytes
from tests.signoff.test_proposals import INPUTS, OURS, changed, plain, sheet, with_comment
from tests.signoff.test_redline import BY
from ui.files import edited_copies
from ui.signoff.edited_copy import EditedCopyWindow


@pytest.fixture
def clerk(office):
    return office(ReportDocument(OURS))


@pytest.fixture
def opened(clerk, tmp_path):
    """The window of a copy, once it is there."""

    def read(data: bytes) -> EditedCopyWindow:
        path = tmp_path / "改稿.docx"
        path.write_bytes(data)
        edited_copies.read(clerk.controller, path, clerk.window)
        clerk.qtbot.waitUntil(lambda: window_of(clerk) is not None, timeout=20_000)
        return window_of(clerk)

    yield read
    if (left := window_of(clerk)) is not None:
        left.close()


def window_of(clerk) -> EditedCopyWindow | None:
    found = clerk.window.findChildren(EditedCopyWindow)
    return found[0] if found else None


def rows(window) -> dict[str, str]:
    return {item.text(0): item.text(1) for item in window._items()}


def choose(window, words: str) -> None:
    (item,) = [one for one in window._items() if words in one.text(0)]
    window.list.setCurrentItem(item)


def test_every_change_is_listed_with_both_sides_and_the_comment_beside(opened):
    window = opened(with_comment(redline_bytes(OURS, changed(), BY), "900", "核一下"))
    assert len(rows(window)) == len(window.copy.proposals)
    (cell,) = [one for one in window.copy.proposals if one.cell == INPUTS[0]]
    choose(window, cell.place)
    words = window.view.toPlainText()
    for told in ("11", "900", "张局长", "核一下", BY.name, "没有接受的修订"):
        assert told in words
    assert "<del" not in words
    assert "line-through" in window.view.toHtml() or "text-decoration" in window.view.toHtml()


def test_space_takes_one_and_goes_on_and_undo_gives_it_back(clerk, opened):
    window = opened(plain(changed()))
    choose(window, "1. ")
    QTest.keyClick(window.list, Qt.Key.Key_Space)
    assert "扎实做好" in clerk.document.report.narrative("overview")
    assert clerk.document.undo_name == STEP
    assert next(iter(rows(window).values())) == "已采用"
    assert window._current().proposal.number == 2
    clerk.controller.undo()
    assert clerk.document.report == OURS
    assert next(iter(rows(window).values())) == "待定"


def test_all_are_taken_in_one_step(clerk, opened):
    window = opened(plain(changed()))
    window.all_button.click()
    assert clerk.document.report.values == changed().values
    assert clerk.document.report.narratives == changed().narratives
    assert not window.all_button.isEnabled()
    clerk.controller.undo()
    assert clerk.document.report == OURS


def test_a_cell_that_the_clerk_changed_meanwhile_is_told_and_left(clerk, opened):
    window = opened(plain(changed()))
    clerk.document.set_values({INPUTS[0]: 77}, "填写")
    (cell,) = [one for one in window.copy.proposals if one.cell == INPUTS[0]]
    choose(window, cell.place)
    assert rows(window)[f"{cell.number}. {cell.place}"] == "报告已改"
    assert "又改过" in window.view.toPlainText()
    assert not window.take_button.isEnabled()
    window.take_all()
    assert clerk.document.report[INPUTS[0]] == 77


def test_the_place_is_shown_in_the_page_behind(clerk, opened):
    window = opened(plain(changed()))
    choose(window, "1. ")
    window.go_button.click()
    assert clerk.page.key == "overview"
    (cell,) = [one for one in window.copy.proposals if one.cell == INPUTS[0]]
    choose(window, cell.place)
    window.go_there()
    assert clerk.page.key == clerk.document.form.section_of(INPUTS[0]).key


def test_one_part_alone_can_be_looked_at(opened):
    window = opened(plain(changed()))
    window.filter.setCurrentText("一、总体情况")
    window.filter.activated.emit(window.filter.currentIndex())
    assert rows(window)
    assert all("总体情况" in place for place in rows(window))


def test_esc_leaves_and_nothing_is_changed(clerk, opened):
    window = opened(plain(changed()))
    QTest.keyClick(window.list, Qt.Key.Key_Escape)
    clerk.qtbot.waitUntil(lambda: window_of(clerk) is None)
    assert clerk.document.report == OURS


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (OURS, "没有改动"),
        (replace(OURS, year=2023), "不是这份报告的改稿"),
        (
            replace(OURS, agency=replace(OURS.agency, name="某县某乡人民政府"), values={}, narratives={}),
            "某县某乡人民政府的报告",
        ),
    ],
    ids=["nothing changed", "another year", "another unit"],
)
def test_a_file_with_nothing_to_take_is_told_in_one_sentence(clerk, tmp_path, report, said):
    path = tmp_path / "改稿.docx"
    path.write_bytes(plain(report))
    told = clerk.answer("知道了")
    edited_copies.read(clerk.controller, path, clerk.window)
    clerk.until(lambda: bool(told))
    assert said in told[0]
    assert window_of(clerk) is None


def test_a_copy_that_is_dropped_on_the_window_is_asked_about(clerk, tmp_path):
    path = tmp_path / "改稿.docx"
    path.write_bytes(plain(changed()))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    told = clerk.answer("读回改稿")
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    clerk.window.dropEvent(event)
    clerk.qtbot.waitUntil(lambda: window_of(clerk) is not None, timeout=20_000)
    assert "同一单位、同一年" in told[0]
    window_of(clerk).close()


def test_a_frozen_report_takes_nothing(office, tmp_path):
    from app.importing.importer import import_bytes
    from app.signoff.proposals import edited_copy
    from tests.signoff.test_signing import final

    frozen = final()
    clerk = office(ReportDocument(frozen))
    copy = edited_copy(
        frozen, import_bytes(plain(frozen.with_narrative("problems", "问题改了。")), "改稿.docx")
    )
    window = EditedCopyWindow(clerk.controller, copy, "改稿.docx", clerk.window)
    window.show()
    assert not window.take_button.isEnabled()
    assert not window.all_button.isEnabled()
    window.close()


def test_a_sheet_of_this_years_numbers_is_filled_into_the_open_report(clerk, tmp_path):
    ref = next(one for one in clerk.document.form.cells if one.table == "requests")
    path = tmp_path / "今年的数.xlsx"
    path.write_bytes(sheet(OURS.with_values({ref: (OURS[ref] or 0) + 5}), "requests"))
    told = clerk.answer("填进报告")
    clerk.window.open_path(path)
    clerk.qtbot.waitUntil(lambda: window_of(clerk) is not None, timeout=20_000)
    window = window_of(clerk)
    assert told[0] == "“今年的数.xlsx”里只有表格里的数。"
    assert window.windowTitle() == "导入的数：今年的数.xlsx"
    clerk.click(window.all_button)
    assert clerk.document.report[ref] == (OURS[ref] or 0) + 5
    assert dict(clerk.document.report.narratives) == dict(OURS.narratives)
    window.close()
