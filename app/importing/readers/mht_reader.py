"""A web page saved as one file (.mht, .mhtml): its page is picked out and read, pictures come from the file itself."""

import email
import re
from email.message import Message

from app.errors import UserError
from app.importing.readers.html_reader import decode_html, read_html
from app.importing.readers.text_reader import decode, read_text
from app.importing.source import Source

_MOST_PARTS = 2000  # a portal page has 200
_SAVE_AS = "请在浏览器中重新保存网页，或复制正文粘贴导入"


def read_mht(data: bytes) -> Source:
    """The page with most Chinese text among the parts of the file; nothing outside the file is read."""
    parts = _parts(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    pages = [
        _page(part) for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if pages:
        page = max(pages, key=_weight)
        return read_html(page, _pictures(parts))
    texts = [
        decode(_bytes(part)) for part in parts if part.get_content_type() == "text/plain" and _bytes(part)
    ]
    if not texts:
        raise UserError("这个单个文件的网页（.mht）里没有网页内容", _SAVE_AS)
    return read_text(max(texts, key=_weight))


def _parts(data: bytes) -> list[Message]:
    if data.count(b"\n--") > 2 * _MOST_PARTS:
        raise UserError("网页太大，不像是一份年度报告", "请只保存年度报告所在的网页再导入")
    try:
        return [part for part in email.message_from_bytes(data).walk() if not part.is_multipart()]
    except (
        RecursionError,
        ValueError,
        LookupError,
        AttributeError,
    ) as error:  # what the parser raises on broken files
        raise UserError("单个文件的网页（.mht）已损坏", _SAVE_AS) from error


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _page(part: Message) -> str:
    return decode_html(_bytes(part), part.get_content_charset() or "")


def _weight(text: str) -> int:
    """How many Chinese characters it has: the report, not a banner, is the heaviest part of a saved page."""
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def _pictures(parts: list[Message]) -> dict[str, bytes]:
    """Where a page may call them by: cid:… and the address that they were saved from."""
    found: dict[str, bytes] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            for name in (part.get("Content-Location"), part.get("Content-ID")):
                if name:
                    name = str(name).strip().strip("<>")
                    found[name] = found["cid:" + name] = _bytes(part)
    return found
