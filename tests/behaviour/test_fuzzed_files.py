"""What coverage-guided fuzzing of every reader found to go ways of its own: each is read or refused in words, at once.

Ten minutes for each kind (atheris) gave these; of a package the one part that was altered lies here. No run of any kind ended in
a fault; a later finding is laid beside them.
"""

import io
import time
import zipfile

import pytest

from app.errors import UserError
from app.importing.importer import import_bytes
from app.storage.container import pack, unpack
from tests.behaviour.test_hostile_ofd import ofd
from tests.importing.making import rezipped
from tests.importing.reader_samples import FILES, sample
from tests.places import TESTS

SECONDS = 5.0  # of the processor
PARTS = {
    "docx": ("word/document.xml", lambda: sample("rich_2021", "docx")),
    "odt": ("content.xml", lambda: sample("rich_2021", "odt")),
    "xlsx": ("xl/worksheets/sheet1.xml", lambda: sample("tables_2021", "xlsx")),
    "ofd": ("Doc_0/Pages/Page_0/Content.xml", lambda: ofd("")),
    "gknb": ("report.json", (TESTS / "old_files" / "version_1.gknb").read_bytes),
}
CORPUS = zipfile.ZipFile(io.BytesIO((FILES / "fuzzed.zip").read_bytes()))
KINDS = sorted({name.partition("/")[0] for name in CORPUS.namelist()})


def test_every_reader_has_its_own():
    assert KINDS == [
        "csv",
        "doc",
        "docx",
        "gknb",
        "html",
        "mht",
        "odt",
        "ofd",
        "pdf",
        "rtf",
        "txt",
        "xls",
        "xlsx",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_read_or_refused(kind: str) -> None:
    for name in CORPUS.namelist():
        if not name.startswith(f"{kind}/"):
            continue
        data = CORPUS.read(name)
        if kind in PARTS:
            part, whole = PARTS[kind]
            data = rezipped(whole(), {part: data})
        start = time.process_time()
        said = ("",)
        try:
            if kind == "gknb":
                content = unpack(data)
                assert unpack(pack(content)) == content
            else:
                import_bytes(data, "年报")
        except UserError as error:
            said = (error.what, error.what_to_do)
        assert said == ("",) or all(said), name
        assert time.process_time() - start < SECONDS, name
