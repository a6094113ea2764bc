"""Finds out which system libraries, fonts and tools are missing, and installs them with apt where it may."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from trouble import SetupError

# What Qt opens on Linux, measured on a bare Debian 12: shared library → the Debian package that holds it.
DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# What the tests use beside the program, a program's name or a file's path → its package.
TOOLS = {
    "Xvfb": "xvfb",  # a real window
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus",  # Chinese typed through an input method
    "ibus-daemon": "ibus",
    "/usr/share/ibus/component/libpinyin.xml": "ibus-libpinyin",
    "fcitx5": "fcitx5",
    "/usr/share/fcitx5/inputmethod/pinyin.conf": "fcitx5-pinyin",
    "soffice": "libreoffice-writer-nogui",  # Word and PDF break lines at the same character
}
PRINTING = {  # a queue of one's own, which only root may start
    "cupsd": "cups",
    "lp": "cups-client",
    "/usr/lib/cups/backend/cups-pdf": "printer-driver-cups-pdf",
}
PROGRAMS = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])  # cupsd is for root
CHINESE_FONT = "fonts-wqy-microhei"  # TrueType outlines, which the PDF writer can embed; Noto CJK has not
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_NAMES = (
    "wqy",
    "cjk",
    "sourcehan",
    "fangsong",
    "simsun",
    "simfang",
    "gbsn",
    "gkai",
    "ukai",
    "uming",
    "cesi",
    "fz",
)


def provide(use: str, *, building_environment: bool) -> None:
    """Install what `use` ("headless", "window" or "test") lacks on Linux.

    Raises SetupError naming everything that the program cannot do without; fonts and test tools only earn a hint.
    """
    if not sys.platform.startswith("linux"):
        return
    libraries = {} if use == "headless" else {**DRAWING, **WINDOW}
    tools = test_tools() if use == "test" else {}

    def needed() -> list[str]:
        return [*(missing_venv() if building_environment else []), *missing_libraries(libraries)]

    def wished() -> list[str]:
        return [*missing_fonts(), *missing_tools(tools)]

    install(needed())
    install(wished())
    if absent := needed():
        raise SetupError(f"这台电脑上缺少系统软件包，请先安装，再运行一次：{apt_line([*absent, *wished()])}")
    if missing_fonts():
        print(
            f"提示：没有找到中文字体，中文会显示成方框。可安装：{apt_line([CHINESE_FONT])}", file=sys.stderr
        )
    if absent := missing_tools(tools):
        print(f"提示：缺少测试用的工具，这部分测试会跳过。可安装：{apt_line(absent)}", file=sys.stderr)


def missing_venv() -> list[str]:
    """Debian keeps half of Python's venv module in a package of its own."""
    importlib.invalidate_caches()
    found = importlib.util.find_spec("ensurepip") is not None
    return [] if found else ["python{}.{}-venv".format(*sys.version_info[:2])]


def require_display() -> None:
    """Refuse in words where no desktop is announced; Qt itself would only abort."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise SetupError(
            "这里没有图形桌面，窗口打不开。请在桌面的终端里运行 make run；不开窗口可以先试 make demo。"
        )


def require_reachable_display() -> None:
    name = os.environ.get("DISPLAY", "")
    if not sys.platform.startswith("linux") or not name or os.environ.get("WAYLAND_DISPLAY"):
        return
    if os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        return
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    if xcb.xcb_connection_has_error(connection):
        raise SetupError(
            f"连不上图形桌面（DISPLAY 是 {name}），窗口打不开。请在桌面自己的终端里运行 make run。"
        )
    xcb.xcb_disconnect(connection)


def missing_libraries(libraries: dict[str, str]) -> list[str]:
    return [package for name, package in libraries.items() if not loads(name)]


def missing_tools(tools: dict[str, str]) -> list[str]:
    return [package for name, package in tools.items() if not is_there(name)]


def test_tools() -> dict[str, str]:
    return {**TOOLS, **PRINTING} if os.geteuid() == 0 else TOOLS


def is_there(name: str) -> bool:
    """Whether a program or file of the system is installed."""
    return Path(name).exists() if "/" in name else shutil.which(name, path=PROGRAMS) is not None


def missing_fonts() -> list[str]:
    return [] if any(is_chinese_font(path) for path in font_files()) else [CHINESE_FONT]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def font_files() -> Iterable[Path]:
    for folder in FONT_FOLDERS:
        yield from Path(folder).expanduser().rglob("*.*")


def is_chinese_font(path: Path) -> bool:
    name = path.name.lower().replace("-", "").replace("_", "")
    return name.endswith((".ttf", ".ttc", ".otf", ".otc")) and any(part in name for part in FONT_NAMES)


def install(packages: list[str]) -> None:
    """Try apt where it may be used without asking for a password; otherwise do nothing: the caller looks again."""
    before = apt_prefix() if packages else None
    if before is None:
        return
    print(f"正在安装系统软件包：{' '.join(packages)} ……", file=sys.stderr)
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)  # one dead source must not stop the rest
    for some in (packages, *([one] for one in packages)):  # one that is unknown here must not stop the rest
        call = [*apt, "install", "-y", "--no-install-recommends", *some]
        done = subprocess.run(call, stdout=subprocess.DEVNULL)
        if some is packages and done.returncode == 0:
            return
    print("系统软件包没有都装好，原因见上面几行。", file=sys.stderr)


def apt_prefix() -> list[str] | None:
    """How apt-get may be called here: directly, through sudo without a password, or (None) not at all."""
    if shutil.which("apt-get") is None or "NIANBAO_NO_APT" in os.environ:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def apt_line(packages: list[str]) -> str:
    return "sudo apt install " + " ".join(packages)
