"""Numbers with units, and what makes them inexact."""

import pytest

from app.checks.language.numerals import number, quantities


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,050", 3050),
        ("二十三", 23),
        ("两", 2),
        ("一百二十", 120),
        ("三千零五", 3005),
        ("二百", 200),
        ("零", 0),
    ],
)
def test_a_number(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["百", "一二三", "十二百", "多"])
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match=r"\S|^$"):
        number(text)


@pytest.mark.parametrize(
    ("text", "about", "at_least"),
    [
        ("12条", False, False),
        ("12余条", True, True),
        ("12条以上", True, True),
        ("超过12条", True, True),
        ("近12条", True, False),
        ("约12余条", True, False),
        ("一百二十条", False, False),
    ],
)
def test_how_exact_it_is(text, about, at_least):
    (one,) = quantities(text)
    assert (one.about, one.at_least) == (about, at_least)
    assert text[one.start : one.end].endswith("条")
