"""Blanks, numbers and single-table rules of 表二, 表三 and 表四 (T2, T3, T4)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import groupby

from app.checks.finding import CheckContext, Finding, Repair, is_number, rule
from app.checks.language.reading import row_words, shown
from app.form.model import (
    Axis,
    CellRef,
    CellRule,
    Equation,
    FormDefinition,
    Heading,
    Section,
    Severity,
    TableSpec,
    Value,
    ValueKind,
)
from app.report.model import AgencyKind

FEES = CellRef("art20_8", "fees", "amount")
PURCHASES = CellRef("art20_9", "procurement", "purchases")
PURCHASE_AMOUNT = CellRef("art20_9", "procurement", "amount")
UNPAID = CellRef("requests", "other_fee_unpaid", "total")
REST = (CellRef("requests", "other_rest", "total"), CellRef("requests", "other", "total"))  # 2021, 2019
PROCESSED = CellRef("requests", "processed", "total")

LOOKS_LIKE_YUAN = 10_000  # 万元 that a township never collects
YUAN_TIMES = 20
SWING = Decimal("0.5")
SWING_AT_LEAST = 10
REST_SHARE = Decimal("0.3")
REST_AT_LEAST = 5

_BODIES = {AgencyKind.TOWNSHIP: "乡镇", AgencyKind.SUBDISTRICT: "街道"}
_FEE_WORDS = re.compile(r"收费通知|缴费|缴纳|未缴|交费|逾期未")


# -- numbers and blanks --------------------------------------------------------------------------------------------------


@rule("T2-01", "T3-01", "T4-01")
def cells_hold_numbers(context: CheckContext) -> Iterator[Finding]:
    """各项数据应填非负整数（本年增/减可为负数），收费金额以万元为单位、最多六位小数，单元格内不得填写单位和文字。"""
    yield from _unread(context)
    values, form = context.report.values, context.form
    odd = [ref for ref, value in values.items() if not (type(value) is int and value >= 0)]  # as a rule none
    wrong = {ref for ref in odd if ref in form.cell_set and not _fits(values[ref], form.kind(ref))}
    if not wrong:
        return
    for section in form.sections:
        bad = [ref for ref in section.cells if ref in wrong]
        if bad and section.number_rule:
            for some, message in _said(section, section.number_rule, bad):
                named = "，".join(f"“{form.label(ref)}”现为{shown(values[ref])}" for ref in some[:3])
                more = f"等{len(some)}处" if len(some) > 3 else ""
                yield Finding(
                    section.number_rule.id, Severity.ERROR, f"{message}：{named}{more}", section.key, some
                )


def _unread(context: CheckContext) -> Iterator[Finding]:
    """What stands typed in a cell and is no number: the report does not hold it."""
    for section in context.form.sections:
        for ref in section.cells if context.unread and section.number_rule else ():
            if reason := context.unread.get(ref):
                message = (
                    f"{section.table_name}“{context.form.label(ref)}”：{reason}，没有存进报告，请改正或清除"
                )
                rule_id = section.number_rule.id if section.number_rule else ""
                yield Finding(rule_id, Severity.ERROR, message, section.key, (ref,))


def _fits(value: Value, kind: ValueKind) -> bool:
    if kind is ValueKind.MONEY:
        return is_number(value) and value >= 0 and value == round(value, 6)
    return type(value) is int and (value >= 0 or kind is ValueKind.SIGNED)


@rule("T2-02", "T3-02", "T4-01")
def no_cell_is_blank(context: CheckContext) -> Iterator[Finding]:
    """各项数据均应填写，没有发生的填“0”，不得空白或者以“/”“-”“无”代替。"""
    filled: Set[CellRef] = context.report.values.keys()
    if len(filled) >= len(context.form.cells) and context.form.cell_set <= filled:
        return
    filled = filled | context.unread.keys()  # not blank: something stands there, and is named as what it is
    unseen = _unseen_sections(context)
    left = [ref for ref in context.report.left(context.form) if ref not in filled]
    totals = [ref for ref in context.form.totals if ref not in filled]
    for section in context.form.sections:
        tables = {table.key for table in section.tables}
        blank = [ref for ref in left if ref.table in tables]
        if not blank or not section.blank_rule or section.key in unseen:
            continue
        for some, message in _said(section, section.blank_rule, blank):
            count = (("n", str(len(some))),)
            waiting = [
                ref for ref in totals if ref.table in tables and _is_beside(ref, some, section.blank_rule)
            ]
            repair = _zeros((*some, *waiting), context.form, context.values)
            yield Finding(
                section.blank_rule.id, Severity.ERROR, message, section.key, some, values=count, repair=repair
            )


def _is_beside(total: CellRef, cells: Sequence[CellRef], told: CellRule) -> bool:
    """Whether a total is of the same row, where each row is told by itself."""
    return told.each == "table" or total[:2] == cells[0][:2]


def _unseen_sections(context: CheckContext) -> set[str]:
    """Sections whose table an old report lacks, wholly or in part: S-13 speaks of it, its cells are not blank but unseen."""
    if context.outline is None:
        return set()
    seen = {table.section for table in context.outline.tables if table.complete}
    return {section.key for section in context.form.sections if section.tables} - seen


def _said(
    section: Section, told: CellRule, cells: Sequence[CellRef]
) -> Iterator[tuple[tuple[CellRef, ...], str]]:
    """The cells as one finding for each row or for the whole table, with its message."""
    if told.each == "table":
        yield tuple(cells), told.message.format(n=len(cells), row="")
        return
    for _, group in groupby(cells, key=lambda ref: ref[:2]):
        some = tuple(group)
        yield some, told.message.format(n=len(some), row=row_words(section, some[0]))


def _zeros(cells: Iterable[CellRef], form: FormDefinition, values: Mapping[CellRef, Value]) -> Repair | None:
    """填0: blanks become 0 and blank totals the sums they will then have.

    Blank parts of a total that is filled with something else are left: zeros would contradict what is printed.
    """
    blank = set(cells)
    for equation in _computing(form, blank):
        total = values.get(equation.total) if equation.total else None
        if total is not None and total != sum(values.get(ref, 0) for ref in equation.parts):
            blank -= set(equation.parts)
    for _ in range(2):  # a total of what cannot be read is not known either, nor a total of that
        for equation in _computing(form, blank):
            if any(ref not in values and ref not in blank for ref in equation.parts):
                blank.discard(equation.total)
    if not blank:
        return None
    after: dict[CellRef, Value] = dict(values) | dict.fromkeys(blank, 0)
    for _ in range(2):  # sums, then sums of sums
        for equation in _computing(form, blank):
            total_cell = equation.total
            if total_cell in blank:
                after[total_cell] = sum(after.get(ref, 0) for ref in equation.parts)
    changes = tuple((ref, after[ref]) for ref in form.cells if ref in blank)
    with_sums = any(value for _, value in changes)
    return Repair("填0，总计按各项之和" if with_sums else "填0", changes)


def _computing(form: FormDefinition, touched: set[CellRef]) -> list[Equation]:
    return [e for e in form.equations if e.check.computes and not touched.isdisjoint(e.cells)]


@rule("T3-08")
def totals_have_parts(context: CheckContext) -> Iterator[Finding]:
    """总计由各申请人的件数相加得出，不能只填总计而不分申请人填写。"""
    values = context.values
    if len(values) >= len(context.form.cells):
        return
    table = context.form.tables[PROCESSED.table]
    for equation in table.equations:
        total = equation.total
        if total is None or equation.check.axis is not Axis.COLUMN or not values.get(total):
            continue
        parts = [values.get(ref) for ref in equation.parts]
        if None in parts and not any(parts):
            message = f"“{equation.line_label}”只填了总计（{shown(values[total])}），各申请人均未填写"
            section = context.form.section_of(total).key
            yield Finding("T3-08", Severity.ERROR, message, section, (total, *equation.parts))


# -- 表二 -----------------------------------------------------------------------------------------------------------------


@rule("T2-03")
def no_rules_from_a_township(context: CheckContext) -> Iterator[Finding]:
    """规章由国务院部门、省级和设区的市级人民政府制定，乡镇无规章制定权。"""
    kind = context.report.agency.kind
    for table in context.form.tables.values():
        for heading, cells in _always_zero(table, kind):
            found = [ref for ref in cells if context.report.values.get(ref)]
            if not found:
                continue
            words = "，".join(
                f"{table.path(ref)[1][-1]}为{shown(context.report.values[ref])}" for ref in found
            )
            body = _BODIES.get(kind, context.report.agency.name)
            yield Finding(
                "T2-03",
                Severity.ERROR,
                f"{body}无{heading.label}制定权，{heading.label}应为0，现{words}",
                context.form.section_of(cells[0]).key,
                tuple(found),
                repair=Repair("改为0", tuple((ref, 0) for ref in found), is_safe=False),
            )


def _always_zero(table: TableSpec, kind: AgencyKind) -> Iterator[tuple[Heading, list[CellRef]]]:
    for row in table.leaf_rows:
        if kind in row.zero_for:
            yield row, [CellRef(table.key, row.key, column.key) for column in table.leaf_columns]
    for column in table.leaf_columns:
        if kind in column.zero_for:
            yield column, [CellRef(table.key, row.key, column.key) for row in table.leaf_rows]


@rule("T2-05")
def fees_are_in_wan_yuan(context: CheckContext) -> Iterator[Finding]:
    """行政事业性收费按本年收费金额填写，单位为万元。"""
    reason = fees_reason(context)
    if reason:
        section = context.form.section_of(FEES)
        label = row_words(section, FEES)
        message = (
            f"{label}单位为“万元”，现为{shown(context.report.values[FEES])}（{reason}），请核实是否误填为元"
        )
        yield Finding("T2-05", Severity.WARNING, message, section.key, (FEES,))


def fees_reason(context: CheckContext) -> str:
    """Why 收费 looks like 元 instead of 万元; "" when it does not."""
    value = context.values.get(FEES)
    if value is None or value <= 0 or FEES not in context.form.cell_set:
        return ""
    if value >= LOOKS_LIKE_YUAN:
        return "达到一亿元以上"
    last = context.last_values.get(FEES)
    if last is None or last <= 0:
        return ""
    if value > YUAN_TIMES * last:
        return f"超过上年{shown(last)}的{YUAN_TIMES}倍"
    # A whole number no larger than last year's fraction cannot be 元 written for 万元.
    if value == round(value) and last != round(last) and value > last:
        return f"上年{shown(last)}有小数，本年为整数"
    return ""


@rule("T2-06")
def no_unexplained_swing(context: CheckContext) -> Iterator[Finding]:
    """与上年相比变化较大的数据应当核实，并在其他需要报告的事项中说明。"""
    values, last_values = context.values, context.last_values
    if not last_values:
        return
    compared = _compared_by_equations(context.form, last_values)
    if fees_reason(context):
        compared.add(FEES)
    for section in context.form.sections:
        if not section.is_stacked:
            continue
        for ref in section.cells:
            value, last = values.get(ref), last_values.get(ref)
            if value is None or last is None or ref in compared or not swings(last, value):
                continue
            if context.form.kind(ref) is ValueKind.SIGNED:
                continue
            message = (
                f"“{row_words(section, ref)}”{context.form.tables[ref.table].path(ref)[1][-1]}为{shown(value)}，"
                f"与上年（{shown(last)}）差异较大，请核实并在六中说明"
            )
            figures = (("left", shown(value)), ("right", shown(last)))
            yield Finding("T2-06", Severity.WARNING, message, section.key, (ref,), values=figures)


def _compared_by_equations(form: FormDefinition, last: Mapping[CellRef, Value]) -> set[CellRef]:
    """Cells that an equation measures against last year's value: a swing says nothing that it does not say."""
    return {
        ref
        for equation in form.equations
        if equation.needs_prior
        for term in (*equation.left, *equation.right)
        if term.prior
        for ref in term.cells
        if ref in last
    }


