"""Texts of a row → a line of 申请登记, as they stand in a workbook or on the clipboard: what cannot be read is named and kept in 备注."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.chinese import fold
from app.errors import UserError
from app.register import tally
from app.report.model import Application, Report

COLUMNS: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (  # field, heading, width, other headings
    ("number", "登记号", 14, ("序号", "编号", "登记编号", "申请编号", "受理编号")),
    ("received_on", "收到日期", 14, ("收到时间", "受理日期", "受理时间", "申请日期", "申请时间", "收件日期")),
    ("applicant", "申请人", 18, ("申请人类型", "申请人类别", "申请人性质", "申请人情况")),
    ("is_carried_in", "上年结转", 10, ("是否上年结转", "结转", "是否结转")),
    ("result", "办理结果", 44, ("处理结果", "答复结果", "答复类型", "答复方式", "结果")),
    ("answered_on", "答复日期", 14, ("答复时间", "办结日期", "办结时间")),
    ("note", "备注", 36, ("说明",)),
)
_YES, _NO = ("是", "√", "有", "结转", "1", "y", "yes"), ("", "否", "无", "0", "-", "/", "n", "no")
Unread = list[tuple[str, str]]  # heading, text


@dataclass(frozen=True)
class RegisterRead:
    """The lines that were read; `problems` names what could not be read, by row: nothing of it is lost, it stands in 备注."""

    lines: tuple[Application, ...]
    problems: tuple[str, ...] = ()


def field_of(heading: str, taken: set[str]) -> str:
    """The field that a heading names, "" for none; one that is `taken` is not named twice."""
    # 收到日期（年月日） is 收到日期; `fold` has made all brackets full-width
    plain = re.sub(r"（.*?）", "", fold(heading))
    for name, own, _, others in COLUMNS:
        if name not in taken and plain in (own, *others):
            return name
    return ""


def unread_words(row: int, unread: Unread) -> list[str]:
    """What is said of the texts of a row (counted from 1) that could not be read."""
    return [f"第{row}行{heading}“{text}”看不懂，留空，原文写进了备注" for heading, text in unread]


def line_of(
    texts: dict[str, str], report: Report, line: Application | None = None
) -> tuple[Application, Unread]:
    """A line with these texts by field, on top of `line` where there is one, and what could not be read."""
    unread: Unread = []
    headings = {name: heading for name, heading, _, _ in COLUMNS}
    line = line or Application()
    changes: dict[str, Any] = {}

    def take(name: str, read_one: Callable[[str], Any], blank: Any) -> None:
        if name not in texts:
            return
        try:
            changes[name] = read_one(texts[name])
        except UserError:
            unread.append((headings[name], texts[name]))
            changes[name] = blank

    take("number", str.strip, "")
    take("is_carried_in", _yes, False)
    year = report.year - 1 if changes.get("is_carried_in", line.is_carried_in) else report.year
    take("received_on", lambda text: tally.read_date(text, year), None)
    received = changes.get("received_on", line.received_on)
    take("answered_on", lambda text: tally.read_date(text, report.year, received), None)
    people, outcomes = tally.applicants(report.form), tally.results(report.form)
    take("applicant", lambda text: tally.read_choice(text, people), "")
    take("result", lambda text: tally.read_choice(text, outcomes, tally.OPEN), "")
    kept = [texts.get("note", line.note), *(f"{heading}：{text}" for heading, text in unread)]
    return replace(line, **changes, note="；".join(kept).strip("；")), unread


def pasted(report: Report, rows: Sequence[Sequence[str]], at: int, fields: Sequence[str]) -> RegisterRead:
    """The register with a block of texts laid over it from line `at` on, column by column over `fields`.

    A block that brings its own headings is read by them and comes after what is there.
    """
    heads, start = _heads_of(rows), 1
    if heads:
        rows, fields, at, start = rows[1:], heads, len(report.register), 2
    lines = list(report.register)
    problems: list[str] = []
    for number, row in enumerate(rows, start):
        texts = _texts_of(row, fields)
        if not any(texts.values()):
            continue
        made, unread = _laid_over(lines[at] if at < len(lines) else None, texts, report)
        problems += unread_words(number, unread)
        if at < len(lines):
            lines[at] = made
        else:
            lines.append(made if made.number else replace(made, number=tally.next_number(tuple(lines))))
        at += 1
    return RegisterRead(tuple(lines), tuple(problems))


def _heads_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """The fields that a block's first line names where it is a line of headings: 收到日期 and another; else none."""
    heads = [field_of(text, set()) for text in rows[0]] if rows else []
    return heads if "received_on" in heads and sum(map(bool, heads)) >= 2 else []


def _texts_of(row: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    """The texts of a line by field; of two columns of one field the first."""
    texts: dict[str, str] = {}
    for name, text in zip(fields, row, strict=False):
        if name:
            texts.setdefault(name, " ".join(text.split()))
    return texts


def _laid_over(line: Application | None, texts: dict[str, str], report: Report) -> tuple[Application, Unread]:
    """The line with these texts, and 上年结转 told from the date where nothing else says it, as when it is typed."""
    made, unread = line_of(texts, report, line)
    if "received_on" in texts and "is_carried_in" not in texts and made.received_on:
        made = replace(made, is_carried_in=made.received_on.year < report.year)
    return made, unread


def _yes(text: str) -> bool:
    plain = text.strip().lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise UserError(f"“{text}”看不懂", "请写“是”或“否”")
