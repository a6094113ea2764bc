"""The lock file: one window at a time, a dead owner's lock is taken over, another computer's is respected."""

import errno
import json
import os
import subprocess
import sys
from dataclasses import asdict, replace

import pytest

from app.storage.lock import InUse, Lock, lock_file, myself


@pytest.fixture
def path(tmp_path):
    return tmp_path / "报告.gknb"


def held_by(path, **changes):
    owner = {**asdict(myself()), **changes}
    lock_file(path).write_text(json.dumps(owner), "utf-8")


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_lock_is_there_until_its_last_holder_lets_go(path):
    first, second = Lock(path), Lock(path)
    first.acquire()
    second.acquire()
    first.release()
    first.release()
    assert lock_file(path).exists()
    second.release()
    assert not lock_file(path).exists()


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ({"host": "DANG-ZHENG-BAN", "user": "王"}, "电脑“DANG-ZHENG-BAN”（用户 王）"),
        ({"pid": os.getppid(), "started": ""}, "另一个窗口"),
    ],
)
def test_a_running_owner_is_named(path, owner, said):
    held_by(path, **owner)
    with pytest.raises(InUse, match=said):
        Lock(path).acquire()
    assert lock_file(path).exists()


def stale(path):
    return {
        "dead process": lambda: held_by(path, pid=dead_pid()),
        "number given to a later process": lambda: held_by(path, pid=os.getppid(), started="1"),
        "damaged": lambda: lock_file(path).write_bytes(b"{"),
        "empty": lambda: lock_file(path).write_bytes(b""),
        "nonsense": lambda: held_by(path, pid="x"),
        "negative": lambda: held_by(path, pid=-1),
        "own, left behind": lambda: held_by(path),
    }


@pytest.mark.parametrize("kind", list(stale(None)))
def test_a_stale_lock_is_taken_over(path, kind):
    if kind.startswith("number") and not myself().started:
        pytest.skip("this system does not tell when a process began")
    stale(path)[kind]()
    os.utime(lock_file(path), (1, 1))
    lock = Lock(path)
    lock.acquire()
    assert json.loads(lock_file(path).read_text("utf-8")) == asdict(myself())
    lock.release()
    assert list(path.parent.iterdir()) == []


def test_a_lock_that_is_just_being_written_is_waited_for(path, monkeypatch):
    lock_file(path).write_bytes(b"")
    monkeypatch.setattr("app.storage.lock.time.sleep", lambda seconds: held_by(path, host="elsewhere"))
    with pytest.raises(InUse):
        Lock(path).acquire()


def test_another_s_lock_is_not_taken_away(path):
    lock = Lock(path)
    lock.acquire()
    held_by(path, host="elsewhere")
    lock.release()
    assert lock_file(path).exists()


def test_a_folder_that_cannot_be_written_needs_no_lock(tmp_path):
    lock = Lock(tmp_path / "no such folder" / "报告.gknb")
    lock.acquire()
    lock.release()


def test_this_program_runs_and_another_computer_is_believed():
    assert myself().is_running
    assert replace(myself(), host="elsewhere", pid=dead_pid()).is_running
    assert not replace(myself(), pid=dead_pid()).is_running


def test_a_full_disk_holds_no_lock_and_leaves_none(path, monkeypatch):
    """The report itself will be refused in words."""

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(json, "dump", full)
    lock = Lock(path)
    lock.acquire()
    assert not lock_file(path).exists()
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有僵尸进程")
def test_a_program_that_was_killed_runs_no_more_though_nobody_has_asked_after_it(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    owner = replace(myself(), pid=child.pid, started="")
    assert owner.is_running
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # dead, and still in the table of processes
    assert not owner.is_running
    child.wait()


def test_reports_with_long_names_that_begin_alike_have_locks_of_their_own(tmp_path):
    begin = "威海市文登区张家产镇人民政府" * 5
    one, two = (lock_file(tmp_path / f"{begin}{end}.gknb") for end in ("2021年", "2022年"))
    assert one != two
    assert len(one.name) < 80
    assert lock_file(tmp_path / f"{begin}2021年.gknb") == one
