"""Builds the packages for Windows on Debian: a set-up for one user, and a folder that needs none (make windows)."""

import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bill
import pins
import release
import system_packages
import wheels
from linux import font_sources
from pins import Component
from release import ROOT
from trouble import SetupError
from windows import cpython, imports, library, payload, signatures

HERE = Path(__file__).resolve().parent
WORK = ROOT / "out" / "windows"
DOWNLOADS = ROOT / "out" / "downloads"
DIST = ROOT / "dist"
PRODUCT = "年报助手"
KEPT = "年报助手数据"  # app/paths.py looks for it beside the program
TOOLS = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "osslsigncode": "osslsigncode",
}
LARGEST = 45_000_000  # bytes of the set-up: what a clerk still gets through a slow line or onto an old stick
NOTE = "\ufeff绿色版把设置、自动保存和备份都放在这个文件夹里，可以随U盘带走。\r\n升级时请保留这个文件夹。\r\n"


def main() -> int:
    try:
        for line in build():
            print(line, flush=True)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def build():
    provide(TOOLS)
    if sys.version_info[:2] != (3, 11):
        raise SetupError("要用 Python 3.11 来编译，才与包里的 Python 相同。请安装 python3.11，再运行一次。")
    version, epoch = release.version(), release.epoch()
    yield f"—— 年报助手 {version}：下载并核对组件"
    table = pins.read()
    wanted, python = pins.wheels(table, "windows"), cpython.wanted(table)
    downloaded = wheels.download(wanted, ["win_amd64"], DOWNLOADS)
    embedded = cpython.download(python, DOWNLOADS)
    yield f"{len(downloaded) + 1}个组件的校验值都与 installer/packages.toml 一致"

    folder = fresh(WORK / PRODUCT)
    check = fresh(WORK / "signed")
    with zipfile.ZipFile(embedded) as opened:
        for name in opened.namelist():
            if not name.endswith("/"):
                payload.write(check / name.rpartition("/")[2], opened.read(name))
    yield f"{python.holds}：{signatures.verify(check)}个文件有 Python Software Foundation 的签名"
    (unsigned,) = check.glob("python3*.zip")
    yield compared(library.compare(unsigned), WORK / "library.txt")

    yield "—— 装配"
    payload.unpack_python(embedded, folder / "python")
    packages = folder / "lib"
    for name, wheel in downloaded.items():
        payload.unpack_wheel(name, wheel, packages, folder / "licences")
    yield f"Qt：{signatures.verify_qt(packages)}个文件有 The Qt Company 的签名"
    payload.share_runtime(packages, folder / "python")
    payload.copy_program(folder)
    if absent := imports.missing(folder):
        raise SetupError("包里的程序要用的模块没有装进去：" + "；".join(absent))
    payload.write(folder / "build.txt", f"{release.commit()}\n".encode())
    payload.compile_all(folder)
    payload.into_library(packages / "reportlab", folder / "python")
    payload.copy_licences(folder / "licences", folder / "python")
    listed = [
        *wanted,
        Component("CPython", python.holds.split()[-1], python.archive.licence, python.archive.sha256),
    ]
    faces = pins.fonts(table, ROOT / "resources" / "fonts")
    manifest = bill.write(version, "windows-x86_64", listed, faces, tool_versions(), epoch)
    payload.write(folder / "licences" / "components.cdx.json", manifest.encode())
    compile_launchers(folder, version)
    if lacking := payload.lacking(folder):
        raise SetupError("包里缺少组件：" + "；".join(lacking))
    payload.set_times(folder, epoch)

    yield "—— 打包"
    DIST.mkdir(exist_ok=True)
    setup = DIST / f"nianbao-{version}-windows-setup.exe"
    portable = DIST / f"nianbao-{version}-windows-portable.zip"
    make_setup(folder, setup, version, epoch)
    if (size := setup.stat().st_size) > LARGEST:
        raise SetupError(
            f"安装包有 {size / 1e6:.2f} MB，超过了 {LARGEST / 1e6:.0f} MB：请在 payload.py 里再去掉用不到的。"
        )
    make_portable(folder, portable, epoch)
    payload.write(DIST / f"nianbao-{version}-windows.cdx.json", manifest.encode())
    sources = font_sources.make(version, epoch, WORK, DIST, DOWNLOADS)
    release.write_sums(DIST)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    for path in (setup, portable, sources):
        yield f"{path.relative_to(ROOT)}：{path.stat().st_size / 1e6:.1f} MB"
    yield f"装好以后占 {size / 1e6:.0f} MB；校验值在 dist/SHA256SUMS"


def compared(origin: library.Origin, target: Path) -> str:
    """One line for whoever builds; in `target` stands what parts. The zip is pinned by its hash: what was read once stays read."""
    lines = [f"{name}: {'、'.join(functions)}\n" for name, functions in origin.other.items()]
    lines += [f"{name}: 这台电脑没有它的源代码\n" for name in origin.unknown]
    target.write_text("".join(lines), "utf-8")
    return (
        f"标准库没有签名：{len(origin.same)}个模块与这台电脑的 Python {platform.python_version()} 逐条指令相同，"
        f"{len(origin.other)}个不同，{len(origin.unknown)}个没有对照，见 {target.name}"
    )


