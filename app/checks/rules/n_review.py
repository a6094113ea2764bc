"""Reconsiderations, lawsuits, documents and decisions told in the text against 表四 and 表二 (N-07 … N-11)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.claims import Claim, against, claims, is_own, total
from app.checks.language.reading import shown, text_sections
from app.checks.language.scope import Place, place
from app.checks.language.vocabulary import FILLER, QUANTITY, QUANTITY_2, vocabulary
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef, Severity
from app.report.model import INTRODUCTION

Span = tuple[int, int]

_RECON, _SUIT = "复议", "诉讼"
# 行政复议3件, 行政诉讼1件
_RECON_NUMBER = re.compile(rf"(?P<key>{_RECON}(?:案件|申请|案)?){FILLER}{QUANTITY}")
_SUIT_NUMBER = re.compile(rf"(?P<key>{_SUIT}(?:案件|案)?){FILLER}{QUANTITY}")
# 因政府信息公开……, 依申请公开……: outside section 四 a sentence must say so
_ABOUT = re.compile(r"信息公开|依申请")
# 行政复议、行政诉讼2件: the number is of both
_JOINED = re.compile(rf"(?:{_RECON}|{_SUIT})(?:案件|申请|案)?(?:、|和|及|以及|与|或|或者)(?:提起)?(?:行政)?$")
# 维持2件, 经复议, 出庭应诉3次: not all cases, or no cases
_PARTIAL = re.compile(
    r"不服|撤回|维持|纠正|驳回|终止|审结|正在|各$|均$|分别|未经|经$|参加|出庭|应诉|调解|上年|化解"
)
# 未发生因政府信息公开引起的行政复议、行政诉讼
_NIL = re.compile(
    r"(?:未(?:曾)?(?:发生|收到|产生|出现|引发|引起|有|被)|没有(?:发生|收到|产生|出现|被)?|无(?!法|论|关))"
    rf"(?P<what>[^，。；、！\n]{{0,24}}?(?:{_RECON}|{_SUIT})(?:(?:案件|申请|案)?(?:、|和|及|以及|与|或|或者)(?:被)?(?:提起|申请)?(?:行政)?(?:{_RECON}|{_SUIT}))?)"
    r"(?:的|案件|案|申请|事项|情况|情形|件|事件|行为|等|发生|现象)*(?=[，。；、！）)\n]|$)"
)
# 复议、诉讼零发生, 行政复议、行政诉讼均为零
_NONE = re.compile(
    rf"(?P<what>(?:行政)?(?:{_RECON}|{_SUIT})(?:案件|申请)?(?:(?:、|和|及|与)(?:行政)?(?:{_RECON}|{_SUIT}))?)(?:案件|数量)?(?:零发生|(?:均|都)?为(?:零|0件?))"
)
# 无行政复议和行政诉讼案件, 均为零: nothing that makes them others (败诉, 重大, 因……)
_PLAIN_NIL = re.compile(
    rf"(?:未发生|没有|没有发生|无)?(?:行政|{_RECON}|{_SUIT}|案件|申请|、|和|及|与|零发生|均|都|为|零|0件?|情况|情形)+"
)
# 全年行政复议2起: nothing but the year and the agency before it
_OPENER = re.compile(
    r"(?:20\d\d年度?|全年|本年度?|今年|我[镇乡局委办县区]|本机关|全[镇乡]|共|发生|，|、|行政)*"
)
# behind it nothing either, or the lawsuits
_CLOSED = re.compile(r"[。；\n]|$|[，、](?:行政)?诉讼")
_PARAGRAPH_ABOUT = re.compile(r"依申请公开|政府信息公开申请")
# what is done with a document: 制发, 废止, or it is 现行有效
_VERBS = {
    "issued": r"(?:制发|出台|制定|印发|新制定|新出台|制定出台|制定印发)",
    "repealed": r"(?:废止)",
    "in_force": r"(?:现行有效|现有)",
}
_ANY_VERB = rf"(?:{'|'.join(_VERBS.values())}|修订|修改)"
# a number of documents between others: 规范性文件2件、废止1件
_COUNT = r"\d+\s*(?:件|份|个|项)"
# 以县政府名义印发, 转发, 失效, 累计: not this agency's own documents of the year
_SHARED = re.compile(
    r"名义|起草|代|配合|协助|会同|清理|失效|修改|修订|备案|累计|审查|公开|转发|解读|其中|拟|计划|将"
)
# 清理并集中公开现行有效行政规范性文件9件: shown as a whole, though perhaps not all
_SHOWING = re.compile(r"(?:动态)?(?:清理|公开|发布|公布|更新|集中)")
_WHOLE_STOCK = re.compile(r"现行有效的?行政|行政[^，。]*现行有效")
# 未制发行政规范性文件
_NO_DOCUMENTS = r"未(?:制发|制定|出台|印发|新制定|新出台)(?:过|任何)?(?:{names})(?=[，。；、\n]|$)"
# 公开行政处罚信息3件, 行政许可事项22项: what was published, no decisions
_SHOWN = re.compile(r"公开|公示|发布|事项|项目|信息|其中|涉及|听证|抽查|归集")


def _review(*columns: str) -> tuple[CellRef, ...]:
    return tuple(CellRef("review", "cases", column) for column in columns)


def _own_cases(context: CheckContext, where: tuple[str, str, Claim]) -> bool:
    """Whether cases are about information and counted as a whole."""
    key, _, claim = where
    section = context.form.section_of(_review("recon_total")[0]).key
    about = key == section or _ABOUT.search(claim.place.sentence)
    return bool(about) and not _PARTIAL.search(claim.place.clause)


def _bare_cases(where: tuple[str, str, Claim]) -> bool:
    """行政复议2起。 as a clause of its own in the paragraph on requests: it can hardly mean other cases."""
    _, text, claim = where
    return (
        not _ABOUT.search(claim.place.sentence)
        and bool(_OPENER.fullmatch(claim.place.before))
        and bool(_CLOSED.match(text, claim.end))
        and bool(_PARAGRAPH_ABOUT.search(text[text.rfind("\n", 0, claim.start) + 1 : claim.start]))
    )


@rule("N-07", ERROR, WARNING)
def reconsiderations(context: CheckContext) -> Iterator[Finding]:
    """总体情况中政府信息公开行政复议的件数和结果应与表四一致。"""
    for one in claims(context, _RECON_NUMBER):
        if _own_cases(context, one) and not _JOINED.search(one[2].place.before):
            yield from against(context, "N-07", one, _review("recon_total"), name=f"行政{_RECON}")
        elif _bare_cases(one):
            yield from against(
                context, "N-07", one, _review("recon_total"), severity=WARNING, name=f"行政{_RECON}"
            )
    for one in claims(context, vocabulary(context.form.id).outcome_numbers):
        sentence = one[2].place.sentence
        if (_RECON in sentence or _SUIT in sentence) and _own_cases(context, one):
            yield from _outcome(context, one)


def _outcome(context: CheckContext, one: tuple[str, str, Claim]) -> Iterator[Finding]:
    """结果维持1件 may be of the reconsideration, of either kind of lawsuit, or of all of them."""
    ending = vocabulary(context.form.id).outcomes[one[2].key]
    recon, direct, after = (_review(f"{kind}_{ending}") for kind in ("recon", "direct", "after"))
    others = [total(context, cells) for cells in (direct, after, direct + after, recon + direct + after)]
    if None not in others:
        yield from against(context, "N-07", one, recon, others, name=one[2].key)


@rule("N-08", ERROR, WARNING)
def lawsuits(context: CheckContext) -> Iterator[Finding]:
    """总体情况中政府信息公开行政诉讼的件数应与表四未经复议直接起诉、复议后起诉之和一致。"""
    suits = _review("direct_total", "after_total")
    everything = total(context, _review("recon_total") + suits)
    for one in claims(context, _SUIT_NUMBER):
        if _own_cases(context, one):
            joined = _JOINED.search(one[2].place.before) is not None
            yield from against(
                context, "N-08", one, suits, (everything,) if joined else (), name=f"行政{_SUIT}"
            )
        elif _bare_cases(one):
            yield from against(context, "N-08", one, suits, severity=WARNING, name=f"行政{_SUIT}")
    words = vocabulary(context.form.id)
    for one in claims(context, words.suit_numbers):
        if _own_cases(context, one):
            cells = _review(f"{words.suits[one[2].key]}_total")
            yield from against(context, "N-08", one, cells, name=one[2].key)


@rule("N-09", ERROR, WARNING)
def no_cases(context: CheckContext) -> Iterator[Finding]:
    """总体情况写明未发生行政复议、行政诉讼的，表四相应总计应为0。"""
    for key, text in text_sections(context):
        for what, (start, end) in _nil_cases(text) if key != INTRODUCTION else ():
            cells = _denied(what)
            count = total(context, cells)
            where = place(text, start)
            severity = _how_sure(context, key, text, where, (start, end))
            if count and severity is not None and is_own(context, where):
                quote = text[start:end]
                names = "、".join(f"行政{word}" for word in (_RECON, _SUIT) if word in what)
                table = context.form.section_of(cells[0]).table_name
                message = f"“{quote}”与{table}“{names}”总计{shown(count)}件不一致"
                values = (("left", "0"), ("right", shown(count)))
                yield Finding("N-09", severity, message, key, cells, quote, start, end, values)


def _denied(what: str) -> tuple[CellRef, ...]:
    """The totals of 表四 that are 0 when there was none of what is named."""
    cells = _review("recon_total") if _RECON in what else ()
    return cells + (_review("direct_total", "after_total") if _SUIT in what else ())


def _how_sure(context: CheckContext, key: str, text: str, where: Place, span: Span) -> Severity | None:
    """An error in section 四 or where the sentence says 信息公开; a warning by the paragraph on requests alone; else None."""
    if key == context.form.section_of(_review("recon_total")[0]).key or _ABOUT.search(where.sentence):
        return ERROR
    paragraph = text[text.rfind("\n", 0, span[0]) + 1 : span[0]]
    plain = _PLAIN_NIL.fullmatch(text, *span) and _OPENER.fullmatch(where.before)
    return WARNING if plain and _PARAGRAPH_ABOUT.search(paragraph) else None


@lru_cache(maxsize=256)
def _nil_cases(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    return tuple((one["what"], one.span()) for pattern in (_NIL, _NONE) for one in pattern.finditer(text))


@rule("N-10", ERROR, WARNING)
def documents(context: CheckContext) -> Iterator[Finding]:
    """总体情况中行政规范性文件制发、废止和现行有效的件数应与表二一致。"""
    if all(column.key != "issued" for column in context.form.tables["art20_1"].leaf_columns):
        return  # the columns of 2019 count what was made and what was published, which no verb tells apart
    for column, pattern in _document_patterns(context.form.id):
        for one in claims(context, pattern):
            severity = _how_sure_of_documents(column, one)
            if severity is not None:
                cell = CellRef("art20_1", "normative_documents", column)
                yield from against(context, "N-10", one, (cell,), severity=severity)


def _how_sure_of_documents(column: str, one: tuple[str, str, Claim]) -> Severity | None:
    """None where others share in the documents; a warning where 行政 is left out or the stock is only shown."""
    _, text, claim = one
    said = claim.place.clause + text[claim.start : claim.end]
    is_stock = column == "in_force" and _WHOLE_STOCK.search(text, claim.start, claim.end)
    if _SHARED.search(_SHOWING.sub("", said) if is_stock else said):
        return None
    return ERROR if claim.key.startswith("行政") and not _SHOWING.search(said) else WARNING


@rule("N-10", ERROR, further=True)
def no_documents(context: CheckContext) -> Iterator[Finding]:
    """总体情况写明未制发行政规范性文件的，表二制发件数应为0。"""
    cell = CellRef("art20_1", "normative_documents", "issued")
    count = context.values.get(cell)
    if not count:
        return
    for key, text in text_sections(context):
        for one in _no_documents(context.form.id).finditer(text) if key != INTRODUCTION else ():
            where = place(text, one.start())
            if is_own(context, where) and not where.clause.endswith("以"):
                table = context.form.section_of(cell).table_name
                message = f"“{one[0]}”与{table}制发件数{shown(count)}不一致"
                values = (("left", "0"), ("right", shown(count)))
                yield Finding("N-10", ERROR, message, key, (cell,), one[0], *one.span(), values)


@lru_cache(maxsize=8)
def _no_documents(form_id: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, vocabulary(form_id).row_names("art20_1", "normative_documents")))
    return re.compile(_NO_DOCUMENTS.format(names=names))


@lru_cache(maxsize=8)
def _document_patterns(form_id: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = "|".join(map(re.escape, vocabulary(form_id).row_names("art20_1", "normative_documents")))
    found = []
    for column, verb in _VERBS.items():
        before = rf"{verb}(?:了|的)?{FILLER}(?P<key>{names}){FILLER}{QUANTITY}"
        after = rf"(?P<verb>{names}){FILLER}{verb}(?:了|的)?{FILLER}{QUANTITY_2}"
        found.append((column, re.compile(f"{before}|{after}")))
        others = rf"(?:[、，；]{_ANY_VERB}(?:了|的)?{FILLER}{_COUNT})*"  # 规范性文件2件、废止1件，现行有效7件
        listed = rf"(?P<key>{names}){FILLER}{_COUNT}{others}[、，；]{verb}(?:了|的)?{FILLER}{QUANTITY}"
        found.append((column, re.compile(listed)))
    return tuple(found)


@rule("N-11", WARNING)
def decisions(context: CheckContext) -> Iterator[Finding]:
    """总体情况中行政许可、行政处罚、行政强制决定的件数应与表二一致。"""
    for cell, pattern in _decision_patterns(context.form.id):
        for one in claims(context, pattern):
            text, claim = one[1], one[2]
            if _SHOWN.search(claim.place.clause) or _SHOWN.search(text[claim.start : claim.end]):
                continue
            yield from against(context, "N-11", one, (cell,), severity=WARNING)


@lru_cache(maxsize=8)
def _decision_patterns(form_id: str) -> tuple[tuple[CellRef, re.Pattern[str]], ...]:
    words = vocabulary(form_id)
    found = []
    for table, row in (("art20_5", "licensing"), ("art20_6", "penalty"), ("art20_6", "enforcement")):
        name = re.escape(words.names[table, row])
        pattern = rf"(?P<key>{name})(?:处理)?(?:决定书?)?(?:案件)?{FILLER}{QUANTITY.replace('|项|个|次', '')}"
        found.append((CellRef(table, row, "decisions"), re.compile(pattern)))
    return tuple(found)
