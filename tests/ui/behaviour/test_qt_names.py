"""No class of ui/ hides a method, signal or property of the Qt class that it is made of, unless Qt means it to be overridden."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from ui.help.settings_dialog import SettingsDialog

UI = Path(inspect.getfile(SettingsDialog)).parent.parent

# What Qt calls by itself, from C++: overriding it is how one joins in. Event handlers (…Event) are all of this kind.
VIRTUAL = {
    "focusNextPrevChild",
    *(
        "event",
        "eventFilter",
        "sizeHint",
        "accept",
        "reject",
        "done",
        "closeEditor",
        "currentChanged",
        "edit",
    ),
    *("paint", "createEditor", "setEditorData", "setModelData", "updateEditorGeometry", "drawPrimitive"),
    "pixelMetric",
    "styleHint",
    *(
        "data",
        "setData",
        "flags",
        "headerData",
        "rowCount",
        "columnCount",
        "updateGeometries",
        "loadResource",
    ),
    *("addItem", "count", "itemAt", "takeAt", "minimumSize", "setGeometry", "expandingDirections"),
    *("setVisible", "moveCursor", "createHandle", "minimumSizeHint"),
    *("hasHeightForWidth", "heightForWidth", "invalidate", "canInsertFromMimeData", "insertFromMimeData"),
}
# The same deed with something more: whoever calls it may know Qt's only.
SAME_DEED = {
    ("Elided", "setText"),
    ("Title", "setText"),
    *(("PushButton", name) for name in ("text", "setText", "setEnabled")),  # the words, without their letter
}


def qt_classes(made: type) -> list[type]:
    return [base for base in made.__mro__ if base.__module__.startswith("PySide6")]


def classes() -> Iterator[tuple[type, ast.ClassDef]]:
    """Every class of ui/ that is made of one of Qt's, with its text."""
    for path in sorted(UI.rglob("*.py")):
        name = ".".join(path.relative_to(UI.parent).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and qt_classes(made := getattr(module, node.name)):
                yield made, node


def names_in(node: ast.ClassDef) -> Iterator[str]:
    """What a class defines: its methods, its signals and constants, what its methods put into `self`."""
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            yield part.name
        elif isinstance(part, ast.Assign | ast.AnnAssign):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))
    for one in ast.walk(node):
        is_set = isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)
        if is_set and isinstance(one.value, ast.Name) and one.value.id == "self":
            yield one.attr


def hidden(made: type, node: ast.ClassDef) -> list[str]:
    qt = {name for base in qt_classes(made) for name in vars(base)}
    return sorted(
        {
            name
            for name in names_in(node)
            if name in qt
            and not name.startswith("__")
            and not name.endswith("Event")
            and name not in VIRTUAL
            and (made.__name__, name) not in SAME_DEED
        }
    )


@pytest.mark.parametrize(("made", "node"), list(classes()), ids=lambda one: getattr(one, "__qualname__", ""))
def test_nothing_of_qt_is_hidden(made, node):
    assert hidden(made, node) == [], "another name: Qt, or who knows Qt, means something else by this one"


def test_the_walk_would_notice():
    text = (
        "class Hides(QDialog):\n"
        "    find = 1\n"
        "    def closeEvent(self, event): pass\n"
        "    def show(self): self.size = 2; self.own = 3\n"
    )
    [node] = ast.parse(text).body
    made = type("Hides", (QDialog,), {})
    assert hidden(made, node) == ["find", "show", "size"]
    assert len(list(classes())) > 60
    assert "setText" in vars(QLabel)
