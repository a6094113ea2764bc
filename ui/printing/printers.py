"""The printers of this computer, and the one job that prints everything chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import UserError
from app.printing import spooling
from app.printing.pdf_pages import PdfPages
from app.printing.spooling import PrintItem, PrintOrder
from ui.printing.print_raster import print_pages
from ui.printing.printing_items import REPORT

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Printer:
    name: str
    words: str  # as the system describes it
    is_standard: bool = False
    has_a4: bool = True
    can_duplex: bool = True


def printers(step: Step | None = None) -> list[Printer]:
    """All printers, the standard one first; asking a printer on the network may take seconds."""
    standard = QPrinterInfo.defaultPrinterName()
    found = []
    for name in QPrinterInfo.availablePrinterNames():
        if step is not None:
            step(f"正在查看打印机“{name}”……")
        info = QPrinterInfo.printerInfo(name)
        sizes = [size.key() for size in info.supportedPageSizes()]
        duplex = info.supportedDuplexModes()
        found.append(
            Printer(
                name,
                info.description() or name,
                name == standard,
                not sizes or "A4" in sizes,
                not duplex or QPrinter.DuplexMode.DuplexLongSide in duplex,
            )
        )
    return sorted(found, key=lambda one: not one.is_standard)


def print_all(items: Sequence[PrintItem], order: PrintOrder, step: Step) -> str:
    """Make each PDF and hand it over, one after the other; what was sent, in words. Nothing is sent before all are made."""
    made = []
    for item in items:
        step(f"正在排{item.title}……")
        pdf = item.make_pdf()
        pages = PdfPages(pdf)
        pages.close()
        if not pages.is_a4:
            raise UserError(f"“{item.title}”不是 A4 纸的大小，没有打印", "请先导出 PDF，看清楚以后再打印")
        wanted = spooling.chosen_pages(order.pages if item.key == REPORT else "", len(pages))
        made.append((item, pdf, wanted, len(pages)))
    sent: list[str] = []
    for item, pdf, wanted, count in made:
        step(f"正在把{item.title}送到打印机……")
        try:
            _send(order, wanted, count, item.title, pdf, step)
        except UserError as error:
            before = f"{'、'.join(sent)}已经送出；" if sent else ""
            raise UserError(before + error.what, error.what_to_do) from None
        sent.append(f"{item.title}{len(wanted)}页")
    copies = f"，各{order.copies}份" if order.copies > 1 else ""
    return f"已送到打印机“{order.printer}”：{'、'.join(sent)}{copies}"


def _send(order: PrintOrder, pages: tuple[int, ...], count: int, title: str, pdf: bytes, step: Step) -> None:
    """The PDF itself where the system takes one; else, or when it does not, its pages as pictures."""
    if spooling.has_spooler():
        spooling.spool(order, pages, count, title, pdf)
    else:
        print_pages(order, pages, title, pdf, step)
