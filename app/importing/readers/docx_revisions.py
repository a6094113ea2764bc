"""What a .docx says beside its text: revisions that nobody has accepted or rejected yet, and comments."""

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from app.importing.source import Comment, Revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ADDED = (W + "ins", W + "moveTo")
_TAKEN_OUT = (W + "del", W + "moveFrom")
_MOST_COMMENTS = 60
_NOBODY = "未署名"
_LONGEST = 120  # characters of a comment that are shown


_Spot = tuple[int, int, int]  # number of the table, later its block; row, column


class CellMarks:
    """What revisions and comments say of the cells of tables, noted as the reader meets them."""

    def __init__(self, body: etree._Element | None = None) -> None:
        self.before: dict[_Spot, str] = {}  # text before pending revisions
        self.revisers: dict[_Spot, tuple[str, str]] = {}  # who made them, the day
        self.commented: dict[str, _Spot] = {}  # number of a comment that begins in a cell
        self._changed: set[etree._Element] = set()  # cells and rows in which a revision stands
        self._comments: dict[
            etree._Element, list[str]
        ] = {}  # cell → numbers of the comments that begin there
        if body is not None:
            self._look(body)

    @property
    def is_revised(self) -> bool:
        """Whether any revision stands in the document."""
        return bool(self._changed)

    def _look(self, body: etree._Element) -> None:
        """Find the few marks of the document first: most cells have none."""
        for one in body.iter(*_ADDED, *_TAKEN_OUT):
            self._changed.update(one.iterancestors(W + "tc", W + "tr", W + "body"))
        for one in body.iter(W + "commentRangeStart", W + "commentReference"):
            for cell in one.iterancestors(W + "tc"):
                self._comments.setdefault(cell, []).append(one.get(W + "id", ""))

    def note(self, cell: etree._Element, spot: _Spot) -> None:
        for name in self._comments.get(cell, ()):
            self.commented.setdefault(name, spot)
        is_touched = cell in self._changed or cell.getparent() in self._changed
        before = text_before(cell) if is_touched else None
        if before is not None:
            self.before[spot] = before
            self.revisers[spot] = reviser_of(cell) or reviser_of(cell.getparent()) or (_NOBODY, "")

    def settle(self, blocks: Mapping[str, int]) -> None:
        """Tables are known by their blocks from now on; `blocks`: 表格3 → index."""
        known = {
            spot: (blocks[f"表格{spot[0]}"], *spot[1:]) for spot in self._spots if f"表格{spot[0]}" in blocks
        }
        self.before = {known[spot]: text for spot, text in self.before.items() if spot in known}
        self.revisers = {known[spot]: by for spot, by in self.revisers.items() if spot in known}
        self.commented = {name: known[spot] for name, spot in self.commented.items() if spot in known}

    @property
    def _spots(self) -> set[_Spot]:
        return {*self.before, *self.commented.values()}

    @property
    def revisions(self) -> Iterator[Revision]:
        return (Revision(*by, spot) for spot, by in self.revisers.items())


def has_revisions(element: etree._Element) -> bool:
    return next(element.iter(*_ADDED, *_TAKEN_OUT), None) is not None


def text_before(cell: etree._Element) -> str | None:
    """What stood in a cell before its pending revisions; None where there are none."""
    row = cell.getparent()
    is_new_row = row is not None and row.find(f"{W}trPr/{W}ins") is not None
    if is_new_row:
        return ""
    if not has_revisions(cell):
        return None
    parts = (one for one in cell.iter(W + "t", W + "delText") if not _is_added(one, cell))
    return "".join(one.text or "" for one in parts).strip()


def _is_added(one: etree._Element, holder: etree._Element) -> bool:
    return _is_under(one, holder, _ADDED)


def _is_under(one: etree._Element, holder: etree._Element, tags: tuple[str, ...]) -> bool:
    """Whether any of these stands between a text and the cell or paragraph that holds it."""
    for above in one.iterancestors():
        if above is holder:
            return False
        if above.tag in tags:
            return True
    return False


