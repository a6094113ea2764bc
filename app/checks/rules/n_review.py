"""Reconsiderations, lawsuits, documents and decisions told in the text against 表四 and 表二 (N-07 … N-11)."""

import re
from collections.abc import Iterator

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import shown
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import Told, against, strange, told, total
from app.checks.quantities.grammar import (
    CASES,
    DECISIONS,
    DOCUMENTS,
    NONE,
    NUMBER,
    SAID,
    Statement,
    Word,
    is_about_requests,
)
from app.checks.quantities.words import DECISIONS as DECISION_ROWS
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef, Severity
from app.patterns import lazily

_RECON, _SUIT = "复议", "诉讼"
_UNITS = frozenset("件宗起份例")
_CASE_WORDS = frozenset({"suit", "reviews", "reconsideration", "lawsuit"})
# 因政府信息公开……, 依申请公开……: outside section 四 a sentence must say so
_ABOUT = lazily(r"信息公开|依申请|不服[^，。；]{0,6}答复")
# 与政府信息公开无关, 其他行政行为: of other matters
_OF_OTHERS = lazily(r"无关|其他行政行为|非政府信息公开|不涉及")
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
    r"(?:结果[为是：]?|被|均被?|复议机关|法院|予以|其中|复议|诉讼)(维持|纠正)(?:原[^，。；\d]{0,8})?$"
)
# 维持1件、: another item of the same list
_ITEM_BEFORE = lazily(r"^.*[件起宗例][、和]")
# nothing but the year and the agency before it
_OPENER = lazily(
    r"(?:20\d\d年度?|全年|本年度?|今年|我[镇乡局委办县区]|本机关|全[镇乡]|共|发生|，|、|行政|\s)*"
)
# behind it nothing either, or the lawsuits
_CLOSED = lazily(r"[。；\n]|$|[，、](?:也|亦|且)?(?:没有|无|未发生)?(?:行政)?诉讼")
# by these a number of documents is not of this agency's own of the year, or of some only
_NOT_OWN = frozenset(["shared", "part", "among", "handled", "came", "other", "request"])
_STATES = ("issued", "repealed", "in_force")
# 名义, 代, 配合: others share in the document
_SHARED = lazily(r"名义|起草|代|配合|协助|会同|累计|审查|其中|拟|计划|将")
_NO_DECISIONS = frozenset(["showing", "shared", "part", "among", "other", "came", "rate"])


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
    if _PARTIAL.search(said) or _OF_OTHERS.search(where.sentence):
        return None
    told = where.before + text[statement.start : statement.end]
    behind = text[statement.end : statement.start + len(where.sentence) - len(where.before)]
    if not _ABOUT.search(told) and _ABOUT.search(behind):
        return None if "其中" in behind else WARNING  # 应诉案件6件，其中政府信息公开类1件
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
    if not (_RECON in where.sentence or _SUIT in where.sentence) or _OF_OTHERS.search(where.sentence):
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


@rule("N-10", ERROR, WARNING)
def documents(context: CheckContext) -> Iterator[Finding]:
    """总体情况中行政规范性文件制发、废止和现行有效的件数应与表二一致。"""
    if all(column.key != "issued" for column in context.form.tables["art20_1"].leaf_columns):
        return  # the columns of 2019 count what was made and what was published, which no verb tells apart
    official = ""  # the word by which the documents were named last: 行政规范性文件2件、废止1件
    for one in told(context, DOCUMENTS):
        _, text, statement = one
        named = statement.last("document")
        official = named.text if named else official
        state = _state(statement)
        if (
            not state
            or strange(context, statement)
            or _SHARED.search(text[statement.start : statement.number])
        ):
            continue
        cell = CellRef("art20_1", "normative_documents", state)
        if statement.says == NONE and not context.values.get(cell):
            continue
        is_shown = "showing" in statement.kinds or "showing" in _kinds_before(statement)
        sure = ERROR if official.startswith("行政") and not is_shown else WARNING
        yield from against(context, "N-10", one, (cell,), severity=sure, name=_column(context, state))


def _kinds_before(one: Statement) -> set[str]:
    return {"showing"} if re.search(r"公开|发布|公布|更新", one.place.clause) else set()


def _column(context: CheckContext, key: str) -> str:
    """The printed name of a column of 表二 behind its row."""
    words = vocabulary(context.form.id)
    label = next(one.label for one in context.form.tables["art20_1"].leaf_columns if one.key == key)
    return f"{words.names['art20_1', 'normative_documents']}{label}"


def _state(one: Statement) -> str:
    """Whether documents were made, repealed or stand: the last word of it; "" for parts and for what others made or only showed."""
    if (
        one.about
        or one.is_restricted
        or _kinds_of_documents(one) & _NOT_OWN
        or (one.says == NUMBER and one.unit not in _DOCUMENT_UNITS)
    ):
        return ""
    found = one.last(*_STATES)
    if found is None or (one.says == NONE and one.told != SAID):
        return ""
    if found.kind != "in_force" and "showing" in one.kinds and "公开" in _text(one, "showing"):
        return ""
    return found.kind


def _kinds_of_documents(one: Statement) -> frozenset[str]:
    """共有现行有效……12件 are counted; 收到规范性文件12件 came from others."""
    came = one.first("came")
    return one.kinds - {"came"} if came and came.text == "共有" else one.kinds


def _text(one: Statement, kind: str) -> str:
    return "".join(word.text for word in (*one.left, *one.right) if word.kind == kind)


_MEASURE = "强制"  # 实施行政强制2次: counted so, too
_DOCUMENT_UNITS = frozenset("件份个项")


def _kinds_besides(one: Statement) -> frozenset[str]:
    """办理行政许可事项95件 are decisions; 行政许可事项22项 are what can be asked for."""
    matter = one.first("other")
    is_decided = (
        matter and matter.text == "事项" and one.unit == "件" and one.left_kinds & {"handled", "done"}
    )
    return one.kinds - {"other"} if is_decided else one.kinds


def _is_of_decisions(context: CheckContext, one: Statement) -> bool:
    """Whether nothing says that they were only shown, or are of others."""
    if _kinds_besides(one) & _NO_DECISIONS or one.is_restricted or strange(context, one):
        return False
    return (
        one.says != NUMBER
        or one.unit in _UNITS
        or (one.unit == "次" and _text(one, "decision").endswith(_MEASURE))
    )


@rule("N-11", WARNING)
def decisions(context: CheckContext) -> Iterator[Finding]:
    """总体情况中行政许可、行政处罚、行政强制决定的件数应与表二一致。"""
    words = vocabulary(context.form.id)
    rows = {words.names[ref]: ref for ref in DECISION_ROWS}
    for one in told(context, DECISIONS):
        statement = one[2]
        named = [word.text for word in (*statement.left, *statement.right) if word.kind == "decision"]
        if len(named) != 1 or not _is_of_decisions(context, statement):
            continue
        table, row = rows[named[0]]
        cell = CellRef(table, row, "decisions")
        if statement.says != NUMBER and (statement.says != NONE or not context.values.get(cell)):
            continue
        yield from against(context, "N-11", one, (cell,), severity=WARNING)
