"""表二 as one page: small tables under their bands on one grid, as printed."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.kit import theme
from ui.kit.scroll_bars import calm
from ui.tables import lanes
from ui.tables.geometry import (
    ROW_LEAST,
    ROW_MOST,
    Density,
    content_size,
    lay_on_grid,
    set_rows,
)
from ui.tables.printed_label import PrintedLabel
from ui.tables.table_view import TableView

WIDEST = 960


class StackedTables(QScrollArea):
    """Lays the views of a section one under the other; the page scrolls, the views never do."""

    def __init__(
        self, views: Sequence[TableView], widths: Sequence[float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        calm(self)
        self._views = views
        self._shares = [width / sum(widths) for width in widths]
        self._bands: list[PrintedLabel] = []
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for view in views:
            view.is_stacked = True
            band = PrintedLabel(view.cells.table.title, page, theme.BAND)
            self._bands.append(band)
            column.addWidget(band)
            column.addWidget(view)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addStretch(1)
        self._page = page
        self.setWidget(page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def lay_out(self, width: int, room: int, sizes: Density) -> int:
        """Fit the page into `width`, with rows as high as `room` allows; its whole height."""
        total = min(width, WIDEST)
        columns = [int(total * share) for share in self._shares]
        columns[0] += total - sum(columns)
        for view in self._views:
            lay_on_grid(view, columns, sizes)
        most, least = round(ROW_MOST * theme.SCALE), round(ROW_LEAST * theme.SCALE)
        heads = sum(view.columns.thickness for view in self._views)
        lines = sum(view.rows.count() for view in self._views) + len(self._views)
        row = (room - heads - 2 * len(self._views)) // lines
        sizes = replace(sizes, row=min(most, row) if row >= least else sizes.row)
        height = 0
        for band, view in zip(self._bands, self._views, strict=True):
            band.setFont(theme.font(theme.GRID, bold=True))
            band.setFixedSize(total, sizes.row + 2)
            set_rows(view, sizes)
            view.setFixedSize(content_size(view))
            height += band.height() + view.height()
        self._page.resize(total, height)
        self.setMaximumHeight(height)
        return height

    def cross(self, view: TableView, rows: int, column: int, is_enter: bool) -> None:
        """Over the upper or lower edge of a table: on where the eye goes."""
        counts = [one.cells.columnCount() for one in self._views]
        at = lanes.Entrance(self._views.index(view), column)
        target = (lanes.below if rows > 0 else lanes.above)(counts, at, is_enter)
        if target is not None:
            self._views[target.table].go_in_at(target.column, rows)
            self.show_view(self._views[target.table])

    def show_view(self, view: TableView) -> None:
        """Scroll so that the cell under the cursor of `view` is seen."""
        rect = view.visualRect(view.currentIndex())
        spot = view.viewport().mapTo(self._page, rect.center())
        self.ensureVisible(spot.x(), spot.y(), 0, rect.height() + 2 * view.columns.height())
