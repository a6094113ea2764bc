"""Word lists of the wording checks: read once from templates/wording/, a county's own files from its data folder."""

import logging
import os
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from app import own_files
from app.checks.language.alike import Alike, alike
from app.checks.language.spelling import Spelling, decoded, in_force, read_table
from app.checks.unusable import UNUSABLE, what_is_wrong
from app.chinese import nfkc
from app.form.model import Severity
from app.paths import is_folder, templates, user_data
from app.patterns import cheaply_spelt, lazily
from app.report.model import AgencyKind

_FOLDER = "wording"
_MARK = 2  # characters by which a word is looked for
_TABLES = (".tsv", ".txt")  # 易错字表
log = logging.getLogger(__name__)


class Wrong(NamedTuple):
    """A wrong wording: plain words or a pattern, what to write instead, for whom and from which year it is wrong."""

    rule: str
    find: str
    message: str
    severity: Severity
    is_pattern: bool = False
    kinds: tuple[AgencyKind, ...] = ()  # empty: every kind of agency
    unless: str = ""  # pattern: a match that it finds too, with four characters around, is right
    unless_before: str = ""  # pattern: what it finds is right where its sentence says this before
    unless_name: str = ""  # not for an agency whose name contains one of these characters
    unless_text: str = ""  # pattern: not in a report that says this
    first_year: int = 0
    quoted: bool = False  # also inside 《》 and “”
    instead: str | None = (
        None  # what to write there: {found} itself, its {half} width, it {unzeroed} or {dated}
    )
    needs: tuple[str, ...] = ()  # one of them stands in every paragraph in which the pattern finds something
    beside: tuple[str, ...] = ()  # and one of these
    is_safe: bool = True  # whether 全部修复 may write it without asking

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.find if self.is_pattern else re.escape(self.find))

    def corrected(self, found: str) -> str | None:
        """What should stand where `found` stands; None: only the clerk knows."""
        if self.instead is None:
            return None
        right = self.instead.replace("{found}", found)
        right = right.replace("{half}", nfkc(found)).replace("{unzeroed}", found.lstrip("0"))
        return right.replace("{dated}", _dated(found)) if "{dated}" in right else right

    def may_be_in(self, line: str) -> bool:
        """Whether it is worth trying: one of the words that it needs is there, and one of those beside them."""
        has = line.__contains__
        return (not self.needed or any(map(has, self.needed))) and (
            not self.beside or any(map(has, self.beside))
        )

    @property
    def needed(self) -> tuple[str, ...]:
        """Words of which one stands wherever it finds something; none: it may be anywhere."""
        return self.needs if self.is_pattern else (self.find,)

    @property
    def right(self) -> re.Pattern[str] | None:
        return _compiled(self.unless) if self.unless else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(cheaply_spelt(pattern), re.M)


def _dated(found: str) -> str:
    """2024年1月1日 for 2024.01.01."""
    year, month, day = re.findall(r"\d+", found)[:3]
    return f"{year}年{int(month)}月{int(day)}日"


class SetPhrase(NamedTuple):
    """A set phrase: where something like it stands, it must be one of the accepted wordings."""

    pattern: re.Pattern[str]
    accepted: tuple[str, ...]
    message: str


class Citation(NamedTuple):
    """A document: how its title is known, and the numbers that belong to it."""

    title: re.Pattern[str]
    name: str
    numbers: tuple[str, ...]


class Topic(NamedTuple):
    """A kind of problem with the words by which a measure answers it."""

    name: str
    problem: re.Pattern[str]
    answer: re.Pattern[str]


@dataclass(eq=False, repr=False)
class WordLists:
    """Everything that the wording checks know."""

    wrong: tuple[Wrong, ...] = ()
    phrases: tuple[SetPhrase, ...] = ()
    citations: tuple[Citation, ...] = ()
    topics: tuple[Topic, ...] = ()
    variants: tuple[tuple[str, ...], ...] = ()
    doubled: frozenset[str] = frozenset()  # words that may stand twice in a row
    spelling: Spelling = field(default_factory=Spelling)
    alike: Alike | None = None  # set words in which one character may be mistaken
    complaints: tuple[str, ...] = ()  # a sentence for each file of the county that could not be used

    def worth_trying(self, line: str, there: Set[str]) -> Iterator[Wrong]:
        """The wrong wordings that may be in a line, in their order; `there`: its `twos`."""
        by_mark, by_char, anywhere = self._by_mark
        found = set(anywhere)
        for mark in by_mark.keys() & there:
            for word, place in by_mark[mark]:
                if len(word) <= _MARK or word in line:
                    found.add(place)
        for char, places in by_char.items():
            if char in line:
                found.update(places)
        for place in sorted(found):
            wrong = self.wrong[place]
            if not wrong.beside or any(map(line.__contains__, wrong.beside)):
                yield wrong

    @cached_property
    def _by_mark(self) -> tuple[dict[str, list[tuple[str, int]]], dict[str, list[int]], list[int]]:
        """By the words that wordings need: their first two characters → these words, each with the wording's place; a single

        character → the places; the places of those that need nothing.
        """
        by_mark: dict[str, list[tuple[str, int]]] = {}
        by_char: dict[str, list[int]] = {}
        for place, wrong in enumerate(self.wrong):
            for word in wrong.needed:
                if len(word) < _MARK:
                    by_char.setdefault(word, []).append(place)
                else:
                    by_mark.setdefault(word[:_MARK], []).append((word, place))
        return by_mark, by_char, [place for place, wrong in enumerate(self.wrong) if not wrong.needed]


