"""What goes into the packages for Windows, and what stops their building; nothing here downloads or needs wine."""

import gzip
import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from app import __version__
from tests.test_setup import DECLARED, pinned
from trouble import SetupError
from windows import archives, bill, build, payload, signatures

HERE = build.HERE


def names(lines: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in lines}


def test_the_table_has_what_the_program_declares_at_the_tested_versions():
    wanted = {one.name.lower().replace("_", "-"): one for one in archives.wheels()}
    extras = DECLARED["project"]["optional-dependencies"]
    also = [line for name in ("pdf-in", "xls") for line in extras.get(name, [])]
    assert names([*DECLARED["project"]["dependencies"], *also]) <= set(wanted)
    versions = pinned("Windows")
    assert {name: one.version for name, one in wanted.items() if name in versions} == {
        name: versions[name] for name in wanted if name in versions
    }
    assert all(re.fullmatch("[0-9a-f]{64}", one.sha256) and one.licence for one in wanted.values())


@pytest.fixture
def one_wheel(tmp_path):
    """A component whose wheel lies where downloads are kept."""
    path = tmp_path / "etwas-1.0-py3-none-any.whl"
    path.write_bytes(b"wheel")
    return archives.Component("etwas", "1.0", "MIT", hashlib.sha256(b"wheel").hexdigest())


