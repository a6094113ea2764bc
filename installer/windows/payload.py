"""The folder that both packages hold: CPython, the libraries without what is not used, and the program, all compiled.

年报助手.exe, nianbao.exe   launchers: the window, the command line
app/ ui/ templates/ resources/ build.txt
python/                     the embeddable package
lib/                        the libraries; names are short, for Windows wants the whole of a name within 259 characters
licences/                   the text of every licence, and the list of components
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import release
from release import ROOT
from trouble import SetupError

COMMON_LICENCES = Path("/usr/share/common-licenses")  # of Debian
COMPILER = Path(__file__).resolve().parent / "compiling.py"
OURS = ("app", "ui", "templates", "resources")

# Of the embeddable package: what the program never loads.
_PYTHON_WITHOUT = (
    r"_(ssl|asyncio|overlapped|zoneinfo)\.pyd|libssl.*|libcrypto.*|_hashlib\.pyd|_sqlite3\.pyd|sqlite3\.dll|_msi\.pyd|winsound\.pyd"
    r"|python\.cat"
)
_LIBRARY_WITHOUT = (
    r"(lib2to3|ensurepip|pydoc_data|sqlite3|msilib|idlelib|turtledemo|distutils|unittest|venv|curses|dbm|wsgiref|asyncio|xmlrpc"
    r"|xml/dom|zoneinfo)/.*|http/(server|cookies)\.pyc|(__phello__|_pyio|_pydecimal|aifc|antigravity|asynchat|asyncore|bdb|cgi|cgitb|chunk|cProfile|crypt"
    r"|doctest|ftplib|imaplib|imghdr|mailbox|mailcap|modulefinder|nntplib|optparse|pdb|pickletools|pipes|plistlib|poplib|profile"
    r"|pstats|pty|pyclbr|pydoc|rlcompleter|sched|shelve|smtpd|smtplib|sndhdr|statistics|sunau|symtable|tabnanny|telnetlib|this|timeit|trace|tty|turtle"
    r"|uu|wave|webbrowser|xdrlib|zipapp)(/.*)?\.pyc"
)

# Of a wheel: what is kept where little is, what is left out where little is. Paths are within site-packages.
_KEPT = {
    "PySide6-Essentials": (
        r"PySide6/(__init__|_config|_git_pyside_version)\.py",
        r"PySide6/support/(__init__|deprecated)\.py",
        r"PySide6/(pyside6\.abi3|Qt6(Core|Gui|Widgets|PrintSupport))\.dll",
        r"PySide6/msvcp140(_1|_2)?\.dll",
        r"PySide6/Qt(Core|Gui|Widgets|PrintSupport)\.pyd",
        r"PySide6/plugins/platforms/(qwindows|qoffscreen)\.dll",
        r"PySide6/plugins/imageformats/q(jpeg|gif|ico)\.dll",  # the program shows PNG and JPEG; Pillow reads the rest
        r"PySide6/translations/qtbase_zh_CN\.qm",
    ),
    "shiboken6": (
        r"shiboken6/(__init__|_config|_git_shiboken_module_version)\.py",
        r"shiboken6/shiboken6\.abi3\.dll",
        r"shiboken6/Shiboken\.pyd",
    ),
    "cffi": (r"_cffi_backend\..*\.pyd",),
}
_WITHOUT = {
    "openpyxl": r"openpyxl/utils/dataframe\.py",
    "charset-normalizer": r"charset_normalizer/(cli/.*|__main__\.py)",
    "lxml": r"lxml/((includes|isoschematron|html)/.*|(doctestcompare|usedoctest)\.py|objectify\..*)|.*\.(pyx|pxi|pxd|h|c)",
    "pdfminer.six": r"pdfminer/cmap/(KSC.*|UniKS.*|to-unicode-Adobe-Korea1)\.json\.gz",  # Korean
    # the readers of pictures that no report has, which Pillow passes over where they are not there
    "Pillow": (
        r"PIL/(_avif|_imaging(tk|ft|math|morph))\..*\.pyd|PIL/(ImageTk|_tkinter_finder|PSDraw|(Bdf|Pcf)FontFile|ImageDraw2|ImageGrab|WalImageFile)\.py"
        r"|PIL/(Avif|Blp|Cur|Dcx|Dds|Eps|Fits|Fli|Fpx|Ftex|Gbr|Icns|Im|Imt|Iptc|McIdas|Mic|Mpeg|Msp|Palm|Pcd|Pcx|Pixar|Psd|Qoi|Sgi|Spider|Sun"
        r"|Tga|Wmf|XVThumb|Xbm|Xpm|(Bufr|Grib|Hdf5)Stub)ImagePlugin\.py"
    ),
    "reportlab": r"reportlab/((fonts|graphics|platypus)/.*|lib/(codecharts|corp|testutils|styles|pdfencrypt|PyFontify|randomtext)\.py)",
    "pypdfium2": r"pypdfium2_cli/.*|pypdfium2/__main__\.py",
    "cryptography": r"cryptography/(x509/.*|fernet\.py|hazmat/(asn1|backends/openssl|primitives/(serialization|asymmetric|kdf))/.*)",
    "python-docx": r"docx/templates/default-docx-template/.*",
    "olefile": r"olefile/(doc/.*|olefile2\.py)",
}
_NEVER = r".*\.(pyi|lib|exe|prl|typed)|.*/(tests?|__pycache__)/.*"
_METADATA = r"[^/]+\.dist-info/METADATA"
_LICENCE = re.compile(r".*(licen[sc]e|copying|notice|authors).*", re.IGNORECASE)

# What Windows 10 itself has. A library that is neither here nor in the payload would stop the program on the clerk's computer.
_SYSTEM = re.compile(
    r"(api-ms-win-.*|ext-ms-.*|kernel32|user32|gdi32|advapi32|shell32|ole32|oleaut32|comdlg32|winspool|ws2_32|version|winmm"
    r"|imm32|dwmapi|uxtheme|shlwapi|setupapi|shcore|userenv|netapi32|mpr|authz|dwrite|d3d9|d3d11|d3d12|dxgi|d2d1|ntdll|bcrypt|crypt32"
    r"|rpcrt4|wtsapi32|uiautomationcore|iphlpapi|secur32|wldap32|winhttp|runtimeobject|msvcrt|propsys|cfgmgr32|ucrtbase|dbghelp"
    r"|psapi|comctl32|powrprof|pathcch|ncrypt|normaliz|bcryptprimitives)\.(dll|drv)",
    re.IGNORECASE,
)


def unpack_python(archive: Path, folder: Path) -> None:
    """The embeddable package, pruned; its path file lets the program and the libraries be found, and nothing else."""
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            leaf = name.rpartition("/")[2]
            if leaf and not re.fullmatch(_PYTHON_WITHOUT, leaf):
                write(folder / leaf, opened.read(name))
    (library,) = folder.glob("python3*.zip")
    _repack_library(library)
    (path_file,) = folder.glob("python3*._pth")
    path_file.write_text(f"{library.name}\n.\n..\\lib\n..\n", "utf-8", newline="\r\n")


def _repack_library(library: Path) -> None:
    """The standard library without what is not used, and not packed: the set-up packs it better as a whole."""
    with zipfile.ZipFile(library) as opened:
        members = {name: opened.read(name) for name in sorted(opened.namelist()) if not name.endswith("/")}
    with zipfile.ZipFile(library, "w", zipfile.ZIP_STORED) as made:
        for name, data in members.items():
            if not re.fullmatch(_LIBRARY_WITHOUT, name):
                made.writestr(zipfile.ZipInfo(name), data)


def unpack_wheel(name: str, wheel: Path, packages: Path, licences: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        for member in opened.namelist():
            if member.endswith("/"):
                continue
            if is_wanted(name, member):
                write(packages / member, repacked(member, opened.read(member)))
            if _LICENCE.fullmatch(member.rpartition("/")[2]) and not member.endswith((".py", ".pyi")):
                write(licences / name / member.rpartition("/")[2], opened.read(member))


def share_runtime(packages: Path, python_folder: Path) -> None:
    """Microsoft's C++ library lies once, beside python.exe, where every library finds it; its C library is Python's own."""
    for path in sorted((packages / "PySide6").glob("msvcp140*.dll")):
        path.replace(python_folder / path.name)


def into_library(package: Path, python_folder: Path) -> None:
    """A compiled package without data moves into the zip of Python's own: reportlab has the longest names of all."""
    (library,) = python_folder.glob("python3*.zip")
    with zipfile.ZipFile(library, "a", zipfile.ZIP_STORED) as made:
        for path in sorted(one for one in package.rglob("*") if one.is_file()):
            made.writestr(zipfile.ZipInfo(path.relative_to(package.parent).as_posix()), path.read_bytes())
    shutil.rmtree(package)


