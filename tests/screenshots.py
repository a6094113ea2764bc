"""Every page and dialog as a picture, light and dark, at 100 % … 150 % and in the largest type: look at them (make screenshots)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from app.storage import settings as stored

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "screenshots"
SAMPLE = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
SCREEN = (1366, 768)


class Look(NamedTuple):
    """How the window is shown: scale of the screen, size of the type in per cent, light or dark."""

    scale: float = 1.0
    size: int = 100
    appearance: str = "light"


LOOKS = {
    "100": Look(),
    "150": Look(1.5),
    "100_dark": Look(appearance="dark"),
    "150_dark": Look(1.5, appearance="dark"),
    "100_large": Look(size=130),
    "150_large": Look(1.5, 130),
    "125": Look(1.25),
    "100_contrast": Look(appearance="contrast"),
    "100_contrast_dark": Look(appearance="contrast_dark"),
}
HELP = Path(os.environ.get("NIANBAO_PICTURES", ROOT / "resources" / "help"))
README = Path(os.environ.get("NIANBAO_README_PICTURES", ROOT / "docs" / "pictures"))
MANUAL_SCREEN = (1240, 720)  # logical pixels: what can still be read when it is half as wide


def main(names: Sequence[str] = ()) -> int:
    """Pictures of every look, or of those named."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    status = 0
    for name in names or LOOKS:
        status |= play_apart(name, "grab").returncode
    print(f"{len(list(OUT.glob('*.png')))}张图片在 {OUT.relative_to(ROOT)}")
    return status


def play_apart(
    name: str, what: str, more: Mapping[str, str] = MappingProxyType({}), **how: Any
) -> "subprocess.CompletedProcess[str]":
    """All scenes in a program of their own, scale and type are chosen once; `more` goes into its environment."""
    with tempfile.TemporaryDirectory() as home:
        env = {
            **os.environ,
            "NIANBAO_HOME": home,
            "QT_SCALE_FACTOR": str(LOOKS[name].scale),
            "QT_QPA_PLATFORM": f"offscreen:configfile={screen_file(Path(home))}",
            **more,
        }
        call = [sys.executable, "-m", "tests.screenshots", what, name]
        return subprocess.run(call, cwd=ROOT, env=env, text=True, check=False, **how)


def screen_file(folder: Path) -> Path:
    """A screen of an office's PC for Qt's offscreen platform."""
    file = folder / "screen.json"
    screen = {"name": "office", "x": 0, "y": 0, "width": SCREEN[0], "height": SCREEN[1]}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return file


def play(what: str, name: str) -> int:
    """All scenes in this process: taken as pictures (grab), or looked through for words that are cut (check) or weak (colours)."""
    if not os.environ.get("NIANBAO_HOME"):
        print("请先把 NIANBAO_HOME 设成一个空文件夹：场景会改写设置，不能碰自己的", file=sys.stderr)
        return 2
    look = LOOKS[name]
    wanted = look.appearance.replace("contrast_dark", "contrast")
    stored.save(replace(stored.load(), font_scale=look.size, appearance=wanted))
    if (
        look.appearance != wanted
    ):  # which of the two it is is the system's to say, and offscreen there is none
        from ui.kit.appearance import Appearance

        Appearance._of_system = lambda _self, _scheme: look.appearance
    from tests import (
        screenshot_scenes as scenes,  # the size of the type is read when the window's modules are loaded
    )

    if what == "readme":
        README.mkdir(parents=True, exist_ok=True)
        scenes.play(camera := scenes.ReadmeCamera(README), 1.0, SCREEN, SAMPLE)
    elif what == "manual":
        scenes.play(camera := scenes.ManualCamera(HELP), 1.0, MANUAL_SCREEN, SAMPLE)
    else:
        inspector = scenes.ColourInspector if what == "colours" else scenes.Inspector
        camera = scenes.Camera(OUT, name) if what == "grab" else inspector()
        scenes.play(camera, look.scale, SCREEN, SAMPLE)
    return camera.tell()


if __name__ == "__main__":
    if sys.argv[1:2] == [
        "pictures"
    ]:  # those of the manual and the README, made anew when the window looks different
        sys.exit(play_apart("100", "manual").returncode or play_apart("100", "readme").returncode)
    if sys.argv[1:2] in (["grab"], ["check"], ["colours"], ["manual"], ["readme"]):
        sys.exit(play(*sys.argv[1:3]))
    sys.exit(main(sys.argv[1:]))
