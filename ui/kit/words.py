"""Words of a Chinese text, for the double click and for Ctrl with the arrows, Backspace and Delete. No Qt.

Qt ends a word at spaces and ASCII signs only: all of a Chinese paragraph is one word to it, and one key would delete it.
"""

import re

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*[%％‰]?"  # a number is one word, with its decimals
    r"|[A-Za-z]+"
    r"|[^\W\dA-Za-z_]+"  # Chinese characters, up to the next sign, number or letter
    r"|\s+"
    r"|.",
    re.DOTALL,
)


def word_around(text: str, place: int) -> tuple[int, int]:
    """Where the word that holds the character at `place` begins and ends; behind the text: its last word."""
    last = (0, 0)
    for word in _WORD.finditer(text):
        last = word.span()
        if place < word.end():
            break
    return last


def next_word(text: str, place: int) -> int:
    """The end of the word at `place`, with the spaces behind it."""
    end = word_around(text, place)[1]
    while end < len(text) and text[end].isspace():
        end += 1
    return max(end, place)


def previous_word(text: str, place: int) -> int:
    """The beginning of the word before `place`, whatever spaces lie between."""
    while place and text[place - 1].isspace():
        place -= 1
    return word_around(text, place - 1)[0] if place else 0
