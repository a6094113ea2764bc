"""The scenes of which `make screenshots` makes pictures: the window as the clerk meets it, one after the other."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import paths
from app.errors import UserError
from app.form.model import CellRef
from app.importing.importer import import_file
from app.importing.result import ImportResult
from app.report.model import Application, CountLine, Counts
from app.session import session
from tests.screenshot_desk import collecting, desk, frozen
from tests.screenshot_writing import explaining, writing
from tests.ui.contrast import weak
from tests.ui.cut_words import cut_words, nameless
from ui.files.import_dialog import ImportDialog
from ui.files.origin_dialog import OriginDialog
from ui.help.manual import Manual
from ui.kit import dialogs
from ui.kit.jobs import wait_for_all
from ui.narrative.counts_dialog import CountsDialog
from ui.printing.print_dialog import PrintDialog
from ui.printing.printers import Printer
from ui.state.controller import Controller
from ui.window.main import make_app
from ui.window.main_window import MainWindow

_MANUAL_WIDTH = 720
FRAME = 30  # logical pixels that the title bar of the desktop takes


def play(shots: "Camera | Inspector", scale: float, screen: tuple[int, int], sample: Path) -> None:
    """Show every scene to the camera."""
    app = make_app([])
    controller = Controller()
    window = MainWindow(controller)
    window.resize(round(screen[0] / scale), round(screen[1] / scale) - FRAME)
    window.show()
    shots.take("start_empty", window)
    found = import_file(sample)
    _dialogs(shots, window, found)
    _leave_something_behind(Path(paths.user_data()), found)
    window.start.look_around()
    shots.take("start_recovery", window)
    controller.begin_from(found.report, found.report.year + 1)
    for key in window.navigation.keys:
        window.go_to(key)
        shots.take(key, window, 3000 if key == "export" else 200)
    window.go_to("overview")
    _beside(shots, window)
    _questions(shots, window)
    _printing(shots, window)
    _counts(shots, window)
    _register(shots, controller, window)
    with TemporaryDirectory() as folder:
        collecting(shots, controller, window, Path(folder))
    _break(controller, window)
    for key in ("requests", "review_all"):
        window.go_to(key)
        shots.take(f"{key}_broken", window)
    writing(shots, controller, window)
    explaining(shots, controller, window)
    _finish(controller)
    with TemporaryDirectory() as folder:
        desk(shots, controller, window, Path(folder), _grab_question)
    for key in ("start", "overview", "other", "review_all", "sign_off", "export"):
        window.go_to(key)
        shots.take(f"{key}_finished", window, 3000 if key == "export" else 200)
    frozen(shots, controller, window)
    controller.document.mark_saved(None)
    window.close()
    wait_for_all()
    app.processEvents()


class _Shown:
    """What is done with each scene; `dialog` shows one, and puts it away."""

    def take(self, scene: str, widget: QWidget, wait: int = 200) -> None:
        raise NotImplementedError

    def dialog(self, scene: str, make: Callable[[], QDialog], wait: int = 200) -> None:
        dialog = make()
        dialog.show()
        self.take(scene, dialog, wait)
        dialog.close()
        dialog.deleteLater()


class Camera(_Shown):
    """Writes `NAME_NN_scene.png`."""

    def __init__(self, out: Path, name: str) -> None:
        self._out, self._name, self._number = out, name, 0

    def take(self, scene: str, widget: QWidget, wait: int = 200) -> None:
        pause(wait)
        self._number += 1
        widget.grab().save(str(self._out / f"{self._name}_{self._number:02}_{scene}.png"))

    def tell(self) -> int:
        return 0


class ManualCamera(_Shown):
    """Writes the pictures of the manual: few, small, of few colours."""

    NAMES: ClassVar = {
        "import_gaps": "import",
        "overview_beside_last_year": "overview",
        "requests_broken": "table",
        "register": "register",
        "collect_returned": "collect",
        "review_all_broken": "review",
        "sign_off_finished": "sign_off",
        "export_finished": "export",
        "versions": "versions",
    }

    WIDTH: int | None = _MANUAL_WIDTH

    def __init__(self, out: Path) -> None:
        self._out, self._made = out, 0

    def take(self, scene: str, widget: QWidget, wait: int = 200) -> None:
        pause(wait if scene in self.NAMES else min(wait, 60))
        if scene in self.NAMES:
            self._hide_folders(widget)
            data = QBuffer()
            data.open(QBuffer.OpenModeFlag.WriteOnly)
            widget.grab().save(data, "PNG")
            picture = Image.open(io.BytesIO(data.data().data())).convert("RGB")
            if self.WIDTH:
                size = (self.WIDTH, round(picture.height * self.WIDTH / picture.width))
                picture = picture.resize(size, Image.Resampling.LANCZOS)
            _in_its_colours(picture).save(self._out / f"{self.NAMES[scene]}.png", optimize=True)
            self._made += 1

    def _hide_folders(self, widget: QWidget) -> None:
        """The folder of whoever makes the pictures is nobody's business."""
        if isinstance(widget, MainWindow):
            widget.message("")
            if hasattr(widget.page, "folder"):
                widget.page.folder.show_text("文档")

    def tell(self) -> int:
        return 0 if self._made == len(self.NAMES) else 1


