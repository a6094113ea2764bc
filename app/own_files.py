"""The program's own small files and those that a county lays beside them: read with suspicion, since anybody may have changed them."""

import json
import os
import stat
import tomllib
from pathlib import Path
from typing import Any

MOST = 8_000_000  # bytes: the largest word list has a tenth of that


class NoPlainFileError(OSError):
    """A folder, a pipe for which one would wait, a device that never ends, or a file of no reasonable size."""


def read(path: Path, most: int = MOST) -> bytes:
    """All of a plain file; OSError for anything else."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NoPlainFileError(f"no plain file: {path.name}")
        data = file.read(most + 1)
    if len(data) > most:
        raise NoPlainFileError(f"too large: {path.name}")
    return data


def read_text(path: Path) -> str:
    """UTF-8, with or without its mark; ValueError for what is none."""
    return read(path).decode("utf-8-sig").replace("\r\n", "\n")


def read_toml(path: Path) -> dict[str, Any]:
    """ValueError also for what is nested without end."""
    try:
        return tomllib.loads(read_text(path))
    except RecursionError:
        raise ValueError("nested too deep") from None


def read_json(path: Path) -> Any:
    """ValueError also for what is nested without end."""
    try:
        return json.loads(read(path))
    except RecursionError:
        raise ValueError("nested too deep") from None
