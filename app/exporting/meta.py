"""What every writer is told beside the blocks."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reviser:
    """Who made the revisions of a 花脸稿, and when: a name that the clerk chose, else the agency's."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Meta:
    """Document properties. `agency` is the author: never a person's name. A draft is marked 草稿 on its pages.

    `mark` stands there instead (送审稿). `identity` goes into the document's properties as a keyword: the fingerprint of what
    is 定稿.
    """

    title: str
    agency: str
    year: int
    draft: bool = False
    mark: str = ""
    identity: str = ""
    reviser: Reviser | None = None  # of what is marked as old or new

    @property
    def watermark(self) -> str:
        """What every page says across."""
        return self.mark or ("草稿" if self.draft else "")
