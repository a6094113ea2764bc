"""送审 → 审核 → 签发 → 定稿: the steps of sign-off on a report, what is missing for each, and whether a frozen one still stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from app import own_files, paths
from app.checks.packs import DEFAULT, pack
from app.errors import UserError
from app.report.fingerprint import fingerprint, full_seal, seal
from app.report.model import Frozen, Hand, Report, SignOff
from app.storage import settings

FOLDER, _FILE = "sign_off", "steps.toml"
_LONGEST_NAME = 40
_MARKS = ("（草稿）", "（送审稿）")


class Stage(Enum):
    """How far a version of the report is."""

    DRAFT = "起草"
    SENT = "送审"
    REVIEWED = "审核"
    ISSUED = "签发"
    FROZEN = "定稿"


@dataclass(frozen=True, slots=True)
class Step:
    """One who signs: 拟稿, 核稿 …"""

    key: str
    name: str
    hint: str = ""
    required: bool = True
    last: bool = False  # 签发
    confirms: bool = False  # of the county's rule pack: who confirmed some numbers; nobody's signature


@dataclass(frozen=True, slots=True)
class Rules:
    """What a township may set about its sign-off."""

    steps: tuple[Step, ...]
    publicity: tuple[str, ...]  # 公开属性, the usual one first

    @property
    def issuing(self) -> Step:
        return next((one for one in self.steps if one.last), self.steps[-1])


def file_of(name: str) -> Path:
    """A file of the sign-off's templates: the township's own where there is one."""
    own = paths.user_data() / FOLDER / name
    return own if paths.is_file(own) else paths.templates() / FOLDER / name


def rules() -> Rules:
    """The steps as set here. UserError when the township's own file cannot be understood."""
    path = file_of(_FILE)
    try:
        own = _rules(path, path.stat().st_mtime_ns)
        return replace(own, steps=_with_confirmations(own.steps))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"送签步骤文件“{path}”读不通", "请改正它，或删掉它，程序就用自带的步骤") from None


