"""Everything that can be read on the screen is Chinese, but for names of formats and keys."""

import re

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox

from tests.places import PROJECT
from tests.ui.conftest import visible_texts
from ui.files.import_dialog import ImportDialog
from ui.files.origin_dialog import OriginDialog
from ui.window.actions import COMMANDS

ALLOWED = {
    *("Word", "PDF", "OFD", "ofd", "Excel", "HTML", "docx", "txt", "pdf", "html", "xlsx", "gknb"),
    *("Ctrl", "Alt", "Shift", "PgDn", "PgUp", "Enter", "Esc", "Tab", "Delete"),
}
ADDRESS = re.compile(
    r"(?<=指纹：)[0-9a-f ]+|https?://\S+|www\.\S+|/[\w./ -]+|[\w.]+@[\w.]+|[A-Z]{1,2}-?[0-9]+(-[0-9]+)?|GoBack|bookmark"
)
WORD = re.compile(r"[A-Za-z]{2,}")


def english(texts):
    found = []
    for text in texts:
        left = set(WORD.findall(ADDRESS.sub("", text))) - ALLOWED
        if left and text not in ("qt_scrollarea_viewport",):
            found.append((text, left))
    return found


def test_every_page_speaks_chinese(office, draft):
    clerk = office()
    assert english(visible_texts(clerk.window)) == []
    clerk.controller.open(draft())
    for key in clerk.window.navigation.keys:
        clerk.go(key)
        assert english(visible_texts(clerk.window)) == [], key


def test_every_menu_speaks_chinese():
    assert english(f"{one.words} {one.menu} {one.hint}" for one in COMMANDS) == []


def test_the_dialogs_speak_chinese(office, last_year):
    clerk = office()
    from app.importing.importer import import_file
    from tests.ui.conftest import SEED

    for dialog in (ImportDialog(import_file(SEED), clerk.window), OriginDialog(2025, clerk.window)):
        assert english(visible_texts(dialog)) == []
        assert dialog.minimumSizeHint().expandedTo(dialog.minimumSize()).height() <= 440
        dialog.deleteLater()


@pytest.mark.parametrize(
    ("button", "words"),
    [
        (QMessageBox.StandardButton.Save, "保存"),
        (QMessageBox.StandardButton.Cancel, "取消"),
        (QMessageBox.StandardButton.Ok, "确定"),
    ],
)
def test_qts_own_buttons_speak_chinese(qtbot, qapp, button, words):
    box = QMessageBox()
    box.setStandardButtons(button)
    qtbot.addWidget(box)
    assert words in box.button(button).text()


def test_the_menu_of_a_text_speaks_chinese_and_offers_no_undo_of_its_own(office, draft):
    clerk = office(draft())
    from ui.kit.widgets import without_undo

    edit = clerk.go("problems").editor.edit
    words = [one.text() for one in without_undo(edit.createStandardContextMenu()).actions() if one.text()]
    assert english(re.sub(r"\t.*", "", one) for one in words) == []
    assert not any("撤" in one or "重做" in one for one in words)
    assert any("粘贴" in one for one in words)
    field = clerk.go("agency").fields["name"]
    words = [one.text() for one in without_undo(field.createStandardContextMenu()).actions() if one.text()]
    assert not any("撤" in one or "重做" in one or "恢复" in one for one in words), words
    assert any("粘贴" in one for one in words)


def test_no_button_of_qt_says_discard(qapp):
    assert QApplication.translate("QPlatformTheme", "Discard") != "Discard"
    assert QDialogButtonBox.StandardButton.Discard  # never used: dialogs.ask names its buttons itself


@pytest.mark.parametrize("folder", ["app", "ui", "resources/help", "templates", "docs", "installer", "."])
def test_what_comes_from_a_file_has_one_name(folder):
    """导入, as in WPS and Office, whatever is brought in; 读到 is what was found there."""
    pattern = "*" if folder == "." else "**/*"
    files = [
        one
        for one in (PROJECT / folder).glob(pattern)
        if one.suffix in (".py", ".md", ".toml", ".nsi", ".txt")
    ]
    others = [one.name for one in files if "读入" in one.read_text("utf-8") and one.name != "CHANGELOG.md"]
    assert files
    assert others == []
