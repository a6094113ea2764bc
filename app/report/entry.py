"""Typed or pasted text → a value, a blank, or the reason why it is neither."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from app.errors import UserError
from app.form.model import Value, ValueKind

_UNITS = ("个", "件", "条", "项", "次", "起", "宗", "份")
_PLACEHOLDERS = frozenset(["/", "-", "—", "--", "——", "无", "不适用", "\\", "–", "－"])
# A sum as clerks write it: 12+7, 1.5+0.5+3. Not 2022-1 and 5-3: those are numbers of something else.
_SUM = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:\+[0-9]+(?:\.[0-9]+)?)+")
_CHINESE_ZERO = {"零": "0", "〇": "0"}
LONGEST = 100  # characters of one entry: a pasted page is no number
MAX_COUNT = 99_999_999  # 件: more than any agency of China could have; catches a pasted telephone number


@dataclass(frozen=True, slots=True)
class Entry:
    """What a text means: `value` None with no reason is a blank; with a reason it cannot be taken."""

    value: Value | None = None
    reason: str = ""
    placeholder: bool = False  # "/", "—", 无: a blank that the source wrote with a mark


def is_placeholder(text: str) -> bool:
    """A mark that people write where they have nothing: never a zero of itself."""
    return unicodedata.normalize("NFKC", text).strip() in _PLACEHOLDERS or text.strip() in _PLACEHOLDERS


def is_mark(sign: str) -> bool:
    """A raised, lowered or circled number or a fraction: ² ₂ ① ½."""
    return unicodedata.category(sign) == "No"


@lru_cache(maxsize=4096)  # the cells of many reports hold the same few numbers
def parse_entry(text: str, kind: ValueKind) -> Entry:
    """Read one cell: full-width digits, thousands separators, `3件`, `12+7`, `134.2 万元`, `251000元` are understood."""
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "")
    plain = re.sub(r"\s+", "", plain).replace("−", "-")
    if any(map(is_mark, text)):  # NFKC would make 31 of 3① and 32 of 3²
        return Entry(reason=f"“{text.strip()[:LONGEST]}”里有上标或带圈的数字，请核对")
    if not plain:
        return Entry()
    if is_placeholder(plain):
        return Entry(placeholder=True)
    if len(plain) > LONGEST:
        return Entry(reason="太长，不是一个数字")
    plain = _CHINESE_ZERO.get(plain, plain)
    # 1,234 and 1,234,567 are one number; 12,34 is none
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?:[^0-9]|$))", "", plain)
    return _money(plain, text) if kind is ValueKind.MONEY else _count(plain, text, kind)


def _count(plain: str, text: str, kind: ValueKind) -> Entry:
    for unit in _UNITS:
        plain = plain.removesuffix(unit)
    if _SUM.fullmatch(plain) and "." not in plain:
        number = sum(map(int, plain.split("+")))
    elif re.fullmatch(r"[+-]?[0-9]+", plain):
        number = int(plain)
    elif re.fullmatch(r"[+-]?[0-9]+\.(?!000$)0+", plain):  # Excel shows 3.0 for 3; 1.000 may be a thousand
        number = int(plain.partition(".")[0])
    else:
        return Entry(reason=f"“{text.strip()}”不是整数")
    if number < 0 and kind is not ValueKind.SIGNED:
        return Entry(reason=f"“{text.strip()}”小于0，件数不能是负数")
    if abs(number) > MAX_COUNT:
        return Entry(reason=f"“{text.strip()}”太大，请核对")
    return Entry(number)


def _money(plain: str, text: str) -> Entry:
    scale = Decimal(1)
    if plain.endswith("万元"):
        plain = plain.removesuffix("万元")
    elif plain.endswith("元"):
        plain, scale = plain.removesuffix("元"), Decimal(10_000)
    try:
        if _SUM.fullmatch(plain):
            number = sum(map(Decimal, plain.split("+")), Decimal(0))
        elif re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", plain):
            number = Decimal(plain)
        else:
            raise InvalidOperation
    except InvalidOperation:
        return Entry(reason=f"“{text.strip()}”不是金额")
    number = number / scale
    if number < 0:
        return Entry(reason=f"“{text.strip()}”小于0，金额不能是负数")
    if number > 10**10:
        return Entry(reason=f"“{text.strip()}”太大，单位是万元，请核对")
    if number != round(number, 6):
        return Entry(reason=f"“{text.strip()}”的小数超过六位，单位是万元")
    return Entry(canonical_money(number))


def canonical_money(number: Decimal) -> Decimal:
    """The same amount without an exponent or idle zeros: equal amounts are written equally everywhere."""
    plain = number.normalize() + 0  # −0 is 0
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def show_value(value: Value | None) -> str:
    """How a value is printed: "" for a blank, no separators, no exponent."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else format(canonical_money(value), "f")


def day_of(year: int, month: int, day: int, text: str) -> date:
    """The day that `text` names; UserError where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= 12:
        why = f"一年没有{month}月"
    elif (month, day) == (2, 29):
        why = f"{year}年2月没有29日"
    else:
        why = f"{month}月没有{day}日"
    raise UserError(f"没有“{text.strip()}”这一天，{why}", "请改正日期")
