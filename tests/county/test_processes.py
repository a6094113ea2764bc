"""Many files are read by second processes: the same answers, whatever becomes of one, and none of them outlives the work."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from app.checks.settings import CheckSettings
from app.county import processes, rollup, shelf, workbook
from app.county.rollup import Request, roll_up
from app.errors import UserError
from tests.county.test_rollup import RECEIVED, put, report, sum_of
from tests.places import PROJECT

TODAY = date(2026, 1, 20)
MANY = 8


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    """Units in two folders, each with its own number; one file is none."""
    folder = tmp_path_factory.mktemp("县")
    (folder / "东").mkdir()
    for number in range(MANY):
        put(
            folder / "东" if number % 2 else folder,
            f"{number:03}.gknb",
            report(f"第{number}镇人民政府", number),
        )
    (folder / "坏.gknb").write_bytes(b"PK nothing")
    return folder


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(processes, "MANY", 4)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    shelf._open = None


def kept(home: Path) -> Path:
    return home / "county" / "read.shelf"


def told(found: rollup.Rollup) -> list[tuple[str, str, str, bytes]]:
    return [(one.name, one.file, one.where, one.known.content) for one in found.units]


def test_second_processes_find_what_is_found_here(county, monkeypatch):
    there = roll_up([county], Request(TODAY))
    monkeypatch.setattr(processes, "MANY", 10**9)
    here = roll_up([county], Request(TODAY))
    assert told(there) == told(here)
    assert sum_of(there, RECEIVED).total == sum_of(here, RECEIVED).total == sum(range(MANY))
    assert there.bad == here.bad != ()
    assert list(there.words) == list(here.words)
    assert [one.rows for one in there.units] == [one.rows for one in here.units]


def test_what_was_read_is_not_read_again_and_what_was_changed_is(county, tmp_path, own_folder):
    folder = tmp_path / "县"
    shutil.copytree(county, folder)
    first = told(roll_up([folder], Request(TODAY)))
    shelf._open = None
    put(folder, "000.gknb", report("第0镇人民政府", 1000))
    said = []
    found = roll_up([folder], Request(TODAY), said.append)
    assert sum_of(found, RECEIVED).total == sum(range(MANY)) + 1000
    assert told(found)[1:] == first[1:]
    known = kept(own_folder).stat()
    shelf._open = None
    roll_up([folder], Request(TODAY))
    assert kept(own_folder).stat().st_size == known.st_size, "nothing was read, nothing was added"
    if os.name != "nt":
        assert known.st_mode & 0o077 == 0, "the reports of others are nobody else's"


def test_other_rules_read_everything_anew(county, own_folder):
    roll_up([county], Request(TODAY))
    size = kept(own_folder).stat().st_size
    shelf._open = None
    settings = CheckSettings(signature_required=False)
    found = roll_up([county], Request(TODAY, settings=settings))
    assert not any(one.rule == "S-09" for one in found.units[0].checked.settled.open)
    assert kept(own_folder).stat().st_size < size * 1.5


@pytest.mark.parametrize("damage", ["middle", "short", "other", "empty", "folder"])
def test_a_damaged_rest_of_the_last_time_is_done_anew(county, own_folder, damage, monkeypatch):
    first = told(roll_up([county], Request(TODAY)))
    shelf._open = None
    monkeypatch.setattr(rollup, "_STEP", 1)
    file = kept(own_folder)
    data = bytearray(file.read_bytes())
    if damage == "middle":
        data[len(data) // 2] ^= 0x55
    elif damage == "short":
        del data[-100:]
    elif damage == "other":
        data[:20] = os.urandom(20)
    elif damage == "empty":
        data.clear()
    file.write_bytes(data)
    if damage == "folder":
        file.unlink()
        file.mkdir()
    said = []
    assert told(roll_up([county], Request(TODAY), said.append)) == first
    damaged = damage in ("middle", "short")
    assert any("一部分损坏，那一部分重新读" in one for one in said) is damaged
    assert any("上次已经核对过" in one for one in said) is damaged


def test_what_is_stopped_goes_on_where_it_was(county, monkeypatch):
    monkeypatch.setattr(rollup, "_STEP", 1)

    def stop(words):
        if "已有3份" in words:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        roll_up([county], Request(TODAY), stop)
    assert stopped.value.__notes__ == ["已经核对的3份下次不用重新读。"]
    stopped.value.__traceback__ = None
    del stopped  # with it goes the shelf
    shelf._open = None
    said = []
    assert len(roll_up([county], Request(TODAY), said.append).counted) == MANY
    assert "其中3份上次已经核对过" in said[-1]


def test_two_at_once_do_not_disturb_each_other(county):
    first = roll_up([county], Request(TODAY))
    shelf._open = None  # as in another program
    second = roll_up([county], Request(TODAY))
    assert [found.units[0].known.shelf.is_kept for found in (first, second)] == [True, False]
    assert told(first) == told(second)
    assert [one.rows for one in first.units] == [one.rows for one in second.units]


def test_a_process_that_dies_costs_its_file_alone(county, monkeypatch):
    ask = processes._Process._ask

    def dying(self, data):
        if data.endswith(b"005.gknb"):
            self._process.kill()
        return ask(self, data)

    monkeypatch.setattr(processes._Process, "_ask", dying)
    found = roll_up([county], Request(TODAY))
    assert len(found.counted) == MANY - 1
    assert ("005.gknb", "读的时候出了意外，没有读成。请单独打开它看一看。") in found.bad


def test_where_no_second_process_can_run_it_is_read_here(county, monkeypatch):
    def refused(*_words, **_named):
        raise OSError(1, "no")

    monkeypatch.setattr(processes.subprocess, "Popen", refused)
    assert len(roll_up([county], Request(TODAY)).counted) == MANY
    monkeypatch.undo()


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path, monkeypatch):
    put(tmp_path, "a.gknb", report("甲镇人民政府"))
    (tmp_path / "锁").mkdir()
    scan = os.scandir

    def locked(name):
        if str(name).endswith("锁"):
            raise PermissionError
        return scan(name)

    monkeypatch.setattr("app.county.gathering.os.scandir", locked)
    assert roll_up([tmp_path], Request(TODAY)).bad == (("锁", "文件夹读不出来，可能没有权限"),)


def test_folders_three_hundred_deep_and_links_in_a_circle_end(tmp_path):
    place = tmp_path
    for _ in range(300):
        place = place / "a"
        place.mkdir()
    (tmp_path / "kreis.gknb").symlink_to(tmp_path / "kreis.gknb")
    (tmp_path / "zurück").symlink_to(tmp_path)
    put(tmp_path, "a.gknb", report("甲镇人民政府"))
    assert len(roll_up([tmp_path], Request(TODAY)).units) == 1


def test_a_book_that_is_stopped_leaves_nothing(county, monkeypatch):
    found = roll_up([county], Request(TODAY))

    def stop(_words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workbook.book_bytes(found, stop)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGINT")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_is_one_sentence_and_leaves_neither_processes_nor_files(county, tmp_path, number, status):
    folder = tmp_path / "县"
    folder.mkdir()
    for one in range(60):
        shutil.copy(county / "000.gknb", folder / f"{one}.gknb")
    out = tmp_path / "汇总.xlsx"
    env = {**os.environ, "NIANBAO_HOME": str(tmp_path / "home")}
    call = [sys.executable, "-m", "app", "rollup", str(folder), "-o", str(out)]
    program = subprocess.Popen(
        call, cwd=PROJECT, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 60
    while not kept(tmp_path / "home").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(program.pid, number)
    said = program.communicate(timeout=60)[1].decode()
    assert program.returncode in (status, -number)
    words = [line for line in said.splitlines() if not line.startswith("正在")]
    assert len(words) == 1
    assert words[0].startswith("已停止。")
    assert not out.exists()
    until = time.monotonic() + 30
    while is_alive(program.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_alive(program.pid)


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_file_that_cannot_be_read_is_refused_over_there_in_words(tmp_path):
    with processes._Process(CheckSettings()) as process, pytest.raises(UserError, match="找不到文件"):
        process.read(str(tmp_path / "没有.gknb"))
