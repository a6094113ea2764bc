"""Rebuilds the faces in resources/fonts from Debian and npm packages, asked for by name through apt-get and npm.

    python installer/build_fonts.py [--cache DIR] [--originals DIR]

Needs fontTools (dev extra), apt-get, dpkg-deb and npm; takes about two minutes. `--originals` also lays the unmodified
GPL faces beside the result: a release that carries FandolFang or FandolKai must offer them with this script (GPL-3 §6).
What is done to each face and under which licence is written in resources/fonts/README.md.
"""

import argparse
import bz2
import gzip
import shutil
import subprocess
import tarfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
DEBIAN = ("texlive-lang-chinese", "fonts-liberation2", "fonts-dejavu-core", "unicode-data")
NPM = ("@expo-google-fonts/noto-sans-sc@0.4.3", "@expo-google-fonts/noto-serif-sc@0.4.3")
FANDOL = "texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_DOC = "texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol"
SANS, SERIF = "noto-sans-sc/package", "noto-serif-sc/package"
LIBERATION = "fonts-liberation2/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
DEJAVU = "fonts-dejavu-core/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
MODIFIED = "Modified for the program 年报编制 in November 2026"
MAX_ERROR = 1.0  # em units by which a quadratic outline may stray from the cubic one


# ---- characters -------------------------------------------------------------------------------------------------


def general_standard(cache: Path) -> set[int]:
    """The 8,105 characters of 通用规范汉字表 (Unihan kTGH)."""
    packed = (cache / "unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2").read_bytes()
    lines = bz2.decompress(packed).decode("utf-8").splitlines()
    return {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}


def coded(codec: str, first: Iterable[int], second: Iterable[int]) -> Iterator[int]:
    """The characters of a two-byte Chinese codec in the given rows and columns."""
    seconds = list(second)
    for high in first:
        for low in seconds:
            try:
                yield ord(bytes((high, low)).decode(codec))
            except UnicodeDecodeError:
                continue


