"""Patterns that are compiled when they are first used: most of the time of a program's first check was compiling them all."""

import re
from collections.abc import Callable, Iterator
from typing import cast

_SEARCHES = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
_SIGNS = frozenset(r"\.^$*+?{}[]()&")  # what means something else than itself in a pattern, or in `needs`
_BEFORE = 32  # characters before a piece that a pattern may look back at
_LONG = 3_000  # characters: few sections of a report have more
# a letter of no alphabet of ASCII: Chinese, as far as texts of reports go
_HAN, _CHEAP = "一-龥", r"[^\W\da-zA-Z_]"
# [一-龥] and [一-龥》”]; not [^一-龥]
_CLASS = re.compile(r"(?<!\\)\[(?!\^)((?:[^\[\]\\]|\\.)*?)一-龥((?:[^\[\]\\]|\\.)*?)\]")


def cheaply_spelt(pattern: str) -> str:
    """The pattern with every [一-龥] as a class of letters: a range of 20,000 characters takes forty times as long to compile."""
    return _CLASS.sub(_class_of_letters, pattern) if _HAN in pattern else pattern


def _class_of_letters(found: re.Match[str]) -> str:
    others = found[1] + found[2]
    return f"(?:{_CHEAP}|[{others}])" if others else _CHEAP


class Later:
    """A pattern not compiled yet. Its first use puts the methods of the compiled one in its place, so that the rest costs nothing."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> object:
        """Asked for what is not there yet: the first use."""
        compiled = re.compile(cheaply_spelt(self.pattern), self._flags)
        vars(self).update((one, getattr(compiled, one)) for one in _SEARCHES)
        return getattr(compiled, name)


class Needing:
    """A pattern that is tried only in a text that has the words without which it finds nothing: most texts never compile it."""

    def __init__(self, pattern: str, flags: int, needs: tuple[tuple[str, ...], ...]) -> None:
        self.pattern, self.needs = pattern, needs
        self._first, *self._more = needs
        self._later = cast("re.Pattern[str]", Later(pattern, flags))

    def may_be_in(self, text: str, *span: int) -> bool:
        """Whether one word of each group is there: in the piece, or a little before it, that is looked through."""
        has = text.__contains__
        if len(span) > 1:  # looked for in the whole of it at each sentence, a text of a thousand took seconds
            has = text[max(span[0] - _BEFORE, 0) : span[1]].__contains__
        return any(map(has, self._first)) and (
            not self._more or all(any(map(has, words)) for words in self._more)
        )

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return self._later.search(text, *span) if self.may_be_in(text, *span) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        # at one place of a long text the pattern itself looks at less than a look for its words would
        is_worth_trying = (len(span) == 1 and len(text) > _LONG) or self.may_be_in(text, *span)
        return self._later.match(text, *span) if is_worth_trying else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        return self._later.fullmatch(text, *span) if self.may_be_in(text, *span) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return self._later.finditer(text, *span) if self.may_be_in(text, *span) else iter(())

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self._later.sub(new, text) if self.may_be_in(text) else text

    def __getattr__(self, name: str) -> object:
        """What is asked of it more rarely (findall, groups): without a look for its words."""
        return getattr(self._later, name)


class Words:
    """Plain words of which one is in a text or not: for that no pattern is made."""

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = tuple(words.split("|"))

    def stand_in(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether one of them stands in a text, or in a piece of it."""
        return any(map((text if not start and end is None else text[start:end]).__contains__, self.words))


def lazily(pattern: str, flags: int = 0, needs: str = "") -> re.Pattern[str]:
    """For a constant of a module: what re.compile gives, at its first use.

    `needs`: words divided by |, one of which is in every text in which it finds something; & begins further words, of which
    one is there too: "条|件&超过|不足". A pattern of nothing but words, 增长|下降, needs one of them.
    """
    if not needs and not flags and _SIGNS.isdisjoint(pattern):
        needs = pattern
    if needs:
        groups = tuple(tuple(group.split("|")) for group in needs.split("&"))
        return cast("re.Pattern[str]", Needing(pattern, flags, groups))
    return cast("re.Pattern[str]", Later(pattern, flags))
