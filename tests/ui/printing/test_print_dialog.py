"""打印: the dialog as the clerk meets it, and the very pages of the PDF out of a real CUPS queue, not shifted and not scaled."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import system_packages
from app.errors import UserError
from app.exporting import exporter
from app.printing import spooling
from app.printing.pdf_pages import PdfPages
from app.printing.spooling import PrintItem, PrintOrder
from app.session import session
from app.session.document import ReportDocument
from tests.storage.random_reports import full_report
from tests.ui.conftest import Wait
from ui.printing.print_dialog import PrintDialog
from ui.printing.print_raster import print_pages
from ui.printing.printers import Printer, print_all

if sys.platform == "linux":
    from fcntl import LOCK_EX, flock
    from pwd import getpwuid

DPI = 300
DOT = 1  # 0.085 mm: what rounding the size of the paper to whole points may cost
CTRL = Qt.KeyboardModifier.ControlModifier
LASER = Printer("laser", "一楼打印机", is_standard=True)
PLAIN = Printer("plain", "老打印机", has_a4=False, can_duplex=False)


def quiet(_words: str) -> None:
    """Nobody looks at the progress."""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A report of several pages with a 草稿 mark on each."""
    document = ReportDocument(full_report())
    return exporter.export_bytes(document.report, document.form, [Path("x.pdf")], True)[0]


# -- the dialog ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(monkeypatch):
    """What the dialog hands over, instead of a printer."""
    calls: list[tuple] = []
    monkeypatch.setattr("ui.printing.print_dialog.printers", lambda step: [LASER, PLAIN])
    monkeypatch.setattr(spooling, "has_spooler", lambda: True)
    monkeypatch.setattr(spooling, "spool", lambda *call: calls.append(call))
    return calls


@pytest.fixture
def dialog(office, draft, qtbot):
    def make() -> PrintDialog:
        clerk = office(draft())
        made = PrintDialog(clerk.controller, clerk.window)
        made.clerk = clerk
        made.show()
        qtbot.waitUntil(lambda: not made._is_looking, timeout=5000)
        return made

    return make


def test_ctrl_p_asks_and_enter_prints(office, draft, sent):
    clerk = office(draft())
    clerk.answer("取消")
    clerk.press(Qt.Key.Key_P, CTRL)
    assert sent == []
    seen = []

    def enter() -> bool:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PrintDialog) or dialog._is_looking or not dialog.isActiveWindow():
            return False
        seen.append(dialog.chosen_printer)
        QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Return)
        return True

    Wait(enter, "the window for printing")
    clerk.press(Qt.Key.Key_P, CTRL)
    assert seen == [LASER]
    assert len(sent) == 1


def test_everything_chosen_goes_in_one_go(dialog, sent, qtbot):
    it = dialog()
    it.boxes["核对表"].setChecked(True)
    it.pages.setText("1-2")
    it.copies.setValue(3)
    it.print_button.click()
    qtbot.waitUntil(lambda: not it.isVisible(), timeout=20_000)
    report, check_sheet = sent
    assert report[0] == PrintOrder("laser", 3, True, "1-2")
    assert (report[1], report[3]) == ((1, 2), "报告")
    assert report[4] == session.preview(it.clerk.controller.document.twin())
    assert check_sheet[3] == "核对表"
    assert len(check_sheet[1]) == check_sheet[2]  # all of its pages: the typed ones are the report's
    assert it.clerk.status.startswith("已送到打印机“laser”：报告2页、核对表")
    assert it.clerk.status.endswith("，各3份")


def test_the_papers_of_sign_off_can_be_chosen(dialog, sent):
    it = dialog()
    assert [box.text() for box in it.boxes.values()][:4] == ["报告", "送签单", "送审稿", "核对表"]
    for item in it.items:
        assert item.make_pdf().startswith(b"%PDF")
    it.reject()


def test_pages_that_are_none_are_refused_and_the_dialog_stays(dialog, sent, qtbot):
    it = dialog()
    it.pages.setText("99")
    said = it.clerk.answer("知道了")
    it.print_button.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].startswith("页码“99”不对")
    assert it.isVisible()
    assert sent == []
    it.reject()


def test_a_draft_says_so_and_an_old_printer_what_it_cannot(dialog, sent):
    it = dialog()
    assert "印出来的页上有“草稿”" in it.note.text()
    it.printer.setCurrentIndex(1)
    assert "A4" in it.note.text()
    assert not it.duplex.isEnabled()
    assert not it.order.is_duplex
    it.boxes["report"].setChecked(False)
    assert not it.print_button.isEnabled()
    assert not it.pages.isEnabled()
    it.reject()


