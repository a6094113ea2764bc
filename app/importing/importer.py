"""An old report in a file → ImportResult: the reader is chosen by what is in the file, never by its name."""

from pathlib import Path

from app.errors import UserError
from app.importing.recognise import recognise
from app.importing.result import ImportResult
from app.importing.source import Source
from app.importing.text_reader import decode, read_text

MAX_BYTES = 60_000_000


def import_file(path: Path | str) -> ImportResult:
    """Read the old report in this file; UserError in one Chinese sentence when that cannot be done."""
    path = Path(path)
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹", "请选择其中的报告文件")
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"“{path.name}”太大，不像是一份年度报告", "请只导入年度报告本身")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"无法读取“{path.name}”", "请确认文件还在，并且没有被其他程序占用") from error
    return import_bytes(data, path.name)


def import_bytes(data: bytes, name: str) -> ImportResult:
    """Read an old report held in memory; `name` is only what it is called in messages."""
    try:
        return recognise(read(data), name)
    except UserError as error:
        raise UserError(f"无法导入“{name}”：{error.what}", error.what_to_do) from error


def import_text(text: str, name: str = "文字") -> ImportResult:
    """Read pasted text."""
    if not text.strip():
        raise UserError("没有可以导入的文字", "请先复制报告全文，再粘贴到这里")
    return recognise(read_text(text), name)


def read(data: bytes) -> Source:
    """The blocks of a file of any type that can be read."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UserError("文件是空的", "请重新选择文件")
    return read_text(decode(data))
