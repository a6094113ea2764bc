"""One folder that runs by itself: a private Python, the wheels without what the program never opens, and the program."""

import os
import re
import shutil
import stat
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import release
from linux import elf, papers, root
from trouble import SetupError

FILES = Path(__file__).resolve().parent / "files"
PROGRAM = ("app", "ui", "templates", "resources")
PYTHON = "python3.11"

# Of Qt: these modules and plugins, and whatever libraries they load.
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport")
QT_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "printsupport/libcupsprintersupport.so",
    "imageformats/libqjpeg.so",
)
QT_FILES = re.compile(
    r"PySide6/(__init__|_config|_git_pyside_version|support/(__init__|deprecated))\.py"
    r"|PySide6/libpyside6\.abi3\.so[.\d]*|PySide6/Qt/translations/qtbase_zh_CN\.qm"
)
# Of all others: not what serves development, other formats or other systems.
LEFT_OUT = re.compile(
    r"""\.(pyi|pyx|pxd|pxi|h|c|pyc)$ | /py\.typed$ | (^|/)tests?/ | ^lxml/(includes|isoschematron)/ | ^[^/]+\.data/
    | ^[^/]+\.dist-info/(RECORD|WHEEL|INSTALLER|REQUESTED|top_level\.txt|entry_points\.txt|direct_url\.json)$
    | ^PIL/_avif\. | ^olefile/olefile2\.py$ """,
    re.VERBOSE,
)
STANDARD_LIBRARY_LEFT_OUT = re.compile(
    r"""^(test|idlelib|tkinter|turtledemo|lib2to3|ensurepip|pydoc_data|venv|curses|sqlite3|dbm|distutils|site-packages)/
    | ^config-3\.11 | ^turtle\.py$ | (^|/)__pycache__/ | \.(rst|exe|bat|ico)$
    | ^lib-dynload/(_?crypt|_test|_ctypes_test|_?xx|_curses|_sqlite3|_dbm|_gdbm|nis|ossaudiodev|readline|spwd|syslog) """,
    re.VERBOSE,
)


def unpack_wheel(wheel: Path, packages: Path) -> None:
    """Unzipped, never installed: what pip would write beside it is not wanted."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if not entry.is_dir() and keeps(entry.filename):
                _write(archive.read(entry), packages, entry.filename)


def keeps(name: str) -> bool:
    """Whether a wheel's file goes into the tree. Qt's libraries do at first, those that nothing loads leave again."""
    if name.startswith("PySide6/"):
        inside = name.removeprefix("PySide6/")
        return bool(
            QT_FILES.fullmatch(name)
            or inside.removesuffix(".abi3.so") in QT_MODULES
            or inside.removeprefix("Qt/plugins/") in QT_PLUGINS
            or re.fullmatch(r"Qt/lib/[^/]+\.so[.\d]*", inside)
        )
    return LEFT_OUT.search(name) is None


def _write(data: bytes, folder: Path, name: str) -> None:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts:
        raise SetupError(f"安装包里的组件有不该有的路径“{name}”，已停止。")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def unpack_python(made: Path, target: Path) -> None:
    """The compiled Python, without what it is developed with."""
    library = made / "lib" / PYTHON
    for source in sorted(library.rglob("*")):
        name = source.relative_to(library).as_posix()
        if source.is_file() and not STANDARD_LIBRARY_LEFT_OUT.search(name):
            _write(source.read_bytes(), target / "lib" / PYTHON, name)
    _write((made / "bin" / PYTHON).read_bytes(), target / "bin", PYTHON)
    (target / "bin" / PYTHON).chmod(0o755)
    # `import app` and the wheels are found without any variable, by child processes too
    _write(
        b"../../../../program\n../../../../packages\n",
        target / "lib" / PYTHON / "site-packages",
        "nianbao.pth",
    )


def unpack_libraries(packages: Iterable[Path], folder: Path, papers_folder: Path, work: Path) -> None:
    """Single libraries out of Debian's packages, by the names under which they are loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        place = work / package.stem
        work.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        root.call(["dpkg-deb", "--extract", str(package), str(place)])
        for path in sorted(place.rglob("*.so.*")):
            if path.is_symlink():  # libxcb-cursor.so.0 → libxcb-cursor.so.0.0.0
                shutil.copyfile(path, folder / path.name)
        for path in sorted(place.glob("usr/share/doc/*/copyright")):
            _write(path.read_bytes(), papers_folder, f"{path.parent.name}.txt")


