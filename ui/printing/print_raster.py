"""Pages of a PDF through the system's own printing (Windows, or where there is no lp): pictures at 300 or 600 dpi, unscaled."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import UserError
from app.printing.pdf_pages import PdfPages
from app.printing.spooling import PrintOrder

_FINE, _USUAL = 600, 300  # dots per inch


def print_pages(
    order: PrintOrder,
    pages: Sequence[int],
    title: str,
    pdf: bytes,
    step: Callable[[str], None],
    file: str = "",
) -> None:
    """Print these pages (from 1), one picture at a time; to a file instead of a printer where one is named."""
    source = PdfPages(pdf)
    try:
        printer = _printer(order, title, file)
        painter = QPainter()
        if not painter.begin(printer):
            raise UserError(f"打印机“{order.printer}”没有回应", "请看打印机是否接通，或先导出 PDF 再打印")
        try:
            _draw(painter, printer, source, pages, _rounds(printer, order), title, step)
        finally:
            painter.end()
    finally:
        source.close()


def _printer(order: PrintOrder, title: str, file: str) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if file:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(file)
        printer.setResolution(_USUAL)
    else:
        printer.setPrinterName(order.printer)
        known = QPrinterInfo.printerInfo(order.printer).supportedResolutions()
        printer.setResolution(_FINE if max(known, default=_FINE) >= _FINE else _USUAL)
    printer.setDocName(title)
    printer.setFullPage(True)
    page = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
    page.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(page)
    printer.setCopyCount(order.copies)
    printer.setCollateCopies(True)
    duplex = QPrinter.DuplexMode
    printer.setDuplex(duplex.DuplexLongSide if order.is_duplex else duplex.DuplexNone)
    return printer


def _rounds(printer: QPrinter, order: PrintOrder) -> int:
    """How often the pages are drawn: a printer that cannot copy by itself gets them again."""
    return 1 if printer.supportsMultipleCopies() else order.copies


def _draw(
    painter: QPainter,
    printer: QPrinter,
    source: PdfPages,
    pages: Sequence[int],
    rounds: int,
    title: str,
    step: Callable[[str], None],
) -> None:
    dpi = printer.resolution()
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for number, page in enumerate(list(pages) * rounds):
        step(f"正在打印{title}：第{page}页")
        if number:
            printer.newPage()
        painter.drawImage(paper.topLeft(), _picture(source, page - 1, dpi))  # a dot for a dot


def _picture(source: PdfPages, number: int, dpi: int) -> QImage:
    is_grey = not source.has_colour(number)
    data, width, height, stride = source.picture(number, dpi, is_grey)
    form = QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_RGB32
    return QImage(data, width, height, stride, form).copy()
