"""What lies on the clipboard as rows of cells, and cells as other programs take them: tab-separated text and a table."""

import atexit
import html
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ui.tables.pasting import Rows, split_block

CELLS = "application/x-nianbao-cells"  # the text is the cells alone, whatever the markup says
_MOST = 2_000_000  # characters of markup: a page of the form has a tenth of it
_HUGE = 200_000  # places of a grid


def rows_of(mime: QMimeData) -> Rows:
    """The block: a table with merged cells from its markup (Word tells them nowhere else), anything else from its text."""
    text = mime.text()
    if mime.hasFormat(CELLS):  # copied here: what lies beside the text for other programs has labels too
        return split_block(text)
    markup = mime.html() if mime.hasHtml() else ""
    if "<table" in markup.lower() and len(markup) <= _MOST and (_has_spans(markup) or "\t" not in text):
        rows = rows_of_markup(markup)
        if rows:
            return rows
    return split_block(text) if text else []


def _has_spans(markup: str) -> bool:
    lower = markup.lower()
    return "rowspan" in lower or "colspan" in lower


def rows_of_markup(markup: str) -> Rows:
    """All tables of a page one below the other; a merged cell stands in its first place, the others are blank."""
    from app.documents.blocks import TableBlock
    from app.errors import UserError
    from app.importing.readers.html_reader import read_html

    try:
        blocks = read_html(markup).blocks
    except UserError:
        return []
    rows: Rows = []
    for block in blocks:
        if isinstance(block, TableBlock) and block.rows * block.columns <= _HUGE:
            grid = [[""] * block.columns for _ in range(block.rows)]
            for cell in block.cells:
                grid[cell.row][cell.column] = " ".join(cell.text.split())
            rows += grid
    return rows


_put: list[str] = []  # the text of what was last laid there


def put(made: QMimeData) -> None:
    """Lay something on the clipboard."""
    _put[:] = [made.text()]
    QGuiApplication.clipboard().setMimeData(made)


@atexit.register
def _leave_plain_text() -> None:
    """What Python made must not lie there when Python ends before Qt (it crashes): the text of it stays."""
    if _put and QGuiApplication.instance() is not None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == _put[0]:  # still ours
            clipboard.setText(_put[0])


def mime_of(rows: Sequence[Sequence[str]]) -> QMimeData:
    """Cells for a spreadsheet (text) and for a text program (a table)."""
    made = QMimeData()
    made.setText("\r\n".join("\t".join(row) for row in rows))
    lines = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    made.setHtml(f'<html><body><table border="1">{body}</table></body></html>')
    return made
