"""Lines as other programs frame them — quoted in a letter, boxes drawn with signs, fields between commas, <br> in a cell — as plain ones.

Each line stays where it is, so that line numbers stay those of the file.
"""

import csv
import re
from collections.abc import Iterator, Sequence

_LEAST_ROWS = 3  # lines with as many commas one after the other that are a table
_LEAST_FIELDS = 3
_LONGEST = 2000  # characters of a row
# > > 规章: a line of a letter that is answered
_QUOTED = re.compile(r"(?:>\s?)+")
_MOSTLY = 0.9  # part of the lines that are quoted
# │规章│3│ between ├───┼───┤; ｜ is typed for it too
_BARS = str.maketrans("│┃║｜", "||||")
_BOX = re.compile(r"[\s|┌┬┐├┼┤└┴┘─━═╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛┏┳┓┣╋┫┗┻┛┠╂┨+-]+")
_BOX_SIGN = re.compile("[┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛┏┳┓┣╋┫┗┻┛┠╂┨]")
# 行政<br>许可 is one label, 12<br>34 are two numbers or one that was broken
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BREAK_IN_NUMBER = re.compile(r"(?<=[0-9])(?:<br\s*/?>)+(?=[0-9])", re.IGNORECASE)
# 规章 …… 3 0 12: dots that lead from a label to its numbers
_DOTS = re.compile(r"\s*(?:…{1,20}|[.·．]{3,200})\s*(?=[0-9][0-9.,\s]*$)")
_LEADERS = ("…", "...", "···", "．．．")
# [cols="1,1"]: attributes over a table of AsciiDoc
_ATTRIBUTES = re.compile(r"\[[a-z%\"][^\]]*\]")


def plain_lines(lines: Sequence[str]) -> list[str]:
    """The lines without such frames."""
    found = [_plain(line) for line in _unquoted(lines)]
    for at, line in enumerate(found[:-1]):
        if _ATTRIBUTES.fullmatch(line.strip()) and found[at + 1].strip() == "|===":
            found[at] = ""
    for start, end in _runs_of_commas(found):
        found[start:end] = ["\t".join(_fields(line)) + "\t" for line in found[start:end]]
    return found


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    filled = [line for line in lines if line.strip()]
    quoted = sum(line.startswith(">") for line in filled)
    if quoted < max(2, _MOSTLY * len(filled)):
        return lines
    return [_QUOTED.sub("", line, count=1) if line.startswith(">") else line for line in lines]


def _plain(line: str) -> str:
    line = line.translate(_BARS)
    if len(line) > _LONGEST:
        return line
    if _BOX_SIGN.search(line) and _BOX.fullmatch(line):
        return ""
    if "<" in line and _BREAK.search(line):
        line = _BREAK.sub("", _BREAK_IN_NUMBER.sub(" ", line))
    return _DOTS.sub(" ", line) if any(one in line for one in _LEADERS) else line


def _runs_of_commas(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """[start, end) of lines with as many fields between commas each, some of them numbers."""
    start = 0
    while start < len(lines):
        width = len(_fields(lines[start]))
        end = start + 1
        while width >= _LEAST_FIELDS and end < len(lines) and len(_fields(lines[end])) == width:
            end += 1
        if end - start >= _LEAST_ROWS and any(
            one.strip().isdigit() for line in lines[start:end] for one in _fields(line)
        ):
            yield start, end
        start = end


def _fields(line: str) -> list[str]:
    """The fields of one line; one for a sentence or a row that other signs part."""
    if "," not in line or "\t" in line or "|" in line or "。" in line or len(line) > _LONGEST:
        return [line]
    return next(csv.reader([line]), [line])
