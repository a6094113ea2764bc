"""Backups: a copy of every save, thinned with age, those with a name kept."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.storage import backups, files
from app.storage.container import Content
from tests.storage.random_reports import full_report

NOW = datetime(2026, 1, 20, 9, 0, 0)  # noqa: DTZ001 - the clerk's own clock


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


def report(folder: Path, year: int = 2024) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "报告.gknb"
    files.save(path, Content(full_report(year)))
    return path


def test_a_copy_is_named_by_its_time_and_made_only_of_what_is_new(tmp_path):
    path = report(tmp_path / "a")
    first = backups.keep(path, NOW)
    assert first.path.name == "000001-20260120-090000.gknb"
    assert first.path.read_bytes() == path.read_bytes()
    assert backups.keep(path, NOW) is None
    report(tmp_path / "a", 2025)
    second = backups.keep(path, NOW)
    assert second.made == NOW + timedelta(seconds=1)
    assert backups.backups_of(path) == [second, first]


def test_two_reports_of_one_name_are_kept_apart(tmp_path):
    one, other = report(tmp_path / "a"), report(tmp_path / "b")
    backups.keep(one, NOW)
    assert backups.backups_of(other) == []


def test_nothing_is_copied_of_a_file_that_is_not_there(tmp_path):
    assert backups.keep(tmp_path / "报告.gknb", NOW) is None
    assert backups.backups_of(tmp_path / "报告.gknb") == []


def test_of_a_year_of_saves_thirty_copies_stay():
    times = [NOW - timedelta(hours=5 * n) for n in range(1700)]
    kept = backups.to_keep(times)
    assert len(kept) <= 30
    assert set(times[: backups.RECENT]) <= kept
    assert len({one.strftime("%Y%m") for one in kept}) >= 8
    assert min(kept) < NOW - timedelta(days=200)


def test_few_copies_all_stay():
    times = {NOW - timedelta(days=n) for n in range(20)}
    assert backups.to_keep(times) == times


def test_thinning_again_and_again_keeps_the_old_ones():
    kept: set[datetime] = set()
    for day in range(400):
        for hour in (9, 15):
            kept = backups.to_keep({*kept, NOW + timedelta(days=day, hours=hour)})
    assert len(kept) <= 30
    assert min(kept) < NOW + timedelta(days=230)


def test_old_copies_are_taken_off_the_disk(tmp_path):
    path = tmp_path / "报告.gknb"
    for number in range(40):
        path.write_bytes(b"%d" % number)
        backups.keep(path, NOW + timedelta(minutes=number))
    assert len(backups.backups_of(path)) <= 30
    assert backups.backups_of(path)[0].path.read_bytes() == b"39"


def test_a_version_with_a_name_outlives_all_the_others(tmp_path):
    path = report(tmp_path / "a")
    named = backups.keep(path, NOW, '县里/退回前"')
    assert named.name == "县里 退回前"
    for number in range(60):
        path.write_bytes(b"%d" % number)
        backups.keep(path, NOW + timedelta(minutes=number))
    found = backups.backups_of(path)
    assert found[-1] == named
    assert backups.rename(found[0], "报县里的").name == "报县里的"
    assert [one.name for one in backups.backups_of(path) if one.name] == ["报县里的", "县里 退回前"]


def test_what_is_kept_already_only_gets_the_name(tmp_path):
    path = report(tmp_path / "a")
    backups.keep(path, NOW)
    assert backups.keep(path, NOW, "送审前").name == "送审前"
    assert len(backups.backups_of(path)) == 1


def test_a_clock_set_back_takes_away_no_save_and_mixes_up_no_order(tmp_path):
    path = tmp_path / "报告.gknb"
    for number in range(20):
        path.write_bytes(b"%d" % number)
        backups.keep(path, NOW + timedelta(days=number))
    for number in range(20, 25):
        path.write_bytes(b"%d" % number)
        backups.keep(path, NOW - timedelta(days=3000))
    newest = [one.path.read_bytes() for one in backups.backups_of(path)[:12]]
    assert newest == [b"%d" % number for number in range(24, 12, -1)]


def test_copies_of_the_program_before_are_still_found_and_are_older(tmp_path):
    path = report(tmp_path / "a")
    folder = backups.folder_of(path)
    folder.mkdir(parents=True)
    (folder / "20270101-000000.gknb").write_bytes(b"old")
    backups.keep(path, NOW)
    assert [one.number for one in backups.backups_of(path)] == [1, 0]
