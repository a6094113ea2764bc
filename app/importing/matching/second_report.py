"""A second report behind the first in one file (two years, two units): where it begins, so that the two are not mixed."""

from collections.abc import Sequence

from app.documents.blocks import Paragraph, TableBlock
from app.importing.matching.cleaning import Piece
from app.importing.matching.headings import section_named
from app.importing.matching.labels import Labels
from app.importing.matching.titles import may_be_title

_MOST = 300  # headings that are looked at: a report has six
_AGAIN = 3  # sections that come a second time
_TITLE_BEFORE = 14  # pieces between the second title and its first section
_CONTENT = 200  # characters between the first and the second: a table of contents has none


def second_report(pieces: Sequence[Piece], labels: Labels) -> int | None:
    """The position at which it begins: its title, with the sections of the form again behind it; None for one report."""
    named = [
        (at, found.key)
        for at, piece in enumerate(pieces)
        if isinstance(piece.block, Paragraph) and (found := section_named(piece.block.text, labels.form.id))
    ][:_MOST]
    seen: set[str] = set()
    first = 0
    for index, (at, key) in enumerate(named):
        if key in seen and len({later for _, later in named[index:]} & seen) >= _AGAIN:
            if _has_content(pieces[named[first][0] : at]):
                return _title(pieces, at)
            seen, first = set(), index  # what came before was the table of contents
        seen.add(key)
    return None


def _has_content(pieces: Sequence[Piece]) -> bool:
    texts = (len(piece.block.text) for piece in pieces if isinstance(piece.block, Paragraph))
    return any(isinstance(piece.block, TableBlock) for piece in pieces) or sum(texts) > _CONTENT


def _title(pieces: Sequence[Piece], first: int) -> int | None:
    for at in range(first - 1, max(-1, first - 1 - _TITLE_BEFORE), -1):
        block = pieces[at].block
        if isinstance(block, Paragraph) and may_be_title(block.text):
            return at
    return None
