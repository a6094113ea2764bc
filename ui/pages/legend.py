"""What the signs and numbers of the list of parts mean, in one line under the findings."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.checks.standing import Kind
from ui.kit import symbols, theme
from ui.kit.flow_layout import FlowLayout
from ui.kit.stage import Stage
from ui.state.section_states import MEANINGS

_GAP = 5  # between a sign and its words
_NUMBERS = (  # a number as it stands in the list, and of what it is
    (theme.ERROR, f"{Kind.ERROR}"),
    (theme.WARNING, f"{Kind.PENDING}、{Kind.WARNING}、该填没填"),
    (theme.FAINT, f"{Kind.MISSING}"),
)
_SAMPLE = "3"


class _Entry(QWidget):
    """A sign and its words; a number where there is no stage."""

    def __init__(self, words: str, stage: Stage = Stage.NONE, colour: QColor = theme.INK) -> None:
        super().__init__()
        self.words, self._stage, self._colour = words, stage, colour
        self._font = theme.font(theme.SMALL)
        self._bold = theme.font(theme.SMALL, bold=True)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def _is_badge(self) -> bool:
        return self._colour is theme.ERROR

    def _sign_width(self) -> int:
        if self._stage is not Stage.NONE:
            return symbols.SIZE
        metrics = QFontMetrics(self._bold if self._is_badge else self._font)
        return symbols.badge_width(_SAMPLE, metrics) if self._is_badge else metrics.horizontalAdvance(_SAMPLE)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        return QSize(
            self._sign_width() + _GAP + metrics.horizontalAdvance(self.words) + 2, metrics.height() + 4
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, metrics = self._sign_width(), QFontMetrics(self._font)
        base = (self.height() - metrics.height()) // 2 + metrics.ascent()
        if self._stage is not Stage.NONE:
            size = symbols.SIZE
            symbols.draw_stage(painter, QRectF(0, (self.height() - size) / 2, size, size), self._stage)
        elif self._is_badge:
            symbols.draw_badge(painter, QPoint(width, self.height() // 2), _SAMPLE, self._bold)
        else:
            painter.setFont(self._font)
            painter.setPen(self._colour)
            painter.drawText(0, base, _SAMPLE)
        painter.setFont(self._font)
        painter.setPen(theme.FAINT)
        painter.drawText(width + _GAP, base, self.words)
        painter.end()


class Legend(QWidget):
    """Every sign and every number of the list once; what is to be done about a kind is in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout(self)
        row.setSpacing(theme.STEP + 4)
        self.entries = [_Entry(stage.value, stage) for stage in Stage if stage is not Stage.NONE]
        self.entries += [_Entry(words, colour=colour) for colour, words in _NUMBERS]
        for entry in self.entries:
            kinds = [kind for kind in Kind if kind in entry.words.split("、")]
            entry.setToolTip(
                "\n".join(f"{kind}：{MEANINGS[kind]}" for kind in kinds) or f"列表里的圈：{entry.words}"
            )
            row.addWidget(entry)
        self.setAccessibleName("列表里的记号：" + "，".join(entry.words for entry in self.entries))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
