"""The same report by typst and WeasyPrint where they are installed: how long, how large, beside ours in one run."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from app.documents.blocks import Block, Cell, CellRole, Paragraph, Style, TableBlock
from app.exporting.html_writer import html_bytes
from app.exporting.meta import Meta
from app.paths import resources
from app.typesetting.page_style import PageStyle
from tests.bench.measure import ROOT, Row, middle, times

FAMILIES = {
    "title": '("Noto Serif SC",), weight: 700',
    "heading1": '("Noto Sans SC",), weight: 500',
    "heading2": '("Liberation Serif", "FandolKai", "Noto Serif SC")',
    "body": '("Liberation Serif", "FandolFang R", "Noto Serif SC")',
    "song": '("Liberation Serif", "Noto Serif SC"), weight: 300',
}
_COLD = (
    "import sys, time; start = time.perf_counter(); import typst; "
    "made = typst.compile(sys.argv[1], font_paths=[sys.argv[2]], ignore_system_fonts=True, pdf_standards=['a-2b']); "
    "sys.stdout.write(str((time.perf_counter() - start) * 1000))"
)


def rows(blocks: Sequence[Block], meta: Meta, style: PageStyle, ours: bytes) -> Iterator[Row]:
    if find_spec("typst"):
        yield from _typst(typst_source(blocks, style), ours)
    if find_spec("weasyprint"):
        weasyprint = importlib.import_module("weasyprint")
        page = html_bytes(blocks, meta).decode()
        made = weasyprint.HTML(string=page).write_pdf()
        taken = min(times(lambda: weasyprint.HTML(string=page).write_pdf(), 3, 0))
        yield Row("WeasyPrint 把同一份网页排成 PDF", taken, how="三次中最快的")
        yield Row("　它的 PDF", len(made) / 1000, unit="KB", how="一次")


def _typst(source: str, ours: bytes) -> Iterator[Row]:
    """Its PDF/A-2b; what it has set once it remembers, so a character is changed each time."""
    typst = importlib.import_module("typst")
    fonts = str(resources() / "fonts")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.typ"
        path.write_text(source, encoding="utf-8")
        call = [sys.executable, "-c", _COLD, str(path), fonts]
        cold = float(subprocess.run(call, cwd=ROOT, capture_output=True, text=True).stdout or "nan")
        yield Row("typst 第一份 PDF（进程内，含字体）", cold, how="一次")
        compiler = typst.Compiler(str(path), font_paths=[fonts], ignore_system_fonts=True)
        warm = middle(lambda: compiler.compile(pdf_standards=["a-2b"]), 5)
        yield Row("typst 再写一份（排版已记住）", warm)
        made = compiler.compile(pdf_standards=["a-2b"])
    yield Row("typst 的 PDF/A-2b", len(made) / 1000, unit="KB", how="一次")
    yield Row("我们的 PDF/A-2b", len(ours) / 1000, len(made) / 1000, "KB", "同一份报告")


# ---- blocks → typst ---------------------------------------------------------------------------------------------


def typst_source(blocks: Sequence[Block], style: PageStyle) -> str:
    """Our faces, sizes, pitch and tables in typst's words."""
    margins = f"top: {style.top_mm}mm, bottom: {style.bottom_mm}mm, left: {style.left_mm}mm, right: {style.right_mm}mm"
    parts = [
        f'#set page(width: {style.page_width_mm}mm, height: {style.page_height_mm}mm, margin: ({margins}), numbering: "— 1 —")'
    ]
    parts.append('#set text(lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)')
    for block in blocks:
        if isinstance(block, TableBlock):
            parts.append(_table(block, style.for_table(block)))
        elif isinstance(block, Paragraph):
            parts.append(_paragraph(block, style))
    return "\n\n".join(parts)


def _text(said: str) -> str:
    return f"#{json.dumps(said, ensure_ascii=False)}"


def _paragraph(block: Paragraph, style: PageStyle) -> str:
    look = style.text(block.style)
    align = {"justify": "left"}.get(look.align.value, look.align.value)
    justify = str(look.align.value == "justify").lower()
    indent = look.first_indent * look.character
    settings = (
        f"#set text(font: {FAMILIES[look.role.value]}, size: {look.size}pt, tracking: {look.spacing}pt)"
    )
    settings += f"\n#set par(leading: {look.pitch - look.size}pt, spacing: {look.pitch - look.size}pt, justify: {justify}"
    settings += f", first-line-indent: (amount: {indent}pt, all: true))"
    said = _text(block.text or "　")
    if block.style in (Style.TITLE, Style.HEADING1, Style.HEADING2):
        level = {Style.TITLE: 1, Style.HEADING1: 1, Style.HEADING2: 2}[block.style]
        settings += f"\n#show heading: set text(size: {look.size}pt)\n#show heading: it => par(it.body)"
        said = f"#heading(level: {level}, {json.dumps(block.text, ensure_ascii=False)})"
    return f"#[\n{settings}\n#align({align})[{said}]\n]"


def _table(block: TableBlock, style: PageStyle) -> str:
    look = style.table
    widths = ", ".join(f"{width}mm" for width in block.widths)
    head = [_cell(cell, style) for cell in block.cells if cell.row < block.header_rows]
    rest = [_cell(cell, style) for cell in block.cells if cell.row >= block.header_rows]
    header = f"table.header({', '.join(head)}), " if head else ""
    settings = f"#set text(font: {FAMILIES[look.role.value]}, size: {look.size}pt)\n#set par(leading: {look.pitch - look.size}pt)"
    inset = f"(x: {look.padding}pt, y: {(look.row_height - look.pitch) / 2 + 1}pt)"
    table = f"#table(columns: ({widths}), stroke: {look.rule}pt, inset: {inset}, {header}{', '.join(rest)})"
    return f"#[\n{settings}\n{table}\n]"


def _cell(cell: Cell, style: PageStyle) -> str:
    fill = f', fill: rgb("{style.table.band}")' if cell.role is CellRole.BAND and style.table.band else ""
    align = "center + horizon" if cell.role in (CellRole.VALUE, CellRole.COLUMN) else "left + horizon"
    size = style.table.numbers if cell.role is CellRole.VALUE and style.table.numbers else style.table.size
    place = f"x: {cell.column}, y: {cell.row}, rowspan: {cell.row_span}, colspan: {cell.column_span}"
    return f"table.cell({place}, align: {align}{fill})[#set text(size: {size}pt)\n{_text(cell.text)}]"
