"""Files of others and of the program itself, broken or made to hurt, at the window: one sentence, and the window goes on."""

import contextlib
import io
import json
import os
import sys
import time
import zipfile
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from app import paths
from app.errors import UserError
from app.report.model import Picture
from app.storage import files
from app.storage.container import Content, pack
from app.storage.lock import lock_file
from tests.checks.reports import good
from tests.machine.test_archives import of_a_million
from tests.report.test_pictures import BAD, GOOD

PLAIN = pack(Content(good()))


def changed(change) -> bytes:
    """A report with its JSON altered by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "report.json":
                data = json.loads(data)
                change(data)
                data = json.dumps(data).encode()
            target.writestr(name, data)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pictures/1.png", bytes(210_000_000))
    return out.getvalue()


CHART = {"title": "", "section": "overview", "labels": ["甲"], "series": [{"name": "", "values": [1]}]}
HOSTILE = {
    "empty": (b"", "文件是空的"),
    "half": (PLAIN[: len(PLAIN) // 2], "文件不完整"),
    "noise": (b"PK\x03\x04" + os.urandom(5000), "文件不完整"),
    "a million entries": (of_a_million(), "解开后过大"),
    "a bomb": (bomb(), "解开后过大"),
    "another name": (PLAIN.replace(b"report.json", b"../prt.json"), "不是本程序的报告文件"),
    "a count of 4,000 digits": (
        changed(lambda data: data["cells"].update({"requests.received.total": 10**3999})),
        "不合理",
    ),
    "2,000 charts": (changed(lambda data: data.update(charts=[CHART] * 2000)), "多得不合理"),
    "a newer version": (changed(lambda data: data.update(version=99)), "由更新版本的程序保存"),
    "an unknown part": (changed(lambda data: data.update(macro="run")), "不认识的内容"),
    "a form elsewhere": (changed(lambda data: data.update(form="../../etc")), "../../etc"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_report_is_one_sentence_and_the_open_one_stays(office, draft, tmp_path, what):
    clerk = office(draft())
    before = clerk.document
    data, words = HOSTILE[what]
    path = tmp_path / "恶意.gknb"
    path.write_bytes(data)
    clerk.document.mark_saved()
    said = clerk.answer("知道了")
    start = time.monotonic()
    clerk.window.files.open_path(path)
    assert words in said[0], said
    assert time.monotonic() - start < 10
    assert clerk.document is before
    assert path.read_bytes() == data, "it was not touched"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".~")], "and no lock stays"


@pytest.mark.parametrize("kind", ["adobe", "cmyk", *BAD])
def test_a_report_with_any_picture_opens_and_every_page_can_be_seen(office, tmp_path, kind):
    made = (GOOD | BAD)[kind]()
    path = tmp_path / "图.gknb"
    files.save(path, Content(replace(good(), pictures=(Picture("1.png", "overview", "图1", 0, made),))))
    clerk = office()
    clerk.window.open_path(path)
    for key in ("overview", "review_all", "export"):
        clerk.go(key)
    found = [one.message for one in clerk.document.findings if one.rule == "S-23"]
    assert bool(found) is (kind in BAD)


TAMPERED = {
    "settings.json": [b"", b"\xff\xfe", b"[1]", b'{"recent": 5, "font_scale": "big"}', b"[" * 100_000, b'{"geometry": "%%%"}'],
    "recovery/x.gknb": [b"", b"PK\x03\x04", os.urandom(999)],
    "recovery/x.json": [b"{", b'{"title": 5}', b'{"title": "\\ud800", "target": "\\u0000", "digest": ""}'],
    "running/1.json": [b"", b'{"pid": -1}', b'{"pid": 99999999, "host": "x"}'],
    "wording/rules.toml": [b"[[", b"\xff", b"[[wrong]]\nfind = 5\n"],
    "sign_off/steps.toml": [b"[[", b"step = 5"],
}  # fmt: skip


@pytest.mark.parametrize("number", range(max(map(len, TAMPERED.values()))))
def test_the_programs_own_files_tampered_with_do_not_keep_the_window_shut(office, draft, number):
    """Each of its files in one of the ways of its list, all at once."""
    for file, ways in TAMPERED.items():
        path = paths.user_data() / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ways[number % len(ways)])
    clerk = office()
    clerk.window.refresh()
    clerk.controller.open(draft())
    clerk.go("overview")
    clerk.document.set_narrative("overview", "照常可以写。")
    clerk.go("review_all")
    assert clerk.document.findings
    clerk.controller.keep_work()
    kept = (one for one in paths.recovery().glob("*.gknb") if one.stem != "x")
    assert [files.read(one).content.report.narrative("overview") for one in kept] == ["照常可以写。"]


def _pipe(path):
    os.mkfifo(path)


NO_FILES = {
    "a pipe": _pipe,
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a folder": lambda path: path.mkdir(),
    "a link in a circle": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nirgends"),
    "larger than memory": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 40_000_000_000),
    "nested without end": lambda path: path.write_bytes((b"x = " if path.suffix == ".toml" else b"") + b"[" * 200_000),
}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有管道文件")
@pytest.mark.parametrize("kind", NO_FILES)
def test_what_stands_in_the_place_of_the_programs_own_files_keeps_no_window_shut(
    office, draft, kind, tmp_path
):
    """Its settings, notes, marks, lists, steps, styles and locks, all of them at once no files at all."""
    for file in (
        *TAMPERED,
        "recovery/y.json",
        "packs/eigen.toml",
        "page_styles/eigen.toml",
        "county/read.shelf",
        "nianbao.log",
    ):
        path = paths.user_data() / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        NO_FILES[kind](path)
    report = tmp_path / "报告.gknb"
    files.save(report, Content(good()))
    NO_FILES[kind](lock_file(report))
    start = time.monotonic()
    clerk = office()
    clerk.window.refresh()
    clerk.window.open_path(report)
    assert clerk.document.path == report
    clerk.document.set_narrative("overview", "照常可以写。")
    clerk.go("review_all")
    with contextlib.suppress(
        UserError
    ):  # shown in a sentence by the window: its own steps cannot be understood
        clerk.go("sign_off")
    clerk.controller.change_settings(replace(clerk.controller.settings, font_scale=110))
    assert clerk.document.findings
    assert clerk.controller.save()
    assert files.read(report).content.report.narrative("overview") == "照常可以写。"
    assert time.monotonic() - start < 60


def test_a_disk_that_takes_three_seconds_holds_up_no_key(office, draft, monkeypatch):
    """As slow.c with LD_PRELOAD does it to the whole program."""
    true_sync, synced = os.fsync, []

    def slow(handle):
        synced.append(handle)
        time.sleep(3)
        true_sync(handle)

    clerk = office(draft())
    page = clerk.go("problems")
    editor = next(one for one in page.findChildren(QTextEdit) if one.isVisible())
    clerk.focus(editor)
    clerk.document.set_narrative("problems", "开始。")
    monkeypatch.setattr("app.storage.files.os.fsync", slow)
    clerk.controller._autosaving.write()
    worst = 0.0
    for number in range(40):
        start = time.perf_counter()
        QTest.keyClick(editor, "abcdefghij"[number % 10])
        worst = max(worst, time.perf_counter() - start)
        QTest.qWait(20)
    assert synced, "the disk was being written meanwhile"
    assert clerk.controller._autosaving.is_writing
    assert worst < 0.5
    monkeypatch.setattr("app.storage.files.os.fsync", true_sync)
