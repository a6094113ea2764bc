"""A window that never ended by itself is known at the next start, once."""

import json
import subprocess
import sys
from dataclasses import asdict, replace

import pytest

from app import paths
from app.storage import running
from app.storage.lock import myself

CUT = "import os; from app.storage import running; running.begin(); os.kill(os.getpid(), 9)"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


def test_a_window_that_ends_leaves_no_mark():
    assert not running.begin()
    running.end()
    assert not running.begin()
    running.end()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_one_that_was_cut_off_is_told_once():
    subprocess.run([sys.executable, "-c", CUT], cwd=paths.root(), check=False)
    assert running.begin()
    assert not running.begin()


def test_another_that_still_runs_was_not_cut_off(monkeypatch):
    folder = paths.user_data() / "running"
    folder.mkdir(parents=True)
    other = replace(myself(), pid=1, started="")
    (folder / "1.json").write_text(json.dumps(asdict(other)))
    assert not running.begin()
    assert (folder / "1.json").exists()


def test_a_mark_that_cannot_be_read_and_a_home_that_cannot_be_written_stop_nothing(tmp_path, monkeypatch):
    folder = paths.user_data() / "running"
    folder.mkdir(parents=True)
    (folder / "9.json").write_bytes(b"\xff")
    assert running.begin()
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "file"))
    assert not running.begin()
    running.end()
