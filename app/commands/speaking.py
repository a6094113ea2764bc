"""How the command line speaks: results to standard output, the rest to standard error; what could not be written is remembered."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

_CONTROLS = dict.fromkeys(
    {*range(32), *range(127, 160)} - {9, 10}, "\ufffd"
)  # in a file's name: not to be obeyed
_lost: dict[int, str] = {}  # 1 or 2, the stream that takes no more → why


def say(line: str) -> None:
    """A result, to standard output. BrokenPipeError when whoever was reading has gone."""
    try:
        _print(line, sys.stdout, 1)
    except BrokenPipeError:
        _give_up(sys.stdout, 1)
        raise


def say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def say_json(data: dict[str, Any]) -> None:
    """One object a line; half a surrogate pair becomes JSON's own escape."""
    text = json.dumps(data, ensure_ascii=False)
    say(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def say_pieces(pieces: Iterable[str]) -> None:
    """A line too long to be held in memory; what is in it is JSON and has no control character."""
    try:
        for piece in pieces:
            _print(piece, sys.stdout, 1, end="")
        _print("", sys.stdout, 1)
    except BrokenPipeError:
        _give_up(sys.stdout, 1)
        raise


def tell(line: str) -> None:
    """Progress or a refusal, to standard error; where nobody can hear it the work goes on and the exit status says it."""
    try:
        _print(line.replace("\n", "\ufffd"), sys.stderr, 2)
    except BrokenPipeError:
        _give_up(sys.stderr, 2)


def _print(line: str, stream: TextIO | None, number: int, end: str = "\n") -> None:
    if stream is None or number in _lost:  # a program without a console has none
        return
    try:
        print(line.translate(_CONTROLS), end=end, file=stream, flush=bool(end))
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk behind > or 2>
        _lost[number] = error.strerror or type(error).__name__
        _give_up(stream, number)


def _give_up(stream: TextIO | None, number: int) -> None:
    """What waits in the stream goes nowhere: Python would fail once more at its end, and change the exit status."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        assert stream is not None
        if stream.fileno() == number:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def begin() -> None:
    """UTF-8 whatever the locale says: scripts rely on it."""
    _lost.clear()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell_what_was_lost() -> None:
    """That results could not be shown is said where it can still be heard; files that were written stand."""
    if 1 in _lost:
        tell(f"结果没有写出来：标准输出写不进去（{_reason(_lost[1])}）。写好的文件不受影响。")


def _reason(words: str) -> str:
    return "磁盘已满" if words == os.strerror(28) else words


def silence_warnings() -> None:
    """Python's warnings are for who works on the program; `python -W` shows them."""
    if not sys.warnoptions:
        import warnings

        warnings.simplefilter("ignore")
