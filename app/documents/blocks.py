"""What stands between files and meaning: paragraphs, tables and pictures in document order.

Readers turn a file into blocks, `matching` turns blocks into a report, `compose` turns a report into blocks, writers render them.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from app.form.model import CellRef


class Style(StrEnum):
    """The paragraph styles of the report (GB/T 9704); a writer knows how each one looks, nobody else does."""

    TITLE = "title"  # 标题: 2号小标宋, centred
    SUBTITLE = "subtitle"  # unit and date under the title (落款 custom of 沭阳县)
    BODY = "body"  # 正文: 3号仿宋, first line indented by two characters
    HEADING1 = "heading1"  # 一、 黑体
    HEADING2 = "heading2"  # （一） 楷体
    HEADING3 = "heading3"  # 1. 仿宋
    CAPTION = "caption"  # under a picture
    NOTE = "note"  # 附注
    SIGNATURE = "signature"  # 落款单位
    DATE = "date"  # 成文日期
    ATTACHMENT = "attachment"  # 附件1: 黑体, at the left edge of a new page
    BLANK = "blank"  # an empty line on the grid


class Mark(StrEnum):
    """花脸稿: in which of two versions something stands that a document shows."""

    BOTH = ""
    OLD = "-"  # struck out
    NEW = "+"  # put in


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one paragraph in one style: run-in headings are `Style.HEADING2` inside a body paragraph."""

    text: str
    style: Style | None = None  # None: that of the paragraph
    mark: Mark = Mark.BOTH


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `style` is None when a reader cannot tell; `place` names the source line or page for people.

    `numbering` is a list number a word processor shows but does not hold as text (kept apart from `text`).
    """

    text: str
    style: Style | None = None
    place: str = ""
    runs: tuple[Run, ...] = ()  # empty: one run of the paragraph's own style
    section: str = (
        ""  # composed: the form section (or "introduction", "title", "signature") that it belongs to
    )
    index: int = -1  # composed: which paragraph of that section's narrative it is
    mark: Mark = Mark.BOTH  # of the paragraph as a whole, its end included
    hang: int = (
        0  # characters it begins with, such as 附件：1. : its other lines begin under what follows them
    )


class CellRole(StrEnum):
    """What a table cell is for; a writer may centre, shade or leave it by this."""

    CORNER = "corner"  # the 勾稽 note, or 信息内容
    BAND = "band"  # 第二十条第（一）项
    COLUMN = "column"  # a column heading
    ROW = "row"  # a row heading
    VALUE = "value"  # a number


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell at (row, column) of the grid, covering `row_span` × `column_span` places."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    role: CellRole = CellRole.VALUE
    ref: CellRef | None = None  # which value of the report it shows (composed tables)
    picture: bool = False  # a reader found a picture in it
    upright: bool = False  # characters set one below the other in a narrow column: 三、本年度办理结果
    runs: tuple[Run, ...] = ()  # of a 花脸稿: `text` by its marks; empty: it stands in both


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as a list of anchored cells; covered places hold no cell.

    `widths` are relative (composed: millimetres of the 156 mm type area). The first `header_rows` rows repeat on each new page.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    header_rows: int = 0
    widths: tuple[float, ...] = ()
    section: str = ""
    place: str = ""
    keep_whole: bool = False  # never broken over two pages (表四)
    keep_next: bool = False  # its end stands on one page with what follows
    lines: tuple[int, ...] = ()  # the least lines of text that each row has room for: to write by hand
    mark: Mark = Mark.BOTH  # of all its rows


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture; `data` is empty when a reader only knows that there was one (`name` is what the file called it)."""

    name: str = ""
    data: bytes = field(default=b"", repr=False)
    caption: str = ""
    section: str = ""
    place: str = ""
    mark: Mark = Mark.BOTH

    @property
    def said(self) -> str:
        """For who cannot see it: its caption, else what its file is called."""
        called = self.name.rpartition(".")[0] or self.name
        return self.caption.strip() or (f"图片：{called}" if called else "图片")


@dataclass(frozen=True, slots=True)
class ChartBlock(PictureBlock):
    """A picture still to be drawn: a column for each label and series, None is a blank. Read from Word and from files of ours."""

    labels: tuple[str, ...] = ()
    series: tuple[tuple[str, tuple[int | None, ...]], ...] = ()


Block = Paragraph | TableBlock | PictureBlock