def test_what_is_there_and_right_is_not_downloaded(one_wheel, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_pip", lambda call: pytest.fail("a download"))
    (path,) = archives.download_wheels([one_wheel], tmp_path).values()
    assert path.read_bytes() == b"wheel"


def test_a_wheel_that_is_another_one_stops_the_build_in_words(one_wheel, tmp_path, monkeypatch):
    (path,) = tmp_path.glob("*.whl")
    path.write_bytes(b"another")
    calls = []
    monkeypatch.setattr(archives, "_pip", calls.append)  # an index that hands out the same other file
    with pytest.raises(SetupError, match="etwas 1.0 的校验值与 installer/packages.toml 里的不符"):
        archives.download_wheels([one_wheel], tmp_path)
    assert "--require-hashes" in calls[0]
    assert "--no-deps" in calls[0]


def test_the_archive_of_python_is_compared_too(tmp_path, monkeypatch):
    wanted = archives.python()
    archive = tmp_path / f"{wanted.archive.name}-{wanted.archive.version}.tar.gz"

    def fetched(call, **_named):
        Path(call[-1]).write_bytes(b"another")
        return archives.subprocess.CompletedProcess(call, 0, "", "")

    monkeypatch.setattr(archives.subprocess, "run", fetched)
    with pytest.raises(SetupError, match="校验值"):
        archives.download_python(wanted, tmp_path)
    assert archive.read_bytes() == b"another"
    assert not (tmp_path / "python.zip").exists()


GOOD = """Current message digest    : AB12
Calculated message digest : AB12
Leaf hash match: ok
Signature verification: ok
"""


@pytest.mark.parametrize(
    ("spoil", "stands"),
    [
        (("", ""), True),
        (("Calculated message digest : AB12", "Calculated message digest : AB13"), False),
        (("Leaf hash match: ok", "Leaf hash match: failed"), False),
        (("Signature verification: ok", "Signature verification: failed"), False),
        ((GOOD, "No signature found"), False),
    ],
)
def test_a_signature_stands_only_when_everything_is_right(spoil, stands):
    assert signatures.stands(GOOD.replace(*spoil), with_chain=True) is stands


WANTED = [
    ("PySide6-Essentials", "PySide6/Qt6Core.dll", True),
    ("PySide6-Essentials", "PySide6/plugins/platforms/qwindows.dll", True),
    ("PySide6-Essentials", "PySide6/translations/qtbase_zh_CN.qm", True),
    ("PySide6-Essentials", "PySide6/translations/qtbase_de.qm", False),
    ("PySide6-Essentials", "PySide6/Qt6Quick.dll", False),
    ("PySide6-Essentials", "PySide6/opengl32sw.dll", False),
    ("PySide6-Essentials", "pyside6_essentials-6.9.3.dist-info/METADATA", True),
    ("PySide6-Essentials", "pyside6_essentials-6.9.3.dist-info/RECORD", False),
    ("lxml", "lxml/etree.cp311-win_amd64.pyd", True),
    ("lxml", "lxml/etree.pyx", False),
    ("pdfminer.six", "pdfminer/cmap/GBK-EUC-H.json.gz", True),
    ("cryptography", "cryptography/hazmat/bindings/_rust.pyd", True),
    ("cffi", "cffi/api.py", False),
    ("python-docx", "docx/templates/default.docx", True),
    ("typing_extensions", "typing_extensions.py", True),
]


@pytest.mark.parametrize(("name", "member", "is_wanted"), WANTED)
def test_of_a_wheel_goes_in_what_is_used(name, member, is_wanted):
    assert payload.is_wanted(name, member) is is_wanted


def test_a_table_of_characters_says_the_same_after_repacking():
    data = gzip.compress(b'{"1": 20013}')
    again = payload.repacked("pdfminer/cmap/V.json.gz", data)
    assert gzip.decompress(again) == b'{"1": 20013}'
    assert payload.repacked("a/b.png", data) is data


def test_only_the_named_places_are_searched_by_the_python_of_the_package(tmp_path):
    archive = tmp_path / "python.zip"
    library = tmp_path / "library.zip"
    with zipfile.ZipFile(library, "w") as made:
        made.writestr("json/__init__.pyc", b"json")
        made.writestr("lib2to3/main.pyc", b"gone")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("cp311/python.exe", b"MZ")
        made.writestr("cp311/_ssl.pyd", b"MZ")
        made.writestr("cp311/python311._pth", b"python311.zip\r\n.\r\n")
        made.write(library, "cp311/python311.zip")
    payload.unpack_python(archive, tmp_path / "python")
    here = {path.name for path in (tmp_path / "python").iterdir()}
    assert here == {"python.exe", "python311._pth", "python311.zip"}
    lines = (tmp_path / "python" / "python311._pth").read_text("utf-8").split()
    assert lines == ["python311.zip", ".", "..\\lib", ".."]
    assert zipfile.ZipFile(tmp_path / "python" / "python311.zip").namelist() == ["json/__init__.pyc"]


def test_the_uninstaller_deletes_by_name_and_never_a_folder_with_something_in_it(tmp_path):
    (tmp_path / "app" / "a").mkdir(parents=True)
    (tmp_path / "app" / "a" / "$x.pyc").write_bytes(b"")
    lines = build.removal(tmp_path).splitlines()
    assert lines == [
        "!macro RemoveFiles",
        '  Delete "$INSTDIR\\app\\a\\$$x.pyc"',
        '  RMDir "$INSTDIR\\app\\a"',
        '  RMDir "$INSTDIR\\app"',
        "!macroend",
    ]
    script = (HERE / "setup.nsi").read_text("utf-8")
    assert "RMDir /r" not in script
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script


def test_the_list_of_components_has_every_one_with_its_licence(tmp_path):
    target = tmp_path / "components.json"
    bill.write(target, "1.0", 0, archives.wheels(), build.ROOT / "resources" / "fonts", ["nsis 3"])
    data = json.loads(target.read_text("utf-8"))
    listed = {one["name"] for one in data["components"]}
    assert listed >= {one.name for one in archives.wheels()}
    assert listed >= {path.name for path in (build.ROOT / "resources" / "fonts").glob("*.ttf")}
    assert all(one["licenses"] for one in data["components"])
    assert data["metadata"]["timestamp"].startswith("1970-01-01")


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.0.0rc1", "1.0.0.0"), ("0.1.0", "0.1.0.0"), ("2.10", "2.10.0.0")]
)
def test_windows_gets_four_numbers(version, numbers):
    assert ".".join(build.four_numbers(version)) == numbers


def test_the_version_is_that_of_the_program():
    assert build.own_version() == __version__


def test_the_sums_are_what_sha256sum_reads(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"a")
    build.write_sums(tmp_path)
    build.write_sums(tmp_path)
    assert (tmp_path / "SHA256SUMS").read_text("utf-8") == f"{hashlib.sha256(b'a').hexdigest()}  a.zip\n"


def test_the_launcher_asks_for_no_rights_and_knows_scaled_screens():
    manifest = (HERE / "launcher.manifest").read_text("utf-8")
    for word in ('level="asInvoker"', "PerMonitorV2", "UTF-8</activeCodePage>"):
        assert word in manifest
