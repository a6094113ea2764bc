"""The export page and the dialogs know every format of the table, and no other."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from app.exporting.formats import FORMATS
from app.signoff.check_sheet import SUFFIXES as OF_CHECK_SHEET
from ui.findings import check_sheet_dialog
from ui.kit import dialogs, file_dialogs

EACH = pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.suffix)


def test_every_format_is_offered_in_its_words(office, draft):
    page = office(draft()).go("export")
    assert {suffix: box.text() for suffix, box in page.formats.items()} == {
        one.suffix: one.words for one in FORMATS
    }


def test_the_files_are_of_the_formats_that_are_ticked(office, draft):
    page = office(draft()).go("export")
    for box in page.formats.values():
        box.setChecked(True)
    assert [path.suffix for path in page.targets] == [one.suffix for one in FORMATS]
    page.formats[FORMATS[0].suffix].setChecked(False)
    assert [path.suffix for path in page.targets] == [one.suffix for one in FORMATS[1:]]


@EACH
def test_what_was_exported_is_shown_when_a_report_is_opened(one):
    """In the kinds of the dialog, and by its name in the column 类型."""
    report_kind = dialogs.ANY_REPORT.partition(";;")[0]
    for suffix in one.suffixes:
        assert f"*{suffix} " in report_kind.replace(")", " ")
        assert file_dialogs.kind_of(suffix) == one.name


def test_the_check_sheet_is_offered_in_the_words_of_the_table(monkeypatch):
    asked = []

    def to_save(_parent, _title, _start, kinds, suffix=""):
        asked.extend(kinds.split(";;"))
        return None, ""

    monkeypatch.setattr(file_dialogs, "to_save", to_save)
    check_sheet_dialog.file_to_write(None, Path("核对表.docx"))
    assert asked == [one.filter for one in FORMATS if one.suffix in OF_CHECK_SHEET]
    assert len(asked) == len(OF_CHECK_SHEET)


def test_the_whole_text_is_copied_with_its_tables(office, draft):
    window = office(draft())
    page = window.go("export")
    said = []
    page.controller.message.connect(said.append)
    page.copy_button.click()
    lain = QGuiApplication.clipboard().mimeData()
    assert lain.html().count('border="1"') == 3
    assert "【草稿】" in lain.html()
    assert lain.text().startswith("【草稿】")
    assert "草稿" in said[-1]


def test_tab_walks_down_the_form_before_it_goes_to_the_pages(office, draft):
    page = office(draft()).go("export")
    stops = page.tab_order()
    in_form = [page.splitter.widget(0).isAncestorOf(one) for one in stops]
    in_pages = [page.preview.isAncestorOf(one) for one in stops]
    assert any(in_form)
    assert any(in_pages)
    last = max(at for at, is_there in enumerate(in_form) if is_there)
    first = min(at for at, is_there in enumerate(in_pages) if is_there)
    assert last < first