def swings(last: Value, value: Value) -> bool:
    """Changed by more than half and by at least ten, or between nothing and something."""
    if (last == 0) != (value == 0):
        return True
    change, size = value - last, max(last, -last)
    return max(change, -change) >= SWING_AT_LEAST and max(change, -change) > SWING * size


@rule("T2-09")
def purchases_match_their_amount(context: CheckContext) -> Iterator[Finding]:
    """政府集中采购项目数量与采购总金额应当对应，金额注明单位。"""
    if PURCHASES not in context.form.cell_set:
        return
    number, amount = (context.report.values.get(ref) for ref in (PURCHASES, PURCHASE_AMOUNT))
    if number is None or amount is None or (number == 0) == (amount == 0):
        return
    label = context.form.tables[PURCHASES.table].path(PURCHASES)[1][-1]
    message = f"{label}（{shown(number)}）与金额（{shown(amount)}万元）不匹配"
    section = context.form.section_of(PURCHASES).key
    yield Finding("T2-09", Severity.WARNING, message, section, (PURCHASES, PURCHASE_AMOUNT))


# -- 表三 -----------------------------------------------------------------------------------------------------------------


@rule("T3-06")
def unpaid_fees_are_explained(context: CheckContext) -> Iterator[Finding]:
    """申请人逾期未按收费通知要求缴纳费用的，行政机关不再处理；收取信息处理费情况在第六部分报告。"""
    row = (CellRef(UNPAID.table, UNPAID.row, c.key) for c in context.form.tables[UNPAID.table].leaf_columns)
    found = tuple(ref for ref in row if context.report.values.get(ref))
    if not found:
        return
    last = context.form.sections[-1]
    if _FEE_WORDS.search(context.report.narrative(last.key)):
        return
    count = shown(context.report.values[found[-1]])
    message = f"存在逾期未缴费不再处理情形（{count}件），请在{last.ordinal}中说明收费情况"
    yield Finding("T3-06", Severity.WARNING, message, context.form.section_of(UNPAID).key, found)


@rule("T3-07")
def few_are_left_to_the_rest(context: CheckContext) -> Iterator[Finding]:
    """每件申请按办理结果归入相应情形，不能归入前列各项的才计入“其他”。"""
    values = context.values
    ref = REST[0] if REST[0] in context.form.cell_set else REST[1]
    rest, total = values.get(ref), values.get(PROCESSED)
    if not rest or not total or total <= 0 or rest < REST_AT_LEAST or rest <= REST_SHARE * total:
        return
    label = "—".join(context.form.tables[ref.table].path(ref)[0][1:])
    share = round(Decimal(100 * rest) / Decimal(total))
    message = f"“{label}”占比过高（{shown(rest)}件，占{shown(total)}件的{share}%），请核实是否应归入前列情形"
    yield Finding("T3-07", Severity.WARNING, message, context.form.section_of(ref).key, (ref, PROCESSED))
