"""The open report: last year's beside it, undo and redo, findings, and who wants to know of changes."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.checks import CheckContext, Finding, Repair, explanations
from app.checks import repairs as repairing
from app.checks.explanations import Explained, Settled
from app.checks.running import Checking, TextFindings, checking, finished
from app.checks.settings import CheckSettings
from app.checks.standing import Standing, standings, together
from app.chinese import with_whole_characters
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import CellRef, Equation, FormDefinition, Value
from app.report import bindings
from app.report.model import Agency, Pending, Report, Signature
from app.report.totals import with_blank_totals, with_totals
from app.session.open_file import OpenFile
from app.texts.ready_paragraphs import with_paragraphs

UNDO_LIMIT = 500
SLICE, PIECE = 0.002, 0.05  # seconds of the check at a time: between two keys, and while nobody types


class ReportFrozen(UserError):  # noqa: N818 - a refusal, not a fault
    """定稿: nothing in the report changes any more."""

    def __init__(self) -> None:
        super().__init__("报告已经定稿，不能修改", "要修改，请在“送签”页点“修改为新版本”")


@dataclass(frozen=True, slots=True)
class Step:
    """One state in the history and the name of what led to it, as the menu shows it: 粘贴表三."""

    name: str
    report: Report
    merge: str = ""  # consecutive steps with the same key become one (typing in one text)
    priors: tuple[Report | None, Report | None] | None = (
        None  # last year's report before and after, where that was changed
    )


class ReportDocument:
    """One open report. Every change makes a new frozen Report; observers are called after each."""

    def __init__(self, report: Report, prior: Report | None = None, path: Path | None = None) -> None:
        self.path = path
        self.file = OpenFile()
        prior = _plain(prior)
        self.prior = prior
        self.check_settings = CheckSettings()
        self.unread: Mapping[CellRef, str] = {}
        self._steps = [Step("", report)]
        self._at = 0
        self._saved: Report | None = report
        self._saved_prior = prior
        self._findings: tuple[Finding, ...] | None = None
        self._checking: Checking | None = None  # a check that is under way
        self._of_texts = TextFindings()
        self._settled: Settled | None = None
        self._counted: tuple[Settled, Mapping[str, Standing]] | None = None
        self._observers: list[Callable[[], None]] = []

    # -- what there is -------------------------------------------------------------------------------------------------

    @property
    def report(self) -> Report:
        return self._steps[self._at].report

    @property
    def form(self) -> FormDefinition:
        return form_of(self.report.form)

    @property
    def totals(self) -> Mapping[CellRef, tuple[Equation, ...]]:
        """The cells that are computed from others here, with their equations."""
        return self.form.totals

    @property
    def suggestions(self) -> Mapping[CellRef, Value]:
        """Values that wait for the clerk's word in a blank cell; a report that is being written has none."""
        return {}

    @property
    def undecided(self) -> frozenset[CellRef]:
        """Blank cells of which something is known that is not settled: no action on blanks may touch them."""
        return frozenset()

    def twin(self) -> "ReportDocument":
        """A document of the same kind and content with a history of its own: to try a change out, or for another thread.

        It is no open file, and nobody hears of what becomes of it.
        """
        made = ReportDocument(self.report)
        made._stand_as(self)
        return made

    def _stand_as(self, other: "ReportDocument") -> None:
        """Everything that the check sees is the other's."""
        self.prior = self._saved_prior = other.prior
        self.check_settings, self.unread = other.check_settings, other.unread

    @property
    def prior_form(self) -> FormDefinition | None:
        return form_of(self.prior.form) if self.prior else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the check finds wrong in the report as it stands, but for what is explained (出错说明)."""
        return self.settled.open

    @property
    def explained(self) -> tuple[Explained, ...]:
        """The findings that stand with a written reason."""
        return self.settled.explained

    @property
    def settled(self) -> Settled:
        """Both; divided at most once for each state."""
        if self._settled is None:
            self._settled = explanations.settle(self.all_findings, self.report.explanations)
        return self._settled

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How far each part is; counted at most once for each state: a look at any page tells of it."""
        if self._counted is None or self._counted[0] is not self.settled:
            self._counted = self.settled, standings(self.report, self.form, self.settled.open)
        return self._counted[1]

    @property
    def standing(self) -> Standing:
        """How far the whole report is; it is a draft as long as anything is 待填, 待更新 or 错误."""
        return together(self.standings.values())

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """All findings, explained or not; computed at most once for each state."""
        if self._findings is None:
            self._findings = with_paragraphs(self.report, finished(self._checking or self._check()))
        return self._findings

    def look(self, seconds: float) -> bool:
        """Go on checking for about so long; whether the findings of this state are there. For whoever must not wait."""
        if self._findings is None:
            self._checking = self._checking or self._check()
            end = time.perf_counter() + seconds
            try:
                while time.perf_counter() < end:
                    next(self._checking)
            except StopIteration as done:
                self._findings = with_paragraphs(self.report, done.value)
        return self._findings is not None

    def _check(self) -> Checking:
        return checking(
            CheckContext(
                self.report,
                self.form,
                self.prior,
                self.prior_form,
                settings=self.check_settings,
                unread=self.unread,
            ),
            self._of_texts,
        )

    @property
    def is_modified(self) -> bool:
        """Whether anything differs from what was last saved or opened."""
        return self.report is not self._saved or self.prior is not self._saved_prior

    def mark_saved(self, path: Path | None = None) -> None:
        """The report as it stands now lies on disk (at `path`, where that is new)."""
        self.path = path or self.path
        self._saved = self.report
        self._saved_prior = self.prior
        self._close_merge()
        self._notify()

    def mark_unsaved(self) -> None:
        """Nothing on disk holds this report yet (new, imported, recovered)."""
        self._saved = None
        self._notify()

    # -- changes -------------------------------------------------------------------------------------------------------

    def change(self, name: str, report: Report, merge: str = "") -> None:
        """Put a new state on the history; one with the same `merge` key replaces the step before it.

        ReportFrozen after 定稿, when it is anything but the beginning of a new version.
        """
        if report is self.report or report == self.report:
            return
        if self.report.is_frozen and report.version == self.report.version:
            raise ReportFrozen
        report = bindings.followed(self.report, report)
        last = self._steps[self._at]
        if merge and merge == last.merge and self._at > 0 and last.report is not self._saved:
            del self._steps[self._at + 1 :]
            self._steps[self._at] = Step(last.name, report, merge)
        else:
            self._append(Step(name, report, merge))
        self._changed()

    def _append(self, step: Step) -> None:
        """After the state that stands now; what had been undone is gone."""
        del self._steps[self._at + 1 :]
        self._steps.append(step)
        if len(self._steps) > UNDO_LIMIT:
            del self._steps[0]
        self._at = len(self._steps) - 1

    def set_values(self, changes: Mapping[CellRef, Value | None], name: str) -> None:
        """Fill or blank cells; the totals that depend on them follow."""
        unknown = [ref for ref in changes if ref not in self.form.cell_set]
        if unknown:
            raise KeyError(unknown[0])
        after = self.report.with_values(changes)
        self.change(name, with_totals(self.report, after, self.form, changes))

    def fill_blanks(self, cells: Iterable[CellRef], name: str = "全部填0") -> None:
        """全部填0: every blank among `cells` becomes 0, a blank total the sum of its parts; what is filled stays."""
        totals = self.form.totals
        blanks = [ref for ref in cells if ref not in self.report.values]
        zeros = {ref: 0 for ref in blanks if ref not in totals}
        if unknown := zeros.keys() - self.form.cell_set:
            raise KeyError(unknown.pop())
        after = with_totals(self.report, self.report.with_values(zeros), self.form, zeros)
        self.change(name, with_blank_totals(after, self.form, blanks))

    def set_narrative(self, section: str, text: str, name: str = "修改文字", merge: str = "") -> None:
        """Change a narrative; 待更新 marks and bound numbers whose text was touched go."""
        text = with_whole_characters(text)
        old = self.report.narrative(section)
        if text == old:
            return
        self.change(name, bindings.with_text(self.report, section, text), merge)

    def apply(self, *repairs: Repair, name: str = "") -> int:
        """Carry out what findings offer, as one step of undo; answers how many were still possible.

        A repair whose text is no longer there, or that meets one before it in the same place, is left out.
        """
        made = repairing.repaired(self.report, repairs)
        after = made.report
        if made.values:
            after = with_totals(self.report, after, self.form, made.values)
        if made.made:
            self.change(name or repairs[0].text, after)
        return made.made

    def fills_blanks(self, repair: Repair) -> bool:
        """Whether a repair writes into blank cells. A blank is not a zero: that is looked at before it is done."""
        return any(self.report[ref] is None and value is not None for ref, value in repair.values)

    def confirm(self, marks: Iterable[Pending], name: str = "沿用此处") -> None:
        """The clerk says that these years and numbers are right as they stand."""
        gone = set(marks)
        left = tuple(mark for mark in self.report.pending if mark not in gone)
        self.change(name, replace(self.report, pending=left))

    def put(self, name: str, merge: str = "", **parts: object) -> None:
        """Change any parts of the report (`Report`'s own field names) as one step of undo."""
        self.change(name, replace(self.report, **parts), merge)  # type: ignore[arg-type]

    def set_agency(self, agency: Agency, name: str = "修改单位信息", merge: str = "") -> None:
        self.change(name, replace(self.report, agency=agency), merge)

    def set_signature(self, signature: Signature, name: str = "修改落款", merge: str = "") -> None:
        self.change(name, replace(self.report, signature=signature), merge)

    def set_processing_fee(self, fee: Decimal | None, name: str = "修改信息处理费") -> None:
        self.change(name, replace(self.report, processing_fee=fee))

    def use_checks(self, settings: CheckSettings) -> None:
        """What the county set is another: check anew (not part of undo)."""
        self.check_settings = settings
        self._changed()

    def set_unread(self, unread: Mapping[CellRef, str]) -> None:
        """What stands typed in cells and is no number, with the reason: the check names it (not part of undo)."""
        if unread != self.unread:
            self.unread = dict(unread)
            self._changed()

    def set_prior(self, prior: Report | None, name: str = "换上年报告") -> None:
        """Lay another report of last year beside this one, as a step of undo; after 定稿 there is none."""
        prior = _plain(prior)
        if prior is self.prior:
            return
        if not self.report.is_frozen:
            self._append(Step(name, self.report, priors=(self.prior, prior)))
        self.prior = prior
        self._changed()

    # -- explanations --------------------------------------------------------------------------------------------------

    def explain(self, finding: Finding, reason: str, made_on: date) -> None:
        """Let a finding stand, with a reason. UserError when the reason is none, or nothing can stand as it is."""
        if any(ref in self.unread and self.unread[ref] in finding.message for ref in finding.cells):
            raise UserError("格子里的内容看不懂，没有存进报告", "请改正或清除它，写说明不能代替")
        made = explanations.explained(self.report, finding, reason, made_on)
        self.put("说明", explanations=made)

    def take_back(self, finding: Finding) -> None:
        """The explanation of a finding goes; the finding wants something again."""
        self.put("取消说明", explanations=explanations.without(self.report, finding))

    def forget_stale_explanations(self) -> None:
        """Explanations whose finding is gone go too: before saving and signing. No step of undo: earlier states keep theirs."""
        if self.report.explanations and not self.report.is_frozen:
            kept = explanations.without_stale(self.report, self.all_findings)
            if kept is not self.report:
                self._steps[self._at] = replace(self._steps[self._at], report=kept)
                self._notify()

    # -- history -------------------------------------------------------------------------------------------------------

    @property
    def undo_name(self) -> str:
        """What 撤销 would take back; "" when there is nothing, or the report is frozen."""
        return self._steps[self._at].name if self._at > 0 and not self.report.is_frozen else ""

    @property
    def redo_name(self) -> str:
        return self._steps[self._at + 1].name if self._at + 1 < len(self._steps) else ""

    @property
    def undo_steps(self) -> list[tuple[str, Report, Report]]:
        """What 撤销 would take back one after the other, the latest first: its name, the report before it and after it.

        As far as nothing frozen is met.
        """
        steps = []
        for at in range(self._at, 0, -1):
            if self._steps[at].report.is_frozen:
                break
            steps.append((self._steps[at].name, self._steps[at - 1].report, self._steps[at].report))
        return steps

    @property
    def undo_names(self) -> list[str]:
        """Their names."""
        return [name for name, _, _ in self.undo_steps]

    def undo(self, steps: int = 1) -> None:
        """Take back so many steps, as far as there are any."""
        steps = min(steps, len(self.undo_names))
        for _ in range(steps):
            if (priors := self._steps[self._at].priors) is not None:
                self.prior = priors[0]
            self._at -= 1
        if steps > 0:
            self._changed()

    def redo(self) -> None:
        if self._at + 1 < len(self._steps):
            self._at += 1
            if (priors := self._steps[self._at].priors) is not None:
                self.prior = priors[1]
            self._changed()

    def end_merge(self) -> None:
        """A pause in typing: what comes next is a step of its own."""
        self._close_merge()

    def _close_merge(self) -> None:
        self._steps[self._at] = replace(self._steps[self._at], merge="")

    # -- observers -----------------------------------------------------------------------------------------------------

    def subscribe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call `observer` after every change; returns a function that ends it."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _changed(self) -> None:
        self._findings = self._settled = self._checking = None
        self._notify()

    def _notify(self) -> None:
        for observer in tuple(self._observers):
            observer()


def _plain(prior: Report | None) -> Report | None:
    """Last year's report without its own earlier states: they stay in its own file."""
    return prior.alone if prior is not None else None
