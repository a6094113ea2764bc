"""The window: all Qt lives here. It shows and asks; it knows the controller, never a file and never a rule."""

import builtins

import PySide6.QtCore  # noqa: F401  # puts an `import` of its own in place of Python's


def _import_without_a_search() -> None:
    """The `import` that PySide laid its last one over.

    The last reads the source of every module that is loaded after it, in search of a switch that nobody here uses, and
    the lines stay in memory.
    """
    before = getattr(builtins, "__orig_import__", None)
    if before is not None and builtins.__import__ is getattr(builtins, "__feature_import__", None):
        builtins.__import__ = before


_import_without_a_search()
