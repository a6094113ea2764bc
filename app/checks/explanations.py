"""出错说明: a finding that stands knowingly, with the clerk's written reason; which findings are settled by that."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.checks import Finding
from app.errors import UserError
from app.paths import templates
from app.report.model import Explanation, Report

SHORTEST, LONGEST = 5, 500  # characters of a reason
UNEXPLAINABLE = frozenset(["S-23"])  # a picture that nobody can see goes out with no reason whatever
_FOLDER, _FILE = "wording", "reasons.toml"


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding that is there and explained."""

    finding: Finding
    explanation: Explanation


class Settled(NamedTuple):
    """All findings of a report: what still wants something, and what was explained."""

    open: tuple[Finding, ...]
    explained: tuple[Explained, ...]


def identity(finding: Finding) -> tuple[object, ...]:
    """What stays the same as long as the finding is the same: rule, section, cells, quotation and figures.

    Not where in the text it stands, which moves with every word before it. Two findings alike in all of this (the same
    words twice in one section) are one matter, with one reason.
    """
    return finding.rule, finding.section, finding.cells, finding.quote, _figures(finding)


def _figures(finding: Finding) -> tuple[str, ...]:
    if finding.values:
        return tuple(f"{name}={value}" for name, value in finding.values)
    return () if finding.quote else (finding.message,)


def _identity_of(one: Explanation) -> tuple[object, ...]:
    return one.rule, one.section, one.cells, one.quote, one.figures


def explanation(finding: Finding, reason: str, made_on: date) -> Explanation:
    """The explanation of a finding. UserError when the reason is none, or no reason helps."""
    if finding.rule in UNEXPLAINABLE:
        raise UserError("打不开的图片不能用说明代替", "请删去这张图片，或换一张能打开的")
    return Explanation(
        finding.rule,
        finding.section,
        finding.cells,
        finding.quote,
        _figures(finding),
        written(reason),
        made_on,
    )


def written(reason: str) -> str:
    """A reason on one line. UserError when it says nothing, or is a treatise."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if is_too_short(plain):
        raise UserError("说明太短，看不出原因", f"请用至少{SHORTEST}个字写明为什么不改")
    if len(plain) > LONGEST:
        raise UserError(f"说明有{len(plain)}个字，太长了", f"请写在{LONGEST}个字以内")
    return plain


def is_too_short(reason: str) -> bool:
    """Whether a text is no reason: a few different letters are the least."""
    letters = [c for c in reason if c.isalnum()]
    return len(letters) < SHORTEST or len(set(letters)) < SHORTEST - 1


def explained(report: Report, finding: Finding, reason: str, made_on: date) -> tuple[Explanation, ...]:
    """The report's explanations with this one; an earlier one of the same finding gives way to it."""
    made = explanation(finding, reason, made_on)
    others = [one for one in report.explanations if _identity_of(one) != _identity_of(made)]
    return (*others, made)


def without(report: Report, finding: Finding) -> tuple[Explanation, ...]:
    """The report's explanations without that of this finding."""
    gone = identity(finding)
    return tuple(one for one in report.explanations if _identity_of(one) != gone)


def settle(findings: Iterable[Finding], explanations: Iterable[Explanation]) -> Settled:
    """Divide findings by whether they are explained; both in the order given."""
    reasons = {_identity_of(one): one for one in explanations}
    if not reasons:
        return Settled(tuple(findings), ())
    left, settled = [], []
    for finding in findings:
        reason = reasons.get(identity(finding))
        if reason is None or finding.rule in UNEXPLAINABLE:
            left.append(finding)
        else:
            settled.append(Explained(finding, reason))
    return Settled(tuple(left), tuple(settled))


def without_stale(report: Report, findings: Iterable[Finding]) -> Report:
    """The report without explanations of findings that are gone: an explanation disappears with its finding."""
    there = {identity(one) for one in findings}
    kept = tuple(one for one in report.explanations if _identity_of(one) in there)
    return report if len(kept) == len(report.explanations) else replace(report, explanations=kept)


def common_reasons(rule: str) -> tuple[str, ...]:
    """Reasons that are often given for this rule, to begin with; then those that fit any."""
    known = _reasons()
    own = [text for rules, text in known if rule in rules]
    return (*own, *(text for rules, text in known if not rules))


@lru_cache(maxsize=1)
def _reasons() -> tuple[tuple[tuple[str, ...], str], ...]:
    """(rules, text) as declared in templates/wording/reasons.toml."""
    data = tomllib.loads((templates() / _FOLDER / _FILE).read_text(encoding="utf-8"))
    return tuple((tuple(one.get("rules", ())), str(one["text"])) for one in data["reason"])
