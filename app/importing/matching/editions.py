"""Which edition of the official format a file is in: told by the labels in which the editions differ, then by its year."""

from collections.abc import Iterable, Sequence
from functools import cache

from app.documents.blocks import Paragraph, TableBlock
from app.errors import UserError
from app.form.catalog import all_forms, form_for_year
from app.form.model import FormDefinition
from app.importing.matching.cleaning import Piece
from app.importing.matching.headings import section_names
from app.importing.matching.identity import assumed_year, year_of
from app.importing.matching.labels import every_heading, fold, labels_of
from app.importing.matching.titles import find_title

_SHORT = 30  # characters: a line on its own, a heading or a cell that lost its borders
_RUN_TOGETHER = 1500  # characters of a paragraph into which a table may have run
_LEAST_IN_WORDS = 2  # labels in sentences that tell an edition: one may be what the sentence is about
_LEAST = 5  # characters of a label that is looked for inside a text; a cell says its label by itself


def edition_of(pieces: Sequence[Piece], outside: str) -> tuple[FormDefinition, list[str]]:
    """The edition, and what is to be told about the choice; `outside` is the title that a web page has in its frame.

    The year decides only between editions that the labels cannot tell apart.
    """
    cells = [cell.text for p in pieces if isinstance(p.block, TableBlock) for cell in p.block.cells]
    paragraphs = [p.block.text for p in pieces if isinstance(p.block, Paragraph)]
    left = by_labels(cells, paragraphs, all_forms())
    if len(left) == 1:
        return left[0], []
    year = year_of(find_title(pieces, len(pieces), outside).year, paragraphs, None)
    return _by_year(left, year, [*cells, *(text for text in paragraphs if len(text) < _SHORT)])


def by_labels(
    cells: Sequence[str], paragraphs: Sequence[str], forms: Sequence[FormDefinition]
) -> list[FormDefinition]:
    """The editions that know most of the labels in the file; several where the file has none in which they differ.

    Cells of tables come first, then lines (in which a label may be broken) and tables run together, then any text.
    """
    short = [text for text in paragraphs if len(text) < _SHORT]
    likely = [*(text for text in paragraphs if len(text) > _RUN_TOGETHER), *short, "".join(short)]
    left = _best(list(forms), {fold(text) for text in cells if len(text) <= _RUN_TOGETHER})
    for where, least in ((likely, 1), (paragraphs, _LEAST_IN_WORDS)):
        if len(left) > 1:
            found = _labels_within("\n".join(map(fold, where)), left)
            left = _best(left, found) if len(found) >= least else left
    return left


def _best(forms: list[FormDefinition], found: set[str]) -> list[FormDefinition]:
    """Those that know most of what was found; a label that all of them know weighs nothing."""
    counts = [len(found & _names(form.id)) for form in forms]
    return [form for form, count in zip(forms, counts, strict=True) if count == max(counts)]


def _labels_within(text: str, forms: Sequence[FormDefinition]) -> set[str]:
    """The labels in which these editions differ that stand in a text; one within a longer label does not count by itself."""
    every = [_names(form.id) for form in forms]
    known, shared = every[0].union(*every), every[0].intersection(*every)
    found = set()
    for name in sorted(known, key=len, reverse=True):
        if len(name) >= _LEAST and name in text and any(one in name for one in known - shared):
            found.add(name)
            text = text.replace(name, "\n")
    return found - shared


@cache
def _names(form_id: str) -> set[str]:
    """Every folded label of an edition and every other name by which it knows one: of rows, columns, bands and sections."""
    labels = labels_of(form_id)
    return {name for name in (*labels.rows, *labels.columns, *labels.other, *section_names(form_id)) if name}


def _by_year(
    forms: Sequence[FormDefinition], year: int, texts: Iterable[str]
) -> tuple[FormDefinition, list[str]]:
    """The edition that the year prescribes, if it is one of these; else the one that misses fewest of its labels."""
    for form in reversed(forms):
        if form.covers(year or assumed_year()):
            return form, []
    if len(forms) == len(all_forms()):  # no label tells: the report is older than any of them
        return forms[0], [f"{year}年的报告早于现行格式，只导入了文字"]
    found = {fold(text) for text in texts}
    shared = _names(forms[0].id).intersection(*(_names(form.id) for form in forms))
    return min(reversed(forms), key=lambda form: len(_printed(form) - shared - found)), []


def _printed(form: FormDefinition) -> set[str]:
    """The folded labels that the edition itself prints in its tables."""
    tables = form.tables.values()
    return {fold(one.label) for table in tables for one in every_heading(table.rows + table.columns)} - {""}


def conflict(form: FormDefinition, year: int) -> list[str]:
    """What a clerk is told where the title names a year for which another edition is prescribed; nothing where it fits."""
    if not year or form.covers(year):
        return []
    try:
        right = f"{year}年的报告应当使用{form_for_year(year).id}年版格式"
    except UserError:
        right = f"{year}年的报告早于这一格式"
    return [
        f"标题写的是{year}年，表格却是{form.id}年版格式的（{right}）；已按表格读取，请核对标题中的年份，或换用当年的表格"
    ]
