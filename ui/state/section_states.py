"""How far each page of the report is, in a word and a number: the state that the list of sections shows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.errors import UserError
from app.form.model import FormDefinition, Severity
from app.report import bindings
from app.report.model import INTRODUCTION, Report
from app.session.document import ReportDocument
from app.signoff import signing
from ui.kit.stage import Stage

START, AGENCY, REVIEW, EXPORT = "start", "agency", "review_all", "export"
SIGN_OFF = "sign_off"
_ELSEWHERE = {"title", "signature", ""}  # findings that are mended on the agency page


@dataclass(frozen=True, slots=True)
class State:
    stage: Stage
    count: int = 0  # 待更新, or findings
    errors: int = 0
    warnings: int = 0
    text: str = ""  # where it is neither of these words

    @property
    def is_grave(self) -> bool:
        """Whether an error wants to be seen: an empty part has them all for being empty."""
        return self.errors > 0 and self.stage is not Stage.EMPTY

    @property
    def words(self) -> str:
        if self.text:
            return self.text
        if self.stage is Stage.EMPTY and self.count:  # the table is empty, the text above it is last year's
            return f"{self.stage.value} · {Stage.PENDING.value} {self.count}"
        words = f"{self.stage.value} {self.count}" if self.count else self.stage.value
        return f"{words} · 错误 {self.errors}" if self.is_grave and self.stage is Stage.PENDING else words

    @property
    def details(self) -> str:
        """All that there is to say, for the tooltip and the screen reader."""
        if self.text:
            return self.text
        pending = self.count if self.stage in (Stage.EMPTY, Stage.PENDING) else 0
        first = [self.stage.value] if self.stage in (Stage.EMPTY, Stage.DONE) else []
        more = ((Stage.PENDING.value, pending), ("错误", self.errors), ("警告", self.warnings))
        return "，".join(first + [f"{name}{number}处" for name, number in more if number])


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the list: a page's key and title."""

    key: str
    title: str
    group: int  # entries of one group stand together


def places(form: FormDefinition) -> list[Place]:
    """Every page in the order in which a report is written."""
    return [
        Place(START, "开始", 0),
        Place(AGENCY, "单位信息", 1),
        Place(INTRODUCTION, "引言", 1),
        *(Place(section.key, section.title, 1) for section in form.sections),
        Place(REVIEW, "检查", 2),
        Place(SIGN_OFF, "送签", 2),
        Place(EXPORT, "导出", 2),
    ]


def page_of(form: FormDefinition, section: str) -> str:
    """The page on which a finding's section is mended."""
    return AGENCY if section in _ELSEWHERE else section


def states(document: ReportDocument) -> dict[str, State]:
    """The state of every page that has one."""
    report, form = document.report, document.form
    pending = dict.fromkeys([INTRODUCTION, *(s.key for s in form.sections)], 0)
    for mark in report.pending:
        pending[mark.section] = pending.get(mark.section, 0) + 1
    wrong: dict[str, _Wrong] = defaultdict(lambda: _Wrong(0, 0))
    for finding in document.findings:
        if finding.severity is not Severity.INFO:
            for key in (page_of(form, finding.section), REVIEW):
                wrong[key] = wrong[key].and_one(finding.severity)
    found = {AGENCY: _state(not report.agency.name, 0, wrong[AGENCY])}
    found[INTRODUCTION] = _text_state(document, INTRODUCTION, pending, wrong)
    for section in form.sections:
        if section.tables:
            is_empty = not any(ref in report.values for ref in section.cells)
            found[section.key] = _state(is_empty, pending[section.key], wrong[section.key])
        else:
            found[section.key] = _text_state(document, section.key, pending, wrong)
    found[REVIEW] = _state(False, 0, wrong[REVIEW])
    found[SIGN_OFF] = _sign_off_state(report)
    found[EXPORT] = State(Stage.NONE)
    return found


def waiting_sections(report: Report) -> set[str]:
    """The sections whose text still has something 待更新 or 待填."""
    pending = {mark.section for mark in report.pending}
    return pending | {key for key, text in report.narratives.items() if bindings.blank_places(text)}


def _sign_off_state(report: Report) -> State:
    """送审, 审核, 签发; 定稿 is what it is done with."""
    try:
        stage = signing.stage(report)
    except UserError:  # the township's own steps cannot be read: the page says so
        return State(Stage.NONE)
    if stage is signing.Stage.DRAFT:
        return State(Stage.NONE)
    if stage is signing.Stage.FROZEN:
        return State(Stage.DONE, text=f"已定稿 第{report.version}版")
    return State(Stage.PENDING, text=stage.value)


class _Wrong(NamedTuple):
    """How many findings a page has, those that are only told aside."""

    errors: int
    warnings: int

    def and_one(self, severity: Severity) -> "_Wrong":
        return _Wrong(
            self.errors + (severity is Severity.ERROR), self.warnings + (severity is Severity.WARNING)
        )


def _text_state(
    document: ReportDocument, key: str, pending: Mapping[str, int], wrong: Mapping[str, _Wrong]
) -> State:
    return _state(not document.report.narrative(key).strip(), pending[key], wrong[key])


def _state(is_empty: bool, pending: int, wrong: _Wrong) -> State:
    if is_empty:
        return State(Stage.EMPTY, pending, *wrong)
    if pending:
        return State(Stage.PENDING, pending, *wrong)
    return State(Stage.FINDINGS, sum(wrong), *wrong) if any(wrong) else State(Stage.DONE)


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole report in numbers."""

    filled: int
    cells: int  # that the clerk fills; totals are apart
    blanks: int
    pending: int
    errors: int
    warnings: int
    infos: int

    @property
    def words(self) -> str:
        parts = [f"已填{self.filled}格（共{self.cells}格）"]
        if self.pending:
            parts.append(f"待更新{self.pending}处")
        if self.errors:
            parts.append(f"错误{self.errors}处")
        if self.warnings:
            parts.append(f"警告{self.warnings}处")
        return " · ".join(parts)


def progress(document: ReportDocument) -> Progress:
    report = document.report
    form = document.form
    number = dict.fromkeys(Severity, 0)
    for finding in document.findings:
        number[finding.severity] += 1
    return Progress(
        report.filled(form),
        len(form.inputs),
        len(report.left(form)),
        len(report.pending),
        number[Severity.ERROR],
        number[Severity.WARNING],
        number[Severity.INFO],
    )
