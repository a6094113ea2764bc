"""Keeps what a command made as a report of ours, and tells where."""

from pathlib import Path
from typing import Any

from app.commands.arguments import mistake
from app.commands.speaking import tell
from app.storage.windows_names import exists


def require_gknb(name: str, command: str) -> None:
    """UserError when `-o` names anything but a report."""
    if Path(name).suffix.lower() != ".gknb":
        raise mistake(f"-o 要写成以 .gknb 结尾的文件名，不能是“{name}”", command)


def save(document: Any, name: str) -> None:
    """Save a document that no window has open; what lay there before is kept beside, and told."""
    from app.session import session
    from app.storage.backups import backups_of

    existed = exists(Path(name))
    path = session.save(document, Path(name), remember=False)
    session.close(document)
    copies = backups_of(path)
    tell(f"已保存到“{path}”。" + (f"原来的文件备份在“{copies[0].path}”。" if existed and copies else ""))
