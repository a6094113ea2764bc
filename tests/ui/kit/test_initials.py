"""The first letters of the pinyin."""

import pytest

from app.form.catalog import all_forms
from ui.kit.initials import has_initials, is_initials, letters_of, spoken


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("规章　现行有效件数", "gzxxyx"),
        ("规章　现行有效件数", "xxyx"),
        ("行政规范性文件", "xzgfxwj"),
        ("四、结转下年度继续办理·自然人", "jzxnd"),
        ("四、结转下年度继续办理·自然人", "zrr"),
        ("调解", "tj"),
        ("单位信息", "dwxx"),
        ("第20条", "d20t"),
    ],
)
def test_what_is_meant(text, word):
    assert has_initials(spoken(text), word)


@pytest.mark.parametrize(("text", "word"), [("规章", "gx"), ("规章", "zg"), ("章", "gz"), ("", "a")])
def test_what_is_not_meant(text, word):
    assert not has_initials(spoken(text), word)


def test_every_character_of_the_official_tables_has_a_letter():
    for edition in all_forms():
        for ref in edition.cells:
            for char in edition.label(ref):
                assert not "\u4e00" <= char <= "\u9fff" or letters_of(char).isascii(), char


def test_letters_alone_are_initials():
    assert is_initials("gzXX")
    assert not is_initials("规章")
    assert not is_initials("g1")
