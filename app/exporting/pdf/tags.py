"""The tags of an accessible PDF (PDF/UA-1, ISO 14289): which marks on the pages are which heading, paragraph, cell or figure."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from app.documents.blocks import Block, Cell, CellRole, ChartBlock, PictureBlock, TableBlock
from app.documents.chart_words import said_with_caption
from app.exporting.pdf.objects import add_entries, described, dictionary, plain, text_string
from app.typesetting.pages import Page, Part, Piece

END = "EMC"
WATERMARK = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
_LAYOUT = "/Artifact <</Type /Layout>> BDC"
_PAGINATION = "/Artifact <</Type /Pagination>> BDC"
_HEADINGS = {Part.TITLE: 1, Part.HEADING1: 2, Part.HEADING2: 3, Part.HEADING3: 4}  # as in the web page
_ABOVE = (CellRole.COLUMN, CellRole.BAND)


class Element(pdfdoc.PDFDictionary):  # type: ignore[misc]
    """A node of the structure tree; its kids are elements and marks on pages."""

    __RefOnly__ = 1  # reportlab's sign of an object that stands by itself

    def __init__(self, tag: str, parent: Any, **entries: Any) -> None:
        super().__init__({"Type": "/StructElem", "S": f"/{tag}", "P": parent, **entries})
        self.tag = tag
        self.kids: list[Any] = []
        self["K"] = pdfdoc.PDFArray(self.kids)
        self["K"].sequence = self.kids  # filled while the pages are drawn

    def add(self, tag: str, **entries: Any) -> "Element":
        kid = Element(tag, self, **entries)
        self.kids.append(kid)
        return kid


class _Root(pdfdoc.PDFDictionary):  # type: ignore[misc]
    __RefOnly__ = 1


class Tags:
    """Names the marks of one page after the other and hangs them on one tree; pieces come in reading order."""

    def __init__(self) -> None:
        self._root = _Root({"Type": "/StructTreeRoot"})
        self._document = Element("Document", self._root)
        self._parents: list[list[Element]] = []  # page by page, whose each mark is
        self._names: dict[str, Element] = {}
        self._block: Block | None = None  # what the last piece was a part of, and its element
        self._element = self._document
        self._cells: dict[tuple[int, int], Element] = {}  # of the last table, those still to come
        self._begun: dict[tuple[int, int], Element] = {}  # of the last table, those that have begun
        self._level = 0
        self._tables = 0
        self._fields: list[tuple[Any, Element]] = []

    def marks(self, page: Page) -> list[str]:
        """For each piece the operator that opens its marked content, "" where nothing is drawn; END closes it."""
        owners: list[Element] = []
        self._parents.append(owners)
        return [self._mark(piece, page, owners) for piece in page.pieces]

    def _mark(self, piece: Piece, page: Page, owners: list[Element]) -> str:
        if piece.part is Part.ARTIFACT:
            return _LAYOUT if piece.rules else _PAGINATION if piece.texts else ""
        element = self._element_of(piece, page)
        if not (piece.texts or piece.picture):
            return ""
        mark = len(owners)
        owners.append(element)
        element.kids.append(dictionary(Type="/MCR", Pg=_page(len(self._parents)), MCID=mark))
        shown = f" {described(_words_of(piece))}" if _is_chart(piece) else ""
        return f"/{element.tag} <</MCID {mark}{shown}>> BDC"

    def _element_of(self, piece: Piece, page: Page) -> Element:
        if piece.cell and isinstance(piece.block, TableBlock):
            place = piece.cell.row, piece.cell.column
            if piece.goes_on and place in self._begun:
                return self._begun[place]
            if piece.block is not self._block or place not in self._cells:  # a cell comes once in its table
                self._begin_table(piece.block)
            self._begun[place] = self._cells.pop(place)
            return self._begun[place]
        if piece.part is Part.PICTURE:
            self._element = self._document.add("Figure", **_figure(piece, page))
        elif piece.block is None or piece.block is not self._block:
            self._element = self._document.add(self._tag(piece.part))
        elif self._element.tag == "Figure":
            self._element = self._element.add("Caption")
        self._block = piece.block
        return self._element

    def _tag(self, part: Part) -> str:
        """H1 to H4, a level never more than one deeper than the one before; P."""
        if part not in _HEADINGS:
            return "P"
        self._level = min(_HEADINGS[part], self._level + 1)
        return f"H{self._level}"

    def _begin_table(self, table: TableBlock) -> None:
        """The whole table with all its rows; marks are hung on its cells as they are drawn."""
        self._block, self._element = table, self._document.add("Table")
        self._tables += 1
        self._begun = {}
        heads = headers(table)
        rows = [self._element.add("TR") for _ in range(table.rows)]
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            name = self._name(cell)
            attributes = _spans(cell)
            if cell.role is CellRole.VALUE:
                if names := [self._name(head) for head in heads[cell.row, cell.column]]:
                    attributes["Headers"] = pdfdoc.PDFArray([text_string(one) for one in names])
                made = rows[cell.row].add("TD", A=dictionary(O="/Table", **attributes))
            else:
                attributes["Scope"] = "/Row" if cell.role is CellRole.ROW else "/Column"
                made = rows[cell.row].add("TH", A=dictionary(O="/Table", **attributes), ID=text_string(name))
                self._names[name] = made
            self._cells[cell.row, cell.column] = made

    def _name(self, cell: Cell) -> str:
        return f"t{self._tables:03}r{cell.row:04}c{cell.column:02}"

    def add_field(self, field: Any) -> None:
        """The form field of the page drawn last: its element, and the way back to it."""
        element = self._document.add("Form", Alt=field.dict["TU"])
        element.kids.append(dictionary(Type="/OBJR", Pg=_page(len(self._parents)), Obj=field))
        self._fields.append((field, element))

    def add_to(self, document: Any) -> None:
        """Hang the tree, and the way from each mark back to it, on reportlab's document."""
        self._root["K"] = self._document
        by_page: list[Any] = []
        for number, (page, owners) in enumerate(zip(document.Pages.pages, self._parents, strict=True)):
            add_entries(page, StructParents=number, Tabs="/S")
            by_page += [number, pdfdoc.PDFArray(owners)]
        for number, (field, element) in enumerate(self._fields, len(self._parents)):
            field["StructParent"] = number
            by_page += [number, element]
        self._root["ParentTree"] = dictionary(Nums=pdfdoc.PDFArray(by_page))
        self._root["ParentTreeNextKey"] = len(self._parents) + len(self._fields)
        if self._names:
            names = [part for name in sorted(self._names) for part in (text_string(name), self._names[name])]
            self._root["IDTree"] = dictionary(Names=pdfdoc.PDFArray(names))
        add_entries(document.Catalog, StructTreeRoot=self._root, MarkInfo=dictionary(Marked="true"))


