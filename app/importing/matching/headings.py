"""First-level headings of an old report → the sections of the form, extra ones told from sub-headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise

from app.chinese import distance, from_chinese, nfkc
from app.documents.blocks import Paragraph, Style
from app.form.catalog import form as edition
from app.form.model import FormDefinition, Section
from app.importing.matching.cleaning import Piece
from app.importing.matching.labels import Labels, fold, is_near
from app.report.outline import FoundHeading

# 政府依申请公开政府信息和不予公开信息情况, 政府信息公开收费和减免情况: headings of 2008 to 2018
_OLD_NAMES = (
    (re.compile("依申请公开|不予公开"), "requests"),
    (re.compile("复议|诉讼"), "review"),
    (re.compile("收费|减免"), "other"),
)
_LONGEST = 44  # characters of a heading line
_MOST = 300  # first-level headings looked at: no report has more than twenty
# 一、总体情况; 第一部分 总体情况; 第一章
_ORDINAL = re.compile(
    r"^(?:第\s*([一二三四五六七八九十]+)\s*(?:部分|章)|([一二三四五六七八九十]+)\s*[、.．，,])\s*"
)
_LONG = 800  # characters of a paragraph into which a report may have run
_WHOLE_REPORT = 5  # headings within one paragraph: the text has lost its lines altogether
_ENOUGH = 3  # numbered headings: those of the first level have their numbers
# （一）主动公开, (1)公开内容, 1.主动公开: a part of a section, where 一、 heads it or three headings are numbered so
_SUB_ORDINAL = re.compile(r"[（(]\s*(?:[一二三四五六七八九十]+|\d{1,2})\s*[）)]|\d{1,2}\s*[.．、]")
# （一）主动公开情况, 1、政府信息主动公开: the first part of the first section; and how many lines below its heading it stands
_FIRST_PART = re.compile(r"(?:\([一1]\)|1[、.])\s*(?:政府信息)?主动公开")
_LEADS = re.compile(r"[：:]$")  # 政府信息主动公开情况：, within a section: it leads to what follows
_NEAR = 6
_INDENT = re.compile(
    r"^(?:[ \t]{2,}|[\u3000\u00a0][ \t\u3000\u00a0]*)"
)  # of a paragraph; one blank is a slip
# what may stand before a heading within run-together text: a full stop, or the number and unit of a table's last cell
_BEFORE = "。；;！!？?”)）0123456789元万件个条项次无/—- \u3000\u00a0"
_NOT_AFTER = tuple("，、；,;和与及》”")
# 五、存在的主要问题及改进情况中所列…: a sentence that speaks of a section goes on so
_SPOKEN_OF = tuple("的中里内所部一等")
# 现将情况报告如下：一、总体情况: what ends a text before a heading that stands in the same paragraph
_ENDS_BEFORE = re.compile(r"(?:[。！？]|如下[：:])\s*$")
_ENDS_BARELY = re.compile(r"[。！？）)]\s*$|如下[：:]\s*$")
# 四、结转下年度继续办理 | 0 |, 四、结转下年度继续办理 0 0: a label before bars, tabs or numbers
_LABEL_BEFORE_NUMBERS = re.compile(r"^([^|\t]*?[^|\t\s0-9])\s*(?:[|\t]|[\s0-9./—-]+$)")
# …联系。一、总体情况: the last sentence before a heading
_LAST_HEADING = re.compile(r"[。！？]\s*(?=[一二三四五六七八九十]{1,2}\s*[、.．])(?!.*[。！？])")
# …工作。（二）依申请公开…: where a sub-heading begins within run-together text
_SUBHEADING = re.compile(r"(?<=[。；！？])\s*(?=[（(][一二三四五六七八九十]+[）)])")


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int  # in the pieces
    text: str
    ordinal: str
    name: str  # folded, without the ordinal


def find_headings(pieces: Sequence[Piece], labels: Labels) -> dict[int, FoundHeading]:
    """Which pieces are first-level headings, and the section of each."""
    candidates = _candidates(pieces, labels)
    sections = _assign(candidates, labels.form)
    _first_by_its_parts(candidates, sections, pieces, labels.form)
    found: dict[int, FoundHeading] = {}
    last = 0
    for one in candidates:
        section = sections.get(one.position)
        number = _number(one.ordinal)
        if section is None and not (number == last + 1 and found):
            continue  # a sub-heading that happens to be numbered 一、
        last = number or last
        found[one.position] = _found(one, section, pieces[one.position])
    return _with_homes(found, labels.form)


def _first_by_its_parts(
    candidates: Sequence[_Candidate],
    sections: dict[int, Section],
    pieces: Sequence[Piece],
    form: FormDefinition,
) -> None:
    """一、总体要求 before all others is the first section where its part on 主动公开 follows, whatever it is called."""
    first = form.sections[0]
    one = next((one for one in candidates if _number(one.ordinal) == 1), None)
    if one is None or first in sections.values() or one.position > min(sections, default=len(pieces)):
        return
    below = (piece.block for piece in pieces[one.position + 1 : one.position + _NEAR])
    if any(isinstance(block, Paragraph) and _FIRST_PART.match(nfkc(block.text).strip()) for block in below):
        sections[one.position] = first


def _candidates(pieces: Sequence[Piece], labels: Labels) -> list[_Candidate]:
    found = [one for i, piece in enumerate(pieces) if (one := _candidate(i, piece, labels)) is not None]
    first = next((one.position for one in found if _number(one.ordinal) == 1), len(pieces))
    numbered = [one for one in found if one.ordinal]
    is_lost = first == len(pieces)
    if len(numbered) >= _ENOUGH:
        first = -1
    kept = [
        one
        for one in found
        if one.ordinal
        or one.position < first
        or not (_SUB_ORDINAL.match(one.text) or _LEADS.search(one.text))
        or (is_lost and one.position < numbered[0].position and _is_first(one, labels.form))
    ]
    return kept[:_MOST]


def _is_first(one: _Candidate, form: FormDefinition) -> bool:
    """1. 总体情况, above 二、: the first section, of whose number a page's list made its own."""
    return one.name == fold(form.sections[0].name)


