"""The fingerprint of a report: SHA-256 over all that was entered, in a form that neither the file nor the program changes.

What is hashed is JSON (UTF-8, keys sorted, no spaces) of every part of `Report` but those in `_LEFT_OUT`, after the line
`nianbao-fingerprint/1`. Cells stand by key with the value as printed, dates as 2026-01-09, pictures by the SHA-256 of their
bytes; what is empty or as it is when nothing was entered is left out, so that a part which a later program adds changes no
earlier fingerprint.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from app.report.entry import show_value
from app.report.model import Report, SignOff

_HEAD = b"nianbao-fingerprint/1\n"
_SEAL_HEAD, _SEAL_HEAD_2 = b"nianbao-seal/1\n", b"nianbao-seal/2\n"
# Marks for the one at the desk (待更新, which numbers follow the tables), and what is said about the report, not in it.
_LEFT_OUT = frozenset(["pending", "bindings", "sign_off", "finals", "sent"])
SHORT = 16  # hexadecimal digits that stand in a footer


def canonical(report: Report) -> bytes:
    """What the fingerprint is taken of."""
    return _HEAD + _json(_filled(report, _LEFT_OUT))


def fingerprint(report: Report) -> str:
    """64 hexadecimal digits; the same for the same content on every computer and in every version of the program."""
    return hashlib.sha256(canonical(report)).hexdigest()


def seal(content: str, sign_off: SignOff) -> str:
    """Over the fingerprint of the content and who signed it, when, as which version."""
    told = {one.name: _plain(getattr(sign_off, one.name)) for one in fields(sign_off) if one.name != "frozen"}
    return hashlib.sha256(_SEAL_HEAD + content.encode() + b"\n" + _json(told)).hexdigest()


def full_seal(report: Report, content: str, frozen_on: date, earlier: Sequence[Report]) -> str:
    """The seal of version 2: over all that `seal` covers, 定稿日期, the marks of the one at the desk, and the seals of the
    versions before, so that none of them can be taken out or exchanged."""
    assert report.sign_off is not None
    told = {
        "chain": [
            [one.version, one.sign_off.frozen.seal] for one in earlier if one.sign_off and one.sign_off.frozen
        ],
        "desk": {"bindings": _plain(report.bindings), "pending": _plain(report.pending)},
        "frozen_on": frozen_on.isoformat(),
        "signed": seal(content, report.sign_off),
    }
    return hashlib.sha256(_SEAL_HEAD_2 + _json(told)).hexdigest()


def grouped(digits: str, most: int = 64) -> str:
    """3f2a 91bc 07de …: four by four, as one compares it with the eye."""
    return " ".join(digits[start : start + 4] for start in range(0, min(most, len(digits)), 4))


def short(digits: str) -> str:
    return grouped(digits, SHORT)


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")  # half a surrogate pair has no bytes of its own


def _is_empty(one: Field[Any], value: Any) -> bool:
    if value in (None, "", ()) or (isinstance(value, Mapping) and not value):
        return True
    if one.default is not MISSING:
        return bool(value == one.default)
    return False


def _plain(value: Any) -> Any:
    """Any part of a report as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return show_value(value)
    if is_dataclass(value):
        return _filled(value)
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if hasattr(value, "_fields"):  # a CellRef
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _filled(value: Any, left_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields of a part that say something, but for those left out."""
    names = [
        one.name
        for one in fields(value)
        if one.name not in left_out and not _is_empty(one, getattr(value, one.name))
    ]
    return {name: _plain(getattr(value, name)) for name in names}


def _value(value: Any) -> Any:
    """In a mapping a number is a text, so that 12 and 12.0 are one value."""
    return show_value(value) if isinstance(value, int | Decimal) else _plain(value)
