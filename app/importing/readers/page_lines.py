"""Which lines of drawn pages make one paragraph."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.chinese import half_widths
from app.documents.blocks import Paragraph
from app.importing.readers.page_join import ORDINAL

# 规章 3 0 12: the numbers at the end of a row of a table
_ROW_OF_NUMBERS = re.compile(r"(?:\s+[0-9][0-9.,]*){2}$")
# 一、总体情况: a heading, which no line above goes on with
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。，；]{2,30}")
# 附件1: alone at the top of a page; twenty of them are no running title
ATTACHMENT = re.compile(r"附\s*件\s*[0-9]{0,2}")
# 附件：1. 名称, and below it 2. 名称: what the further lines of a long name begin under
FIRST_LISTED = re.compile(r"附\s*件\s*[：:]\s*(?:1\s*[.．、]\s*)?")
LISTED = re.compile(rf"{FIRST_LISTED.pattern}|[0-9]{{1,2}}\s*[.．、]\s*")
# Words without Chinese at the ends of lines: one that begins a line, one in letters that ends it (GDP),
# what begins the next word, and signs of an address (www.example.cn), within which no space is missing
ASCII = re.compile(r"[\x21-\x7e]+")
_LAST_WORD = re.compile(r"[\x21-\x7e]*[A-Za-z]$")
_WORD = re.compile("[A-Za-z0-9]")
_ADDRESS = re.compile(r"[./:@_\\-]")
_ENDS = "。；：！？…”）》.;:!?)"


@dataclass
class Line:
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    first_word: float  # where its first word ends: 政务 breaks anywhere, www.example.cn does not
    is_alone: bool = False  # several things beside one another: no other line goes on with it

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True)
class TextArea:
    left: float
    right: float
    indented: bool  # paragraphs begin two characters to the right of their other lines


def text_area(lines: Sequence[Line]) -> TextArea:
    """Where the text lies, and whether its paragraphs are indented."""
    if not lines:
        return TextArea(0.0, 0.0, False)
    starts = Counter(round(line.x0) for line in lines if len(line.text) > 12)
    ends = sorted(line.x1 for line in lines)
    common = [x for x, count in starts.items() if count >= max(2, 0.15 * sum(starts.values()))]
    left = float(min(common, default=min(line.x0 for line in lines)))
    indented = sum(1.5 * line.size < line.x0 - left < 2.5 * line.size for line in lines)
    return TextArea(left, ends[-1 - len(ends) // 20], indented >= max(2, 0.1 * len(lines)))


def hangs(first: Line, last: Line, line: Line) -> bool:
    """Whether a line goes on with the name of an 附件: it begins under the name's first character."""
    begins = LISTED.match(first.text)
    text = begins[0] if begins else ""
    narrow = sum(
        char.isascii() and not char.isdigit() for char in text
    )  # . and the space are a quarter of an em
    name = first.x0 + (half_widths(text) / 2 - narrow / 4) * first.size
    is_next = line.page != last.page or line.top - last.top < 3.2 * line.size
    return is_next and abs(last.size - line.size) < 0.2 * line.size and abs(line.x0 - name) < 0.6 * line.size


def continues(last: Line, line: Line, area: TextArea) -> bool:
    """Whether a line is the next one of the same paragraph: the one before was full, this one is not indented."""
    size = line.size
    if last.is_alone or line.is_alone:
        return False
    if _ROW_OF_NUMBERS.search(last.text) or _ROW_OF_NUMBERS.search(line.text):
        return False  # a row of a table without borders
    if _HEADING.fullmatch(line.text) or ATTACHMENT.fullmatch(line.text):
        return False
    if abs(last.size - size) > 0.2 * size or line.x0 > area.left + 0.8 * size:
        return False
    if line.page == last.page and line.top - last.top > 3.2 * size:
        return False
    word = line.first_word - line.x0  # a long word that did not fit leaves the line before it short
    if last.x1 < area.right - max(2.3 * size, word + 0.5 * size):
        return False
    return area.indented or not (last.text[-1:] in _ENDS and ORDINAL.match(line.text))


def paragraph(lines: Sequence[Line]) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text += f" {line.text}" if _are_two_words(text, line.text) else line.text
    return Paragraph(text, place=f"第{lines[0].page}页")


def _are_two_words(before: str, after: str) -> bool:
    """Whether a line ended between two Latin words, where the space is not drawn; an address may break anywhere."""
    word, rest = _LAST_WORD.search(before), ASCII.match(after)
    return (
        word is not None
        and rest is not None
        and _WORD.match(after) is not None
        and not _ADDRESS.search(word[0] + rest[0])
    )
