"""The door by which the command line enters the window."""

from pathlib import Path


def run(file: Path | None = None, began: float | None = None) -> int:
    """Open the window, on `file` if one is given; the exit status of the program. `began`: see main."""
    from ui.window import main

    return main.run([str(file)] if file else [], began)


def libraries() -> str:
    """Load everything that the window is made of, without opening it; the version of Qt."""
    from PySide6.QtCore import qVersion

    from ui.window import main, main_window  # noqa: F401 - that they can be loaded is the answer

    return str(qVersion())
