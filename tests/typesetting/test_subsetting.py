"""Subsets of faces: the outlines and widths are those of the whole face, also of glyphs made of others, with hints and without."""

import io

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from app import paths
from app.typesetting.reportlab_fixes import QuickFace
from app.typesetting.subsetting import true_type

HOME = paths.resources() / "fonts"
FACES = [
    "LiberationSerif-Regular.ttf",
    "FandolFang-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
    "NianbaoSymbols.ttf",
]
CHARACTERS = "é一Åß年 公开½ﬁ☑ñ0"


def subset(file: str, characters: str, hints: bool) -> TTFont:
    tables = QuickFace(HOME / file, 0, hints).subset(characters)
    return TTFont(io.BytesIO(true_type(tables)), checkChecksums=2)


def outline(font: TTFont, glyph: str) -> list:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return pen.value


@pytest.mark.parametrize("hints", [True, False])
@pytest.mark.parametrize("file", FACES)
def test_glyph_n_is_the_nth_character_with_its_outline_and_width(file: str, hints: bool) -> None:
    whole, made = TTFont(HOME / file), subset(file, CHARACTERS, hints)
    cmap = whole.getBestCmap()
    for number, char in enumerate(CHARACTERS, 1):
        glyph, other = made.getGlyphName(number), cmap.get(ord(char), whole.getGlyphName(0))
        assert outline(made, glyph) == outline(whole, other), char
        assert made["hmtx"][glyph][0] == whole["hmtx"][other][0], char


def test_the_parts_of_a_glyph_come_with_it_and_nothing_else() -> None:
    made = subset("LiberationSerif-Regular.ttf", "éè", False)
    assert made["glyf"][made.getGlyphName(1)].isComposite()
    assert made["maxp"].numGlyphs == 6  # none, é, è, e and two accents


def test_hints_go_with_their_tables_or_not_at_all() -> None:
    hinted, plain = (subset("LiberationSerif-Regular.ttf", "年报abc", hints) for hints in (True, False))
    assert {"fpgm", "prep", "cvt "} <= set(hinted.keys())
    assert not {"fpgm", "prep", "cvt "} & set(plain.keys())
    a = plain["glyf"][plain.getGlyphName(3)]
    assert not a.program.getBytecode()
    assert hinted["glyf"][hinted.getGlyphName(3)].program.getBytecode()


def test_a_large_subset_has_long_offsets() -> None:
    characters = "".join(map(chr, range(0x4E00, 0x5000)))
    made = subset("FandolFang-Regular.ttf", characters, True)
    assert made["head"].indexToLocFormat == 1
    whole = TTFont(HOME / "FandolFang-Regular.ttf")
    glyph = whole.getBestCmap()[ord("保")]
    assert outline(made, made.getGlyphName(ord("保") - 0x4E00 + 1)) == outline(whole, glyph)
