"""What was read in words: notes, doubts, pictures, what was not found or not used; and the texts, section by section."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QTreeWidget, QTreeWidgetItem

from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition
from app.report.model import INTRODUCTION
from ui.kit import theme
from ui.kit.scroll_bars import calm
from ui.kit.typed_fields import date_text

if TYPE_CHECKING:
    from app.importing.result import ImportResult

_CELL = Qt.ItemDataRole.UserRole


def details(found: "ImportResult") -> QTreeWidget:
    """The lists, each under its name and number; an item of one cell holds its CellRef (`cell_of`)."""
    tree = QTreeWidget()
    calm(tree)
    tree.setAccessibleName("导入情况")
    tree.setHeaderHidden(True)
    tree.setStyleSheet(theme.LIST)
    tree.setIndentation(theme.STEP * 2)
    tree.setWordWrap(True)
    tree.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    fill(tree, found)
    return tree


def fill(tree: QTreeWidget, found: "ImportResult") -> None:
    """What the lists say now; they stay where they were scrolled to."""
    form = form_of(found.report.form)
    place = tree.verticalScrollBar().value()
    tree.clear()
    for title, lines in _groups(found, form):
        listed = list(lines)
        if not listed:
            continue
        group = QTreeWidgetItem(tree, [f"{title}（{len(listed)}）"])
        group.setFont(0, theme.font(bold=True))
        for words, ref in listed:
            item = QTreeWidgetItem(group, [words])
            item.setToolTip(0, words)
            item.setData(0, _CELL, ref)
        group.setExpanded(True)
    if tree.topLevelItemCount() == 0:
        QTreeWidgetItem(tree, ["全部读到，没有存疑和遗漏。"])
    tree.verticalScrollBar().setValue(place)


def cell_of(item: QTreeWidgetItem) -> CellRef | None:
    """The cell that a line of the lists speaks of."""
    found: CellRef | None = item.data(0, _CELL)
    return found


def _groups(
    found: "ImportResult", form: FormDefinition
) -> Iterator[tuple[str, Iterator[tuple[str, CellRef | None]]]]:
    yield "请注意", ((one, None) for one in found.warnings)
    yield "存疑", ((f"{_name(form, one.cell)}：“{one.text}”，{one.reason}", one.cell) for one in found.unsure)
    yield (
        "只有图片，读不出数字",
        ((one.place or form.section(one.section).title, None) for one in found.pictures),
    )
    yield "没有找到", _missing(form, found.missing)
    yield "没有用上的文字", ((one, None) for one in found.unused)


def _name(form: FormDefinition, ref: CellRef) -> str:
    return f"{form.section_of(ref).table_name}“{form.label(ref)}”"


def _missing(form: FormDefinition, missing: tuple[CellRef, ...]) -> Iterator[tuple[str, CellRef | None]]:
    """Cell by cell, or a whole table at once."""
    gone = set(missing)
    for section in form.sections:
        cells = [ref for ref in section.cells if ref in gone]
        if cells and len(cells) == len(section.cells):
            yield f"{section.table_name}全部{len(form.inputs_of(section))}格", cells[0]
        else:
            yield from ((_name(form, ref), ref) for ref in cells)


def texts(found: "ImportResult") -> QTextBrowser:
    """Unit, date and every narrative as they will be carried."""
    report, form = found.report, form_of(found.report.form)
    view = QTextBrowser()
    calm(view)
    view.setAccessibleName("读到的文字")
    view.setFont(theme.font())
    unit = escape(report.agency.name) or "没有找到"
    day = date_text(report.signature.issued_on) or "没有找到"
    parts = [f"<p><b>单位</b>　{unit}　　<b>年度</b>　{report.year}年　　<b>成文日期</b>　{day}</p>"]
    places = [(INTRODUCTION, "引言"), *((section.key, section.title) for section in form.sections)]
    for key, title in places:
        text = report.narrative(key)
        if not text and key != INTRODUCTION and form.section(key).tables:
            continue
        body = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n")) if text else "<p>（没有读到）</p>"
        parts.append(f"<h4>{escape(title)}</h4>{body}")
    view.setHtml("".join(parts))
    return view
