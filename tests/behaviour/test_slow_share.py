"""A folder of another computer that answers slowly, or no more: what is done there waits, or is refused in words.

A small library, loaded before the C library, makes the calls slow or lets them fail for one folder.
"""

import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.places import PROJECT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("gcc") is None, reason="there is no gcc to make the slow share of"
)
# ruff: noqa: E501 - the lines of C
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int on_share(const char *name) { const char *share = getenv("SHARE"); return share && name && strncmp(name, share, strlen(share)) == 0; }
static void wait_for_it(void) { usleep(atoi(getenv("SHARE_MS") ? getenv("SHARE_MS") : "0") * 1000); }
static int gone(const char *call) { const char *which = getenv("SHARE_GONE"); return which && strcmp(which, call) == 0; }
int open64(const char *name, int flags, ...)
{
    va_list more; va_start(more, flags); int mode = va_arg(more, int); va_end(more);
    if (on_share(name)) { wait_for_it(); if (gone("open")) { errno = EIO; return -1; } }
    return ((int (*)(const char *, int, int))dlsym(RTLD_NEXT, "open64"))(name, flags, mode);
}
int rename(const char *from, const char *to)
{
    if (on_share(to)) { wait_for_it(); if (gone("rename")) { errno = EIO; return -1; } }
    return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
}
int fsync(int handle)
{
    wait_for_it();
    if (gone("fsync")) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(handle);
}
"""
NEW = ("new", "--year", "2025", "--agency")
HOLD = """
import sys
from pathlib import Path
from app.storage.lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shim")
    (folder / "share.c").write_text(SHIM, "utf-8")
    call = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(folder / "share.so"), str(folder / "share.c"), "-ldl"]
    subprocess.run(call, check=True)
    return folder / "share.so"


@pytest.fixture
def share(tmp_path):
    folder = tmp_path / "共享"
    folder.mkdir()
    return folder


@pytest.fixture
def surroundings(shim, share, tmp_path):
    def made(milliseconds=0, gone=""):
        asked = {"LD_PRELOAD": str(shim), "SHARE": str(share), "SHARE_MS": str(milliseconds)}
        lost = {"SHARE_GONE": gone} if gone else {}
        return {**os.environ, "NIANBAO_HOME": str(tmp_path / "home"), **asked, **lost}

    return made


def call(env, *words):
    line = [sys.executable, "-m", "app", *map(str, words)]
    return subprocess.run(line, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=120)


def test_a_slow_share_is_waited_for(share, surroundings):
    began = time.monotonic()
    done = call(surroundings(300), *NEW, "某镇人民政府", "-o", share / "年报.gknb")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began > 0.9  # it was slow indeed
    assert [one.name for one in share.iterdir()] == ["年报.gknb"]
    assert call(surroundings(300), "check", share / "年报.gknb").returncode in (0, 1)


def test_who_has_a_report_open_on_a_slow_share_is_known_there(share, surroundings):
    report = share / "年报.gknb"
    assert call(surroundings(), *NEW, "某镇人民政府", "-o", report).returncode == 0
    before = report.read_bytes()
    line = [sys.executable, "-c", HOLD, str(report)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(line, cwd=PROJECT, env=surroundings(300), **pipes) as holder:
        assert holder.stdout.readline() == "held\n"
        refused = call(surroundings(300), *NEW, "另一镇人民政府", "-o", report)
        holder.stdin.close()
    assert refused.returncode == 2
    assert "打开着" in refused.stderr
    assert report.read_bytes() == before
    assert [one.name for one in share.iterdir()] == ["年报.gknb"]


@pytest.mark.parametrize("lost", ["fsync", "rename"])
def test_a_share_that_is_gone_while_saving_leaves_the_old_report_and_says_so(share, surroundings, lost):
    report = share / "年报.gknb"
    assert call(surroundings(), *NEW, "某镇人民政府", "-o", report).returncode == 0
    before = report.read_bytes()
    done = call(surroundings(gone=lost), *NEW, "另一镇人民政府", "-o", report)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert report.read_bytes() == before
    assert [one.name for one in share.iterdir()] == ["年报.gknb"]


def test_a_share_that_is_gone_while_reading_is_told_in_one_sentence(share, surroundings):
    report = share / "年报.gknb"
    assert call(surroundings(), *NEW, "某镇人民政府", "-o", report).returncode == 0
    done = call(surroundings(gone="open"), "check", report)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "年报.gknb" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_roaming_profile_on_a_share_that_is_gone_loses_nothing(share, surroundings):
    """Settings and backups lie there, the report elsewhere: a new one is written, another is not overwritten without a copy."""
    env = {**surroundings(gone="rename"), "NIANBAO_HOME": str(share / "profile")}
    report = share.parent / "年报.gknb"
    assert call(env, *NEW, "某镇人民政府", "-o", report).returncode == 0
    before = report.read_bytes()
    done = call(env, *NEW, "另一镇人民政府", "-o", report)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "没能备份" in done.stderr
    assert report.read_bytes() == before
