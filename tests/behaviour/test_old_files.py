"""One real file of every version opens, and holds what was put into it."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from app.form.model import CellRef
from app.report.model import Picture, Signature, SignaturePlace
from app.storage import files
from app.storage.container import pack, unpack
from app.storage.migrations import VERSION
from tests.places import TESTS

OLD_FILES = TESTS / "old_files"


def opened(version: int) -> files.Opened:
    return files.read(OLD_FILES / f"version_{version}.gknb")


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_there_is_a_file_of_every_version_and_it_opens(version):
    assert opened(version).content.report.agency.name


def test_a_file_of_this_version_is_written_as_it_was():
    """Not one byte inside differs: whoever changes what is written changes the version."""
    written = (OLD_FILES / f"version_{VERSION}.gknb").read_bytes()
    assert inside(pack(unpack(written))) == inside(written)


def inside(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_version_1():
    report, prior = opened(1).content.report, opened(1).content.prior
    assert (report.form, report.year, prior.form, prior.year) == ("2021", 2021, "2019", 2020)
    assert report.agency.name == "威海市文登区张家产镇人民政府"
    assert (report.agency.postcode, report.agency.phone) == ("264400", "0631-8731088")
    assert (len(report.values), len(prior.values)) == (43, 198)
    assert report[CellRef("art20_8", "fees", "amount")] == Decimal("134.2")
    assert report[CellRef("requests", "received", "natural_person")] == 3
    assert sorted(report.narratives) == ["introduction", "other", "overview", "problems"]
    assert len(report.paragraphs("introduction")) == 3
    place = Signature("威海市文登区张家产镇人民政府", date(2022, 1, 18), SignaturePlace.UNDER_TITLE)
    assert report.signature == place
    assert report.processing_fee == Decimal("12.5")
    [picture] = report.pictures
    assert picture == Picture("统计图.png", "overview", "公开信息分类统计图", 1, picture.data)
    assert picture.data.startswith(b"\x89PNG")
    assert all(report.narrative(one.section)[one.start : one.end] == one.text for one in report.pending)
    assert len(report.pending) == 32
