"""A user who may do nothing but in his own folder: the command line and the window, from the first start on.

Where the tests run as root, in a namespace of mounts of their own in which this user reaches the interpreter; else as who runs them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.storage import files
from tests.places import PROJECT, TESTS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="setpriv 和 unshare 只有 Linux 有")

UID = 4321
SAMPLE = TESTS / "samples" / "pingtan_czjrj_2024_page.txt"
# A folder of root's in which the interpreter lies is shown anew, so that others may pass through it to that alone.
REACH = """set -e
if ! setpriv --reuid $1 --regid $1 --clear-groups test -x "$2"; then
  top=/$(printf %s "$2" | cut -d/ -f2); place=$(printf %s "$2" | cut -d/ -f-3)
  mount --bind "$place" /mnt; mount -t tmpfs -o mode=755 none "$top"
  mkdir -p "$place"; mount --bind /mnt "$place"
fi
uid=$1; cd "$3"; shift 3
exec setpriv --reuid $uid --regid $uid --clear-groups --no-new-privs "$@"
"""
WINDOW = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from ui.state.controller import Controller
from ui.window.main import make_app
from ui.window.main_window import MainWindow
app = make_app([])
window = MainWindow(Controller())
window.show()
window.open_path(Path("今年.gknb").absolute())
window.go_to("problems")
edit = window.page.editor.edit
QTest.keyClicks(edit, "unprivileged")
assert window.controller.keep_work()
assert window.controller.save()
window.go_to("export")
print(os.getuid(), window.controller.document.path)
"""


@pytest.fixture
def user():
    """A call as that user, in his own home. The folders of pytest are closed to him."""
    with tempfile.TemporaryDirectory(prefix="家") as place:
        yield from _user(Path(place))


def _user(home: Path):
    is_root = os.getuid() == 0
    if is_root:
        os.chown(home, UID, UID)
    python = str(Path(sys.executable).resolve())
    known = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    env = {**known, "PYTHONPATH": f"{PROJECT}", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        call = [sys.executable, *words]
        if is_root:
            call = ["unshare", "-m", "sh", "-c", REACH, "sh", str(UID), python, str(home), *call]
        return subprocess.run(call, cwd=home, env=env, capture_output=True, text=True, timeout=120)

    if is_root and (not shutil.which("unshare") or run("-c", "import app").returncode):
        pytest.skip("no namespace of mounts can be made here")
    run.home = home
    yield run


def test_the_whole_task_without_a_window(user):
    def nianbao(*words: str) -> "subprocess.CompletedProcess[str]":
        return user("-m", "app", *words)

    made = nianbao("new", "--from", str(SAMPLE), "--year", "2025", "-o", "今年.gknb")
    assert (made.returncode, "已保存到“今年.gknb”" in made.stderr) == (0, True), made.stderr
    assert nianbao("check", "今年.gknb", "-o", "核对表.docx").returncode == 1
    outs = [f"年报{suffix}" for suffix in (".docx", ".pdf", ".html", ".xlsx", ".ofd")]
    exported = nianbao("export", "今年.gknb", "--force", *(word for out in outs for word in ("-o", out)))
    assert exported.stdout.split() == outs, exported.stderr
    assert nianbao("pack", "今年.gknb", "--force", "-o", "包.zip").returncode == 0
    assert nianbao("rollup", "今年.gknb", "-o", "汇总.xlsx").returncode in (0, 1)
    again = nianbao("new", "--agency", "甲镇人民政府", "--year", "2025", "-o", "今年.gknb")
    assert "原来的文件备份在" in again.stderr, "his own folder is made at the first need"
    assert (user.home / ".local" / "share" / "nianbao").is_dir()


def test_a_folder_of_his_own_that_he_may_not_enter_keeps_nothing_from_him_but_is_told(user):
    """A profile copied by an administrator: every question about a file in it was a fault of the program."""
    own = user.home / ".local" / "share" / "nianbao"
    user("-m", "app", "new", "--from", str(SAMPLE), "--year", "2025", "-o", "今年.gknb")
    own.mkdir(parents=True, exist_ok=True)
    own.chmod(0)
    said = [
        user("-m", "app", *words)
        for words in (
            ("check", "今年.gknb"),
            ("export", "今年.gknb", "--force", "-o", "a.pdf"),
            ("pack", "今年.gknb", "--force", "-o", "a.zip"),
            ("rollup", "今年.gknb"),
            ("fonts",),
            ("--selftest",),
            ("new", "--agency", "甲镇人民政府", "--year", "2025", "-o", "新.gknb"),
        )
    ]
    assert [one.returncode for one in said] == [1, 0, 0, 1, 0, 0, 0], [one.stderr for one in said]
    assert not any("程序出错" in one.stderr for one in said)
    over = user("-m", "app", "new", "--agency", "甲镇人民政府", "--year", "2025", "-o", "今年.gknb")
    assert (over.returncode, over.stderr.count("\n")) == (2, 1)
    assert "没能备份" in over.stderr or "没有地方放" in over.stderr
    without_saving = "\n".join(line for line in WINDOW.splitlines() if not line.startswith("assert"))
    worked = user("-c", without_saving)
    assert worked.returncode == 0, worked.stderr
    own.chmod(0o700)


@pytest.mark.parametrize("place", ["/etc/年报.gknb", "/年报.gknb", "/root/年报.gknb"])
def test_what_he_may_not_write_is_one_sentence(user, place):
    refused = user("-m", "app", "new", "--agency", "甲镇人民政府", "--year", "2025", "-o", place)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "写不进去" in refused.stderr or "找不到文件夹" in refused.stderr or "没有写好" in refused.stderr
    assert not Path(place).exists()


def test_the_window_opens_types_keeps_and_saves(user):
    user("-m", "app", "new", "--from", str(SAMPLE), "--year", "2025", "-o", "今年.gknb")
    worked = user("-c", WINDOW)
    assert worked.returncode == 0, worked.stderr
    assert worked.stdout.split()[0] == str(UID if os.getuid() == 0 else os.getuid())
    assert "unprivileged" in files.read(user.home / "今年.gknb").content.report.narrative("problems")
