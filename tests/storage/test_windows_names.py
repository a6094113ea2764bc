"""Names that Windows refuses, changes or cannot reach."""

from pathlib import Path

import pytest

from app.storage import windows_names
from app.storage.windows_names import exists, extended, fault, reachable

LONG = "某镇" * 120


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CON", "设备"),
        ("nul.gknb", "设备"),
        ("Aux.2025.docx", "设备"),
        ("com1.pdf", "设备"),
        ("LPT¹.txt", "设备"),
        ("CONOUT$", "设备"),
        ("PRN .gknb", "设备"),
        ("2025:定稿.gknb", "“:”"),
        ("要不要？?.docx", "“?”"),
        ("一\n二.gknb", "字符"),
        ("报告.gknb.", "末尾"),
        ("报告.gknb ", "末尾"),
    ],
)
def test_what_is_wrong_with_a_name(name, said):
    assert said in fault(name)


@pytest.mark.parametrize(
    "name",
    [
        "报告.gknb",
        "context.gknb",
        "com10.pdf",
        "COM.txt",
        "null.gknb",
        " 报告.gknb",
        "a.con",
        "年报：定稿？.docx",
        "",
    ],
)
def test_other_names_are_kept(name):
    assert fault(name) is None


@pytest.mark.parametrize(
    ("name", "there"),
    [
        (f"C:\\{LONG}\\报告.gknb", f"\\\\?\\C:\\{LONG}\\报告.gknb"),
        (f"\\\\服务器\\共享\\{LONG}", f"\\\\?\\UNC\\服务器\\共享\\{LONG}"),
        (f"\\\\?\\C:\\{LONG}", f"\\\\?\\C:\\{LONG}"),
        (LONG, LONG),
        ("C:\\报告.gknb", "C:\\报告.gknb"),
        ("\\\\服务器\\共享\\报告.gknb", "\\\\服务器\\共享\\报告.gknb"),
    ],
)
def test_long_names_are_told_so_that_windows_does_not_count(name, there):
    assert extended(name) == there


def test_room_is_left_for_the_names_of_locks_and_temporary_files():
    """`.~lock.…#` and `.~….0123456789ab` are up to 15 characters longer than the file's own name."""
    assert extended("C:\\" + "x" * (260 - 15 - 3)).startswith("\\\\?\\")


@pytest.mark.parametrize(("platform", "asked"), [("win32", 1), ("linux", 0)])
def test_only_windows_gets_the_other_name(monkeypatch, platform, asked):
    calls = []
    monkeypatch.setattr(windows_names.sys, "platform", platform)
    monkeypatch.setattr(windows_names, "extended", lambda name: calls.append(name) or name)
    assert reachable(Path("报告.gknb")) == Path("报告.gknb")
    assert len(calls) == asked


def test_what_lies_there_is_found_and_what_cannot_be_looked_at_does_not(tmp_path):
    (tmp_path / "报告.gknb").write_bytes(b"")
    assert exists(tmp_path)
    assert exists(tmp_path / "报告.gknb")
    assert not exists(tmp_path / "没有.gknb")
    assert not exists(tmp_path / ("镇" * 300))
    assert not exists(Path("一\0二"))


def test_a_name_relative_to_a_deep_folder_is_looked_for_by_its_whole_name(monkeypatch):
    asked = []
    monkeypatch.setattr(windows_names, "reachable", lambda path: asked.append(path) or path)
    exists(Path("报告.gknb"))
    assert asked == [Path("报告.gknb").absolute()]
