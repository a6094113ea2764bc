"""A virtual screen with a window manager."""

import os
import subprocess

import pytest

from tests.e2e.program import MISSING, managed


@pytest.fixture(scope="session")
def display(tmp_path_factory):
    """A screen of 1366×768 with a window manager; its number."""
    assert not MISSING, f"缺少 {'、'.join(MISSING)}：sudo apt install xvfb openbox xdotool"
    reader, writer = os.pipe()
    # a run that is killed leaves no screen, and without it nothing that is on it
    call = ["setpriv", "--pdeathsig", "TERM"]
    call += ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(call, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        name = ":" + answer.readline().strip()
    env = {**os.environ, "DISPLAY": name, "HOME": str(tmp_path_factory.mktemp("openbox"))}
    manager = managed(env)
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(5)