def word_lists(own: str = "") -> WordLists:
    """The lists in force: the program's, those in the user's folder, and the county's file that the settings name."""
    return _lists_of(os.environ.get("NIANBAO_HOME", ""), own)


@lru_cache(maxsize=8)
def _lists_of(_home: str, own: str) -> WordLists:
    """Read once for each home folder: asking for the folder itself costs more than all its words."""
    return read_lists(user_data(), own)


def read_lists(user_folder: Path, own: str = "") -> WordLists:
    """The program's lists, those in `user_folder`/wording and the file `own`; of the county's what cannot be read is left out and told."""
    found: dict[str, list[Any]] = {}
    complaints: list[str] = []
    for path in (*_files(user_folder), *([Path(own)] if own else [])):
        try:
            _read(path, found)
        except UNUSABLE as problem:
            if path.is_relative_to(templates()):
                raise
            log.warning("word list %s left out: %s", path, problem)
            complaints.append(_complaint(path, problem))
    return WordLists(
        tuple(found.get("wrong", ())),
        tuple(found.get("phrase", ())),
        tuple(found.get("citation", ())),
        tuple(found.get("topic", ())),
        tuple(found.get("variants", ())),
        frozenset(found.get("doubled", ())),
        in_force(found.get("spelling", ())),
        alike(templates() / _FOLDER / "alike"),
        tuple(complaints),
    )


def _complaint(path: Path, problem: Exception) -> str:
    """What is wrong with a county's file, and what to do."""
    if isinstance(problem, FileNotFoundError):
        return f"找不到词表“{path.name}”，核对时没有使用，请在设置中重新选择"
    if isinstance(problem, OSError):
        return f"无法读取词表“{path.name}”，核对时没有使用，请检查文件权限"
    return f"词表“{path.name}”{what_is_wrong(problem)}，整份没有使用，请改正后再核对"


def _files(user_folder: Path) -> Iterator[Path]:
    for folder in (templates() / _FOLDER, user_folder / _FOLDER):
        if is_folder(folder):
            yield from sorted(folder.glob("*.toml"))
            yield from sorted(one for one in folder.glob("*.*") if one.suffix in _TABLES)


def _read(path: Path, found: dict[str, list[Any]]) -> None:
    """All entries of a file, or none of them."""
    is_ours = path.is_relative_to(templates())
    if path.suffix.lower() in _TABLES:
        found.setdefault("spelling", []).extend(read_table(decoded(own_files.read(path)), is_neat=is_ours))
        return
    # the program's own are tried by the tests, and made when they are needed
    made = lazily if is_ours else _tried
    data = own_files.read_toml(path)
    new: dict[str, list[Any]] = {
        "wrong": [_wrong(one) for one in _entries(data)],
        "phrase": [
            SetPhrase(made(one["find"]), tuple(one["accepted"]), one["message"])
            for one in data.get("phrase", ())
        ],
        "citation": [
            Citation(made(one["title"]), one["name"], tuple(one["numbers"]))
            for one in data.get("citation", ())
        ],
        "topic": [
            Topic(one["name"], made(one["problem"], needs=one.get("needs", "")), made(one["answer"]))
            for one in data.get("topic", ())
        ],
        "variants": [tuple(one) for one in data.get("variants", ())],
        "doubled": list(data.get("doubled", ())),
    }
    if made is _tried:
        for one in new["wrong"]:
            _ = one.pattern
    for kind, entries in new.items():
        found.setdefault(kind, []).extend(entries)


def _tried(pattern: str, needs: str = "") -> re.Pattern[str]:
    compiled = re.compile(cheaply_spelt(pattern))
    return lazily(pattern, needs=needs) if needs else compiled


def _entries(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """[[wrong]] tables, and the short form [confusables]: 宜传 = "宣传"."""
    for wrong, right in data.get("confusables", {}).items():
        yield {
            "rule": "D-09",
            "find": wrong,
            "message": f"“{wrong}”应为“{right}”",
            "words": True,
            "instead": right,
        }
    for wrong, right in data.get("grave_confusables", {}).items():
        message = f"“{wrong}”应为“{right}”"
        entry = {"rule": "D-09", "find": wrong, "message": message, "words": True}
        yield entry | {"severity": "error", "instead": right}
    yield from data.get("wrong", ())


def _wrong(one: dict[str, Any]) -> Wrong:
    known = {"first_year", "unless", "unless_before", "unless_name", "unless_text", "quoted", "instead"}
    return Wrong(
        one["rule"],
        one["find"],
        one["message"],
        Severity(one.get("severity", "warning")),
        is_pattern=not one.get("words", False),
        is_safe=one.get("safe", True),
        kinds=tuple(AgencyKind(kind) for kind in one.get("kinds", ())),
        needs=_words(one.get("needs", ())),
        beside=_words(one.get("beside", ())),
        **{name: one[name] for name in known & one.keys()},
    )


def _words(told: str | list[str]) -> tuple[str, ...]:
    """甲|乙, or a list: a string is read in a tenth of the time."""
    return tuple(told.split("|") if isinstance(told, str) else told)
