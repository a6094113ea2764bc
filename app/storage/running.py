"""Which windows run: a mark for each, taken away at its end, so that the next start knows of one that had none."""

import contextlib
import json
import os
from dataclasses import asdict
from pathlib import Path

from app import own_files, paths
from app.storage.lock import myself, owner_of


def begin() -> bool:
    """Mark this window as running; whether an earlier one never ended by itself (a fault, a power cut, kill -9)."""
    was_cut_off = False
    with contextlib.suppress(OSError):
        _folder().mkdir(parents=True, exist_ok=True)
        for mark in _folder().glob("*.json"):
            if not _still_runs(mark):
                mark.unlink(missing_ok=True)
                was_cut_off = True
        _mine().write_text(json.dumps(asdict(myself())), encoding="utf-8")
    return was_cut_off


def end() -> None:
    """This window ends as it should."""
    with contextlib.suppress(OSError):
        _mine().unlink(missing_ok=True)


def _still_runs(mark: Path) -> bool:
    try:
        owner = owner_of(own_files.read_json(mark))
    except (OSError, ValueError):
        return False
    return owner is not None and owner.is_running


def _folder() -> Path:
    return paths.user_data() / "running"


def _mine() -> Path:
    return _folder() / f"{os.getpid()}.json"
