"""Which files a county hands over: every report and 上报包 in files, folders and their folders, each once."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from app.paths import is_folder
from app.storage.container import SUFFIX

PACKAGE = ".zip"  # 上报包
MOST_FILES = 50_000
Bad = list[tuple[str, str]]  # (file, why it is not read)


def listed(paths: Iterable[Path], bad: Bad, step: Callable[[str], object]) -> list[str]:
    """Every file once, whichever way it was named; a folder that holds none, and what is too much, is told in `bad`."""
    found: dict[str, str] = {}  # where it really lies → as it was named
    for path in paths:
        here = list(_in_folder(path, bad, step)) if is_folder(path) else [_named(path)]
        if not here:
            bad.append((path.name, "文件夹里没有 .gknb 文件，也没有上报包"))
        for real, name in here:
            found.setdefault(real, name)
    names = list(found.values())
    if len(names) > MOST_FILES:
        bad.append((name_of(names[MOST_FILES]), f"文件超过{MOST_FILES}个，后面的没有读"))
    return names[:MOST_FILES]


def name_of(path: str) -> str:
    return path.rpartition(os.sep)[2] or path


def _named(path: Path) -> tuple[str, str]:
    return _real(str(path)), str(path)


def _real(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):  # a name that no file can have: reading it says so
        return name


def _in_folder(folder: Path, bad: Bad, step: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """In the order of their names, without hidden and temporary ones (~$report.gknb). No linked folder is gone into."""
    waiting: list[tuple[str, str, bool]] = [(_real(str(folder)), str(folder), True)]
    while waiting:
        real, name, is_folder = waiting.pop()
        if not is_folder:
            yield real, name
            continue
        step("")
        try:
            with os.scandir(name) as entries:
                inside = sorted(entries, key=lambda one: one.name, reverse=True)
        except OSError:
            bad.append((name_of(name), "文件夹读不出来，可能没有权限"))
            continue
        waiting += filter(None, (_entry(real, one) for one in inside))


def _entry(folder: str, one: "os.DirEntry[str]") -> tuple[str, str, bool] | None:
    real = f"{folder}{os.sep}{one.name}"
    try:
        if one.is_dir(follow_symlinks=False):
            return real, one.path, True
        if not one.name.lower().endswith((SUFFIX, PACKAGE)) or one.name.startswith((".", "~")):
            return None
        if one.is_file():
            return (_real(one.path) if one.is_symlink() else real), one.path, False
    except OSError:  # a link in a circle
        return None
    return None
