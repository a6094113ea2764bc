"""Reads parsed TOML with refusal: an unknown key or a wrong type is a FormError that names file and line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn


class FormError(Exception):
    """The declaration is wrong; the message names file and line. A mistake of ours or of who added an edition."""


def parsed(name: str, text: str) -> dict[str, Any]:
    """The TOML text of the file of this name; FormError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{name}: {error}") from error


class StrictReader:
    """What a declaration is read with; every refusal goes through `fail`, which finds the line."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.splitlines()
        self.headers: list[str] = []  # the [[array]] headers that lead to what is being read
        self.counts: list[int] = []

    def each(self, header: str, items: list[dict[str, Any]], read: Any) -> Iterable[Any]:
        """Read the items of one [[array]], remembering where in the file we are."""
        for index, item in enumerate(items):
            self.headers.append(header)
            self.counts.append(index)
            yield read(item)
            self.headers.pop()
            self.counts.pop()

    def known(self, data: Mapping[str, Any], *names: str) -> None:
        if not isinstance(data, dict):
            self.fail(f"expected a table of keys, found {data!r}", str(data))
        for name in data:
            if name not in names:
                self.fail(f"unknown key {name}", name)

    def key(self, data: dict[str, Any], name: str = "key") -> str:
        key = self.text(data, name)
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            self.fail(f"a key is made of a–z, 0–9 and _, not {key!r}", key)
        return key

    def text(self, data: dict[str, Any], name: str, default: str | None = None) -> str:
        if name not in data:
            if default is None:
                self.fail(f"{name} is missing", str(next(iter(data.values()), name)))
            return default
        if not isinstance(data[name], str):
            self.fail(f"{name} must be text", name)
        return str(data[name])

    def integer(self, data: dict[str, Any], name: str) -> int:
        if type(data.get(name)) is not int:
            self.fail(f"{name} must be a whole number", name)
        return int(data[name])

    def flag(self, data: dict[str, Any], name: str) -> bool:
        if not isinstance(data.get(name, False), bool):
            self.fail(f"{name} must be true or false", name)
        return bool(data.get(name, False))

    def texts(self, data: dict[str, Any], name: str) -> tuple[str, ...]:
        values = data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.fail(f"{name} must be a list of texts", name)
        return tuple(values)

    def some(self, data: dict[str, Any], name: str) -> list[Any]:
        values = data.get(name)
        if not isinstance(values, list) or not values:
            self.fail(f"{name} must be a list that is not empty", name)
        return values

    def fail(self, why: str, token: str) -> NoReturn:
        raise FormError(f"{self.name}, line {self.line_of(token)}: {why}")

    def line_of(self, token: str) -> int:
        """The line of `token` inside the [[array]] item that is being read (1 when it is nowhere)."""
        start = 0
        for header, count in zip(self.headers, self.counts, strict=True):
            seen = -1
            for number in range(start, len(self.lines)):
                if self.lines[number].strip() == f"[[{header}]]":
                    seen += 1
                    if seen == count:
                        start = number
                        break
        word = re.compile(rf"(?<![\w]){re.escape(token)}(?![\w])")
        for number in range(start, len(self.lines)):
            if word.search(self.lines[number]):
                return number + 1
        return start + 1
