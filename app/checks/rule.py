"""The register of rules: what each looks for stands at its function, and the functions are found by walking rules/.

    @text_rule("D-20", WARNING)
    def no_shouting(context: CheckContext) -> Iterator[Finding]:
        \"\"\"行文平实，不用感叹号。\"\"\"

A function that finds several things has a line for each of them, with its sentence: `@rule("X-06", INFO, says="…")`.
"""

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.form.model import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
GRAVEST_FIRST = (ERROR, WARNING, INFO)
_ROOM = "app.checks.rules"

RuleFunction = Callable[[CheckContext], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for: its id, how grave a finding can be, the official sentence behind it."""

    id: str
    grades: tuple[Severity, ...]
    sentence: str
    further: bool = False  # another function states the check; this one finds more of it
    told_as: str = ""  # the id under which it is told, where that is another


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered function with what it looks for; `of_form`: what the declared forms let it look for besides."""

    run: RuleFunction
    own: tuple[Check, ...]
    reads_cells: bool = True  # False: a change of numbers alone cannot change what it finds
    of_blanks: bool = False  # True: it names blank cells only, a filled one cannot offend it
    of_form: Callable[[], Iterable[Check]] | None = None

    @property
    def checks(self) -> tuple[Check, ...]:
        return self.own if self.of_form is None else (*self.own, *self.of_form())

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids under which it may report."""
        return tuple(dict.fromkeys(one.id for one in self.checks if not one.told_as))

    @property
    def place(self) -> str:
        """Where it is written, for people: app/checks/rules/t_blanks.py, no_cell_is_blank."""
        return f"{self.run.__module__.replace('.', '/')}.py, {self.run.__name__}"


_RULES: dict[RuleFunction, Rule] = {}

Declaration = Callable[[RuleFunction], RuleFunction]


def rule(
    check_id: str,
    *grades: Severity,
    says: str = "",
    further: bool = False,
    told_as: str = "",
    reads_cells: bool = True,
    of_blanks: bool = False,
) -> Declaration:
    """Register a function for a check; its docstring is the official sentence behind it unless `says` is."""

    def declare(function: RuleFunction) -> RuleFunction:
        sentence = says or (function.__doc__ or "").strip().split("\n")[0]
        check = Check(check_id, grades, sentence, further, told_as)
        _complain(check, function)
        known = _RULES.get(function, Rule(function, (), reads_cells))
        if known.reads_cells is not reads_cells:
            raise TypeError(f"{known.place}: write @rule or @text_rule above a function, not both")
        own = (check, *known.own)  # the lowest line of several comes first
        _RULES[function] = replace(known, own=own, of_blanks=known.of_blanks or of_blanks)
        return function

    return declare


def text_rule(
    check_id: str, *grades: Severity, says: str = "", further: bool = False, told_as: str = ""
) -> Declaration:
    """A rule that looks at no cell: typing numbers does not run it again."""
    return rule(check_id, *grades, says=says, further=further, told_as=told_as, reads_cells=False)


def rule_of_form(declared: Callable[[], Iterable[Check]]) -> Declaration:
    """Register a function for checks whose id, grade and sentence are declared in the forms."""

    def declare(function: RuleFunction) -> RuleFunction:
        _RULES[function] = Rule(function, (), of_form=declared)
        return function

    return declare


def _complain(check: Check, function: RuleFunction) -> None:
    """A check that lacks something, or takes another's id, says what to write where."""
    here = f"{function.__module__.replace('.', '/')}.py, {function.__name__}"
    if not check.grades:
        raise TypeError(
            f'{here}: {check.id} has no grade: write it behind the id: @rule("{check.id}", WARNING)'
        )
    if not check.sentence:
        raise TypeError(
            f"{here}: {check.id} has no sentence: write the official one as the function's docstring, in Chinese"
        )
    if check.further:
        return
    for one in _RULES.values():
        for other in one.own:
            if other.id == check.id and not other.further:
                raise TypeError(
                    f"{here}: {check.id} is stated in {one.place}: take a free number,"
                    " or write further=True where more is found of the same check"
                )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules: every file of rules/ in its order there, each from top to bottom, whichever was imported first."""
    package = import_module(_ROOM)
    found = [file.name for file in pkgutil.iter_modules(package.__path__, f"{_ROOM}.")]
    for name in found:
        import_module(name)
    order = [f"{_ROOM}.{name}" for name in package.ORDER]
    order += [name for name in found if name not in order]
    return tuple(sorted(_RULES.values(), key=lambda one: order.index(one.run.__module__)))
