"""Several years' reports at once → a chain: one report a year, oldest first, and what is missing, double or of another agency."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.errors import UserError
from app.form.catalog import form as form_of
from app.session.any_report import AnyReport, read_any


@dataclass(frozen=True, slots=True)
class YearFile:
    """One file and the report read from it."""

    path: Path
    read: AnyReport

    @property
    def year(self) -> int:
        return self.read.report.year

    @property
    def agency(self) -> str:
        return self.read.report.agency.name


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why in the words of its error."""

    path: Path
    error: UserError


@dataclass(frozen=True, slots=True)
class Chain:
    """`links` are one file a year, oldest first; none of the others is lost: each file is in exactly one of the four lists."""

    links: tuple[YearFile, ...] = ()
    doubles: tuple[YearFile, ...] = ()  # a second file of a year; the fuller one is the link
    strangers: tuple[YearFile, ...] = ()  # of another agency than most
    unread: tuple[Unread, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """Years between the first and the last that no file is for."""
        years = [one.year for one in self.links]
        return tuple(year for a, b in pairwise(years) for year in range(a + 1, b))

    def mismatches(self) -> list[str]:
        """Where what one year carried over is not what the next says came in, a sentence each; blanks and doubts say nothing."""
        found = []
        for earlier, later in pairwise(self.links):
            if later.year != earlier.year + 1:
                continue
            last, this = earlier.read.certain, later.read.certain
            edition = form_of(this.form)
            for target, source in edition.carried.items():
                before, now = last[source], this[target]
                if before is not None and now is not None and before != now:
                    found.append(
                        f"{later.year}年“{edition.label(target)}”是{now}，"
                        f"{earlier.year}年“{form_of(last.form).label(source)}”是{before}，不一致。"
                    )
        return found

    def sentences(self) -> list[str]:
        """What the clerk should know, a sentence each."""
        found = [f"缺{year}年的报告，{year + 1}年的结转数无法与上年核对。" for year in self.missing]
        for one in self.doubles:
            kept = next(link for link in self.links if link.year == one.year)
            found.append(f"{one.year}年的报告有两份：用了“{kept.path.name}”，没有用“{one.path.name}”。")
        usual = self.links[0].agency if self.links else ""
        found += [f"“{one.path.name}”是{one.agency}的报告，不是{usual}的，没有用。" for one in self.strangers]
        found += [f"“{one.path.name}”没有导入：{one.error}" for one in self.unread]
        return found


def read_chain(paths: Iterable[Path]) -> Chain:
    """Read every file, put them in order of their years; one unreadable file does not stop the others.

    Where digits ran together in a report, it is read once more with the year before beside it, which may tell how they divide.
    """
    found, unread = _read_all(list(dict.fromkeys(paths)))
    own, strangers = _by_agency(found)
    links: dict[int, YearFile] = {}
    doubles: list[YearFile] = []
    for one in sorted(own, key=_fullness, reverse=True):
        if one.year in links:
            doubles.append(one)
        else:
            links[one.year] = one
    for year in sorted(links):
        links[year] = _again(links[year], links.get(year - 1))
    ordered = tuple(links[year] for year in sorted(links))
    return Chain(ordered, tuple(sorted(doubles, key=lambda one: one.year)), tuple(strangers), tuple(unread))


def _read_all(paths: Sequence[Path]) -> tuple[list[YearFile], list[Unread]]:
    found, unread = [], []
    for path in paths:
        try:
            found.append(YearFile(path, read_any(path)))
        except UserError as error:
            unread.append(Unread(path, error))
    return found, unread


def _by_agency(found: Sequence[YearFile]) -> tuple[list[YearFile], list[YearFile]]:
    """The files of the agency that most are of, and the others; a file that names none goes with the most."""
    names = Counter(_core(one.agency) for one in found if one.agency)
    if not names:
        return list(found), []
    usual = max(names, key=lambda name: (names[name], len(name)))
    same = [not one.agency or _is_same(_core(one.agency), usual) for one in found]
    return (
        [one for one, is_same in zip(found, same, strict=True) if is_same],
        [one for one, is_same in zip(found, same, strict=True) if not is_same],
    )


def same_unit(name: str, other: str) -> bool:
    """Whether two names are of one agency, however they are written."""
    return _is_same(_core(name), _core(other))


def _core(name: str) -> str:
    """侯家镇人民政府, 侯家镇政府, 侯家镇 are one agency."""
    return re.sub(r"(?:人民)?政府(?:办公室)?$", "", name)


def _is_same(name: str, other: str) -> bool:
    """With or without the county before it."""
    return name.endswith(other) or other.endswith(name)


def _fullness(one: YearFile) -> tuple[bool, int, int]:
    """Which of two files of a year is the better: the program's own, then the one with fewer doubts and more numbers."""
    doubts = len(one.read.imported.unsure) if one.read.imported else 0
    return one.read.imported is None, len(one.read.report.values) - doubts, -doubts


def _again(one: YearFile, prior: YearFile | None) -> YearFile:
    if prior is None or one.read.imported is None or not one.read.imported.unsure:
        return one
    from app.importing.importer import import_file

    found = import_file(one.path, prior.read.certain)
    return YearFile(one.path, AnyReport(found.report, found.outline, found))
