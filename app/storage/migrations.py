"""What each version of report.json changed: a list of functions whose length is the version this program writes."""

from collections.abc import Callable
from typing import Any

from app.errors import UserError

Json = dict[str, Any]


def _first(data: Json) -> Json:
    """Version 1: the shape of docs/gknb.md, the base of all later ones."""
    return data


# The function at index n makes version n + 1 out of version n. It uses the standard library only and none of our own types:
# those will have changed by the time it runs again. To change the file, append one and add a real file to tests/old_files/.
MIGRATIONS: tuple[Callable[[Json], Json], ...] = (_first,)

VERSION = len(MIGRATIONS)


def migrate(data: Json) -> Json:
    """`report.json` of any known version → of this one; UserError for a newer version or none at all."""
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise UserError("文件没有写明版本，可能已损坏", "请换用备份，或从原来的文件重新导入")
    if version > VERSION:
        raise UserError(
            f"文件由更新版本的程序保存（文件版本{version}，本程序只认识到{VERSION}）", "请升级程序后再打开"
        )
    for step in MIGRATIONS[version:]:
        data = step(data)
    return {**data, "version": VERSION}
