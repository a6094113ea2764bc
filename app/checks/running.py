"""Running the rules over a report, at once or step by step, and the order of what they find."""

from collections.abc import Generator, Mapping
from dataclasses import replace

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.harmless import harmless
from app.checks.packs import pack
from app.checks.rule import GRAVEST_FIRST, rules
from app.form.model import Severity

_ORDER: Mapping[Severity, int] = {severity: place for place, severity in enumerate(GRAVEST_FIRST)}

# What a report has its parts, headings and tables by: no report of before the first form can be judged so.
_OF_THE_FORM = frozenset(
    ("S-01", "S-02", "S-03", "S-04", "S-11", "S-12", "S-13", "S-15", "S-16", "S-18", "S-21")
)

Checking = Generator[None, None, tuple[Finding, ...]]


class TextFindings:
    """What the text rules found last. An open document keeps it: typing numbers does not read the texts again."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()
        self._found: list[Finding] = []

    def of(self, context: CheckContext) -> list[Finding] | None:
        """What was found, while nothing but numbers changed."""
        return self._found if self._seen == _texts(context) else None

    def keep(self, context: CheckContext, found: list[Finding]) -> None:
        self._seen, self._found = _texts(context), found


def _texts(context: CheckContext) -> tuple[object, ...]:
    """All that a text rule may look at."""
    report = replace(context.report, values={})
    return report, context.form.id, context.prior, context.outline, context.settings


def check(context: CheckContext) -> tuple[Finding, ...]:
    """Run every rule: findings in the order of the form's sections, errors first within a section."""
    return finished(checking(context))


def checking(context: CheckContext, known: TextFindings | None = None) -> Checking:
    """The same rule by rule: whoever must not wait goes on with it when there is time."""
    chosen = pack(context.settings.pack)
    if chosen.limits:
        context = replace(context, settings=chosen.limited(context.settings))
    of_texts = known.of(context) if known else None
    if of_texts is None:
        of_texts = yield from _run(context, reads_cells=False)
        if known:
            known.keep(context, of_texts)
    found = yield from _run(context, reads_cells=True)
    found = [*found, *of_texts]
    return in_order(harmless(chosen.judged(_without_form(found, context)), found, context), context)


def _without_form(found: list[Finding], context: CheckContext) -> list[Finding]:
    """An old report of a year before the first form keeps its own parts; S-19 says that they are not judged."""
    if not context.is_older_than_forms:
        return found
    return [one for one in found if one.rule not in _OF_THE_FORM]


def in_order(found: list[Finding], context: CheckContext) -> tuple[Finding, ...]:
    """By section as printed, then by grade, then as found."""
    places = {section.key: index for index, section in enumerate(context.form.sections, 2)}
    places |= {"title": 0, "introduction": 1, "signature": len(places) + 2}
    return tuple(sorted(found, key=lambda one: (places.get(one.section, 0), _ORDER[one.severity])))


def finished(steps: Checking) -> tuple[Finding, ...]:
    """Run what is left of it."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: tuple[Finding, ...] = end.value
            return found


def _run(context: CheckContext, reads_cells: bool) -> Generator[None, None, list[Finding]]:
    found: list[Finding] = []
    for one in rules():
        if one.reads_cells is reads_cells:
            found += one.run(context)
            yield
    return found
