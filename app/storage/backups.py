"""Kept versions of a report: a copy of every save, thinned with age, and those that the clerk named, which stay."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app import paths
from app.errors import UserError
from app.storage.container import SUFFIX
from app.storage.files import is_there, read_bytes, real_path, write_bytes

_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"(?:([0-9]{6})-)?([0-9]{8}-[0-9]{6})(?: (.+))?")  # 000012-20260120-090000 县里退回前
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\ud800-\udfff/\\:*?"<>|]+')
# At most 30 without a name: the newest ones, then the last of each day, then the last of each month.
RECENT, DAYS, MONTHS = 12, 10, 8
MOST_NAMED, LONGEST_NAME = 50, 30


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; `made` is local time. `number` counts the saves: a clock that was set back does not change their order."""

    path: Path
    made: datetime
    number: int = 0
    name: str = ""  # 县里退回前


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
    if not paths.is_folder(folder):
        return []
    found = [one for path in folder.glob(f"*{SUFFIX}") if (one := _backup(path)) is not None]
    return sorted(found, key=lambda one: (one.number, one.made), reverse=True)


def keep(report: Path, now: datetime | None = None, name: str = "") -> Backup | None:
    """Copy the report as it lies on disk; None when there is nothing new to copy. UserError when it cannot be written.

    With a `name` the copy stays until it is taken away; what is already kept is given the name.
    """
    if not is_there(report):
        return None
    data = read_bytes(report)
    before = backups_of(report)
    name = plain_name(name)
    if before and read_bytes(before[0].path) == data:
        return _named(before[0], name) if name and before[0].name != name else None
    made = (now or datetime.now()).replace(microsecond=0)  # noqa: DTZ005 - the clerk's own clock
    while any(one.made == made for one in before):
        made += timedelta(seconds=1)
    if name and sum(bool(one.name) for one in before) >= MOST_NAMED:
        raise UserError(f"起了名字的版本已有{MOST_NAMED}个", "请先删去几个不用的，再起名字")
    folder = folder_of(report)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError("以前保存的版本没有地方放", f"请检查文件夹“{folder.parent}”后再试") from None
    number = max((one.number for one in before), default=0) + 1
    backup = Backup(folder / _file_name(number, made, name), made, number, name)
    write_bytes(backup.path, data)
    _thin([backup, *before])
    return backup


def plain_name(name: str) -> str:
    """A version's name as a file's name can hold it."""
    return " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:LONGEST_NAME].rstrip(" .")


def _named(backup: Backup, name: str) -> Backup:
    path = backup.path.with_name(_file_name(backup.number, backup.made, name))
    try:
        backup.path.replace(path)
    except OSError:
        raise UserError("这个版本没有起上名字", "请检查磁盘后再试") from None
    return Backup(path, backup.made, backup.number, name)


def rename(backup: Backup, name: str) -> Backup:
    """Give a kept version a name, or take it away ("")."""
    return _named(backup, plain_name(name))


def remove(backup: Backup) -> None:
    """The clerk does not want this version any more."""
    backup.path.unlink(missing_ok=True)


def to_keep(times: Iterable[datetime], recent: int = RECENT) -> set[datetime]:
    """Which of these copies stay: the newest, then one a day, then one a month."""
    left = sorted(times, reverse=True)
    kept, left = set(left[:recent]), left[recent:]
    for most, pattern in ((DAYS, "%Y%m%d"), (MONTHS, "%Y%m")):
        last_of = {one.strftime(pattern): one for one in sorted(left)}
        chosen = sorted(last_of.values(), reverse=True)[:most]
        kept.update(chosen)
        left = [one for one in left if not chosen or one < chosen[-1]]
    return kept


def _thin(backups: list[Backup]) -> None:
    """`backups` newest first: the last saves stay whatever the clock says, and what has a name."""
    kept = to_keep((one.made for one in backups[RECENT:] if not one.name), recent=0)
    for one in backups[RECENT:]:
        if not one.name and one.made not in kept:
            one.path.unlink(missing_ok=True)


def _file_name(number: int, made: datetime, name: str) -> str:
    stem = f"{number:06}-{made.strftime(_STAMP)}" if number else made.strftime(_STAMP)
    return f"{stem} {name}{SUFFIX}" if name else f"{stem}{SUFFIX}"


def _backup(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name.removesuffix(SUFFIX))
    try:
        made = datetime.strptime(found[2], _STAMP) if found else None  # noqa: DTZ007 - the clerk's own clock
    except ValueError:
        return None
    return Backup(path, made, int(found[1] or 0), found[3] or "") if found and made else None
