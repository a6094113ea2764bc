"""Pillow is loaded with the first picture: reportlab asks for it at once, and most reports have none."""

import importlib.util
import sys

_NAME = "PIL.Image"


def postpone() -> None:
    """To be said before reportlab is imported. What it gets loads itself when it is first used: three megabytes, and 20 ms."""
    if _NAME in sys.modules or (spec := importlib.util.find_spec(_NAME)) is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    sys.modules["PIL"].Image = module  # type: ignore[attr-defined]  # as an import leaves it
    spec.loader.exec_module(module)
