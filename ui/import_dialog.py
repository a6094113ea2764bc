"""What was read from last year's report, and what to make of it: this year's draft, or the old report itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition
from ui import theme, widgets

if TYPE_CHECKING:
    from app.importing.result import ImportResult

ROLL_OVER, OPEN_OLD = 2, 3  # what exec() answers beside Rejected
_FIRST_YEAR, _LAST_YEAR = 2019, 2099


class ImportDialog(QDialog):
    """`exec()` answers ROLL_OVER, OPEN_OLD or Rejected; `year` is that of the new report."""

    def __init__(self, found: "ImportResult", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("读入的报告")
        self.setMaximumHeight(440)
        self.resize(640, 424)
        self.found = found
        self.form = form_of(found.report.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        report = found.report
        layout.addWidget(
            widgets.heading(f"{report.agency.name or '没有找到单位名称'}　{report.year}年年度报告")
        )
        layout.addWidget(widgets.label(self._summary()))
        self.details = self._details()
        layout.addWidget(self.details, 1)
        layout.addLayout(self._year_row())
        layout.addWidget(widgets.line())
        layout.addLayout(self._buttons())

    def _summary(self) -> str:
        """How much was read, in one sentence."""
        found = self.found
        total, read = len(self.form.cells), len(found.report.values)
        words = f"表格共{total}格，读到{read}格"
        if found.missing:
            words += f"，没有找到{len(found.missing)}格（留作空白，不会当作0）"
        if found.unsure:
            words += f"，{len(found.unsure)}格存疑，先留作空白，请对照原文填写"
        texts = sum(bool(text.strip()) for text in found.report.narratives.values())
        return f"{words}。文字读到{texts}个部分。"

    def _details(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("读入情况")
        tree.setHeaderHidden(True)
        tree.setStyleSheet(theme.LIST)
        tree.setIndentation(theme.STEP * 2)
        tree.setWordWrap(True)
        tree.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for title, lines in self._groups():
            found = list(lines)
            if not found:
                continue
            group = QTreeWidgetItem(tree, [f"{title}（{len(found)}）"])
            group.setFont(0, theme.font(bold=True))
            for one in found:
                item = QTreeWidgetItem(group, [one])
                item.setToolTip(0, one)
            group.setExpanded(True)
        if tree.topLevelItemCount() == 0:
            QTreeWidgetItem(tree, ["全部读到，没有存疑和遗漏。"])
        return tree

    def _groups(self) -> Iterator[tuple[str, Iterator[str]]]:
        found, form = self.found, self.form
        yield "请注意", iter(found.warnings)
        yield "存疑", (f"{_name(form, one.cell)}：“{one.text}”，{one.reason}" for one in found.unsure)
        yield "只有图片，读不出数字", (one.place or form.section(one.section).title for one in found.pictures)
        yield "没有找到", _missing(form, found.missing)
        yield "没有用上的文字", iter(found.unused)

    def _year_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        caption = widgets.label("新报告的年度")
        caption.setWordWrap(False)
        self.year_box = QSpinBox()
        self.year_box.setMinimumHeight(32)
        self.year_box.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year_box.setValue(self.found.report.year + 1)
        self.year_box.setAccessibleName("新报告的年度")
        self.year_box.setFixedWidth(96)
        caption.setBuddy(self.year_box)
        self.year_box.valueChanged.connect(self._on_year)
        note = widgets.note("结转数会带到新报告，文字带来作底稿，其余数字留空，上年数字显示在旁边。")
        row.addWidget(caption)
        row.addWidget(self.year_box)
        row.addWidget(note, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.old_button = widgets.button("只打开这份旧报告", lambda: self.done(OPEN_OLD))
        cancel = widgets.button("取消", self.reject)
        self.new_button = widgets.primary("", lambda: self.done(ROLL_OVER))
        self.new_button.setDefault(True)
        row.addWidget(self.old_button)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.new_button)
        self._on_year()
        QTimer.singleShot(0, self.new_button.setFocus)
        return row

    def _on_year(self) -> None:
        self.new_button.setText(f"用它开始{self.year}年报告")

    @property
    def year(self) -> int:
        return self.year_box.value()


def _name(form: FormDefinition, ref: CellRef) -> str:
    return f"{form.section_of(ref).table_name}“{form.label(ref)}”"


def _missing(form: FormDefinition, missing: tuple[CellRef, ...]) -> Iterator[str]:
    """Cell by cell, or a whole table at once."""
    gone = set(missing)
    for section in form.sections:
        cells = [ref for ref in section.cells if ref in gone]
        if cells and len(cells) == len(section.cells):
            yield f"{section.table_name}全部{len(cells)}格"
        else:
            yield from (_name(form, ref) for ref in cells)