def provide(tools: dict[str, str]) -> None:
    """Install the Debian packages of the tools that are missing; SetupError names those that cannot be."""
    system_packages.install(system_packages.missing_tools(tools))
    if absent := system_packages.missing_tools(tools):
        raise SetupError(f"缺少生成安装包的工具，请先安装，再运行一次：{system_packages.apt_line(absent)}")


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def four_numbers(version: str) -> list[str]:
    """1.0.0rc1 → 1, 0, 0, 0: Windows knows nothing else."""
    found = re.findall(r"\d+", re.match(r"[\d.]+", version)[0])
    return [*found, "0", "0", "0", "0"][:4]


def tool_versions() -> dict[str, str]:
    return {package: _deb_version(package) for package in TOOLS.values()}


def _deb_version(package: str) -> str:
    call = ["dpkg-query", "--show", "--showformat=${Version}", package]
    return subprocess.run(call, capture_output=True, text=True).stdout


def compile_launchers(folder: Path, version: str) -> None:
    work = fresh(WORK / "launcher")
    icon = work / "nianbao.ico"
    _tool([sys.executable, str(HERE / "icon.py"), str(icon)])
    resources = work / "launcher.o"
    numbers = ",".join(four_numbers(version))
    words = [f'-DVERSION=\\"{version}\\"', f"-DNUMBERS={numbers}", "-I", str(work), "-I", str(HERE)]
    _tool(["x86_64-w64-mingw32-windres", *words, str(HERE / "launcher.rc"), str(resources)])
    compiler = [
        "x86_64-w64-mingw32-gcc",
        "-Os",
        "-s",
        "-Wall",
        "-Wextra",
        "-municode",
        "-Wl,--no-insert-timestamp",
    ]
    source = [str(HERE / "launcher.c"), str(resources)]
    _tool([*compiler, "-mwindows", *source, "-o", str(folder / f"{PRODUCT}.exe")])
    _tool([*compiler, "-DCONSOLE", "-mconsole", *source, "-o", str(folder / "nianbao.exe")])


def make_setup(folder: Path, target: Path, version: str, epoch: int) -> None:
    files = WORK / "files.nsh"
    files.write_text(placing(folder) + removal(folder), "utf-8")
    defined = {
        "FILES": files,
        "OUT": target,
        "VERSION": version,
        "NUMBERS": ".".join(four_numbers(version)),
        "ICON": WORK / "launcher" / "nianbao.ico",
        "LONGEST": payload.longest_path(folder),
    }
    call = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode"]
    call += [f"-D{name}={value}" for name, value in defined.items()]
    _tool([*call, str(HERE / "setup.nsi")], SOURCE_DATE_EPOCH=str(epoch), LC_ALL="C.UTF-8")


def placing(folder: Path) -> str:
    """The macro that lays every file in its place; like beside like, which packs two hundredths better."""
    lines, last = [], None
    for path in sorted((one for one in folder.rglob("*") if one.is_file()), key=_kind):
        if path.parent != last:
            there = _windows_name(path.parent, folder)
            lines.append(f'  SetOutPath "$INSTDIR\\{there}"' if there != "." else '  SetOutPath "$INSTDIR"')
            last = path.parent
        lines.append(f'  File "{path}"')
    return "\n".join(["!macro PlaceFiles", *lines, '  SetOutPath "$INSTDIR"', "!macroend", ""])


def _kind(path: Path) -> tuple[int, str, str]:
    order = {".exe": 0, ".dll": 0, ".pyd": 0, ".zip": 1, ".pyc": 1, ".gz": 2, ".ttf": 9}
    return order.get(path.suffix, 3), path.suffix if path.suffix not in order else "", str(path)


def removal(folder: Path) -> str:
    """The macro that deletes what was installed and nothing else: files by name, then folders that are empty."""
    paths = sorted(folder.rglob("*"))
    files = [path for path in paths if path.is_file()]
    folders = sorted((path for path in paths if path.is_dir()), key=lambda one: len(one.parts), reverse=True)
    lines = [f'  Delete "$INSTDIR\\{_windows_name(path, folder)}"' for path in files]
    lines += [f'  RMDir "$INSTDIR\\{_windows_name(path, folder)}"' for path in folders]
    return "\n".join(["!macro RemoveFiles", *lines, "!macroend", ""])


def _windows_name(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)).replace("/", "\\").replace("$", "$$")


def make_portable(folder: Path, target: Path, epoch: int) -> None:
    """The folder as it is, and the one in which the program then keeps everything of the clerk's."""
    import time

    when = time.gmtime(epoch)[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            _add(made, f"{PRODUCT}/{path.relative_to(folder).as_posix()}", path.read_bytes(), when)
        _add(made, f"{PRODUCT}/{KEPT}/说明.txt", NOTE.encode(), when)


def _add(made: zipfile.ZipFile, name: str, data: bytes, when) -> None:
    entry = zipfile.ZipInfo(name, when)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    made.writestr(entry, data)


def _tool(call: list[str], **variables: str) -> None:
    done = subprocess.run(
        call, capture_output=True, text=True, errors="replace", env={**os.environ, **variables}, cwd=HERE
    )
    if done.returncode != 0:
        told = (done.stdout + done.stderr).strip().splitlines()[-8:]
        raise SetupError(f"{Path(call[0]).name} 没有成功：\n" + "\n".join(told))


if __name__ == "__main__":
    sys.exit(main())
