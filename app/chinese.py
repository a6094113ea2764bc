"""Chinese text in reports: widths, numerals, folding of labels. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

_KEEP = "“”‘’〔〕《》…—"
# How headings and labels begin: 第一、 二． （三） 4. ⑤
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．，,]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．]|[①-⑳])"
)
# What web pages and chat programs leave in copied text: [image: 图1], **bold**, ## heading
_RESIDUE = re.compile(r"\[(?:bookmark|image)[^\]]{0,200}\]|\*\*|^#+\s*")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a raised 1 must not become the last digit of 31
DIGITS = "零一二三四五六七八九"


class _Forms(dict[int, str]):
    """Each character's form, found once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = char if char in _KEEP or char.isascii() else unicodedata.normalize("NFKC", char)
        return self.setdefault(code, form)


_FORMS = _Forms()


def nfkc(text: str) -> str:
    """NFKC that keeps the marks of Chinese official writing (“” 〔〕 …) as they are."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return text.translate(_FORMS)


# Simplified characters that some fonts of PDF files give as the sign of a radical and that NFKC leaves so
_RADICALS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(
        zip(
            "⺁⺎⺏⺐⺑⺒⺓⺔⺟⺠⺫⺬⺯⺶⺻⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
            "厂兀尣尢尢巳幺彑母民目示糸羊聿虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
            strict=True,
        )
    )
)


def with_whole_ideographs(text: str) -> str:
    """⼯⺠⻚ → 工民页: characters, not the radicals that look like them."""
    return text.translate(_RADICALS)


_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_FOLDED = str.maketrans(
    {":": "：", ",": "，", "(": "（", ")": "）", ";": "；"} | dict.fromkeys("#*'\"“”‘’", "")
)


def fold(label: str) -> str:
    """A printed label reduced to what identifies it: no spaces, residue or ordinals, one form of each bracket and mark."""
    return _fold(label) if len(label) <= _LONGEST_LABEL else _fold.__wrapped__(label)


_LONGEST_LABEL = 80  # of those that are remembered


@lru_cache(maxsize=4096)  # the same two hundred labels stand in every report
def _fold(label: str) -> str:
    text = nfkc(_RESIDUE.sub("", label))
    return _ORDINAL.sub("", _SPACES.sub("", text)).translate(_FOLDED)


def ordinal(label: str) -> str:
    """The ordinal a heading starts with, as printed (一、 （三） (3) 1.), or ""."""
    found = _ORDINAL.match(nfkc(label).strip())
    return label.strip()[: found.end()] if found else ""


def to_chinese(number: int) -> str:
    """1 → 一, 10 → 十, 23 → 二十三 (0 ≤ number < 100)."""
    if not 0 <= number < 100:
        raise ValueError(number)
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def from_chinese(text: str) -> int:
    """一 → 1, 十 → 10, 二十三 → 23; ValueError for anything else."""
    found = re.fullmatch(r"([一二三四五六七八九])?(十)?([一二三四五六七八九])?", text)
    if not text or not found or (found[1] and found[3] and not found[2]):
        raise ValueError(text)
    tens, ten, ones = found.groups()
    if not ten:
        return DIGITS.index(tens or ones or "")
    return (DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(ones) if ones else 0)


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance of two short texts, or limit + 1 when it is more than `limit`."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (one != other))
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


# 2024年1月9日, 二〇二四年一月九日, with spaces anywhere between
_DATE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}|[一二三四五六七八九〇零○OＯ0]{4})\s*年\s*"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,4})\s*日"
)


def find_date(text: str) -> tuple[date, int, int] | None:
    """The last full date in a text, Arabic or Chinese (二〇二一年一月二十九日): (date, start, end), or None."""
    narrow = "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)  # places stay
    for found in reversed(list(_DATE.finditer(narrow))):
        try:
            day = date(_year(found["year"]), _number(found["month"]), _number(found["day"]))
        except ValueError:
            continue
        return day, found.start(), found.end()
    return None


def _year(text: str) -> int:
    return int("".join("0" if c in "〇零○OＯ" else str(DIGITS.index(c)) if c in DIGITS else c for c in text))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(text)


def half_widths(text: str) -> int:
    """How wide a text is in half characters: a Chinese one is two of them."""
    return len(text) + sum(unicodedata.east_asian_width(one) in "WF" for one in text)


def one_line(lines: Iterable[str]) -> str:
    """Lines of one text put together: a space between two Latin words, nothing between Chinese characters."""
    made = ""
    for line in lines:
        made += " " * (made[-1:].isascii() and line[:1].isascii() and bool(made)) + line
    return made


# The first half of a character beyond U+FFFF: 😀 as \ud83d\ude00
_HALF = re.compile("[\ud800-\udbff]")


def with_whole_characters(text: str) -> str:
    """Two halves of a surrogate pair (an emoji as Windows hands it over) as the one character that they are."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
