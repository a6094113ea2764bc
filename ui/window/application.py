"""The door by which the command line enters the window."""

from pathlib import Path


def run(file: Path | None = None) -> int:
    """Open the window, on `file` if one is given; the exit status of the program."""
    from ui.window import main

    return main.run([str(file)] if file else [])
