"""The files of a roll-up read and checked by second processes of this program, one for each core, or here where they are few."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

import app
from app.checks.settings import CheckSettings
from app.county.reading import key_of, plain, read_one
from app.county.shelf import Record
from app.errors import UserError
from app.machine import framed
from app.storage import files

WORD = "--rollup-worker"  # the program called with this reads for a roll-up until its input ends
MANY = 40  # files from which it pays to start other processes
_MOST = 4  # processes
_AHEAD = 16  # records that may wait to be laid on the shelf
_PATIENCE = 0.2  # seconds after which it is asked again whether the work is still wanted

Outcome = (
    Record | bytes | UserError
)  # what was found, or the key of what lies on the shelf, or why it cannot be read
_LOST = UserError("读的时候出了意外，没有读成", "请单独打开它看一看")


class Read(NamedTuple):
    """`number` counts the files from 0; they come in any order."""

    number: int
    outcome: Outcome


def pays(count: int) -> bool:
    return count >= MANY and (os.cpu_count() or 1) > 1


def outcomes(
    names: Sequence[str],
    settings: CheckSettings,
    is_known: Callable[[bytes], bool] | None,
    step: Callable[[], object],
) -> Generator[Read, None, None]:
    """What is in each file. `is_known` tells the keys that need not be read again; what `step` raises ends all of it."""
    if not pays(len(names)):
        for number, name in enumerate(names):
            yield Read(number, _here(name, settings, is_known))
        return
    team = _Team(names, settings, is_known)
    try:
        for _ in names:
            while (one := team.next()) is None:
                step()
            yield one
    finally:
        team.end()


def _here(name: str, settings: CheckSettings, is_known: Callable[[bytes], bool] | None) -> Outcome:
    try:
        return _known(name, is_known) or read_one(name, settings)
    except UserError as error:
        return error


def _known(name: str, is_known: Callable[[bytes], bool] | None) -> bytes | None:
    """The key of what need not be read again."""
    if is_known is None:
        return None
    key = key_of(files.read_bytes(Path(name)), name)
    return key if is_known(key) else None


class _Team:
    """As many processes as there are cores, each asked by a thread of its own."""

    def __init__(
        self, names: Sequence[str], settings: CheckSettings, is_known: Callable[[bytes], bool] | None
    ) -> None:
        self._tasks = iter(enumerate(names))
        self._settings, self._is_known = settings, is_known
        self._lock = threading.Lock()
        self._answers: queue.Queue[Read] = queue.Queue(_AHEAD)
        self._is_over = threading.Event()
        count = min(_MOST, os.cpu_count() or 1)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]
        for one in self._threads:
            one.start()

    def next(self) -> Read | None:
        try:
            return self._answers.get(timeout=_PATIENCE)
        except queue.Empty:
            return None

    def end(self) -> None:
        """No more is wanted; the processes end with their input."""
        self._is_over.set()
        while any(one.is_alive() for one in self._threads):
            self.next()

    def _work(self) -> None:
        with _Process(self._settings) as process:
            while not self._is_over.is_set():
                with self._lock:
                    task = next(self._tasks, None)
                if task is None:
                    return
                number, name = task
                self._answers.put(Read(number, self._outcome(process, name)))

    def _outcome(self, process: "_Process", name: str) -> Outcome:
        try:
            return _known(name, self._is_known) or process.read(name)
        except UserError as error:
            return error
        except Exception:  # a name that no pipe carries, no memory: the others are still read
            return _LOST


class _Process:
    """One second process, begun at its first file. One that dies over a file is begun again for the next."""

    def __init__(self, settings: CheckSettings) -> None:
        self._settings = settings
        self._can_run = True
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "_Process":
        return self

    def __exit__(self, *_error: object) -> None:
        self._end()

    def read(self, name: str) -> Record:
        """UserError also when the process died over it: it may be the file that is too much for any."""
        if self._process is None and not self._begins():
            return read_one(name, self._settings)
        answer = self._ask(os.fsencode(name))
        if answer is None:
            self._end()
            raise _LOST
        key, head, body = answer
        if not key:
            raise UserError(*json.loads(head))
        return Record(key, json.loads(head), body)

    def _begins(self) -> bool:
        """Whether a second process can run here, and answers."""
        if not self._can_run:
            return False
        own = [] if getattr(sys, "frozen", False) else ["-m", "app"]
        try:
            self._process = subprocess.Popen(
                [sys.executable, *own, WORD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(app.__file__).parent.parent,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            )
            self._can_run = self._ask(json.dumps(plain(self._settings)).encode()) is not None
        except OSError:
            self._can_run = False
        if not self._can_run:
            self._end()
        return self._can_run

    def _ask(self, data: bytes) -> tuple[bytes, bytes, bytes] | None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            framed.send(self._process.stdin, data)
            return _answer(self._process.stdout)
        except OSError:
            return None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()  # it writes nothing but its answer
        process.communicate()


# -- the second process --------------------------------------------------------------------------------------------------------


def serve() -> int:
    """Answer each name from standard input on standard output until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program that asks
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may get between the answers
    if (first := framed.receive(requests)) is None:
        return 0
    settings = CheckSettings(*json.loads(first))
    framed.send(answers, b"", b"", b"")  # it is there
    while (name := framed.receive(requests)) is not None:
        try:
            key, head, body = read_one(os.fsdecode(name), settings)
            framed.send(answers, key, json.dumps(head).encode(), body)
        except UserError as error:
            framed.send(answers, b"", json.dumps([error.what, error.what_to_do]).encode(), b"")
    return 0


def _answer(stream: IO[bytes]) -> tuple[bytes, bytes, bytes] | None:
    key, head, body = (framed.receive(stream) for _ in range(3))
    return None if key is None or head is None or body is None else (key, head, body)