GB2312 = set(coded("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF)))
GB2312_SYMBOLS = set(coded("gb2312", range(0xA1, 0xB0), range(0xA1, 0xFF)))
GBK = {c for c in coded("gbk", range(0x81, 0xFF), range(0x40, 0xFF)) if 0x4E00 <= c <= 0x9FFF}
SYMBOLS = {
    *range(0x20, 0x250), *range(0x2000, 0x2070), *range(0x2100, 0x2200), *range(0x2460, 0x2500),
    *range(0x3000, 0x3040), *range(0x3200, 0x3400), *range(0xFF00, 0xFFF0),
    *map(ord, "≥≤→√□■○●☑☐✓㎡×÷±"), *GB2312_SYMBOLS,
}  # fmt: skip
PICTOGRAPHS = {*range(0x2000, 0x2C00), *range(0x1F000, 0x20000)}


# ---- fetching ---------------------------------------------------------------------------------------------------


def fetch(cache: Path) -> None:
    """Every package into `cache`, unpacked in a folder of its own name; what is there already is kept."""
    cache.mkdir(parents=True, exist_ok=True)
    for package in DEBIAN:
        if (cache / package).exists():
            continue
        run("apt-get", "download", package, cwd=cache)
        run("dpkg-deb", "-x", str(next(cache.glob(f"{package}_*.deb"))), str(cache / package))
    for package in NPM:
        folder = cache / package.split("/")[1].split("@")[0]
        if folder.exists():
            continue
        run("npm", "pack", package, cwd=cache)
        with tarfile.open(next(cache.glob(f"*{folder.name}*.tgz"))) as archive:
            archive.extractall(folder, filter="data")


def run(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


# ---- work on a face ---------------------------------------------------------------------------------------------


def to_quadratic(font: TTFont) -> None:
    """Replaces the cubic (CFF) outlines by TrueType ones: reportlab can embed no others."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["glyf"].compile(font)
    for name, glyph in glyphs.items():
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for limit in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maxp, f"max{limit}", int(limit == "Zones"))
    maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    maxp.compile(font)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 3.0, [], {}
    font.sfntVersion = "\x00\x01\x00\x00"


def chinese_dash_and_dot(font: TTFont) -> None:
    """— as one em from edge to edge, so that —— is one stroke, and · in the middle of an em; Noto's are western."""
    cmap, glyf, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    em = font["head"].unitsPerEm
    dash = glyf[cmap[0x2015]]
    stretch = em / (dash.xMax - dash.xMin)
    dash.coordinates.translate((-dash.xMin, 0))
    dash.coordinates.scale((stretch, 1))
    dash.coordinates.toInt()
    dash.recalcBounds(glyf)
    metrics[cmap[0x2015]] = (em, 0)
    dot, katakana = glyf[cmap[0xB7]], glyf[cmap[0x30FB]]
    middle = (katakana.yMin + katakana.yMax - dot.yMin - dot.yMax) // 2
    dot.coordinates.translate(((em - dot.xMin - dot.xMax) // 2, middle))
    dot.recalcBounds(glyf)
    metrics[cmap[0xB7]] = (em, dot.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap[0x2014] = table.cmap[0x2015]


def keep(font: TTFont, characters: set[int]) -> None:
    """Only these characters, without layout features and hints: the typesetter uses neither."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += [
        "vhea",
        "vmtx",
        "BASE",
        "GSUB",
        "GPOS",
        "GDEF",
        "FFTM",
        "STAT",
        "kern",
        "MATH",
        "gasp",
    ]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=characters)
    worker.subset(font)


def rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = family
        elif record.nameID == 6:
            record.string = family.replace(" ", "")


# ---- the set ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Face:
    """One bundled face: where it comes from and what is done to it."""

    target: str
    source: str
    characters: set[int] | None = field(repr=False)  # None: everything it has
    change: str = ""
    new_name: str = ""

    def build(self, cache: Path) -> None:
        target = OUT / self.target
        if not self.change:
            shutil.copyfile(cache / self.source, target)
            return
        font = TTFont(cache / self.source, recalcTimestamp=False)
        if "CFF " in font:
            to_quadratic(font)
        elif "noto" in self.source:
            chinese_dash_and_dot(font)
        keep(font, set(font.getBestCmap()) if self.characters is None else self.characters)
        if self.new_name:
            rename(font, self.new_name)
        font["name"].setName(f"{MODIFIED}: {self.change}", 10, 3, 1, 0x409)
        font.save(target)


def faces(cache: Path) -> list[Face]:
    official = general_standard(cache) | GB2312 | SYMBOLS
    fandol = set(TTFont(cache / FANDOL / "FandolFang-Regular.otf", lazy=True).getBestCmap())
    declared = tomllib.loads((OUT / "faces.toml").read_text("utf-8"))["bundled"]
    badly_drawn = {ord(char) for face in declared.values() for char in face["weak"]}
    lacking = ((official | GBK) - fandol) | badly_drawn | {0x30FB}
    converted = "outlines converted from CFF to TrueType"
    slimmed = "characters outside 通用规范汉字表, GB 2312 and common symbols, hints and layout features taken out; — and · on a full em"
    rest = "only characters that the Fandol faces lack or draw badly, hints and layout features taken out; — and · on a full em"
    return [
        Face("FandolFang-Regular.ttf", f"{FANDOL}/FandolFang-Regular.otf", None, converted),
        Face("FandolKai-Regular.ttf", f"{FANDOL}/FandolKai-Regular.otf", None, converted),
        Face("NotoSansSC-Medium.ttf", f"{SANS}/500Medium/NotoSansSC_500Medium.ttf", official, slimmed),
        Face("NotoSerifSC-Bold.ttf", f"{SERIF}/700Bold/NotoSerifSC_700Bold.ttf", official, slimmed),
        Face("NotoSerifSC-Light.ttf", f"{SERIF}/300Light/NotoSerifSC_300Light.ttf", official, slimmed),
        Face("NotoSerifSC-ExtraLight.ttf", f"{SERIF}/200ExtraLight/NotoSerifSC_200ExtraLight.ttf", lacking, rest),
        Face("LiberationSerif-Regular.ttf", LIBERATION, None),
        Face("NianbaoSymbols.ttf", DEJAVU, PICTOGRAPHS, "symbols only, cut from DejaVu Sans", "Nianbao Symbols"),
    ]  # fmt: skip


def licences(cache: Path) -> None:
    folder = OUT / "LICENSES"
    folder.mkdir(exist_ok=True)
    doc = cache / FANDOL_DOC
    copying = gzip.decompress((doc / "COPYING.gz").read_bytes())
    (folder / "Fandol-GPL-3-font-exception.txt").write_bytes((doc / "README").read_bytes() + b"\n" + copying)
    shutil.copyfile(cache / SANS / "LICENSE_FONT", folder / "NotoSansSC-OFL.txt")
    shutil.copyfile(cache / SERIF / "LICENSE_FONT", folder / "NotoSerifSC-OFL.txt")
    for package, target in (("fonts-liberation2", "Liberation-OFL"), ("fonts-dejavu-core", "DejaVu")):
        text = cache / package / "usr/share/doc" / package / "copyright"
        shutil.copyfile(text, folder / f"{target}.txt")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path, default=Path("out/fonts"), help="where packages are kept")
    parser.add_argument("--originals", type=Path, help="lay the unmodified GPL faces here, for a release")
    arguments = parser.parse_args()
    fetch(arguments.cache)
    OUT.mkdir(parents=True, exist_ok=True)
    for face in faces(arguments.cache):
        face.build(arguments.cache)
        print(f"{face.target}: {(OUT / face.target).stat().st_size / 1e6:.1f} MB")
    licences(arguments.cache)
    sources = OUT / "sources"
    sources.mkdir(exist_ok=True)
    listed = "".join(map(chr, sorted(general_standard(arguments.cache))))
    (sources / "tongyong_8105.txt").write_text(listed + "\n", encoding="utf-8")
    if arguments.originals:
        arguments.originals.mkdir(parents=True, exist_ok=True)
        for name in ("FandolFang-Regular.otf", "FandolKai-Regular.otf"):
            shutil.copyfile(arguments.cache / FANDOL / name, arguments.originals / name)


if __name__ == "__main__":
    main()
