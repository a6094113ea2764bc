"""kill -9 at random moments of the afternoon: no file is ever damaged, and no more than two seconds of work are gone."""

import os
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.killed import lines_of, on_disk, require_whole

ROOT = Path(__file__).resolve().parent.parent.parent
MOMENTS = int(os.environ.get("NIANBAO_KILLS", "12"))
LOST = 2.0  # seconds of work that may be gone
LONGEST = 6.0  # seconds that the clerk works

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGKILL")


def killed_at(moment: int, folder: Path, log: Path) -> float:
    """Let the clerk work and kill him; when that was."""
    call = [sys.executable, "-m", "tests.e2e.killed", str(folder), str(log), str(moment)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    clerk = subprocess.Popen(call, cwd=ROOT, env=env, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    try:
        while not log.exists() or not log.stat().st_size:
            assert clerk.poll() is None, clerk.stderr.read().decode(errors="replace")
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(random.Random(moment).uniform(0, LONGEST))
        now = time.time()
    finally:
        clerk.send_signal(signal.SIGKILL)
    said = clerk.communicate(timeout=10)[1].decode(errors="replace")
    assert clerk.returncode == -signal.SIGKILL, said
    assert "Traceback" not in said, said
    return now


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_program_that_is_killed_loses_two_seconds_at_most(moment, tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    folder, log = tmp_path / "报告", tmp_path / "log"
    folder.mkdir()
    now = killed_at(moment, folder, log)
    require_whole()
    assert not list((tmp_path / "home").rglob("*.bad")), "nothing had to be set aside"
    lines = lines_of(log)
    late = [line.when for line in lines if line.when > now - 2 * LOST] + [now]
    still = max((after - one for one, after in pairwise(late)), default=0.0)
    patience = now - LOST - still  # a busy machine: neither clerk nor program had their turn
    there = on_disk(folder)
    assert there
    for report in {line.report for line in lines}:
        own = [line for line in lines if line.report == report]
        left = max((line.number for line in own if line.mark in there), default=0)
        needed = max((line.number for line in own if line.when <= patience), default=0)
        assert left >= needed, f"report {report}: act {left} is there, act {needed} was done in time"
