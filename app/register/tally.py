"""申请登记: one line for each application, read as typed, counted into 表三, held against it, carried into the next year."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from app.chinese import fold, ordinal
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import Axis, CellRef, FormDefinition, Heading, TableSpec, Value
from app.register import working_days
from app.register.applicant_words import NO_WORDS, Words, applicant_words
from app.register.working_days import WORKING_DAYS
from app.report.entry import day_of
from app.report.model import Application, Report

TABLE, RECEIVED, CARRIED_IN, CARRIED_OUT = "requests", "received", "carried_in", "carried_out"
_TOTAL, _PROCESSED = "total", "processed"
OPEN = "未办结"
PRIVACY = "备注随报告文件走，不要写申请人姓名、证件号和电话"
_MOST_HOLIDAYS = 8  # weekdays that the holidays of any five weeks take at most, where a year's are not known

# 3.5, 3月5日, 3-5号, 2025年3月5日, 2025/3/5, 2025.3.5; without marks 20250305.
_DATE = re.compile(r"(?:(20[0-9]{2})[年./-])?([0-9]{1,2})[月./-]([0-9]{1,2})[日号]?")
_DIGITS_DATE = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
# A mobile telephone (11 digits from 13 to 19) or an ID card (17 digits and a digit or X).
_PRIVATE = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx])(?![0-9Xx])")


# -- what may be chosen ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """An applicant or a result: what is kept, what is typed for it, what is printed."""

    key: str
    code: str
    label: str
    names: tuple[str, ...] = ()  # folded: by which it is known
    endings: tuple[str, ...] = ()  # of the name of one: 某某公司

    @property
    def words(self) -> str:
        return f"{self.code} {self.label}"


def has_register(form: FormDefinition) -> bool:
    return TABLE in form.tables


def table_of(form: FormDefinition) -> TableSpec:
    return form.tables[TABLE]


@cache
def applicants(form_id: str) -> tuple[Choice, ...]:
    """The columns of 表三 that are not sums, typed 1, 2, 3 …"""
    table = table_of(form_of(form_id))
    keys, words = table.line_parts[Axis.ROW, _TOTAL], applicant_words()
    return tuple(
        _choice(str(n), table.column(key), words=words.get(key, NO_WORDS)) for n, key in enumerate(keys, 1)
    )


@cache
def results(form_id: str) -> tuple[Choice, ...]:
    """The rows of 表三 that say how an application was settled, typed by their printed numbers: 1, 31, 32 …"""
    table = table_of(form_of(form_id))
    keys = table.line_parts[Axis.COLUMN, _PROCESSED]
    group = next(row for row in table.rows if any(leaf.key == keys[0] for leaf in row.leaves()))
    found = []
    for number, part in enumerate(group.children, 1):
        for place, leaf in enumerate(part.leaves(), 1):
            if leaf.key in keys and part.children:
                found.append(_choice(f"{number}{place}", leaf, ordinal(part.label)))
            elif leaf.key in keys:
                found.append(_choice(str(number), leaf))
    return tuple(found)


def _choice(code: str, heading: Heading, before: str = "", words: Words = NO_WORDS) -> Choice:
    short = heading.label.partition("（区分")[0]
    names = {fold(one) for one in (heading.label, short, *heading.aliases, *words.words)}
    return Choice(heading.key, code, before + short, tuple(sorted(names)), words.endings)


def label_of(choices: Iterable[Choice], key: str) -> str:
    """What is printed for a kept key; one that this edition does not know stands as it is."""
    return next((one.label for one in choices if one.key == key), key)


def read_choice(text: str, choices: tuple[Choice, ...], blank: str = "") -> str:
    """What was typed → the key: its code, its label or a part that only one label has; "" for nothing or `blank`."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain or plain in (blank, "0"):
        return ""
    # 31, 31国家秘密 (as `Choice.words` has them); not the printed 3.1 or 1、
    coded = re.match(r"[0-9]+(?=$|[^0-9.．、])", plain)
    if coded and (hit := [one for one in choices if one.code == coded[0]]):
        return hit[0].key
    folded = fold(fold(plain))  # （三）1.…: two numbers before the words
    found = _alike(folded, choices)
    if folded and len(found) == 1:
        return found[0].key
    why = "有几项都像它" if found else "没有这一项"
    raise UserError(f"“{text.strip()}”看不懂：{why}", "请输入列出的序号，或从列表里选")


