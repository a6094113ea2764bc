"""One file that was handed in, read and checked: what the roll-up keeps of each report in it. Done in second processes, or here."""

import hashlib
import io
import os
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any, BinaryIO, cast

from app import __version__, paths
from app.checks.settings import CheckSettings
from app.county.gathering import PACKAGE
from app.county.shelf import Record
from app.county.units import facts_of
from app.errors import UserError
from app.report.fingerprint import fingerprint
from app.signoff import signing
from app.storage import files
from app.storage.container import SUFFIX, Content, unpack

_MOST_IN_ZIP = 50


def key_of(data: bytes, name: str) -> bytes:
    """By which a file's record is found again; a report is another thing than the 上报包 that it may also be."""
    return hashlib.blake2b(data, digest_size=16, person=b"zip" if _is_package(name) else b"report").digest()


def read_one(name: str, settings: CheckSettings) -> Record:
    """What is found in a file; UserError when it cannot be read at all."""
    data = files.read_bytes(Path(name))
    items: list[Any] = []
    bad: list[tuple[str, str]] = []
    body = bytearray()
    for inner, one in _reports(Path(name), data, bad):
        try:
            found = unpack(one)
        except UserError as error:
            bad.append((inner, str(error)))
            continue
        facts, blob = _received(found, settings)
        items.append([inner, len(body), facts])
        body += blob
    return Record(key_of(data, name), {"items": items, "bad": bad}, bytes(body))


def _is_package(name: str) -> bool:
    return name.lower().endswith(PACKAGE)


def _received(content: Content, settings: CheckSettings) -> tuple[dict[str, Any], bytes]:
    report, doubts = content.report, tuple(signing.doubts(content.report))
    facts, blob = facts_of(report, content.prior, settings)
    told = {
        "facts": facts,
        "name": " ".join(report.agency.name.split()),
        "content": fingerprint(report),
        "prior": fingerprint(content.prior) if content.prior else "",
        "doubts": doubts,
    }
    return told, blob


def _reports(path: Path, data: bytes, bad: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """(name in the 上报包, bytes) of every report; "" is the file itself."""
    if not _is_package(path.name):
        yield "", data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if one.filename.lower().endswith(SUFFIX)]
            if not entries:
                bad.append(("", "压缩包里没有 .gknb 文件"))
            if len(entries) > _MOST_IN_ZIP:
                bad.append(("", f"压缩包里的报告超过{_MOST_IN_ZIP}份，后面的没有读"))
            for entry in entries[:_MOST_IN_ZIP]:
                with archive.open(entry) as file:
                    data = files.read_stream(cast(BinaryIO, file), entry.filename)
                yield Path(entry.filename).name, data
    except UserError as error:
        bad.append(("", str(error)))
    except Exception:  # zipfile raises many kinds for a damaged or encrypted archive
        bad.append(("", "压缩包打不开，可能已损坏或加了密"))


# -- by which rules ------------------------------------------------------------------------------------------------------------


def rules_mark(settings: CheckSettings) -> bytes:
    """Changes with everything by which a report is read and checked: the program, its data, the county's own files, the settings."""
    mark = hashlib.blake2b(digest_size=16)
    mark.update(repr((__version__, paths.build(), sys.version_info[:2], asdict(settings))).encode())
    own = [paths.user_data() / name for name in ("wording", "packs", "sign_off", "templates")]
    for folder in (paths.root() / "app", paths.templates(), *own):
        for stamp in _stamps(folder):
            mark.update(repr(stamp).encode("utf-8", "surrogateescape"))
    if settings.word_list:
        mark.update(repr(_stamp(settings.word_list)).encode("utf-8", "surrogateescape"))
    return mark.digest()


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".pyc"):
                yield _stamp(f"{place}{os.sep}{name}")


def _stamp(name: str) -> tuple[str, int, int]:
    try:
        known = Path(name).stat()
    except (OSError, ValueError):
        return name, 0, 0
    return name, known.st_size, known.st_mtime_ns


def plain(settings: CheckSettings) -> tuple[Any, ...]:
    """The settings as they cross to a second process."""
    return astuple(settings)
