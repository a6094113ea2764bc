"""Opening the window from the command line: whether there is a desktop, and all parts that the window needs."""

import os
import re
import sys
import time
from pathlib import Path

from app.commands import bugs
from app.commands.arguments import mistake
from app.errors import UserError
from app.machine.offline import stay_offline
from app.machine.thrift import be_thrifty
from app.storage.windows_names import exists

_BEGAN = time.monotonic()  # nothing of the window is loaded yet


def open_window(name: str) -> int:
    """The window, on a file if one is named; the exit status of the program."""
    if name and not exists(Path(name)):
        raise _nothing_there(name)
    _require_display()
    stay_offline()
    be_thrifty()
    try:
        from ui.window import application

        return application.run(Path(name) if name else None, _BEGAN)
    except ImportError as error:  # Qt is imported by `run`
        bugs.logged(error)
        missing = re.search(r"lib[\w.+-]+\.so[.0-9]*", str(error))
        raise UserError(
            f"窗口打不开：缺少窗口需要的组件（{missing[0] if missing else error.name}）",
            "请运行 make run 补齐，或重新安装；不开窗口可以用 nianbao check 等命令",
        ) from None


def _nothing_there(name: str) -> UserError:
    """A double click names a file by its place; a bare word was meant as a command."""
    if not Path(name).suffix and not {"/", os.sep} & set(name):
        return mistake(f"没有“{name}”这个文件，也没有这个命令")
    return UserError(
        f"找不到文件“{name}”，可能已经移走、改名或删除了，或者所在的U盘、共享文件夹没有接上",
        "误删的请先从回收站还原；在别处的，请打开年报助手，用“打开”找到它",
    )


def libraries() -> str:
    """Load all that the window needs without opening it; the version of Qt."""
    from ui.window import application

    return application.libraries()


def _require_display() -> None:
    """Without a desktop Qt would only abort, in English."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") not in (
        "xcb",
        "wayland",
    ):
        return
    name = os.environ.get("DISPLAY", "")
    if os.environ.get("WAYLAND_DISPLAY") or (name and _answers(name)):
        return
    what = f"连不上图形桌面（DISPLAY 是 {name}），窗口打不开" if name else "这里没有图形桌面，窗口打不开"
    raise UserError(what, "请在桌面的终端里运行；不开窗口可以用 nianbao check 等命令")


def _answers(display: str) -> bool:
    """Whether an X server is there, as far as can be told."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(errors="replace"), None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
