"""`make wheel`: dist/nianbao-<version>-py3-none-any.whl; of one commit always the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LONG_AGO = "1580601600"  # 2020-02-02: where git is missing the wheel still has a fixed date


def build(folder: Path, root: Path = ROOT) -> int:
    """The exit status of pip, which fetches the pinned hatchling for it."""
    call = [sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check", "--quiet", "--no-deps"]
    env = {**os.environ, "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or time_of_commit(root)}
    return subprocess.run([*call, "--wheel-dir", str(folder), str(root)], env=env).returncode


def time_of_commit(root: Path) -> str:
    call = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(call, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return _LONG_AGO


def main() -> int:
    folder = ROOT / "dist"
    if build(folder) != 0:
        print("wheel 没有做成，原因见上面几行。多半是网络不通：请检查网络再试。", file=sys.stderr)
        return 2
    for path in sorted(folder.glob("nianbao-*.whl"), key=lambda one: one.stat().st_mtime)[-1:]:
        print(f"{path.relative_to(ROOT)}（{path.stat().st_size / 1_000_000:.1f} MB）")
    return 0


if __name__ == "__main__":
    sys.exit(main())