def revision_notes(body: etree._Element, comments: etree._Element | None) -> Iterator[str]:
    """One sentence for all revisions, one for each comment."""
    changes = [one for one in body.iter(*_ADDED, *_TAKEN_OUT) if _tag(one.getparent()) != W + "rPr"]
    if changes:
        yield f"文件里有{len(changes)}处没有接受的修订，按接受后的内容导入，修订过的数字请逐个核对"
    if joined := sum(map(_is_joined, _marked_ends(body))):
        yield f"有{joined}处把两段合成一段的修订还没有接受，仍按两段导入，请核对"
    told = list(comments.iter(W + "comment")) if comments is not None else []
    for one in told[:_MOST_COMMENTS]:
        if text := _words_of(one):
            author = one.get(W + "author") or _NOBODY
            yield f"批注（{author}）：{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"
    if len(told) > _MOST_COMMENTS:
        yield f"文件里共有{len(told)}条批注，只列出了前{_MOST_COMMENTS}条"


def _marked_ends(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs of which the end is taken out: <w:p><w:pPr><w:rPr><w:del>."""
    found: dict[etree._Element, None] = {}
    for one in body.iter(W + "del"):
        above = list(islice(one.iterancestors(), 3))
        if [two.tag for two in above] == [W + "rPr", W + "pPr", W + "p"]:
            found[above[2]] = None
    yield from found


def _is_joined(paragraph: etree._Element) -> bool:
    """Whether only the end of such a paragraph is taken out: what is left of it goes on in the next one."""
    words = (one for one in paragraph.iter(W + "t") if (one.text or "").strip())
    return next(words, None) is not None


def comments_of(
    body: etree._Element, comments: etree._Element, cells: Mapping[str, tuple[int, int, int]]
) -> Iterator[Comment]:
    """Each comment with the words that it marks and the paragraph in which it begins; `cells` are those of tables."""
    quotes, paragraphs = _marked_words(body)
    for one in comments.iter(W + "comment"):
        name = one.get(W + "id", "")
        if text := _words_of(one):
            author = one.get(W + "author") or _NOBODY
            place = cells.get(name)
            yield Comment(author, text, quotes.get(name, ""), paragraphs.get(name, ""), place, _day_of(one))


def reviser_of(element: etree._Element | None) -> tuple[str, str] | None:
    """(who, day) of the last pending revision in it."""
    found = list(element.iter(*_ADDED, *_TAKEN_OUT)) if element is not None else []
    last = found[-1] if found else None
    return (last.get(W + "author") or _NOBODY, _day_of(last)) if last is not None else None


def revised_paragraphs(body: etree._Element) -> Iterator[Revision]:
    """Every paragraph outside tables with a pending revision, as it was and as it becomes."""
    for one in _changed_paragraphs(body):
        by = reviser_of(one)
        if by is not None and next(one.iterancestors(W + "tc"), None) is None:
            was = (part for part in one.iter(W + "t", W + "delText") if not _is_added(part, one))
            becomes = (part for part in one.iter(W + "t") if not _is_under(part, one, _TAKEN_OUT))
            before, after = ("".join(part.text or "" for part in parts).strip() for parts in (was, becomes))
            yield Revision(*by, before=before, after=after)


def _changed_paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    """Those in which a revision stands, in order."""
    found: dict[etree._Element, None] = {}
    for one in body.iter(*_ADDED, *_TAKEN_OUT):
        found.update(dict.fromkeys(reversed(list(one.iterancestors(W + "p")))))
    yield from found


def _day_of(one: etree._Element) -> str:
    """2026-01-09 of 2026-01-09T08:30:00Z."""
    return one.get(W + "date", "")[:10]


def _marked_words(body: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
    """(the words, the paragraph) of each comment by its number, as they read when all revisions are accepted."""
    quotes: dict[str, str] = {}
    paragraphs: dict[str, str] = {}
    begun: set[str] = set()
    for one in body.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference", W + "t"):
        name = one.get(W + "id", "")
        if one.tag == W + "t":
            for other in begun:
                quotes[other] = quotes.get(other, "") + (one.text or "")
        elif one.tag == W + "commentRangeEnd":
            begun.discard(name)
        else:
            if one.tag == W + "commentRangeStart":
                begun.add(name)
            paragraphs.setdefault(name, _paragraph_of(one))
    return quotes, paragraphs


def _paragraph_of(one: etree._Element) -> str:
    holder = next(one.iterancestors(W + "p"), None)
    if holder is None:  # the mark stands between two paragraphs: it is of the next one
        holder = next((after for after in one.itersiblings(W + "p")), None)
    return "".join(t.text or "" for t in holder.iter(W + "t")).strip() if holder is not None else ""


def _words_of(comment: etree._Element) -> str:
    return " ".join("".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p")).strip()


def _tag(one: etree._Element | None) -> object:
    return one.tag if one is not None else ""
