"""The only one in the window who changes the open report; everybody else asks it and listens to `changed`."""

from PySide6.QtCore import QObject, Signal

from app.document import ReportDocument
from app.form.model import CellRef


class Controller(QObject):
    """Holds the open document. Pages and tables read `document`, call its methods and refresh on `changed`.

    `changed` follows every change of the document (also undo, redo, saving). `document_replaced` means another report was
    opened: pages are built anew. `cell_wanted` asks the window to show a cell, `place_wanted` a place in a narrative.
    """

    changed = Signal()
    document_replaced = Signal()
    cell_wanted = Signal(object)  # CellRef
    place_wanted = Signal(str, int, int)  # section key, start, end (-1: the section)

    def __init__(self, document: ReportDocument | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: ReportDocument | None = None
        self._unsubscribe = lambda: None
        if document is not None:
            self.open(document)

    @property
    def document(self) -> ReportDocument:
        assert self._document is not None, "no report is open"
        return self._document

    @property
    def has_document(self) -> bool:
        return self._document is not None

    def open(self, document: ReportDocument) -> None:
        """Make this the open report."""
        self._unsubscribe()
        self._document = document
        self._unsubscribe = document.subscribe(self.changed.emit)
        self.document_replaced.emit()
        self.changed.emit()

    def close(self) -> None:
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._document = None
        self.document_replaced.emit()

    def show_cell(self, ref: CellRef) -> None:
        self.cell_wanted.emit(ref)
