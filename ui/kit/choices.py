"""Fields in which one chooses: a list that drops down, a number that is counted up and down; edges as every field has them.

The wheel scrolls the page under them and chooses nothing: who turns it looks at the page, and would not see that 落款 or 版式 changed.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QStylePainter,
    QWidget,
)

from ui.kit import theme
from ui.kit.qt_gaps import fields

_ARROW = 4.0  # half the width of an arrow
_HIGH = 30  # as high as every other field
_INSET = 5
_YEAR_WIDE, _YEAR_HIGH = 96, 32
FIRST_YEAR, LAST_YEAR = 2019, 2099  # of reports in the official format


class Combo(QComboBox):
    """One of several, by its name."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(_HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(_INSET, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(_INSET, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        _paint_field(painter, self)
        fields(option).rect = fields(option).rect.adjusted(
            _INSET, 0, _INSET, 0
        )  # where the words of other fields begin
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        _paint_arrow(painter, QPointF(self.width() - 14, self.height() / 2 + 1), 1, self.isEnabled())
        painter.end()


class Spin(QSpinBox):
    """A whole number that is typed or counted."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(_HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        _paint_field(painter, self)
        steps = self.stepEnabled()
        for part, step, way in (
            (QStyle.SubControl.SC_SpinBoxUp, QSpinBox.StepEnabledFlag.StepUpEnabled, -1),
            (QStyle.SubControl.SC_SpinBoxDown, QSpinBox.StepEnabledFlag.StepDownEnabled, 1),
        ):
            box = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, self)
            _paint_arrow(painter, QRectF(box).center(), way, self.isEnabled() and bool(steps & step))
        painter.end()


def year_field(name: str, year: int, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> Spin:
    """The year of a report."""
    made = Spin()
    made.setAccessibleName(name)
    made.setMinimumHeight(_YEAR_HIGH)
    made.setFixedWidth(_YEAR_WIDE)
    made.setRange(first, last)
    made.setValue(year)
    return made


def _paint_field(painter: QPainter, field: QWidget) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.ACCENT if field.hasFocus() else theme.EDGE if field.isEnabled() else theme.UNUSED_EDGE
    painter.setPen(QPen(edge, 1))
    painter.setBrush(theme.PAPER if field.isEnabled() else theme.UNUSED)
    painter.drawRoundedRect(QRectF(field.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
    painter.restore()


def _paint_arrow(painter: QPainter, middle: QPointF, way: int, is_enabled: bool) -> None:
    """`way`: 1 down, -1 up."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(
            theme.INK if is_enabled else theme.DISABLED,
            1.6,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    rise = QPointF(0, way * _ARROW / 2)
    side = QPointF(_ARROW, 0)
    painter.drawPolyline(QPolygonF([middle - side - rise, middle + rise, middle + side - rise]))
    painter.restore()
