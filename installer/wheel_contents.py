"""What the wheel holds besides the code: templates/ and resources/ inside app/, and of which commit it was made."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "app/_data"  # app/paths.py looks there
FOLDERS = ("templates", "resources")
BUILD = "build.txt"


class WheelContents(BuildHookInterface):
    """Called by hatchling. An editable install takes the folders of the source tree, so nothing is copied for it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        included = {str(Path(self.root) / name): f"{INSIDE}/{name}" for name in FOLDERS}
        if commit := commit_of(self.root):
            self._folder = tempfile.TemporaryDirectory()
            told = Path(self._folder.name) / BUILD
            told.write_text(commit + "\n", encoding="utf-8")
            included[str(told)] = f"{INSIDE}/{BUILD}"
        build_data["force_include"].update(included)

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def commit_of(root: str) -> str:
    """Commit and day, with a + when files were changed since; "" where git does not know."""
    try:
        commit = _git(root, "log", "-1", "--abbrev=12", "--format=%h %cs")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return ""
    short, _, day = commit.partition(" ")
    return f"{short}{'+' if changed else ''} {day}"


def _git(root: str, *words: str) -> str:
    call = ["git", "-C", root, *words]
    return subprocess.run(call, capture_output=True, check=True, text=True).stdout.strip()