def _candidate(position: int, piece: Piece, labels: Labels) -> _Candidate | None:
    block = piece.block
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST:
        return None
    text = block.text.strip()
    if re.search(r"[。；！？].", text) or _is_row_of_a_table(text, labels):
        return None
    found = _ORDINAL.match(nfkc(text))
    name = fold(nfkc(text)[found.end() :] if found else text).rstrip("。：")
    if found is None and not (block.style is Style.HEADING1 or name in section_names(labels.form.id)):
        return None
    return _Candidate(position, text, (found[1] or found[2]) if found else "", name)


def _is_row_of_a_table(text: str, labels: Labels) -> bool:
    """三、本年度办理结果, 四、结转下年度继续办理 | 0 | 0: a label, perhaps with the numbers behind it."""
    label = _LABEL_BEFORE_NUMBERS.match(text)
    return any(
        labels.row(one) is not None or labels.group(one) is not None
        for one in (text, label[1].strip() if label else "")
    )


def _number(ordinal: str) -> int:
    try:
        return from_chinese(ordinal)
    except ValueError:
        return 0


def _found(one: _Candidate, section: Section | None, piece: Piece) -> FoundHeading:
    assert isinstance(piece.block, Paragraph)
    key = section.key if section else ""
    raw = _INDENT.sub("", piece.raw.rstrip())
    return FoundHeading(one.text, one.ordinal, key, section is None, piece.block.place, raw)


@cache
def section_names(form_id: str) -> dict[str, Section]:
    """Folded name or alias → section."""
    form = edition(form_id)
    return {fold(name): section for section in form.sections for name in (section.name, *section.aliases)}


def section_named(text: str, form_id: str) -> Section | None:
    """The section whose very name or alias, behind its ordinal, is the whole text."""
    plain = nfkc(text).strip()
    found = _ORDINAL.match(plain) if len(plain) <= _LONGEST else None
    return section_names(form_id).get(fold(plain[found.end() :]).rstrip("。：")) if found else None