def _alike(folded: str, choices: tuple[Choice, ...]) -> list[Choice]:
    """Those that are called so; else those whose names end so; else those of which it is a part."""
    return (
        [one for one in choices if folded in one.names]
        or [one for one in choices if one.endings and folded.endswith(one.endings)]
        or [one for one in choices if any(folded in name for name in one.names)]
    )


# -- dates -----------------------------------------------------------------------------------------------------------------


def read_date(text: str, year: int, not_before: date | None = None) -> date | None:
    """3.5, 3月5日, 2025-3-5, 20250305 → a date; without a year it is one of `year`. None for an empty text.

    Where `not_before` is given and the date of `year` lies before it, the next year is meant (an answer in January).
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).removesuffix("00:00:00")
    if not plain:
        return None
    found = _DIGITS_DATE.fullmatch(plain) or _DATE.fullmatch(plain)
    if found:
        day = day_of(int(found[1] or year), int(found[2]), int(found[3]), text)
        if not found[1] and not_before is not None and day < not_before:  # answered in January
            day = day_of(year + 1, day.month, day.day, text)
        return day
    raise UserError(f"看不懂日期“{text.strip()}”", f"请写成 3.5 或 {year}-3-5 的样子")


def date_words(day: date | None) -> str:
    return f"{day.year}-{day.month}-{day.day}" if day else ""


# -- one line --------------------------------------------------------------------------------------------------------------


def year_end(year: int) -> date:
    return date(year, 12, 31)


def is_open_at_end(one: Application, year: int) -> bool:
    """Whether it goes on into the next year: not settled, or settled after 31 December."""
    return not one.result or (one.answered_on is not None and one.answered_on > year_end(year))


def next_number(register: tuple[Application, ...]) -> str:
    """The number that follows the last one, where that ends in digits."""
    last = next((one.number for one in reversed(register) if one.number), "")
    # the digits at its end: 009 of 2025-009
    found = re.search(r"([0-9]{1,9})$", last)
    if not found:
        return "" if last else str(len(register) + 1)
    return last[: found.start()] + str(int(found[1]) + 1).zfill(len(found[1]))


def has_private_data(one: Application) -> bool:
    """A mobile or ID number where only a note belongs."""
    return bool(_PRIVATE.search(f"{one.number} {one.note}"))


def problems(one: Application, year: int, form_id: str, today: date) -> tuple[str, ...]:
    """What is wrong or wants a look at one line, in words; certain things only."""
    found = list(faults(one, year, form_id))
    if one.result and one.answered_on and one.answered_on > year_end(year):
        found.append(f"{year + 1}年答复，计入结转下年度")
    try:
        told = deadline_words(one, year, today) or late_words(one)
    except UserError as error:  # the township's own list of holidays cannot be read
        told = str(error)
    return tuple([*found, told] if told else found)


def faults(one: Application, year: int, form_id: str) -> tuple[str, ...]:
    """What is not finished or contradicts itself in one line: to be mended before it is counted."""
    found = [*_date_faults(one, year)]
    if not one.applicant:
        found.append("没有选申请人，没有计入表三")
    elif one.applicant not in {choice.key for choice in applicants(form_id)}:
        found.append("这一年的表三没有这类申请人，没有计入")
    if one.result and one.result not in {choice.key for choice in results(form_id)}:
        found.append("这一年的表三没有这种结果，没有计入")
    if has_private_data(one):
        found.append("像是写了手机号或身份证号，请删去")
    return tuple(found)


def _date_faults(one: Application, year: int) -> Iterator[str]:
    received, answered = one.received_on, one.answered_on
    if received is None:
        yield "没有收到日期"
    elif received.year > year:
        yield f"收到日期在{year}年以后，没有计入"
    elif received.year < year and not one.is_carried_in:
        yield f"收到日期在{year}年以前，是上年结转吗"
    elif received.year == year and one.is_carried_in:
        yield f"收到日期在{year}年，不是上年结转"
    if received and answered and answered < received:
        yield "答复日期早于收到日期"
    if one.is_carried_in and answered and answered.year < year:
        yield f"答复日期在{year}年以前，不应结转"
    if answered and not one.result:
        yield "有答复日期，没有办理结果"


def deadline_words(one: Application, year: int, today: date) -> str:
    """Of an open line: when its 20 working days are about over, or that they are."""
    if one.result or one.received_on is None:
        return ""
    if today > year_end(year):
        return "到12月31日没有答复，计入结转下年度"
    due = working_days.due(one.received_on)
    surely = working_days.due(one.received_on, WORKING_DAYS + _MOST_HOLIDAYS) if due.unknown else due
    if today > surely.day:
        return f"已过{WORKING_DAYS}个工作日（{due.words}），请核实是否答复、延期或补正"
    return f"{WORKING_DAYS}个工作日到{due.words}"


def late_words(one: Application) -> str:
    """Of an answered line: that the answer came after its 20 working days, or after the 40 that it may be extended to."""
    received, answered = one.received_on, one.answered_on
    if received is None or answered is None:
        return ""
    taken, due = working_days.between(received, answered), working_days.due(received)
    if not working_days.is_known(received, answered):
        if taken <= WORKING_DAYS + _MOST_HOLIDAYS:
            return ""  # holidays that are not known here may account for it
        return f"收到到答复超过{WORKING_DAYS}个工作日（{due.words}），请核实是否办过延期、补正或征求意见"
    if taken > 2 * WORKING_DAYS:
        return f"第{taken}个工作日才答复，超过延长以后的{2 * WORKING_DAYS}个工作日；补正、征求意见的时间不算，请核实"
    if taken > WORKING_DAYS:
        return f"第{taken}个工作日才答复（{WORKING_DAYS}个工作日到{due.words}），请核实是否办过延期、补正或征求意见"
    return ""


# -- counting --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """表三 as the register counts it: every cell, which lines make it up, and which lines could not be counted."""

    values: dict[CellRef, int] = field(default_factory=dict)
    lines: dict[CellRef, tuple[int, ...]] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()


def tally(report: Report) -> Tally:
    """Count the register. Cells that sum others count the lines of all of them."""
    form = form_of(report.form)
    if not has_register(form):
        return Tally()
    known = {one.key for one in applicants(report.form)}
    found: dict[CellRef, list[int]] = {ref: [] for ref in table_of(form).cells}
    left_out = []
    for number, one in enumerate(report.register):
        rows = _rows_of(one, report.year, report.form)
        if not rows or one.applicant not in known:
            left_out.append(number)
            continue
        for row in rows:
            for column in (one.applicant, _TOTAL):
                found[CellRef(TABLE, row, column)].append(number)
    lines = {ref: tuple(numbers) for ref, numbers in found.items()}
    return Tally({ref: len(numbers) for ref, numbers in lines.items()}, lines, tuple(left_out))


def _rows_of(one: Application, year: int, form_id: str) -> tuple[str, ...]:
    """The rows of 表三 in which a line counts; none when it belongs to no row of this year."""
    if one.received_on is not None and one.received_on.year > year:
        return ()
    first = CARRIED_IN if one.is_carried_in else RECEIVED
    if is_open_at_end(one, year):
        return first, CARRIED_OUT
    if one.result not in {choice.key for choice in results(form_id)}:
        return ()
    return first, one.result, _PROCESSED


@dataclass(frozen=True, slots=True)
class Difference:
    ref: CellRef
    stands: Value | None
    counted: int


def differences(report: Report) -> tuple[Difference, ...]:
    """The cells of 表三 that say something else than the register; a blank beside no line is not one."""
    return differences_of(report, tally(report)) if report.register else ()


def differences_of(report: Report, found: Tally) -> tuple[Difference, ...]:
    """The same with the register counted already."""
    return tuple(
        Difference(ref, report[ref], number)
        for ref, number in found.values.items()
        if report[ref] != number and not (report[ref] is None and number == 0)
    )


def changes(report: Report) -> dict[CellRef, Value | None]:
    """What 表三 would have to become to say what the register counts; totals too, so that none stands wrong."""
    counted = tally(report).values
    return {ref: number for ref, number in counted.items() if report[ref] != number}


# -- the next year ---------------------------------------------------------------------------------------------------------


def carried_over(register: tuple[Application, ...], year: int) -> tuple[Application, ...]:
    """What goes on into the year after `year`: the open lines; one answered in January keeps its answer."""
    return tuple(
        replace(one, is_carried_in=True)
        for one in register
        if is_open_at_end(one, year) and (one.received_on is None or one.received_on.year <= year)
    )
