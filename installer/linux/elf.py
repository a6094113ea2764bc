"""What the binaries of the tree ask of the system: shared libraries and the newest glibc."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trouble import SetupError

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"\bGLIBC_(\d+(?:\.\d+)+)")


@dataclass(frozen=True)
class Demands:
    libraries: frozenset[str]
    glibc: tuple[int, ...]


def is_binary(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def binaries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if is_binary(path))


def demands(path: Path) -> Demands:
    text = _readelf("--dynamic", path)
    versions = _readelf("--version-info", path).partition("Version needs section")[2]
    return Demands(frozenset(_NEEDED.findall(text)), newest(_GLIBC.findall(versions)))


def newest(versions: Iterable[str]) -> tuple[int, ...]:
    """The highest of these versions as numbers; () where there is none."""
    return max((tuple(map(int, one.split("."))) for one in versions), default=())


def too_new(found: Mapping[str, tuple[int, ...]], limit: tuple[int, ...]) -> list[str]:
    return sorted(name for name, version in found.items() if version > limit)


def _readelf(option: str, path: Path) -> str:
    done = subprocess.run(
        ["readelf", "--wide", option, str(path)],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    if done.returncode != 0:
        raise SetupError(f"读不出“{path.name}”要用哪些系统库：{done.stderr.strip()}")
    return done.stdout


def closure(roots: Iterable[Path], folders: Iterable[Path]) -> set[Path]:
    """The libraries in `folders` that these binaries load, and the libraries that those load."""
    by_name = {path.name: path for folder in folders for path in folder.iterdir() if path.is_file()}
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        for name in demands(waiting.pop()).libraries:
            path = by_name.get(name)
            if path is not None and path not in found:
                found.add(path)
                waiting.append(path)
    return found
