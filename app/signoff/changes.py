"""变动对照表: the official tables with old → new in the cells that changed, the texts as a short list of what changed in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.chinese import to_chinese
from app.documents.blocks import Block, Cell, CellRole, Paragraph, Style, TableBlock
from app.documents.compose import upright_labels
from app.documents.layout import printed_table
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition
from app.report import comparing
from app.report.comparing import Difference, Piece
from app.report.entry import show_value
from app.report.model import Report
from app.typesetting.page_style import PageStyle

CHANGES = "变动对照表"
_WIDTHS, _OF_CELLS = (10.0, 30.0, 116.0), (10.0, 100.0, 46.0)
_HEADS = ("序号", "位置", "改动（原文 → 本稿）")
_LONGEST = 240  # characters of a paragraph that was added or taken out as a whole
_AROUND = 12  # characters of the text on either side of a change
_ARROW = " → "


def changes_style(style: PageStyle) -> PageStyle:
    """Type of 9 pt in low rows: what changed in a year fits a few pages."""
    table = replace(style.table, size=9, numbers=9, pitch=11, row_height=13, padding=2, margin=0.75)
    return replace(style.with_airy_tables, table=table)


def list_of_changes(title: str, called: str, earlier: Report, report: Report) -> Iterator[Block]:
    """Two reports in one, only what differs; `called` is what the earlier one is named."""
    found = comparing.differences(earlier, report)
    unit = " ".join(report.agency.name.split())
    yield Paragraph(
        "\n".join(filter(None, (unit, title.removeprefix(unit), CHANGES))), Style.TITLE, section="title"
    )
    yield Paragraph("", Style.BLANK)
    yield Paragraph(f"对照的是{called}。{comparing.summary(found)}", Style.BODY)
    form = form_of(report.form)
    known = set(form.cells)
    cells = {one.cell: one for one in found if one.cell in known and one.cell is not None}
    others = [one for one in found if one.kind == "cell" and one.cell not in known]
    groups = (
        ("基本信息和图表", _list([one for one in found if one.kind == "other"])),
        ("表格（改动的格写作原数 → 本稿）", _tables(form, cells, report)),
        ("表格中现行格式没有的格", _list(others, _OF_CELLS)),
        ("文字", _list([one for one in found if one.kind == "text"])),
    )
    shown = [(name, blocks) for name, blocks in groups if blocks]
    for number, (name, blocks) in enumerate(shown, 1):
        yield Paragraph(f"{to_chinese(number)}、{name}", Style.HEADING1)
        yield from blocks


def _tables(form: FormDefinition, cells: Mapping[CellRef, Difference], report: Report) -> list[Block]:
    """The official table of each section in which a number changed."""
    found: list[Block] = []
    for section in form.sections:
        keys = {table.key for table in section.tables}
        if not any(ref.table in keys for ref in cells):
            continue
        arrow = _ARROW if section.is_stacked else "\n→"  # the columns of the others are narrow

        def show(ref: CellRef, arrow: str = arrow) -> str:
            one = cells.get(ref)
            return f"{one.old}{arrow}{one.new}" if one else show_value(report[ref])

        found.append(Paragraph(section.title, Style.HEADING2))
        found.append(upright_labels(printed_table(section, show)))
    return found


def _list(found: Sequence[Difference], widths: tuple[float, ...] = _WIDTHS) -> list[Block]:
    if not found:
        return []
    cells = [Cell(0, column, text, role=CellRole.COLUMN) for column, text in enumerate(_HEADS)]
    for row, one in enumerate(found, 1):
        for column, text in enumerate((str(row), one.place, _change(one))):
            cells.append(Cell(row, column, text, role=CellRole.ROW))
    return [TableBlock(tuple(cells), len(found) + 1, len(_HEADS), 1, widths)]


def _change(one: Difference) -> str:
    """What became of it: of a paragraph the words that changed with a few around them."""
    if not one.pieces:
        return _became(one.old, one.new)
    return "".join(_in_words(one.pieces))


def _in_words(pieces: Sequence[Piece]) -> Iterator[str]:
    old = new = ""
    for at, piece in enumerate(pieces):
        if piece.sign == "-":
            old += piece.text
        elif piece.sign == "+":
            new += piece.text
        else:
            if old or new:
                yield f"【{_became(old, new)}】"
            old = new = ""
            yield _around(piece.text, at == 0, at == len(pieces) - 1)
    if old or new:
        yield f"【{_became(old, new)}】"


def _became(old: str, new: str) -> str:
    if old and new:
        return f"{_short(old)}{_ARROW}{_short(new)}"
    return f"增加：{_short(new)}" if new else f"删去：{_short(old)}"


def _around(text: str, is_first: bool, is_last: bool) -> str:
    """Twelve characters on either side of a change."""
    if (is_first and is_last) or len(text) <= 2 * _AROUND + 2:
        return text
    if is_first:
        return f"…{text[-_AROUND:]}"
    return f"{text[:_AROUND]}…" if is_last else f"{text[:_AROUND]}…{text[-_AROUND:]}"


def _short(text: str) -> str:
    """A long paragraph by its beginning, with how long it is: what is left out is told."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共{len(text)}字）"
