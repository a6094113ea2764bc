"""The one file with the modules of the start, in the packages for Linux: how it is made and how start.py reads it."""

import py_compile
import runpy
import shutil
import subprocess
import sys

import pytest

from linux import tree
from tests.places import PROJECT

PACK = runpy.run_path(str(tree.FILES / "pack_modules.py"))
MODULES = {
    "program/first/__init__.py": "from first import second\n",
    "program/first/second.py": "from . import beside\nclass Kept:\n    import fourth\ndef later():\n    import fifth\n",
    "program/first/beside.py": "import json\nimport third\n",
    "packages/third.py": "WORD = '三'\n",
    "packages/fourth.py": "WORD = '四'\n",
    "packages/fifth.py": "WORD = '五'\n",
}


@pytest.fixture
def packed_tree(tmp_path):
    """A tree as the package has it, but for one thing: its modules lie nowhere except in the one file."""
    for name, text in MODULES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        py_compile.compile(str(path), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    folders = [tmp_path / "program", tmp_path / "packages"]
    (tmp_path / "modules.bin").write_bytes(PACK["packed"](folders, ("first",)))
    for name in MODULES:
        (tmp_path / name).unlink()
        shutil.rmtree((tmp_path / name).parent / "__pycache__", ignore_errors=True)
    shutil.copyfile(tree.FILES / "start.py", tmp_path / "program" / "start.py")
    return tmp_path


def run_start(folder, code, before=""):
    """What `code` prints after start.py has looked for the one file."""
    start = str(folder / "program" / "start.py")
    head = f"{before}import runpy\nstart = runpy.run_path({start!r})\nstart['find_packed']()\n"
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", head + code],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_modules_of_the_start_come_out_of_one_file(packed_tree):
    code = "import first, third\nprint(first.__file__, first.second.Kept.fourth.WORD, third.WORD, *first.__path__)"
    top = str(packed_tree)
    assert run_start(packed_tree, code) == [
        f"{top}/program/first/__init__.py",
        "四",
        "三",
        f"{top}/program/first",
    ]


def test_what_is_imported_later_stays_a_file_of_its_own(packed_tree):
    code = (
        "import importlib.util as util\nprint(*(util.find_spec(one) is None for one in ('fourth', 'fifth')))"
    )
    assert run_start(packed_tree, code) == ["False", "True"]


@pytest.mark.parametrize("left", [b"", b"\xff" * 40, None], ids=["empty", "broken", "gone"])
def test_without_the_one_file_each_module_is_read_from_its_own(packed_tree, left):
    file = packed_tree / "modules.bin"
    file.unlink() if left is None else file.write_bytes(left)
    assert run_start(packed_tree, "import json\nprint(json.dumps(1))") == ["1"]


def test_libraries_are_asked_for_as_a_whole_and_those_of_which_little_is_read_are_not(packed_tree):
    folder = packed_tree / "packages" / "PySide6" / "Qt" / "lib"
    folder.mkdir(parents=True)
    for name in ("libQt6Core.so.6", "libicudata.so.73"):
        (folder / name).write_bytes(b"x" * (3 << 20))
    before = "import os\nasked = []\nos.posix_fadvise = lambda _file, begin, _size, _how: asked.append(begin >> 20)\n"
    assert run_start(packed_tree, "start['read_ahead']()\nprint(*asked)", before) == ["0", "1", "2"]


def test_what_starts_the_window_is_there():
    for name in PACK["ENTRIES"]:
        assert (PROJECT / (name.replace(".", "/") + ".py")).is_file(), name
