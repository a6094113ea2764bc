"""Faces are looked into where they lie: small, shared, and drawing the very same bytes as when they are read."""

import mmap

import pytest

from app import paths
from app.typesetting.face_files import CodePoints
from app.typesetting.font_files import FontError
from app.typesetting.reportlab_fixes import QuickFace

HOME = paths.resources() / "fonts"
FILES = ("LiberationSerif-Regular.ttf", "NianbaoSymbols.ttf", "FandolFang-Regular.ttf")
RARE = 0x2CB4E  # 𬭎, beyond the first plane


@pytest.mark.parametrize("file", FILES)
def test_a_face_that_is_mapped_gives_the_subset_of_one_that_is_read(file):
    mapped, read = QuickFace(HOME / file, 0, is_lasting=True), QuickFace(HOME / file, 0)
    assert isinstance(mapped._ttf_data, mmap.mmap)
    assert isinstance(read._ttf_data, bytes)
    drawn = [" ", *[chr(code) for code in mapped.charToGlyph if code != 0x20][:90]]
    assert mapped.subset(drawn) == read.subset(drawn)
    assert mapped.subset(drawn) == read.subset(drawn), "and once more, from pages that were let go"


def test_a_face_of_the_user_may_change_under_the_program(tmp_path):
    file = tmp_path / "own.ttf"
    file.write_bytes((HOME / FILES[0]).read_bytes())
    face = QuickFace(file, 0)
    file.write_bytes(b"")
    assert len(face.subset("A")["glyf"]) > 20


def test_an_empty_file_is_refused_in_words(tmp_path):
    file = tmp_path / "empty.ttf"
    file.touch()
    with pytest.raises(FontError):
        QuickFace(file, 0, is_lasting=True)


def test_code_points_are_a_mapping_like_any_other():
    known = {0x41: 7, 0x4E00: 9, RARE: 11, 0x42: 0}
    found = CodePoints(known)
    assert dict(found) == {0x41: 7, 0x4E00: 9, RARE: 11}
    assert len(found) == 3
    assert [char in found for char in (0x41, 0x42, RARE, RARE + 1, -1, "A", 0x110000)] == [
        *(True, False, True, False, False, False, False)
    ]
    assert found.get(0x42, 5) == 5
    for char in (0x42, RARE + 1, -1):
        with pytest.raises(KeyError):
            found[char]


def test_every_character_of_a_face_has_its_width():
    face = QuickFace(HOME / FILES[2], 0, is_lasting=True)
    assert set(face.charWidths) == set(face.charToGlyph)
    assert face.charWidths[ord("中")] == 1000
