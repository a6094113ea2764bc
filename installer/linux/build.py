"""Builds what a clerk with UOS, Kylin or Debian installs: python installer/linux/build.py [deb] [store] [portable] [sources] [--arch]."""

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bill
import pins
import release
from linux import elf, fetch, font_sources, input_method, older_glibc, papers, root, tree
from pins import Component
from release import ROOT
from trouble import SetupError

BUILT = ("amd64", "arm64")
PLACE = "/opt/nianbao"


@dataclass(frozen=True)
class Made:
    """The finished tree, and what the papers of every package say of it."""

    folder: Path
    own: str  # the program's version
    architecture: str
    needed: Sequence[str]  # libraries of the system
    epoch: int
    output: Path
    downloads: Path


def make_tree(architecture: str, work: Path, output: Path) -> Made:
    table = pins.read()
    machine = papers.ARCHITECTURES[architecture]
    epoch = release.epoch()
    wheels = pins.wheels(table, f"linux-{machine}")
    libraries = pins.system_libraries(table, architecture)
    downloads = work / "downloads"
    say("下载组件")
    archives = fetch.wheels(wheels, machine, downloads)
    say("旧版 Debian 的编译环境")
    shop = root.workshop(architecture, work)
    system = shop.folder
    say("编译 Python")
    python = compiled_python(table["linux"]["python"], shop, downloads)
    say("装配程序文件夹")
    target = work / f"tree-{architecture}" / papers.NAME
    shutil.rmtree(target, ignore_errors=True)
    tree.unpack_python(python, target / "python")
    for name in sorted(archives):
        tree.unpack_wheel(archives[name], target / "packages")
    licences = target / "share" / "licences"
    debs = {one.name: fetch.debian_library(one, system, downloads, architecture) for one in libraries}
    ours = {name: path for name, path in debs.items() if name.startswith("libffi")}
    tree.unpack_libraries(ours.values(), target / "python" / "lib", licences, work / "debs")
    rest = [path for name, path in debs.items() if name not in ours]
    tree.unpack_libraries(rest, target / "packages" / "PySide6" / "Qt" / "lib", licences, work / "debs")
    say("编译 fcitx 输入法的插件")
    input_method.add(table, shop, work, downloads, target / "packages" / "PySide6" / "Qt")
    input_method.add_licence(shop, licences)
    tree.drop_what_nothing_loads(target / "packages")
    tree.copy_program(target / "program")
    (target / "program" / "build.txt").write_text(release.commit() + "\n", "utf-8")  # the window tells it
    tree.set_search_paths(system, target)
    if architecture == "arm64":
        older_glibc.mend(target, shop)
    native = "python-native" if shop.target else "python-made"
    native_python = system / "build" / native / "python" / "bin" / tree.PYTHON
    tree.compile_sources(target, PLACE, native_python)
    tree.pack_modules(target, native_python)
    tree.add_launcher(target, f"/usr/bin/{papers.NAME}")
    own = release.version()
    source = table["linux"]["python"]
    listed = [Component("CPython", source["version"], source["licence"], source["sha256"][source["archive"]])]
    tools = {line.split()[0]: line.split()[1] for line in tool_versions(shop).splitlines()}
    faces = pins.fonts(table, target / "program" / "resources" / "fonts")
    components = [*listed, *wheels, *input_method.components(table), *libraries]
    manifest = bill.write(own, f"linux-{machine}", components, faces, tools, epoch)
    (target / "share" / "manifest.json").write_text(manifest, "utf-8")
    add_licences(system, target)
    tree.normalise(target, epoch)
    needed = check(target)
    return Made(target, own, architecture, needed, epoch, output, downloads)


def tool_versions(shop: root.Workshop) -> str:
    end = f"-{shop.target.replace('_', '-')}" if shop.target else ""
    packages = [f"gcc-10{end}", f"g++-10{end}", f"binutils{end}", "libc6"]
    return root.run(shop.folder, ["dpkg-query", "--show", "--showformat=${Package} ${Version}\n", *packages])


