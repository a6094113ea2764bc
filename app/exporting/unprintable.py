"""Characters that no face on this computer has: found before export, and told in one sentence that names them."""

import unicodedata
from collections.abc import Iterable, Mapping

from app.documents.blocks import Block, ChartBlock, Paragraph, PictureBlock
from app.documents.compose import ATTACHMENTS, SIGNATURE, TITLE, compose
from app.form.catalog import form as form_of
from app.form.model import FormDefinition
from app.report.model import INTRODUCTION, Report
from app.typesetting.fonts import Faces, computer_faces

_PLACES = {TITLE: "标题", INTRODUCTION: "引言", SIGNATURE: "落款", ATTACHMENTS: "附件"}
_MOST_NAMED = 12  # of one place: somebody pasted a whole text in a script that no face has


def in_report(report: Report) -> dict[str, list[str]]:
    """What `in_blocks` finds in the printed report, with the faces of this computer."""
    return in_blocks(compose(report, form_of(report.form)), computer_faces())


def in_blocks(blocks: Iterable[Block], faces: Faces) -> dict[str, list[str]]:
    """Section key (or "title", "introduction", "signature") → its characters without a face, in order of appearance."""
    found: dict[str, dict[str, None]] = {}
    for block in blocks:
        text = _printed(block)
        if missing := faces.missing(text):
            here = found.setdefault(block.section, {})
            here.update(dict.fromkeys(char for char in text if char in missing))
    return {section: list(characters) for section, characters in found.items()}


def _printed(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, ChartBlock):
        return "".join((block.caption, *block.labels, *(name for name, _ in block.series)))
    if isinstance(block, PictureBlock):
        return block.caption
    return "".join(cell.text for cell in block.cells)


def sentence(found: Mapping[str, list[str]], form: FormDefinition) -> str:
    """What was found, in words for the clerk; empty when every character can be printed."""
    if not found:
        return ""
    places = _PLACES | {section.key: f"“{section.title}”" for section in form.sections}
    named = "，".join(f"{places[section]}里的{_named(characters)}" for section, characters in found.items())
    return f"{named}没有字体能显示，打印出来会是空框，请换用别的字，或在本机装上有这些字的字体。"


def _named(characters: list[str]) -> str:
    """“㐂”（U+3402）、U+E000等15个字: what cannot be shown has only its number."""
    words = [
        number if _has_no_shape(char) else f"“{char}”（{number}）"
        for char in characters[:_MOST_NAMED]
        if (number := f"U+{ord(char):04X}")
    ]
    more = f"等{len(characters)}个字" if len(characters) > _MOST_NAMED else ""
    return "、".join(words) + more


def _has_no_shape(char: str) -> bool:
    """Unassigned and private-use characters look different, or like nothing, on every computer."""
    return unicodedata.category(char) in ("Cn", "Co")
