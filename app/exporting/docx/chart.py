"""A chart as Word's own: it can be changed there, its numbers lie in a workbook inside the document."""

import re
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from app.documents.blocks import ChartBlock
from app.documents.chart_words import in_words
from app.exporting.ooxml import Element, clean
from app.typesetting.charts import GREYS, Drawing, Plot, in_rows
from app.typesetting.fonts import Role, word_names

_SCHEMAS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_DRAWING = f"{_SCHEMAS}/drawingml/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = "Sheet1"
# When the chart's workbook was written, which would make every file different
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def chart_runs(document: WordDocument, chart: ChartBlock, width_mm: float, drawing: Drawing) -> list[Element]:
    """The runs that show the chart, one for each row of its columns, on one scale; the key is the last one's."""
    most = max((value for _, values in chart.series for value in values if value), default=1)
    rows = in_rows(chart, drawing)
    key = drawing.height - sum(drawing.rows)
    found = []
    for one, high in zip(rows, drawing.rows, strict=True):
        is_last = one is rows[-1]
        shape = _Shape(drawing.plot, high + key if is_last else high, most, has_key=is_last)
        found.append(_chart_run(document, one, width_mm, shape))
    return found


@dataclass(frozen=True)
class _Shape:
    """How one row of columns is laid out."""

    plot: Plot
    height: float
    most: int  # the number as high as the plot
    has_key: bool


def _chart_run(document: WordDocument, chart: ChartBlock, width_mm: float, drawing: _Shape) -> Element:
    """Laid out like our own drawing; the parts it needs are added to the document."""
    package = document.part.package
    book = Part(
        _free(package, "/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"), _BOOK_TYPE, _workbook(chart), package
    )
    part = Part(_free(package, "/word/charts/chart%d.xml"), _CHART_TYPE, b"", package)
    part._blob = _chart_xml(chart, drawing, part.relate_to(book, f"{_OFFICE}/package")).encode()
    return _inline(
        document.part.relate_to(part, f"{_OFFICE}/chart"),
        document.part.next_id,
        chart,
        width_mm,
        drawing.height,
    )


def _free(package: Any, pattern: str) -> PackURI:
    return PackURI(package.next_partname(pattern))


def _inline(relation: str, number: int, chart: ChartBlock, width_mm: float, height: float) -> Element:
    description = _text(in_words(chart))
    return parse_xml(
        f'<w:r xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main"><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(Mm(width_mm))}" cy="{int(Pt(height))}"/>'
        f'<wp:docPr id="{number}" name="图表 {number}" descr="{description}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{_OFFICE}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _chart_xml(chart: ChartBlock, drawing: _Shape, book: str) -> str:
    series = "".join(_series(chart, number) for number in range(len(chart.series)))
    legend = (
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        if drawing.has_key and len(chart.series) > 1
        else ""
    )
    names = word_names(Role.BODY)
    faces = f'<a:latin typeface="{names.latin}"/><a:ea typeface="{names.east_asian}"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f"{_layout(drawing)}"
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f"{series}{_NUMBERS_SHOWN}"
        f'<c:gapWidth val="{_gap(drawing)}"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        f"{_axis('catAx', 1001, 1002, 'b', '', hidden=0)}{_axis('valAx', 1002, 1001, 'l', _scale(drawing.most), hidden=1)}"
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{faces}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


_LEVEL = (  # labels are broken into lines, not set aslant
    '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)
_WHOLE = _LEVEL.replace('vert="horz"', 'vert="horz" wrap="none"')  # a number is never broken into lines
_NUMBERS_SHOWN = (
    f'<c:dLbls>{_WHOLE}<c:dLblPos val="outEnd"/>'
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)


def _layout(drawing: _Shape) -> str:
    """The columns where our own drawing has them."""
    top, height = drawing.plot.top / drawing.height, drawing.plot.height / drawing.height
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="0"/><c:y val="{top:.4f}"/><c:w val="1"/><c:h val="{height:.4f}"/></c:manualLayout></c:layout>'
    )


def _gap(drawing: _Shape) -> int:
    """Between two groups of columns, in percent of a column's width; 500 is Word's most."""
    return min(500, round(drawing.plot.gap * 100))


def _scale(most: int) -> str:
    """From nothing to the greatest number of the whole chart."""
    return f'<c:max val="{most}"/><c:min val="0"/>'


def _series(chart: ChartBlock, number: int) -> str:
    name, values = chart.series[number]
    column, last = chr(ord("B") + number), len(chart.labels) + 1
    labels = _points(chart.labels)
    numbers = _points(["" if value is None else str(value) for value in values])
    shade = f"{GREYS[number]:02X}" * 3
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>{_SHEET}!${column}$1</c:f><c:strCache>{_points([name])}</c:strCache></c:strRef></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{shade}"/></a:solidFill>'
        '<a:ln w="7620"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{labels}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{numbers}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _points(texts: list[str] | tuple[str, ...]) -> str:
    """What the program shows before the workbook is opened; a blank has no point."""
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{_text(text)}</c:v></c:pt>' for n, text in enumerate(texts) if text
    )
    return f'<c:ptCount val="{len(texts)}"/>{points}'


def _axis(kind: str, id_: int, other: int, place: str, scale: str, hidden: int) -> str:
    return (
        f'<c:{kind}><c:axId val="{id_}"/><c:scaling><c:orientation val="minMax"/>{scale}</c:scaling>'
        f'<c:delete val="{hidden}"/><c:axPos val="{place}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>'
        f'{_LEVEL}<c:crossAx val="{other}"/><c:crosses val="autoZero"/></c:{kind}>'
    )


def _text(text: str) -> str:
    return escape(clean(text), quote=True)


def _workbook(chart: ChartBlock) -> bytes:
    """Labels down, series across; the same chart always gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    book.properties.creator = ""
    texts = [(1, column, name) for column, (name, _) in enumerate(chart.series, 2)]
    texts += [(row, 1, label) for row, label in enumerate(chart.labels, 2)]
    for row, column, text in texts:
        sheet.cell(row, column, clean(text)).data_type = "s"  # what starts with = is still a label
    for column, (_, values) in enumerate(chart.series, 2):
        for row, value in enumerate(values, 2):
            sheet.cell(row, column, value)
    made, stream = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED)
    return stream.getvalue()
