"""Plain text → blocks: paragraphs, and tables written one cell per line, tab-separated or between pipes."""

import codecs
import re

from app.chinese import with_whole_ideographs
from app.documents.blocks import Block, Cell, Paragraph, TableBlock
from app.errors import UserError
from app.importing.readers.text_lines import plain_lines
from app.importing.readers.text_markup import with_pipes
from app.importing.source import MAX_AREA, Source

MAX_CHARACTERS = 1_000_000  # a long report has 30 000
# Line ends of Windows, Unix, old Macs, and those that word processors put into copied text
_LINE = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Signs that no text holds: many of them, and the file is something else
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
# How the heading of a section begins: 三、收到和处理政府信息公开申请情况
_HEADING = re.compile(r"\s*[一二三四五六七八九十]+\s*[、.．]")
# Tables in Markdown: | 规章 | 3 | 0 |, the line |---|---| under their headings, || at the end of a row with cells that
# span, the border | between two cells (\| is a character of the text)
_PIPES = re.compile(r"^\s*\|.*\|\s*$", re.DOTALL)
_RULE = re.compile(r"^[\s|:\-—]+$")
_FILLED_UP = re.compile(r"\|{2,}\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
# How a label of a table begins: 一、 （三） 4.
_ORDINAL = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．])")


