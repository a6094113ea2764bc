"""The report as a frozen value: what the clerk has written so far, blank where he has not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from app.form.model import CellRef, FormDefinition, Value

INTRODUCTION = "introduction"  # 引言: the narrative before section 一, beside the keys of the form's sections

MOST_LABELS, MOST_SERIES, MOST_SHOWN = 20, 3, 99_999_999  # of a chart
MOST_CHARTS = 50  # of a report
MOST_COUNT = 10**12  # 件 in one cell: a whole country's sum has fewer; more is no number of anything


class AgencyKind(StrEnum):
    """行政机关的类别: some rules differ (a township makes no 规章)."""

    TOWNSHIP = "township"  # 乡、镇人民政府
    SUBDISTRICT = "subdistrict"  # 街道办事处
    DEPARTMENT = "department"  # 局、委、办
    GOVERNMENT = "government"  # 县级以上人民政府
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Agency:
    """行政机关: the full name stands in title and 落款, the rest in the introduction."""

    name: str = ""  # 单位全称: 威海市文登区侯家镇人民政府
    short_name: str = ""  # 简称: 侯家镇
    office: str = ""  # 联系科室: 党政办公室
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""

    @property
    def kind(self) -> AgencyKind:
        """Told from the name's ending, 人民政府 taken off."""
        name = self.name.removesuffix("人民政府")
        if name.endswith(("镇", "乡", "苏木")):
            return AgencyKind.TOWNSHIP
        if name.endswith(("街道", "街道办事处", "街道办")):
            return AgencyKind.SUBDISTRICT
        if name.endswith(("局", "委", "委员会", "办公室", "中心", "厅")):
            return AgencyKind.DEPARTMENT
        if name.endswith(("县", "区", "市", "省", "旗", "州")):
            return AgencyKind.GOVERNMENT
        return AgencyKind.UNKNOWN


