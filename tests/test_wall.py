"""The walls of the house: no Qt in app/, and no official label in Python."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from app.form.catalog import all_forms
from app.form.model import Heading

ROOT = Path(__file__).resolve().parent.parent
APP = sorted((ROOT / "app").rglob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
DOOR = ROOT / "app" / "cli.py"  # `nianbao` opens the window: the one place where app/ may name ui/


# design.md §2: inside app/ an entry may import those below it
FLOORS = [
    *("__main__", "cli", "arguments"),
    *("office_commands", "handing_up", "rollup_book", "rollup", "versions", "verifying", "signing_papers",),
    *("many_imports", "previewing", "page_looks"),
    *("answers", "chain", "scanned", "session", "import_review", "check_sheet", "register_workbook", "example", "document"),
    *("comparing", "signing"),
    *("ready_paragraphs", "repairing", "explanations", "offers", "narrative", "pictures", "register_rows", "any_report"),
    *("importing", "exporting", "typesetting", "compose"),
    *("rollover", "checks", "register", "counts", "texts", "bindings", "pending", "edits", "totals", "storage", "check_settings"),
    *("fingerprint", "places"),
    *("outline", "entry", "layout", "contacts", "report"),
    *("printing", "pdf_pages", "blocks", "form", "chinese", "errors", "paths", "__init__"),
]  # fmt: skip


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level packages that a file imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield ast.unparse(node.args[0]).strip("'\"").partition(".")[0]


@pytest.mark.parametrize("path", APP, ids=named)
def test_app_imports_neither_qt_nor_the_window(path):
    banned = {"PySide6", "shiboken6", "ui"} - ({"ui"} if path == DOOR else set())
    assert banned.isdisjoint(imported(ast.parse(path.read_text("utf-8"))))


def test_the_door_opens_only_when_asked():
    """Not even `app.cli` imports the window before somebody wants it."""
    tree = ast.parse(DOOR.read_text("utf-8"))
    assert "ui" not in {name for node in tree.body for name in imported(node) if not is_function(node)}


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def floor(path: Path) -> str:
    return path.relative_to(ROOT / "app").parts[0].removesuffix(".py")


def entries(tree: ast.AST) -> Iterator[str]:
    """The entries of app/ that a file imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "app":
            found = [f"app.{alias.name}" for alias in node.names]
        else:
            found = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (one.split(".")[1] for one in found if one.startswith("app."))


def test_every_entry_of_app_has_its_floor():
    assert {floor(path) for path in APP} == set(FLOORS)


@pytest.mark.parametrize("path", APP, ids=named)
def test_inside_app_the_arrows_point_down(path):
    own = floor(path)
    others = {one for one in entries(ast.parse(path.read_text("utf-8"))) if one in FLOORS} - {own}
    assert [one for one in others if FLOORS.index(one) < FLOORS.index(own)] == []


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string literal that is not a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def headings(nodes: Iterable[Heading]) -> Iterator[Heading]:
    for node in nodes:
        yield node
        yield from headings(node.children)


def official_labels() -> set[str]:
    """Every row label of every edition as printed, and without its number where it is more than a word of the law (不予公开)."""
    rows = {
        row.label for form in all_forms() for table in form.tables.values() for row in headings(table.rows)
    }
    bare = {
        re.sub(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+\.)", "", label)
        for label in rows
    }
    return {label for label in rows if len(label) >= 4} | {label for label in bare if len(label) >= 5}


@pytest.mark.parametrize("path", [*APP, *UI], ids=named)
def test_no_official_row_label_stands_in_python(path):
    found = [
        f"{named(path)}:{line} “{label}”"
        for line, text in strings(path)
        for label in official_labels()
        if label in text
    ]
    assert found == []


def test_the_wall_would_notice():
    assert {"（三）不予公开", "行政规范性文件", "危及“三安全一稳定”"} <= official_labels()
