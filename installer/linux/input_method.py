"""The plugin through which Qt talks with fcitx 4 and 5: the wheels have none. Compiled from its sources against their Qt."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from linux import fetch, root, tree
from pins import Component, digest

PLUGIN = "platforminputcontexts/libfcitxplatforminputcontextplugin.so"
_LIBRARIES = ("libQt6Core.so.6", "libQt6DBus.so.6", "libQt6Gui.so.6", "libxkbcommon.so.0")
_MODULES = ("QtCore", "QtDBus", "QtGui")


def components(table: Mapping[str, Any]) -> list[Component]:
    """What the plugin is made of; Qt's headers are of a release that is not newer than the wheels' Qt."""
    return [_component(table["linux"]["fcitx"]), *map(_component, table["linux"]["fcitx"]["headers"])]


def _component(entry: Mapping[str, Any]) -> Component:
    return Component(entry["name"], entry["version"], entry["licence"], entry["sha256"])


def add(table: Mapping[str, Any], shop: root.Workshop, work: Path, downloads: Path, qt: Path) -> None:
    """Lay it into `qt`, the PySide6/Qt of the tree. It is compiled once and kept while all that it is made of stays."""
    inside = shop.folder / "build" / "fcitx"
    stamp = inside / "stamp"
    state = _state(table, qt)
    if not stamp.exists() or stamp.read_text("utf-8") != state:
        _compile(table, shop, work, downloads, qt)
        stamp.write_text(state, "utf-8")
    place = qt / "plugins" / PLUGIN
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(inside / "plugin.so", place)
    place.chmod(0o755)


def _state(table: Mapping[str, Any], qt: Path) -> str:
    scripts = [(tree.FILES / name).read_text("utf-8") for name in ("generate_fcitx.sh", "compile_fcitx.sh")]
    hashes = [one.sha256 for one in components(table)] + [digest(qt / "lib" / name) for name in _LIBRARIES]
    return "\n".join([*scripts, *hashes])


def _compile(table: Mapping[str, Any], shop: root.Workshop, work: Path, downloads: Path, qt: Path) -> None:
    entry = table["linux"]["fcitx"]
    source, *headers = components(table)
    wanted = [f"{entry['tools']}={headers[0].version}"]
    tools = root.make(work / f"{entry['release']}-qt", entry["release"], wanted)
    files = {entry["archive"]: source.sha256}
    archive = fetch.debian_source(source.name, source.version, files, downloads, "--tar-only")[
        entry["archive"]
    ]
    packages = [fetch.debian_library(one, tools, downloads) for one in headers]
    for system in (tools, shop.folder):
        _lay_out(system / "build" / "fcitx", archive, packages)
    _run(tools, "generate_fcitx.sh")
    inside = shop.folder / "build" / "fcitx"
    shutil.copytree(tools / "build" / "fcitx" / "made", inside / "made")
    (inside / "lib").mkdir()
    for name in _LIBRARIES:
        shutil.copyfile(qt / "lib" / name, inside / "lib" / name)
    _run(shop.folder, "compile_fcitx.sh", {"TARGET": shop.target})


def _lay_out(place: Path, archive: Path, packages: Iterable[Path]) -> None:
    """The plugin's sources and Qt's headers, at the same place in both systems."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    fetch.unpack(archive, place)
    (found,) = place.iterdir()
    found.rename(place / "source")
    for package in packages:
        root.call(["dpkg-deb", "--extract", str(package), str(place / "unpacked")])
    (folder,) = (place / "unpacked" / "usr" / "include").glob("*/qt6")
    for module in _MODULES:
        shutil.copytree(folder / module, place / "headers" / module)


def _run(system: Path, script: str, variables: Mapping[str, str] | None = None) -> None:
    shutil.copyfile(tree.FILES / script, system / "build" / script)
    root.run(system, ["sh", f"/build/{script}"], variables)


def add_licence(shop: root.Workshop, licences: Path) -> None:
    shutil.copyfile(shop.folder / "build" / "fcitx" / "source" / "COPYING.BSD", licences / "fcitx-qt5.txt")
