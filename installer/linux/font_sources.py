"""What the GPL wants offered beside every package with Fandol's faces: the originals, and the script that changes them."""

import shutil
from pathlib import Path

import pins
from linux import fetch, papers, root, tree
from pins import Component
from release import ROOT

FILES = ("installer/build_fonts.py", "resources/fonts/faces.toml", "resources/fonts/README.md")


def make(own: str, epoch: int, work: Path, output: Path, downloads: Path) -> Path:
    """The archive, in `output`; the same whichever kind of package is built."""
    table = pins.read()
    faces = pins.fonts(table, ROOT / "resources" / "fonts")
    stage = work / "sources" / papers.sources_name(own).removesuffix(".tar.xz")
    shutil.rmtree(stage.parent, ignore_errors=True)
    entry = table["fonts-source"]
    one = Component(entry["name"], entry["version"], entry["licence"], entry["sha256"])
    package = fetch.debian_package(one, root.RELEASE, downloads)
    unpacked = stage.parent / "unpacked"
    stage.mkdir(parents=True)
    root.call(["dpkg-deb", "--extract", str(package), str(unpacked)])
    for name in sorted({f"{face.name.removesuffix('.ttf')}.otf" for face in faces if "GPL" in face.licence}):
        (original,) = unpacked.rglob(name)
        _copy(original, stage / name)
    for path in (unpacked / "usr/share/doc/texlive-doc/fonts/fandol").iterdir():
        _copy(path, stage / path.name)
    for wanted in FILES:
        _copy(ROOT / wanted, stage / wanted)
    tree.normalise(stage, epoch)
    target = output / papers.sources_name(own)
    tree.archive(stage, target, epoch)
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
