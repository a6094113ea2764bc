"""What one cell of a table says: a value, a blank, or a reason for doubt. Import never computes and never invents a zero."""

import re
from dataclasses import dataclass

from app.chinese import nfkc
from app.form.model import Value, ValueKind
from app.report.entry import is_mark, is_placeholder, parse_entry

NO_UNIT = "未注明单位"
BROKEN = "数字中间有空格或换行，请核对"
# 12, +3, −1: what a value begins with
_NUMBER = re.compile(r"[+\-−]?[0-9]")
# 1.属于国家秘密 begins with a digit, too; 1.5 is a number
_LABEL = re.compile(r"[0-9]+\s*[.、．]\s*[^\s0-9]")
# 12（其中自然人3）, 5件（含上年结转）: a number and words about it
_REMARK = re.compile(r"^([+\-−]?[0-9][0-9.,]*\s*[^0-9（(]{0,2}?)\s*[（(].+$", re.DOTALL)
# 120 34: broken by the border of a narrow cell, or two numbers
_GAP = re.compile(r"[0-9.]\s+[0-9.]")
# 00, 012, 0,1: zeros of several cells run together
_PADDED = re.compile(r"[+\-−]?0[,0-9]")
# 3+2, 5-1
_SUM = re.compile(r"[0-9]\s*[+-]\s*[0-9]")


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` with no reason is certain, with one doubtful; neither is a blank (`placeholder`: written as “/”, “—”, 无)."""

    value: Value | None = None
    reason: str = ""
    placeholder: bool = False


def is_blank(text: str) -> bool:
    return not text.strip("\u200b\ufeff \t\r\n\u00a0\u3000")


def looks_like_value(text: str) -> bool:
    """A number, a blank or a placeholder, rather than a label such as `1.……`."""
    plain = nfkc(text).strip()
    if not plain or is_placeholder(plain):
        return True
    return bool(_NUMBER.match(plain)) and not _LABEL.match(plain)


def read_value(text: str, kind: ValueKind, unit: str) -> Reading:
    """Read one cell; `unit` is what the heading says of the unit of an amount: 万元, 元 or "" for nothing."""
    if any(map(is_mark, text)):
        return _marked(text, kind, unit)
    plain = nfkc(text).strip()
    remark = _REMARK.match(plain)
    if remark:
        reading = _read(remark[1], kind, unit)
        return Reading(reading.value, reading.reason or "单元格中有说明文字，请核对")
    return _read(plain, kind, unit)


def _marked(text: str, kind: ValueKind, unit: str) -> Reading:
    """A number with the mark of a note beside it (3①), or written in such signs alone (③): doubtful in any case."""
    bare = "".join(sign for sign in text if not is_mark(sign)).strip()
    reading = read_value(bare or nfkc(text), kind, unit)
    return Reading(reading.value, reading.reason or "有上标或带圈的数字，请核对")


def _read(plain: str, kind: ValueKind, unit: str) -> Reading:
    if kind is ValueKind.MONEY and "元" not in plain and unit != "万元":
        return _bare_amount(plain, unit)
    entry = parse_entry(plain, kind)
    if entry.value is None:
        return Reading(reason=entry.reason, placeholder=entry.placeholder)
    if _GAP.search(plain):
        return Reading(entry.value, BROKEN)
    if _SUM.search(plain):
        return Reading(None, "单元格中是算式，请填写结果")
    if _PADDED.match(plain):
        return Reading(entry.value, "以0开头，请核对数字是否连在了一起")
    return Reading(entry.value)


def _bare_amount(plain: str, unit: str) -> Reading:
    """An amount under a heading without 万元: only 0 needs no unit."""
    entry = parse_entry(
        plain + unit if unit and plain and not is_placeholder(plain) else plain, ValueKind.MONEY
    )
    if entry.value is None or entry.value == 0 or unit:
        return Reading(entry.value, entry.reason, entry.placeholder)
    return Reading(None, NO_UNIT)


def unit_of(heading: str) -> str:
    """The unit of money that a heading names."""
    return "万元" if "万元" in heading else "元" if "元" in heading else ""
