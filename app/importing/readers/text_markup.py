"""Tables as the markup languages write them (grids of + and -, bars, AsciiDoc, MediaWiki, LaTeX) → rows between pipes.

Each row comes to stand in its first line, the others are left empty, so that line numbers stay those of the file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

_MOST_LINES = 3000  # of one table
_MOST_ROW_LINES = 120  # of a row broken over lines
_MOST_CELL_LINES = 6
_MOST_EMPTY = 3  # lines between two rows
_LEAST_BARS = 4  # lines of nothing but a bar that part cells
# +----+====+: a border of a grid
_BORDER = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_GRID_LINE = re.compile(r"\s*[|+].*[|+]\s*")
_BAR = re.compile(r"(?<!\\)\|")
_FILLED_UP = re.compile(r"\|{2,}\s*$")
_ONLY_BARS = re.compile(r"[\s|]*\|[\s|]*")
_NUMBER = re.compile(r"[+\-−]?[0-9０-９][0-9０-９.,]*(?:万?元)?")
# How a label or a heading begins: 一、 （三） 4.
_ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,2}[、.．])"
)
# 2+|, .3+^|, a|: spans and styles before a cell of AsciiDoc
_ASCIIDOC_CELL = re.compile(r"(?:^|(?<=\s))(?:[0-9]*\.?[0-9]*\+)?[<^>.]*[adehlmsv]?\|")
# colspan="2" | 规章: the attributes of a cell of MediaWiki
_ATTRIBUTES = re.compile(r"\s*(?:[a-z-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w%#.-]+)\s*)+\|(?!\|)", re.IGNORECASE)
_TEX_TABLE = re.compile(r"\\begin\{(?:tabular[x*]?|longtable|tabulary|array)\}")
_TEX_END = re.compile(r"\\end\{(?:tabular[x*]?|longtable|tabulary|array)\}")
_TEX_SPAN = re.compile(r"\\multi(?:column|row)\s*\{[^{}]*\}\s*(?:\[[^\]]*\])?\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*")
# lines, boxes and foot lines of a table, which say nothing
_TEX_MARKS = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|cline\{[^}]*\}|cmidrule(?:\([^)]*\))?"
    r"\{[^}]*\}|noalign\{\}|begin\{minipage\}(?:\[[^\]]*\])*\{[^}]*\}|end\{minipage\}|tabularnewline)"
)
_TEX_WORD = re.compile(r"\\[a-zA-Z]+\*?\s*")
_TEX_SIGN = re.compile(r"\\([%&#$_{}])")
# == 一、总体情况 ==, == 一、总体情况
_HEADING = re.compile(r"={1,6}\s+(.*?)(?:\s+={1,6})?\s*")
_UNDERLINE = re.compile(r"={4,}|-{4,}|~{4,}|\^{4,}")
_TEX_HEADING = re.compile(
    r"\s*(?:\\hypertarget\{[^}]*\}\{%?\s*)?\\(?:sub)*(?:section|title|chapter)\*?\{([^{}]*)\}.*"
)

Rows = Iterable[tuple[int, Sequence[str]]]  # (line, cells)


def with_pipes(lines: list[str]) -> list[str]:
    """The lines with each such table as rows between pipes, headings without their marks; other lines stay as they are."""
    found = list(lines)
    open_until: dict[str, int] = {}  # a table that is never closed is looked for once, not at each line
    at = 0
    while at < len(found):
        end = _table(found, at, open_until)
        if end == at:
            found[at] = _without_marks(found[at], found[at - 1] if at else "")
        at = max(end, at + 1)
    return found


def _table(lines: list[str], start: int, open_until: dict[str, int]) -> int:
    """Put the table that begins here between pipes; → the line behind it, or `start` where none begins."""
    if _is_lone_bar(lines[start]):
        end = _between_lone_bars(lines, start)
        return end if end > start else _whole_row(lines, start)
    for kind in _KINDS:
        if start >= open_until.get(kind.name, 0) and kind.begins(lines[start]):
            end = kind.end(lines, start)
            if end == start:
                open_until[kind.name] = start + (1 if kind.name == "grid" else _MOST_LINES)
            else:
                _replace(lines, start, end, kind.rows(lines, start, end))
            return end
    return _barred(lines, start) if _is_barred(lines[start]) else start


def _without_marks(line: str, above: str) -> str:
    """== 一、总体情况 ==, \\section{一、总体情况} → the heading; a line of signs under one is no text."""
    if above.strip() and _UNDERLINE.fullmatch(line.strip()):
        return ""
    found = _HEADING.fullmatch(line) or _TEX_HEADING.fullmatch(line)
    return found[1] if found else line


def _replace(lines: list[str], start: int, end: int, rows: Rows) -> None:
    new = [""] * (end - start)
    for line, cells in rows:
        new[line - start] = "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    lines[start:end] = new


def _closed(lines: Sequence[str], start: int, closes: Callable[[str], bool]) -> int:
    """The line behind the one that closes the table begun at `start`; `start` where none does."""
    for at in range(start + 1, min(len(lines), start + _MOST_LINES)):
        if closes(lines[at]):
            return at + 1
    return start


# -- grids of + and - -----------------------------------------------------------------------------------------------------


def _is_border(line: str) -> bool:
    return _BORDER.fullmatch(line) is not None


def _end_of_grid(lines: Sequence[str], start: int) -> int:
    end = start
    while end < min(len(lines), start + _MOST_LINES) and _GRID_LINE.fullmatch(lines[end]):
        end += 1
    return end if end - start > 2 else start


def _grid(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines between two borders are the lines of one row's cells; digits that a narrow cell broke stay together."""
    first = start
    for at in range(start, end):
        if _is_border(lines[at]):
            if at > first:
                yield first, _grid_cells(lines[first:at])
            first = at + 1


