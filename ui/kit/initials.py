"""The first letters of the pinyin of Chinese text, to find something by them: gzxxyx for 规章 现行有效. Pure functions."""

import bisect
import re
import unicodedata

# GB/T 2312 has its commonest 3755 characters in the order of their pinyin: the code at which each letter begins.
_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_CODES = [code for code, _ in _STARTS]
_END = 0xD7F9  # the last of them
# Characters that are read in two ways.
_TWICE = {
    "调": "dt",
    "重": "zc",
    "长": "zc",
    "行": "xh",
    "会": "hk",
    "省": "sx",
    "给": "gj",
    "参": "cs",
    "传": "cz",
    "率": "ls",
    "单": "ds",
}
_LETTERS = re.compile(r"[a-z]+")


def letters_of(char: str) -> str:
    """The letters by which one character may be called; itself where it is no such character."""
    if char in _TWICE:
        return _TWICE[char]
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return char
    if not _CODES[0] <= code <= _END:
        return char
    return _STARTS[bisect.bisect_right(_CODES, code) - 1][1]


def spoken(text: str) -> tuple[str, ...]:
    """The letters of every character that has a sound or is a digit, one after the other; signs are passed over."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return tuple(letters_of(char) for char in plain if char.isalnum())


def is_initials(word: str) -> bool:
    """Whether a word is typed in letters only."""
    return bool(_LETTERS.fullmatch(word.lower()))


def has_initials(letters: tuple[str, ...], word: str) -> bool:
    """Whether characters that follow each other begin with the letters of the word; `letters` as `spoken` gives them."""
    wanted = word.lower()
    return any(
        all(one in letters[at + n] for n, one in enumerate(wanted))
        for at in range(len(letters) - len(wanted) + 1)
    )
