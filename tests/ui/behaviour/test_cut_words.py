"""Every scene of the pictures (tests/screenshots.py) at other scales, in the largest type and in other faces: no word cut, no
dialog too high."""

import subprocess
import sys

import pytest

from tests.desktop_faces import LINES, desktop_with
from tests.screenshots import play, play_apart


def nothing_is_cut(look: str, **environment: str) -> None:
    pipe = subprocess.PIPE
    done = play_apart(look, "check", environment, stdout=pipe, stderr=pipe, timeout=120)
    first, *found = done.stdout.splitlines() or [done.stderr]
    assert found == [], done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(first.removesuffix("个画面")) >= 50


@pytest.mark.parametrize("look", ["125", "150", "150_large"])
def test_no_word_is_cut_and_no_dialog_too_high(look):
    nothing_is_cut(look)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只在 Linux 上能换掉桌面的字体")
@pytest.mark.parametrize("face", LINES)
def test_nothing_is_cut_in_another_face_of_the_desktop(face, tmp_path):
    nothing_is_cut("150_large", **desktop_with(face, tmp_path))


def test_the_scenes_never_write_the_settings_of_whoever_runs_them(monkeypatch, capsys):
    """They change type size and appearance: without a home of their own they do nothing."""
    monkeypatch.delenv("NIANBAO_HOME")
    monkeypatch.setattr("app.storage.settings.save", lambda _settings: pytest.fail("settings were written"))
    assert play("grab", "100") == 2
    assert "NIANBAO_HOME" in capsys.readouterr().err
