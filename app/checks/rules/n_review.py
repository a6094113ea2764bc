"""Reconsiderations and lawsuits told in the text against 表四 (N-07 … N-09)."""

import re
from collections.abc import Iterator

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import shown, text_sections
from app.checks.language.scope import place
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import Told, against, is_own, strange, told, total
from app.checks.quantities.grammar import (
    CASES,
    NONE,
    NUMBER,
    Statement,
    Word,
    is_about_requests,
)
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef, Severity
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

_RECON, _SUIT = "复议", "诉讼"
_UNITS = frozenset("件宗起份例")
_CASE_WORDS = frozenset({"suit", "reviews", "reconsideration", "lawsuit"})
# 因政府信息公开……, 依申请公开……: outside section 四 a sentence must say so
_ABOUT = lazily(r"信息公开|依申请|不服[^，。；]{0,6}答复")
# 与政府信息公开无关, 其他行政行为: of other matters
_OF_OTHERS = Words("无关|其他行政行为|非政府信息公开|不涉及")
# 维持2件, 经复议, 出庭应诉3次: not all cases, or no cases
_PARTIAL = lazily(
    r"不服(?![^，。；]{0,6}答复)|撤回|维持|纠正|驳回|终止|审结|正在|各$|均$|分别|未经|经$|参加|出庭|应诉(?!案)|调解|上年|化解|协助|培训|评查|第三人"
)
# what may stand in 全年无因政府信息公开申请引发的行政复议、行政诉讼案件
_NIL_WORDS = frozenset(
    [
        "nil",
        "zero",
        "filler",
        "all",
        "period",
        "own",
        "soft",
        "request",
        "ask",
        "on_request",
        "apply",
        "people",
        "reviews",
        "reconsideration",
        "lawsuit",
        "suit",
        "unknown",
        "came",
        "amount",
        "keeping",
    ]
)
# nothing but this beside the cases: 全年行政复议2起
_BARE = frozenset(
    ["filler", "period", "own", "soft", "reviews", "reconsideration", "lawsuit", "nil", "zero", "all"]
)
# 复议结果为纠正1件, 均被维持2件: an outcome in short
_SHORT_OUTCOME = lazily(
    r"(?:结果[为是：]?|被|均被?|复议机关|法院|予以|其中|复议|诉讼)(维持|纠正)(?:原[^，。；\d]{0,8})?$",
    needs="维持|纠正",
)
# 维持1件、: another item of the same list
_ITEM_BEFORE = lazily(r"^.*[件起宗例][、和]")
# nothing but the year and the agency before it
_OPENER = lazily(
    r"(?:20\d\d年度?|全年|本年度?|今年|我[镇乡局委办县区]|本机关|全[镇乡]|共|发生|，|、|行政|\s)*"
)
# behind it nothing either, or the lawsuits
_CLOSED = lazily(r"[。；\n]|$|[，、](?:也|亦|且)?(?:没有|无|未发生)?(?:行政)?诉讼")


Cells = tuple[CellRef, ...]


def _review(*columns: str) -> tuple[CellRef, ...]:
    return tuple(CellRef("review", "cases", column) for column in columns)


def _is_of_section(context: CheckContext, key: str) -> bool:
    return key == context.form.section_of(_review("recon_total")[0]).key


def _how_sure(context: CheckContext, one: Told) -> Severity | None:
    """An error in section 四 or where the sentence says 信息公开; a warning by the paragraph on requests alone; else None."""
    key, text, statement = one
    where = statement.place
    said = "".join(word.text for word in statement.left if word.kind != "suit")
    if _PARTIAL.search(said) or _OF_OTHERS.stand_in(where.sentence):
        return None
    told = where.before + text[statement.start : statement.end]
    behind = text[statement.end : statement.start + len(where.sentence) - len(where.before)]
    if not _ABOUT.search(told) and _ABOUT.search(behind):
        return None if "其中" in behind or "涉及" in behind else WARNING  # 应诉案件6件，其中政府信息公开类1件
    if _is_of_section(context, key) or _ABOUT.search(told):
        return WARNING if set(strange(context, statement)) - {"政府信息", "信息公开"} else ERROR
    return WARNING if _is_bare(text, statement) else None


