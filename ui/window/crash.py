"""When the program itself is at fault: everything into the log file, the work kept, one calm sentence shown."""

import contextlib
import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from app import paths
from app.errors import UserError

log = logging.getLogger("nianbao")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


_keep_work: Callable[[], object] = bool


def keep_by(keep_work: Callable[[], object]) -> None:
    """What keeps the work from now on: that of the window which has the report. It raises when it cannot."""
    global _keep_work
    _keep_work = keep_work


def install(keep_work: Callable[[], object]) -> None:
    """From now on nothing goes wrong unseen. `keep_work` is called before anything is said."""
    keep_by(keep_work)
    _open_log()
    qInstallMessageHandler(_on_qt_message)

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, UserError):  # a refusal on its way: 定稿, for one
            _refuse(error)
            return
        log.error("".join(traceback.format_exception(kind, error, trace)))
        is_kept = True
        try:
            _keep_work()
        except Exception:
            is_kept = False
            log.exception("the work could not be kept")
        _say(is_kept)

    def on_thread_error(found: threading.ExceptHookArgs) -> None:
        """Of another thread: only written down, no window may be touched there."""
        if found.exc_value is not None:
            error = found.exc_value
            log.error("".join(traceback.format_exception(found.exc_type, error, found.exc_traceback)))

    sys.excepthook = on_error
    threading.excepthook = on_thread_error


def _open_log() -> None:
    file = paths.log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            file, maxBytes=1_000_000, backupCount=1, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()  # a home that cannot be written must not keep the window shut
    with contextlib.suppress(OSError):
        faulthandler.enable(file.with_name("crash.log").open("a", encoding="utf-8"))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)


_is_saying = False


def _refuse(error: UserError) -> None:
    from ui.kit import dialogs

    if QApplication.instance() is not None:
        dialogs.refuse(QApplication.activeWindow(), error)


def _say(is_kept: bool) -> None:
    global _is_saying
    if _is_saying or QApplication.instance() is None:
        return
    from ui.kit import dialogs

    _is_saying = True
    try:
        choices = ["打开日志文件夹", "继续"]
        answer = dialogs.ask(
            QApplication.activeWindow(),
            "程序出错了，报告的内容已自动保存。" if is_kept else "程序出错了，报告的内容没有能自动保存。",
            "可以继续；为稳妥起见，请先另存一份报告，再重新打开程序。",
            choices,
            standard=1,
        )
        if answer == 0:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_file().parent)))
    finally:
        _is_saying = False
