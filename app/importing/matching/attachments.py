"""附件 of a report: their list under the text and the pages behind the 落款, taken out before the rest is read."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.chinese import fold
from app.documents.blocks import Paragraph, TableBlock
from app.importing.matching.cleaning import Piece
from app.report.model import MOST_ATTACHMENTS, Attachment

# 附件：1. 申请办理情况表; 附件：甲镇主动公开目录: the first line of 附件说明
_FIRST = re.compile(r"附\s*件\s*[：:]\s*(?:1\s*[.．、]\s*)?(\S.*)")
# 2. 主动公开目录: those below it
_NEXT = re.compile(r"([2-9]|1[0-9]|20)\s*[.．、]\s*(\S.*)")
# 附件1, 附件: alone on the first line of an attachment's page
_HEAD = re.compile(r"附\s*件\s*([0-9]{0,2})\s*[：:]?")
# 抄送：县政务公开办。 党政办公室 2026年1月9日印发: a line of 版记, or all of it as one table
_IMPRINT = re.compile(r"\s*(?:抄送[：:].*|[^。]*20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日印发)\s*", re.S)
_PRINTED = re.compile(
    r"\s*20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日印发\s*"
)  # what a long 印发机关 leaves on the last line
_OFFICE = re.compile(r"[^。；，：！？0-9]{4,40}")
_FULL = 24  # characters: the upper one of two lines is a full one
_LAST = 12  # texts at the end of a file among which 版记 is looked for
_MOST_SIGNED = 4  # paragraphs between the list and the first attachment, or the end: unit and date
_LONGEST_NAME, _MOST_LINES = 80, 6  # characters, and lines of 2号 that they take


def without_attachments(pieces: Sequence[Piece]) -> tuple[list[Piece], tuple[Attachment, ...]]:
    """The pieces of the report itself, and its attachments; all pieces where it is not sure that they are such."""
    whole = list(pieces)
    pieces, imprint = _parted(whole)
    heads = [at for at, piece in enumerate(pieces) if _HEAD.fullmatch(_text(piece))]
    first = heads[0] if heads else len(pieces)
    listed, names = _list_before(pieces, first)
    if names and (texts := _texts(pieces, heads, names)) is not None:
        kept = [piece for at, piece in enumerate(pieces[:first]) if at not in listed]
        return [*kept, *imprint], tuple(
            Attachment(name, texts.get(number, "")) for number, name in enumerate(names)
        )
    return whole, ()


def _parted(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Without 版记, which stands at the very end and belongs to none of the attachments; and 版记."""
    end = imprint_from([_all_text(piece) for piece in pieces[-_LAST:]]) + max(0, len(pieces) - _LAST)
    return pieces[:end], pieces[end:]


def is_imprint(text: str) -> bool:
    """A line of 版记, or all of it."""
    return _IMPRINT.fullmatch(text) is not None


def imprint_from(texts: Sequence[str]) -> int:
    """Where 版记 begins among the last texts of a file; their number where there is none.

    A long 印发机关 stands above its date on a line or two of its own.
    """
    end = len(texts)
    while end and is_imprint(texts[end - 1]):
        end -= 1
        if _PRINTED.fullmatch(texts[end]):
            lines = 1 if _is_office(texts, end - 1) else 0
            lines += lines and _is_office(texts, end - 2) and len(texts[end - 2].strip()) >= _FULL
            end -= lines
    return end


def _is_office(texts: Sequence[str], at: int) -> bool:
    return at >= 0 and _OFFICE.fullmatch(texts[at].strip()) is not None


def _list_before(pieces: Sequence[Piece], end: int) -> tuple[set[int], list[str]]:
    """Where the list stands, and its names: the last thing before the 落款, or before what ends the report."""
    for at in range(max(0, end - _MOST_SIGNED - MOST_ATTACHMENTS), end):
        found = _FIRST.fullmatch(_text(pieces[at]))
        if found is None or len(found[1]) > _LONGEST_NAME:
            continue
        names, last = [found[1]], at
        while last + 1 < end and (more := _NEXT.fullmatch(_text(pieces[last + 1]))):
            if int(more[1]) != len(names) + 1 or len(more[2]) > _LONGEST_NAME:
                break
            names.append(more[2])
            last += 1
        if end - last - 1 <= _MOST_SIGNED and not any(name.endswith("。") for name in names):
            return set(range(at, last + 1)), names
    return set(), []


def _texts(pieces: Sequence[Piece], heads: Sequence[int], names: Sequence[str]) -> dict[int, str] | None:
    """Number (from 0) → the text on the attachment's own pages; None when something there is none of these."""
    found: dict[int, str] = {}
    for at, end in pairwise([*heads, len(pieces)]):
        blocks = [piece.block for piece in pieces[at:end]]
        texts = [block.text.strip() for block in blocks if isinstance(block, Paragraph)]
        head = _HEAD.fullmatch(texts[0])
        number = int(head[1] or 1) - 1 if head else -1
        is_one = len(texts) == len(blocks) and 0 <= number < len(names) and number not in found
        start = _after_title(texts, names[number]) if is_one else 0
        if not start:
            return None
        found[number] = "\n".join(texts[start:])
    return found


def _after_title(texts: Sequence[str], name: str) -> int:
    """Where the text begins under the title, which stands in one line or several; 0 where it is another title."""
    wanted, lines = fold(name), ""
    for end, line in enumerate(texts[1 : 1 + _MOST_LINES], 2):
        lines += line
        if fold(lines) == wanted:
            return end
    return 0


def _all_text(piece: Piece) -> str:
    block = piece.block
    return "\n".join(cell.text for cell in block.cells) if isinstance(block, TableBlock) else _text(piece)


def _text(piece: Piece) -> str:
    return piece.block.text.strip() if isinstance(piece.block, Paragraph) else ""