def drop_what_nothing_loads(packages: Path) -> None:
    """Of the folders of libraries, only what the modules and plugins load."""
    folders = [packages / "PySide6" / "Qt" / "lib", *sorted(packages.glob("*.libs"))]
    stock = {path for folder in folders for path in folder.iterdir()}
    wanted = elf.closure([path for path in elf.binaries(packages) if path not in stock], folders)
    for path in stock - wanted:
        path.unlink()


def copy_program(target: Path) -> None:
    """The files of the commit, no others."""
    for name in release.files(*PROGRAM):
        _write((release.ROOT / name).read_bytes(), target, name)
    shutil.copyfile(FILES / "start.py", target / "start.py")


def set_search_paths(system: Path, tree: Path) -> None:
    """Libraries of ours find each other where they lie."""
    python = tree / "python" / "lib"
    packages = tree / "packages"
    qt = packages / "PySide6" / "Qt" / "lib"
    wanted = dict.fromkeys((python / PYTHON / "lib-dynload").glob("_ctypes.*"), "$ORIGIN/../..")
    wanted |= dict.fromkeys(qt.glob("libx*"), "$ORIGIN")
    if (qt / "libstdc++.so.6").exists():  # shiboken is what loads it first
        wanted |= dict.fromkeys(elf.binaries(packages / "shiboken6"), "$ORIGIN:$ORIGIN/../PySide6/Qt/lib")
    for path, search in wanted.items():
        patch(system, path, ["--set-rpath", search])


def patch(system: Path, path: Path, options: list[str]) -> None:
    """patchelf of the old Debian does it: the same one on every computer."""
    inside = system / "build" / "patched"
    shutil.rmtree(inside, ignore_errors=True)
    inside.mkdir(parents=True)
    shutil.copyfile(path, inside / path.name)
    root.run(system, ["patchelf", *options, f"/build/patched/{path.name}"])
    shutil.copyfile(inside / path.name, path)


def compile_sources(tree: Path, place: str, python: Path) -> None:
    """To bytecode that is not compared with the clock: the folder may be read-only, and two builds are equal.

    The sources of others leave; ours stay, a report of an error quotes them. `place` is what errors call the folder,
    `python` the same Python made for this computer.
    """
    common = [str(python), "-I", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    common += ["-s", str(tree), "-p", place]
    others = [tree / "python" / "lib" / PYTHON, tree / "packages"]
    _run_python([*common, "-b", *map(str, others)])
    for folder in others:
        for path in [*folder.rglob("*.py")]:
            if path.with_suffix(".pyc").exists():
                path.unlink()
    _run_python([*common, str(tree / "program")])
    for folder in others:
        for path in [*folder.rglob("__pycache__")]:
            shutil.rmtree(path)


def pack_modules(tree: Path, python: Path) -> None:
    """What the window's start imports, once more in one file, which start.py reads: the folders are those it knows."""
    folders = [tree / "program", tree / "packages", tree / "python" / "lib" / PYTHON]
    script = FILES / "pack_modules.py"
    _run_python([str(python), "-I", str(script), str(tree / "modules.bin"), *map(str, folders)])


def _run_python(command: list[str]) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    )
    if done.returncode != 0:
        raise SetupError(f"编译程序文件失败：\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def add_launcher(tree: Path, program: str) -> None:
    shutil.copyfile(FILES / "nianbao", tree / "nianbao")
    share = tree / "share"
    share.mkdir(exist_ok=True)
    shutil.copyfile(FILES / "nianbao.svg", share / "nianbao.svg")
    (share / "nianbao.xml").write_text(papers.file_type(), "utf-8")
    (share / "nianbao.desktop").write_text(papers.desktop_entry(program), "utf-8")


def normalise(folder: Path, epoch: int) -> None:
    """Modes and times that do not depend on who builds and when."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = (
                path.is_dir()
                or path.stat().st_mode & stat.S_IXUSR
                or path.name in ("nianbao", "install-user.sh")
            )
            path.chmod(0o755 if runs and not path.name.endswith((".py", ".pyc")) else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def archive(folder: Path, target: Path, epoch: int) -> None:
    """A tar.xz that two builds write alike: names sorted, no owner, one time."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = epoch
        return entry

    with tarfile.open(target, "w:xz", preset=6, format=tarfile.GNU_FORMAT) as tar:
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)