def _grid_cells(lines: Iterable[str]) -> list[str]:
    parts = [[part.strip() for part in _BAR.split(line.strip())[1:-1]] for line in lines]
    return ["\n".join(filter(None, cell)) for cell in zip_longest(*parts, fillvalue="")]


# -- bars between and after the cells, none before the first --------------------------------------------------------------


def _is_barred(line: str) -> bool:
    """规章 | 3 | 0; 规章 | 3; 规章 |: with bars, but not between two of them."""
    return _BAR.search(line) is not None and not line.lstrip().startswith("|") and "。" not in line


def _end_of_bars(lines: Sequence[str], start: int) -> int:
    """The line behind the last with bars; a few empty ones may stand between them."""
    end = at = start
    while at < min(len(lines), start + _MOST_LINES) and at - end <= _MOST_EMPTY:
        if _is_barred(lines[at]) or _ONLY_BARS.fullmatch(lines[at]):
            end = at + 1
        elif lines[at].strip():
            break
        at += 1
    return end


def _cells(line: str) -> list[str]:
    return [part.strip() for part in _BAR.split(line.strip().removesuffix("|").rstrip("|"))]


def _barred(lines: list[str], start: int) -> int:
    """Rows between pipes; where each line is one cell, the cells on lines of their own, for labels tell the rows then.

    They make a table where one of them has a number between its bars, or two end in a bar.
    """
    end = _end_of_bars(lines, start)
    has_numbers = any(_NUMBER.fullmatch(one) for line in lines[start:end] for one in _cells(line))
    if not has_numbers and sum(line.rstrip().endswith("|") for line in lines[start:end]) < 2:
        return end  # as they are
    are_rows = any(len(_cells(line)) > 1 for line in lines[start:end] if not _ONLY_BARS.fullmatch(line))
    for at in range(start, end):
        if _ONLY_BARS.fullmatch(lines[at]) or not lines[at].strip():
            lines[at] = ""
        elif are_rows:
            _replace(lines, at, at + 1, [(at, _cells(lines[at]))])
        else:
            lines[at] = _cells(lines[at])[0]
    return end


def _is_lone_bar(line: str) -> bool:
    return line.rstrip() == "|"


def _between_lone_bars(lines: list[str], start: int) -> int:
    """Cells with a line of nothing but a bar between each two; → `start` where it is no such table.

    Each comes to stand in one line; what is the end of the table and the text behind it is left as it is.
    """
    bars = [start]
    for at in range(start + 1, min(len(lines), start + _MOST_LINES * 2)):
        if _is_lone_bar(lines[at]):
            bars.append(at)
        elif "|" in lines[at] or at - bars[-1] > _MOST_CELL_LINES:
            break
    if len(bars) < _LEAST_BARS:
        return start
    for first, last in pairwise(bars):
        filled = [at for at in range(first + 1, last) if lines[at].strip()]
        if not any(_ORDINAL.match(lines[at]) or "。" in lines[at] for at in filled[1:]):
            _join(lines, filled)
    for at in bars:
        lines[at] = ""
    return bars[-1] + 1


