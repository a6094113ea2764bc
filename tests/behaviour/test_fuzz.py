"""Broken files of every type: read or refused in words, in time, in memory, with no other file opened and no network asked.

A slice of them each time; NIANBAO_FUZZ=20000 makes that many of each type, NIANBAO_FUZZ_SEED begins elsewhere.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.form.catalog import form
from app.importing.importer import import_bytes
from tests.importing.making import numbers
from tests.importing.matching import test_cell_lines
from tests.importing.reader_samples import FILES, mutated, mutated_package
from tests.importing.readers import test_mht_reader, test_ofd_reader
from tests.places import PROJECT

resource = pytest.importorskip("resource")  # Windows has none

COUNT = int(os.environ.get("NIANBAO_FUZZ", "0"))
SEED = int(os.environ.get("NIANBAO_FUZZ_SEED", "1"))
SLICE = {"pdf": 12}  # a page takes its time
SECONDS, MEGABYTES = 5, 500
ROOT = PROJECT
KINDS = ("docx", "odt", "xlsx", "ofd", "doc", "xls", "rtf", "html", "pdf", "mht", "txt")
PACKAGES = ("docx", "odt", "xlsx", "ofd")


def samples(kind: str) -> list[bytes]:
    if kind == "ofd":
        return [test_ofd_reader.SAMPLE]
    if kind == "mht":
        return [test_mht_reader.mht(part) for part in test_mht_reader.SAVED.values()]
    if kind == "txt":
        edition = form("2021")
        habits = test_cell_lines.HABITS
        return [test_cell_lines.written(numbers(edition), edition, one).encode() for one in habits]
    return [one.read_bytes() for one in sorted(FILES.glob(f"*.{kind}"))]


def broken(kind: str) -> Iterator[bytes]:
    found = samples(kind)
    count = max(1, (COUNT or SLICE.get(kind, 60)) // len(found))
    for number, data in enumerate(found):
        make = mutated_package if kind in PACKAGES else mutated
        yield from make(data, count, SEED + 1000 * number)


class Watch:
    """What is opened and asked for while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[object, ...]) -> None:
        if self.on and (event.startswith("socket.connect") or event in ("subprocess.Popen", "os.system")):
            self.seen.append(f"{event} {args}")
        elif self.on and event == "open" and isinstance(args[0], str):
            path = str(Path(args[0]).absolute())
            if not path.startswith((str(ROOT), sys.prefix, sys.base_prefix, "/usr/", "/dev/null", "/etc/ld")):
                self.seen.append(path)


WATCH = Watch()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_is_read_or_refused(kind: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    WATCH.seen.clear()
    refusals: list[UserError] = []
    for data in broken(kind):
        start = time.process_time()
        WATCH.on = True
        try:
            import_bytes(data, "年报")
        except UserError as error:  # anything else fails the test by itself
            refusals.append(error)
        finally:
            WATCH.on = False
        assert time.process_time() - start < SECONDS
    assert all(error.what and error.what_to_do for error in refusals)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024
    assert WATCH.seen == []
