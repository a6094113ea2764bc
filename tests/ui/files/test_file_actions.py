"""A file that is another paper: the window asks before it shows what was read of it."""

from pathlib import Path

import pytest

from app.importing.importer import import_text
from app.importing.result import ImportResult
from app.session.any_report import AnyReport
from ui.files import file_actions, import_dialog

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

        def __init__(self, found: ImportResult, parent: None) -> None:
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