def _is_bare(text: str, one: Statement) -> bool:
    """行政复议2起。 as a clause of its own in the paragraph on requests: it can hardly mean other cases."""
    if not one.kinds <= _BARE or not _CLOSED.match(text, one.end) or not _OPENER.fullmatch(one.place.before):
        return False
    return is_about_requests(text, text.rfind("\n", 0, one.start) + 1, one.start)


@rule("N-07", ERROR, WARNING)
@rule("N-08", ERROR, WARNING, further=True, says="总体情况中政府信息公开行政诉讼的结果应与表四一致。")
def reconsiderations(context: CheckContext) -> Iterator[Finding]:
    """总体情况中政府信息公开行政复议的件数和结果应与表四一致。"""
    words = vocabulary(context.form.id)
    for one in told(context, CASES):
        statement = one[2]
        kind = _kind_of_case(statement)
        sure = _how_sure(context, one)
        if kind == "outcome":
            yield from _outcome(context, one, words.outcomes[_word(statement, kind)])
        elif short := _SHORT_OUTCOME.search(_clause_of(one)):
            ending = next(key for label, key in words.outcomes.items() if label.endswith(short[1]))
            yield from _outcome(context, one, ending)
        elif kind == "reconsideration" and sure:
            yield from against(
                context, "N-07", one, _review("recon_total"), severity=sure, name=f"行政{_RECON}"
            )


# 行政复议1件，复议机关予以纠正; 行政诉讼1件，目前尚在审理之中
_ONE_CASE = lazily(
    r"(?P<kind>复议|诉讼)(?:案件|案)?(?:共|为|：)?1[件宗起例][，,](?P<how>[^。；\n]{0,24})", needs="复议|诉讼"
)
_ENDINGS = (
    ("pending", lazily(r"(?:尚|正|仍)在?(?:审理|办理|审查)|尚?未(?:审结|结案|开庭|判决)|审理之?中")),
    ("changed", lazily(r"纠正|撤销|(?<!未)确认[^，。；]{0,14}违法|责令|败诉")),
    # 一审判决驳回: there may be an appeal
    (
        "upheld",
        lazily(r"维持|(?<!一审)(?<!一审判决)(?<!一审裁定)驳回(?!起诉)[^，。；]{0,8}请求|(?<!一审)胜诉"),
    ),
)


@rule("N-07", WARNING, further=True)
@rule("N-08", WARNING, further=True)
def the_one_case_ended_as_told(context: CheckContext) -> Iterator[Finding]:
    """总体情况中唯一一件复议、诉讼案件的结果应与表四一致。"""
    for key, text in text_sections(context):
        for one in _ONE_CASE.finditer(text) if key != INTRODUCTION else ():
            if _is_our_case(context, key, text, one):
                ending, suit = _ending(one["how"]), _suit(context, one)
                wrong = list(_other_ending(context, key, text, one, ending)) if ending else []
                yield from wrong or (_other_suit(context, key, one, suit) if suit else ())


# 系复议后起诉, 为直接起诉案件
_IS_SUIT = lazily(r"^(?:系|属于?|为)(?:未经复议)?(?P<way>复议后|直接)起诉", needs="起诉")


def _suit(context: CheckContext, one: re.Match[str]) -> str:
    """The key of the kind of lawsuit that the words behind one case tell, "" for none."""
    clause = re.split("[，,]", one["how"])[0]
    is_counted = re.search(r"\d", clause) is not None  # 为复议后起诉案件1件: N-08 holds the number
    found = _IS_SUIT.search(clause) if one["kind"] == _SUIT and not is_counted else None
    suits = vocabulary(context.form.id).suits
    return next((key for label, key in suits.items() if found and found["way"] in label), "")


def _other_suit(context: CheckContext, key: str, one: re.Match[str], suit: str) -> Iterator[Finding]:
    """One lawsuit in the table, and it is of the other kind."""
    cells = _review(f"{suit}_total")
    if total(context, cells) == 0 and total(context, _review("direct_total", "after_total")) == 1:
        table = context.form.section_of(cells[0]).table_name
        suits = vocabulary(context.form.id).suits
        told_ = next(label for label, group in suits.items() if group == suit)
        other = next(label for label, group in suits.items() if group != suit)
        message = f"“{one[0]}”与{table}不一致：应计入“{told_}”，表中计入“{other}”"
        yield Finding("N-08", WARNING, message, key, cells, one[0], *one.span())