def _with_confirmations(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with what the county's rule pack wants confirmed, before 签发."""
    demands = pack(settings.load().checks.pack).confirmations
    if not demands:
        return steps
    more = [Step(one.step, one.who or one.id, one.hint, required=False, confirms=True) for one in demands]
    at = next((number for number, one in enumerate(steps) if one.last), len(steps))
    return (*steps[:at], *more, *steps[at:])


@lru_cache(maxsize=4)
def _rules(path: Path, _stamp: int) -> Rules:
    data = own_files.read_toml(path)
    steps = tuple(Step(**one) for one in data["step"])
    choices = tuple(map(str, data["publicity"]["choices"]))
    if not steps or not choices or len({one.key for one in steps}) < len(steps):
        raise ValueError("no steps")
    if not all(isinstance(text, str) for one in steps for text in (one.key, one.name, one.hint)):
        raise ValueError("a step's words are texts")
    if not all(isinstance(yes, bool) for one in steps for yes in (one.required, one.last, one.confirms)):
        raise ValueError('required = "false" would be a yes')
    return Rules(steps, choices)


def _confirmations() -> set[str]:
    """Every step by which numbers are confirmed, whichever pack is chosen now."""
    chosen = pack(settings.load().checks.pack)
    return {one.step for one in (*pack(DEFAULT).demands, *chosen.demands) if one.confirm}


# -- how far -------------------------------------------------------------------------------------------------------------------


def sign_off_of(report: Report) -> SignOff:
    return report.sign_off or SignOff()


def hand_of(report: Report, step: str) -> Hand | None:
    return next((one for one in sign_off_of(report).hands if one.step == step), None)


def stage(report: Report) -> Stage:
    """Told from what is recorded: nothing has to be set."""
    one = sign_off_of(report)
    if one.frozen:
        return Stage.FROZEN
    known = rules()
    signed = {hand.step for hand in one.hands} - _confirmations()
    if not signed:
        return Stage.SENT if one.sent_on else Stage.DRAFT
    if known.issuing.key in signed:
        return Stage.ISSUED
    others = [step.key for step in known.steps if step.required and not step.last]
    if others and signed.issuperset(others):
        return Stage.REVIEWED
    return Stage.SENT


def mark_of(report: Report, is_ready: bool) -> str:
    """What the name of a file says of the report; `is_ready`: nothing is left to be filled or mended.

    "" for 定稿, and for a report that is ready where nobody is asked to sign. Where the township's own steps cannot be read
    (送签 says so) it is a draft: who would have to sign is not known.
    """
    draft, sent = _MARKS
    try:
        now = stage(report)
    except UserError:
        return draft
    if now is Stage.FROZEN:
        return ""
    if not is_ready:
        return draft
    return "" if now is Stage.DRAFT else sent


def without_mark(name: str) -> str:
    return next((name.removesuffix(mark) for mark in _MARKS if name.endswith(mark)), name)


def unsigned(report: Report) -> list[Step]:
    """The steps without which nothing is frozen."""
    signed = {hand.step for hand in sign_off_of(report).hands}
    return [step for step in rules().steps if step.required and step.key not in signed]


def signed_before_changes(report: Report) -> list[Hand]:
    """Those who signed another content than what stands now."""
    hands = [one for one in sign_off_of(report).hands if one.content]
    if not hands:
        return []
    now = fingerprint(report)
    return [one for one in hands if one.content != now]


def alone(report: Report) -> str:
    """A word on one person who signed both what he wrote and its 签发, or everything; "" for none. Nothing is refused."""
    known = {step.key: step for step in rules().steps if not step.confirms}
    hands = [hand for hand in sign_off_of(report).hands if hand.step in known]
    issuing = rules().issuing.key
    issued = next((hand for hand in hands if hand.step == issuing), None)
    if issued is None:
        return ""
    same = [known[hand.step].name for hand in hands if _same_name(hand.name, issued.name)]
    if len(same) == len(hands) > 2:
        return f"{'、'.join(same)}都是同一人（{issued.name}），请核对"
    first = hands[0]
    if first.step == rules().steps[0].key != issuing and _same_name(first.name, issued.name):
        return f"{known[first.step].name}与{known[issuing].name}是同一人（{issued.name}），请核对"
    return ""


def disorder(report: Report) -> str:
    """A word on a step that was signed before an earlier one; "" for none. Nothing is refused."""
    signed = [
        (step.name, hand.signed_on)
        for step in rules().steps
        if not step.confirms and (hand := hand_of(report, step.key))
    ]
    for (before, first), (after, second) in pairwise(signed):
        if second < first:
            return f"{after}（{second.month}月{second.day}日）早于{before}（{first.month}月{first.day}日），请核对"
    return ""


def early(report: Report, on: date) -> str:
    """A word on a 定稿 before the year is over that the report is of; "" for none. Nothing is refused."""
    if on > date(report.year, 12, 31):
        return ""
    return f"今天是{on.year}年{on.month}月{on.day}日，{report.year}年还没有结束"


def _same_name(one: str, other: str) -> bool:
    """王 芳 is 王芳."""
    return "".join(one.split()) == "".join(other.split())


# -- steps ---------------------------------------------------------------------------------------------------------------------


def sent(report: Report, on: date) -> Report:
    """送审: the day, and the report as it lies before those who sign."""
    return with_sent_copy(replace(report, sign_off=replace(sign_off_of(report), sent_on=on)))


def with_sent_copy(report: Report) -> Report:
    """The report as it stands is the last 送审稿: what is written later can be held against it."""
    return replace(report, sent=report.alone)


def is_sent_copy(report: Report) -> bool:
    """Whether the last 送审稿 says the same."""
    return report.sent is not None and fingerprint(report.sent) == fingerprint(report)


def with_publicity(report: Report, publicity: str) -> Report:
    return replace(report, sign_off=replace(sign_off_of(report), publicity=publicity))


def publicity_of(report: Report) -> str:
    return sign_off_of(report).publicity or rules().publicity[0]


def signed(report: Report, step: str, name: str, on: date) -> Report:
    """Record who signed and when; signing again replaces it. UserError for what is no name."""
    plain = " ".join(name.split())
    if not plain or not plain.isprintable():
        raise UserError("没有写签字人", "请写明签字人的姓名")
    if len(plain) > _LONGEST_NAME:
        raise UserError("签字人的姓名太长", f"请写在{_LONGEST_NAME}个字以内")
    one = sign_off_of(report)
    made = Hand(step, plain, on, fingerprint(report))
    order = {known.key: number for number, known in enumerate(rules().steps)}
    hands = [hand for hand in one.hands if hand.step != step]
    hands = sorted([*hands, made], key=lambda hand: order.get(hand.step, len(order)))
    return replace(report, sign_off=replace(one, hands=tuple(hands)))


def without_hand(report: Report, step: str) -> Report:
    one = sign_off_of(report)
    hands = tuple(hand for hand in one.hands if hand.step != step)
    return replace(report, sign_off=replace(one, hands=hands))


def confirmed(report: Report) -> Report:
    """Whoever signed agrees to what was changed since: the signatures stand for what is there now."""
    one, now = sign_off_of(report), fingerprint(report)
    hands = tuple(replace(hand, content=now) if hand.content else hand for hand in one.hands)
    return replace(report, sign_off=replace(one, hands=hands))


def frozen(report: Report, on: date) -> Report:
    """定稿. UserError when a signature is missing; whether the report is ready is asked by who calls."""
    if report.is_frozen:
        return report
    if missing := unsigned(report):
        names = "、".join(step.name for step in missing)
        raise UserError(f"还没有{names}，不能定稿", "请先登记签字人和日期")
    report = confirmed(report)
    one = replace(sign_off_of(report), publicity=publicity_of(report))
    content = fingerprint(report)
    digits = full_seal(replace(report, sign_off=one), content, on, report.finals)
    return replace(report, sign_off=replace(one, frozen=Frozen(content, digits, on, seal_version=2)))


def revised(report: Report) -> Report:
    """修改为新版本: the frozen version is kept as it is, the next one begins with its content and nobody's signature."""
    if not report.is_frozen:
        return report
    one = sign_off_of(report)
    kept = (*report.finals, report.alone)
    return replace(report, sign_off=SignOff(one.version + 1, one.publicity), finals=kept)


# -- whether it stands ---------------------------------------------------------------------------------------------------------


def doubts(report: Report) -> list[str]:
    """What was altered behind the program's back in a frozen report or one of its earlier versions, in words."""
    found = [f"第{version}版定稿不在文件里，被别的程序删去了" for version in _missing(report)]
    if any(one.version >= report.version for one in report.finals):
        found.append(f"第{report.version}版定稿后面还有更新的定稿，最新的一版被别的程序换掉了")
    return found + [words for one in (*report.finals, report) if (words := doubt_of(report, one))]


def _missing(report: Report) -> list[int]:
    """The versions before this one that a file must hold: each was kept when the next one began."""
    there = {one.version for one in report.finals}
    return [version for version in range(1, report.version) if version not in there]


def doubt_of(report: Report, version: Report) -> str:
    """The same of one version of a report: itself, or one of those before."""
    one = sign_off_of(version)
    if one.frozen is None:
        return ""
    if fingerprint(version) != one.frozen.fingerprint:
        return f"第{one.version}版定稿以后，报告的内容被别的程序改过，和定稿时的指纹对不上"
    if one.frozen.seal_version == 1:  # by an earlier version of the program
        right, covered = seal(one.frozen.fingerprint, one), "签字人、日期或版本号"
    else:
        earlier = [each for each in report.finals if each.version < one.version]
        right = full_seal(version, one.frozen.fingerprint, one.frozen.frozen_on, earlier)
        covered = "签字人、日期或版本号（或者文中的标记、以前的版本）"
    return "" if right == one.frozen.seal else f"第{one.version}版定稿以后，{covered}被别的程序改过"


def final_words(report: Report) -> str:
    """What a list says of a frozen report."""
    return "定稿以后被改动，请核对" if doubts(report) else f"已定稿 · 第{report.version}版"


def version_words(report: Report) -> str:
    """Which version a file of our own holds, for whoever builds on it."""
    if report.sign_off is not None and (frozen := report.sign_off.frozen) is not None:
        on = frozen.frozen_on
        whole = f"定稿第{report.version}版，{on.year}年{on.month}月{on.day}日定稿"
        return f"{whole}，以后被改动，请核对" if doubts(report) else whole
    if report.finals:
        return f"草稿：第{report.finals[-1].version}版定稿以后又改过，还没有再定稿"
    sent = report.sign_off is not None and report.sign_off.sent_on is not None
    return f"草稿：{'已经送审，' if sent else ''}还没有定稿"


def names_of(keys: Iterable[str]) -> list[str]:
    """The printed names of steps."""
    known = {one.step: one.who for one in pack(DEFAULT).demands if one.who}  # whichever pack is chosen now
    known |= {step.key: step.name for step in rules().steps}
    return [known.get(key, key) for key in keys]
