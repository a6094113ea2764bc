"""Single fields as typed: a date such as 2026年1月9日, a year, an amount in 元."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from app.errors import UserError
from app.form.model import ValueKind
from app.report.entry import day_of, parse_entry

_DAY = re.compile(r"([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_DATE = re.compile(r"(20[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")


def date_text(day: date | None) -> str:
    """2026年1月9日, as 成文日期 is printed; "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def parse_date(text: str, example: date) -> date | None:
    """A date as people write one, such as `example`, in whose year it is when it names none; None for an empty field."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not plain:
        return None
    found = _DATE.fullmatch(plain)
    if found:
        return day_of(int(found[1]), int(found[2]), int(found[3]), text)
    short = _DAY.fullmatch(plain)
    if short:
        return day_of(example.year, int(short[1]), int(short[2]), text)
    raise UserError(f"看不懂日期“{text.strip()}”", f"请写成 {date_text(example)} 的样子")


def parse_yuan(text: str) -> Decimal | None:
    """An amount in 元: 380, 380元, 3,940.5; None for an empty field."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("元")
    if plain in ("没有", "无"):
        return Decimal(0)
    entry = parse_entry(plain, ValueKind.MONEY)
    if entry.reason or entry.placeholder or (isinstance(entry.value, Decimal) and entry.value < 0):
        raise UserError(f"“{text.strip()}”不是金额", "请只写数字，单位是元，没有收取的写0")
    return None if entry.value is None else Decimal(entry.value)


def yuan_text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def today() -> date:
    return date.today()  # noqa: DTZ011 - the clerk's own clock
