"""Several years' reports read at once: in order of their years, what is missing or double, and where the chain does not hold."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.form.catalog import form as form_of
from app.session.year_chain import Chain, YearFile
from ui.kit import theme, widgets
from ui.kit.scroll_bars import calm

_LINK = Qt.ItemDataRole.UserRole
_FEW = 3  # sentences that stand there as they are; more have a list that scrolls


class ChainDialog(QDialog):
    """Accepted: `chosen` is the report with which to go on (the newest unless another was chosen)."""

    def __init__(self, chain: Chain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入的几份报告")
        self.setMaximumHeight(440)
        self.resize(720, 400)
        self.chain = chain
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        layout.addWidget(widgets.heading(f"导入{len(chain.links)}个年度的报告"))
        layout.addWidget(widgets.label("选一份作为上年报告，一般选最近的一年。"))
        self.years = self._years()
        layout.addWidget(self.years, 1)
        words = [*chain.sentences(), *chain.mismatches()]
        if len(words) > _FEW:
            layout.addWidget(self._told(words), 1)
        elif words:
            layout.addWidget(widgets.label("\n".join(words), colour=theme.WARNING))
        layout.addWidget(widgets.line())
        layout.addLayout(self._foot())

    def _years(self) -> QTreeWidget:
        tree = QTreeWidget()
        calm(tree)
        tree.setAccessibleName("导入的报告，按年度")
        tree.setStyleSheet(theme.LIST)
        tree.setRootIsDecorated(False)
        tree.setHeaderLabels(["年度", "单位", "读到", "文件"])
        for link in self.chain.links:
            item = QTreeWidgetItem(
                tree, [f"{link.year}年", link.agency or "没有找到单位名称", _state(link), link.path.name]
            )
            item.setData(0, _LINK, link)
            item.setToolTip(3, str(link.path))
        for column, width in enumerate((72, 220, 150)):
            tree.setColumnWidth(column, theme.scaled(width))
        if (last := tree.topLevelItem(tree.topLevelItemCount() - 1)) is not None:
            tree.setCurrentItem(last)
        tree.currentItemChanged.connect(self._on_chosen)
        tree.itemActivated.connect(self.accept)
        return tree

    def _told(self, words: list[str]) -> QTreeWidget:
        tree = QTreeWidget()
        calm(tree)
        tree.setAccessibleName("请注意")
        tree.setStyleSheet(theme.LIST)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setWordWrap(True)
        for one in words:
            QTreeWidgetItem(tree, [one]).setToolTip(0, one)
        return tree

    def _foot(self) -> QHBoxLayout:
        self.next_button = widgets.primary("", self.accept)
        self._on_chosen()
        QTimer.singleShot(0, self.next_button.setFocus)
        return widgets.answers(self.next_button, self.reject)

    @property
    def chosen(self) -> YearFile | None:
        item = self.years.currentItem()
        found: YearFile | None = item.data(0, _LINK) if item is not None else None
        return found

    def _on_chosen(self) -> None:
        link = self.chosen
        self.next_button.setEnabled(link is not None)
        self.next_button.setText(f"核对{link.year}年的报告" if link else "没有可用的报告")


def _state(link: YearFile) -> str:
    found = link.read.imported
    form = form_of(link.read.report.form)
    doubts = f"，存疑{len(found.unsure)}格" if found and found.unsure else ""
    return f"{link.read.report.filled(form)}/{len(form.inputs)}格{doubts}"
