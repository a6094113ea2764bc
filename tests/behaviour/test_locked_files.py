"""Files with a password, as LibreOffice and Excel lock them: one sentence that says so; a PDF that only forbids printing is read."""

import base64
import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.commands import cli
from app.errors import UserError
from app.importing.importer import import_bytes
from tests.importing.reader_samples import FILES, sample

LOCKED = FILES / "locked"  # made by LibreOffice, the .xlsx by msoffcrypto-tool; the password is “geheim”
_AGILE = (
    b'\x04\x00\x04\x00\x40\x00\x00\x00<?xml version="1.0"?><encryption xmlns="x"><keyData saltSize="16"/>'
)


def agile() -> bytes:
    """The same container with the head that Word 2010 and later write."""
    data = (LOCKED / "locked.docx").read_bytes()
    at = data.index(b"\x03\x00\x02\x00\x24\x00\x00\x00")
    return data[:at] + _AGILE + data[at + len(_AGILE) :]


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    made, i, j = bytearray(), 0, 0
    for one in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        made.append(one ^ state[(state[i] + state[j]) % 256])
    return bytes(made)


def locked_xls() -> bytes:
    """FILEPASS of RC4 after the first record, and what follows as noise, as Excel 97 writes it."""
    data = sample("tables_2021", "xls")
    at = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # the first record of the book
    head = data[at : at + 20]
    salt = hashlib.md5(b"salt").digest()
    locked = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + rc4(b"geheim", salt * 2)
    rest = rc4(b"geheim", data[at + 20 : at + 20 + 2000])
    made = data[:at] + head + locked + rest
    return made + data[len(made) :]


def locked_ods() -> bytes:
    """A workbook of OpenDocument 1.2 with every part locked as its chapter 3 of packages says: AES-256, PBKDF2."""
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(b"geheim").digest(), b"s" * 16, 1000, 32)
    text = b"<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"
    packed = zlib.compress(text)[2:-4]
    packed += bytes([16 - len(packed) % 16]) * (16 - len(packed) % 16)
    lock = Cipher(algorithms.AES(key), modes.CBC(b"i" * 16)).encryptor()
    told = base64.b64encode(hashlib.sha256(packed[:1024]).digest()).decode()
    entry = (
        f'<m:file-entry m:full-path="content.xml" m:media-type="text/xml" m:size="{len(text)}"><m:encryption-data'
        f' m:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" m:checksum="{told}">'
        '<m:algorithm m:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"'
        ' m:initialisation-vector="aWlpaWlpaWlpaWlpaWlpaQ=="/><m:key-derivation m:key-derivation-name="PBKDF2"'
        ' m:key-size="32" m:iteration-count="1000" m:salt="c3Nzc3Nzc3Nzc3Nzc3Nzcw=="/></m:encryption-data></m:file-entry>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    root = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", kind)
        made.writestr("content.xml", lock.update(packed) + lock.finalize())
        made.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{space}" m:version="1.2">{root}{entry}</m:manifest>',
        )
    return stream.getvalue()


FORBIDDEN = {
    **{suffix: (LOCKED / f"locked.{suffix}").read_bytes for suffix in ("doc", "docx", "odt", "pdf", "xlsx")},
    "ods": locked_ods,
    "docx of Word 2010": agile,
    "xls": locked_xls,
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_locked_file_is_refused_in_one_sentence(kind: str) -> None:
    with pytest.raises(UserError) as refused:
        import_bytes(FORBIDDEN[kind](), "年报")
    assert "密码" in refused.value.what
    assert "密码" in refused.value.what_to_do


@pytest.mark.parametrize("command", ["import", "check", "export", "compare", "pack", "new"])
def test_no_command_says_more_than_the_sentence(command: str, tmp_path: Path, capsys) -> None:
    file, out = str(LOCKED / "locked.docx"), str(tmp_path / "a.gknb")
    words = {
        "export": [file, "-o", str(tmp_path / "a.pdf")],
        "compare": [file, file],
        "pack": [file, "-o", str(tmp_path / "a.zip")],
        "new": ["--from", file, "--year", "2021", "-o", out],
    }.get(command, [file])
    assert cli.main([command, *words]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "文件有密码保护" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    found = import_bytes((LOCKED / "owner.pdf").read_bytes(), "年报.pdf").report
    assert found.values == import_bytes(sample("plain_2019", "pdf"), "年报.pdf").report.values
    assert len(found.values) > 150
