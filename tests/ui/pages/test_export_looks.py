"""The export page: page style, faces, characters without a face, a Word file as the source of styles."""

import zipfile
from dataclasses import replace

import pikepdf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.printing.page_looks import page_looks
from app.session import session
from app.session.any_report import read_any
from app.typesetting.page_settings import style_of


def test_another_page_style_is_a_step_of_undo_and_the_exported_pages_have_it(office, draft, tmp_path):
    clerk = office(draft())
    looks = clerk.go("export").looks
    other = next(one for one in page_looks() if one.key)
    looks.styles.setFocus()
    QTest.keyClick(looks.styles, Qt.Key.Key_Down)
    assert clerk.document.report.page_style == other.key
    assert clerk.document.undo_name == "换版式"
    wide, narrow = (style_of(replace(clerk.document.report, page_style=key)) for key in ("", other.key))
    assert (wide.left_mm, wide.top_mm) != (narrow.left_mm, narrow.top_mm)
    made = session.export(clerk.document, [tmp_path / "a.docx"], force=True)
    page = zipfile.ZipFile(made[0]).read("word/document.xml").decode()
    assert f'w:left="{round(narrow.left_mm * 1440 / 25.4)}"' in page
    clerk.window.actions_["undo"].trigger()
    assert clerk.document.report.page_style == ""
    assert clerk.go("export").looks.styles.currentIndex() == 0


def test_a_pdf_is_made_with_room_for_the_seal_where_that_is_ticked_and_only_then(office, draft, tmp_path):
    clerk = office(draft())
    page = clerk.go("export")
    for suffix, box in page.formats.items():
        box.setChecked(suffix == ".pdf")
    page.folder.show_text(str(tmp_path))
    found = []
    for is_wanted in (True, False):
        page.looks.sign_field.setChecked(is_wanted)
        page.name.setText(f"盖章{is_wanted}")
        page.export(force=True)
        (target,) = page.targets
        clerk.until(target.exists)
        with pikepdf.open(target) as pdf:
            found.append("/AcroForm" in pdf.Root)
    assert found == [True, False]
    page.formats[".pdf"].setChecked(False)
    assert not page.looks.sign_field.isEnabled()
    assert clerk.controller.preference("sign_field", None) is False


def test_the_page_style_is_kept_in_the_file_and_carried_into_the_next_year(office, draft, tmp_path):
    document = draft()
    other = next(one.key for one in page_looks() if one.key)
    document.put("换版式", page_style=other)
    path = session.save(document, tmp_path / "a.gknb")
    assert read_any(path).report.page_style == other
    assert session.new_from(document.report, document.report.year + 1).report.page_style == other


def test_the_faces_are_told_and_a_character_without_one_is_named(office, draft):
    document = draft()
    document.set_narrative("problems", "有一个\U000f0000字。")
    clerk = office(document)
    looks = clerk.go("export").looks
    clerk.until(lambda: "用" in looks.face_label.text() and looks.unprintable.isVisible())
    assert "U+F0000" in looks.unprintable.text()
    assert "字体文件放进" in looks._faces


def test_own_word_styles_go_into_the_export_and_can_be_left_again(office, draft, tmp_path, monkeypatch):
    own = tmp_path / "样式.docx"
    own.write_bytes(docx_bytes([], Meta("", "", 2024, False)))
    monkeypatch.setattr("ui.kit.dialogs.file_to_open", lambda *_: own)
    clerk = office(draft())
    looks = clerk.go("export").looks
    clerk.click(looks.word_button)
    assert looks.word_source == own
    assert "样式.docx" in looks.word_label.text()
    clerk.click(looks.word_button)
    assert looks.word_source is None
