"""What is told in several places is told alike: days left, numbers of cells, names of files."""

from dataclasses import replace
from datetime import date

import pytest

from app.form.catalog import form
from app.importing.importer import import_file
from app.importing.result import Unsure
from app.session import session
from tests.ui.conftest import SEED
from ui.files.import_dialog import OPEN_OLD, ROLL_OVER, ImportDialog
from ui.kit.file_dialogs import file_name
from ui.pages.start import _deadline_words


def test_the_import_dialog_says_what_was_read(qtbot, qapp, monkeypatch):
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda *_said: 0)  # 仍然继续 with what is in doubt
    found = import_file(SEED)
    cell = found.missing[0] if found.missing else next(iter(found.report.values))
    missing = form("2019").section("review").cells
    found = replace(
        found,
        report=found.report.with_values(dict.fromkeys(missing)),
        missing=missing,
        unsure=(Unsure(cell, "12O", "不是整数"),),
        unused=("七、附件",),
    )
    dialog = ImportDialog(found)
    qtbot.addWidget(dialog)
    tree = dialog.details
    words = [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]
    assert words == ["请注意（1）", "存疑（1）", "没有找到（1）", "没有用上的文字（1）"]
    assert tree.topLevelItem(2).child(0).text(0) == "表四全部12格"
    assert "“12O”，不是整数" in tree.topLevelItem(1).child(0).text(0)
    dialog.year_box.setValue(2025)
    assert dialog.new_button.text() == "用它开始2025年报告"
    dialog.new_button.click()
    assert dialog.result() == ROLL_OVER
    dialog.old_button.click()
    assert dialog.result() == OPEN_OLD


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "公布期限：2026年1月31日，还有30天"),
        (date(2026, 1, 31), "公布期限：2026年1月31日，就是今天"),
        (date(2026, 2, 2), "公布期限：2026年1月31日，已过2天"),
    ],
)
def test_the_deadline_in_words(day, words):
    assert _deadline_words(date(2026, 1, 31), day) == words


def test_a_file_name_holds_nothing_a_system_forbids():
    assert file_name(' 测试:镇/2025*年?"报告". ') == "测试镇2025年报告"


def test_the_number_of_cells_is_the_same_wherever_it_is_told(office, draft):
    from app.commands import output
    from app.signoff.check_sheet import Checked
    from ui.state.section_states import progress, progress_words

    clerk = office(draft())
    document, form = clerk.document, clerk.document.form
    document.set_values(dict.fromkeys(form.cells), "清空")
    left = document.report.left(form)
    assert left == list(form.inputs)
    assert progress_words(progress(document)).startswith(f"表格 0／{len(left)} 格 · 待填{len(left)}格")
    assert session.left_to_do(document).blanks == len(left)
    assert f"待填{len(left)}格" in Checked.of(document).conclusion
    assert f"共{len(left)}格：已填0格，空白{len(left)}格。" in "".join(
        output.gknb_words(document.report, "甲")
    )
    requests = form.section("requests")
    number = len(form.inputs_of(requests))
    panel = clerk.go("requests").panel
    assert panel.state.startswith(f"已填0格，共{number}格")
    blank = next(one for one in document.findings if one.rule == "T3-02")
    assert f"{number}个空白" in blank.message
    panel.propose(blank.repair)
    assert f"将把{number}个空格填为0，合计按各项之和填" in panel.paste_bar.sentence.text()
    assert panel.paste_bar.yes.text() == f"填写（{number}格）"
