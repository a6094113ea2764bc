"""Words of a Chinese text: a number, a run of characters between signs, never a whole paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.kit.words import next_word, previous_word, word_around

TEXT = "收到申请1,186件，占11.3%。见OA  系统"


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("收", "收到申请"),
        ("到", "收到申请"),
        ("8", "1,186"),
        ("件", "件"),
        ("，", "，"),
        (".", "11.3%"),
        ("A", "OA"),
        ("统", "系统"),
    ],
)
def test_the_word_of_a_character(inside, word):
    start, end = word_around(TEXT, TEXT.index(inside))
    assert TEXT[start:end] == word


def test_behind_the_text_it_is_the_last_word_and_in_no_text_there_is_none():
    assert word_around(TEXT, len(TEXT)) == (len(TEXT) - 2, len(TEXT))
    assert word_around("", 0) == (0, 0)


def test_spaces_belong_to_the_word_before_when_going_on_and_to_none_when_going_back():
    after = TEXT.index("系")
    assert next_word(TEXT, TEXT.index("O")) == after
    assert previous_word(TEXT, after) == TEXT.index("O")


@given(st.text(alphabet="中文a1,.。 \u3000𬭎_", max_size=30), st.integers(0, 30))
def test_every_step_goes_on_and_stays_in_the_text(text, place):
    place = min(place, len(text))
    forward, back = next_word(text, place), previous_word(text, place)
    assert place < forward <= len(text) or place == len(text) == forward
    assert 0 <= back < place or back == place == 0
