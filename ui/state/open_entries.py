"""What stands typed on a page and is not yet the report's: taken over before anything is saved, closed or left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.form.model import CellRef


@dataclass(frozen=True, slots=True)
class Unread:
    """A typed text that could not be read: where it stands and why, as one sentence, and the way there."""

    words: str  # 表三“本年新收政府信息公开申请数量·自然人”里的“5x”看不懂
    page: str  # key of the page on which it stands
    show: Callable[[], object]  # gives it the keyboard, once its page is shown
    cell: CellRef | None = None  # where it stands in a table of the form
    reason: str = ""  # “3.256”不是整数


class Entry(Protocol):
    """A widget in which something may stand that the report does not hold yet."""

    def take_over(self) -> None:
        """Make it the report's; what cannot be read stays where it is."""

    @property
    def is_open(self) -> bool:
        """Whether something stands there that the report does not hold."""

    def unread(self) -> list[Unread]:
        """What stands there and cannot be read."""
