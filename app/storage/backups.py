"""Copies of a report as it was before each session's first save, thinned with age."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app import paths
from app.storage.container import SUFFIX
from app.storage.files import read_bytes, real_path, write_bytes

_STAMP = "%Y%m%d-%H%M%S"
# At most 30: the newest ones, then the last of each day, then the last of each month.
RECENT, DAYS, MONTHS = 12, 10, 8


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; `made` is local time."""

    path: Path
    made: datetime


def folder_of(report: Path) -> Path:
    """Where the copies of one report lie: two reports of one name in different folders are kept apart."""
    real = real_path(report)
    return (
        paths.backups()
        / f"{real.stem[:40]}-{hashlib.sha256(str(real).encode(errors='replace')).hexdigest()[:8]}"
    )


def backups_of(report: Path) -> list[Backup]:
    """The copies of a report, newest first."""
    folder = folder_of(report)
    found = [Backup(path, made) for path in folder.glob(f"*{SUFFIX}") if (made := _time(path)) is not None]
    return sorted(found, key=lambda one: one.made, reverse=True)


def keep(report: Path, now: datetime | None = None) -> Backup | None:
    """Copy the report as it lies on disk; None when there is nothing new to copy. UserError when it cannot be written."""
    if not report.is_file():
        return None
    data = read_bytes(report)
    before = backups_of(report)
    if before and read_bytes(before[0].path) == data:
        return None
    made = (now or datetime.now()).replace(microsecond=0)  # noqa: DTZ005 - the clerk's own clock
    while any(one.made == made for one in before):
        made += timedelta(seconds=1)
    folder = folder_of(report)
    folder.mkdir(parents=True, exist_ok=True)
    backup = Backup(folder / f"{made.strftime(_STAMP)}{SUFFIX}", made)
    write_bytes(backup.path, data)
    _thin([backup, *before])
    return backup


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """Which of these copies stay: the newest, then one a day, then one a month."""
    left = sorted(times, reverse=True)
    kept, left = set(left[:RECENT]), left[RECENT:]
    for most, pattern in ((DAYS, "%Y%m%d"), (MONTHS, "%Y%m")):
        last_of = {one.strftime(pattern): one for one in sorted(left)}
        chosen = sorted(last_of.values(), reverse=True)[:most]
        kept.update(chosen)
        left = [one for one in left if not chosen or one < chosen[-1]]
    return kept


def _thin(backups: list[Backup]) -> None:
    kept = to_keep(one.made for one in backups)
    for one in backups:
        if one.made not in kept:
            one.path.unlink(missing_ok=True)


def _time(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem, _STAMP)  # noqa: DTZ007 - the clerk's own clock
    except ValueError:
        return None
