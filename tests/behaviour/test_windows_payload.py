"""The packages for Windows: nothing that the program loads may be pruned, and every file has its line in the set-up."""

import zipfile

import pytest

from windows import build, imports, payload


@pytest.fixture
def folder(tmp_path):
    """A payload with one module of ours, one library and a little of Python's own."""
    for name, text in {
        "app/__init__.py": "",
        "ui/__init__.py": "",
        "app/works.py": "import json\nimport zlib\nfrom pure import part\nfrom native import fast\n",
        "lib/pure/__init__.py": "from . import part\nfrom .part import name\n",
        "lib/pure/part.py": "name = 1\n",
        "lib/native/fast.cp311-win_amd64.pyd": "",
        "lib/native/__init__.py": "",
        "python/_socket.pyd": "",
    }.items():
        payload.write(tmp_path / name, text.encode())
    with zipfile.ZipFile(tmp_path / "python" / "python311.zip", "w") as library:
        for name in (
            "json/__init__.pyc",
            "json/decoder.pyc",
            "json/encoder.pyc",
            "codecs.pyc",
            "re/__init__.pyc",
        ):
            library.writestr(name, b"")
        for name in ("json/scanner.pyc", "enum.pyc", "functools.pyc", "re/_compiler.pyc", "re/_parser.pyc"):
            library.writestr(name, b"")
        for name in (
            "copyreg",
            "types",
            "operator",
            "keyword",
            "builtins",
            "collections/__init__",
            "reprlib",
        ):
            library.writestr(f"{name}.pyc", b"")
        for name in ("re/_constants", "re/_casefix", "_collections_abc", "abc"):
            library.writestr(f"{name}.pyc", b"")
    return tmp_path


def test_a_whole_payload_misses_nothing(folder):
    assert imports.missing(folder) == []


@pytest.mark.parametrize(
    ("place", "text", "found"),
    [
        ("app/works.py", "import xmlrpc.client\n", "app.works: xmlrpc.client"),
        ("app/works.py", "def late():\n    import doctest\n", "app.works: doctest"),
        ("ui/page.py", "from app.gone import one\n", "ui.page: app.gone"),
        ("lib/pure/part.py", "import optparse\n", "pure.part: optparse"),
        ("lib/pure/__init__.py", "from .gone import one\n", "pure: pure.gone"),
    ],
)
def test_a_module_that_was_pruned_and_is_used_is_named(folder, place, text, found):
    payload.write(folder / place, text.encode())
    assert imports.missing(folder) == [found]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("app/works.py", "try:\n    import uvloop\nexcept ImportError:\n    pass\n"),
        ("app/works.py", "def scan():\n    import rapidocr\n"),
        ("lib/pure/part.py", "def late():\n    import optparse\n"),
    ],
)
def test_what_is_tried_or_never_carried_out_is_not_asked_for(folder, place, text):
    payload.write(folder / place, text.encode())
    assert imports.missing(folder) == []


def test_a_module_of_pythons_own_that_lacks_another_is_named(folder):
    with zipfile.ZipFile(folder / "python" / "python311.zip", "a") as library:
        library.writestr("doctest.pyc", b"")
    assert "doctest: unittest" in imports.missing(folder)


def test_every_file_is_placed_and_removed_by_name_and_like_lies_beside_like(folder):
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    placed = [line.split('"')[1] for line in build.placing(folder).splitlines() if "File " in line]
    removed = [line.split('"')[1] for line in build.removal(folder).splitlines() if "Delete " in line]
    assert sorted(placed) == sorted(str(folder / name) for name in files)
    assert {name.removeprefix("$INSTDIR\\").replace("\\", "/") for name in removed} == files
    endings = [name.rpartition(".")[2] for name in placed]
    assert endings == [one for kind in ("pyd", "zip", "py") for one in endings if one == kind]


def test_reportlab_moves_into_the_zip(folder):
    payload.into_library(folder / "lib" / "pure", folder / "python")
    assert not (folder / "lib" / "pure").exists()
    with zipfile.ZipFile(folder / "python" / "python311.zip") as library:
        assert library.read("pure/part.py") == b"name = 1\n"
        assert library.getinfo("pure/part.py").compress_type == zipfile.ZIP_STORED
