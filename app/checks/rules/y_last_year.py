"""This year's tables and name against last year's (Y-01, Y-03 … Y-05, Y-09)."""

from collections.abc import Iterator
from decimal import Decimal

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import TITLE, row_words, shown, squeezed
from app.checks.rule import INFO, WARNING, rule
from app.checks.rules.t_blanks import PROCESSED
from app.checks.rules.t_figures import swings
from app.checks.rules.x_between_tables import RECEIVED, group_label, review_cells
from app.chinese import fold
from app.form.model import CellRef, Value
from app.report.left_behind import left_behind


@rule("Y-03", INFO)
def prior_is_comparable(context: CheckContext) -> Iterator[Finding]:
    """2019年格式的年报没有“现行有效件数”，2021年年报不作该项跨年核对；对照的年报不是上一年度的，不作跨年核对。"""
    prior, report = context.prior, context.report
    if prior is None:
        return
    if prior.year != report.year - 1:
        message = f"对照的是{prior.year}年年报，不是上一年度（{report.year - 1}年）年报，未作跨年核对"
        yield Finding("Y-03", INFO, message)
        return
    names = _not_compared(context) if prior.form != report.form else []
    if names:
        message = f"上年年报（{prior.year}年）使用旧格式，没有“{'”“'.join(names)}”，该项不作跨年核对"
        section = next(e.table for e in context.form.equations if e.needs_prior)
        yield Finding("Y-03", INFO, message, context.form.section_of(CellRef(section, "", "")).key)
    if lost := left_behind(prior, context.form):
        yield Finding("Y-03", INFO, lost)


@rule("Y-01", INFO, further=True)
def carried_cells_are_known(context: CheckContext) -> Iterator[Finding]:
    """上年年报的结转数空白或者存疑的，与本年的上年结转数无从核对。"""
    last = context.last_year
    if last is None:
        return
    sources = [source for source in context.form.carried.values() if source not in context.last_values]
    if not sources:
        return
    table = context.form.tables[sources[0].table]
    label = fold(table.row(sources[0].row).label)
    some = f"有{len(sources)}格" if len(sources) < len(context.form.carried) else ""
    section = context.form.section_of(sources[0]).key
    yield Finding("Y-01", INFO, f"上年年报“{label}”{some}没有确认的数字（空白或者存疑），未作核对", section)


def _not_compared(context: CheckContext) -> list[str]:
    """The printed columns that an equation takes from last year's report but that its edition does not have."""
    other = context.prior_form
    if other is None:
        return []
    names: dict[str, None] = {}
    for equation in (one for one in context.form.equations if one.needs_prior):
        for term in (*equation.left, *equation.right):
            for ref in term.cells:
                if term.prior and ref not in other.cell_set:
                    names[context.form.tables[ref.table].path(ref)[1][-1]] = None
    return list(names)


# -- last year ----------------------------------------------------------------------------------------------------------


@rule("Y-04", WARNING)
def pending_cases_come_back(context: CheckContext) -> Iterator[Finding]:
    """上年尚未审结的案件，应当在本年的办理结果中反映。"""
    prior = context.last_year
    if prior is None:
        return
    for group, cells in review_cells(context.form).items():
        pending = context.last_values.get(cells[3])
        if pending and context.report.values.get(cells[-1]) == 0:
            label = group_label(context.form, group)
            state = context.form.tables["review"].path(cells[3])[1][-1]
            message = f"{label}：上年有{shown(pending)}件{state}，本年未见办理结果"
            section = context.form.section_of(cells[-1]).key
            yield Finding("Y-04", WARNING, message, section, (cells[-1],))


@rule("Y-05", WARNING)
def applications_swing(context: CheckContext) -> Iterator[Finding]:
    """与上年相比变化较大的申请数量、办理数量应当核实。"""
    prior = context.last_year
    if prior is None:
        return
    values, last_values = context.values, context.last_values
    told: list[bool] = []  # whether it rose
    for ref in (RECEIVED, PROCESSED):
        value, last = values.get(ref), last_values.get(ref)
        if value is None or last is None or not swings(last, value):
            continue
        if (value > last) in told:
            continue  # what was processed follows what was received: one cause, one finding
        told.append(value > last)
        section = context.form.section_of(ref)
        message = f"“{row_words(section, ref)}”{_change(last, value)}，请核实（变化超过一半的提示）"
        figures = (("left", shown(value)), ("right", shown(last)))
        yield Finding("Y-05", WARNING, message, section.key, (ref,), values=figures)


def _change(last: Value, value: Value) -> str:
    if last == 0:
        return f"上年为0，本年为{shown(value)}"
    percent = round(Decimal(100 * (value - last)) / Decimal(last))
    return f"为{shown(value)}，较上年{shown(last)}变化{percent:+d}%"


@rule("Y-09", INFO)
def agency_keeps_its_name(context: CheckContext) -> Iterator[Finding]:
    """单位名称较上年有变化的，核实是否因机构改革、区划调整更名。"""
    prior = context.last_year
    now, before = context.report.agency.name, prior.agency.name if prior else ""
    if not now or not before:
        return
    a, b = (squeezed(name).removesuffix("人民政府") for name in (now, before))
    if not (a.endswith(b) or b.endswith(a)):  # 古城镇 and 桓仁满族自治县古城镇 are one
        message = f"单位名称与上年不同：上年为“{before}”，本年为“{now}”"
        yield Finding("Y-09", INFO, message, TITLE)
