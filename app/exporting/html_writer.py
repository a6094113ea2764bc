"""Blocks → a clean web page: real row and column spans, no scripts, nothing fetched from outside."""

import base64
import html
from collections.abc import Iterable, Iterator

from app.chinese import half_widths, ordinal
from app.documents.blocks import (
    Block,
    Cell,
    CellRole,
    ChartBlock,
    Paragraph,
    PictureBlock,
    Run,
    Style,
    TableBlock,
)
from app.documents.chart_words import said_with_caption
from app.exporting.meta import Meta
from app.typesetting.charts import draw_chart
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import page_style
from app.typesetting.tables import begins_left, is_main

_TAGS = {Style.TITLE: "h1", Style.HEADING1: "h2", Style.HEADING2: "h3", Style.HEADING3: "h4"}
_CLASSES = {
    Style.SUBTITLE: "subtitle",
    Style.CAPTION: "caption",
    Style.NOTE: "note",
    Style.SIGNATURE: "signature",
    Style.DATE: "date",
    Style.ATTACHMENT: "attachment",
}
_IMAGES = {
    b"\xff\xd8": "image/jpeg",
    b"\x89PNG": "image/png",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
}
_CSS = """
body { max-width: 44em; margin: 2em auto; padding: 0 1em; line-height: 1.8;
       font-family: FangSong, "仿宋_GB2312", "仿宋", serif; font-size: 16pt; color: #000; }
h1 { text-align: center; font-size: 22pt; line-height: 1.5; font-weight: normal;
     font-family: "方正小标宋简体", SimSun, "宋体", serif; }
h2 { font-family: SimHei, "黑体", sans-serif; } h3, .lead { font-family: KaiTi, "楷体", serif; }
h2, h3, h4 { font-size: 16pt; font-weight: normal; margin: 0; text-indent: 2em; }
p { margin: 0; text-indent: 2em; text-align: justify; }
p.subtitle, p.caption { text-indent: 0; text-align: center; }
p.signature { text-align: right; margin: 2em 2em 0 0; } p.date { text-align: right; margin-right: 4em; }
p.attachment { text-indent: 0; font-family: SimHei, "黑体", sans-serif; break-before: page; }
p.draft { text-indent: 0; text-align: center; color: #b00; } p.caption { margin-bottom: .8em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1em; font-size: 10.5pt; line-height: 1.4; }
th, td { border: 1px solid #000; padding: .25em .3em; text-align: center; font-weight: normal; }
th.row { text-align: left; } th.upright { writing-mode: vertical-rl; letter-spacing: .2em; }
figure { margin: .8em 0 .3em; text-align: center; } img, svg { max-width: 100%; vertical-align: bottom; }
@page { size: A4; margin: 25mm 26mm 25mm 28mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; } img { max-height: 160mm; }
  h1, h2, h3, h4, figure { break-after: avoid; } tr, figure { break-inside: avoid; }
}
""".strip()


# The same once more at each element: editors of portals drop <style> and classes.
_FACES = {
    "h1": "font-family:方正小标宋简体,SimSun,宋体,serif",
    "h2": "font-family:SimHei,黑体,sans-serif",
    "h3": "font-family:KaiTi,楷体,serif",
    "h4": "font-family:FangSong,仿宋_GB2312,仿宋,serif",
}
_HEADING = "font-size:16pt;font-weight:normal;margin:0;text-indent:2em"
_INLINE = {
    "h1": f"text-align:center;font-size:22pt;line-height:1.5;font-weight:normal;{_FACES['h1']}",
    **{tag: f"{_HEADING};{_FACES[tag]}" for tag in ("h2", "h3", "h4")},
    "": "margin:0;text-indent:2em;text-align:justify",
    "subtitle": "margin:0;text-indent:0;text-align:center",
    "caption": "margin:0 0 .8em;text-indent:0;text-align:center",
    "note": "margin:0;text-indent:2em;text-align:justify",
    "signature": "margin:2em 2em 0 0;text-indent:0;text-align:right",
    "date": "margin:0 4em 0 0;text-indent:0;text-align:right",
    "attachment": f"margin:2em 0 0;text-indent:0;{_FACES['h2']}",
    "figure": "margin:.8em 0 .3em;text-align:center",
    "table": "border-collapse:collapse;width:100%;margin:.5em 0 1em;font-size:10.5pt;line-height:1.4",
    "cell": "border:1px solid #000;padding:.25em .3em;font-weight:normal;text-align:",
}
_UPRIGHT = ";writing-mode:vertical-rl;letter-spacing:.2em"
_PAGE = "line-height:1.8;font-size:16pt;font-family:FangSong,仿宋_GB2312,仿宋,serif;color:#000"


