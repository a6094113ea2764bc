"""Unsaved work is written beside the typing: within two seconds, off the GUI thread, and again by itself when the disk refused."""

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from app.errors import UserError
from app.session import session
from app.session.document import ReportDocument
from ui.kit.jobs import Job

AFTER = 1000  # ms after the first change that is not yet kept: it is on disk within two seconds
AGAIN_AFTER = 5000  # ms after a write that failed: a USB stick is put back, a full disk is cleared
WRITING_LOOK = 10.0  # seconds between two looks at a write under way


class Autosaving(QObject):
    """Keeps the work of the report that it follows. It is silent where nothing had to be written."""

    kept = Signal(str)  # when: 14:05:09
    refused = Signal(str)  # why; it is tried again until it works

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: ReportDocument | None = None
        self._writing: Job | None = None  # unsaved work on its way to the disk
        self._soon = self._timer(AFTER)
        self._again = self._timer(AGAIN_AFTER)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.write)
        return timer

    def follow(self, document: ReportDocument | None) -> None:
        """From now on it is the work of this report that is kept, no longer that of the last."""
        self.stop()
        self._document = document

    def start(self) -> None:
        """Something changed. Steady typing is written too: the first change sets the clock."""
        if not self._soon.isActive():
            self._soon.start()

    def stop(self) -> None:
        """Nothing is written any more, and what was being written is on the disk: a late write would bring back what
        was saved or given up, however slow the disk is."""
        self._soon.stop()
        self._again.stop()
        while self._writing is not None and not self._writing.join(WRITING_LOOK):
            pass

    @property
    def is_writing(self) -> bool:
        return self._writing is not None

    def write(self) -> None:
        """Write in another thread: the disk must not hold up the keys."""
        document = self._document
        if document is None:
            return
        if self.is_writing:
            self._soon.start()
            return
        self._soon.stop()
        self._writing = Job(lambda step: session.autosave(document))
        self._writing.done.connect(lambda was_written: self._on_done(document, was_written))
        self._writing.failed.connect(lambda error: self._on_failed(document, error))
        self._writing.finished.connect(self._on_finished)
        self._writing.start()

    def write_now(self) -> bool:
        """Write before anything else is done; whether anything was written. Raises when it could not be."""
        self.stop()
        return self._document is not None and session.autosave(self._document)

    def write_by_the_way(self) -> None:
        """The same where nobody waits for it: what goes wrong is told and tried again."""
        document = self._document
        try:
            self._on_done(document, self.write_now())
        except (UserError, OSError) as error:
            self._on_failed(document, error)

    def _on_done(self, document: ReportDocument | None, was_written: bool) -> None:
        """Told only of the report that it was: another may have been opened meanwhile."""
        if self._document is document:
            self._again.stop()
            if was_written:
                self.kept.emit(QTime.currentTime().toString("HH:mm:ss"))

    def _on_failed(self, document: ReportDocument | None, error: Exception) -> None:
        if not isinstance(error, UserError | OSError):
            self._again.start()
            raise error
        if self._document is document:
            self._again.start()
            self.refused.emit(str(error))

    def _on_finished(self) -> None:
        self._writing = None