def test_without_a_printer_it_says_so_and_offers_the_pdf(dialog, monkeypatch, tmp_path, qtbot):
    monkeypatch.setattr("ui.printing.print_dialog.printers", lambda step: [])
    it = dialog()
    assert "没有打印机" in it.note.text()
    assert not it.print_button.isEnabled()
    assert it.save_button.hasFocus()
    monkeypatch.setattr("ui.kit.dialogs.folder", lambda *_: tmp_path)
    it.save_button.click()
    qtbot.waitUntil(lambda: not it.isVisible(), timeout=20_000)
    (made,) = tmp_path.glob("*.pdf")
    assert made.read_bytes() == session.preview(it.clerk.controller.document.twin())


def test_the_dialog_is_low_enough_for_a_small_screen_and_everything_has_a_name(dialog, sent):
    it = dialog()
    assert it.sizeHint().height() <= 440
    assert it.printer.accessibleName()
    assert it.pages.accessibleName()
    assert it.copies.accessibleName()
    it.reject()


def test_what_is_not_a4_is_not_printed(sent):
    from io import BytesIO

    from reportlab.pdfgen import canvas

    stream = BytesIO()
    made = canvas.Canvas(stream, pagesize=(400, 400))
    made.showPage()
    made.save()
    with pytest.raises(UserError, match="不是 A4 纸的大小"):
        print_all([PrintItem("x", "附件", stream.getvalue)], PrintOrder("laser"), quiet)
    assert sent == []


def test_what_was_sent_before_a_failure_is_named(sent, monkeypatch, pdf):
    def fails(*call) -> None:
        if call[3] == "二":
            raise UserError("打印机没有收下", "请看打印机")
        sent.append(call)

    monkeypatch.setattr(spooling, "spool", fails)
    pair = [PrintItem("a", "一", lambda: pdf), PrintItem("b", "二", lambda: pdf)]
    with pytest.raises(UserError, match=r"一[0-9]+页已经送出；打印机没有收下"):
        print_all(pair, PrintOrder("laser"), quiet)


# -- the pages -------------------------------------------------------------------------------------------------------------


def grey(data: bytes, page: int) -> Image.Image:
    pages = PdfPages(data)
    pixels, width, height, stride = pages.picture(page, DPI, is_grey=True)
    pages.close()
    return Image.frombuffer("L", (width, height), pixels, "raw", "L", stride, 1)


def apart(a: Image.Image, b: Image.Image) -> tuple[float, tuple[int, int]]:
    """How far two pages differ (root mean square, 0–255) at the best shift, and that shift in dots."""
    assert abs(a.width - b.width) <= 3
    assert abs(a.height - b.height) <= 3
    whole = (0, 0, min(a.width, b.width), min(a.height, b.height))  # both begin at the upper left corner
    a, b = a.crop(whole), b.crop(whole)
    found = [
        (ImageStat.Stat(ImageChops.difference(a, ImageChops.offset(b, x, y))).rms[0], abs(x) + abs(y), (x, y))
        for x in range(-2, 3)
        for y in range(-2, 3)
    ]
    difference, _, shift = min(found)
    return difference, shift


def quarters(image: Image.Image) -> list[Image.Image]:
    """The upper left and the lower right part of a page: scaled pages part in one of them."""
    x, y = image.width // 2, image.height // 2
    return [image.crop((0, 0, x, y)), image.crop((x, y, 2 * x, 2 * y))]


def assert_same_pages(made: bytes, source: bytes, pages: list[int], most: float) -> None:
    assert len(PdfPages(made)) == len(pages)
    for number, page in enumerate(pages):
        wanted, printed = grey(source, page - 1), grey(made, number)
        for part, other in [(wanted, printed), *zip(quarters(wanted), quarters(printed), strict=True)]:
            difference, shift = apart(part, other)
            assert max(map(abs, shift)) <= DOT, (page, shift)
            assert difference < most, (page, difference)


def test_pages_as_pictures_are_neither_shifted_nor_scaled(qapp, pdf, tmp_path):
    target = tmp_path / "printed.pdf"
    pages = [1, 3, 2]
    print_pages(PrintOrder("", 1), pages, "报告", pdf, quiet, str(target))
    assert_same_pages(target.read_bytes(), pdf, pages, 30)


