"""Rules between tables, and between this year's tables and last year's (X, Y)."""

from collections.abc import Iterator, Mapping

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import row_words, shown
from app.checks.rule import ERROR, INFO, WARNING, rule
from app.checks.rules.n_fee import fee_taken
from app.checks.rules.t_blanks import PROCESSED
from app.checks.rules.t_figures import FEES
from app.chinese import fold
from app.form.model import Axis, CellRef, FormDefinition, Value

Values = Mapping[CellRef, Value]

RECEIVED = CellRef("requests", "received", "total")
CARRIED_IN = CellRef("requests", "carried_in", "total")
DENIED = "denied"
QUERY_ROW = "denied_query"  # rests on 第三十六条第七项, not on 第十四条至第十六条
GROUPS = ("reconsideration", "direct", "after")  # 行政复议, 未经复议直接起诉, 复议后起诉
RECONSIDERATION_FIRST = 2024  # 《行政复议法》(2023) in force: 不予公开 goes to 复议 before the court
WAN = 10_000


def review_cells(form: FormDefinition) -> dict[str, tuple[CellRef, ...]]:
    """Group → its cells in printed order: 结果维持, 结果纠正, 其他结果, 尚未审结, 总计."""
    table = form.tables["review"]
    row = table.leaf_rows[0].key
    return {
        key: tuple(CellRef("review", row, leaf.key) for leaf in table.column(key).leaves()) for key in GROUPS
    }


def group_label(form: FormDefinition, group: str) -> str:
    return form.tables["review"].column(group).label


def _applications(values: Values) -> Value | None:
    """新收 and 上年结转 together; None while one is blank."""
    received, carried = values.get(RECEIVED), values.get(CARRIED_IN)
    return None if received is None or carried is None else received + carried


# -- 表三 and 表四 --------------------------------------------------------------------------------------------------------


@rule("X-01", WARNING)
def disputes_follow_applications(context: CheckContext) -> Iterator[Finding]:
    """行政复议、行政诉讼因政府信息公开工作发生，一般先有申请和答复。"""
    prior = context.last_year
    values = context.values
    if prior is None or _applications(values) != 0 or context.last_values.get(PROCESSED) != 0:
        return
    cells = tuple(group[-1] for group in review_cells(context.form).values() if values.get(group[-1]))
    if cells:
        count = shown(sum(values[ref] for ref in cells))
        message = f"本年及上年均无申请，但有复议诉讼{count}件，请核实（或为主动公开、投诉引发）"
        section = context.form.section_of(cells[0]).key
        yield Finding("X-01", WARNING, message, section, (*cells, RECEIVED, CARRIED_IN))


@rule("X-02", WARNING)
def refusals_go_to_reconsideration_first(context: CheckContext) -> Iterator[Finding]:
    """《行政复议法》第二十三条：申请政府信息公开，行政机关不予公开的，申请人应当先向行政复议机关申请行政复议。"""
    values, prior = context.values, context.last_year
    direct = review_cells(context.form)["direct"][-1]
    count = values.get(direct)
    if context.report.year < RECONSIDERATION_FIRST or not count or count < 0 or prior is None:
        return
    results = _results(context.form)
    if any(ref not in values for ref in results):
        return
    table = context.form.tables[RECEIVED.table]
    refused = {leaf.key for leaf in table.row(DENIED).leaves()} - {QUERY_ROW}
    found = [ref.row for source in (values, context.last_values) for ref in results if source.get(ref)]
    if found and refused.issuperset(found):
        label = group_label(context.form, "direct")
        message = f"{fold(table.row(DENIED).label)}案件应复议前置，“{label}”{shown(count)}件请核实"
        yield Finding("X-02", WARNING, message, context.form.section_of(direct).key, (direct,))


def _results(form: FormDefinition) -> tuple[CellRef, ...]:
    """The result rows of 表三 in the 总计 column: the parts of （七）总计."""
    for equation in form.totals[PROCESSED]:
        if equation.check.axis is Axis.ROW:
            return equation.parts
    return ()


@rule("X-03", WARNING)
def suits_follow_reconsideration(context: CheckContext) -> Iterator[Finding]:
    """复议后起诉的案件，先经行政复议审结。"""
    prior = context.last_year
    if prior is None:
        return
    review, values = review_cells(context.form), context.values
    concluded = review["reconsideration"][:3]
    after = review["after"][-1]
    sums = [source.get(ref) for source in (values, context.last_values) for ref in concluded]
    suits = values.get(after)
    if suits is None or None in sums:
        return
    decided = sum(one for one in sums if one is not None)
    if suits > decided:
        label = group_label(context.form, "after")
        message = f"{label}件数（{shown(suits)}）大于本年和上年复议审结件数（{shown(decided)}），请核实"
        section = context.form.section_of(after).key
        figures = (("left", shown(suits)), ("right", shown(decided)))
        yield Finding("X-03", WARNING, message, section, (after, *concluded), values=figures)


# -- 信息处理费 -----------------------------------------------------------------------------------------------------------


@rule("X-04", ERROR, WARNING)
@rule("X-05", WARNING)
@rule("X-06", INFO)
def processing_fee_fits_the_tables(context: CheckContext) -> Iterator[Finding]:
    """行政机关收取的信息处理费属于行政事业性收费；按件计收的，每件每月超过10件的部分每10件加收100元。"""
    fee = context.report.processing_fee
    is_told = fee is None  # nothing was filled in: what the text says
    fee = fee_taken(context) if fee is None else fee
    if fee is None or not fee.is_finite() or fee <= 0:
        return
    values, said, place = context.values, shown(fee), context.form.sections[-1].key
    if _applications(values) == 0:
        message = f"无申请却有信息处理费收入（{said}元）"
        yield Finding("X-04", WARNING if is_told else ERROR, message, place, (RECEIVED, CARRIED_IN))
    collected = values.get(FEES)
    if collected is not None and FEES in context.form.cell_set and collected * WAN < fee:
        label = row_words(context.form.section_of(FEES), FEES)
        message = f"{label}金额（{shown(collected)}万元）小于信息处理费（{said}元），请核实"
        figures = (("left", shown(collected * WAN)), ("right", said))
        yield Finding("X-05", WARNING, message, place, (FEES,), values=figures)
    if fee % 100:
        message = f"信息处理费{said}元不是100元的整倍数；按件计收的请核实，按量计收的不受此限"
        yield Finding("X-06", INFO, message, place)
