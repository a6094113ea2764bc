"""Any file that holds a report, read and checked: a .gknb, its report.json, last year's report of whatever type."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.checks import CheckContext, Finding, check
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import CellRef, Value
from app.patterns import lazily
from app.report.model import Report
from app.storage import codec, files, settings
from app.storage.container import SUFFIX, Content, looks_like_gknb, unpack

if TYPE_CHECKING:
    from app.importing.result import ImportResult
    from app.report.outline import Outline

_ODD_NUMBER = lazily(r"[-－−—]?\d+(?:[.．]\d+)?")  # a number that no cell takes: -3, 12.5
# “约120”不是整数, 单元格中是算式: why app.report.entry and app.importing.matching.values take a text for no number
_NO_NUMBER = lazily(r"“[^”]*”不是|单元格中是")


class FilledForm(UserError):  # noqa: N818 (what the file is)
    """The file is a 收数表 that came back: a part of a report, to be added up and not to be taken for the whole."""


class LastYear(NamedTuple):
    """Last year's report to be compared with, and what was read doubtfully of it, which it lacks."""

    report: Report
    likely: Mapping[CellRef, Value]


class AnyReport(NamedTuple):
    """A .gknb or an old report of any type, read. `outline` and `imported` are given for an old report only."""

    report: Report
    outline: "Outline | None" = None
    imported: "ImportResult | None" = None
    prior: Report | None = None

    @property
    def certain(self) -> Report:
        """The report with what was read doubtfully left blank: for a document, a prior, a new year."""
        return self.imported.certain if self.imported else self.report

    @property
    def as_last_year(self) -> LastYear:
        """To be compared with: beside what is certain, digits that stand together and can be parted in one way, 008 in three cells."""
        doubts = self.imported.unsure if self.imported else ()
        together = Counter((one.cell[:2], one.text) for one in doubts)
        values = self.report.values
        return LastYear(
            self.certain,
            {
                one.cell: values[one.cell]
                for one in doubts
                if one.cell in values
                and one.text.isdigit()
                and len(one.text) == together[one.cell[:2], one.text]
            },
        )

    @property
    def printed(self) -> Report:
        """The report as a reviewer sees it: a cell that is blank on the page is blank, whatever could be proposed for it."""
        blanks = self.imported.blanks if self.imported else {}
        proposed = dict.fromkeys(ref for ref in blanks if ref in self.report.values)
        return self.report.with_values(proposed) if proposed else self.report

    @property
    def unread(self) -> Mapping[CellRef, str]:
        """Cells of an old report that hold what is no number of theirs (-3, 12.5, 约120, O), which was not taken: why."""
        doubts = self.imported.unsure if self.imported else ()
        return {
            one.cell: one.reason
            for one in doubts
            if one.cell not in self.report.values and _is_odd(one.text.strip(), one.reason)
        }

    @property
    def doubtful(self) -> int:
        """How many cells of an old report are judged by a number that is only probable."""
        printed = self.printed.values
        return sum(one.cell in printed for one in self.imported.unsure) if self.imported else 0


def _is_odd(text: str, reason: str) -> bool:
    """Whether a number of the wrong kind, or no number at all, stands in a cell of its own."""
    return _ODD_NUMBER.fullmatch(text) is not None or _NO_NUMBER.match(reason) is not None


def read_any(path: Path) -> AnyReport:
    """Read a .gknb or any file that can be imported, told by its content. Nothing is locked or written."""
    data = files.read_bytes(path)
    return _any_of(data, path.name)


def read_any_bytes(data: bytes, name: str) -> AnyReport:
    """The same for bytes that came from elsewhere (standard input); `name` is only for messages."""
    return _any_of(data, name)


def _any_of(data: bytes, name: str) -> AnyReport:
    if looks_like_gknb(data) or name.lower().endswith(SUFFIX):
        content = _unpack(data, name)
        return AnyReport(content.report, prior=content.prior)
    if data.lstrip()[:1] == b"{" and b'"gknb"' in data:
        return AnyReport(
            codec.from_json(codec.load(data))
        )  # report.json by itself, as other programs may write it
    from app.importing import importer

    _refuse_form(data, name)
    found = importer.import_bytes(data, name)
    return AnyReport(found.report, found.outline, found)


def _refuse_form(data: bytes, name: str) -> None:
    """What a village filled is one of many parts of a report."""
    from app.collecting.returned import is_form

    if is_form(data):
        raise FilledForm(
            f"“{name}”是收回的收数表，不是一份报告",
            "请打开要填的报告，在“文件”菜单的“收数表…”里导入（命令行是 nianbao collect）",
        )


def _unpack(data: bytes, name: str) -> Content:
    try:
        return unpack(data)
    except UserError as error:
        raise UserError(f"打不开“{name}”：{error.what}", error.what_to_do) from None


def findings_of(
    read: AnyReport, prior: LastYear | None = None, pack: str | None = None
) -> tuple[Finding, ...]:
    """All that is found in what was read, explained or not; `prior` stands for the one that it holds, `pack` for the one chosen."""
    last = prior.report if prior else read.prior
    chosen = settings.load().checks
    context = CheckContext(
        read.printed,
        form_of(read.report.form),
        last,
        form_of(last.form) if last else None,
        read.outline,
        chosen if pack is None else replace(chosen, pack=pack),
        read.unread,
        prior.likely if prior else {},
    )
    return check(context)
