"""Documents, decisions and charges told in the text against 表二 (N-10, N-11)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import shown, text_sections
from app.checks.language.scope import Place, place, sentences
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import against, is_own, strange, told
from app.checks.quantities.grammar import DECISIONS, DOCUMENTS, NONE, NUMBER, SAID, Statement
from app.checks.quantities.words import DECISIONS as DECISION_ROWS
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

# by these a number of documents is not of this agency's own of the year, or of some only
_NOT_OWN = frozenset(["shared", "part", "among", "handled", "came", "other", "request"])
_STATES = ("issued", "repealed", "in_force")
# 名义, 代, 配合: others share in the document
_SHARED = lazily(
    r"(?<!镇政府)(?<!乡政府)(?<!人民政府)名义|县(?:人民)?政府名义|起草|代|配合|协助|会同|累计|审查|其中|拟|计划|将"
)
_UNITS = frozenset("件宗起份例")
_NO_DECISIONS = frozenset(["showing", "shared", "part", "among", "other", "came", "rate"])


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
            or _is_of_another_government(statement.place)
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


# 县政府年初现行有效……86件，本年制发12件: of that government, in every clause
_OTHERS = lazily(
    r"(?:20\d\d年度?，?)?(?:(?:省|市|县|区|州|旗)(?:人民)?政府|上级|省级|市级|县级)(?=年初|上年|去年|期初|原有|现|共|全年|本年|新|制|废)",
    needs="政府|级",
)
_OWN = ("我", "本镇", "本乡", "本机关", "本街道", "本单位")


def _is_of_another_government(where: Place) -> bool:
    return _OTHERS.match(where.sentence) is not None and not any(one in where.before for one in _OWN)


_OF_A_BALANCE = Words("规范性"), Words("废止|失效"), Words("有效")
# 年初现行有效4件: what there was before
_AT_FIRST = lazily(
    r"(?:年初|期初|原有|上一?年度?[末底]?|去年[末底]|(?P<year>20\d\d)年度?[末底])(?:的?现行有效|有效|共?有)?的?(?:行政)?(?:规范性(?:文件)?)?(?:现行有效)?(?:共|为)?(?P<n>\d+)[件个份]",
    needs="年初|期初|原有|上年|上一年|去年|年底|年末|年度底|年度末",
)
_MOVES = lazily(
    r"(?:(?P<up>制发|制定|出台|新增|印发)|(?P<down>废止|失效)|(?P<now>有效|现有))[^，。；、\d\n]{0,14}?(?P<n>\d+)[件个份]"
)
_MOVED = Words("移交|划转|转入|合并|其中|计划|拟")
# 5件
_COUNT = lazily(r"\d+[件个份]")


@rule("N-10", WARNING, further=True)
def documents_at_both_ends(context: CheckContext) -> Iterator[Finding]:
    """年初现行有效件数加制发件数减废止件数，等于年末现行有效件数。"""
    for key, text in text_sections(context):
        for span, year, should, now in _balances(text) if key != INTRODUCTION else ():
            where = place(text, span[0])
            if year == context.report.year or where.wider or _is_of_another_government(where):
                continue
            quote = text[slice(*span)]
            message = f"“{quote}”前后不符：按年初、制发、废止件数计算，年末现行有效应为{should}件"
            values = (("left", str(now)), ("right", str(should)))
            yield Finding("N-10", WARNING, message, key, (), quote, *span, values)


@lru_cache(maxsize=64)
def _balances(text: str) -> tuple[tuple[tuple[int, int], int, int, int], ...]:
    """(span, year of 年底, what should stand at the end, what is told) of what does not agree."""
    if not all(words.stand_in(text) for words in _OF_A_BALANCE):
        return ()
    return tuple(one for first in _AT_FIRST.finditer(text) if (one := _balance(text, first)) is not None)


def _balance(text: str, first: re.Match[str]) -> tuple[tuple[int, int], int, int, int] | None:
    end = next((end for start, end in sentences(text) if start <= first.start() < end), len(text))
    moves = list(_MOVES.finditer(text, first.end(), end))
    last = next((at for at, one in enumerate(moves) if one["now"]), 0)
    moves = moves[: last + 1]
    span = first.start(), moves[-1].end() if moves else first.end()
    are_all = len(_COUNT.findall(text, first.end(), span[1])) == len(moves)
    if not last or not are_all or _MOVED.stand_in(text, *span):
        return None
    should = int(first["n"]) + sum(int(one["n"]) * (1 if one["up"] else -1) for one in moves[:-1])
    now = int(moves[-1]["n"])
    return None if should == now else (span, int(first["year"] or 0), should, now)


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


def _all_shown(one: Statement) -> frozenset[str]:
    """全年20件行政处罚决定均已公示: all of them were shown, so they are counted."""
    is_all = "all" in one.kinds and one.says == NUMBER and "决定" in _text(one, "filler")
    return frozenset(["showing"]) if is_all else frozenset()


def _is_of_decisions(context: CheckContext, one: Statement) -> bool:
    """Whether nothing says that they were only shown, or are of others."""
    if (_kinds_besides(one) - _all_shown(one)) & _NO_DECISIONS or one.is_restricted or strange(context, one):
        return False
    return (
        one.says != NUMBER
        or one.unit in _UNITS
        or (one.unit == "次" and _text(one, "decision").endswith(_MEASURE))
    )


# 事业性收费5.2万元
_CHARGED = lazily(
    r"(?:行政)?事业性收费(?:收入|金额|总额|项目|共计?|合计|为|达|：|\s)*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<wan>万)?元(?!以上|左右)",
    needs="事业性收费",
)


@rule("N-11", WARNING, further=True)
def charges(context: CheckContext) -> Iterator[Finding]:
    """总体情况中行政事业性收费的金额应与表二一致。"""
    cell = CellRef("art20_8", "fees", "amount")
    amount = context.values.get(cell)
    if amount is None:
        return
    for key, text in text_sections(context):
        for one in _CHARGED.finditer(text) if key != INTRODUCTION else ():
            told_ = Decimal(one["n"].replace(",", "")) / (1 if one["wan"] else 10_000)
            if not is_own(context, place(text, one.start())) or round(told_, 2) == round(Decimal(amount), 2):
                continue
            table = context.form.section_of(cell).table_name
            label = vocabulary(context.form.id).names[cell.table, cell.row]
            message = f"“{one[0]}”与{table}“{label}”{shown(amount)}万元不一致"
            values = (("left", shown(told_)), ("right", shown(amount)))
            yield Finding("N-11", WARNING, message, key, (cell,), one[0], *one.span(), values)


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
