"""Starts the window. The only place that makes the QApplication."""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app import paths
from ui.kit import file_dialogs, focus_ring, theme
from ui.kit.appearance import Appearance
from ui.window.app_icon import icon

_PLATFORMS = ("", "xcb", "wayland", "offscreen", "minimal", "vnc", "dxcb;xcb")


def run(argv: Sequence[str], began: float | None = None) -> int:
    """Open the window, on a file if one is named; the exit status of the program. `began`: when, by time.monotonic()."""
    app = make_app(list(argv))
    from ui.window.opening_card import shown_if_slow

    card = shown_if_slow(began) if began is not None else None
    from app.storage import running
    from ui.kit import jobs
    from ui.state.controller import Controller
    from ui.window import crash
    from ui.window.endings import Endings
    from ui.window.main_window import MainWindow

    controller = Controller()
    crash.install(controller.keep_work)
    was_cut_off = running.begin()
    window = MainWindow(controller)
    window.endings = Endings(app, controller.keep_all)
    window.endings.listen()
    window.show_at_start()
    if card is not None:
        card.close()
        card.deleteLater()
    if was_cut_off:
        window.say_cut_off()
    QTimer.singleShot(0, keep_what_is_loaded)
    names = [word for word in argv if not word.startswith("-")]
    if names:
        QTimer.singleShot(0, lambda: window.open_path(Path(names[0])))  # the window is there before the file
    status = app.exec()
    window.endings.let_go()
    controller.previews.close()
    jobs.wait_for_all()
    running.end()
    return status


def keep_what_is_loaded() -> None:
    """What is loaded by now stays: the garbage collector need not look through it again while the clerk types."""
    gc.collect()
    gc.freeze()


def make_app(arguments: list[str]) -> QApplication:
    """The application with our style, palette and typeface, speaking Chinese."""
    _mend_environment()
    app = QApplication([sys.argv[0] if sys.argv else "nianbao", *arguments])
    app.setApplicationName("nianbao")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("nianbao")
    app.setWindowIcon(icon())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", folder):
        app.installTranslator(translator)
    file_dialogs.use_own_dialogs()
    _lend_typeface()
    systems = app.palette()
    theme.apply(app)
    Appearance(app, systems)
    focus_ring.follow(app)
    return app


def _lend_typeface() -> None:
    """Where no typeface of the desktop has Chinese, all words would be boxes: ours for the PDF serves the window too.

    As bytes: by name, Qt finds no file in a folder that is called something in Chinese on a Windows of another language.
    """
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        face = paths.resources() / "fonts" / "NotoSansSC-Medium.ttf"
        with contextlib.suppress(OSError):
            QFontDatabase.addApplicationFontFromData(face.read_bytes())


def _mend_environment() -> None:
    """What desktops of UOS and Kylin set and Qt of the wheel cannot use: platform dxcb, and plugins built for their own Qt."""
    if sys.platform != "linux":
        return
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] not in _PLATFORMS:
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"):
        os.environ.pop(name, None)
    _mend_input_method()


def _mend_input_method() -> None:
    """The wheel has no plugin for fcitx; fcitx 5 understands that for ibus, without it nobody could type Chinese."""
    wanted = f"{os.environ.get('QT_IM_MODULES', '')};{os.environ.get('QT_IM_MODULE', '')}"
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    if "fcitx" in wanted and not any(folder.glob("*fcitx*")):
        os.environ.pop("QT_IM_MODULES", None)
        os.environ["QT_IM_MODULE"] = "ibus"
