"""Unsaved work kept beside the real file, found again after a crash, never thrown away unasked."""

import contextlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app import own_files, paths
from app.errors import UserError
from app.storage import files
from app.storage.container import SUFFIX, Content
from app.storage.lock import Owner, myself, owner_of


@dataclass(frozen=True, slots=True)
class Recovery:
    """Work that was not saved. `target` is the report's own file (None: it never had one), `digest` what it held then."""

    id: str
    title: str
    saved: datetime  # local time
    target: Path | None = None
    digest: str = ""

    @property
    def path(self) -> Path:
        return paths.recovery() / f"{self.id}{SUFFIX}"

    @property
    def is_missing(self) -> bool:
        """Whether the target lacks this work: it holds something else, or is gone. A file's time says nothing: copying moves it."""
        try:
            return self.target is None or files.read(self.target).content != files.read(self.path).content
        except (OSError, UserError):
            return True


def new_id() -> str:
    return secrets.token_hex(16)


def keep(id_: str, title: str, content: Content, target: Path | None = None, digest: str = "") -> Recovery:
    """Write unsaved work, replacing what was kept under this id. UserError when the disk refuses."""
    item = Recovery(id_, title, datetime.now(), target, digest)  # noqa: DTZ005 - the clerk's own clock
    with contextlib.suppress(OSError):  # what matters is refused in words by the next line
        paths.recovery().mkdir(parents=True, exist_ok=True)
    notes = {
        "title": title,
        "target": str(target) if target else "",
        "digest": digest,
        "owner": asdict(myself()),
    }
    data = json.dumps(notes, ensure_ascii=False).encode("utf-8", "backslashreplace")
    with contextlib.suppress(
        UserError, OSError
    ):  # whose it is, before it is there; the work is refused in words
        if not files.is_there(_notes_file(item)) or files.read_bytes(_notes_file(item)) != data:
            files.write_bytes(_notes_file(item), data)
    try:
        files.save(item.path, content)
    except UserError as error:  # the clerk knows the report by its title
        raise UserError(error.what.replace(item.path.name, title), error.what_to_do) from error
    return item


def waiting() -> list[Recovery]:
    """What may be recovered now, newest first: work of programs that no longer run, missing from its target."""
    found = [item for item, owner in _all() if (owner is None or not owner.is_running) and item.is_missing]
    return sorted(found, key=lambda item: item.saved, reverse=True)


def open_(item: Recovery) -> Content:
    try:
        return files.read(item.path).content
    except UserError as error:
        raise UserError(f"“{item.title}”没有恢复成功，内容还留在“{item.path}”", error.what_to_do) from None


def discard(item: Recovery) -> None:
    """The work was saved, or its owner does not want it."""
    for file in (item.path, _notes_file(item)):
        with contextlib.suppress(OSError):
            file.unlink()


def _notes_file(item: Recovery) -> Path:
    return item.path.with_suffix(".json")


def _all() -> Iterator[tuple[Recovery, Owner | None]]:
    with contextlib.suppress(OSError):
        for file in paths.recovery().glob(f"*{SUFFIX}"):
            if file.name.startswith("."):
                continue
            with contextlib.suppress(OSError):
                yield _item(file)


def _time_of(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime)  # noqa: DTZ006 - the clerk's own clock
    except (ValueError, OverflowError):  # no year of any calendar: the disk was damaged
        return datetime.fromtimestamp(0)  # noqa: DTZ006 - the clerk's own clock


def _item(file: Path) -> tuple[Recovery, Owner | None]:
    """One kept file with what is known of it; lost notes do not lose the work."""
    saved = _time_of(file)
    try:
        notes: dict[str, Any] = own_files.read_json(file.with_suffix(".json"))
        title, target, digest = (str(notes[key]) for key in ("title", "target", "digest"))
        return Recovery(file.stem, title, saved, Path(target) if target else None, digest), owner_of(
            notes.get("owner")
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Recovery(file.stem, "未命名的报告", saved), None
