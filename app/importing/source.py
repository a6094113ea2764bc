"""What a reader hands over: blocks in document order, and where each of them stood in the file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, product

from app.documents.blocks import Block, Cell, TableBlock
from app.errors import UserError

Order = Callable[[], tuple[Block, ...]]  # reads when it is called
MAX_AREA = 200_000  # places of one table's grid: the largest official table has 280


@dataclass(frozen=True, slots=True)
class Comment:
    """批注: what somebody wrote beside the text."""

    author: str
    text: str
    quote: str = ""  # the words that it marks
    paragraph: str = ""  # all of the paragraph where it begins
    place: tuple[int, int, int] | None = None  # (block, row, column) where that is a cell of a table
    on: str = ""  # the day: 2026-01-09


@dataclass(frozen=True, slots=True)
class Revision:
    """修订: who changed a cell or a paragraph, and when, as the file says it."""

    author: str
    on: str  # the day: 2026-01-09, or ""
    place: tuple[int, int, int] | None = None  # (block, row, column) where it is a cell of a table
    before: str = ""  # the paragraph as it was
    after: str = ""  # and as it reads when all is accepted


@dataclass(frozen=True)
class Source:
    """A file as read. `places` names (block, row, column) of table cells where the reader knows better than the grid does."""

    blocks: tuple[Block, ...]
    type: str  # txt, docx, html …
    places: Mapping[tuple[int, int, int], str] = field(default_factory=dict)
    title: str = ""  # a title that stands outside the text: <title> of a web page
    notes: tuple[str, ...] = ()  # what the reader left out, for people
    others: tuple[Order, ...] = ()  # the same pages in another order: a drawn page does not say its order
    before: Mapping[tuple[int, int, int], str] = field(
        default_factory=dict
    )  # cells under a pending revision → old text
    comments: tuple[Comment, ...] = ()
    revisions: tuple[Revision, ...] = ()
    doubt: str = ""  # why every number of this source is doubtful: it was recognised in a picture


def table_of(rows: Sequence[Sequence[tuple[str, int, int]]], place: str = "") -> TableBlock:
    """Rows of (text, row span, column span) as HTML writes them → anchored cells on one grid."""
    if sum(down * across for row in rows for _, down, across in row) > MAX_AREA:
        raise UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")
    taken: set[tuple[int, int]] = set()  # (line, column) of every place that a cell covers
    cells: list[Cell] = []
    for line, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            column = next(at for at in count(column) if (line, at) not in taken)
            down = max(1, min(down, len(rows) - line))
            across = _free(taken, line, column, across)
            taken.update(product(range(line, line + down), range(column, column + across)))
            cells.append(Cell(line, column, text, down, across))
            column += across
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    return TableBlock(tuple(cells), len(rows), width, place=place)


def _free(taken: set[tuple[int, int]], line: int, column: int, across: int) -> int:
    """How many columns of those it wants a cell gets: one that reaches down from above is not covered twice."""
    return max(1, next((i for i in range(1, across) if (line, column + i) in taken), across))
