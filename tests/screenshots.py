"""Every page of the window as a picture, at 1366×768 and at 150 %: look at them (make screenshots → out/screenshots/)."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "screenshots"
SAMPLE = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
SCALES = {"100": 1.0, "150": 1.5}
SCREEN = (1366, 768)


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    status = 0
    for name, scale in SCALES.items():
        with tempfile.TemporaryDirectory() as home:
            env = {
                **os.environ,
                "NIANBAO_HOME": home,
                "QT_SCALE_FACTOR": str(scale),
                "QT_QPA_PLATFORM": f"offscreen:configfile={screen_file(Path(home))}",
            }
            call = [sys.executable, "-m", "tests.screenshots", "grab", name]
            status |= subprocess.call(call, cwd=ROOT, env=env)
    print(f"{len(list(OUT.glob('*.png')))}张图片在 {OUT.relative_to(ROOT)}")
    return status


def screen_file(folder: Path) -> Path:
    """A screen of an office's PC for Qt's offscreen platform."""
    file = folder / "screen.json"
    screen = {"name": "office", "x": 0, "y": 0, "width": SCREEN[0], "height": SCREEN[1]}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return file


def grab(name: str) -> int:
    """All pages at one scale, in this process."""
    from tests.screenshot_scenes import play

    play(OUT, name, SCALES[name], SCREEN, SAMPLE)
    return 0


if __name__ == "__main__":
    sys.exit(grab(sys.argv[2]) if sys.argv[1:2] == ["grab"] else main())