def _assign(candidates: list[_Candidate], form: FormDefinition) -> dict[int, Section]:
    """Each section takes the candidate that says its name best; then the one that stands in its place."""
    scored = sorted(
        (score, one.position, section.key)
        for one in candidates
        for section in form.sections
        if (score := _score(one.name, section)) is not None or (score := _cut_off(one, section)) is not None
    )
    found: dict[int, Section] = {}
    taken: set[str] = set()
    for _, position, key in scored:
        if key not in taken and position not in found:
            taken.add(key)
            found[position] = form.section(key)
    _by_words(candidates, found, form)
    taken = {section.key for section in found.values()}
    for index, section in enumerate(form.sections):
        if section.key not in taken:
            _by_place(candidates, found, form, index)
    return found


def _by_words(candidates: list[_Candidate], found: dict[int, Section], form: FormDefinition) -> None:
    """Headings of reports before 2019 that say in words of their own what a section of the form is about."""
    taken = {section.key for section in found.values()}
    for pattern, key in _OLD_NAMES:
        named = (
            one.position
            for one in candidates
            if one.ordinal and one.position not in found and pattern.search(one.name)
        )
        position = next(named, None)
        if position is not None and key not in taken:
            found[position] = form.section(key)


def _score(name: str, section: Section) -> int | None:
    """0 for the very name, 1 … for an alias, one that contains it or a name with one or two wrong characters; None for no."""
    if name == fold(section.name):
        return 0
    best: int | None = None
    for known in map(fold, (section.name, *section.aliases)):
        if name == known:
            return 1
        if len(known) >= 4 and known in name:
            best = min(best or 9, 4)
        elif is_near(name, known):
            best = min(best or 9, 1 + distance(name, known, 2))
    return best


def _cut_off(one: _Candidate, section: Section) -> int | None:
    """三、收到和处: the beginning of the name with the section's ordinal, where a text was cut off in its heading."""
    is_cut = len(one.name) > 1 and fold(section.name).startswith(one.name)
    return 9 if is_cut and one.ordinal == section.ordinal else None


def _by_place(
    candidates: list[_Candidate], found: dict[int, Section], form: FormDefinition, index: int
) -> None:
    """A heading with a strange name but the ordinal of a missing section, between its neighbours, is that section."""
    order = [section.key for section in form.sections]
    before = max((p for p, s in found.items() if order.index(s.key) < index), default=-1)
    after = min((p for p, s in found.items() if order.index(s.key) > index), default=1 << 30)
    for one in candidates:
        if (
            before < one.position < after
            and one.position not in found
            and _number(one.ordinal) == index + 1
            and len(found) >= 3
            and not any(pattern.search(one.name) and key != order[index] for pattern, key in _OLD_NAMES)
        ):
            found[one.position] = form.sections[index]
            return


def _with_homes(found: dict[int, FoundHeading], form: FormDefinition) -> dict[int, FoundHeading]:
    """Extra headings go where their text belongs: before the 存在的问题 part to 总体情况, after it to the part they follow."""
    plain = next((section.key for section in reversed(form.sections[:-1]) if not section.tables), "")
    late = min((at for at, one in found.items() if one.section == plain), default=1 << 30)
    current = form.sections[0].key
    result: dict[int, FoundHeading] = {}
    for at, one in found.items():
        if one.extra:
            one = replace(one, section=form.sections[0].key if at < late else current)
        current = one.section
        result[at] = one
    return result


# -- headings inside a paragraph ----------------------------------------------------------------------------------------


def split_run_in(pieces: Sequence[Piece], form: FormDefinition) -> tuple[list[Piece], list[str]]:
    """Headings that run on into their text, or a whole report in one paragraph, set on lines of their own.

    A heading that stood behind other words of its paragraph is told.
    """
    result: list[Piece] = []
    told: list[str] = []
    for piece in pieces:
        block = piece.block
        parts = _parts(block.text, form.id) if isinstance(block, Paragraph) else []
        if not isinstance(block, Paragraph) or len(parts) < 2:
            result.append(piece)
            continue
        told.extend(_told_of(parts[1:], form.id, block.place))
        if len(parts) > _WHOLE_REPORT:
            parts = _lines_of(parts)
        result.extend(Piece(piece.source, replace(block, text=one.strip()), one) for one in parts)
    return result, told