class SignaturePlace(StrEnum):
    """The three customs of 落款 in published reports."""

    END = "end"  # unit and date at the end, right
    UNDER_TITLE = "under_title"  # unit and （date） under the title
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: who signs and 成文日期; `agency` empty means the agency's own full name."""

    agency: str = ""
    issued_on: date | None = None
    place: SignaturePlace = SignaturePlace.END


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure in a narrative; `name` is its file name inside the .gknb."""

    name: str
    section: str
    caption: str = ""
    after: int = -1  # index of the paragraph that it follows; -1: at the end of the section
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Chart:
    """A 统计图 from numbers that the clerk enters: one column for each label and series (本年, 上年); None is a blank."""

    title: str  # printed under it
    section: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    after: int = -1  # index of the paragraph that it follows; -1: at the end of the section

    def __post_init__(self) -> None:
        if not self.fits(self.labels, self.series):
            raise ValueError(
                "a chart has a value or a blank for each label in each series, and not too many of them"
            )

    @staticmethod
    def fits(labels: tuple[str, ...], series: tuple[tuple[str, tuple[int | None, ...]], ...]) -> bool:
        """Whether a page has room for such a chart, and each label its values."""
        values = [value for _, row in series for value in row if value is not None]
        return (
            len(labels) <= MOST_LABELS
            and len(series) <= MOST_SERIES
            and all(len(row) == len(labels) for _, row in series)
            and all(0 <= value <= MOST_SHOWN for value in values)
        )

    @property
    def has_numbers(self) -> bool:
        """Without any it is not printed."""
        return any(value is not None for _, row in self.series for value in row)


@dataclass(frozen=True, slots=True)
class Pending:
    """待更新: text[start:end] of a section's narrative still says what last year's report said.

    Offsets are in characters of the section's whole narrative. It goes when that place is changed or the clerk confirms it.
    """

    section: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Binding:
    """A number in a narrative that follows the tables: [start, end) of the section's text is the sum of these cells.

    Without cells it is 信息处理费, in 元. Offsets as in `Pending`; it goes when the clerk types into it.
    """

    section: str
    start: int
    end: int
    cells: tuple[CellRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """出错说明: why a finding stands as it is. Kept in the file and on the check sheet, never in the public report.

    Everything before `reason` is the finding's lasting identity: what stays the same as long as the finding is the same.
    """

    rule: str
    section: str
    cells: tuple[CellRef, ...]
    quote: str
    figures: tuple[
        str, ...
    ]  # with which the rule failed; the message itself where there are neither these nor a quote
    reason: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Application:
    """One line of 申请登记: an application for information. Never a name or a number of the applicant: it travels with the file."""

    number: str = ""  # the agency's own: 2025-003
    received_on: date | None = None
    applicant: str = ""  # key of a column of 表三; "" not yet said
    result: str = ""  # key of a row of 表三; "" 未办结
    answered_on: date | None = None
    is_carried_in: bool = False  # 上年结转
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountLine:
    """How much was published through one channel or in one category; None is a blank."""

    name: str  # 微信公众号, 政务动态
    value: int | None = None
    last: int | None = None  # 上年


@dataclass(frozen=True, slots=True)
class Counts:
    """各渠道或各栏目信息发布数量, entered once: it feeds a sentence, a check and a chart."""

    kind: str  # key of one of app.counts.KINDS
    lines: tuple[CountLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit gave for the tables in a 收数表, as far as it was put in: from whom a cell's number comes."""

    unit: str
    contact: str = ""  # who filled it, and the telephone
    cells: tuple[tuple[CellRef, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signed for one step of sign-off, and when; `content` is the fingerprint of what lay before him."""

    step: str  # key of a step in templates/sign_off/steps.toml
    name: str
    signed_on: date
    content: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """定稿: the report stands. `seal` also covers who signed, and when; of version 2 this date and the earlier versions, too."""

    fingerprint: str
    seal: str
    frozen_on: date
    seal_version: int = 1


@dataclass(frozen=True, slots=True)
class SignOff:
    """送审 → 审核 → 签发 → 定稿: how far this version of the report is."""

    version: int = 1
    publicity: str = ""  # 公开属性, as printed on the 送签单
    sent_on: date | None = None  # 送审
    hands: tuple[Hand, ...] = ()
    frozen: Frozen | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: named under the text (附件说明); with a `text` it is printed on pages of its own behind the report."""

    name: str
    text: str = ""  # paragraphs end in newlines


MOST_ATTACHMENTS = 20


class NumberPlace(StrEnum):
    """Where the page number stands at the foot of a page."""

    OUTER = "outer"  # right on odd pages, left on even ones
    CENTER = "center"
    RIGHT = "right"


NO_BAND = "none"
_LONGEST_SETTING = 200  # characters


@dataclass(frozen=True, slots=True)
class PageSettings:
    """版面设置: what the clerk set otherwise than the page style has it; "" is as the page style. {unit}, {date}, {year} are filled."""

    number_text: str = ""  # 页码: — {number} —
    number_place: str = ""  # one of NumberPlace
    band: str = ""  # ground of the bands of 表二, RRGGBB or NO_BAND
    issuer: str = ""  # 发文机关标志 of 版头
    number: str = ""  # 发文字号
    signer: str = ""  # 签发人
    copies: str = ""  # 抄送 of 版记
    office: str = ""  # 印发机关
    printed_on: str = ""  # 印发日期
    title: str = ""  # 标题 after the unit: {year}年度{title}, where {title} is that of the form

    def __post_init__(self) -> None:
        texts = [getattr(self, one.name) for one in fields(self)]
        if self.number_text and "{number}" not in self.number_text:
            raise ValueError("a page number holds the number")
        if self.title and "{year}" not in self.title:
            raise ValueError("a title names the year")
        if any(len(text) > _LONGEST_SETTING or not text.isprintable() for text in texts):
            raise ValueError("a setting is one line")

    @property
    def has_imprint(self) -> bool:
        return bool(self.copies or self.office or self.printed_on)


@dataclass(frozen=True)
class Report:
    """One year's report of one agency in one edition of the form.

    `values` holds what is filled: an absent cell is blank, 0 is a statement (件 as int, 万元 as Decimal).
    `narratives` holds text by section key and `introduction`; paragraphs are separated by newlines.
    """

    form: str
    year: int
    agency: Agency = Agency()
    values: Mapping[CellRef, Value] = field(default_factory=dict)
    narratives: Mapping[str, str] = field(default_factory=dict)
    signature: Signature = Signature()
    processing_fee: Decimal | None = None  # 信息处理费, 元; None: not stated
    pictures: tuple[Picture, ...] = ()
    pending: tuple[Pending, ...] = ()
    charts: tuple[Chart, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    register: tuple[Application, ...] = ()
    counts: tuple[Counts, ...] = ()
    collected: tuple[Contribution, ...] = ()
    bindings: tuple[Binding, ...] = ()
    sign_off: SignOff | None = None
    finals: tuple["Report", ...] = ()  # earlier versions as they were frozen; none of them holds any itself
    sent: "Report | None" = (
        None  # 送审稿: as it last lay before those who sign; holds no finals and no such copy
    )
    attachments: tuple[Attachment, ...] = ()
    page_settings: PageSettings | None = None  # 版面设置
    page_style: str = ""  # 版式: a file of templates/page_styles; "" is the standard one

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        texts = {section: text for section, text in self.narratives.items() if text}
        object.__setattr__(self, "narratives", MappingProxyType(texts))

    def __getitem__(self, ref: CellRef) -> Value | None:
        """The value of one cell, or None when it is blank."""
        return self.values.get(ref)

    @property
    def is_frozen(self) -> bool:
        return self.sign_off is not None and self.sign_off.frozen is not None

    @property
    def version(self) -> int:
        """版本号: of the frozen report, or the one that it will be frozen as."""
        return self.sign_off.version if self.sign_off else 1

    @property
    def alone(self) -> "Report":
        """Without the other states of it that it holds: its earlier versions, and how it was last sent."""
        return replace(self, finals=(), sent=None) if self.finals or self.sent else self

    def __hash__(self) -> int:
        return hash((self.form, self.year, self.agency, frozenset(self.values.items())))

    def narrative(self, section: str) -> str:
        return self.narratives.get(section, "")

    def paragraphs(self, section: str) -> list[str]:
        text = self.narrative(section)
        return text.split("\n") if text else []

    def with_values(self, changes: Mapping[CellRef, Value | None]) -> "Report":
        """A report with these cells changed; None makes a cell blank again."""
        values = dict(self.values)
        for ref, value in changes.items():
            if value is None:
                values.pop(ref, None)
            else:
                values[ref] = value
        return replace(self, values=values)

    def with_narrative(self, section: str, text: str, pending: Iterable[Pending] | None = None) -> "Report":
        """A report with one narrative changed; `pending`, where given, replaces all 待更新 marks of the report."""
        narratives = {**self.narratives, section: text}
        return replace(
            self, narratives=narratives, pending=self.pending if pending is None else tuple(pending)
        )

    def blanks(self, form: FormDefinition) -> list[CellRef]:
        """The cells of the form that are not filled, in printed order."""
        return [ref for ref in form.cells if ref not in self.values]

    def filled(self, form: FormDefinition) -> int:
        """How many of the cells that the clerk fills have a value."""
        return sum(ref in self.values for ref in form.inputs)

    def left(self, form: FormDefinition) -> list[CellRef]:
        """The blanks that are the clerk's: what he fills, and a total that stands blank beside all of its parts."""
        values, totals = self.values, form.totals
        return [
            ref
            for ref in form.cells
            if ref not in values
            and (ref not in totals or any(all(part in values for part in e.parts) for e in totals[ref]))
        ]
