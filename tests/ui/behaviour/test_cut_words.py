"""Every scene of the pictures (tests/screenshots.py) at other scales and in the largest type: no word cut, no dialog too high."""

import subprocess

import pytest

from tests.screenshots import play_apart


@pytest.mark.parametrize("look", ["125", "150", "150_large"])
def test_no_word_is_cut_and_no_dialog_too_high(look):
    done = play_apart(look, "check", stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    first, *found = done.stdout.splitlines() or [done.stderr]
    assert found == [], done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(first.removesuffix("个画面")) >= 50
