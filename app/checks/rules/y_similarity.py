"""The text against last year's: how much of a section, which paragraphs and which problems are the same (Y-06, Y-07, Y-08)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text
from app.checks.language.scope import sentences
from app.checks.rule import WARNING, text_rule
from app.checks.rules.i_lists import counted_items
from app.form.model import FormDefinition, Section
from app.patterns import lazily

_GRAM = 5
_COPIED = 0.5  # county practice: 重复率大于50%
_SAME_PROBLEM = 0.8
_SAME_PART = 0.9
_SHORTEST_PARAGRAPH = 40
_SHORTEST_SENTENCE = 10
_NEW_FIGURES = 3  # so many figures brought up to date: statistics, whose words may stay
# years and figures: what may differ in a copied text
_YEARS = lazily(r"20\d\d\s*年")
_DIGITS = lazily(r"[0-9]+(?:\.[0-9]+)?")
# what stands between spaces and marks, which make no text a new one
_WORDS = lazily(r"[^\s，,。；;：:、！!？?“”\"《》（）()]+")
# 2025年，本机关未收取信息处理费。没有其他需要报告的事项。: what 六 has to say every year
_OBLIGATORY = lazily(r"处理费|收费通知|收取[^。；]{0,8}0元|未收取|未收费|没有收费|(?:无|没有|不存在)其他")
# 下一步, 改进措施, 2026年将: here 五 turns to improvements
_MEASURES = lazily(
    r"改进情况|改进措施|整改措施|下一步|下步|今后|\n?[^。\n]{0,6}20\d\d年(?:度)?[，,]?[^。]{0,16}(?:将|要)"
)


_BETWEEN = "\0"  # sentences: neither a mark nor a space


def masked(text: str) -> str:
    """The words of a text: numbers and years as #, no marks, no spaces."""
    return "#".join(_DIGITS.split("".join(_WORDS.findall(text))))


@lru_cache(maxsize=64)
def _masked_sentences(text: str) -> tuple[str, ...]:
    """Every sentence `masked`, all at once."""
    told = [text[start:end].replace(_BETWEEN, " ") for start, end in sentences(text)]
    return tuple(masked(_BETWEEN.join(told)).split(_BETWEEN)) if told else ()


@lru_cache(maxsize=64)
def _grams(text: str, size: int = _GRAM) -> frozenset[str]:
    words = masked(text)
    return frozenset([words[at : at + size] for at in range(len(words) - size + 1)])


@lru_cache(maxsize=64)
def similarity(text: str, other: str, size: int = _GRAM) -> float:
    """How much of two texts is the same, 0 … 1: runs of five characters that both have, numbers left out of account."""
    if text == other:
        return 1.0
    one, two = _grams(text, size), _grams(other, size)
    everything = len(one) + len(two)
    return 2 * len(one & two) / everything if everything else 0.0


