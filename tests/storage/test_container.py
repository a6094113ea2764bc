"""The .gknb as bytes: equality, the same bytes for the same report, and every way in which a file can be bad."""

import contextlib
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.report.model import Picture, Report
from app.storage import container
from app.storage.container import Content, looks_like_gknb, pack, unpack
from tests.storage.random_reports import full_report, reports

WHOLE = pack(Content(full_report(), full_report(2023)))


def zipped(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def whole_with(*more: tuple[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        return zipped(*((name, archive.read(name)) for name in archive.namelist()), *more)


@pytest.mark.slow
@given(reports(), st.none() | reports())
def test_what_is_packed_is_unpacked_again(report, prior):
    data = pack(Content(report, prior))
    assert unpack(data) == Content(report, prior)
    assert pack(unpack(data)) == data
    assert looks_like_gknb(data)


def test_the_type_stands_in_the_first_bytes():
    assert WHOLE[30:63] == b"mimetypeapplication/x-nianbao+zip"
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert archive.namelist() == [
            "mimetype",
            "report.json",
            "pictures/图1.png",
            "prior.json",
            "prior_pictures/图1.png",
        ]


def test_a_file_packed_again_by_hand_still_opens():
    assert unpack(whole_with(("pictures/", b""))) == unpack(WHOLE)


def encrypted() -> bytes:
    data = bytearray(WHOLE)
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.json", b"{}")
        with archive.open("pictures/0.png", "w", force_zip64=True) as entry:
            for _ in range(container.MOST_BYTES // 2**20 + 1):
                entry.write(bytes(2**20))
    return stream.getvalue()


def lying_bomb() -> bytes:
    """Says it is small and is not."""
    packed = zlib.compress(bytes(50 * 2**20))[2:-4]
    name = b"report.json"
    local = (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(packed), 100, len(name), 0)
        + name
        + packed
    )
    head = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(packed), 100, len(name), 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(head) + len(name), len(local), 0)
    return local + head + name + end


def wrong_sum() -> bytes:
    place = WHOLE.index(b"\x89PNG not really")
    return WHOLE[:place] + b"\x88" + WHOLE[place + 1 :]


BAD = {
    "empty": (b"", "空的"),
    "not a zip": (b"%PDF-1.7", "不是本程序的报告文件"),
    "truncated": (WHOLE[:-30], "已损坏"),
    "cut in the middle": (WHOLE[: len(WHOLE) // 2], "已损坏"),
    "another zip": (zipped(("word/document.xml", b"<x/>")), "不是本程序的报告文件"),
    "another mimetype": (zipped(("mimetype", b"text/plain"), ("report.json", b"{}")), "不是本程序的报告文件"),
    "no json": (zipped(("report.json", b"hello")), "已损坏"),
    "unknown entry": (whole_with(("notes.txt", b"")), "notes.txt"),
    "path out of the file": (whole_with(("../evil.sh", b"")), "evil"),
    "picture path out of the file": (whole_with(("pictures/../evil.sh", b"")), "evil"),
    "absolute path": (whole_with(("/etc/passwd", b"")), "passwd"),
    "picture not listed": (whole_with(("pictures/2.png", b"")), "2.png"),
    "encrypted": (encrypted(), "加了密"),
    "bomb": (bomb(), "过大"),
    "bomb of JSON": (zipped(("report.json", b"[" + b"[]," * 4_000_000 + b"0]")), "过大"),
    "lying bomb": (lying_bomb(), "已损坏"),
    "checksum": (wrong_sum(), "已损坏"),
    "too many entries": (whole_with(*((f"pictures/{n}", b"") for n in range(600))), "过大"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_in_one_sentence(data, said):
    with pytest.raises(UserError, match=said) as refusal:
        unpack(data)
    assert "\n" not in str(refusal.value)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_stands_twice_is_refused():
    with pytest.raises(UserError, match="两次"):
        unpack(whole_with(("report.json", b"{}")))


@settings(max_examples=300)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_changed_byte_is_refused_or_harmless(place, change):
    data = bytearray(WHOLE)
    data[place] ^= change
    with contextlib.suppress(UserError):
        assert unpack(bytes(data)) == unpack(WHOLE)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_truncated_file_is_always_refused(length):
    with pytest.raises(UserError):
        unpack(WHOLE[:length])


def test_what_could_not_be_opened_again_is_not_written():
    """A text or pictures beyond what a reader takes are refused when saving, while the work is still on the screen."""
    endless = Report("2021", 2022, narratives={"overview": "公" * (container.MOST_JSON // 3 + 1)})
    pictures = tuple(Picture(f"{n}.png", "overview", data=b"x") for n in range(container.MOST_ENTRIES))
    for report in (endless, Report("2021", 2022, pictures=pictures)):
        with pytest.raises(UserError, match="没有保存"):
            pack(Content(report))
