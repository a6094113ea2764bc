"""收数表 as a window: one is made, those that came back are shown, what is ticked goes in as one step."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.collecting.proposals import State
from app.collecting.returned import is_form
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from tests.collecting.filling import ROW, YEAR, filled
from ui.files.collect_dialog import CollectDialog

NAMES = ["requests.received"]


@pytest.fixture
def dialog(office, tmp_path):
    clerk = office(ReportDocument(blank_report("侯家镇人民政府", YEAR).with_values({ROW[0]: 5})))
    made = CollectDialog(clerk.controller, clerk.window)
    made.clerk = clerk
    made.show()
    yield made
    made.close()
    made.deleteLater()


def returned(dialog, folder, *forms):
    paths = []
    for unit, values in forms:
        paths.append(folder / f"{unit}.xlsx")
        paths[-1].write_bytes(filled(values, unit, NAMES))
    dialog.read(paths)
    dialog.clerk.qtbot.waitUntil(lambda: dialog.found is not None, timeout=10_000)
    return [dialog.list.topLevelItem(n) for n in range(dialog.list.topLevelItemCount())]


def test_a_form_is_made_of_the_chosen_table(dialog, tmp_path, monkeypatch):
    target = tmp_path / "收数表"
    monkeypatch.setattr("ui.kit.file_dialogs.to_save", lambda *_: (target, ""))
    dialog.part.setCurrentText("表三")
    dialog.make_button.click()
    assert is_form((tmp_path / "收数表.xlsx").read_bytes())
    assert "收数表.xlsx" in dialog.summary.text()


def test_what_came_back_stands_with_who_gave_it_and_conflicts_are_not_ticked(dialog, tmp_path):
    whole = dict.fromkeys(ROW, 3)
    rows = returned(dialog, tmp_path, ("东村", whole), ("西村", {**whole, ROW[1]: None}))
    ticked = [row for row in rows if row.checkState(0) == Qt.CheckState.Checked]
    assert len(ticked) == len(ROW) - 2
    assert all(row.text(2) == "6" and row.text(3) == "东村3，西村3" for row in ticked)
    assert [(row.text(1), row.text(2)) for row in rows if row.text(4) == "报告里已经是别的数"] == [("5", "6")]
    (left,) = [row for row in rows if "不完整" in row.text(4)]
    assert (left.text(3), left.text(4)) == ("东村3，西村未填", "不完整：西村未填")


def test_what_is_ticked_goes_in_and_one_undo_takes_it_out(dialog, tmp_path):
    document = dialog.controller.document
    before = document.report
    returned(dialog, tmp_path, ("东村", dict.fromkeys(ROW, 3)))
    dialog.put_button.click()
    assert {ref: document.report[ref] for ref in ROW} == {**dict.fromkeys(ROW, 3), ROW[0]: 5}
    assert [one.unit for one in document.report.collected] == ["东村"]
    assert not dialog.put_button.isEnabled()
    document.undo()
    assert document.report == before


def test_a_file_that_is_no_form_is_told(dialog, tmp_path):
    path = tmp_path / "通知.xlsx"
    path.write_bytes(b"PK")
    dialog.read([path])
    dialog.clerk.qtbot.waitUntil(lambda: dialog.found is not None, timeout=10_000)
    assert "没有计入：通知.xlsx" in dialog.summary.text()
    assert not dialog.put_button.isEnabled()


def test_a_conflict_says_from_whom_the_number_in_the_report_came(dialog, tmp_path):
    returned(dialog, tmp_path, ("东村", dict.fromkeys(ROW, 3)))
    dialog.put_button.click()
    dialog.found = None
    rows = returned(dialog, tmp_path, ("东村", dict.fromkeys(ROW, 4)))
    told = [row.text(4) for row in rows if row.text(1) == "3"]
    assert told == ["报告里已经是别的数（上次收自东村3）"] * (len(ROW) - 1)


def opened(clerk, monkeypatch):
    """The 收数表 that the window shows, and what stands in it."""
    shown = []

    def execute(dialog):
        clerk.qtbot.waitUntil(lambda: dialog.found is not None, timeout=10_000)
        shown.append((dialog.found.units, len(dialog.found.of(State.READY))))
        return 0

    monkeypatch.setattr(CollectDialog, "exec", execute)
    return shown


def dropped(clerk, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    clerk.window.dropEvent(QDropEvent(QPoint(5, 5), *keys))


@pytest.mark.parametrize("units", [["东村"], ["东村", "西村"]])
def test_forms_dropped_on_the_window_open_their_proposals(office, tmp_path, monkeypatch, units):
    clerk = office(ReportDocument(blank_report("侯家镇人民政府", YEAR)))
    shown = opened(clerk, monkeypatch)
    paths = [tmp_path / f"{unit}.xlsx" for unit in units]
    for path in paths:
        path.write_bytes(filled(dict.fromkeys(ROW, 3), path.stem, NAMES))
    dropped(clerk, *paths)
    clerk.until(lambda: bool(shown))
    assert shown == [(tuple(units), len(ROW))]


def test_a_form_dropped_where_no_report_is_open_asks_for_the_report(office, tmp_path, monkeypatch):
    clerk = office()
    shown = opened(clerk, monkeypatch)
    path = tmp_path / "东村.xlsx"
    path.write_bytes(filled(dict.fromkeys(ROW, 3), "东村", NAMES))
    said = clerk.answer("取消")
    dropped(clerk, path)
    clerk.until(lambda: bool(said))
    assert "先打开要填的报告" in str(said)
    assert not shown


def test_a_cell_says_who_gave_its_number(dialog, tmp_path):
    returned(dialog, tmp_path, ("东村", dict.fromkeys(ROW, 3)))
    dialog.put_button.click()
    page = dialog.clerk.go("requests")
    tips = page.panel.views[0].cells
    assert tips.given_by(ROW[1]) == "收自：东村3（张三 0631-1234567）"
    assert tips.given_by(ROW[1]) in tips.explanation(ROW[1])
    assert tips.given_by(ROW[0]) == ""