class Queue:
    """A CUPS of our own with one CUPS-PDF printer; its papers land in the home folder of who prints."""

    NAME = "NianbaoTest"

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="cups"))
        self.home.chmod(0o755)
        for name in ("root", "spool", "cache", "state", "log", "tmp"):
            (self.home / name).mkdir()
        (self.home / "tmp").chmod(0o1777)  # the filters run as another user
        self.socket = str(self.home / "sock")
        (self.home / "root" / "cupsd.conf").write_text(
            f"Listen {self.socket}\nWebInterface No\nBrowsing No\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n"
        )
        places = {
            "ServerRoot": "root",
            "RequestRoot": "spool",
            "CacheDir": "cache",
            "StateDir": "state",
            "TempDir": "tmp",
        }
        lines = [f"{key} {self.home / name}" for key, name in places.items()]
        lines += [f"{key} {self.home}/log/{key}" for key in ("ErrorLog", "AccessLog", "PageLog")]
        (self.home / "root" / "cups-files.conf").write_text("\n".join(lines) + "\n")
        conf = self.home / "root"
        self.daemon = subprocess.Popen(
            [shutil.which("cupsd"), "-f", "-c", conf / "cupsd.conf", "-s", conf / "cups-files.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.papers = Path(getpwuid(os.getuid()).pw_dir) / "PDF"

    def add_printer(self) -> None:
        deadline = time.monotonic() + 10
        while not Path(self.socket).exists():
            assert time.monotonic() < deadline, "cupsd did not start"
            time.sleep(0.1)
        model = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
        call = ["lpadmin", "-p", self.NAME, "-v", "cups-pdf:/", "-m", model, "-E"]
        subprocess.run(call, check=True, env=os.environ | {"CUPS_SERVER": self.socket}, capture_output=True)

    def there(self) -> set[tuple[Path, int]]:
        """The papers that lie there, each with its time: one that was left behind has the name of the next."""
        return {(path, path.stat().st_mtime_ns) for path in self.papers.glob("*.pdf")}

    def paper(self, before: set[tuple[Path, int]], seconds: float = 30) -> bytes:
        """The next paper that comes out, whole."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for path, _ in self.there() - before:
                data = path.read_bytes()
                if data.rstrip().endswith(b"%%EOF"):
                    path.unlink()
                    return data
            time.sleep(0.2)
        raise AssertionError((self.home / "log" / "ErrorLog").read_text(errors="replace")[-2000:])

    def close(self) -> None:
        self.daemon.terminate()
        self.daemon.wait(10)
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture
def queue(monkeypatch):
    if not sys.platform.startswith("linux"):
        pytest.skip("只在 Linux 上有 CUPS")
    if os.getuid() != 0:
        pytest.skip("只有 root 能另开一个打印队列")
    if missing := system_packages.missing_tools(system_packages.PRINTING):
        pytest.skip(f"没有安装 {' '.join(missing)}（{system_packages.apt_line(missing)}）")
    with (Path(tempfile.gettempdir()) / "nianbao-cups-pdf.lock").open("w") as turn:
        flock(
            turn, LOCK_EX
        )  # the backend puts everyone's papers into one folder: two runs of the tests take turns
        made = Queue()
        try:
            made.add_printer()
            monkeypatch.setenv("CUPS_SERVER", made.socket)
            yield made
        finally:
            made.close()


def in_a_new_process(queue: Queue, code: str, *arguments: str) -> str:
    """libcups asks for its server once a process: so the window's side of printing runs in one of its own."""
    env = os.environ | {"CUPS_SERVER": queue.socket, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=env, timeout=100
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_pdf_itself_comes_out_of_a_real_queue_page_by_page(qapp, queue, pdf):
    before = queue.there()
    words = print_all([PrintItem("report", "报告", lambda: pdf)], PrintOrder(queue.NAME), quiet)
    count = len(PdfPages(pdf))
    assert words == f"已送到打印机“{queue.NAME}”：报告{count}页"
    assert_same_pages(queue.paper(before), pdf, list(range(1, count + 1)), 40)


def test_only_the_pages_that_were_asked_for_come_out(qapp, queue, pdf):
    before = queue.there()
    print_all([PrintItem("report", "报告", lambda: pdf)], PrintOrder(queue.NAME, pages="2-3"), quiet)
    assert_same_pages(queue.paper(before), pdf, [2, 3], 40)


def test_the_window_finds_the_printer(queue):
    code = (
        "from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from ui.printing.printers import printers; (one,) = printers(); print(one.name, one.has_a4)"
    )
    assert in_a_new_process(queue, code) == f"{queue.NAME} True"


def test_pages_as_pictures_come_out_of_the_same_queue(queue, pdf, tmp_path):
    source = tmp_path / "source.pdf"
    source.write_bytes(pdf)
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from pathlib import Path; from app.printing.spooling import PrintOrder; from ui.printing.print_raster import print_pages\n"
        "pdf = Path(sys.argv[2]).read_bytes()\n"
        "print_pages(PrintOrder(sys.argv[1]), [1, 2], '报告', pdf, lambda words: None)"
    )
    before = queue.there()
    in_a_new_process(queue, code, queue.NAME, str(source))
    assert_same_pages(queue.paper(before, 60), pdf, [1, 2], 40)


def test_a_printer_that_is_not_there_is_named(queue, pdf):
    with pytest.raises(UserError, match="打印机“nobody”没有收下“报告”"):
        print_all([PrintItem("report", "报告", lambda: pdf)], PrintOrder("nobody"), quiet)
