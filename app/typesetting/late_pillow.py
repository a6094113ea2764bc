"""Pillow is loaded with the first picture: reportlab asks for it at once, and most reports have none."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.util import LazyLoader
from types import ModuleType

_NAME = "PIL.Image"


class _Late:
    """Finds the one module as the others would, and has it load itself when it is first used: three megabytes, and 20 ms."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _NAME:
            return None
        others = (one.find_spec(name, path, target) for one in sys.meta_path if one is not self)
        spec = next(filter(None, others), None)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def postpone() -> None:
    """To be said before reportlab is imported."""
    if not any(isinstance(one, _Late) for one in sys.meta_path):
        sys.meta_path.insert(0, _Late())
