"""The walls of the house: no Qt in app/, and no official label in Python."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from app.form.catalog import all_forms
from app.form.model import Heading

ROOT = Path(__file__).resolve().parent.parent
APP = sorted((ROOT / "app").rglob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
DOOR = (
    ROOT / "app" / "commands" / "opening.py"
)  # `nianbao` opens the window: the one place where app/ may name ui/


# The plan of the house, from the roof down: a room may import from those below it and from none above.
ROOMS = {
    "app": [
        *("__main__", "commands", "county", "signoff", "session"),  # whole tasks, one call each
        *("texts", "storage", "checks"),  # help with the texts, files of ours, contradictions
        *(
            "printing",
            "collecting",
            "register",
            "exporting",
            "typesetting",
            "importing",
        ),  # paper, lists, and files of others
        *("documents", "report", "form"),  # the report and its official form
        "machine",  # the computer below
        *("chinese", "errors", "own_files", "paths", "patterns", "__init__"),  # the ground
    ],
    "ui": [
        *("window", "panel", "pages", "files"),  # the frame, what stands beside, what it shows
        *(
            "register",
            "tables",
            "narrative",
            "signoff",
            "findings",
            "printing",
            "help",
        ),  # what pages are made of
        *("state", "kit", "__init__"),  # the open report as the window sees it, and plain parts
    ],
}
# Folders inside a room whose arrows are held too: readers know nothing of the form, rules come last.
INNER = {
    "app.importing.readers": "app.importing.matching",
    "app.checks.language": "app.checks.quantities",
    "app.checks.quantities": "app.checks.rules",
}


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
    """Not even `app.commands.opening` imports the window before somebody wants it."""
    tree = ast.parse(DOOR.read_text("utf-8"))
    assert "ui" not in {name for node in tree.body for name in imported(node) if not is_function(node)}


NETWORK = (
    *("urllib.request", "http", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "requests"),
    *("httpx", "aiohttp", "urllib3", "webbrowser", "PySide6.QtNetwork", "PySide6.QtWebEngineWidgets"),
)
LOCAL = {
    "gethostname",
    "socketpair",
    "socket",
}  # of the module socket: this computer's name, a pipe to ourselves


@pytest.mark.parametrize("path", [*APP, *UI], ids=named)
def test_nothing_opens_a_connection(path):
    """docs/promises.md: nothing leaves the computer."""
    tree, text = ast.parse(path.read_text("utf-8")), path.read_text("utf-8")
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert [
            one for one in names if one in NETWORK or one.startswith(tuple(f"{n}." for n in NETWORK))
        ] == []
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "socket"
    }
    assert used <= LOCAL
    assert "AF_INET" not in text


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in [*APP, *UI]}


def room(name: str) -> tuple[str, str]:
    """("app", "report") of app.report.totals; the package itself is its __init__."""
    top, _, rest = name.partition(".")
    return top, rest.partition(".")[0] or "__init__"


def modules_named_in(path: Path) -> set[str]:
    """The modules of this house that a file imports, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            ways = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {way if way in MODULES else node.module for way in ways}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & set(MODULES)


ARROWS = {name: modules_named_in(path) - {name} for name, path in MODULES.items()}


def test_every_room_is_on_the_plan():
    for top, rooms in ROOMS.items():
        assert {room(name)[1] for name in MODULES if name.partition(".")[0] == top} == set(rooms)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_the_arrows_point_down(name):
    top, own = room(name)
    floors = ROOMS[top]
    above = [
        other
        for other in ARROWS[name]
        if room(other)[0] == top and floors.index(room(other)[1]) < floors.index(own)
    ]
    assert above == [], "see the plan in this file: move what is needed down, or ask from above"


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """The sets of modules of which each leads back to itself by way of the others: what cannot be understood one by one."""
    reach: dict[str, set[str]] = {name: set(others) for name, others in arrows.items()}
    for way in reach:  # Warshall: what can be reached over one more module
        for name in reach:
            if way in reach[name]:
                reach[name] |= reach[way]
    found = {frozenset(other for other in reach[name] if name in reach[other]) for name in reach}
    return sorted(sorted(one) for one in found if one)


def test_no_module_leads_back_to_itself():
    """Counted are the imports for types alone and those inside functions too: a circle is untied, not hidden."""
    assert circles(ARROWS) == [], (
        "give what is needed (a value, a signal, a protocol) instead of importing it"
    )


def test_a_circle_would_be_seen():
    arrows = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set(), "e": {"a"}}
    assert circles(arrows) == [["b", "c"]]


def test_inside_a_room_readers_and_language_know_nothing_of_what_uses_them():
    wrong = [
        f"{name} -> {other}"
        for low, high in INNER.items()
        for name, others in ARROWS.items()
        for other in others
        if name.startswith(low) and other.startswith(high)
    ]
    assert wrong == []


def folders() -> list[Path]:
    return sorted({path.parent for path in [*APP, *UI]})


@pytest.mark.parametrize("folder", folders(), ids=named)
def test_every_room_says_what_it_owns_and_must_not_know(folder):
    """In the first lines of its __init__: one sentence for each."""
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    assert said, f"{folder}/__init__.py: say in one sentence what the room owns"
    if folder.parent != ROOT:
        assert re.search(
            r"\b(must not|It must|never|knows no|Knows no|none of them)\b", said, re.IGNORECASE
        ), said


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


# Tests of the house itself; all others carry the name of the module that they test, or stand in behaviour/ or e2e/.
OF_THE_HOUSE = {"test_wall.py", "test_setup.py", "test_docs.py"}


def test_a_test_file_stands_where_its_module_stands():
    """“I changed app/report/totals.py, what do I run?” tests/report/test_totals.py, and what is in behaviour/."""
    tests = ROOT / "tests"
    astray = []
    for path in sorted(tests.rglob("test_*.py")):
        parts = path.relative_to(tests).parts
        if {"behaviour", "e2e"} & set(parts) or parts[-1] in OF_THE_HOUSE:
            continue
        top = [] if parts[0] == "ui" else ["app"]
        if not ROOT.joinpath(*top, *parts[:-1], parts[-1].removeprefix("test_")).exists():
            astray.append("/".join(parts))
    assert astray == [], "name it after the module that it tests, or put it into behaviour/"