def decode(data: bytes) -> str:
    """Bytes → text by BOM, then UTF-8, then GB 18030; UserError for what is not text."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _checked(data.decode(encoding, "replace"))
    if data[1:400:2].count(0) > 50 or (len(data) > 3 and data[1::2].count(0) * 4 > len(data)):
        return _checked(data.decode("utf-16-le", "replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    text = min(texts, key=lambda one: one.count("\ufffd"))  # a few bytes were damaged on the way
    if text.count("\ufffd") * 50 > len(text):
        raise not_text()
    return _checked(text)


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text[:200_000])) * 500 > len(text[:200_000]) + 500:
        raise not_text()
    return text


def not_text() -> UserError:
    return UserError(
        "这个文件既不是文字，也不是本程序认识的文件类型",
        "请用 WPS 或 Word 打开上年报告，另存为 .docx 后再导入",
    )


def read_text(text: str) -> Source:
    """Blocks of a text; each paragraph and each cell is named by its line (第46行)."""
    if len(text) > MAX_CHARACTERS:
        raise UserError("文字太长，不像是一份年度报告", "请只导入年度报告本身")
    lines = _LINE.split(with_whole_ideographs(text.removeprefix("\ufeff")))
    reader = _TextReader(with_pipes(plain_lines(lines)))
    reader.read()
    return Source(tuple(reader.blocks), "txt", reader.places)


class _TextReader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.blocks: list[Block] = []
        self.places: dict[tuple[int, int, int], str] = {}

    def read(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _is_tabbed(line):
                self._tabbed()
            elif _PIPES.match(line):
                self._pipes()
            else:
                self._paragraph(line, self.at)
                self.at += 1

    def _paragraph(self, line: str, at: int) -> None:
        if line.strip():
            self.blocks.append(Paragraph(line, place=f"第{at + 1}行"))

    def _add(self, rows: list[list[tuple[str, int]]]) -> None:
        """Keep a table; a heading among its rows stands for itself and parts it in two."""
        part: list[list[tuple[str, int]]] = []
        for row in rows:
            if len(row) == 1 and _HEADING.match(row[0][0]):
                self._add_part(part)
                self._paragraph(*row[0])
                part = []
            else:
                part.append(row)
        self._add_part(part)

    def _add_part(self, rows: list[list[tuple[str, int]]]) -> None:
        """A table without its empty last rows; text that is only indented is no table."""
        while rows and not any(text for text, _ in rows[-1]):
            rows.pop()
        if all(map(_is_indented_text, rows)):
            for row in rows:
                for text, line in row:
                    self._paragraph(text, line)
        else:
            self._add_table(rows)

    def _add_table(self, rows: list[list[tuple[str, int]]]) -> None:
        if sum(map(len, rows)) > MAX_AREA:
            raise UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")
        index = len(self.blocks)
        cells = []
        for number, row in enumerate(rows):
            for column, (text, line) in enumerate(row):
                cells.append(Cell(number, column, text))
                self.places[index, number, column] = f"第{line + 1}行"
        width = max(map(len, rows))
        self.blocks.append(TableBlock(tuple(cells), len(rows), width, place=f"第{rows[0][0][1] + 1}行"))

    # -- tabs -------------------------------------------------------------------------------------------------------

    def _tabbed(self) -> None:
        """Lines with tabs, blank lines between them allowed (blank lines end a row, or are page breaks)."""
        groups = self._groups()
        lines = [self.lines[i] for group in groups for i in group if "\t" in self.lines[i]]
        if all(line.startswith("\t") and line.count("\t") == 1 for line in lines):
            self._add([self._vertical(group) for group in groups])
        else:
            self._add([_fields(self.lines[i], i) for group in groups for i in group])

    def _groups(self) -> list[list[int]]:
        """Runs of lines without a blank one between them, as long as they belong to the table."""
        groups: list[list[int]] = []
        group: list[int] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() and "\t" not in line:
                if group:
                    groups.append(group)
                group = []
                if not self._goes_on():
                    break
            elif _is_tabbed(line) or (group and self._continues(line, group)):
                group.append(self.at)
            else:
                break
            self.at += 1
        return [*groups, group] if group else groups

    def _goes_on(self) -> bool:
        """Whether after these blank lines the table goes on."""
        for line in self.lines[self.at : self.at + 8]:
            if line.strip() or "\t" in line:
                return _is_tabbed(line)
        return False

    def _continues(self, line: str, group: list[int]) -> bool:
        """A line without a tab that is the second line of the cell above (本年新／制作数量)."""
        last = self.lines[group[-1]].strip()
        vertical = all(self.lines[i].lstrip().count("\t") == 0 for i in group)
        return (
            vertical
            and 0 < len(line.strip()) <= 20
            and bool(last)
            and not last[-1].isdigit()
            and not _ORDINAL.match(line)
            and not line.strip().endswith(("。", "："))
        )

    def _vertical(self, group: list[int]) -> list[tuple[str, int]]:
        """One cell per line; a line without a tab belongs to the cell above it."""
        row: list[tuple[str, int]] = []
        for i in group:
            line = self.lines[i]
            if line.startswith("\t") or not row:
                row.append((line.strip(), i))
            else:
                row[-1] = (row[-1][0] + "\n" + line.strip(), row[-1][1])
        return row

    # -- pipes ------------------------------------------------------------------------------------------------------

    def _pipes(self) -> None:
        rows: list[list[tuple[str, int]]] = []
        while self.at < len(self.lines) and self._in_pipes():
            line = self.lines[self.at].strip()
            if line and not (_RULE.match(line) and "---" in line):
                cells = _CELL_END.split(_FILLED_UP.sub("|", line)[1:-1])
                rows.append([(cell.replace("\\|", "|").strip(), self.at) for cell in cells])
            self.at += 1
        self._add(rows)

    def _in_pipes(self) -> bool:
        """A row between pipes, or empty lines before the next one."""
        at = self.at
        while at < len(self.lines) and not self.lines[at].strip():
            at += 1
        return at < len(self.lines) and _PIPES.match(self.lines[at]) is not None


def _is_tabbed(line: str) -> bool:
    """A line of a table, rather than a paragraph or heading indented by a tab."""
    if "\t" not in line:
        return False
    filled = [part for part in line.split("\t") if part.strip()]
    if len(filled) != 1:
        return True
    return "。" not in filled[0]


def _is_indented_text(row: list[tuple[str, int]]) -> bool:
    """At most one text, with nothing but the tab of its indent before or after it."""
    return len(row) <= 2 and sum(bool(text) for text, _ in row) <= 1


def _fields(line: str, at: int) -> list[tuple[str, int]]:
    return [(part.strip(), at) for part in line.split("\t")]
