"""Under the list of parts: how far the whole report is, as a bar and in words, and the days that are left."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.checks.standing import Standing
from ui.kit import theme, widgets
from ui.kit.bar import Bar
from ui.state.section_states import progress_words


class ProgressView(QWidget):
    """What is counted, the bar, the days; on a small screen one line of words."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setAccessibleName("全部进度")
        self.setFixedWidth(width)
        column = QVBoxLayout(self)
        compact = theme.is_compact()
        side = 12 if compact else 16
        column.setContentsMargins(side, 4, side, 4 if compact else 12)
        column.setSpacing(4)
        self.counted = widgets.Elided()
        self.bar = Bar()
        self.waiting, self.days = widgets.Elided(), widgets.Elided()
        for part in (self.counted, self.waiting, self.bar, self.days):
            column.addWidget(part)
        for part in (self.waiting, self.days):
            part.setVisible(not compact)

    def show_standing(self, shown: Standing, days: str) -> None:
        """`days`: what is said of the deadline, "" for nothing."""
        words = progress_words(shown)
        self.counted.setText(f"表格 {shown.filled}／{shown.cells} 格")
        self.waiting.setText(" · ".join(replace(shown, blanks=0, unwritten=0).parts))
        self.bar.set_share(shown.done)
        self.days.setText(days)
        said = f"{words}，完成{shown.done:.0%}"
        for one in (self, self.counted, self.waiting, self.bar):
            one.setToolTip(f"{said}，{days}" if days else said)
        self.setAccessibleDescription(said)

    @property
    def words(self) -> str:
        """All that is told here."""
        return self.toolTip()


def days_left(deadline: date, today: date) -> str:
    """距公布期限 1月31日 还有 22 天; nothing of an old report."""
    left = (deadline - today).days
    day = f"{deadline.month}月{deadline.day}日"
    if left < -60:
        return ""
    if left > 0:
        return f"距公布期限 {day} 还有 {left} 天"
    return f"公布期限 {day}，就是今天" if left == 0 else f"公布期限 {day}，已过 {-left} 天"
