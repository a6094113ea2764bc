"""An update while the program is open."""

import pytest

from app import paths
from ui.window.renewed import WORDS, RenewedBanner


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A program with the file that tells its build."""
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    (tmp_path / "build.txt").write_text("1", "utf-8")
    return tmp_path / "build.txt"


def replaced(file):
    """As dpkg does it: a new file takes the name."""
    other = file.with_name("build.txt.dpkg-new")
    other.write_text("2", "utf-8")
    other.replace(file)


@pytest.mark.parametrize("happens", [replaced, lambda file: file.unlink()], ids=["updated", "removed"])
def test_another_build_in_the_place_of_the_running_one_is_told(qtbot, installed, happens):
    banner = RenewedBanner()
    qtbot.addWidget(banner)
    banner.look()
    assert banner.isHidden()
    happens(installed)
    banner.look()
    assert not banner.isHidden()
    assert banner.accessibleName() == WORDS
    assert not banner.timer.isActive()


def test_a_program_from_its_sources_never_asks(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    banner = RenewedBanner()
    qtbot.addWidget(banner)
    assert not banner.timer.isActive()


def test_the_window_asks(qtbot, installed, monkeypatch):
    banner = RenewedBanner()
    qtbot.addWidget(banner)
    assert banner.timer.isActive()
    replaced(installed)
    with qtbot.waitSignal(banner.timer.timeout, timeout=3000):
        banner.timer.setInterval(10)
    assert not banner.isHidden()
