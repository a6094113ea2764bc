"""Jinja2 for a township's own templates: no file, no import, no private name, and no more work than a paragraph is worth.

What a template may do is bounded where it is done: turns of loops and calls are counted, and a text that grows is measured
before it is made. A refusal is a TemplateError, which whoever renders tells in words.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

LONGEST = 20_000  # characters that a template may make, at once or in all
MOST_STEPS = 5_000  # turns of all loops, and calls
_LARGEST = 10**30  # of a number
# Of Jinja2's filters those that make nothing long out of something short.
_FILTERS = (
    *(
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "first",
        "float",
        "int",
        "last",
        "length",
        "list",
        "lower",
    ),
    *(
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "round",
        "select",
        "selectattr",
        "sort",
        "string",
    ),
    *("sum", "title", "trim", "truncate", "unique", "upper"),
)
_OF_TEXTS = frozenset(
    [
        *(
            "count",
            "endswith",
            "find",
            "isdigit",
            "lower",
            "lstrip",
            "removeprefix",
            "removesuffix",
            "rstrip",
        ),
        *("split", "startswith", "strip", "upper"),
    ]
)


class TooMuch(TemplateError):  # noqa: N818 - said in words
    """A template that would work without end, or make a text without end."""


class BoundedEnvironment(SandboxedEnvironment):
    """What is not defined is an error, never nothing."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, trims_blocks: bool = True) -> None:
        super().__init__(
            undefined=StrictUndefined, trim_blocks=trims_blocks, lstrip_blocks=trims_blocks, autoescape=False
        )
        self.globals.clear()  # range, lipsum …: a paragraph needs none
        filters: dict[str, Callable[..., Any]] = {name: self.filters[name] for name in _FILTERS}
        self.filters = filters | {"join": self._join, "replace": self._replace}
        self.code_generator_class = _Generator
        self._done = threading.local()

    def begin(self) -> None:
        """A template begins: its steps are counted anew."""
        self._done.steps = 0

    def step(self) -> None:
        self._done.steps = getattr(self._done, "steps", 0) + 1
        if self._done.steps > MOST_STEPS:
            raise TooMuch("too many steps")

    # -- called by the compiled template -------------------------------------------------------------------------------

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self.step()
            yield value

    def joined(self, parts: Iterable[Any]) -> str:
        """a ~ b, and what a block or a macro made."""
        found, length = [], 0
        for part in parts:
            text = str(part)
            length += len(text)
            if length > LONGEST:
                raise TooMuch("too long")
            found.append(text)
        return "".join(found)

    concat = joined

    def call(self, context: Context, called: Any, *args: Any, **more: Any) -> Any:
        self.step()
        return super().call(context, called, *args, **more)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        self.step()
        if operator == "%" and not isinstance(left, int):
            raise TooMuch("no formatting")
        if operator == "**" and not (abs(left) <= 1000 and 0 <= right <= 10):
            raise TooMuch("too large")
        if operator == "*" and _size(left) * _number(right) + _size(right) * _number(left) > LONGEST:
            raise TooMuch("too long")
        if operator == "+" and _size(left) + _size(right) > LONGEST:
            raise TooMuch("too long")
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, int) and abs(made) > _LARGEST:
            raise TooMuch("too large")
        return made

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str | bytes | list | tuple | dict | int | float) and callable(value):
            return isinstance(obj, str) and attr in _OF_TEXTS
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """'{:9}'.format(…) is a text as long as it says."""
        if super().wrap_str_format(value) is not None:
            raise TooMuch("no formatting")
        return None

    # -- filters that are measured -------------------------------------------------------------------------------------

    def _join(self, values: Iterable[Any], between: str = "") -> str:
        parts: list[Any] = []
        for value in values:
            parts += [between, value] if parts else [value]
            if len(parts) > LONGEST:
                raise TooMuch("too long")
        return self.joined(parts)

    def _replace(self, text: str, old: str, new: str, most: int = -1) -> str:
        text, old, new = str(text), str(old), str(new)
        if len(text) + (text.count(old) * len(new)) > LONGEST:
            raise TooMuch("too long")
        return text.replace(old, new, most)


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | bytes | list | tuple) else 0


def _number(value: Any) -> int:
    return abs(value) if isinstance(value, int) else 0


class _Generator(CodeGenerator):
    """Jinja2's own, but for loops that are counted and texts put together that are measured."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja2 calls it so
        if node.recursive:
            raise TooMuch("no recursive loops")
        counted = nodes.EnvironmentAttribute("counted")
        node.iter = nodes.Call(counted, [node.iter], [], None, None).set_lineno(node.lineno)
        counted.set_environment(self.environment)
        node.iter.set_environment(self.environment)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined((")
        for one in node.nodes:
            self.visit(one, frame)
            self.write(", ")
        self.write("))")
