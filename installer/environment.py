"""Owns .venv: builds it when it is missing, fills it with the pinned dependencies, and knows when it is already right."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from trouble import SetupError

EXTRAS = {"run": "", "test": "[dev]"}  # what is needed to use the program, and to check it
STAMP = "prepared-{need}"


def prepare(root: Path, need: str) -> None:
    """Make .venv fit for `need`; returns at once when nothing has changed since the last time."""
    wanted = fingerprint(root)
    stamps = [root / ".venv" / STAMP.format(need=one) for one in {need, "test"}]
    if any(read(stamp) == wanted for stamp in stamps):
        return
    if not works(root) or any(stale(read(stamp), wanted) for stamp in stamps):
        create(root)
    install(root, EXTRAS[need])
    (root / ".venv" / STAMP.format(need=need)).write_text(wanted, encoding="utf-8")


def interpreter(root: Path) -> Path:
    return root / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def fingerprint(root: Path) -> str:
    """Where the environment stands and what it was made from: two lines, the first fixed for its whole life."""
    sources = (root / "pyproject.toml", root / "installer" / "constraints.txt")
    content = b"\0".join(path.read_bytes() for path in sources)
    return f"{root}\n{hashlib.sha256(content).hexdigest()}\n"


def stale(stamp: str, wanted: str) -> bool:
    """True when the folder was moved: the scripts of an environment hold its old path."""
    return bool(stamp) and stamp.splitlines()[0] != wanted.splitlines()[0]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def works(root: Path) -> bool:
    python = interpreter(root)
    if not python.exists():
        return False
    question = "import pip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"
    return subprocess.run([str(python), "-c", question], capture_output=True).returncode == 0


def create(root: Path) -> None:
    folder = root / ".venv"
    print("正在建立运行环境 .venv ……", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    call = [sys.executable, "-m", "venv", str(folder)]
    if subprocess.run(call, stdout=subprocess.DEVNULL).returncode != 0:
        raise SetupError(
            f"没能建立运行环境“{folder}”。请确认磁盘有 1 GB 空间、文件夹可以写入，然后再运行一次。"
        )


def install(root: Path, extras: str) -> None:
    print("正在安装依赖（首次约下载 110 MB，需要联网，请稍候）……", file=sys.stderr)
    call = [str(interpreter(root)), "-m", "pip", "install", "--disable-pip-version-check"]
    call += [] if sys.stderr.isatty() else ["--quiet"]  # a person who waits sees the download move
    call += ["--constraint", str(root / "installer" / "constraints.txt"), "--editable", f".{extras}"]
    if subprocess.run(call, cwd=root).returncode != 0:
        raise SetupError(
            "依赖没有装好，原因见上面几行。多半是网络不通：请检查网络，或按 pip 的办法设好镜像，然后再运行一次。"
        )
    for place in ("lib/python*/site-packages", "Lib/site-packages"):
        for path in (root / ".venv").glob(f"{place}/_nianbao.pth"):  # hatchling's name for it
            make_relative(path, root)


def make_relative(path_file: Path, root: Path) -> None:
    """Point to the source tree without spelling its folders.

    Python reads this file in the encoding of the locale, and a folder named in Chinese would stop it dead in any other.
    """
    path_file.write_text(os.path.relpath(root, path_file.parent) + "\n", encoding="utf-8")


def remove_leftovers(root: Path) -> None:
    """Remove what the targets and the tools leave behind; never the environment, never a report."""
    for name in ("out", "build", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"):
        shutil.rmtree(root / name, ignore_errors=True)
    for top in ("app", "ui", "tests", "installer"):
        for folder in list((root / top).rglob("__pycache__")):
            shutil.rmtree(folder, ignore_errors=True)
