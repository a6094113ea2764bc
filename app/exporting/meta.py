"""What every writer is told beside the blocks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meta:
    """Document properties. `agency` is the author: never a person's name. A draft is marked 草稿 on its pages."""

    title: str
    agency: str
    year: int
    draft: bool = False
