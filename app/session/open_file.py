"""The record of an open file: its lock, what was last read or written, what is kept of it for a crash."""

import weakref
from dataclasses import dataclass
from pathlib import Path

from app.storage import recovery
from app.storage.container import Content
from app.storage.lock import Lock
from app.storage.recovery import Recovery


@dataclass(eq=False)
class OpenFile:
    """What is known of the file of one open document beside what the document says itself; it goes with the document."""

    digest: str | None = None  # of the file as last opened or saved
    lock: Lock | None = None
    is_backed_up: bool = False  # the file as it was before this session has been copied
    is_example: bool = False  # the program's own report, opened to look at
    recovery: Recovery | None = None
    kept: Content | None = None  # what lies in recovery

    def hold(self, lock: Lock) -> None:
        """Keep this lock as long as the document lives, and no other."""
        if self.lock is lock:
            return
        self.let_go()
        self.lock = lock
        weakref.finalize(self, lock.release)  # also when the program ends

    def let_go(self) -> None:
        """Another window may have the file."""
        if self.lock:
            self.lock.release()
        self.lock = None

    def keep(self, title: str, content: Content, path: Path | None) -> bool:
        """Lay what is not saved where a crash cannot reach it; False when it lies there already."""
        if self.kept is not None and self.kept.report is content.report and self.kept.prior is content.prior:
            return False
        id_ = self.recovery.id if self.recovery else recovery.new_id()
        target = path.absolute() if path else None
        self.recovery = recovery.keep(id_, title, content, target, self.digest or "")
        self.kept = content
        return True

    def forget_kept(self) -> None:
        """It is saved, or not wanted."""
        if self.recovery:
            recovery.discard(self.recovery)
        self.recovery = self.kept = None
