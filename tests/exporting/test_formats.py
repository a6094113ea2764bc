"""Every format of the table: written, refused and marked like the others, offered and told in the help."""

import html
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from app.commands import arguments
from app.errors import UserError
from app.exporting.formats import FORMATS, format_of
from app.session import session
from app.session.any_report import read_any

# How a file of each format begins; a new one wants its line here.
MAGIC = {
    ".docx": b"PK\x03\x04",
    ".pdf": b"%PDF-",
    ".ofd": b"PK\x03\x04",
    ".html": b"<!DOCTYPE html>",
    ".xlsx": b"PK\x03\x04",
    ".txt": b"\xef\xbb\xbf",
}
SUFFIXES = [suffix for one in FORMATS for suffix in one.suffixes]
EACH = pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.suffix)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """A folder with a draft in every format, under every suffix."""
    folder = tmp_path_factory.mktemp("exported")
    document = session.new_blank("测试县测试镇人民政府", 2025)
    session.export(document, [folder / f"报告{suffix}" for suffix in SUFFIXES], force=True)
    return folder


def test_no_suffix_belongs_to_two_formats():
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert [format_of(Path(f"x{suffix.upper()}")).suffix for suffix in SUFFIXES] == [
        one.suffix for one in FORMATS for _ in one.suffixes
    ]


@EACH
def test_a_file_begins_as_its_format_does(one, written):
    assert one.suffix in MAGIC, "a new format: say in MAGIC how its files begin"
    for suffix in one.suffixes:
        assert (written / f"报告{suffix}").read_bytes().startswith(MAGIC[one.suffix])


@EACH
def test_what_is_written_can_be_read_again(one, written):
    read = read_any(written / f"报告{one.suffix}")
    assert (read.report.year, read.report.agency.name) == (2025, "测试县测试镇人民政府")


@EACH
def test_an_unfinished_report_is_written_only_when_that_was_confirmed(one, tmp_path):
    target = tmp_path / f"报告{one.suffix}"
    with pytest.raises(session.NotReady) as refusal:
        session.export(session.new_blank("测试县测试镇人民政府", 2025), [target])
    assert refusal.value.left.blanks == 166
    assert not target.exists()


@EACH
def test_a_draft_says_so(one, written):
    data = (written / f"报告{one.suffix}").read_bytes()
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            data = b"".join(package.read(name) for name in package.namelist())
    elif data.startswith(b"%PDF-"):
        with pypdfium2.PdfDocument(data) as pages:
            data = pages[0].get_textpage().get_text_range().encode()
    assert "草稿" in html.unescape(data.decode("utf-8", "replace"))


@pytest.mark.parametrize(("name", "what"), [("报告.odt", "不能导出“.odt”文件"), ("报告", "“报告”没有写后缀")])
def test_another_suffix_is_refused_with_those_that_can_be_written(name, what):
    with pytest.raises(UserError) as refusal:
        format_of(Path(name))
    assert refusal.value.what == what
    assert all(suffix in refusal.value.what_to_do for suffix in SUFFIXES)


@EACH
def test_the_help_of_the_command_names_every_format(one, capsys):
    with pytest.raises(SystemExit):
        arguments.parse("export", ["--help"])
    assert one.suffix in capsys.readouterr().out
    assert one.name in arguments.OVERVIEW


def test_the_table_brings_no_writer_with_it():
    """The command line and the window read it when they start."""
    heavy = "{'docx', 'lxml', 'openpyxl', 'fontTools', 'PIL', 'app.typesetting', 'app.documents'}"
    code = f"import sys, app.exporting.formats; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
