"""Patterns that are compiled when they are first used: most of the time of a program's first check was compiling them all."""

import re
from typing import cast

_SEARCHES = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class Later:
    """A pattern not compiled yet. Its first use puts the methods of the compiled one in its place, so that the rest costs nothing."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> object:
        """Asked for what is not there yet: the first use."""
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update((one, getattr(compiled, one)) for one in _SEARCHES)
        return getattr(compiled, name)


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """For a constant of a module: what re.compile gives, at its first use."""
    return cast("re.Pattern[str]", Later(pattern, flags))
