"""A zip file as old reports come in: opened, bounded and parsed so that a hostile or broken one is refused in words."""

import io
import zipfile
import zlib

from lxml import etree

from app.errors import UserError
from app.machine import archives

MAX_PART = 40_000_000  # bytes of one part, unpacked: a long report with tables has less than 1 MB
MAX_PARTS = 10_000
MAX_TAGS = 1_500_000  # lxml needs 130 bytes for each; the largest sheet that is read has 400 000
_ENCRYPTED = 0x1


def damaged() -> UserError:
    return UserError("文件已损坏或不完整", "请重新复制一份，或用 WPS、Word 打开后另存为 .docx 再导入")


class Package:
    """The parts of a zip."""

    def __init__(self, data: bytes) -> None:
        if archives.has_more_than(data, MAX_PARTS):
            raise _too_many()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RecursionError) as error:
            raise damaged() from error
        if len(parts) > MAX_PARTS:
            raise _too_many()
        self.parts = {part.filename.replace("\\", "/"): part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str) -> bytes:
        """One part, unpacked; UserError when it is encrypted, broken or suspiciously large."""
        part = self.parts[name]
        if part.flag_bits & _ENCRYPTED:
            raise UserError("文件有密码保护", "请先用 WPS 或 Word 去掉密码再导入")
        if part.file_size > MAX_PART:
            raise _too_large()
        try:
            with self._zip.open(part) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise damaged() from error
        except (
            Exception
        ) as error:  # lzma.LZMAError and the like: what a decompressor raises is its own affair
            raise damaged() from error
        if len(data) > MAX_PART:
            raise _too_large()
        return data


def _too_many() -> UserError:
    return UserError("压缩文件里的内容太多，不像是一份年度报告", "请只导入年度报告本身")


def _too_large() -> UserError:
    return UserError(
        "文件展开后大得不正常，不像是一份年度报告", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入"
    )


def parse_xml(data: bytes) -> etree._Element:
    """XML without entities, network or document type; UserError for anything else."""
    if data.count(b"<") > MAX_TAGS:
        raise _too_large()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError("文件里有不安全的内容，没有打开", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入")
    return root
