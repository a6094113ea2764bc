"""The faces in an OFD: every character of the pages has its glyph, by a Unicode map that fontTools reads, too."""

import io

import pytest
from fontTools.ttLib import TTFont, newTable
from reportlab.pdfbase import pdfmetrics

from app.exporting.ofd.faces import subset, unicode_map
from app.typesetting.fonts import Faces, Role

CHARACTERS = "一二三公开政府信息年度报告，。（）《》0123456789"


def opened(role: Role, characters: str, stand_ins: dict[int, str]) -> tuple[TTFont, TTFont]:
    """The subset and the face that it is of."""
    faces = Faces.bundled()
    name, _ = faces.pick(role, characters[0])
    faces.register()
    made = subset(pdfmetrics.getFont(name).face, characters, stand_ins)
    face = faces.face_of(role, characters[0])
    return TTFont(io.BytesIO(made), checkChecksums=2), TTFont(face.path, fontNumber=face.subfont_index)


@pytest.mark.parametrize("role", [Role.BODY, Role.HEADING2, Role.TITLE, Role.SONG])
def test_each_character_has_the_outline_and_width_of_its_face(role):
    made, whole = opened(role, CHARACTERS, {})
    mine, theirs = made.getBestCmap(), whole.getBestCmap()
    assert set(mine) == set(map(ord, CHARACTERS)) & set(theirs)
    for code, glyph in mine.items():
        assert made["hmtx"][glyph] == whole["hmtx"][theirs[code]]
        own, other = made["glyf"][glyph], whole["glyf"][theirs[code]]
        assert own.getCoordinates(made["glyf"])[0] == other.getCoordinates(whole["glyf"])[0]
    assert made["maxp"].numGlyphs < 60


def test_what_a_face_has_not_is_drawn_as_its_stand_in():
    made, _ = opened(Role.BODY, "公😀□", {ord("😀"): "□"})
    found = made.getBestCmap()
    assert found[ord("😀")] == found[ord("□")]
    assert found[ord("公")] != found[ord("□")]


def test_a_map_holds_any_code_point_to_any_glyph():
    wanted = {0x20: 3, 0x21: 4, 0x22: 9, 0x4E00: 5, 0x4E01: 5, 0xFFFE: 6, 0x10000: 7, 0x10001: 8, 0x2CB4E: 1}
    font = TTFont()
    font.setGlyphOrder([f"g{number}" for number in range(12)])
    table = font["cmap"] = newTable("cmap")
    table.decompile(unicode_map(wanted), font)
    for one in table.tables:
        held = {code: font.getGlyphID(glyph) for code, glyph in one.cmap.items()}
        basic = {code: glyph for code, glyph in wanted.items() if code < 0x10000}
        assert held == (wanted if one.format == 12 else basic)
    assert {(one.platformID, one.platEncID) for one in table.tables} == {(0, 3), (3, 1), (3, 10)}
