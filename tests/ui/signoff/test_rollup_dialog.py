"""县级汇总 as a window: the units with their states, filtered, one opened, workbook and county report written."""

from datetime import date

import pytest

from app.county import rollup, units
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from app.storage import files
from app.storage.container import Content
from ui.signoff.rollup_dialog import RollupDialog


@pytest.fixture
def dialog(office, tmp_path):
    clerk = office()
    for number in range(3):
        document = ReportDocument(blank_report(f"第{number}镇人民政府", 2025))
        if number:
            document.fill_blanks(document.form.cells)
        files.save(tmp_path / f"{number}.gknb", Content(document.report))
    (tmp_path / "坏.gknb").write_bytes(b"PK")
    made = RollupDialog(clerk.controller, clerk.window)
    made.clerk = clerk
    made.show()
    made.read([tmp_path])
    clerk.qtbot.waitUntil(lambda: made.found is not None, timeout=10_000)
    yield made
    made.close()
    made.deleteLater()


def shown(dialog, column: int) -> list[str]:
    model = dialog.list.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_units_stand_with_their_states_and_bad_files_are_named(dialog):
    assert "坏.gknb" in dialog.summary.text()
    assert shown(dialog, 4) == ["166", "0", "0"]


def test_a_filter_shows_who_left_blanks(dialog):
    dialog.filter.setCurrentText("有空白")
    assert shown(dialog, 0) == ["第0镇人民政府"]


def test_both_files_are_written_and_blanks_are_told(dialog, tmp_path, monkeypatch):
    for suffix in (".xlsx", ".gknb"):
        target = tmp_path / f"县{suffix}"
        monkeypatch.setattr("ui.kit.file_dialogs.to_save", lambda *_, target=target: (target, ""))
        dialog.write(suffix)
        dialog.clerk.qtbot.waitUntil(target.exists, timeout=10_000)
        dialog.clerk.qtbot.waitUntil(
            lambda target=target: str(target) in dialog.summary.text(), timeout=10_000
        )
    assert "留作空白" in dialog.summary.text()
    assert files.read(tmp_path / "县.gknb").content.report.values == {}


def test_a_unit_opens_in_the_window(dialog, tmp_path):
    wanted = []
    dialog.open_wanted.connect(wanted.append)
    dialog.open_button.click()
    assert wanted == [tmp_path / "0.gknb"]


def test_a_report_inside_a_package_has_no_place_of_its_own():
    assert units.Unit("甲镇").path is None
    assert rollup.Request(date(2026, 1, 1)).year is None
