"""An old report in a file → ImportResult: the reader is chosen by what is in the file, never by its name."""

import re
from dataclasses import replace
from pathlib import Path

from app.errors import UserError
from app.importing.matching.readings import best_reading
from app.importing.matching.recognise import recognise
from app.importing.readers.docx_reader import read_docx
from app.importing.readers.html_reader import decode_html, looks_like_html, read_html
from app.importing.readers.package import Package
from app.importing.readers.scan_reader import can_read
from app.importing.readers.scans import OnlyPictures, images_of
from app.importing.readers.text_reader import decode, read_text
from app.importing.result import ImportResult
from app.importing.source import Source
from app.report.model import Report

MAX_BYTES = 60_000_000
_SAVE_AS = "请用 WPS 或 Word 另存为 .docx 后再导入"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p)[\s>]", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:from|mime-version|subject|date|snapshot-content-location|content-[a-z-]+)\s*:",
    re.IGNORECASE,
)
_PAGE_IN_MAIL = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")


def import_file(path: Path | str, prior: Report | None = None) -> ImportResult:
    """Read the old report in this file; UserError in one Chinese sentence when that cannot be done."""
    path = Path(path)
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹", "请选择其中的报告文件")
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"无法读取“{path.name}”", "请确认文件还在，并且没有被其他程序占用") from error
    return import_bytes(data, path.name, prior)


def import_bytes(data: bytes, name: str, prior: Report | None = None) -> ImportResult:
    """Read an old report held in memory; `name` is only what it is called in messages.

    `prior` is the report of the year before, where it is at hand: it may tell how digits run together divide.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    try:
        return best_reading(read(data), name, prior)
    except UserError as error:
        raise type(error)(f"无法导入“{name}”：{error.what}", error.what_to_do) from error


def import_text(text: str, name: str = "文字") -> ImportResult:
    """Read pasted text, which may be the source of a web page."""
    if not text.strip():
        raise UserError("没有可以导入的文字", "请先复制报告全文，再粘贴到这里")
    return recognise(read_html(text) if looks_like_html(text) else read_text(text), name)


def read(data: bytes) -> Source:
    """The blocks of a file of any type that can be read."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UserError("文件是空的", "请重新选择文件")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_package(Package(data), data)
    known = _read_known(data)
    if known is not None:
        return known
    if data.startswith(_PICTURES) and b"\x00" in data[:2000]:
        if can_read():
            return _read_scan(data, "picture")
        raise OnlyPictures(
            "这是图片，其中的文字和表格不能直接读取", "请对照图片手工录入，或找到原来的 Word 文件"
        )
    _refuse(data)
    if _HTML.search(data[:8192]) or b"<\x00" in data[:200]:
        text = decode_html(data)
        if looks_like_html(text):
            return read_html(text)
    text = decode(data)
    return read_html(text) if looks_like_html(text) else read_text(text)


def _read_known(data: bytes) -> Source | None:
    """A file told by how it begins; its reader is loaded when the first such file comes."""
    if data.startswith(_OLE):
        return _read_ole(data)
    if b"%PDF-" in data[:1024]:
        return _read_pdf(data)
    if data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"{\\rtf"):
        from app.importing.readers.rtf_reader import read_rtf

        return Source(read_rtf(data), "rtf")
    head = data[:8192].replace(b"\r", b"\n")
    if _MAIL.match(head) and _PAGE_IN_MAIL.search(head):
        from app.importing.readers.mht_reader import read_mht

        return replace(read_mht(data), type="mht")
    return None


def _read_pdf(data: bytes) -> Source:
    from app.importing.readers.pdf_reader import read_orders

    try:
        ruled, others = read_orders(data)
        return Source(ruled, "pdf", others=others)
    except OnlyPictures:
        if not can_read():
            raise
        return _read_scan(data, "pdf")


def _read_scan(data: bytes, kind: str) -> Source:
    """Pages that are pictures, recognised by the optional extra; whatever is read is doubtful."""
    from app.importing.readers.scan_reader import read_scan

    note = "这是扫描件或图片，文字和数字由程序识别，可能有错，请逐项对照原件"
    return Source(read_scan(images_of(data)), kind, notes=(note,), doubt="由图片识别，请对照原件核对")


def _read_ole(data: bytes) -> Source:
    """A binary file of Word or WPS (.doc, .wps), or of their spreadsheets (.xls, .et)."""
    from app.importing.readers.doc_reader import read_doc
    from app.importing.readers.word97 import root_streams

    if root_streams(data) & {"Workbook", "Book"}:
        from app.importing.readers.xlsx_reader import read_xls

        return Source(read_xls(data), "xls")
    return Source(read_doc(data), "doc")


def _read_package(package: Package, data: bytes) -> Source:
    """What a zip is, by its parts."""
    names = package.parts
    if "report.json" in names:
        raise UserError("这是本程序自己的报告文件（.gknb），不需要导入", "请用“打开”直接打开它")
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        from app.importing.readers.xlsx_reader import read_xlsx

        return Source(read_xlsx(data), "xlsx")
    if "OFD.xml" in names:
        from app.importing.readers.ofd_reader import read_orders

        ruled, others = read_orders(data)
        return Source(ruled, "ofd", others=others)
    if "content.xml" in names:
        from app.importing.readers.odt_reader import read_odt

        return Source(read_odt(data), "odt")
    if "ppt/presentation.xml" in names:
        raise UserError("这是演示文稿，不是年度报告", "请重新选择文件")
    if not any(name.endswith(".rels") or name.startswith("word/") for name in names):
        raise UserError("这是压缩包，不是报告文件", "请先解压，再导入其中的报告")
    return read_docx(package)


def _refuse(data: bytes) -> None:
    """Say in words what a file is that cannot be read here (yet)."""
    start = data[:1024].lstrip()
    if data.startswith(_ARCHIVES):
        raise UserError("这是压缩包，不是报告文件", "请先解压，再导入其中的报告")
    if start.startswith(b"<?xml") and (b"pkg:package" in data[:4096] or b"w:wordDocument" in data[:4096]):
        raise _not_yet(" Word XML 文件", _SAVE_AS)


def _not_yet(what: str, what_to_do: str) -> UserError:
    return UserError(f"暂不能直接读取{what}", what_to_do)


def _too_large(name: str) -> UserError:
    return UserError(f"“{name}”太大，不像是一份年度报告", "请只导入年度报告本身")
