"""Which aspects of a section its text treats: the one answer for the check, the buttons and the offered paragraphs."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from app.chinese import fold
from app.form.model import Aspect
from app.patterns import lazily

# What begins an item, at the beginning of a line or of a sentence: （一）主动公开, 1.主动公开, 一是主动公开, 第一，主动公开.
_ITEM = lazily(
    r"(?:^|(?<=[。；;：:！\n]))[ \t\u3000]*"
    r"(?:(?P<bracket>[（(](?:[一二三四五六七八九十]+|\d{1,2})[）)])|(?P<number>\d{1,2}[、.．](?!\d))"
    r"|(?P<is>[一二三四五六七八九十]是)|(?P<th>第[一二三四五六七八九][，、,]))",
    re.M,
)
_ITEM_HEAD = lazily(r"[^。：:，,；;\n]{0,16}")
# A paragraph and its first clause, numbered or not: 主动公开方面，…  五、公开平台建设情况
_PARAGRAPH = lazily(
    r"^[ \t\u3000]*(?P<opening>(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．][ \t\u3000]*)?(?P<clause>[^。：:，,；;\n]+))",
    re.M,
)
_BEFORE_NAME = 8  # characters of a paragraph that may stand before what it is about: 规范化办理依申请公开
_LIST = 3  # so many aspects in one clause are a list of them, and none of them is written by it
_NO_WORDS = lazily(r"[\s“”‘’*]+")


@lru_cache(maxsize=64)
def treated(text: str, aspects: tuple[Aspect, ...]) -> Mapping[str, int]:
    """Aspect key → where its part of the text begins, for each aspect that is written.

    An aspect is written when a sub-heading names it, or when a paragraph of its own begins with it. That its name, or a word
    that belongs to it, stands somewhere in a sentence is not enough. Aspects written together stand at the same place.
    """
    return MappingProxyType({**_in_paragraphs(text, aspects), **_under_headings(text, aspects)})


def _under_headings(text: str, aspects: tuple[Aspect, ...]) -> dict[str, int]:
    """By the style of sub-heading that names most: the items of another style lie inside these."""
    styles: dict[str, dict[str, int]] = {}
    for item in _ITEM.finditer(text):
        head = _ITEM_HEAD.match(text, item.end())
        style = item.lastgroup or ""
        found = styles.setdefault(style, {})
        for key, _at in _named(head[0] if head else "", aspects):
            found.setdefault(key, item.start(style))
    return max(styles.values(), key=len, default={})


def _in_paragraphs(text: str, aspects: tuple[Aspect, ...]) -> dict[str, int]:
    """Those with which a paragraph begins."""
    found: dict[str, int] = {}
    for paragraph in _PARAGRAPH.finditer(text):
        named = list(_named(paragraph["clause"], aspects))
        if len(named) < _LIST:
            for key, at in named:
                if at <= _BEFORE_NAME:
                    found.setdefault(key, paragraph.start("opening"))
    return found


def _named(words: str, aspects: tuple[Aspect, ...]) -> Iterator[tuple[str, int]]:
    """The aspects that these words name, and how many characters before."""
    bare = _NO_WORDS.sub("", words)
    for key, names in _folded(aspects):
        places = [at for name in names if (at := bare.find(name)) >= 0]
        if places:
            yield key, min(places)


@lru_cache(maxsize=8)
def _folded(aspects: tuple[Aspect, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((one.key, tuple(fold(name) for name in (one.label, *one.aliases))) for one in aspects)
