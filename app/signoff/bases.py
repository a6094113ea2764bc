"""What a 花脸稿 can be laid over: the last 送审稿, 定稿, versions with a name, the last save, last year's report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from app.documents.compose import printed_date
from app.errors import UserError
from app.report.model import Report
from app.session.document import ReportDocument
from app.session.versions import versions_of
from app.signoff import redline, signing
from app.storage import files

SENT, FINAL, PRIOR = "sent", "final", "prior"
WORDS = {SENT: "最近的送审稿", FINAL: "上一版定稿", PRIOR: "上年的报告"}
_SAVED = 3  # of the saves without a name


@dataclass(frozen=True, slots=True)
class Basis:
    """`key` is one of WORDS, or "" for a kept version; `title` names it."""

    key: str
    title: str
    load: Callable[[], Report] = field(repr=False, compare=False)


def bases_of(document: ReportDocument) -> list[Basis]:
    """All that there is for the open report, the most likely first."""
    return [*_own(document), *_kept(document), *_last_year(document)]


def _own(document: ReportDocument) -> Iterator[Basis]:
    report = document.report
    if report.sent is not None:
        day = signing.sign_off_of(report.sent).sent_on
        yield Basis(
            SENT,
            f"最近的送审稿{f'（{printed_date(day)}送审）' if day else ''}",
            partial(_itself, report.sent),
        )
    for one in reversed(report.finals):
        yield Basis(FINAL, f"第{one.version}版定稿", partial(_itself, one))


def _kept(document: ReportDocument) -> Iterator[Basis]:
    unnamed = 0
    for one in versions_of(document):
        if one.backup is not None:
            unnamed += not one.name
            if one.name or unnamed <= _SAVED:
                yield Basis("", f"{one.title if one.name else f'{one.title} 保存的'}", one.load)


def _last_year(document: ReportDocument) -> Iterator[Basis]:
    if document.prior is not None:
        yield Basis(PRIOR, f"上年的报告（{document.prior.year}年）", partial(_itself, document.prior))


def basis(document: ReportDocument, key: str) -> Basis:
    """The one of this key. UserError when there is none."""
    found = next((one for one in bases_of(document) if one.key == key), None)
    if found is None:
        raise UserError(f"报告里没有{WORDS[key]}", "请换一个来对照，或者写明旧文件")
    return found


def _itself(report: Report) -> Report:
    return report


def write_redline(
    earlier: Report, report: Report, targets: list[Path], at: datetime, author: str = ""
) -> list[Path]:
    """花脸稿 in each target's format, all or none. UserError for a format that cannot hold it."""
    for target in targets:
        if target.suffix.lower() not in redline.SUFFIXES:
            raise UserError(f"花脸稿不能写成“{target.name}”", f"请写成 {' '.join(redline.SUFFIXES)}")
    reviser = redline.reviser_of(report, at, author)
    made = [redline.redline_bytes(earlier, report, reviser, one.suffix.lower()) for one in targets]
    files.write_together(list(zip(targets, made, strict=True)))
    return targets
