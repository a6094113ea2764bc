"""Whether every module that the payload's Python code imports is in the payload: what was pruned must be missed by nobody."""

import ast
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

OURS = ("app", "ui")
# Asked for by ours where it is there: the extras `ocr` and `sign` are not in the packages, and Linux has what Windows has not.
OPTIONAL = {
    *("rapidocr", "onnxruntime", "cv2", "numpy"),
    *("pyhanko", "pyhanko_certvalidator", "cryptography.x509"),
    *("cryptography.hazmat.primitives.asymmetric", "cryptography.hazmat.primitives.serialization"),
    *("page", "fcntl", "pwd", "resource"),
}


def missing(folder: Path) -> list[str]:
    """`who: what`, while the sources are not yet compiled. Of ours every import counts, also one within a function; of the
    libraries' and of Python's own those that are carried out whenever the module is loaded."""
    python = folder / "python"
    packages = folder / "lib"
    (library,) = python.glob("python3*.zip")
    with zipfile.ZipFile(library) as opened:
        standard = {_dotted(Path(name)) for name in opened.namelist() if name.endswith(".pyc")}
    known = {
        *standard,
        *sys.builtin_module_names,
        *_windows_builtin(),
        *_modules(python),
        *_modules(packages),
    }
    sources = {_dotted(path.relative_to(packages)): path for path in packages.rglob("*.py")}
    own = {_dotted(path.relative_to(folder)): path for top in OURS for path in (folder / top).rglob("*.py")}
    known |= {*sources, *own}
    found = [
        f"{name}: {what}"
        for name, path in {**sources, **_standard_sources(standard)}.items()
        for what in _imports(path, name, only_at_once=True)
        if not _is_known(what, known)
    ]
    found += [
        f"{name}: {what}"
        for name, path in own.items()
        for what in _imports(path, name, only_at_once=False)
        if not _is_known(what, known) and not is_optional(what)
    ]
    return sorted(set(found))


def is_optional(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in OPTIONAL)


def _is_known(name: str, known: set[str]) -> bool:
    return name in known or any(one.startswith(f"{name}.") for one in known)  # a folder without __init__


def _windows_builtin() -> set[str]:
    """Built into python311.dll, and on Debian files of their own or not there at all; left out on purpose, their users try."""
    inside = (
        "nt winreg msvcrt _winapi zlib math cmath array binascii audioop mmap _struct _random _bisect _heapq _json _csv _pickle"
        " _datetime _contextvars _opcode _statistics _md5 _sha1 _sha256 _sha512 _sha3 _blake2 _codecs_cn _codecs_hk _codecs_jp"
        " _codecs_kr _codecs_tw _codecs_iso2022 _multibytecodec _lsprof _xxsubinterpreters _typing"
    )
    left_out = "_ssl _hashlib _sqlite3"
    named = "os.path __main__ _frozen_importlib _frozen_importlib_external"
    return {*inside.split(), *left_out.split(), *named.split()}


def _modules(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.pyd"):
        yield _dotted(path.relative_to(folder)).split(".cp")[0]


def _dotted(path: Path) -> str:
    name = ".".join((*path.parent.parts, path.name.partition(".")[0]))
    return name.removesuffix(".__init__")


def _standard_sources(names: set[str]) -> dict[str, Path]:
    """Of Python's library only the compiled files are in the package: the building Python has the same in source."""
    top = Path(sysconfig.get_path("stdlib"))
    places = {
        name: (top / (name.replace(".", "/") + ".py"), top / name.replace(".", "/") / "__init__.py")
        for name in names
    }
    return {name: one for name, both in places.items() for one in both if one.is_file()}


def _imports(path: Path, name: str, only_at_once: bool) -> Iterator[str]:
    tree = ast.parse(path.read_bytes())
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in tree.body if only_at_once else _all(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            yield ".".join((*above, *filter(None, (node.module,)))) or package


def _all(node: ast.AST) -> Iterator[ast.AST]:
    """Not what is tried and may fail."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, ast.Try):
            yield from _all(child)
