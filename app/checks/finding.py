"""What a check says: one contradiction with its place, and the change that would settle it."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.form.model import CellRef, Severity, Value


@dataclass(frozen=True, slots=True)
class TextEdit:
    """[start, end) of a narrative, where `old` stands now, becomes `new`."""

    section: str
    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that would settle a finding, offered as one click and undoable; `text` is on the button's tooltip.

    `is_safe`: right whatever the clerk meant (a mark, a misprint, a sum of filled parts), so that 全部修复 makes it too.
    """

    text: str  # 按各项之和改为 5
    values: tuple[tuple[CellRef, Value | None], ...] = ()
    edits: tuple[TextEdit, ...] = ()
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction, named. `quote` is the exact source text at [start, end) of the section's narrative, if any."""

    rule: str  # T3-05, as in docs/checks.md
    severity: Severity
    message: str
    section: str = ""  # key of the form section, "introduction", "title" or "signature"
    cells: tuple[CellRef, ...] = ()
    quote: str = ""
    start: int = -1
    end: int = -1
    values: tuple[tuple[str, str], ...] = ()  # the figures with which the rule failed: left, right …
    repair: Repair | None = None


def is_told(found: Iterable[Finding], section: str, span: tuple[int, int]) -> bool:
    """Whether one of the findings stands in these words: what is wrong for one reason is told once."""
    return any(one.section == section and one.start < span[1] and span[0] < one.end for one in found)