def chart_marks(page: Page) -> list[str]:
    """The marks of a page without tags: only of charts, which are read back by them, and of their captions."""
    return [_chart_mark(piece) for piece in page.pieces]


def _chart_mark(piece: Piece) -> str:
    if _is_chart(piece):
        return f"/Figure <<{described(_words_of(piece))}>> BDC"
    return "/Caption BMC" if isinstance(piece.block, ChartBlock) else ""


def _is_chart(piece: Piece) -> bool:
    return piece.part is Part.PICTURE and isinstance(piece.block, ChartBlock)


def _page(number: int) -> Any:
    return pdfdoc.PDFObjectReference(f"Page{number}")  # reportlab's name of it


def _spans(cell: Cell) -> dict[str, Any]:
    spans = {"RowSpan": cell.row_span, "ColSpan": cell.column_span}
    return {name: count for name, count in spans.items() if count > 1}


def _figure(piece: Piece, page: Page) -> dict[str, Any]:
    """What is said of a picture, of a chart with its numbers; where it stands."""
    bottom = page.height - piece.top - piece.height
    box = [round(side, 2) for side in (piece.x, bottom, piece.x + piece.width, bottom + piece.height)]
    layout = dictionary(O="/Layout", Placement="/Block", BBox=pdfdoc.PDFArray(box))
    return {"Alt": text_string(_words_of(piece)), "A": layout}


def _words_of(piece: Piece) -> str:
    shown = piece.block if isinstance(piece.block, PictureBlock) else PictureBlock()
    return plain(said_with_caption(shown) if isinstance(shown, ChartBlock) else shown.said)


def headers(table: TableBlock) -> dict[tuple[int, int], list[Cell]]:
    """Each value's headings, by its place: its row's, then those of the nearest heading rows above it.

    So every table under a band has its own.
    """
    beside = [cell for cell in table.cells if cell.role is CellRole.ROW]
    above = [cell for cell in table.cells if cell.role in _ABOVE]
    heading_rows = {row for cell in above for row in _rows_of(cell)}
    found = {}
    for cell in table.cells:
        if cell.role is CellRole.VALUE:
            own = _of_its_row(cell, beside)
            found[cell.row, cell.column] = own + _over_it(cell, above, _nearest(cell.row, heading_rows))
    return found


def _rows_of(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.row_span)


def _of_its_row(cell: Cell, beside: Sequence[Cell]) -> list[Cell]:
    return [one for one in beside if cell.row in _rows_of(one)]


def _over_it(cell: Cell, above: Sequence[Cell], rows: range) -> list[Cell]:
    return [one for one in above if one.row in rows and _share_a_column(one, cell)]


def _nearest(row: int, heading_rows: set[int]) -> range:
    """The heading rows that stand together above a row."""
    last = row - 1
    while last >= 0 and last not in heading_rows:
        last -= 1
    first = last
    while first - 1 in heading_rows:
        first -= 1
    return range(first, last + 1)


def _share_a_column(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.column_span and other.column < one.column + one.column_span
