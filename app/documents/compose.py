"""Report + form → blocks: title, introduction, the six sections with their tables and pictures, 落款."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.documents.blocks import (
    Block,
    Cell,
    CellRole,
    ChartBlock,
    Paragraph,
    PictureBlock,
    Run,
    Style,
    TableBlock,
)
from app.documents.layout import printed_table
from app.form.model import CellRef, FormDefinition, Section, TableSpec, ValueKind
from app.report import pictures
from app.report.entry import show_value
from app.report.model import INTRODUCTION, Attachment, Chart, Picture, Report, SignaturePlace

TITLE, SIGNATURE = (
    "title",
    "signature",
)  # Paragraph.section beside INTRODUCTION and the keys of the form's sections
SEAL_LINES = (
    2  # empty lines before the 落款: the seal's top comes within one line of the text (GB/T 9704 7.3.5.1)
)

ATTACHMENTS = "attachments"  # Paragraph.section of 附件 and of their list
_TITLE = "{year}年{title}"  # after the unit, where the report has it no other way

MONEY_UNIT = "万元"  # in which all amounts of the form are held

_LONGEST_HEADING = 40  # characters: what is longer than a line and a half is a paragraph
_LONGEST_RUN_IN = 28
_NARROW = 15.0  # millimetres: one character beside its padding is all that such a column holds well

# How headings of the second and third level begin: （一） and 1. 1、 （1）, but not 1.5万
_LEVEL_2 = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_LEVEL_3 = re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|、)|[（(][0-9０-９]{1,2}[）)]")
# A heading with its text on the same line: （一）主动公开。全年公开…; （一）主动公开：全年公开…
_RUN_IN = re.compile(r"[^。；！？]+。")
_RUN_IN_COLON = re.compile(r"[^。；！？，,：:]{1,16}[：:](?=.)")
_SENTENCE = re.compile(r"[。；;，,！？]$|。|；")  # what is not a heading on a line of its own


def compose(report: Report, form: FormDefinition) -> tuple[Block, ...]:
    """The whole document in printed order; blank cells print as nothing, and no page style is assumed.

    Every paragraph says where it comes from: `section` (or "title", "introduction", "signature") and `index`, the number of
    its paragraph in that section's narrative (-1 for headings and what the program prints itself).
    """
    return tuple(_blocks(report, form))


def _blocks(report: Report, form: FormDefinition) -> Iterator[Block]:
    yield from _title(report, form)
    yield from _narrative(report, INTRODUCTION)
    yield from _figures_at_end(report, INTRODUCTION)
    for section in form.sections:
        yield Paragraph(section.title, Style.HEADING1, section=section.key)
        yield from _narrative(report, section.key)
        if section.tables:
            yield official_table(section, report)
        yield from _figures_at_end(report, section.key)
    yield from _list_of_attachments(report)
    if report.signature.place is SignaturePlace.END:
        yield from _signature_at_end(report)
    for number, attachment in enumerate(report.attachments, 1):
        if attachment.text.strip():
            yield from _attachment(attachment, str(number) if len(report.attachments) > 1 else "")


def _list_of_attachments(report: Report) -> Iterator[Block]:
    """附件说明 (7.3.4): a line below the text, two characters in; numbered where there is more than one.

    A long name goes on under its own first character.
    """
    names = [_squeeze(one.name) for one in report.attachments]
    if names:
        yield Paragraph("", Style.BLANK, section=ATTACHMENTS)
    for index, name in enumerate(names):
        number = f"{index + 1}. " if len(names) > 1 else ""
        lead = ("附件：" if index == 0 else "\u3000" * 3) + number
        yield Paragraph(lead + name, Style.BODY, section=ATTACHMENTS, index=index, hang=len(lead))


def _attachment(attachment: Attachment, number: str) -> Iterator[Block]:
    """附件 (7.3.7): on a new page 附件1 at the left edge, its title on the third line, then its text."""
    yield Paragraph(f"附件{number}", Style.ATTACHMENT, section=ATTACHMENTS)
    yield Paragraph("", Style.BLANK, section=ATTACHMENTS)
    yield Paragraph(_squeeze(attachment.name), Style.TITLE, section=ATTACHMENTS)
    yield Paragraph("", Style.BLANK, section=ATTACHMENTS)
    for text in attachment.text.split("\n"):
        if text.strip():
            yield paragraph(text.strip(), ATTACHMENTS)


def document_title(report: Report, form: FormDefinition) -> str:
    """威海市文登区侯家镇人民政府2025年政府信息公开工作年度报告."""
    return _squeeze(report.agency.name) + _title_rest(report, form)


def _title_rest(report: Report, form: FormDefinition) -> str:
    settings = report.page_settings
    title = (settings and settings.title) or _TITLE
    return title.replace("{year}", str(report.year)).replace("{title}", form.title)


def _title(report: Report, form: FormDefinition) -> Iterator[Block]:
    """Unit and rest as two preferred lines; under them unit and （date） where that is the custom (沭阳县)."""
    lines = [line for line in (_squeeze(report.agency.name), _title_rest(report, form)) if line]
    yield Paragraph("\n".join(lines), Style.TITLE, section=TITLE)
    if report.signature.place is SignaturePlace.UNDER_TITLE:
        for text in (_signing_unit(report), _bracketed_date(report)):
            if text:
                yield Paragraph(text, Style.SUBTITLE, section=SIGNATURE)
    yield Paragraph("", Style.BLANK, section=TITLE)


def _narrative(report: Report, section: str) -> Iterator[Block]:
    """The clerk's paragraphs, each with the pictures that follow it; empty lines are not printed."""
    texts = report.paragraphs(section)
    for index, text in enumerate(texts):
        if text.strip():
            yield paragraph(text.strip(), section, index)
        yield from _figures(report, section, index, len(texts))


