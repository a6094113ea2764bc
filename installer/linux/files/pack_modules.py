"""Run by the packaged Python while building: lays the modules that the window's start imports into one file.

python pack_modules.py RESULT FOLDER… : each folder is one in which modules are found. Which modules: those that `ENTRIES` and the
modules that they import name in lines which run when a module is imported. What is imported later stays a file of its own.
"""

import dis
import marshal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

ENTRIES = (
    "app.commands.cli",
    "app.commands.opening",
    "app.storage.running",
    "ui.window.application",
    "ui.window.main",
    "ui.window.main_window",
)
LATER = (
    "reportlab",
    "PIL",
    "unittest",
    "doctest",
    "pdb",
    "ast",
    "pydoc",
)  # named for types only, or for a help nobody asks for
_HEAD = 16  # bytes of a .pyc before its code
_IN_FUNCTIONS_OF = (
    "app.commands.opening",
    "ui.window.application",
    "ui.window.main",
)  # these start the window


def packed(folders: list[Path], entries: tuple[str, ...] = ENTRIES) -> bytes:
    """Length of the index, the index {name: (begin, end, file, is a package)}, then the code of all, in the order of the import."""
    index: dict[str, tuple[int, int, str, bool]] = {}
    body = bytearray()
    waiting = list(reversed(entries))
    while waiting:
        name = waiting.pop()
        is_wanted = name not in index and name.partition(".")[0] not in LATER
        found = _find(name, folders) if is_wanted else None
        if found is None:
            continue
        compiled, source, is_package = found
        code = compiled.read_bytes()[_HEAD:]
        index[name] = (len(body), len(body) + len(code), source, is_package)
        body += code
        wanted = _imports(marshal.loads(code), name, is_package, deep=name in _IN_FUNCTIONS_OF)
        waiting += reversed([*wanted, *([name.rpartition(".")[0]] if "." in name else [])])
    head = marshal.dumps(index)
    return len(head).to_bytes(8, "little") + head + bytes(body)


def _find(name: str, folders: list[Path]) -> tuple[Path, str, bool] | None:
    """The compiled module, where its source lies or would lie (counted from the top), and whether it is a package."""
    for number, folder in enumerate(folders):
        inside = folder.joinpath(*name.split("."))
        for source in (inside / "__init__.py", inside.with_name(inside.name + ".py")):
            beside = source.with_suffix(".pyc")
            cached = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
            for compiled in (beside, cached):
                if compiled.is_file():
                    shown = source if compiled == cached else beside
                    place = shown.relative_to(folder).as_posix()
                    return compiled, f"{number}/{place}", source.name == "__init__.py"
    return None


def _imports(code: CodeType, name: str, is_package: bool, deep: bool) -> Iterator[str]:
    """Names that may be modules: `from a import b` may mean a.b."""
    package = name if is_package else name.rpartition(".")[0]
    for one in _codes(code, deep):
        level, fromlist = 0, None
        constants: list[object] = []
        for step in dis.get_instructions(one):
            if step.opname == "LOAD_CONST":
                constants = [*constants[-1:], step.argval]
            elif step.opname == "IMPORT_NAME":
                level, fromlist = constants
                base = step.argval
                if level:
                    above = package.split(".")
                    base = ".".join([*above[: len(above) - level + 1], *filter(None, [base])])
                yield base
                yield from (f"{base}.{each}" for each in fromlist or ())


def _codes(code: CodeType, deep: bool) -> Iterator[CodeType]:
    """The module's own lines and those of its classes; those of its functions when `deep`."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType) and (deep or not one.co_flags & 0x02):  # CO_NEWLOCALS: a function
            yield from _codes(one, deep)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(packed([Path(one) for one in sys.argv[2:]]))