def _style(name: str, more: str = "") -> str:
    return f' style="{_INLINE[name]}{more}"'


def html_bytes(blocks: Iterable[Block], meta: Meta) -> bytes:
    """The report as one UTF-8 page, pictures inside it."""
    title = html.escape(meta.title)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{title}</title>",
        f'<meta name="author" content="{html.escape(meta.agency, quote=True)}">',
        f"<style>\n{_CSS}\n</style>",
        "</head>",
        "<body>",
    ]
    if meta.watermark:
        parts.append(f'<p class="draft">【{_escape(meta.watermark)}】</p>')
    for block in blocks:
        parts.extend(_block(block))
    parts += ["</body>", "</html>", ""]
    return "\n".join(parts).encode("utf-8", errors="replace")


def fragment(blocks: Iterable[Block], meta: Meta | None = None) -> str:
    """The report to paste into an editor of a portal: what it looks like stands at each element."""
    parts = [part for block in blocks for part in _block(block)]
    if meta and meta.watermark:
        parts.insert(0, f"<p{_style('caption')}>【{_escape(meta.watermark)}】</p>")
    return f'<div style="{_PAGE}">' + "\n".join(parts) + "</div>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block)
    elif isinstance(block, TableBlock):
        yield from table_html(block)
    elif isinstance(block, ChartBlock):
        yield from _chart(block)
    else:
        yield from _picture(block)


def _paragraph(block: Paragraph) -> Iterator[str]:
    if block.style is Style.BLANK:
        return
    text = "".join(map(_run, block.runs or (Run(block.text),)))
    style = block.style or Style.BODY
    if tag := _TAGS.get(style):
        yield f"<{tag}{_style(tag)}>{text}</{tag}>"
    elif name := _CLASSES.get(style):
        yield f'<p class="{name}"{_style(name)}>{text}</p>'
    else:
        yield f"<p{_style('', _hanging(block))}>{text}</p>"


def _hanging(block: Paragraph) -> str:
    """附件：1. 名称: a long name goes on under its own first character."""
    if not block.hang:
        return ""
    wide = half_widths(block.text[: block.hang]) / 2
    return f";margin-left:{wide + 2:g}em;text-indent:-{wide:g}em;text-align:left"


def _run(run: Run) -> str:
    """（一）标题。at the start of a paragraph has its own face."""
    text = _escape(run.text).replace("\n", "<br>")
    return f'<span class="lead" style="{_FACES["h3"]}">{text}</span>' if run.style is Style.HEADING2 else text


def table_html(table: TableBlock) -> Iterator[str]:
    """A composed table with its merged cells, piece by piece."""
    band = page_style().for_table(table).table.band
    yield f'<table border="1" cellspacing="0" cellpadding="4"{_style("table")}>'
    if table.widths:
        whole = sum(table.widths)
        columns = "".join(f'<col style="width:{100 * width / whole:.1f}%">' for width in table.widths)
        yield f"<colgroup>{columns}</colgroup>"
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda c: c.column):
        rows[cell.row].append(cell)
    for row in rows:
        yield "<tr>"
        yield from (_table_cell(cell, band) for cell in row)
        yield "</tr>"
    yield "</table>"


