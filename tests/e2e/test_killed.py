"""kill -9 at random moments: the saved file is never damaged, and no more than two seconds of typing are gone."""

import os
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from app.storage import files
from tests.e2e.killed import left_on_disk

ROOT = Path(__file__).resolve().parent.parent.parent
MOMENTS = int(os.environ.get("NIANBAO_KILLS", "12"))
LOST = 2.0  # seconds of typing that may be gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGKILL")


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_program_that_is_killed_loses_two_seconds_at_most(moment, tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    path, log = tmp_path / "报告.gknb", tmp_path / "log"
    call = [sys.executable, "-m", "tests.e2e.killed", str(path), str(log)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    clerk = subprocess.Popen(call, cwd=ROOT, env=env, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    try:
        while not log.exists() or not log.stat().st_size:
            assert clerk.poll() is None, clerk.stderr.read().decode(errors="replace")
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(random.Random(moment).uniform(0, 5))
        now = time.time()
    finally:
        clerk.send_signal(signal.SIGKILL)
    assert clerk.wait(10) == -signal.SIGKILL, clerk.stderr.read().decode(errors="replace")
    lines = [line.split() for line in log.read_text("utf-8").splitlines() if line.count(" ") == 1]
    times = [float(when) for _, when in lines if float(when) > now - 2 * LOST]
    still = max(
        (after - one for one, after in pairwise(times)), default=0.0
    )  # a busy machine: nobody could type
    before = [int(number) for number, when in lines if float(when) <= now - LOST - still]
    files.read(path)  # whole
    left = left_on_disk(path)
    assert left >= max(before, default=0)
