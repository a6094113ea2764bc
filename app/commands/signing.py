"""The certificate named on the command line and its password, which never stands there."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.arguments import mistake
from app.errors import UserError
from app.storage import files

if TYPE_CHECKING:
    from app.exporting.pdf.certificate import Certificate

PASSWORD = "NIANBAO_PASSWORD"  # the variable of the environment
_HOW = f"请把口令放进环境变量 {PASSWORD}，或写在文件里用 --password-file 指出（- 表示从标准输入读）"
_MOST = 1000  # characters


def certificate_of(chosen: Namespace) -> "Certificate | None":
    """What `--certificate` names, fit to sign now; None where no signature is asked for."""
    if chosen.certificate is None:
        if chosen.password_file is not None:
            raise mistake("--password-file 是证书的口令，要和 --certificate 一起写", "export")
        return None
    from app.exporting.pdf.certificate import require_extra
    from app.session import session

    require_extra()
    password = _password(chosen.password_file)
    try:
        return session.certificate(Path(chosen.certificate), password)
    except UserError as error:
        if password:
            raise
        raise UserError(error.what, _HOW if "口令" in error.what else error.what_to_do) from None


def _password(source: str | None) -> str:
    """The first line of that file, or the variable; empty where neither is given."""
    if source is None:
        return os.environ.get(PASSWORD, "")
    if source == "-":
        data = files.read_stream(sys.stdin.buffer, "标准输入") if sys.stdin else b""
    else:
        data = files.read_bytes(Path(source))
    try:
        line = data.decode("utf-8-sig").split("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        raise UserError(f"“{source}”不是口令文件", "请把口令写在文本文件（UTF-8）的第一行") from None
    if not 0 < len(line) <= _MOST:
        raise UserError(f"“{source}”的第一行不是口令", "请把口令写在文本文件（UTF-8）的第一行")
    return line
