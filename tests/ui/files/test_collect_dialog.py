"""收数表 as a window: one is made, those that came back are shown, what is ticked goes in as one step."""

import pytest
from PySide6.QtCore import Qt

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
