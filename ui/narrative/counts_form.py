"""One small table of 各渠道 or 各栏目数量: names, this year's and last year's numbers; the sentence and the chart that come of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.form.model import ValueKind
from app.register import counts
from app.report.entry import parse_entry, show_value
from app.report.model import MOST_LABELS, Chart, CountLine, Counts, Report
from ui.kit import theme, widgets
from ui.kit.choices import Combo
from ui.kit.scroll_bars import calm
from ui.narrative.chart_view import ChartView

_NAME, _VALUE, _LAST = range(3)
_SHORT = 14  # characters of a paragraph in the list of places
_LONGEST = 20  # characters of a name: it stands under a column of the chart


class CountsForm(QWidget):
    """`changed` after every change; `made` is what stands in it, `reason` why it cannot be taken."""

    changed = Signal()

    def __init__(self, report: Report, kind: counts.Kind) -> None:
        super().__init__()
        self._report = report
        self._kind = kind
        self._old = counts.counts_of(report, kind.key)
        self._chart = counts.chart_in(report, kind.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        above = QHBoxLayout()
        above.setSpacing(theme.STEP * 2)
        above.addWidget(self._table(), 3)
        self.picture = ChartView()
        above.addWidget(self.picture, 2)
        column.addLayout(above, 1)
        self.total = widgets.note()
        self.total.setWordWrap(False)
        self.words = widgets.label()
        column.addWidget(self.total)
        column.addWidget(self.words)
        column.addLayout(self._wishes())
        self.table.itemChanged.connect(self._on_changed)
        self._refresh()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _table(self) -> QTableWidget:
        year = self._report.year
        lines = self._old.lines or tuple(CountLine(name) for name in self._kind.names)
        table = QTableWidget(len(lines) + 1, 3)
        table.setAccessibleName(self._kind.title)
        table.setStyleSheet(theme.LIST)
        table.setHorizontalHeaderLabels([self._kind.head, f"{year}年（条）", f"{year - 1}年（条）"])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.scaled(25))
        calm(table)
        table.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_VALUE, _LAST):
            table.setColumnWidth(column, theme.scaled(104))
        table.setTabKeyNavigation(False)
        for row, line in enumerate(lines):
            for column, text in enumerate((line.name, show_value(line.value), show_value(line.last))):
                table.setItem(row, column, _item(text, column))
        self.table = table
        return table

    def _wishes(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP * 2)
        is_told = counts.told(self._report, self._kind.key) is not None
        self.telling = widgets.check_box("更新总体情况里的这句话" if is_told else "写进总体情况")
        self.telling.setChecked(is_told or not self._old.lines)
        self.drawing = widgets.check_box("放统计图")
        self.drawing.setChecked(self._chart is not None)
        self.place = Combo()
        self.place.setAccessibleName("统计图放在哪一段后面")
        self.place.addItem("放在总体情况最后", -1)
        for index, text in enumerate(self._report.paragraphs(counts.SECTION)):
            self.place.addItem(f"放在“{text[:_SHORT]}”这段后面", index)
        at = self.place.findData(self._chart.after if self._chart else -1)
        self.place.setCurrentIndex(max(0, at))
        self.place.setMinimumContentsLength(16)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for box in (self.telling, self.drawing):
            box.toggled.connect(lambda _checked: self._refresh())
        row.addWidget(self.telling)
        row.addWidget(self.drawing)
        row.addWidget(self.place, 1)
        return row

    # -- what stands in it ---------------------------------------------------------------------------------------------

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item else ""

    def _number(self, row: int, column: int) -> int | None:
        value = parse_entry(self._text(row, column), ValueKind.COUNT).value
        return None if value is None else int(value)

    @property
    def made(self) -> Counts:
        """The lines that say anything; names alone, as they were proposed, say nothing."""
        lines = [
            CountLine(self._text(row, _NAME), self._number(row, _VALUE), self._number(row, _LAST))
            for row in range(self.table.rowCount())
        ]
        lines = [one for one in lines if one != CountLine("")]
        is_untouched = not self._old.lines and all(one.value is None and one.last is None for one in lines)
        return Counts(self._kind.key, () if is_untouched else tuple(lines))

    @property
    def reason(self) -> str:
        """The first thing that cannot be taken, in words."""
        names = [one.name for one in self.made.lines]
        for row in range(self.table.rowCount()):
            for column in (_VALUE, _LAST):
                found = parse_entry(self._text(row, column), ValueKind.COUNT)
                if found.reason:
                    return f"“{self._text(row, _NAME) or f'第{row + 1}行'}”：{found.reason}"
        if "" in names:
            return f"有数字没有写{self._kind.head}的名称"
        if twice := next((one for one in names if names.count(one) > 1), ""):
            return f"“{twice}”写了两次"
        return f"最多写{MOST_LABELS}行" if len(names) > MOST_LABELS else ""

    @property
    def chart(self) -> Chart | None:
        """The chart that is wished for; None for none."""
        if not self.drawing.isChecked():
            return None
        return counts.chart(self.made, self._report.year, int(self.place.currentData()))

    # -- showing -------------------------------------------------------------------------------------------------------

    def _on_changed(self, item: QTableWidgetItem) -> None:
        """Keep an empty row at the end; show what comes of it."""
        self.table.blockSignals(True)
        if item.column() != _NAME:
            value = parse_entry(item.text(), ValueKind.COUNT)
            if not value.reason:
                item.setText(show_value(value.value))
            item.setForeground(theme.ERROR if value.reason else theme.INK)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        last = self.table.rowCount() - 1
        if any(self._text(last, column) for column in range(3)):
            self.table.insertRow(last + 1)
        self.table.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        made = self.made
        words = counts.sentence(made, self._report.year)
        whole, last = counts.total(made.lines), counts.last_total(made.lines)
        parts = [f"合计（自动）：{whole}条" if whole is not None else "还有空着的，没有合计"]
        parts += [f"上年{last}条"] if last is not None and made.lines else []
        self.total.setText("　".join(parts) if made.lines else "没有的填0；不用这张表就空着")
        self.words.setText(self.reason or words or "填全以后，这里是写进总体情况的一句话")
        widgets.set_colour(self.words, theme.ERROR if self.reason else theme.INK if words else theme.FAINT)
        self.telling.setEnabled(bool(words))
        self.place.setEnabled(self.drawing.isChecked())
        self.picture.show_chart(counts.chart(made, self._report.year) if made.lines else None)
        self.changed.emit()


def _item(text: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text[:_LONGEST] if column == _NAME else text)
    if column != _NAME:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
