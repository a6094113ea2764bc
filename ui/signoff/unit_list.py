"""The units of a 县级汇总 as a list: forty thousand rows are made as they are looked at, not all at once."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.county.units import Unit
from app.form.model import Severity
from ui.kit import theme

HEADS = ("单位", "状态", "错误", "警告", "空白", "结转不符", "计入汇总", "备注")
_STATE, _ERRORS, _NUMBERS = 1, 2, range(2, 6)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


class UnitList(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units: Sequence[Unit] = ()

    def show(self, units: Sequence[Unit]) -> None:
        self.beginResetModel()
        self._units = units
        self.endResetModel()

    def unit_at(self, row: int) -> Unit | None:
        return self._units[row] if 0 <= row < len(self._units) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._units)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        if role == _Role.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _RIGHT if section in _NUMBERS else _LEFT
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        unit, column = self.unit_at(index.row()), index.column()
        if unit is None:
            return None
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return _texts(unit)[column]
        if role == _Role.TextAlignmentRole and column in _NUMBERS:
            return _RIGHT
        if role == _Role.ForegroundRole and _is_alarming(unit, column):
            return theme.ERROR
        return None


def _is_alarming(unit: Unit, column: int) -> bool:
    if column == _STATE:
        return unit.is_overdue
    return column == _ERRORS and bool(unit.number_of(Severity.ERROR))


def _texts(unit: Unit) -> list[str]:
    numbers = (
        unit.number_of(Severity.ERROR),
        unit.number_of(Severity.WARNING),
        unit.blanks,
        unit.carried,
    )
    state = f"{unit.state} · 逾期" if unit.is_overdue else unit.state
    counted = "是" if unit.is_counted else "否"
    notes = "；".join(filter(None, [unit.excluded, *unit.notes]))
    return [unit.name, state, *(str(one) if unit.known else "" for one in numbers), counted, notes]
