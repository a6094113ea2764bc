"""The old report as it was read: paragraphs, tables and pictures in order; a click tells the place, a place is shown lit."""

from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.documents.blocks import Block, Cell, Paragraph, PictureBlock, Style, TableBlock
from app.importing.result import Spot
from ui.kit import theme
from ui.kit.scroll_bars import calm

_WIDEST = 640  # pixels of a picture: a scanned page can be read
_HEADINGS = {Style.TITLE, Style.HEADING1}
_SIZES = (100, 85, 70, 60)  # per cent of the type of a table, until the widest one has room
_MOST = 3000  # blocks shown: far above any report


class SourceView(QTextBrowser):
    """`wanted` tells block, row and column (-1 for a paragraph) of what was clicked."""

    wanted = Signal(int, int, int)

    def __init__(self, blocks: tuple[Block, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        calm(self)
        self._blocks = blocks[:_MOST]
        self._lit: Spot | None = None
        self._said = ""
        self._size = _SIZES[0]
        self._is_drawing = False
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # the width does not change with it
        self.setAccessibleName("旧报告原文（按读到的内容显示）")
        self.setOpenLinks(False)
        self.setFont(theme.font())
        self.setStyleSheet(theme.TEXT_AREA)
        self.document().setDocumentMargin(theme.STEP)
        self.anchorClicked.connect(self._on_clicked)
        for number, block in enumerate(self._blocks):
            if isinstance(block, PictureBlock):
                self._add_picture(number, block)
        self._draw()

    def _add_picture(self, number: int, block: PictureBlock) -> None:
        image = QImage.fromData(block.data) if block.data else QImage()
        if not image.isNull():
            if image.width() > _WIDEST * 2:
                image = image.scaledToWidth(_WIDEST * 2)
            url = QUrl(f"picture:{number}")
            self.document().addResource(QTextDocument.ResourceType.ImageResource, url, image)

    # -- a place -------------------------------------------------------------------------------------------------------

    def light(self, spot: Spot | None, said: str = "") -> None:
        """Show a place lit, scrolled into view, in a paragraph also the words read there; None takes the light away."""
        if spot is None and self._lit is None:
            return
        self._lit, self._said = spot, said
        at = self.verticalScrollBar().value()
        self._draw()
        self.verticalScrollBar().setValue(at)
        if spot is not None and spot.block >= 0:
            self.scrollToAnchor(_name(spot.block, spot.row, spot.column))
            bar = self.verticalScrollBar()
            bar.setValue(max(0, bar.value() - self.viewport().height() // 3))

    def _is_lit(self, block: int, row: int = -1, column: int = -1) -> bool:
        lit = self._lit
        return lit is not None and (lit.block, lit.row, lit.column) == (block, row, column)

    def _on_clicked(self, url: QUrl) -> None:
        block, row, column = map(int, url.toString().removeprefix("#").split("_"))
        self.wanted.emit(block, row, column)

    def follow_palette(self) -> None:
        at = self.verticalScrollBar().value()
        self._draw()
        self.verticalScrollBar().setValue(at)

    # -- drawing -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        at = self.verticalScrollBar().value()
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and not self._is_drawing:
            self._fit()
            self.verticalScrollBar().setValue(at)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt goes to the foot of the line with the cursor: of a scan that is the foot of the page, its title cut off."""
        at = self.verticalScrollBar().value()
        super().showEvent(event)
        self.verticalScrollBar().setValue(at)

    def _fit(self) -> None:
        """Nothing is wider than the view: tables in smaller type, pictures smaller."""
        for size in _SIZES:
            self._size = size
            self._draw()
            if self.document().size().width() <= self.viewport().width():
                break

    def _draw(self) -> None:
        """Qt tells of a resize from within `setHtml`: what is being drawn is not drawn anew into itself."""
        parts = [self._block(number, block) for number, block in enumerate(self._blocks)]
        self._is_drawing = True
        self.setHtml("".join(parts) or "<p>这份文件没有可以显示的原文。</p>")
        self._is_drawing = False

    def _block(self, number: int, block: Block) -> str:
        if isinstance(block, TableBlock):
            return self._table(number, block)
        if isinstance(block, PictureBlock):
            return self._picture(number, block)
        return self._paragraph(number, block)

    def _paragraph(self, number: int, block: Paragraph) -> str:
        start, end = self._clause(number, block)
        if start < end:
            before, after = (
                self._link(number, -1, -1, _shown(one)) for one in (block.text[:start], block.text[end:])
            )
            clause = self._link(
                number, -1, -1, f"<b>【{self._with_said(block.text[start:end])}】</b>", is_lit=True
            )
            return f'<p>{before}<a name="{_name(number)}"></a>{clause}{after}</p>'
        is_lit = self._is_lit(number)
        text = self._with_said(block.text) if is_lit else _shown(block.text)
        if block.style in _HEADINGS:
            text = f"<b>{text}</b>"
        return f'<p><a name="{_name(number)}"></a>{self._link(number, -1, -1, text, is_lit)}</p>'

    def _clause(self, number: int, block: Paragraph) -> tuple[int, int]:
        """The words of a long paragraph from which the lit number was read."""
        return self._lit.clause_in(block.text) if self._lit is not None and self._is_lit(number) else (0, 0)

    def _with_said(self, text: str) -> str:
        """What was read stands out in the words around it, where it stands there once."""
        shown, said = _shown(text), _shown(self._said)
        if len(said) > 1 and shown.count(said) == 1 and said != shown:
            return shown.replace(said, f"<u>{said}</u>")
        return shown

    def _picture(self, number: int, block: PictureBlock) -> str:
        caption = escape(block.caption or block.name or "图片")
        url = QUrl(f"picture:{number}")
        image = self.document().resource(QTextDocument.ResourceType.ImageResource, url)
        if not isinstance(image, QImage) or image.isNull():
            return f'<p><a name="{_name(number)}"></a>（图片：{caption}，读不出里面的数字）</p>'
        width = min(_WIDEST, image.width(), max(self.viewport().width() - theme.STEP * 2, 1))
        return (
            f'<p><a name="{_name(number)}"></a><img src="picture:{number}" width="{width}"><br>{caption}</p>'
        )

    def _table(self, number: int, block: TableBlock) -> str:
        lines: dict[int, list[Cell]] = {}
        for cell in block.cells:
            lines.setdefault(cell.row, []).append(cell)
        rows = "".join(
            "<tr>"
            + "".join(self._cell(number, one) for one in sorted(lines.get(row, ()), key=lambda c: c.column))
            + "</tr>"
            for row in range(block.rows)
        )
        points = self.font().pointSizeF() * self._size / 100
        style = (
            f'border="1" width="98%" cellspacing="0" cellpadding="{3 if self._size == _SIZES[0] else 1}"'
            f' style="border-color:{theme.RULE.name()};font-size:{points:.1f}pt"'
        )
        return f'<a name="{_name(number)}"></a><table {style}>{rows}</table><p></p>'

    def _cell(self, number: int, cell: Cell) -> str:
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        is_lit = self._is_lit(number, cell.row, cell.column)
        ground = f' bgcolor="{theme.PENDING.name()}"' if is_lit else ""
        text = escape(cell.text).replace("\n", "<br>") or ("（图片）" if cell.picture else "&nbsp;")
        text = f"<b>【{text}】</b>" if is_lit else text
        name = _name(number, cell.row, cell.column)
        return (
            f'<td{spans}{ground}><a name="{name}"></a>{self._link(number, cell.row, cell.column, text)}</td>'
        )

    @staticmethod
    def _link(block: int, row: int, column: int, text: str, is_lit: bool = False) -> str:
        ground = f";background-color:{theme.PENDING.name()}" if is_lit else ""
        style = f"color:{theme.INK.name()};text-decoration:none{ground}"
        return f'<a href="#{block}_{row}_{column}" style="{style}">{text}</a>'


def _shown(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _name(block: int, row: int = -1, column: int = -1) -> str:
    return f"b{block}r{row}c{column}"