def compiled_python(source: Mapping[str, Any], shop: root.Workshop, downloads: Path) -> Path:
    """CPython of Debian 12 with Debian's security patches, compiled once and kept while its hashes stay."""
    build = shop.folder / "build"
    stamp = build / "python.stamp"
    recipe = "".join((tree.FILES / name).read_text("utf-8") for name in ("compat.h", "compile_python.sh"))
    state = recipe + "".join(f"{name} {value}\n" for name, value in sorted(source["sha256"].items()))
    made = build / "python-made" / "python"
    if stamp.exists() and stamp.read_text("utf-8") == state:
        return made
    files = fetch.debian_source(source["name"], source["version"], source["sha256"], downloads)
    place = build / "python-source"
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(build / "debian", ignore_errors=True)
    build.mkdir(exist_ok=True)
    fetch.unpack(files[source["archive"]], build)
    (found,) = build.glob("Python-*")
    found.rename(place)
    fetch.unpack(files[source["patches"]], build)
    for name in security_patches(
        (build / "debian/patches/series").read_text("utf-8"), source["patches-from"]
    ):
        root.call(
            ["patch", "--silent", "--force", "-p1", "--input", str(build / "debian/patches" / name)],
            cwd=place,
        )
    for name in ("compat.h", "compile_python.sh"):
        shutil.copyfile(tree.FILES / name, build / name)
    variables = {"SOURCE_DATE_EPOCH": "1", "TARGET": shop.target}
    root.run(shop.folder, ["sh", "/build/compile_python.sh"], variables)
    stamp.write_text(state, "utf-8")
    return made


def security_patches(series: str, first: str) -> list[str]:
    """Debian's corrections of Python itself; those before `first` only fit it into Debian's folders."""
    names = [line.split()[0] for line in series.splitlines() if line.strip() and not line.startswith("#")]
    if first not in names:
        raise SetupError(
            f"Debian 的补丁清单里没有 {first}，不知道从哪一个开始。请核对 packages.toml 的 patches-from。"
        )
    return names[names.index(first) :]


def add_licences(system: Path, target: Path) -> None:
    licences = target / "share" / "licences"
    shutil.copyfile(ROOT / "LICENSE", licences / "nianbao-MulanPSL-2.0.txt")
    for name in ("GPL-3", "LGPL-3"):  # Qt and PySide6; their wheels carry no text
        shutil.copyfile(system / "usr/share/common-licenses" / name, licences / f"{name}.txt")
    shutil.copyfile(target / "python/lib" / tree.PYTHON / "LICENSE.txt", licences / "CPython.txt")


def check(target: Path) -> list[str]:
    """What the tree needs of the system, sorted. Refused if a binary wants a newer glibc than the oldest desktop has."""
    demands = {path.relative_to(target).as_posix(): elf.demands(path) for path in elf.binaries(target)}
    found = {name: one.glibc for name, one in demands.items()}
    lines = [f"{'.'.join(map(str, version)) or '-'}\t{name}\n" for name, version in sorted(found.items())]
    (target.parent / "glibc.txt").write_text("".join(lines), "utf-8")
    if late := elf.too_new(found, papers.OLDEST_GLIBC):
        raise SetupError(
            "这些文件要用比 {}.{} 更新的 glibc：{}".format(*papers.OLDEST_GLIBC, "、".join(late))
        )
    own = {path.name for path in elf.binaries(target)}
    return sorted({name for one in demands.values() for name in one.libraries} - own)


def make_deb(made: Made) -> Path:
    """/opt/nianbao, a command and the desktop's three files; dpkg's triggers do the rest, there is no script of ours."""
    stage = made.folder.parent / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    copy(made.folder, stage / PLACE.lstrip("/"))
    link(stage / "usr/bin/nianbao", f"{PLACE}/nianbao")
    share = stage / "usr/share"
    copy(made.folder / "share/nianbao.desktop", share / "applications/nianbao.desktop")
    copy(made.folder / "share/nianbao.xml", share / "mime/packages/nianbao.xml")
    copy(made.folder / "share/nianbao.svg", share / "icons/hicolor/scalable/apps/nianbao.svg")
    notice = share / "doc/nianbao/copyright"
    notice.parent.mkdir(parents=True)
    notice.write_text(papers.copyright_notice(PLACE, made.own), "utf-8")
    return pack(made, stage, papers.deb_name(made.own, made.architecture))


