"""What stands in the packages beside the program: names, versions, menu entry, file type."""

import json
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import pins
from trouble import SetupError

NAME = "nianbao"
_PUBLISHER = pins.read()["publisher"]
STORE_ID = _PUBLISHER["store-id"]  # the folder under /opt/apps
TITLE = "年报助手"
SUMMARY = "Writes the yearly report on government information disclosure"
SUMMARY_ZH = "编制政府信息公开工作年度报告，离线使用"
MAINTAINER = _PUBLISHER["maintainer"]
TYPE = "application/x-nianbao+zip"  # the same as in app/storage/container.py; a test compares them
ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}
OLDEST_GLIBC = (2, 28)  # 统信 UOS V20

# Shared library → the Debian package that holds it, in the names of Debian 11 to 13 and of UOS and Kylin.
PACKAGE_OF = {
    "ld-linux-aarch64.so.1": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libcrypt.so.1": "libcrypt1",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
ALWAYS = ["xkb-data"]  # libxkbcommon of ours reads it
OPTIONAL = {"libcups.so.2": "libcups2 | libcups2t64"}  # Qt opens its plugin for printers only where this is
RECOMMENDED = ["fonts-noto-cjk | fonts-wqy-microhei", "cups-client", "xdg-utils", "shared-mime-info"]


def debian_version(own: str) -> str:
    """1.0.0rc1 comes before 1.0.0 for Python; for dpkg only 1.0.0~rc1 does."""
    return re.sub(r"\.?(a|b|rc|dev)(\d+)$", r"~\1\2", own)


def deb_name(own: str, architecture: str, *, store: bool = False) -> str:
    return f"{STORE_ID if store else NAME}_{debian_version(own)}_{architecture}.deb"


def portable_name(own: str, architecture: str) -> str:
    return f"{NAME}-{own}-linux-{ARCHITECTURES[architecture]}"


def depends(needed: Iterable[str]) -> list[str]:
    """The packages that hold these libraries. One that is not in the table stops the build: it would fail on a clerk's PC."""
    wanted = sorted(set(needed) - set(OPTIONAL))
    if unknown := [name for name in wanted if name not in PACKAGE_OF]:
        raise SetupError(
            f"程序要用的 {'、'.join(unknown)} 不在安装包里，也不知道属于哪个系统软件包。请补到 papers.PACKAGE_OF。"
        )
    packages = sorted({*ALWAYS, *(PACKAGE_OF[name] for name in wanted)})
    oldest = "{}.{}".format(*OLDEST_GLIBC)
    return [f"libc6 (>= {oldest})" if name == "libc6" else name for name in packages]


def control(own: str, architecture: str, needed: Sequence[str], size: int, *, store: bool = False) -> str:
    """DEBIAN/control; `size` in bytes on disk."""
    optional = sorted({OPTIONAL[name] for name in needed if name in OPTIONAL})
    fields = {
        "Package": STORE_ID if store else NAME,
        "Version": debian_version(own),
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(-(-size // 1024)),
        "Depends": ", ".join(depends(needed)),
        "Recommends": ", ".join([*optional, *RECOMMENDED]),
        "Section": "misc",
        "Priority": "optional",
        "Description": f"{SUMMARY}\n {TITLE}：{SUMMARY_ZH}。\n .\n 不联网，不需要另装 Python。",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def desktop_entry(program: str, icon: str = NAME) -> str:
    """The entry of the menu. `program` is the absolute path of the launcher; it may hold blanks and Chinese."""
    # twice: a value of type string has escapes of its own, and inside the quotes of Exec stand others
    quoted = re.sub(r'(["`$\\])', r"\\\1", program).replace("\\", "\\\\").replace("%", "%%")
    lines = {
        "Type": "Application",
        "Version": "1.0",
        "Name": TITLE,
        "Name[zh_CN]": TITLE,
        "GenericName": "Disclosure report",
        "GenericName[zh_CN]": "政府信息公开年报",
        "Comment": SUMMARY,
        "Comment[zh_CN]": SUMMARY_ZH,
        "Exec": f'"{quoted}" %f' if re.search(r"[^\w/.+-]", program, re.ASCII) else f"{program} %f",
        "Icon": icon,
        "Terminal": "false",
        "Categories": "Office;",
        "MimeType": f"{TYPE};",
        "StartupNotify": "true",
        "StartupWMClass": NAME,
        "Keywords": "gknb;nianbao;",
        "Keywords[zh_CN]": "年报;政府信息公开;nianbao;gknb;",
    }
    return "[Desktop Entry]\n" + "".join(f"{name}={value}\n" for name, value in lines.items())


def file_type() -> str:
    """What shared-mime-info reads: by the suffix, and by the first bytes of the zip."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{escape(TYPE)}">
    <comment>Disclosure report</comment>
    <comment xml:lang="zh_CN">政府信息公开年报</comment>
    <sub-class-of type="application/zip"/>
    <icon name="{NAME}"/>
    <magic priority="60">
      <match type="string" value="PK\\003\\004" offset="0">
        <match type="string" value="mimetype{TYPE}" offset="30"/>
      </match>
    </magic>
    <glob pattern="*.gknb"/>
  </mime-type>
</mime-info>
"""


def store_info(own: str, architecture: str) -> str:
    """`info`: what the store of UOS reads in /opt/apps/<id>."""
    return (
        json.dumps(
            {
                "appid": STORE_ID,
                "name": TITLE,
                "version": debian_version(own),
                "arch": [architecture],
                "permissions": {
                    "autostart": False,
                    "notification": False,
                    "trayicon": False,
                    "clipboard": True,
                    "account": False,
                    "bluetooth": False,
                    "camera": False,
                    "audio_record": False,
                    "installed_apps": False,
                },
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def copyright_notice(place: str, own: str) -> str:
    """What is whose, in words: where each licence lies, and where the sources are that some of them want to be offered."""
    return (
        f"年报助手（nianbao）按木兰宽松许可证第 2 版发布，全文在 {place}/share/licences/nianbao-MulanPSL-2.0.txt。\n"
        f"其中所用组件的名称、版本和许可见 {place}/share/manifest.json，许可全文在 {place}/share/licences、"
        f"{place}/packages/*.dist-info 和 {place}/program/resources/fonts/LICENSES。\n"
        "Qt 和 PySide6 按 LGPL-3 使用：它们是单独的共享库，可以换成自己编译的版本，源代码由 Qt 公司在 download.qt.io 按版本发布。\n"
        f"Fandol 字体按 GPL-3（带字体例外）使用：未改的原件和改它的脚本与安装包放在一起，文件名 {sources_name(own)}。\n"
    )


def sources_name(own: str) -> str:
    return f"{NAME}-{own}-fonts-source.tar.xz"