def _table_cell(cell: Cell, band: str) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    if cell.role is CellRole.VALUE:
        return f'<td align="center"{spans}{_style("cell", "center")}>{_escape(cell.text)}</td>'
    side = "left" if begins_left(cell) else "center"
    bold = ";font-weight:bold" if is_main(cell) else ""
    if cell.role is CellRole.ROW:
        look = f' align="{side}"{spans}{_style("cell", side + bold + (_UPRIGHT if cell.upright else ""))}'
        return f'<th{_row_class(cell)} scope="row"{look}>{_label(cell)}</th>'
    shade = f";background-color:#{band}" if band and cell.role is CellRole.BAND else ""
    colour = f' bgcolor="#{band}"' if shade else ""
    return f'<th scope="col" align="{side}"{colour}{spans}{_style("cell", side + shade)}>{_escape(cell.text)}</th>'


def _row_class(cell: Cell) -> str:
    """Set upright; to the left beside another label; in the middle."""
    if cell.upright:
        return ' class="upright"'
    return ' class="row"' if begins_left(cell) else ""


def _label(cell: Cell) -> str:
    """（三） over 不予公开, as on the pages: the column is narrow."""
    opening = ordinal(cell.text)
    if cell.row_span > 1 and opening.endswith("）"):
        return f"{_escape(opening)}<br>{_escape(cell.text.removeprefix(opening))}"
    return _escape(cell.text)


def _picture(picture: PictureBlock) -> Iterator[str]:
    if not picture.data:
        return
    caption = _escape(picture.caption)
    kind = _image_type(picture.data)
    if not kind:
        yield f'<p class="caption"{_style("caption")}>（图片“{_escape(picture.name)}”无法显示）{caption}</p>'
        return
    data = base64.b64encode(picture.data).decode("ascii")
    yield f'<figure{_style("figure")}><img src="data:{kind};base64,{data}" alt="{caption or "图"}"></figure>'
    if caption:
        yield f'<p class="caption"{_style("caption")}>{caption}</p>'


def _image_type(data: bytes) -> str:
    """What a browser can show, told by how the file begins; "" for anything else (.emf, .wmf, .tif)."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _IMAGES.items() if data.startswith(start)), "")


def _chart(chart: ChartBlock) -> Iterator[str]:
    """The drawing of the PDF as inline SVG, measured in the bundled faces: the same page from every computer."""
    style = page_style()
    drawing = draw_chart(chart, style.width, style.height, style, bundled_faces())
    caption, size = _escape(chart.caption), f"{drawing.width:.0f} {drawing.height:.0f}"
    words = _escape(said_with_caption(chart))
    yield f'<figure{_style("figure")}><svg viewBox="0 0 {size}" role="img" aria-label="{words}">'
    for x, y, wide, high, grey in drawing.fills:
        shade = f"{round(grey * 255):02x}" * 3
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="#{shade}"/>'
    for width in sorted({rule.width for rule in drawing.rules}):
        lines = (rule for rule in drawing.rules if rule.width == width)
        path = "".join(f"M{one.x1:.1f} {one.y1:.1f}L{one.x2:.1f} {one.y2:.1f}" for one in lines)
        yield f'<path d="{path}" stroke="#000" stroke-width="{width}"/>'
    for text in drawing.texts:
        place = f'x="{text.x:.1f}" y="{text.y:.1f}" font-size="{text.size}" textLength="{text.width:.1f}"'
        yield f"<text {place}>{_escape(text.text)}</text>"
    yield "</svg></figure>"
    if caption:
        yield f'<p class="caption"{_style("caption")}>{caption}</p>'


def _escape(text: str) -> str:
    """Markup-safe, and without the control characters that no page may hold."""
    return html.escape("".join(c for c in text if c in "\n\t" or ord(c) >= 32), quote=True)
