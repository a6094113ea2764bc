"""A new edition's row and label are on screen by its folder alone."""

from PySide6.QtCore import Qt

from app.form.catalog import form
from app.form.model import CellRef
from app.session.document import ReportDocument
from tests.exporting.reports import full_report
from tests.form.new_editions import LABEL, ROW, templates_with
from ui.state.controller import Controller
from ui.tables.table_model import TableModel


def test_a_new_row_and_a_new_label_are_shown_with_their_numbers(qapp, tmp_path, monkeypatch):
    with templates_with(tmp_path, monkeypatch, "row and label") as new:
        report = full_report(new, form(new).first_year)
        controller = Controller()
        controller.open(ReportDocument(report))
        section = form(new).section("requests")
        model = TableModel(controller, section, section.tables[0])
        labels = [
            str(model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole))
            for row in range(model.rowCount())
        ]
        assert len(labels) == len(form("2021").tables["requests"].leaf_rows) + 1
        assert any(one.endswith(LABEL[1]) for one in labels)
        label = ROW[1].split('"')[3]
        row = next(at for at, one in enumerate(labels) if one.endswith(label))
        for column, heading in enumerate(section.tables[0].leaf_columns):
            index = model.index(row, column)
            ref = CellRef("requests", "denied_platform", heading.key)
            assert model.data(index) == str(report[ref])
            assert bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable) == (heading.key != "total")
