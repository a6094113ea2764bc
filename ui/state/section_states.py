"""How far each page of the report is: the sign, the one number and the words that the list of parts shows."""

from dataclasses import dataclass, field

from app.checks.standing import Kind, Standing, together
from app.errors import UserError
from app.form.model import FormDefinition
from app.report import bindings
from app.report.model import INTRODUCTION, Report
from app.session.document import ReportDocument
from app.signoff import signing
from ui.kit.stage import Stage

START, AGENCY, REVIEW, EXPORT = "start", "agency", "review_all", "export"
SIGN_OFF = "sign_off"
GROUPS = ("准备", "正文", "完成")
_ELSEWHERE = {"title", "signature", ""}  # findings that are mended on the agency page
MEANINGS = {  # of a kind that is counted: what is to be done
    Kind.MISSING: "还没有填，要您填写",
    Kind.PENDING: "从去年带来的年份和数字，改成今年的，或者按“沿用此处”",
    Kind.ERROR: "前后矛盾或者不合规定，必须改正，或者写明说明",
    Kind.WARNING: "可能不对，请逐条核实",
    Kind.INFO: "供参考，不改也可以",
}
_LEAST = 0.2  # of a ring that is begun: more than nothing is to be seen, and less than all


@dataclass(frozen=True, slots=True)
class State:
    """Of one page. `is_asked`: the clerk has left it as done, so what it lacks is no longer only to come."""

    stage: Stage
    standing: Standing = field(default_factory=Standing)
    is_asked: bool = False
    text: str = ""  # where it is none of the four words
    share: float = 0.5  # that is done, for the ring
    tells_missing: bool = True  # also before that is asked for

    @property
    def number(self) -> int:
        """The one number in the list: the gravest of what is to be done here."""
        return self._first[1]

    @property
    def kind(self) -> str:
        """What it counts; "" for nothing."""
        return self._first[0]

    @property
    def _first(self) -> tuple[str, int]:
        shown = self.standing
        counted = [(Kind.ERROR.value, shown.errors), (Kind.PENDING.value, shown.pending)]
        if self.tells_missing or self.is_asked:
            counted.append((Kind.MISSING.value, shown.missing))
        counted.append((Kind.WARNING.value, shown.warnings))
        return next(((kind, number) for kind, number in counted if number), ("", 0))

    @property
    def words(self) -> str:
        """The number with its word."""
        return self.text or (f"{self.kind} {self.number}" if self.number else self.stage.value)

    @property
    def details(self) -> str:
        """All that there is to say, for the tooltip and the screen reader."""
        if self.text:
            return self.text
        return "，".join(self.standing.parts) or self.stage.value

    @property
    def is_amber(self) -> bool:
        """What is still to come is told quietly until the clerk has been here and gone on."""
        return self.kind in (Kind.PENDING, Kind.WARNING) or (self.kind == Kind.MISSING and self.is_asked)

    @property
    def explained(self) -> list[str]:
        """Sign, number and its colour in words, then all that there is to say."""
        lines = (
            [f"{self.stage.sign}：{self.text or self.stage.value}"] if self.stage is not Stage.NONE else []
        )
        if self.number:
            colour = "红底" if self.kind == Kind.ERROR else "橙色" if self.is_amber else "灰色"
            lines.append(f"{colour}的 {self.number}：{self.kind}，{MEANINGS[Kind(self.kind)]}")
        if len(self.standing.parts) > 1:
            lines.append(f"一共：{self.details}")
        return lines


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the list: a page's key and title, and the title where there is little room."""

    key: str
    title: str
    group: int  # of GROUPS
    short: str = ""

    @property
    def short_title(self) -> str:
        return self.short or self.title


def places(form: FormDefinition) -> list[Place]:
    """Every page in the order in which a report is written."""
    return [
        Place(START, "开始", 0),
        Place(AGENCY, "单位信息", 0),
        Place(INTRODUCTION, "引言", 0),
        *(Place(section.key, section.title, 1, section.short_title) for section in form.sections),
        Place(REVIEW, "检查", 2),
        Place(SIGN_OFF, "送签", 2),
        Place(EXPORT, "导出", 2),
    ]


def step_words(form: FormDefinition, key: str) -> str:
    """Where in the report a page stands: 正文 3／6."""
    for group, name in enumerate(GROUPS):
        keys = [place.key for place in places(form) if place.group == group and place.key != START]
        if key in keys:
            return f"{name} {keys.index(key) + 1}／{len(keys)}"
    return ""


def page_of(form: FormDefinition, section: str) -> str:
    """The page on which a finding's section is mended."""
    return AGENCY if section in _ELSEWHERE else section


def states(document: ReportDocument, asked: frozenset[str] | set[str] = frozenset()) -> dict[str, State]:
    """The state of every page that has one. `asked`: the pages that the clerk has left as done."""
    report, form = document.report, document.form
    each = document.standings
    whole = together(each.values())
    mine = together([one for key, one in each.items() if page_of(form, key) == AGENCY])
    found = {AGENCY: _state(not report.agency.name, mine, AGENCY in asked)}
    for key in (INTRODUCTION, *(section.key for section in form.sections)):
        is_empty = not report.narrative(key).strip() and not each[key].filled
        found[key] = _state(is_empty, each[key], key in asked)
    is_done = not whole.is_draft and not whole.warnings
    stage = Stage.DONE if is_done else Stage.EMPTY
    found[REVIEW] = State(stage, whole, REVIEW in asked, tells_missing=False)
    found[SIGN_OFF] = _sign_off_state(report)
    found[EXPORT] = State(Stage.NONE)
    return found


def _state(is_empty: bool, shown: Standing, is_asked: bool) -> State:
    if is_empty:
        return State(Stage.EMPTY, shown, is_asked)
    if not shown.is_draft:
        return State(Stage.WARNED if shown.warnings else Stage.DONE, shown, is_asked)
    share = shown.filled / shown.cells if shown.cells else 0.5
    return State(Stage.PART, shown, is_asked, share=min(max(share, _LEAST), 1 - _LEAST))


def first_waiting(document: ReportDocument) -> Place | None:
    """The first page that wants something; that a report was not yet sent for signing waits for all the rest."""
    found = states(document)
    for place in places(document.form):
        state = found.get(place.key)
        if state is not None and (
            state.stage is Stage.PART or (state.stage is Stage.EMPTY and not state.text)
        ):
            return place
    return None


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
        return State(Stage.EMPTY, text="还没有送审")
    if stage is signing.Stage.FROZEN:
        return State(Stage.DONE, text=f"已定稿 第{report.version}版")
    return State(Stage.PART, text=stage.value)


def progress(document: ReportDocument) -> Standing:
    """The whole report in numbers."""
    return document.standing


def progress_words(shown: Standing) -> str:
    return " · ".join([f"表格 {shown.filled}／{shown.cells} 格", *shown.parts])