def make_store(made: Made) -> Path:
    """The layout that the store of UOS asks for: everything under /opt/apps/<id>, no script, nothing elsewhere."""
    stage = made.folder.parent / "store"
    shutil.rmtree(stage, ignore_errors=True)
    place = f"/opt/apps/{papers.STORE_ID}"
    home = stage / place.lstrip("/")
    copy(made.folder, home / "files")
    entries = home / "entries"
    (entries / "applications").mkdir(parents=True)
    entry = papers.desktop_entry(f"{place}/files/nianbao", papers.STORE_ID)
    (entries / f"applications/{papers.STORE_ID}.desktop").write_text(entry, "utf-8")
    copy(made.folder / "share/nianbao.svg", entries / f"icons/hicolor/scalable/apps/{papers.STORE_ID}.svg")
    (entries / "mime/packages").mkdir(parents=True)
    kind = papers.file_type().replace(f'icon name="{papers.NAME}"', f'icon name="{papers.STORE_ID}"')
    (entries / f"mime/packages/{papers.STORE_ID}.xml").write_text(kind, "utf-8")
    (home / "info").write_text(papers.store_info(made.own, made.architecture), "utf-8")
    return pack(made, stage, papers.deb_name(made.own, made.architecture, store=True), store=True)


def make_portable(made: Made) -> Path:
    """The same folder for who has no rights, with a script that lays it into the home folder."""
    name = papers.portable_name(made.own, made.architecture)
    stage = made.folder.parent / "portable" / name
    shutil.rmtree(stage.parent, ignore_errors=True)
    copy(made.folder, stage)
    shutil.copyfile(tree.FILES / "install-user.sh", stage / "install-user.sh")
    tree.normalise(stage, made.epoch)
    target = made.output / f"{name}.tar.xz"
    tree.archive(stage, target, made.epoch)
    return target


def make_sources(made: Made) -> Path:
    return font_sources.make(made.own, made.epoch, made.folder.parent, made.output, made.downloads)


def pack(made: Made, stage: Path, name: str, *, store: bool = False) -> Path:
    paper = stage / "DEBIAN" / "control"
    paper.parent.mkdir()
    size = tree.size(stage)
    paper.write_text(papers.control(made.own, made.architecture, made.needed, size, store=store), "utf-8")
    files = sorted(path for path in stage.rglob("*") if path.is_file() and paper.parent not in path.parents)
    sums = [f"{md5(path)}  {path.relative_to(stage)}\n" for path in files if not path.is_symlink()]
    (paper.parent / "md5sums").write_text("".join(sums), "utf-8")
    tree.normalise(stage, made.epoch)
    target = made.output / name
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(made.epoch)}
    # one thread: what several write depends on how many a computer has
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        "--threads-max=1",
        "--build",
        str(stage),
        str(target),
    ]
    root.call(command, env=env)
    return target


def md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target)


def link(place: Path, to: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(to)


def say(words: str) -> None:
    print(f"—— {words}", file=sys.stderr, flush=True)


TARGETS: dict[str, Callable[[Made], Path]] = {
    "deb": make_deb,
    "portable": make_portable,
    "sources": make_sources,
    "store": make_store,
}


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="build.py")
    parser.add_argument("targets", nargs="+", choices=sorted(TARGETS))
    parser.add_argument("--arch", choices=sorted(papers.ARCHITECTURES), default="amd64")
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "linux")
    chosen = parser.parse_args(words)
    try:
        if chosen.arch not in BUILT:
            raise SetupError(
                f"还没有为 {chosen.arch} 做过安装包，这里只能做：{'、'.join(BUILT)}。没有生成任何文件。"
            )
        made = make_tree(chosen.arch, chosen.work.resolve(), chosen.output.resolve())
        made.output.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(os.cpu_count()) as side_by_side:  # each packs on one processor
            for path in side_by_side.map(lambda name: TARGETS[name](made), chosen.targets):
                say(f"{path.name}：{path.stat().st_size / 1e6:.1f} MB")
        beside = made.output / f"{papers.portable_name(made.own, made.architecture)}.cdx.json"
        shutil.copyfile(made.folder / "share" / "manifest.json", beside)
        release.write_sums(made.output)
        if nobody_yet := pins.reminder(pins.read()["publisher"]):
            say(nobody_yet)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
