"""What is remembered about the user: settings that survive damage."""

import json
from dataclasses import replace

import pytest

from app import own_files, paths
from app.checks.settings import CheckSettings
from app.storage import settings
from app.storage.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


def test_settings_are_read_as_they_were_saved(tmp_path):
    mine = Settings(
        geometry="AAA=", layout="BBB=", checks=CheckSettings(deadline_day=20, overview_limit=1500)
    )
    mine = mine.with_recent(tmp_path / "a.gknb").with_folder("export", tmp_path)
    settings.save(mine)
    assert settings.load() == mine
    assert mine.folder("export") == tmp_path
    assert mine.folder("import") is None


def test_there_are_none_at_first():
    assert settings.load() == Settings()
    assert not paths.settings_file().exists()


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"{", Settings()),
        (b"\xff\xfe", Settings()),
        (b"[]", Settings()),
        (b'{"recent": "a", "geometry": "G"}', Settings(geometry="G")),
        (b'{"recent": [1], "geometry": "G"}', Settings(geometry="G")),
        (b'{"checks": {"deadline_day": 31, "deadline_month": 2}}', Settings()),
        (
            b'{"checks": {"deadline_day": "20", "overview_limit": 900}}',
            Settings(checks=CheckSettings(overview_limit=900)),
        ),
        (b'{"checks": {"deadline_day": true}}', Settings()),
        (b'{"folders": {"open": 1}}', Settings()),
    ],
)
def test_damaged_settings_are_set_aside_and_the_rest_is_used(data, kept):
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_bytes(data)
    assert settings.load() == kept
    assert paths.settings_file().with_name("settings.json.bad").read_bytes() == data


def test_what_a_newer_version_remembers_does_no_harm():
    settings.save(Settings(geometry="G"))
    data = json.loads(paths.settings_file().read_bytes())
    data["new"] = {"x": 1}
    paths.settings_file().write_text(json.dumps(data))
    assert settings.load() == Settings(geometry="G")
    assert not paths.settings_file().with_name("settings.json.bad").exists()


def test_settings_that_could_not_be_read_are_not_replaced_by_none(monkeypatch):
    """A virus scanner holds the file for a moment; the county's deadline must survive that."""
    mine = Settings(geometry="G", checks=CheckSettings(deadline_day=20))
    settings.save(mine)
    with monkeypatch.context() as patch:
        patch.setattr("app.own_files.os.open", refused)
        assert settings.load() == Settings()
    settings.save(Settings(recent=("a",)))
    assert settings.load() == mine
    settings.save(Settings(geometry="H"))
    assert settings.load() == Settings(geometry="H")


def refused(*_words):
    raise PermissionError(13, "held by another program")


def test_settings_that_cannot_be_written_disturb_nobody(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "file"))
    settings.save(Settings(geometry="G"))
    assert settings.load() == Settings()


def test_they_are_read_again_only_when_the_file_is_another(monkeypatch):
    settings.save(replace(settings.load(), font_scale=115))
    first = settings.load()
    reads = []
    real = own_files.read_json
    monkeypatch.setattr(own_files, "read_json", lambda path: (reads.append(path), real(path))[1])
    assert settings.load() is first
    assert reads == []
    file = paths.settings_file()
    file.write_text(file.read_text().replace("115", "130") + "\n", encoding="utf-8")  # another window's
    assert settings.load().font_scale == 130
    assert reads == [file]
