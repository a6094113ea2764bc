"""When the program is at fault: one sentence, and the work kept."""

import sys

from tests.ui.seen import let_go_of_crash
from ui.window import crash


def test_a_bug_does_not_say_kept_when_it_was_not(qapp, monkeypatch):
    said, hook = [], sys.excepthook
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda parent, what, *rest, **more: said.append(what) or 1)
    try:
        crash.install(lambda: 1 / 0)
        sys.excepthook(ValueError, ValueError("a bug"), None)
    finally:
        sys.excepthook = hook
        let_go_of_crash()
    assert said == ["程序出错了，报告的内容没有能自动保存。"]


def test_a_bug_keeps_the_work_and_says_one_sentence(qapp, monkeypatch, tmp_path):
    said, kept = [], []
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda parent, what, *rest, **more: said.append(what) or 1)
    hook = sys.excepthook
    try:
        crash.install(lambda: kept.append(True))
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("a bug"), None)
    finally:
        sys.excepthook = hook
        let_go_of_crash()
    assert kept == [True]
    assert said == ["程序出错了，报告的内容已自动保存。"]
    from app import paths

    assert "a bug" in paths.log_file().read_text(encoding="utf-8")
