"""Reading sentences into statements: a number (or none: 无, 未收到, 为零) with the words of its clause, its topic and its surroundings."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.checks.language.numerals import COUNTED, quantities_in
from app.checks.language.scope import Place, place, sentences
from app.checks.quantities.words import pattern_of
from app.patterns import Words, lazily

REQUESTS, CASES, DOCUMENTS, DECISIONS, OTHER = "requests", "cases", "documents", "decisions", "other"
SAID, BEFORE, HEADING = "said", "before", "heading"
NUMBER, NONE, ALL = "number", "none", "all"

# sentences without any of these tell nothing that a table holds
_RELEVANT = Words(
    "申请|不予|予以|复议|诉讼|应诉|规范性|行政许|行政处|行政强|结转|顺延|办结|答复|受理|收到|接到|办理|处理|结果维|结果纠|结果为|结果是|他结果"
    "|无提供|法提供|不掌握|信息不存在|准予公开"
)
# by these a paragraph or its heading is of requests: （二）依申请公开
_ABOUT_REQUESTS = lazily(r"(?:政府|政务)信息(?:依申请)?公开(?:的)?申请|依申请|申请公开")
# 无, 未收到, 为零, 均已办结, 办结率
_WITHOUT_FIGURE = Words("未|没有|无|零|为0|不存在|均|全部|所有|都|率")
# what a sentence without a number is about
_TOPIC_WORDS = lazily(
    rf"(?P<requests>{_ABOUT_REQUESTS.pattern})|(?P<cases>复议|诉讼)|(?P<documents>规范性)|(?P<decisions>行政[许处强])"
)
_LONGEST_HEADING = 40
# 3个部门, 2个方面: no cases
_NO_CASES = lazily(r"(?:方面|部门|单位|村|社区|人(?!申请|提)|工作|月|环节|栏目|专栏|站所)")
# 100%: no word
_PERCENT = lazily(r"[\d.]+\s*[%％]", needs="%|％")
# kind of word → the topic of its clause; the first that stands there counts
_TOPICS = {
    "reviews": CASES, "reconsideration": CASES, "lawsuit": CASES, "suit": CASES, "document": DOCUMENTS, "decision": DECISIONS,
    "request": REQUESTS, "ask": REQUESTS, "on_request": REQUESTS, "result": REQUESTS, "public": REQUESTS,
}  # fmt: skip
_OPENING = frozenset({"period", "own", "unknown", "soft", "quoted"})
_OBJECTS = frozenset({"apply", *_TOPICS})
_CONTENT = frozenset({"came", "done", "handled", "amount", "request", "ask", "on_request", "apply", *_TOPICS})


class Word(NamedTuple):
    """A piece of a clause and its kind; `unknown` is what the grammar does not know."""

    kind: str
    text: str
    start: int
    end: int


class Statement(NamedTuple):
    """A number that a text states, and how it came to be said."""

    value: Decimal
    unit: str
    about: bool  # 余, 约, 以上: not exact
    says: str  # NUMBER; NONE: told by 无, 未, 为零; ALL: 均已办结, 办结率100%, without a figure
    start: int  # what is quoted: from the first telling word to the unit
    end: int
    number: int  # where the number itself begins
    left: tuple[Word, ...]  # the words of its clause before the number
    right: tuple[Word, ...]  # behind it, up to the next number or mark
    kinds: frozenset[str]  # of all these words
    topic: str
    told: str  # how the topic is known: said in the clause, in one before it, by the heading alone
    place: Place

    @property
    def said_kinds(self) -> frozenset[str]:
        return _kinds(self.said)

    @property
    def left_kinds(self) -> frozenset[str]:
        """Of the words before the number."""
        return _kinds(self.left)

    def first(self, *kinds: str) -> Word | None:
        """The first word of one of these kinds."""
        return next((one for one in (*self.left, *self.right) if one.kind in kinds), None)

    def last(self, *kinds: str) -> Word | None:
        """The last word of one of these kinds before the number, or the first behind it."""
        before = next((one for one in reversed(self.left) if one.kind in kinds), None)
        return before or next((one for one in self.right if one.kind in kinds), None)

    @property
    def said(self) -> tuple[Word, ...]:
        """The words that tell of what the number is: before it, and behind it up to the object where none stands before."""
        if any(one.kind in _OBJECTS for one in self.left):
            return self.left
        ends = [at for at, one in enumerate(self.right) if one.kind in _OBJECTS]
        return (*self.left, *self.right[: ends[0] + 1]) if ends else self.left

    @property
    def is_restricted(self) -> bool:
        """收到涉及征地的……申请5件: a word that is not known stands between what is known."""
        first = next((one.start for one in self.said if one.kind in _CONTENT), self.number)
        return any(one.kind == "unknown" and one.start > first for one in self.said)

    @property
    def unknown(self) -> list[str]:
        """What is not known before the number: 县档案馆 in 县档案馆收到……"""
        return [one.text for one in self.left if one.kind == "unknown"]


@lru_cache(maxsize=64)
def statements(text: str, form_id: str, all_about: bool = False) -> tuple[Statement, ...]:
    """What a text states in numbers, in order. `all_about`: the whole text is of requests."""
    found: list[Statement] = []
    here = Paragraph(text, 0, all_about)
    topic = ""
    for start, end in sentences(text):
        begin = text.rfind("\n", 0, start) + 1
        if begin != here.begin:
            here, topic = Paragraph(text, begin, all_about), ""
        if not _RELEVANT.stand_in(text, start, end):
            continue
        if not _tells(text, start, end):
            topic = _last_topic(text, start, end) or topic
        else:
            for clause in _clauses(text, start, end, form_id):
                read = list(_read(here, clause, topic))
                found += read
                topic = _topic_behind(clause, read, topic)
    return tuple(found)


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a sentence has a number of things counted, or says that there was none, or all."""
    if _WITHOUT_FIGURE.stand_in(text, start, end):
        return True
    return any(one.unit in COUNTED for one in quantities_in(text, start, end))


