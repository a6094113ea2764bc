"""Old reports made for the tests: the official blank template filled in, and web pages, from a table of values."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx import Document

from app.documents.blocks import Cell
from app.documents.layout import printed_table
from app.form.catalog import form
from app.form.model import CellRef, FormDefinition, Relation, Value

TEMPLATE = Path(__file__).resolve().parent.parent / "samples" / "blank_template_2021.docx"


def numbers(edition: FormDefinition, start: int = 1) -> dict[CellRef, Value]:
    """A different number for every cell, so that no two can be mixed up unseen."""
    return {ref: start + index for index, ref in enumerate(edition.cells)}


def adding_up(edition: FormDefinition, start: int = 1) -> dict[CellRef, Value]:
    """The same with every sum right: what a table without borders must be to be certain."""
    values = numbers(edition, start)
    balances = [
        one
        for one in edition.equations
        if one.total is None and not one.needs_prior and one.check.relation is Relation.EQUAL
    ]
    for _ in range(3):  # a total of totals comes after them
        for total, equations in edition.totals.items():
            values[total] = sum(values[ref] for ref in equations[0].parts)
        for one in balances:
            (first, *others), right = one.sides
            values[first] = sum(values[ref] for ref in right) - sum(values[ref] for ref in others)
    return values


def on_the_grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table, each where its cell begins; what a merged cell covers is blank."""
    width = max(cell.column + cell.column_span for row in rows for cell in row)
    lines = [[""] * width for _ in rows]
    for line, row in zip(lines, rows, strict=True):
        for cell in row:
            line[cell.column] = cell.text
    return lines


def filled_template(values: Mapping[CellRef, Value]) -> bytes:
    """The official blank template with these values typed in, row by row."""
    document = Document(str(TEMPLATE))
    grids = [section for section in form("2021").sections if section.tables]
    for section, table in zip(grids, document.tables, strict=True):
        block = printed_table(section, lambda ref: str(values[ref]))
        for cell in block.cells:
            if cell.ref is not None:
                table.cell(cell.row, cell.column).text = cell.text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page(values: Mapping[CellRef, Value], edition: FormDefinition, title: str, frame: bool = True) -> str:
    """A report as a county site shows it: real tables with spans, inside a portal page."""
    parts = []
    for section in edition.sections:
        parts.append(f"<p><strong>{section.title}</strong></p>")
        if section.tables:
            parts.append(html_table(values, section))
        else:
            parts.append(f"<p>{section.name}：这里是正文，2022年的工作情况如下，共有三个方面。</p>")
    body = f"<h1>{title}</h1><div class='content'>{''.join(parts)}<p>某县某镇人民政府</p><p>2023年1月9日</p></div>"
    if not frame:
        return f"<html><body>{body}</body></html>"
    links = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(60))
    return (
        "<!DOCTYPE html><html><head><title>某县政府</title><style>p{color:red}</style></head><body>"
        f"<div class='top'><ul>{links}</ul><script>var a='（一）予以公开';</script></div>"
        f"<div class='main'><div class='meta'>索引号：0001 发布日期：2023-01-10</div>{body}"
        "<p><a href='/files/a.docx'>附件下载</a></p></div><div class='foot'>版权所有</div></body></html>"
    )


def html_table(values: Mapping[CellRef, Value], section: object) -> str:
    block = printed_table(section, lambda ref: str(values.get(ref, "")))  # type: ignore[arg-type]
    rows: list[list[str]] = [[] for _ in range(block.rows)]
    for cell in sorted(block.cells, key=lambda one: (one.row, one.column)):
        text = "".join(f"<p>{part}</p>" for part in (cell.text[:3], cell.text[3:]) if part) or "&nbsp;"
        rows[cell.row].append(
            f"<td rowspan='{cell.row_span}' colspan='{cell.column_span}'>{text if not cell.ref else cell.text}</td>"
        )
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def rezipped(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The same zip with some parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes and not name.endswith("/"):
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return stream.getvalue()
