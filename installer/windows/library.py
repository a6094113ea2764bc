"""The library of the embeddable package, which nobody signed: compared with what this computer's own CPython has in source."""

import marshal
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import CodeType


@dataclass(frozen=True)
class Origin:
    """Names of modules: those of the same code, those of another (with the functions that part), those without a source here."""

    same: list[str]
    other: dict[str, list[str]]
    unknown: list[str]


def compare(library: Path, sources: Path | None = None) -> Origin:
    """Code is compared instruction by instruction, as -OO compiles it; where a line stands in its file does not count."""
    sources = sources or Path(sysconfig.get_path("stdlib"))
    found = Origin([], {}, [])
    with zipfile.ZipFile(library) as opened:
        for name in sorted(one for one in opened.namelist() if one.endswith(".pyc")):
            source = sources / name.removesuffix("c")
            if not source.is_file():
                found.unknown.append(name)
                continue
            theirs = marshal.loads(opened.read(name)[16:])
            ours = compile(source.read_bytes(), name, "exec", dont_inherit=True, optimize=2)
            if parting := _parting(theirs, ours):
                found.other[name] = parting
            else:
                found.same.append(name)
    return found


def _parting(one: CodeType, other: CodeType) -> list[str]:
    """The functions and classes that are not the same in both, by their full names."""
    both = [_by_name(one), _by_name(other)]
    return sorted(name for name in {*both[0], *both[1]} if both[0].get(name) != both[1].get(name))


def _by_name(code: CodeType) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    waiting = [code]
    while waiting:
        now = waiting.pop()
        inner = [one for one in now.co_consts if isinstance(one, CodeType)]
        waiting += inner
        constants = [repr(one) for one in now.co_consts if not isinstance(one, (CodeType, frozenset))]
        sets = [sorted(map(repr, one)) for one in now.co_consts if isinstance(one, frozenset)]
        names = (now.co_names, now.co_varnames, now.co_freevars, now.co_cellvars)
        shape = (now.co_code, now.co_exceptiontable, now.co_flags, names, constants, sets, len(inner))
        found.setdefault(now.co_qualname, []).append(shape)
    return found