def paragraph(text: str, section: str = "", index: int = -1) -> Paragraph:
    """A narrative paragraph with its style told from how it begins."""
    if opening := _LEVEL_2.match(text):
        if _is_heading(text):
            return Paragraph(text, Style.HEADING2, section=section, index=index)
        if end := _run_in_end(text, opening.end()):
            runs = (Run(text[:end], Style.HEADING2), Run(text[end:])) if end < len(text) else ()
            return Paragraph(text, Style.BODY if runs else Style.HEADING2, "", runs, section, index)
    elif _LEVEL_3.match(text) and _is_heading(text):
        return Paragraph(text, Style.HEADING3, section=section, index=index)
    return Paragraph(text, Style.BODY, section=section, index=index)


def _is_heading(text: str) -> bool:
    """A line of its own: short, and not a sentence."""
    return len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)


def _run_in_end(text: str, start: int) -> int:
    """Where the heading at the start of a paragraph ends: （一）标题。正文… or （一）标题：正文…; 0 when there is none."""
    for pattern in (_RUN_IN_COLON, _RUN_IN):
        found = pattern.match(text, start)
        is_all = found is not None and found.end() == len(text)  # （七）其他需要公开的事项。
        if found and found.end() <= (_LONGEST_HEADING if is_all else _LONGEST_RUN_IN):
            return found.end()
    return 0


def official_table(section: Section, report: Report) -> TableBlock:
    """The table of a section with this report's values in it, ready to be set."""
    return upright_labels(printed_table(section, lambda ref: _shown(section, ref, report)))


def upright_labels(table: TableBlock) -> TableBlock:
    """The table with the labels of its narrow columns set upright."""
    return replace(table, cells=tuple(_upright(cell, table) for cell in table.cells))


def _shown(section: Section, ref: CellRef, report: Report) -> str:
    """A value as printed; an amount under a heading without a unit carries its own (采购总金额 of the 2019 edition)."""
    text = show_value(report[ref])
    table = next(table for table in section.tables if table.key == ref.table)
    needs_unit = report[ref] and table.kind(ref) is ValueKind.MONEY and not has_unit(table, ref)
    return text + MONEY_UNIT if needs_unit else text


def has_unit(table: TableSpec, ref: CellRef) -> bool:
    """Whether the heading over an amount says in which unit it is."""
    return MONEY_UNIT in table.column(ref.column).label


def _upright(cell: Cell, table: TableBlock) -> Cell:
    """A row heading in a narrow column is set upright when it covers at least as many rows as it has characters."""
    narrow = cell.column_span == 1 and table.widths[cell.column] < _NARROW
    if cell.role is CellRole.ROW and narrow and cell.row_span >= len(cell.text) > 0:
        return replace(cell, upright=True)
    return cell


def _figures_at_end(report: Report, section: str) -> Iterator[Block]:
    """Those of the end, and those whose paragraph is gone."""
    return _figures(report, section, -1, len(report.paragraphs(section)))


def _figures(report: Report, section: str, after: int, count: int) -> Iterator[Block]:
    """The figures after one of `count` paragraphs."""
    for picture in report.pictures:
        if picture.section == section and _place(picture, count) == after:
            yield _picture(picture)
    for chart in report.charts:
        if chart.section == section and _place(chart, count) == after and chart.has_numbers:
            yield ChartBlock(
                caption="\u3000".join(
                    map(_squeeze, chart.title.split("\u3000"))
                ),  # 图1　…, as under pictures
                section=section,
                labels=tuple(map(_squeeze, chart.labels)),
                series=tuple((_squeeze(name), values) for name, values in chart.series),
            )


def _picture(picture: Picture) -> Block:
    """As every writer can hold it; one that cannot be shown is named in words, in every format alike."""
    caption = picture.caption.strip()
    if (data := pictures.shown(picture.data)) is None:
        return Paragraph(f"（图片“{picture.name}”无法显示）{caption}", Style.CAPTION, section=picture.section)
    return PictureBlock(picture.name, data, caption, picture.section)


def _place(figure: Picture | Chart, count: int) -> int:
    return figure.after if 0 <= figure.after < count else -1


def _signature_at_end(report: Report) -> Iterator[Block]:
    unit, issued_on = _signing_unit(report), report.signature.issued_on
    if not unit and issued_on is None:
        return
    for _ in range(SEAL_LINES):
        yield Paragraph("", Style.BLANK, section=SIGNATURE)
    if unit:
        yield Paragraph(unit, Style.SIGNATURE, section=SIGNATURE)
    if issued_on is not None:
        yield Paragraph(printed_date(issued_on), Style.DATE, section=SIGNATURE)


def _signing_unit(report: Report) -> str:
    return _squeeze(report.signature.agency) or _squeeze(report.agency.name)


def _bracketed_date(report: Report) -> str:
    issued_on = report.signature.issued_on
    return f"（{printed_date(issued_on)}）" if issued_on is not None else ""


def printed_date(day: date) -> str:
    """2026年1月9日: Arabic, the year in full, no leading zeros (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _squeeze(name: str) -> str:
    """A name on one line: whatever white space it was pasted with is one space."""
    return " ".join(name.split())
