"""Run by the building Python, alone: every .py of a folder becomes a .pyc in its place, the same bytes each time.

python -I compiling.py FOLDER. Docstrings stay behind, for nobody reads them there, except where the program itself does.
"""

import ast
import importlib.util
import sys
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

# Read while running: a rule's docstring is the sentence that the list of checks tells; errors of openpyxl quote theirs.
WITH_DOCSTRINGS = ("app/checks/", "lib/openpyxl/")


def compiled(source: bytes, name: str) -> bytes:
    """The .pyc, which is never compared with a source or a clock. `name` is what errors call the file."""
    tree = ast.parse(source, name)
    if not name.startswith(WITH_DOCSTRINGS):
        without_docstrings(tree)
    code = compile(tree, name, "exec", dont_inherit=True)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))


def without_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if ast.get_docstring(node, clean=False) is not None:
            first, *rest = node.body
            node.body = rest or [ast.copy_location(ast.Pass(), first)]


def main(folder: Path) -> None:
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder.parent).as_posix()
        path.with_suffix(".pyc").write_bytes(compiled(path.read_bytes(), name))
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
