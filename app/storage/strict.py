"""Strict reading of JSON that a file holds: each value is exactly what it must be, or refused in words."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from app.errors import UserError
from app.form.model import CellRef
from app.storage.migrations import Json

_DECIMAL = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def damaged(what: str) -> UserError:
    """One refusal for everything that is not as this program writes it."""
    return UserError(f"{what}，文件可能已损坏", "请换用备份，或从原来的文件重新导入")


def unknown(name: str) -> UserError:
    return UserError(f"文件里有本程序不认识的内容“{name}”，可能由更新版本的程序保存", "请升级程序后再打开")


def keys(data: Any, place: str, required: Iterable[str], optional: Iterable[str] = ()) -> None:
    """An object with all of `required` and nothing beyond `optional`."""
    if not isinstance(data, dict):
        raise damaged(f"“{place}”读不通")
    required = tuple(required)
    for key in data:
        if key not in required and key not in optional:
            raise unknown(f"{place}.{key}" if place else key)
    for key in required:
        if key not in data:
            raise damaged(f"缺少“{place}.{key}”" if place else f"缺少“{key}”")


def text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise damaged(f"“{place}”不是文字")
    return value


def integer(value: Any, place: str, least: int | None = None, most: int | None = None) -> int:
    if type(value) is not int:
        raise damaged(f"“{place}”不是整数")
    if (least is not None and value < least) or (most is not None and value > most):
        raise damaged(f"“{place}”的数值{_short(value)}不合理")
    return value


def _short(value: int) -> str:
    """A number of many digits, which Python would not even write, by its size."""
    return str(value) if abs(value) < 10**20 else "过大，"


def decimal(value: Any, place: str) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise damaged(f"“{place}”不是金额")
    return Decimal(value)


def list_of(data: Json, key: str) -> list[Any]:
    found = data.get(key, [])
    if not isinstance(found, list):
        raise damaged(f"“{key}”读不通")
    return found


def section_key(value: Any, place: str, sections: frozenset[str]) -> str:
    if text(value, place) not in sections:
        raise unknown(f"{place}“{value}”")
    return str(value)


def cell(value: Any, place: str) -> CellRef:
    """`table.row.column`; whether the edition has such a cell is not asked."""
    try:
        return CellRef.parse(text(value, place))
    except ValueError:
        raise damaged(f"“{place}”不是表格里的一格") from None


def date_of(value: Any, place: str) -> date:
    try:
        if not _DATE.fullmatch(text(value, place)):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise damaged(f"“{place}”不是日期") from None
