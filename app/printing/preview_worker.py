"""The pages for the preview, made by a second process of this program, so that making them never holds up a key.

The window asks one request at a time and waits in a thread of its own. Where no second process can run, the pages are made here.
"""

import copyreg
import gc
import marshal
import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from app.errors import UserError
from app.form.model import CellRef
from app.machine import framed
from app.machine.offline import stay_offline
from app.report.model import Report
from app.typesetting.pages import Page, Part, Piece, Source, Spot, find_spot

if TYPE_CHECKING:  # only the window begins a process
    import subprocess

WORD = "--preview-worker"  # the program called with this serves previews until its input ends
_SERVE = "from app.printing import preview_worker; preview_worker.serve()"
_POLITE = 5  # on Windows: a priority below normal
_IDLE = 60.0  # seconds without a request after which the second process ends; it is started again at need
# The C library gives back at once what a preview no longer needs, and keeps no second heap for it.
_SMALL = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}


def _frozen(known: dict[Any, Any]) -> "MappingProxyType[Any, Any]":
    return MappingProxyType(known)


copyreg.pickle(
    MappingProxyType, lambda known: (_frozen, (dict(known),))
)  # a report's are frozen, and pickle does not know these


# A piece of a page: x, top, width, height, section, paragraph, cell. Plain, so that it is received in a moment.
Place = tuple[float, float, float, float, str, int, tuple[str, str, str] | None]


class Preview(NamedTuple):
    """The PDF, and what stands where on each of its pages."""

    pdf: bytes
    sizes: list[tuple[float, float]]
    places: list[
        bytes
    ]  # of each page, as marshal writes a list of Place: unpacked only when that page is asked about

    def source_at(self, page: int, x: float, y: float) -> Source | None:
        """What stands at a point (in points from the upper left corner) of a page, counted from 0."""
        return self._page(page).source_at(x, y)

    def spot(self, source: Source) -> Spot | None:
        """Where a place of the report first stands."""
        return find_spot((self._page(number) for number in range(len(self.sizes))), source)

    def places_of(self, page: int) -> list[Place]:
        found: list[Place] = marshal.loads(self.places[page])
        return found

    def _page(self, number: int) -> Page:
        pieces = (
            Piece(
                x, top, width, height, Part.TEXT, Source(section, paragraph, CellRef(*cell) if cell else None)
            )
            for x, top, width, height, section, paragraph, cell in self.places_of(number)
        )
        return Page(number + 1, *self.sizes[number], tuple(pieces))


def make(report: Report, draft: bool) -> Preview:
    """The pages as an export would print them now; `draft` prints 草稿 across them."""
    from app.exporting.exporter import pdf_and_pages
    from app.form.catalog import form

    pdf, pages = pdf_and_pages(report, form(report.form), draft)
    places = [marshal.dumps(_places(page)) for page in pages]
    return Preview(pdf, [(page.width, page.height) for page in pages], places)


class Faces(NamedTuple):
    """What is told of the faces that are used: in one line, in full; and of characters that none of them has."""

    line: str
    whole: str
    unprintable: str


def faces_of(report: Report) -> Faces:
    """Reading faces takes time, and what is read of them memory: the process that sets the pages has them already."""
    from app.exporting.unprintable import in_report, sentence
    from app.form.catalog import form
    from app.printing.page_looks import face_words

    return Faces(*face_words(), sentence(in_report(report), form(report.form)))


def _places(page: Page) -> list[Place]:
    found: list[Place] = []
    for piece in page.pieces:
        if piece.part is not Part.ARTIFACT:
            section, paragraph, ref = piece.source
            cell = (ref.table, ref.row, ref.column) if ref else None
            found.append((piece.x, piece.top, piece.width, piece.height, section, paragraph, cell))
    return found


# -- the second process ----------------------------------------------------------------------------------------------------


def serve() -> int:
    """Answer requests from standard input on standard output until it ends; a UserError is an answer too, None is a bug."""
    stay_offline()
    if hasattr(os, "nice"):
        os.nice(_POLITE)  # whoever types comes first
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may get between the answers
    while (data := framed.receive(requests)) is not None:
        framed.send(answers, pickle.dumps(_answer(data), pickle.HIGHEST_PROTOCOL))
        gc.collect()
        gc.freeze()  # fonts and forms stay; looking through them again would cost more than they are worth
    return 0


_ANSWERS: dict[str, Callable[..., Any]] = {"pages": make, "faces": faces_of}


def _answer(data: bytes) -> Any:
    try:
        question, *what = pickle.loads(data)
        return _ANSWERS[question](*what)
    except UserError as error:
        return error
    except Exception:
        return None


# -- and the window's end of it ----------------------------------------------------------------------------------------------


def command() -> Sequence[str]:
    """How the program is called once more, from source and when frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    return [sys.executable, "-c", _SERVE]  # `-m app` would bring the command line with it


class PreviewWorker:
    """Makes previews; `make` and `faces` may be called from any thread, `close` ends the second process."""

    def __init__(self, call: Sequence[str] | None = None, idle: float = _IDLE) -> None:
        self._call = list(call or command())
        self._idle = idle
        self._waiting: threading.Timer | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._failures = 0  # twice without an answer: from then on here

    def make(self, report: Report, draft: bool) -> Preview:
        found: Preview = self._answered("pages", report, draft)
        return found

    def faces(self, report: Report) -> Faces:
        found: Faces = self._answered("faces", report)
        return found

    def _answered(self, question: str, *what: object) -> Any:
        with self._lock:
            self._stop_waiting()
            answer = self._ask(question, *what) if self._failures < 2 else None
            self._wait()
        if isinstance(answer, UserError):
            raise answer
        return answer if answer is not None else _ANSWERS[question](*what)  # a bug shows itself here

    def _wait(self) -> None:
        """Nobody may ask for a long time; what it holds is worth more elsewhere."""
        self._waiting = threading.Timer(self._idle, self._rest)
        self._waiting.daemon = True
        self._waiting.start()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _rest(self) -> None:
        if self._lock.acquire(blocking=False):  # one that works is asked again soon
            try:
                self._end()
            finally:
                self._lock.release()

    @property
    def is_running(self) -> bool:
        return self.process_id != 0

    @property
    def process_id(self) -> int:
        """The second process; 0 while there is none."""
        return self._process.pid if self._process is not None and self._process.poll() is None else 0

    def _ask(self, question: str, *what: object) -> Any:
        try:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            framed.send(process.stdin, pickle.dumps((question, *what)))
            data = framed.receive(process.stdout)
        except OSError:
            data = None
        if data is None:
            self._failures += 1
            self._end()
            return None
        return pickle.loads(data)

    def _running(self) -> "subprocess.Popen[bytes]":
        import subprocess

        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self._call,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_SMALL},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            )
        return self._process

    def _end(self) -> None:
        from subprocess import TimeoutExpired

        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # a process that died while it was written to
                    continue
        try:
            process.wait(1)
        except TimeoutExpired:
            process.kill()
            process.wait()

    def close(self) -> None:
        """The second process ends with its input."""
        self._stop_waiting()
        self._end()