def _told_of(parts: Sequence[str], form_id: str, place: str) -> Iterator[str]:
    """Which headings are set apart from the words before them."""
    found = [one.strip() for one in parts if section_named(one, form_id) is not None]
    if found:
        more = f"等{len(found)}个" if len(found) > 1 else ""
        yield f"标题“{found[0]}”{more}接在一段文字后面，已另起一行（{place}）"


def _lines_of(parts: Sequence[str]) -> list[str]:
    """Sub-headings within the parts on lines of their own too."""
    return [line for part in parts for line in _SUBHEADING.split(part) if line.strip()]


def _parts(text: str, form_id: str) -> list[str]:
    """The paragraph cut before and after each heading in it; one part when there is none."""
    last = _heading_at_end(text, form_id)
    if last is not None:
        return [*_inner_parts(text[:last], form_id), text[last:]]
    return _inner_parts(text, form_id)


def _inner_parts(text: str, form_id: str) -> list[str]:
    if len(text) <= 12:
        return [text]
    headings = (one for one in _title_pattern(form_id).finditer(text) if _may_be_heading(text, one))
    found = list(islice(headings, _MOST))
    is_long = len(text) >= _LONG or _ORDINAL.match(nfkc(text[:12])) is not None
    if not is_long or len({_number(one[1]) for one in found}) < 3:
        next_of = dict(pairwise(found))
        found = [
            one
            for one in found
            if one.start() == 0 or _stands_apart(text, one, next_of.get(one), edition(form_id))
        ]
    cuts = sorted({0, len(text), *(edge for one in found for edge in one.span())})
    return [text[a:b] for a, b in pairwise(cuts) if text[a:b].strip(" \u3000\u00a0：:。")]


def _may_be_heading(text: str, found: re.Match[str]) -> bool:
    start = found.start()
    begins = start == 0 or text[start - 1] in _BEFORE or _ENDS_BEFORE.search(text[max(start - 9, 0) : start])
    return bool(begins) and not text.startswith(_NOT_AFTER, found.end())


def _stands_apart(
    text: str, found: re.Match[str], following: re.Match[str] | None, form: FormDefinition
) -> bool:
    """Between the end of a sentence and a blank (… 12月31日。 一、总体情况 2022年，…), or by its very name with none.

    One that the next heading follows at once is part of a list: 包括如下： 一、总体情况 二、主动公开政府信息情况
    """
    before, after = text[max(found.start() - 9, 0) : found.start()], text[found.end() : found.end() + 1]
    if following is not None and not text[found.end() : following.start()].strip():
        return False
    if _ENDS_BEFORE.search(before) and before[-1:].isspace() and after.isspace():
        return True
    section = section_named(found[0], form.id)
    is_exact = section is not None and "".join(found[0].split()).rstrip("。：:") == section.title
    return is_exact and bool(_ENDS_BARELY.search(before)) and after not in _SPOKEN_OF


def _heading_at_end(text: str, form_id: str) -> int | None:
    """Where a heading begins that runs on behind the last sentence of a paragraph: …，电话：…）。一、总体情况"""
    end = text.rstrip()
    start = max(len(end) - _LONGEST, 0)
    found = _LAST_HEADING.search(end, start) if start or len(end) > 12 else None
    if found is None or section_named(end[found.end() :], form_id) is None:
        return None
    return found.end()


@cache
def _title_pattern(form_id: str) -> re.Pattern[str]:
    form = edition(form_id)
    names = {name for section in form.sections for name in (section.name, *section.aliases) if len(name) >= 4}
    loose = (r"\s*".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True))
    # 二、主动公开政府信息情况, blanks between its characters allowed
    return re.compile(r"([一二三四五六七八九十]{1,2})\s*[、.．]\s*(?:" + "|".join(loose) + ")[。：:]?")
