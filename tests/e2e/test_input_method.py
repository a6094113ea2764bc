"""Chinese typed through an input method into a real window: what is being composed stays, digits reach the cells as digits.

With NIANBAO_PACKAGED=<the launcher of a package> it is that one which is tried, with fcitx 4 too: its plugin is in packages only.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

import system_packages
from app.session.any_report import read_any
from tests.e2e.program import Program, needs_screen
from tests.e2e.test_real_window import report  # noqa: F401

PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
PROFILE_4 = "[Profile]\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n"
# how it is started, how the pinyin is chosen and asked for, what the desktop sets for Qt
METHODS = {
    "ibus": (["ibus-daemon", "-x", "-r"], ["ibus", "engine", "libpinyin"], ["ibus", "engine"], "ibus"),
    "fcitx5": (  # Qt's wheel has no plugin for fcitx
        ["fcitx5", "-D"],
        ["fcitx5-remote", "-s", "pinyin"],
        ["fcitx5-remote", "-n"],
        "fcitx",
    ),
}
PACKAGED = os.environ.get("NIANBAO_PACKAGED", "")
if PACKAGED:
    choose = ["sh", "-c", "fcitx-remote -o; fcitx-remote -s pinyin"]
    METHODS["fcitx4"] = (["fcitx", "-D"], choose, ["fcitx-remote"], "fcitx")
ANSWERS = {"fcitx4": "2"}  # it tells only that some method is on
NEEDED = {
    method: {
        name: package
        for name, package in system_packages.TOOLS.items()
        if name == "dbus-daemon" or package.startswith(method)
    }
    for method in METHODS
}

pytestmark = needs_screen


class Desktop:
    """A message bus of its own with an input method on it."""

    def __init__(self, name: str, display: str, home: Path) -> None:
        started, self._choose, self._ask, module = METHODS[name]
        self._answer = ANSWERS.get(name, "pinyin")
        self.is_for_all = name == "ibus"  # fcitx answers only for a window
        (home / "run").mkdir(parents=True, mode=0o700)
        profile = home / ".config" / "fcitx5" / "profile"
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE)
        profile = home / ".config" / "fcitx" / "profile"
        profile.parent.mkdir()
        profile.write_text(PROFILE_4)
        self.env = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "LANG": "C.UTF-8",
            "QT_IM_MODULE": module,
        }
        call = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        self._bus = subprocess.Popen(
            call, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        self._method = subprocess.Popen(
            started, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def choose(self) -> None:
        """Pinyin, as soon as the input method answers; what `ibus engine` returns says nothing."""
        for _ in range(100):
            subprocess.run(self._choose, env=self.env, capture_output=True, check=False)
            asked = subprocess.run(self._ask, env=self.env, capture_output=True, text=True, check=False)
            if self._answer in asked.stdout:
                return
            time.sleep(0.1)
        raise AssertionError(f"{self._choose} was never answered: {asked.stdout}{asked.stderr}")

    def end(self) -> None:
        for process in (self._method, self._bus):
            process.terminate()
            process.wait(10)


@pytest.fixture(params=METHODS)
def desktop(request, display, tmp_path):
    if request.param == "fcitx4" and not shutil.which("fcitx"):
        pytest.skip("没有安装 fcitx（它与 fcitx5 不能装在一起）")
    if missing := system_packages.missing_tools(NEEDED[request.param]):
        pytest.skip(f"没有安装 {' '.join(missing)}（{system_packages.apt_line(missing)}）")
    made = Desktop(request.param, display, tmp_path / "desktop")
    yield made
    made.end()


def test_chinese_is_typed_into_texts_and_digits_into_cells(desktop, display, tmp_path, report):  # noqa: F811
    names = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME", "LANG", "QT_IM_MODULE")
    keep = {name: desktop.env[name] for name in names}
    if desktop.is_for_all:
        desktop.choose()
    program = Program(
        display,
        tmp_path / "home",
        [PACKAGED, str(report)] if PACKAGED else ["-m", "app", str(report)],
        **keep,
    )
    try:
        program.wait_for("报告 — 年报助手")
        program.keys("alt+5", "ctrl+a")
        desktop.choose()  # for the window in front
        time.sleep(6)  # its dictionary is read, on a busy computer too
        program.type("zhengfuxinxi")
        time.sleep(2.5)  # the check, the preview and the autosave come by: what is composed stays
        program.keys("space")
        program.type("12")
        program.wait_for("报告* — 年报助手")
        program.keys("alt+3")
        program.type("34")
        program.keys("Return", "ctrl+s")
        program.wait_for("报告 — 年报助手")
    finally:
        program.end()
    read = read_any(report).report
    assert read.narrative("problems").strip() in ("政府信息12", "政府信息 12")
    assert 34 in [value for ref, value in read.values.items() if ref.table == "requests"]
