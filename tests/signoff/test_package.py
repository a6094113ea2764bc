"""上报包: which files lie in it; the formats are the office's choice, the rest is always there."""

import io
import zipfile
from datetime import date

import pytest

from app.commands import cli
from app.session.document import ReportDocument
from app.signoff import package
from app.storage import files
from app.storage.container import Content
from tests.signoff.test_signing import final

DAY = date(2025, 1, 9)
ALWAYS = {".gknb", "核对表.pdf", "定稿证明.pdf", "指纹.txt"}


def kinds(data: bytes, name: str) -> set[str]:
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert all(one.startswith(f"{name}/") for one in names)
    return {one.removeprefix(f"{name}/").removeprefix(name) for one in names}


@pytest.mark.parametrize(
    "formats", [package.DOCUMENTS, (".docx",), (".ofd", ".pdf")], ids=["all", "Word", "OFD and PDF"]
)
def test_the_report_lies_in_it_in_the_formats_that_are_wanted(formats):
    document = ReportDocument(final())
    data = package.pack_bytes(document, DAY, True, formats)
    assert kinds(data, package.name_of(document.report)) == {*formats, *ALWAYS}


def test_the_command_takes_the_formats_and_refuses_others(tmp_path, capsys):
    path, out = tmp_path / "一份.gknb", tmp_path / "包.zip"
    files.save(path, Content(final()))
    assert cli.main(["pack", str(path), "-o", str(out), "--force", "--formats", "docx，OFD"]) == 0
    assert kinds(out.read_bytes(), package.name_of(final())) == {".docx", ".ofd", *ALWAYS}
    assert cli.main(["pack", str(path), "-o", str(out), "--formats", "docx,wps"]) == 2
    assert "包里没有的格式" in capsys.readouterr().err