_EXACT = 32  # colours that are kept as they are; the others are taken together


def _in_its_colours(picture: Image.Image) -> Image.Image:
    """With a palette: grounds keep their very shade, of edges of letters and of marks it has what lies nearest, red too."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    exact = [part for _, colour in counted[:_EXACT] for part in colour[:3]]
    rest = picture.convert("RGB").quantize(256 - len(exact) // 3, method=Image.Quantize.MAXCOVERAGE)
    palette = Image.new("P", (1, 1))
    palette.putpalette(exact + (rest.getpalette() or [])[: 768 - len(exact)])
    return picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)


class ReadmeCamera(ManualCamera):
    """Writes the three of the README, as large as the window is."""

    NAMES: ClassVar = {
        "import_tables": "import",
        "requests_broken": "table",
        "export_finished": "export",
    }
    WIDTH = None


class Inspector(_Shown):
    """Looks for words that are cut, and for dialogs that a small screen has no room for."""

    PATIENCE = 20  # times that a scene is looked at again

    def __init__(self) -> None:
        self._found: list[str] = []
        self._scenes = 0

    def take(self, scene: str, widget: QWidget, wait: int = 200) -> None:
        pause(min(wait, 60))
        self._scenes += 1
        found = self._look(widget)
        for _ in range(
            self.PATIENCE
        ):  # a busy machine has not laid everything out yet; what is cut stays cut
            if not found:
                break
            pause(100)
            found = self._look(widget)
        self._found += [f"{scene}：{one}" for one in found]

    def _look(self, widget: QWidget) -> list[str]:
        found = [*cut_words(widget), *nameless(widget)]
        room = widget.screen().availableGeometry()
        if isinstance(widget, QDialog) and widget.height() > max(dialogs.MOST_HIGH, room.height() - FRAME):
            found.append(f"{type(widget).__name__}高{widget.height()}")
        return found

    def tell(self) -> int:
        print(f"{self._scenes}个画面", *dict.fromkeys(self._found), sep="\n")
        return 1 if self._found else 0


class ColourInspector(Inspector):
    """Looks for words, edges and rings that are too weak, in the pixels."""

    PATIENCE = 2

    def _look(self, widget: QWidget) -> list[str]:
        return weak(widget)


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.processEvents()


def _at_a_table(dialog: ImportDialog) -> ImportDialog:
    """With 表三, the largest, beside what it was read from."""
    dialog.tabs.setCurrentIndex(2)
    return dialog


def _dialogs(shots: _Shown, window: MainWindow, found: ImportResult) -> None:
    shots.dialog("import", lambda: ImportDialog(found, window))
    gaps = replace(
        found, missing=tuple(list(found.report.values)[:30]), warnings=("表格的列错开了一格，已按表头对齐",)
    )
    shots.dialog("import_gaps", lambda: ImportDialog(gaps, window))
    shots.dialog("import_tables", lambda: _at_a_table(ImportDialog(found, window)))
    shots.dialog("new", lambda: OriginDialog(2025, window))


def _printing(shots: _Shown, window: MainWindow) -> None:
    """打印 where there is a printer and where there is none."""
    dialog = PrintDialog(window.controller, window)
    dialog.show()
    pause(500)
    for scene, found in (("print_none", []), ("print", [Printer("laser", "一楼打印机", is_standard=True)])):
        dialog.show_printers(found)
        shots.take(scene, dialog)
    dialog.reject()
    dialog.deleteLater()


def _counts(shots: _Shown, window: MainWindow) -> None:
    """The small table of 各渠道数量 with its sentence and chart."""
    lines = (CountLine("政府网站", 120, 98), CountLine("微信公众号", 100, 80), CountLine("公示栏", 17, 20))
    report = replace(window.controller.document.report, counts=(Counts("channel", lines),))
    shots.dialog("counts", lambda: CountsDialog(report, window))


def _beside(shots: _Shown, window: MainWindow) -> None:
    """What stands beside a text and a table, beside it and over all; and the manual."""
    for key, tab in (("overview", "last"), ("requests", "checks")):
        window.go_to(key)
        window.panel.open("preview")
        shots.take(f"{key}_preview", window, 3000)
        window.panel.open("note")
        shots.take(f"{key}_note_beside", window)
        window.panel.open(tab)
    window.panel.open("last")
    shots.take("requests_last_year", window)
    window.panel.open("preview")
    window.panel.enlarge()
    shots.take("requests_enlarged", window, 1500)
    window.panel.enlarge()
    window.panel.open("checks")
    if window.panel.is_narrow:
        window.panel.fold()
    window.actions_["manual"].trigger()
    manual = window.findChild(Manual)
    manual.search.setText("粘贴")
    shots.take("manual", manual)
    manual.close()
    window.go_to("overview")


def _questions(shots: _Shown, window: MainWindow) -> None:
    """The questions as they stand before the clerk; each is answered with Esc."""
    refused = UserError("打不开“2020年报.doc”：文件已损坏", "请用 WPS 或 Word 打开后另存为 .docx 再导入")
    for scene, ask in (
        ("ask_to_save", lambda: dialogs.ask_to_save(window, window.controller.title)),
        ("refusal", lambda: dialogs.refuse(window, refused)),
        ("keys", lambda: window.actions_["keys"].trigger()),
    ):
        QTimer.singleShot(300, lambda scene=scene: _grab_question(shots, scene))
        ask()


def _grab_question(shots: _Shown, scene: str, answer: int = -1) -> None:
    """`answer`: the button that is pressed, none for Esc."""
    box = QApplication.activeModalWidget()
    shots.take(scene, box, 50)
    if answer < 0:
        box.close()
    else:
        box.buttons[answer].click()


def _leave_something_behind(home: Path, found: ImportResult) -> None:
    """Two recent reports, and work of a program that no longer runs."""
    for year in (2021, 2022):
        document = session.new_from(found.report, year)
        session.save(document, home / f"张家产镇{year}年年报.gknb")
        session.close(document)
    document = session.new_from(found.report, 2021)
    document.set_narrative("problems", "没有保存的话")
    session.autosave(document)
    for note in paths.recovery().glob("*.json"):
        known = json.loads(note.read_bytes())
        known["owner"]["pid"] = 2**22 + 1  # nobody has this number
        note.write_text(json.dumps(known), encoding="utf-8")
    _KEPT.append(document)


_KEPT: list[object] = []


def _register(shots: _Shown, controller: Controller, window: MainWindow) -> None:
    """申请登记, the line at the table, what would be filled; then nothing of it."""
    year = controller.document.report.year
    lines = (
        Application("1", date(year, 3, 5), "natural_person", "granted", date(year, 3, 20)),
        Application("2", date(year, 6, 1), "enterprise", "denied_query", date(year, 5, 12)),
        Application("3", date(year, 12, 28), "natural_person"),
    )
    controller.document.put("登记", register=lines)
    window.go_to("requests")
    shots.take("requests_register_line", window)
    window.page.show_register()
    shots.take("register", window)
    QTimer.singleShot(200, lambda: _grab_question(shots, "register_unfinished", 1))
    window.page.register.propose()
    shots.take("register_proposed", window)
    window.page.panel.paste_bar.dismiss()
    window.page.panel.tools.zeros.click()
    shots.take("requests_zeros", window)
    window.page.panel.paste_bar.dismiss()
    controller.document.put("不登记", register=())


def _break(controller: Controller, window: MainWindow) -> None:
    """Everything 0, one equation that does not hold."""
    document = controller.document
    document.fill_blanks(ref for ref in document.form.cells if ref not in document.form.totals)
    document.set_values({CellRef("requests", "received", "natural_person"): 12}, "填写")


def _finish(controller: Controller) -> None:
    document = controller.document
    document.set_values({CellRef("requests", "granted", "natural_person"): 12}, "填写")
    document.confirm(document.report.pending)
    document.set_processing_fee(Decimal(0))
    document.set_signature(replace(document.report.signature, issued_on=date(2022, 1, 9)))