def _ending(how: str) -> str:
    """The ending that words tell; "" for none, and where they tell a number of their own."""
    if re.search(r"\d", how):
        return ""
    return next((name for name, words in _ENDINGS if words.search(how)), "")


def _is_our_case(context: CheckContext, key: str, text: str, one: re.Match[str]) -> bool:
    where = place(text, one.start())
    is_of_information = _is_of_section(context, key) or _ABOUT.search(where.before + one[0]) is not None
    return is_of_information and is_own(context, where) and not _OF_OTHERS.stand_in(where.sentence)


def _other_ending(
    context: CheckContext, key: str, text: str, one: re.Match[str], ending: str
) -> Iterator[Finding]:
    """One case in the table, and it ended in another way than told."""
    groups = ("recon",) if one["kind"] == _RECON else ("direct", "after")
    all_of_them = total(context, _review(*(f"{name}_total" for name in groups)))
    cells = _review(*(f"{name}_{ending}" for name in groups))
    if all_of_them != 1 or total(context, cells) != 0:
        return
    columns = context.form.tables["review"].leaf_columns
    label = {column.key: column.label for column in columns}
    in_table = next(
        label[f"{name}_{way}"]
        for name in groups
        for way in ("upheld", "changed", "other", "pending")
        if total(context, _review(f"{name}_{way}"))
    )
    table = context.form.section_of(cells[0]).table_name
    message = f"“{one[0]}”与{table}不一致：应计入“{label[cells[0].column]}”，表中计入“{in_table}”"
    rule_id = "N-07" if one["kind"] == _RECON else "N-08"
    yield Finding(rule_id, WARNING, message, key, cells, one[0], *one.span())


def _word(one: Statement, kind: str) -> str:
    found = one.last(kind)
    return found.text if found else ""


def _kind_of_case(one: Statement) -> str:
    """Of what the number is: an outcome, a kind of lawsuit, 行政复议, 行政诉讼 or both of them; "" where none is counted."""
    if one.says != NUMBER or one.about or (one.is_restricted and "outcome" not in one.kinds):
        return ""
    of_some = {"part", "among"} if not one.kinds & {"outcome", "suit"} else set()
    if one.kinds & ({"rate", "other"} | of_some):
        return ""
    kinds = ("outcome", "suit", "reviews", "reconsideration", "lawsuit")
    ways = [word.kind for word in one.left if word.kind in kinds] or [
        w.kind for w in one.right if w.kind in kinds
    ]
    allowed = _UNITS | {"项", "个", "次"} if ways[-1:] == ["outcome"] else _UNITS | {"个", "项"}
    return ways[-1] if ways and one.unit in allowed else ""


def _outcome(context: CheckContext, one: Told, ending: str) -> Iterator[Finding]:
    """结果维持1件 may be of the reconsideration, of either kind of lawsuit, or of all of them."""
    where = one[2].place
    is_short = one[2].first("outcome") is None
    if not _is_of_outcomes(context, one, is_short):
        return
    recon, direct, after = (_review(f"{kind}_{ending}") for kind in ("recon", "direct", "after"))
    first, *rest = _meant(context, where.sentence, recon, direct, after)
    others = [total(context, cells) for cells in rest]
    if None not in others:
        columns = context.form.tables["review"].leaf_columns
        name = next(column.label for column in columns if column.key == f"recon_{ending}")
        rule_id = "N-07" if first == recon else "N-08"
        yield from against(
            context, rule_id, one, first, others, name=name, severity=WARNING if is_short else ERROR
        )


def _is_of_outcomes(context: CheckContext, one: Told, is_short: bool) -> bool:
    """Whether an outcome is of all cases of this agency's information, and not of some or of other matters."""
    where = one[2].place
    if not (_RECON in where.sentence or _SUIT in where.sentence) or _OF_OTHERS.stand_in(where.sentence):
        return False
    if is_short and (one[2].about or one[2].unit not in _UNITS):
        return False
    if not is_short and _PARTIAL.search(_ITEM_BEFORE.sub("", where.clause)):
        return False
    return _is_of_section(context, one[0]) or _ABOUT.search(where.sentence) is not None


