"""Small drawn signs of one family: states of pages and kinds of findings. Shape tells as much as colour."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from app.checks.standing import Kind
from app.form.model import Severity
from ui.kit import palette, theme
from ui.kit.stage import Stage

SIZE = 14
_STEPS = 24  # shares of a ring that can be told apart


_BOX = QRectF(0, 0, SIZE, SIZE)
_Draw = Callable[[QPainter], None]
_drawn: dict[tuple[object, ...], QPixmap] = {}
_MOST_DRAWN = 200


def draw_stage(painter: QPainter, box: QRectF, stage: Stage, share: float = 0.5) -> None:
    """An open ring, a ring filled as far as the part is done, a ring with a tick, a full disc with a tick."""
    if stage is not Stage.NONE:
        share = round(share * _STEPS) / _STEPS if stage is Stage.PART else 0.0
        _draw_once(painter, box, (stage, share), lambda on: _stage(on, _BOX, stage, share))


def draw_kind(painter: QPainter, box: QRectF, kind: Kind) -> None:
    """错误 a full disc with a cross, 警告 a triangle, 提示 a ring with an i, 待填 an open ring, 待更新 its ground in the text."""
    _draw_once(painter, box, (kind,), lambda on: _kind(on, _BOX, kind))


def _draw_once(painter: QPainter, box: QRectF, what: tuple[object, ...], draw: _Draw) -> None:
    """Round signs cost much, and the list shows a dozen at every look: each is drawn once for a palette and a screen."""
    ratio = painter.device().devicePixelRatioF()
    key = (*what, palette.in_use(), ratio)
    if key not in _drawn:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        made = QPixmap(math.ceil(SIZE * ratio), math.ceil(SIZE * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        on = QPainter(made)
        on.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(on)
        on.end()
        _drawn[key] = made
    painter.drawPixmap(box.topLeft().toPoint(), _drawn[key])


def _stage(painter: QPainter, box: QRectF, stage: Stage, share: float) -> None:
    circle = box.adjusted(1, 1, -1, -1)
    if stage is Stage.DONE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.DONE)
        painter.drawEllipse(circle)
        painter.setPen(theme.PAPER)
        _tick(painter, circle.adjusted(2.6, 2.6, -2.6, -2.8))
    elif stage is Stage.WARNED:
        painter.setPen(QPen(theme.WARNING, 1.5))
        painter.drawEllipse(circle)
        _tick(painter, circle.adjusted(3, 3, -3, -3.2))
    else:
        painter.setPen(QPen(theme.EDGE if stage is Stage.EMPTY else theme.ACCENT, 1.5))
        painter.drawEllipse(circle)
    if stage is Stage.PART:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ACCENT)
        painter.drawPie(circle, 90 * 16, round(-360 * 16 * share))


def _kind(painter: QPainter, box: QRectF, kind: Kind) -> None:
    inner = box.adjusted(1, 1, -1, -1)
    if kind is Kind.MISSING:
        painter.setPen(QPen(theme.EDGE, 1.5))
        painter.drawEllipse(inner)
    elif kind is Kind.PENDING:
        painter.setPen(QPen(theme.WARNING, 1.2))
        painter.setBrush(theme.PENDING)
        painter.drawRoundedRect(inner.adjusted(0.5, 1.5, -0.5, -1.5), 2, 2)
    elif kind is Kind.ERROR:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ERROR)
        painter.drawEllipse(inner)
        painter.setPen(QPen(theme.PAPER, 1.5))
        cross = inner.adjusted(3.6, 3.6, -3.6, -3.6)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
    elif kind is Kind.WARNING:
        painter.setPen(_pen(theme.WARNING, 1.4))
        top = QPointF(inner.center().x(), inner.top() + 0.5)
        painter.drawPolygon(QPolygonF([top, inner.bottomRight(), inner.bottomLeft()]))
        _exclamation(painter, inner.adjusted(2, 3, -2, 0), theme.WARNING, ring=False)
    else:
        painter.setPen(QPen(theme.ACCENT, 1.4))
        painter.drawEllipse(inner)
        x = inner.center().x()
        painter.drawPoint(QPointF(x, inner.top() + 3.2))
        painter.drawLine(QPointF(x, inner.center().y() - 0.5), QPointF(x, inner.bottom() - 3))


def draw_badge(painter: QPainter, right: QPoint, words: str, font: QFont) -> int:
    """A number on red, its right edge and its middle at a point; the pixels that it takes."""
    painter.setFont(font)
    metrics = QFontMetrics(font)
    width = badge_width(words, metrics)
    height = metrics.height() + 2
    badge = QRectF(right.x() - width, right.y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ERROR)
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setPen(theme.PAPER)
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), words)
    return width


def badge_width(words: str, metrics: QFontMetrics) -> int:
    return max(metrics.horizontalAdvance(words), metrics.height() - 6) + 10


def colour_of(severity: Severity) -> QColor:
    return {Severity.ERROR: theme.ERROR, Severity.WARNING: theme.WARNING, Severity.INFO: theme.ACCENT}[
        severity
    ]


def _pen(colour: QColor, width: float) -> QPen:
    round_ = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, Qt.PenStyle.SolidLine, *round_)


def _tick(painter: QPainter, box: QRectF) -> None:
    painter.setPen(_pen(painter.pen().color(), 1.8))
    middle = QPointF(box.left() + box.width() * 0.38, box.bottom() - 1)
    painter.drawPolyline(
        QPolygonF([QPointF(box.left(), box.center().y() + 0.5), middle, QPointF(box.right(), box.top() + 1)])
    )


def _exclamation(painter: QPainter, box: QRectF, colour: QColor, ring: bool = True) -> None:
    if ring:
        painter.drawEllipse(box)
    x = box.center().x()
    painter.setPen(_pen(colour, 1.5))
    painter.drawLine(QPointF(x, box.top() + 2.4), QPointF(x, box.center().y() + 0.6))
    painter.drawPoint(QPointF(x, box.bottom() - 2.4))