def _join(lines: list[str], places: Sequence[int]) -> None:
    """The lines of one cell as one; two numbers stay apart, for nothing tells whether they are one."""
    for at in places[1:]:
        before, text = lines[places[0]].strip(), lines[at].strip()
        gap = " " if before[-1:].isdigit() and text[:1].isdigit() else ""
        lines[places[0]], lines[at] = before + gap + text, ""


def _whole_row(lines: list[str], start: int) -> int:
    """A row between pipes that was broken over lines, begun by a lone “|”: all of it in its first line.

    “||” at a row's end only fills up for cells that span: it is no blank cell, which has a space in it.
    """
    end = _row_end(lines, start)
    joined = "".join(line if "|" in line else line.strip() for line in lines[start:end])
    lines[start:end] = [_FILLED_UP.sub("|", joined.strip()), *[""] * (end - start - 1)]
    return end


def _row_end(lines: list[str], start: int) -> int:
    """After which line the row that a lone “|” begins is over."""
    last = start
    for at in range(start + 1, min(start + _MOST_ROW_LINES, len(lines))):
        plain = lines[at].strip()
        if (
            _is_lone_bar(lines[at])
            or (at - last > _MOST_CELL_LINES)
            or (not plain.endswith("|") and "|" in plain)
        ):
            break
        if plain.endswith("|"):
            last = at
    return last + 1


# -- AsciiDoc, MediaWiki, LaTeX -------------------------------------------------------------------------------------------


def _is_asciidoc(line: str) -> bool:
    return line.strip() == "|==="


def _asciidoc(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, Sequence[str]]]:
    """A line with several cells is a row; where each has one, they are a row up to an empty line."""
    inner = range(start + 1, end - 1)
    for is_filled, group in groupby(inner, lambda at: bool(lines[at].strip())):
        places = list(group) if is_filled else []
        cells = [_asciidoc_cells(lines[at]) for at in places]
        if any(len(one) > 1 for one in cells):
            yield from zip(places, cells, strict=True)
        elif places:
            yield places[0], [one for line in cells for one in line]


def _asciidoc_cells(line: str) -> list[str]:
    return [one.strip() for one in _ASCIIDOC_CELL.split(line.strip())][1:]


def _mediawiki(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, Sequence[str]]]:
    row: list[str] = []
    first = start
    for at in range(start + 1, end):
        line = lines[at].strip()
        if line.startswith(("|-", "|}")):
            if row:
                yield first, row
            row = []
        elif line.startswith(("|", "!")) and not line.startswith("|+"):
            first = first if row else at
            parts = re.split(r"\|\||!!", line[1:])
            row.extend(_ATTRIBUTES.sub("", part, count=1).strip() for part in parts)
        elif row:
            row[-1] += line


def _latex(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, Sequence[str]]]:
    row, first = "", start + 1
    for at in range(start + 1, end - 1):
        text = _TEX_MARKS.sub("", lines[at])
        if not row.strip():
            row, first = "", at
        *closed, rest = re.split(r"\\\\(?:\[[^\]]*\])?", text)
        if closed:
            yield first, [_tex_text(cell) for cell in re.split(r"(?<!\\)&", row + closed[0])]
            row, first = rest, at
        else:
            row += text + "\n"


def _tex_text(cell: str) -> str:
    text = _TEX_SPAN.sub("", cell)
    text = _TEX_SIGN.sub(r"\1", _TEX_WORD.sub("", text.replace("~", " ")))
    return " ".join(text.replace("{", "").replace("}", "").split())


class _Kind(NamedTuple):
    """How a table begins, the line behind it, and its rows."""

    name: str
    begins: Callable[[str], bool]
    end: Callable[[Sequence[str], int], int]
    rows: Callable[[Sequence[str], int, int], Rows]


_KINDS = (
    _Kind("grid", _is_border, _end_of_grid, _grid),
    _Kind("asciidoc", _is_asciidoc, lambda lines, at: _closed(lines, at, _is_asciidoc), _asciidoc),
    _Kind(
        "mediawiki",
        lambda line: line.lstrip().startswith("{|"),
        lambda lines, at: _closed(lines, at, lambda line: line.lstrip().startswith("|}")),
        _mediawiki,
    ),
    _Kind(
        "latex",
        lambda line: _TEX_TABLE.search(line) is not None,
        lambda lines, at: _closed(lines, at, lambda line: _TEX_END.search(line) is not None),
        _latex,
    ),
)