@lru_cache(maxsize=64)
def repeated_sentences(text: str, old: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text stand that are last year's but for their years and numbers, to be marked in it.

    Those of fewer than ten characters say nothing of their own.
    """
    known = set(_masked_sentences(old))
    found = []
    for (start, end), words in zip(sentences(text), _masked_sentences(text), strict=True):
        if len(words) >= _SHORTEST_SENTENCE and words in known:
            found.append((start + len(text[start:end]) - len(text[start:end].lstrip()), end))
    return tuple(found)


def compared_sections(form: FormDefinition) -> tuple[Section, ...]:
    """The sections whose words are new every year: 总体情况, 存在问题及改进情况."""
    return form.sections[0], form.sections[-2]


def _awaits_revision(context: CheckContext, section: str) -> bool:
    """A text carried from last year whose 待更新 places are still open: of course it is last year's, and the clerk knows."""
    return any(mark.section == section for mark in context.report.pending)


@text_rule("Y-06", WARNING)
def not_copied_from_last_year(context: CheckContext) -> Iterator[Finding]:
    """避免照搬照抄、内容雷同：与上年度报告的重复率不应超过50%。"""
    if context.last_year is None:
        return
    for section in compared_sections(context.form):
        text, old = context.report.narrative(section.key), context.last_year.narrative(section.key)
        if _awaits_revision(context, section.key) or len(text) < _SHORTEST_PARAGRAPH or not old:
            continue
        share = similarity(text, old)
        if share >= _COPIED:
            yield _copied(section, text, old, share, section is context.form.sections[-2])


def _is_copied(context: CheckContext, section: Section) -> bool:
    """Whether Y-06 says so of the section: then its paragraphs and problems are no matters of their own."""
    if context.last_year is None or section not in compared_sections(context.form):
        return False
    text, old = context.report.narrative(section.key), context.last_year.narrative(section.key)
    return len(text) >= _SHORTEST_PARAGRAPH and bool(old) and similarity(text, old) >= _COPIED


def _copied(section: Section, text: str, old: str, share: float, has_problems: bool) -> Finding:
    """Y-06, at the first sentence that is last year's, with the paragraphs and problems that are."""
    percent = round(share * 100)
    marked = repeated_sentences(text, old)
    start, end = marked[0] if marked else (-1, -1)
    quote = text[start:end] if marked else ""
    above = "，超过50%" if percent > 50 else ""
    inside = [f"{n}段除数字外与上年相同" for n in [len(_same_paragraphs(text, old))] if n]
    if has_problems:
        inside += [f"{n}个问题与上年表述相同，未反映整改" for n in [_same_problems(text, old)[0]] if n]
    told = "：" + "，".join(inside) if inside else ""
    message = f"“{section.name}”与上年度报告重复率{percent}%{above}{told}"
    values = (("left", f"{percent}%"), ("right", "50%"))
    return Finding("Y-06", WARNING, message, section.key, (), quote, start, end, values)


@text_rule("Y-07", WARNING)
def no_paragraph_as_last_year(context: CheckContext) -> Iterator[Finding]:
    """避免照搬照抄：除数字和年份外与上年完全相同的段落应当改写。"""
    if context.last_year is None:
        return
    for section in context.form.sections:
        if _awaits_revision(context, section.key) or _is_copied(context, section):
            continue
        text, old = context.report.narrative(section.key), context.last_year.narrative(section.key)
        spans = _same_paragraphs(text, old) if text and old else ()
        if section is context.form.sections[-1]:
            spans = tuple(one for one in spans if not _is_obligatory(text[slice(*one)]))
        yield from (_same_as_before(section, text, old, span) for span in spans)


def _same_as_before(section: Section, text: str, old: str, span: tuple[int, int]) -> Finding:
    words = text[slice(*span)].strip()
    how = "与上年相同" if words in old else "除数字外与上年相同"
    message = f"本段{how}，请按本年情况改写：“{words[:20]}…”"
    return in_text("Y-07", WARNING, message, section.key, text, span)


def _is_obligatory(paragraph: str) -> bool:
    """Whether every sentence is one of those that 六 has to say every year."""
    said = [one for one in re.split(r"[。；]", paragraph) if one.strip()]
    return all(_OBLIGATORY.search(one) for one in said)


@lru_cache(maxsize=64)
def _same_paragraphs(text: str, old: str) -> tuple[tuple[int, int], ...]:
    known = {words: figures for words, figures, _ in _paragraphs(old)}
    return tuple(
        span
        for words, figures, span in _paragraphs(text)
        if words in known and sum(a != b for a, b in zip(figures, known[words], strict=False)) < _NEW_FIGURES
    )


@lru_cache(maxsize=64)
def _paragraphs(text: str) -> tuple[tuple[str, tuple[str, ...], tuple[int, int]], ...]:
    """(masked words, figures but years, span) of every paragraph that is long enough."""
    found = []
    start = 0
    lines = text.replace(_BETWEEN, " ").split("\n")
    for line, words in zip(lines, masked(_BETWEEN.join(lines)).split(_BETWEEN), strict=True):
        if len(words) >= _SHORTEST_PARAGRAPH:
            figures = tuple(_DIGITS.findall(_YEARS.sub("", line)))
            found.append((words, figures, (start, start + len(line))))
        start += len(line) + 1
    return tuple(found)


@text_rule("Y-08", WARNING)
def problems_are_not_last_years(context: CheckContext) -> Iterator[Finding]:
    """存在的主要问题应当反映整改情况，不与上年雷同。"""
    section = context.form.sections[-2]
    if context.last_year is None or _awaits_revision(context, section.key) or _is_copied(context, section):
        return
    text, old = context.report.narrative(section.key), context.last_year.narrative(section.key)
    same, span = _same_problems(text, old)
    if same:
        message = f"存在问题与上年雷同，未反映整改：{same}个问题与上年表述相同"
        yield in_text("Y-08", WARNING, message, section.key, text, span)
    elif part := _same_problem_part(text, old):
        message = f"存在问题与上年雷同，未反映整改：“{text[part[0] : part[1]][:20]}…”与上年表述相同"
        yield in_text("Y-08", WARNING, message, section.key, text, part)


@lru_cache(maxsize=64)
def _same_problems(text: str, old: str) -> tuple[int, tuple[int, int]]:
    """(how many problems are last year's, where the first stands); 0 unless at least two and most of them are."""
    new, before = counted_items(_problem_part(text)), counted_items(_problem_part(old))
    same = [
        one
        for one in new
        if len(one.text) >= 8
        and any(similarity(one.text, other.text, 2) >= _SAME_PROBLEM for other in before)
    ]
    if len(same) < 2 or len(same) * 2 <= len(new):
        return 0, (0, 0)
    return len(same), (same[0].start, same[0].start + len(same[0].text))


@lru_cache(maxsize=64)
def _same_problem_part(text: str, old: str) -> tuple[int, int] | None:
    """Where the problems stand, told without counting, when they are last year's, in whatever order."""
    parts = [one[: found[0]] if (found := _measures_at(one)) else "" for one in (text, old)]
    new, before = parts
    if min(len(masked(new)), len(masked(before))) < _SHORTEST_SENTENCE * 2:
        return None
    return (0, len(new.rstrip())) if similarity(new, before, 2) >= _SAME_PART else None


def _measures_at(text: str) -> list[int]:
    """Where 五 turns to improvements, behind at least one problem."""
    return [one.start() for one in _MEASURES.finditer(text) if one.start() > _SHORTEST_SENTENCE * 2]


def _problem_part(text: str) -> str:
    """The part of 五 before the improvements."""
    found = [one.start() for one in _MEASURES.finditer(text) if one.start() > _SHORTEST_PARAGRAPH]
    return text[: found[0]] if found else text
