"""Which report is open in the window, its files and its undo; pages change the report through its document's named methods."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.checks.finding import Finding
from app.checks.repairs import done_words
from app.exporting.pdf.certificate import Certificate
from app.form.model import CellRef
from app.printing.preview_worker import Preview, PreviewWorker
from app.report.model import PageSettings, Report
from app.session import example, session
from app.session.any_report import AnyReport, read_any
from app.session.document import ReportDocument
from app.storage import files
from app.storage import settings as stored
from app.storage.container import SUFFIX, looks_like_gknb
from app.storage.recovery import Recovery
from ui.kit.typed_fields import today
from ui.state.autosaving import Autosaving
from ui.state.first_change import REDONE, UNDONE, between, told
from ui.state.open_entries import Entry, Unread
from ui.state.recent_reports import RecentReport, recent_report
from ui.state.section_states import page_of

OFFICE_PAGES = "page_settings"  # preference: the office's 版面设置 for new reports
TYPING_PAUSE = 700  # ms without a key: what is typed next is undone apart


class Controller(QObject):
    """Holds the open document: opens, saves, exports, takes over what is typed, undoes.

    Pages and tables read `document`, change it through its named methods (`set_values`, `put` …) and refresh on `changed`;
    tests/ui/state/test_controller.py lists who does. Nobody else opens or saves.

    `changed` follows every change of the document (also undo, redo, saving). `document_replaced` means another report was
    opened: pages are built anew. `cell_wanted` asks the window to show a cell, `place_wanted` a place in a narrative.
    """

    changed = Signal()
    document_replaced = Signal()
    leaving = Signal()  # the open report is about to be put away
    cell_wanted = Signal(object)  # CellRef
    place_wanted = Signal(str, int, int)  # section key, start, end (-1: the section)
    change_wanted = Signal(object)  # Change: undo or redo made it
    filling_wanted = Signal(object)  # Finding: its repair writes into blank cells, show them before
    message = Signal(str)  # one sentence for the status bar
    autosaved = Signal(str)  # when: 14:05:09
    autosave_refused = Signal(str)  # why; it is tried again by itself
    unread_wanted = Signal(object)  # Unread: show where it stands
    find_wanted = Signal(bool)  # the window of 查找 and, where True, 替换
    entries_changed = Signal()  # something was typed into a field, or taken over

    def __init__(self, document: ReportDocument | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: ReportDocument | None = None
        self._source: Path | None = None  # the file from which a report began that was never saved
        self.previews = PreviewWorker()
        self._unsubscribe: Callable[[], None] = _nothing
        self._entries: list[Entry] = []
        self.asked: set[str] = (
            set()
        )  # pages that the clerk left as done: what they lack is no longer only to come
        self._pause = self._timer(TYPING_PAUSE, self.end_typing)
        self._autosaving = Autosaving(self)
        self._autosaving.kept.connect(self.autosaved)
        self._autosaving.refused.connect(self.autosave_refused)
        self.entries_changed.connect(self._tell_unread)
        if document is not None:
            self.open(document)

    def _timer(self, milliseconds: int, call: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer

    # -- the open report -----------------------------------------------------------------------------------------------

    @property
    def document(self) -> ReportDocument:
        assert self._document is not None, "no report is open"
        return self._document

    @property
    def has_document(self) -> bool:
        return self._document is not None

    @property
    def is_modified(self) -> bool:
        """Whether anything is not saved, also what stands in an open field."""
        return self._document is not None and (self._document.is_modified or self.has_open_entries)

    @property
    def is_frozen(self) -> bool:
        """定稿: everything can be looked at, nothing changed."""
        return self._document is not None and self._document.report.is_frozen

    @property
    def title(self) -> str:
        return session.title_of(self.document)

    def open(self, document: ReportDocument) -> None:
        """Make this the open report."""
        self._put_away()
        self._document = document
        self._autosaving.follow(document)
        self._unsubscribe = document.subscribe(self._on_change)
        self.document_replaced.emit()
        self._on_change()

    def hand_over(self) -> ReportDocument | None:
        """The open report leaves for another window as it stands, with its undo; it stays open and locked."""
        document = self._document
        self._document = None
        self._put_away()
        if document is not None:
            self.document_replaced.emit()
        return document

    def close(self) -> None:
        """The open report is put away; unsaved changes are given up."""
        self._put_away()
        self.document_replaced.emit()

    def _put_away(self) -> None:
        if self._document is not None:
            self.leaving.emit()
        self._unsubscribe()
        self._unsubscribe = _nothing
        self._pause.stop()
        self._entries.clear()  # their pages go with the report
        self.asked.clear()
        self._autosaving.follow(None)
        if self._document is not None:
            session.close(self._document)
        self._document = self._source = None

    def _on_change(self) -> None:
        self._tell_unread()
        if self.is_modified:
            self._autosaving.start()
        self.changed.emit()

    # -- opening and saving --------------------------------------------------------------------------------------------

    def open_file(self, path: Path, in_spite_of_lock: bool = False) -> None:
        """Open a .gknb. UserError, or InUse when another window has it."""
        self.remember_folder("open", path.parent)
        self.open(session.open_report(path, in_spite_of_lock))

    def is_own(self, path: Path) -> bool:
        """Whether a file is a .gknb: by its beginning, whatever it is called."""
        try:
            with path.open("rb") as file:
                start = file.read(80)
        except OSError:
            start = b""
        return path.suffix.lower() == SUFFIX or looks_like_gknb(start)

    def read_any(self, path: Path) -> AnyReport:
        """Read a report of any type, also a .gknb; may run off the GUI thread."""
        return read_any(path)

    def read_prior(self, path: Path) -> Report:
        """A report of any type to lay beside this one as last year's."""
        return read_any(path).certain

    def begin_from(self, prior: Report, year: int, source: Path | None = None) -> None:
        self.open(session.new_from(prior, year, self._office_pages()))
        self._source = source

    def open_read(self, read: AnyReport, source: Path | None = None) -> None:
        self.open(session.document_of(read))
        self._source = source

    def begin_blank(self, agency_name: str, year: int) -> None:
        self.open(session.new_blank(agency_name, year, self._office_pages()))

    def _office_pages(self) -> PageSettings | None:
        """版面设置 that the office wants in every new report."""
        known = self.preference(OFFICE_PAGES, {})
        try:
            return PageSettings(**known) if known else None
        except (TypeError, ValueError):  # of another program's hand
            return None

    def open_example(self) -> None:
        self.open(example.open_example())

    @property
    def is_example(self) -> bool:
        """Whether the open report is the program's own, to look at."""
        return self._document is not None and example.is_example(self._document)

    def save(self, path: Path | None = None, force: bool = False) -> Path:
        """Save where it lies, or to `path`. UserError, ChangedOnDisk, InUse."""
        self.take_over()
        self._autosaving.stop()
        try:
            saved = session.save(self.document, path, force)
        except BaseException:
            self._autosaving.start()  # what could not be saved is kept all the same
            raise
        self.remember_folder("save", saved.parent)
        words = "".join(f"；{one.words}，没有存进去" for one in self.unread()[:1])
        self.message.emit(f"已保存到“{saved}”{words}")
        return saved

    def keep_work(self) -> bool:
        """Keep what is not saved where a crash cannot reach it; whether anything was written. Raises when it could not be."""
        return self._autosaving.write_now()

    def keep_all(self) -> bool:
        """The same with what stands in open fields: the program ends without asking."""
        self.take_over()
        return self.keep_work()

    def autosave(self) -> None:
        """The same by the way: what goes wrong is said in the status line, and tried again."""
        self._autosaving.write_by_the_way()

    def existing(self, targets: list[Path]) -> list[str]:
        """The names of those targets that are there already."""
        return [path.name for path in targets if files.is_there(path)]

    def export(
        self,
        targets: list[Path],
        force: bool,
        accessible: bool = False,
        word_source: Path | None = None,
        sign_field: bool = False,
        signed_by: Certificate | None = None,
    ) -> Callable[[Callable[[str], None]], list[Path]]:
        """A job that writes the official document to each target; NotReady unless `force`."""
        self.take_over()
        copy = self.document.twin()

        def work(step: Callable[[str], None]) -> list[Path]:
            step("正在导出……")
            looks = (None, accessible, word_source)
            return session.export(copy, targets, force, *looks, step, sign_field, signed_by)

        return work

    @property
    def is_draft(self) -> bool:
        """Whether something stands in the way of handing the report in: then 草稿 is printed across its pages. Checks everything."""
        return session.left_to_do(self.document).is_draft

    def pages(self, is_draft: bool) -> Callable[[], Preview]:
        """A call for another thread: the pages as they would be printed now."""
        report = self.document.report
        return lambda: self.previews.make(report, is_draft)

    # -- unsaved work and recent reports -------------------------------------------------------------------------------

    def recoverable(self) -> list[Recovery]:
        return session.recoverable()

    def recover(self, item: Recovery) -> None:
        self.open(session.recover(item))

    def discard(self, item: Recovery) -> None:
        session.discard(item)

    def recent(self, most: int | None = None) -> list[RecentReport]:
        """The reports of late, each with what it is and how far; one that cannot be read says so."""
        return [recent_report(path) for path in session.recent()[:most]]

    # -- changes -------------------------------------------------------------------------------------------------------

    def repair(self, finding: Finding) -> None:
        """Carry out what a finding offers, as one step of undo; zeros for blank cells are shown in their table first."""
        if finding.repair is not None:
            if self.document.fills_blanks(finding.repair):
                self.filling_wanted.emit(finding)
            elif self.document.apply(finding.repair):
                self.message.emit(f"已修复：{finding.repair.text}，可以撤销")
            else:
                self.message.emit("这里的文字已经改过，请核对后再改")

    def repair_all(self, findings: Iterable[Finding]) -> None:
        """Carry out every safe repair, as one step of undo."""
        repairs = [one.repair for one in findings if one.repair is not None and one.repair.is_safe]
        count = self.document.apply(*repairs, name="全部修复")
        self.message.emit(done_words(repairs, count))

    def explain(self, finding: Finding, reason: str) -> None:
        """Let a finding stand with a reason, as one step of undo."""
        self.document.explain(finding, reason, today())
        self.message.emit("已记下说明，可以撤销")

    def take_back(self, finding: Finding) -> None:
        """Its explanation goes; it wants something again."""
        self.document.take_back(finding)
        self.message.emit("已取消说明，可以撤销")

    def show_finding(self, finding: Finding) -> None:
        """Ask the window for the place where a finding is mended."""
        if finding.cells and finding.start < 0:
            self.cell_wanted.emit(finding.cells[0])
        else:
            self.place_wanted.emit(page_of(self.document.form, finding.section), finding.start, finding.end)

    def typed(self) -> None:
        """A key was pressed in a text: the step of undo ends when no other follows soon."""
        self._pause.start()

    @property
    def is_typing(self) -> bool:
        """Whether keys come one after the other: what need not follow each of them may wait a moment."""
        return self._pause.isActive()

    def end_typing(self) -> None:
        self._pause.stop()
        if self._document is not None:
            self._document.end_merge()

    # -- what is being typed -------------------------------------------------------------------------------------------

    def watch(self, entry: Entry) -> None:
        """From now on this widget is asked for what stands in it, as long as the report is open."""
        self._entries.append(entry)

    def watches(self, entry: Entry) -> bool:
        """Not any more when its report was put away: then it must leave the next one alone."""
        return any(one is entry for one in self._entries)

    def take_over(self) -> None:
        """What stands in open fields becomes the report's: before saving, closing, exporting, undoing, leaving a page."""
        for entry in self._entries:
            entry.take_over()
        self.end_typing()

    def unread(self) -> list[Unread]:
        """What was typed and could not be read: the report does not hold it."""
        return [one for entry in self._entries for one in entry.unread()]

    def _tell_unread(self) -> None:
        """The check names what stands unread in a cell, as long as it stands there."""
        if self._document is not None:
            self._document.set_unread({one.cell: one.reason for one in self.unread() if one.cell is not None})

    @property
    def has_open_entries(self) -> bool:
        return any(entry.is_open for entry in self._entries)

    def undo(self, steps: int = 1) -> None:
        """Take back the last step, or so many."""
        self.take_over()
        self._travel(lambda: self.document.undo(steps), "已撤销", UNDONE, self.document.undo_names[:steps])

    def redo(self) -> None:
        self.take_over()
        names = [self.document.redo_name] if self.document.redo_name else []
        self._travel(self.document.redo, "已重做", REDONE, names)

    def _travel(self, step: Callable[[], None], words: str, verb: str, names: list[str]) -> None:
        """Undo or redo, then show the place that changed; what was said of the step before stands no longer."""
        before = self.document.report
        step()
        change = between(before, self.document.report)
        if change is not None:
            self.change_wanted.emit(change)
        if len(names) > 1:
            self.message.emit(f"{words}{len(names)}步，最早的是：{names[-1]}")
        elif names:
            self.message.emit(f"{words}：{told(names[0], before, self.document.report, verb)}")

    def show_cell(self, ref: CellRef) -> None:
        self.cell_wanted.emit(ref)

    # -- what is remembered --------------------------------------------------------------------------------------------

    def folder(self, purpose: str) -> str:
        """The last folder for a purpose, else that of the open report, else the user's own.

        A report that begins from last year's is first saved beside it.
        """
        is_new = self._document is not None and self._document.path is None
        if purpose == "save" and is_new and self._source is not None and paths.is_folder(self._source.parent):
            return str(self._source.parent)
        if (known := stored.load().folder(purpose)) is not None:
            return str(known)
        if self._document is not None and self._document.path is not None:
            return str(self._document.path.parent)
        documents = Path.home() / "Documents"
        return str(documents if paths.is_folder(documents) else Path.home())

    def remember_folder(self, purpose: str, folder: Path) -> None:
        stored.save(stored.load().with_folder(purpose, folder))

    def preference(self, name: str, standard: Any) -> Any:
        """What the window remembers under a name."""
        return _preferences(stored.load().layout).get(name, standard)

    def set_preference(self, name: str, value: Any) -> None:
        known = stored.load()
        layout = json.dumps({**_preferences(known.layout), name: value}, ensure_ascii=False)
        if layout != known.layout:
            stored.save(replace(known, layout=layout))

    @property
    def settings(self) -> stored.Settings:
        return stored.load()

    def change_settings(self, settings: stored.Settings) -> None:
        """Keep them; the open report is checked by them at once."""
        stored.save(settings)
        if self._document is not None and self._document.check_settings != settings.checks:
            self._document.use_checks(settings.checks)

    @property
    def geometry(self) -> str:
        return stored.load().geometry

    def set_geometry(self, text: str) -> None:
        stored.save(replace(stored.load(), geometry=text))


def _nothing() -> None:
    """Nobody listens."""


@lru_cache(maxsize=1)
def _preferences(layout: str) -> dict[str, Any]:
    """What the window remembers, to be read only."""
    try:
        found = json.loads(layout or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