def _meant(
    context: CheckContext, sentence: str, recon: Cells, direct: Cells, after: Cells
) -> tuple[Cells, ...]:
    """The columns of which an outcome may be: those of the kind that its sentence names, or any."""
    suits = vocabulary(context.form.id).suits
    bare = re.sub("|".join(map(re.escape, suits)), _SUIT, sentence)
    if _SUIT not in bare:
        return (recon,)
    if _RECON not in bare:
        return direct + after, direct, after
    return recon, direct, after, direct + after, recon + direct + after


def _clause_of(one: Told) -> str:
    """The words of a clause up to its number."""
    return one[2].place.clause + one[1][one[2].start : one[2].number]


@rule("N-08", ERROR, WARNING)
def lawsuits(context: CheckContext) -> Iterator[Finding]:
    """总体情况中政府信息公开行政诉讼的件数应与表四未经复议直接起诉、复议后起诉之和一致。"""
    words = vocabulary(context.form.id)
    suits = _review("direct_total", "after_total")
    everything = total(context, _review("recon_total") + suits)
    for one in told(context, CASES):
        kind = _kind_of_case(one[2])
        sure = _how_sure(context, one)
        if not sure:
            continue
        if kind == "suit":
            name = _word(one[2], "suit")
            yield from against(
                context, "N-08", one, _review(f"{words.suits[name]}_total"), severity=sure, name=name
            )
        elif kind == "reviews" and not one[2].value:  # 行政复议和行政诉讼均为0件
            every = _review("recon_total") + suits
            yield from against(context, "N-08", one, every, severity=sure, name=f"行政{_RECON}、行政{_SUIT}")
        elif kind in ("lawsuit", "reviews"):
            both = (everything,) if kind == "reviews" else ()
            yield from against(context, "N-08", one, suits, both, severity=sure, name=f"行政{_SUIT}")


@rule("N-09", ERROR, WARNING)
def no_cases(context: CheckContext) -> Iterator[Finding]:
    """总体情况写明未发生行政复议、行政诉讼的，表四相应总计应为0。"""
    words = vocabulary(context.form.id)
    for one in told(context, CASES):
        key, text, statement = one
        denied = _denied_words(statement)
        if not denied or not statement.kinds <= _NIL_WORDS or statement.is_restricted:
            continue
        cells = _denied(denied, words.suits)
        count = total(context, cells)
        sure = _how_sure(context, one)
        if cells and count and sure is not None:
            quote = text[statement.start : statement.end]
            names = "、".join(f"行政{word}" for word in (_RECON, _SUIT) if word in quote)
            table = context.form.section_of(cells[0]).table_name
            message = f"“{quote}”与{table}“{names}”总计{shown(count)}件不一致"
            values = (("left", "0"), ("right", shown(count)))
            yield Finding("N-09", sure, message, key, cells, quote, statement.start, statement.end, values)


def _denied_words(one: Statement) -> tuple[Word, ...]:
    """The words of which there was none: behind 未, 无; before 为零. 经复议后未被提起诉讼 denies no reconsideration."""
    if one.says != NONE:
        return ()
    at = next((index for index, word in enumerate(one.left) if word.kind == "nil"), -1)
    before, behind = one.left[: at + 1], one.left[at + 1 :]
    return () if any(word.kind in _CASE_WORDS for word in before) else behind


def _denied(words: tuple[Word, ...], suits: dict[str, str]) -> tuple[CellRef, ...]:
    """The totals of 表四 that are 0 when there was none of what is named."""
    kinds = {word.kind for word in words}
    if "suit" in kinds:
        return _review(*(f"{suits[word.text]}_total" for word in words if word.kind == "suit"))
    cells = _review("recon_total") if kinds & {"reviews", "reconsideration"} else ()
    return cells + (_review("direct_total", "after_total") if kinds & {"reviews", "lawsuit"} else ())
