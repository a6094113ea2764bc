"""A web page → blocks: the article picked out of its portal, tables with their spans."""

import base64
import binascii
import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from app.chinese import SUPERSCRIPT
from app.documents.blocks import Block, Paragraph, PictureBlock, Style
from app.documents.chart_words import told_chart
from app.errors import UserError
from app.importing.readers.text_reader import MAX_CHARACTERS, decode
from app.importing.source import Source, table_of

# What encoding the page says it is in: <meta charset="gb2312">, <meta content="text/html; charset=utf-8">
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_LEFT_OUT = frozenset(
    ["script", "style", "noscript", "template", "head", "nav", "footer", "aside", "iframe", "object", "select",
     "button", "textarea", "svg", "audio", "video", "title", "del", "strike"]
)  # fmt: skip
_BLOCK = frozenset(
    ["p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
     "dt", "dd", "br", "hr", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre",
     "center", "figure", "figcaption", "fieldset", "address", "body"]
)  # fmt: skip
_CONTAINERS = frozenset(
    ["body", "div", "section", "article", "main", "center", "span", "font", "table", "tbody", "tr", "td", "fieldset",
     "ul", "li", "ucapcontent", "html", "b", "form"]
)  # fmt: skip
# Styles by which a page hides text, crosses it out, or raises the mark of a note
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*su[pb]", re.IGNORECASE)
_NOT_IN_CELL = frozenset(["script", "style", "template", "del", "strike", "s", "rt", "rp"])
# A link to an attachment: /upload/2023年报.docx?id=3
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar|et)(?:$|[?#])", re.IGNORECASE)
# A line break of the source between two Chinese characters, which a browser shows as a space and nobody wrote
_BREAKS = re.compile(r"(?<=[^\x00-\xff])[ \t]*[\r\n][ \t\r\n]*(?=[^\x00-\xff])")
_SPACES = re.compile(r"[ \t\r\n]+")
_REPORT = re.compile(r"公开.*(?:报告|总结)")  # 某县2023年政府信息公开工作年度报告
# A whole page, or a piece of one copied from its source
_PAGE_TAG = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]")
_PIECE_TAG = re.compile(r"</?(?:p|div|table|tr|td|span|br|meta)\b[^<>]*>")
# | 行政<br>许可 | 3 |: a table in Markdown, whose cells have line ends
_PIPES = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
# </body>, </html>: what stands behind them is shown by a browser like any text, and would be lost with them
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ARTICLE = 0.85  # part of the text that the article's element must hold
_MAX_PICTURE = 20_000_000
_MAX_TAGS = 300_000  # a long report saved by Word as a page has 40 000


def looks_like_html(text: str) -> bool:
    """Told by tags, not by the file's name."""
    start = text[:20_000].lower()
    if _PAGE_TAG.search(start):
        return True
    tags = _PIECE_TAG.findall(start)
    return len(tags) >= 4 and not (_PIPES.search(start) and all(one.startswith("<br") for one in tags))


def decode_html(data: bytes, told: str = "") -> str:
    """By byte order mark, then the page's own word, then the encoding it came with, then UTF-8, then GB 18030."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _META.search(data[:8192])
        name = (found[1].decode("ascii") if found else told).lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        try:
            if name and codecs.lookup(name).name not in ("utf-16", "utf-16-le", "utf-16-be", "utf-7"):
                return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data)


def read_html(text: str, pictures: Mapping[str, bytes] = MappingProxyType({})) -> Source:
    """The article of a page; what stands around it is left out and told. `pictures` are those at hand, by address."""
    if len(text) > 12 * MAX_CHARACTERS or text.count("<") > _MAX_TAGS:
        raise UserError("网页太大，不像是一份年度报告", "请只保存年度报告所在的网页再导入")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False)
    try:
        data = _END_OF_PAGE.sub("", text.replace("\x00", "")).encode("utf-8", "replace")
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise _empty() from error
    if root is None:  # nothing but a comment
        raise _empty()
    title = _title(root)
    article = _article(root)
    reader = _HtmlReader(pictures)
    reader.read(article)
    return Source(tuple(reader.blocks), "html", title=title, notes=tuple(reader.notes))


def _empty() -> UserError:
    return UserError("网页内容为空或已损坏", "请在浏览器中重新保存网页，或复制正文粘贴导入")


def _title(root: etree._Element) -> str:
    """The report's title where the page has it: in its meta data, a heading or the window title."""
    texts = [
        one.get("content") or ""
        for one in root.iter("meta")
        if (one.get("name") or "").lower() == "articletitle"
    ]
    texts += [_text_of(one) for tag in ("h1", "h2", "title") for one in root.iter(tag)]
    return next((_clean(text) for text in texts if _REPORT.search(text)), "")


def _text_of(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


# -- the article ----------------------------------------------------------------------------------------------------------


def _article(root: etree._Element) -> etree._Element:
    """The innermost element that holds nearly all text that is no link; a table of values is never gone into."""
    weights = _weights(root)
    body = root.find("body")
    current = body if body is not None else root
    while True:
        heavy = [
            child
            for child in current
            if weights.get(child, 0) >= _ARTICLE * weights.get(current, 0) > 0
            and child.tag in _CONTAINERS
            and not _is_table_of_values(child)
        ]
        if len(heavy) != 1:
            return current
        current = heavy[0]


def _weights(root: etree._Element) -> dict[etree._Element, int]:
    """Characters of each element that are neither links nor scripts."""
    weights: dict[etree._Element, int] = {}
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, one in walker:
        if event == "end":
            _add_to_parent(one, weights)
        elif _is_text(one):
            weights[one] = len((one.text or "").strip())
        else:
            weights[one] = 0
            if len(one):
                walker.skip_subtree()
    return weights


def _add_to_parent(one: etree._Element, weights: dict[etree._Element, int]) -> None:
    parent = one.getparent()
    if parent is not None and parent in weights:
        weights[parent] += weights[one] + len((one.tail or "").strip())


def _is_text(one: etree._Element) -> bool:
    return isinstance(one.tag, str) and one.tag not in _LEFT_OUT and one.tag != "a"


def _is_table_of_values(element: etree._Element) -> bool:
    return element.tag == "table" and not _is_frame(element)


def _is_frame(table: etree._Element) -> bool:
    """A table that only lays out the page: it holds another table, or one column."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return all(len(row) <= 1 for row in table.iter("tr"))


# -- blocks ---------------------------------------------------------------------------------------------------------------


class _HtmlReader:
    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self.pictures = pictures
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self.text: list[str] = []
        self.is_caption = False  # that text is what stands under a picture
        self.paragraphs = 0
        self.tables = 0

    def read(self, article: etree._Element) -> None:
        walker = etree.iterwalk(article, events=("start", "end"))
        for event, one in walker:
            tag = one.tag if isinstance(one.tag, str) else ""
            if event == "start" and (self._chart(one, tag) or _is_unseen(one, tag) or self._whole(one, tag)):
                walker.skip_subtree()
                continue
            if tag in _BLOCK:
                self._flush()
                self.is_caption = event == "start" and _is_caption(one, tag)
            if event == "start":
                self.text.append(one.text or "")
            elif one is not article:
                self.text.append(one.tail or "")
        self._flush()

    def _whole(self, one: etree._Element, tag: str) -> bool:
        """Take an element in one piece: a table of values, a picture, a link to a file."""
        if tag == "table" and not _is_frame(one):
            self._flush()
            self._table(one)
        elif tag == "img":
            self._picture(one)
        elif tag == "a" and _FILE.search(one.get("href") or ""):
            name = _clean(_text_of(one))
            self.notes.append(f"网页中的附件链接“{name}”没有导入")
        else:
            return False
        return True

    def _flush(self) -> None:
        text = _clean("".join(self.text))
        self.text = []
        if text:
            self.paragraphs += 1
            style = Style.CAPTION if self.is_caption else None
            self.blocks.append(Paragraph(text, style, place=f"第{self.paragraphs}段"))

    def _table(self, table: etree._Element) -> None:
        rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        rows = [row for row in rows if row]
        if rows:
            self.tables += 1
            self.blocks.append(table_of(rows, f"表格{self.tables}"))
        for picture in table.iter("img"):
            self._picture(picture)

    def _chart(self, one: etree._Element, tag: str) -> bool:
        """Take a drawing that says which chart it is, as ours do; any other is an ornament of the page."""
        if tag != "svg" or _is_hidden(one):
            return False
        chart = told_chart(one.get("aria-label") or "", f"第{self.paragraphs + bool(self.text)}段之后")
        if chart is not None:
            self._flush()
            self.blocks.append(chart)
        return chart is not None

    def _picture(self, one: etree._Element) -> None:
        source = one.get("src") or ""
        data = self.pictures.get(source, b"")
        if source.startswith("data:") and "base64," in source[:100] and len(source) < _MAX_PICTURE:
            try:
                data = base64.b64decode(source.split("base64,", 1)[1], validate=False)
            except (binascii.Error, ValueError):
                data = b""
        if data and len(data) < 100:
            return  # a spacer
        self._flush()
        name = (
            one.get("alt")
            or one.get("title")
            or ("图片" if source.startswith("data:") else source.rsplit("/", 1)[-1])
        )
        self.blocks.append(PictureBlock(name[:80], data, place=f"第{self.paragraphs}段之后"))


def _is_caption(one: etree._Element, tag: str) -> bool:
    return tag == "figcaption" or "caption" in (one.get("class") or "").split()


def _is_hidden(one: etree._Element) -> bool:
    return bool(_HIDDEN.search(one.get("style") or ""))


def _is_unseen(one: etree._Element, tag: str) -> bool:
    return not tag or tag in _LEFT_OUT or _is_hidden(one)


def _is_left_out(one: etree._Element, tag: str) -> bool:
    """Not to be seen in a cell, or crossed out in it."""
    return tag in _NOT_IN_CELL or _is_hidden(one) or bool(_STRUCK.search(one.get("style") or ""))


def _is_raised(one: etree._Element, tag: str) -> bool:
    return tag in ("sup", "sub") or bool(_RAISED.search(one.get("style") or ""))


def _cell(cell: etree._Element) -> tuple[str, int, int]:
    """(text, row span, column span); lines are kept apart by a line feed, the mark of a note (3<sup>1</sup>) as 3¹."""
    spans = _span(cell.get("rowspan"), 1000), _span(cell.get("colspan"), 100)
    if not len(cell):
        return (_clean(cell.text or ""), *spans)
    found = _CellText(cell.text)
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, one in walker:
        tag = one.tag if isinstance(one.tag, str) else ""
        if one is cell:
            continue
        if event == "end":
            found.end(one, tag)
        elif not tag or _is_left_out(one, tag):
            walker.skip_subtree()
        else:
            found.begin(one, tag)
    return (found.lines(), *spans)


class _CellText:
    """The text of a cell, gathered on the way through its elements."""

    def __init__(self, text: str | None) -> None:
        self._parts = [_SPACES.sub(" ", text or "")]
        self._raised: etree._Element | None = None  # the outermost raised element that we are in

    def begin(self, one: etree._Element, tag: str) -> None:
        if tag in _BLOCK:
            self._parts.append("\n")
        if self._raised is None and _is_raised(one, tag):
            self._raised = one
        self._add(one.text)

    def end(self, one: etree._Element, tag: str) -> None:
        """And the text between its end and the next element."""
        if one is self._raised:
            self._raised = None
        if tag in _BLOCK:
            self._parts.append("\n")
        self._add(one.tail)

    def _add(self, text: str | None) -> None:
        shown = _SPACES.sub(" ", text or "")
        self._parts.append(shown if self._raised is None else shown.translate(SUPERSCRIPT))

    def lines(self) -> str:
        """Its lines that are not empty, a line feed between them."""
        lines = [_clean(line) for line in "".join(self._parts).split("\n")]
        return "\n".join(line for line in lines if line)


def _span(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _clean(text: str) -> str:
    return _SPACES.sub(" ", _BREAKS.sub("", text)).strip("\u00a0 \u3000\ufeff\u200b")