def _last_topic(text: str, start: int, end: int) -> str:
    """What a sentence that tells no number is about in the end."""
    named = [one.lastgroup or "" for one in _TOPIC_WORDS.finditer(text, start, end)]
    return named[-1] if named else ""


class Paragraph(NamedTuple):
    """Where a clause stands; `all_about`: the whole section is of requests."""

    text: str
    begin: int
    all_about: bool


def _topic_behind(clause: "Clause", read: list[Statement], topic: str) -> str:
    """What the next clause is about when it does not say so itself."""
    if read:
        return OTHER if read[-1].is_restricted else read[-1].topic
    return _named({one.kind for one in clause if isinstance(one, Word)}) or topic


class _Number(NamedTuple):
    value: Decimal
    unit: str
    about: bool
    start: int
    end: int


Clause = list[Word | _Number]


def _clauses(text: str, start: int, end: int, form_id: str) -> Iterator[Clause]:
    """The clauses of a sentence; 、 and ： end one only behind a number."""
    clause: Clause = []
    has_number = False
    for item in _items(text, start, end, form_id):
        is_mark = isinstance(item, Word) and (item.kind == "mark" or (item.kind == "soft" and has_number))
        if is_mark:
            if clause:
                yield clause
            clause, has_number = [], False
        else:
            has_number = has_number or isinstance(item, _Number)
            clause.append(item)
    if clause:
        yield clause


def _items(text: str, start: int, end: int, form_id: str) -> Iterator[Word | _Number]:
    """Words, numbers and what is unknown between them, in order."""
    numbers = [
        _Number(one.value, one.unit, one.about, one.start, one.end)
        for one in quantities_in(text, start, end)
        if one.unit in COUNTED and not _NO_CASES.match(text, one.end)
    ]
    at = start
    for number in numbers:
        yield from _words(text, at, number.start, form_id)
        yield number
        at = number.end
    yield from _words(text, at, end, form_id)


def _words(text: str, start: int, end: int, form_id: str) -> Iterator[Word]:
    """The words of a piece without numbers, and what is unknown between them."""
    at = start
    for one in pattern_of(form_id).finditer(text, start, end):
        begin, behind = one.span()
        if begin > at:
            yield from _unknown(text, at, begin)
        kind = one.lastgroup or ""
        yield Word(kind, one[0], begin, behind) if kind != "quoted" else _quoted(one, form_id)
        at = behind
    if end > at:
        yield from _unknown(text, at, end)


def _quoted(found: re.Match[str], form_id: str) -> Word:
    """“予以公开” in quotation marks is that word, anything else nothing that is known."""
    inner = pattern_of(form_id).fullmatch(found[0][1:-1])
    is_known = inner is not None and inner.lastgroup in ("result", "outcome")
    kind, text = (inner.lastgroup or "", inner[0]) if inner and is_known else ("quoted", found[0])
    return Word(kind, text, *found.span())


