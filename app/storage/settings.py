"""What the program remembers about its user: recent files, last folders, the window's place, the county's rules."""

import contextlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from app import own_files, paths
from app.checks.settings import CheckSettings
from app.errors import UserError
from app.storage.files import write_bytes

MOST_RECENT = 10
_unread: set[Path] = set()  # files that were there and could not be read: what they hold is not known
_Stamp = tuple[
    Path, int, int, int
]  # file, when it was written, size, number on its disk: another after every change
_known: "tuple[_Stamp, Settings] | None" = None  # the last that was read whole
_T = TypeVar("_T")


@dataclass(frozen=True)
class Settings:
    """Frozen: `replace` makes a changed one, `save` keeps it."""

    recent: tuple[str, ...] = ()  # reports opened or saved, newest first
    folders: Mapping[str, str] = field(
        default_factory=dict
    )  # last folder by purpose: open, import, save, export
    geometry: str = ""  # the window's place and size, as the window writes it
    layout: str = ""  # its splitters and panels, as the window writes it
    checks: CheckSettings = field(default_factory=CheckSettings)  # what the county set: deadline, limits
    appearance: str = "system"  # of the window: light, dark, contrast or as the system has it
    font_scale: int = 100  # of the window's type, per cent

    def with_recent(self, path: Path) -> "Settings":
        """`path` first; at most ten."""
        name = str(path.absolute())
        return replace(self, recent=(name, *(one for one in self.recent if one != name))[:MOST_RECENT])

    def with_folder(self, purpose: str, folder: Path) -> "Settings":
        return replace(self, folders={**self.folders, purpose: str(folder.absolute())})

    def folder(self, purpose: str) -> Path | None:
        """The last folder for a purpose, where it still exists."""
        known = self.folders.get(purpose)
        return Path(known) if known and paths.is_folder(Path(known)) else None


def load() -> Settings:
    """The user's settings. A damaged file is set aside as .bad, and what can be understood of it is used.

    One that cannot be read now is left alone, and not saved over before it could be read again. Read once: a window asks at every key.
    """
    global _known
    file = paths.settings_file()
    stamp = _stamp(file)
    if _known is not None and stamp == _known[0]:
        return _known[1]
    _unread.discard(file)
    try:
        data = own_files.read_json(file)
    except FileNotFoundError:
        return Settings()
    except own_files.NoPlainFileError:  # nothing of it can be kept, and it cannot be written over
        _put_aside(file)
        return Settings()
    except OSError:
        _unread.add(file)
        return Settings()
    except ValueError:
        _set_aside(file)
        return Settings()
    settings, whole = _understood(data)
    if not whole:
        _set_aside(file)
    elif stamp is not None:
        _known = stamp, settings
    return settings


def _stamp(file: Path) -> _Stamp | None:
    """None where nothing can be told, and nothing is taken as known."""
    try:
        found = file.stat()
    except OSError:
        return None
    return file, found.st_mtime_ns, found.st_size, found.st_ino


def save(settings: Settings) -> None:
    """Keep them. Never in the way of the user's work: a disk that refuses is passed over."""
    if paths.settings_file() in _unread:
        return
    data = json.dumps(asdict(settings), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    with contextlib.suppress(OSError, UserError):
        paths.settings_file().parent.mkdir(parents=True, exist_ok=True)
        write_bytes(paths.settings_file(), data)


def _put_aside(file: Path) -> None:
    """Out of the way, whatever it is."""
    with contextlib.suppress(OSError):
        file.replace(file.with_name(file.name + ".bad"))


def _set_aside(file: Path) -> None:
    with contextlib.suppress(OSError):
        shutil.copyfile(file, file.with_name(file.name + ".bad"))


def _understood(data: Any) -> tuple[Settings, bool]:
    """The settings of which every value has the right type, and whether that was all of them."""
    if not isinstance(data, dict):
        return Settings(), False
    checks, whole = _dataclass_of(CheckSettings(), data.get("checks", {}))
    if not _is_date(checks):
        checks, whole = CheckSettings(), False
    found: dict[str, Any] = {}
    for key, is_good, make in (
        ("recent", _is_texts, lambda value: tuple(value)[:MOST_RECENT]),
        ("folders", _is_text_map, dict),
        ("geometry", _is_text, str),
        ("layout", _is_text, str),
        ("appearance", lambda value: value in ("system", "light", "dark", "contrast"), str),
        ("font_scale", lambda value: type(value) is int and 80 <= value <= 150, int),
    ):
        if key not in data:
            continue
        if is_good(data[key]):
            found[key] = make(data[key])
        else:
            whole = False
    return Settings(**found, checks=checks), whole


def _dataclass_of(default: _T, data: Any) -> tuple[_T, bool]:
    """`default` with those fields of `data` that are known and of the same type."""
    if not isinstance(data, dict):
        return default, False
    whole, found = True, {}
    for one in fields(default):  # type: ignore[arg-type]
        if one.name not in data:
            continue
        value, standard = data[one.name], getattr(default, one.name)
        if type(value) is type(standard) or (standard is None and (value is None or type(value) is int)):
            found[one.name] = value
        else:
            whole = False
    return replace(default, **found), whole  # type: ignore[type-var]


def _is_date(checks: CheckSettings) -> bool:
    try:
        checks.deadline(2023)
    except ValueError:
        return False
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text_map(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))
