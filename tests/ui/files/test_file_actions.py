"""A file that is another paper: the window asks before it shows what was read of it."""

from pathlib import Path

import pytest

from app.importing.importer import import_text
from app.importing.result import ImportResult
from app.session.any_report import AnyReport
from tests.ui.conftest import dialog_of
from ui.files import file_actions, import_dialog
from ui.files.import_dialog import ImportDialog

SUMMARY = "甲县乙镇2023年政务公开工作总结\n我镇认真贯彻部署。\n一、主要做法\n发布信息120条。\n"
REPORT = (
    "甲县乙镇2023年政府信息公开工作年度报告\n一、总体情况\n如下。\n五、存在的主要问题及改进情况\n一是不足。\n"
)
ESC, ENTER = "Esc", "Enter"  # keys instead of a button


class Window:
    """What the actions need of themselves to show what was read."""

    _window = None


@pytest.mark.parametrize(
    ("text", "answer", "asked", "shown"),
    [
        (SUMMARY, "不导入", 1, 0),
        (SUMMARY, ESC, 1, 0),
        (SUMMARY, ENTER, 1, 0),
        (SUMMARY, "仍然查看读到的内容", 1, 1),
        (REPORT, ESC, 0, 1),
    ],
)
def test_another_paper_is_asked_about_first(monkeypatch, text, answer, asked, shown):
    questions: list[str] = []
    windows: list[ImportResult] = []

    class Dialog:
        year, outcome = 2024, None

        def __init__(self, found: ImportResult, parent: None, version: str = "") -> None:
            windows.append(found)

        def exec(self) -> int:
            return 0

        def deleteLater(self) -> None: ...

    def ask(_: None, what: str, details: str, choices: list[str], standard: int = 0) -> int:
        questions.append(what)
        keys = {ESC: len(choices) - 1, ENTER: standard}
        return keys[answer] if answer in keys else choices.index(answer)

    monkeypatch.setattr(file_actions.dialogs, "ask", ask)
    monkeypatch.setattr(import_dialog, "ImportDialog", Dialog)
    found = import_text(text)
    read = AnyReport(found.report, imported=found)
    file_actions.FileActions._show_read(Window(), Path("a.txt"), read)  # type: ignore[arg-type]
    assert (len(questions), len(windows)) == (asked, shown)
    assert all("像是工作总结" in one for one in questions)


def test_starting_from_a_file_of_our_own_says_which_version_it_is(office, draft, tmp_path, monkeypatch):
    saved = tmp_path / "年报.gknb"
    clerk = office(draft())
    clerk.controller.save(saved)
    clerk.controller.close()
    monkeypatch.setattr("ui.kit.dialogs.files_to_open", lambda *_: [saved])
    said: list[str] = []

    def look(dialog: ImportDialog) -> None:
        assert dialog.version.isVisible()
        said.append(dialog.version.text())
        dialog.new_button.click()

    dialog_of(ImportDialog, look)
    clerk.window.actions_["from_last_year"].trigger()
    clerk.until(lambda: clerk.controller.has_document)
    assert said[0].startswith("“年报.gknb”，2021年度，草稿：还没有定稿；")
    assert said[0].endswith("保存")
    assert clerk.status == f"已从去年的报告开始：{said[0]}"


def test_an_old_document_has_no_version(qtbot, qapp):
    dialog = ImportDialog(import_text(REPORT))
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))
    dialog.show()
    assert not dialog.version.isVisible()