def repacked(member: str, data: bytes) -> bytes:
    """A table of pdfminer's, in the same format and not packed: as a whole the set-up packs them to a seventh."""
    if not member.endswith(".json.gz"):
        return data
    return gzip.compress(gzip.decompress(data), compresslevel=0, mtime=0)


def is_wanted(name: str, member: str) -> bool:
    """Whether a file of a wheel goes into the payload."""
    if re.fullmatch(_METADATA, member):
        return True
    if re.match(r"[^/]+\.(dist-info|data)/", member) or re.fullmatch(_NEVER, member, re.IGNORECASE):
        return False
    if name in _KEPT:
        return any(re.fullmatch(one, member) for one in _KEPT[name])
    return not re.fullmatch(_WITHOUT.get(name, "(?!)"), member)


def copy_program(folder: Path) -> None:
    """What git knows of the program; a file that lies about is not packed."""
    for name in release.files(*OURS):
        write(folder / name, (ROOT / name).read_bytes())


def compile_all(folder: Path) -> None:
    """Every .py becomes a .pyc in its place; in a process of its own, so that two builds write the same bytes."""
    for place in (folder / name for name in ("app", "ui", "lib")):
        call = [sys.executable, "-I", str(COMPILER), str(place)]
        done = subprocess.run(call, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"})
        if done.returncode != 0:
            raise SetupError(f"没能编译“{place.name}”：{done.stderr.strip() or done.stdout.strip()}")


def copy_licences(folder: Path, python_folder: Path) -> None:
    """Ours, Python's, and those of Qt, which its wheels name and do not bring."""
    write(folder / "年报助手.txt", (ROOT / "LICENSE").read_bytes())
    write(folder / "CPython.txt", (python_folder / "LICENSE.txt").read_bytes())
    for name in ("LGPL-3", "GPL-3"):
        if not (COMMON_LICENCES / name).exists():
            raise SetupError(f"缺少许可证文本“{COMMON_LICENCES / name}”，请在 Debian 上生成安装包。")
        write(folder / "PySide6-Essentials" / f"{name}.txt", (COMMON_LICENCES / name).read_bytes())
    shutil.copytree(ROOT / "resources" / "fonts" / "LICENSES", folder / "fonts", dirs_exist_ok=True)


def lacking(folder: Path) -> list[str]:
    """Libraries that a binary of the payload asks for and that neither it nor Windows has: `who: what`."""
    binaries = [path for path in folder.rglob("*") if path.suffix in (".exe", ".dll", ".pyd")]
    here = {path.name.lower() for path in binaries}
    return sorted(
        f"{path.name}: {name}"
        for path in binaries
        for name in _imports(path)
        if name.lower() not in here and not _SYSTEM.fullmatch(name)
    )


def _imports(path: Path) -> Iterator[str]:
    done = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(path)], capture_output=True, text=True, errors="replace"
    )
    if done.returncode != 0:
        raise SetupError(f"读不出“{path.name}”要用哪些组件：{done.stderr.strip()}")
    yield from re.findall(r"^\s*DLL Name: (\S+)", done.stdout, re.M)


def longest_path(folder: Path) -> int:
    """Characters of the longest name within the payload: Windows allows 259 with the folder of the installation."""
    return max(len(str(path.relative_to(folder))) for path in folder.rglob("*"))


def set_times(folder: Path, epoch: int) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (epoch, epoch))


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