def _unknown(text: str, start: int, end: int) -> Iterator[Word]:
    words = text[start:end].strip()
    if words and not _PERCENT.fullmatch(words):
        yield Word("unknown", words, start, end)


def _read(here: Paragraph, clause: Clause, topic: str) -> Iterator[Statement]:
    """The statements of a clause: one for each number; one of none or of all where 无, 为零 or 均已办结 stands and no number."""
    left: list[Word] = []
    last = max((at for at, item in enumerate(clause) if isinstance(item, _Number)), default=-1)
    for at, item in enumerate(clause):
        if isinstance(item, Word):
            left.append(item)
            continue
        right = clause[at + 1 :] if at == last else []
        behind = tuple(one for one in right if isinstance(one, Word))
        yield (one := _statement(here, item, tuple(left), behind, topic))
        topic, left = one.topic, []
    if last < 0 and _says_without_figure({one.kind for one in left}):
        yield _statement(here, None, tuple(left), (), topic)


def _says_without_figure(kinds: set[str]) -> bool:
    of_all = {"done", "applicant", "result", "public"}
    return bool(kinds & {"nil", "zero", "rate"}) or ("all" in kinds and bool(kinds & of_all))


def _statement(
    here: Paragraph, number: _Number | None, left: tuple[Word, ...], right: tuple[Word, ...], before: str
) -> Statement:
    at = number.start if number else left[0].start
    first = next((one.start for one in left if one.kind not in _OPENING and one.text != "其中"), at)
    end = number.end if number else left[-1].end
    kinds = _kinds(left) | _kinds(right)
    topic, told = _topic(here, kinds, before, first)
    if number and right and right[-1].kind in _CONTENT and not any(one.kind in _TOPICS for one in left):
        end = right[-1].end  # 10件政府信息公开申请
    says = NUMBER if number else NONE if kinds & {"nil", "zero"} else ALL
    value, unit, about = (number.value, number.unit, number.about) if number else (Decimal(0), "", False)
    where = _of_its_year(place(here.text, first), left, first)
    return Statement(value, unit, about, says, first, end, at, left, right, kinds, topic, told, where)


def _of_its_year(where: Place, left: tuple[Word, ...], first: int) -> Place:
    """对2022年收到的1件……: the year stands among the words themselves."""
    years = [
        int(one.text[:4])
        for one in left
        if one.kind == "period" and one.start > first and one.text[:4].isdigit()
    ]
    return where.of_year(years[-1]) if years else where


def _kinds(words: tuple[Word, ...]) -> frozenset[str]:
    """The kinds of some words; 其中2024年收到8件 names a year of several, and no part of it."""
    of_a_year = {one for one, after in pairwise(words) if one.text == "其中" and after.kind == "period"}
    return frozenset(one.kind for one in words if one not in of_a_year)


def _topic(here: Paragraph, kinds: frozenset[str], before: str, start: int) -> tuple[str, str]:
    """What a clause is about and how that is known."""
    own = _named(kinds)
    if own:
        return own, SAID
    is_about = here.all_about or is_about_requests(here.text, here.begin, start)
    if "apply" in kinds and "other" not in kinds:
        is_about = is_about or before == REQUESTS or bool(kinds & {"carried_in", "carried_out"})
        return (REQUESTS if is_about else OTHER), SAID
    if "compared" in kinds:
        return before, BEFORE
    if "other" in kinds or "unknown" in kinds:
        return OTHER, SAID
    if before:
        return before, BEFORE
    return (REQUESTS, HEADING) if is_about else ("", "")


def _named(kinds: Set[str]) -> str:
    """The topic that words of these kinds name; "" when they name none."""
    return next((topic for kind, topic in _TOPICS.items() if kind in kinds), "")


def is_about_requests(text: str, begin: int, start: int) -> bool:
    """Whether a paragraph up to a place, or the heading in the line before it, is of requests for information."""
    first = _first_about(text, begin)
    return 0 <= first < start or (first == begin == start)


@lru_cache(maxsize=256)
def _first_about(text: str, begin: int) -> int:
    """The end of the first words that say so; -1 when nothing does."""
    before = text[:begin].rstrip().rsplit("\n", 1)[-1]
    is_heading = len(before) <= _LONGEST_HEADING and (
        before[-1:] not in "。；" or before[:1] in "（(一二三四五1234"
    )
    if is_heading and _ABOUT_REQUESTS.search(before):
        return begin
    found = _ABOUT_REQUESTS.search(text, begin)
    return found.end() - 1 if found else -1
