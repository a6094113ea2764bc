"""A zip is refused for what its end says before anything of it is listed."""

import io
import time
import zipfile

import pytest

from app.errors import UserError
from app.importing.importer import import_bytes
from app.machine import archives
from app.storage.container import Content, looks_like_gknb, pack, unpack
from tests.storage.random_reports import full_report


def zipped(count, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", b"")
        archive.comment = comment
    return out.getvalue()


def of_a_million():
    """Entries as they are in a hostile file, by the fastest way to write so many."""
    head = b"PK\x03\x04" + bytes(26)
    entry = b"PK\x01\x02" + b"\x14\x00" * 2 + bytes(38)
    count = 1_000_000
    directory = entry * count
    end64 = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(12)
    end64 += count.to_bytes(8, "little") * 2 + len(directory).to_bytes(8, "little")
    end64 += len(head).to_bytes(8, "little")
    locator = (
        b"PK\x06\x07" + bytes(4) + (len(head) + len(directory)).to_bytes(8, "little") + b"\x01\x00\x00\x00"
    )
    end = b"PK\x05\x06" + bytes(4) + b"\xff" * 4 + b"\xff" * 8 + bytes(2)
    return head + directory + end64 + locator + end


@pytest.mark.parametrize("comment", [b"", b"a remark", b"r" * 65_535])
def test_the_number_is_told_with_and_without_a_remark(comment):
    assert archives.has_more_than(zipped(21, comment), 20)
    assert not archives.has_more_than(zipped(20, comment), 20)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06", b"no zip at all" * 9, bytes(100)])
def test_what_is_no_zip_has_no_entries(data):
    assert not archives.has_more_than(data, 1)


def test_every_zip64_is_seen_through():
    assert archives.has_more_than(zipped(66_000), 60_000)


def test_a_number_that_lies_does_not_hide_a_long_list():
    data = bytearray(zipped(30_000))
    data[-14:-10] = b"\x01\x00\x01\x00"
    assert archives.has_more_than(bytes(data), 500)


def test_a_million_entries_are_refused_at_once_by_every_reader():
    data, start = of_a_million(), time.process_time()
    assert not looks_like_gknb(data)
    with pytest.raises(UserError, match="解开后过大"):
        unpack(data)
    with pytest.raises(UserError, match="内容太多"):
        import_bytes(data, "年报.docx")
    assert time.process_time() - start < 1


def test_a_report_of_ours_is_no_such_zip():
    data = pack(Content(full_report()))
    assert not archives.has_more_than(data, 500)
    assert unpack(data).report == full_report()
