"""What the figures of one table say against each other and last year's (T2-03, T2-05, T2-06, T2-09, T3-06, T3-07)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.checks.context import CheckContext
from app.checks.finding import Finding, Repair
from app.checks.language.reading import row_words, shown
from app.checks.rule import ERROR, WARNING, rule
from app.checks.rules.t_blanks import PROCESSED
from app.form.model import CellRef, FormDefinition, Heading, Section, TableSpec, Value, ValueKind
from app.patterns import Words
from app.report.model import AgencyKind

FEES = CellRef("art20_8", "fees", "amount")
PURCHASES = CellRef("art20_9", "procurement", "purchases")
PURCHASE_AMOUNT = CellRef("art20_9", "procurement", "amount")
UNPAID = CellRef("requests", "other_fee_unpaid", "total")
REST = (CellRef("requests", "other_rest", "total"), CellRef("requests", "other", "total"))  # 2021, 2019

# 万元 that no agency of its kind collects; a county or city may collect tens of thousands
LOOKS_LIKE_YUAN = {
    AgencyKind.TOWNSHIP: (10_000, "一亿元"),
    AgencyKind.SUBDISTRICT: (10_000, "一亿元"),
    AgencyKind.DEPARTMENT: (1_000_000, "一百亿元"),
    AgencyKind.GOVERNMENT: (10_000_000, "一千亿元"),
}
FEN = Decimal("0.01")  # 元 has no smaller part: more decimals are of 万元
YUAN_TIMES = 20
SWING = Decimal("0.5")
SWING_AT_LEAST = 10
REST_SHARE = Decimal("0.3")
REST_AT_LEAST = 5
_BODIES = {AgencyKind.TOWNSHIP: "乡镇", AgencyKind.SUBDISTRICT: "街道"}
# words by which 六 speaks of unpaid fees: 逾期未按收费通知缴纳
_FEE_WORDS = Words("收费通知|缴费|缴纳|未缴|交费|逾期未")

Swing = tuple[CellRef, Value, Value]  # where, last year's value, this year's


# -- 表二 -----------------------------------------------------------------------------------------------------------------


@rule("T2-03", ERROR)
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
                ERROR,
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


@rule("T2-05", WARNING)
def fees_are_in_wan_yuan(context: CheckContext) -> Iterator[Finding]:
    """行政事业性收费按本年收费金额填写，单位为万元。"""
    reason = fees_reason(context)
    if reason:
        section = context.form.section_of(FEES)
        label = row_words(section, FEES)
        message = (
            f"{label}单位为“万元”，现为{shown(context.report.values[FEES])}（{reason}），请核实是否误填为元"
        )
        yield Finding("T2-05", WARNING, message, section.key, (FEES,))


def fees_reason(context: CheckContext) -> str:
    """Why 收费 looks like 元 instead of 万元; "" when it does not."""
    value = context.values.get(FEES)
    if value is None or value <= 0 or FEES not in context.form.cell_set:
        return ""
    if value != Decimal(value).quantize(FEN):
        return ""
    limit, words = LOOKS_LIKE_YUAN.get(context.report.agency.kind, LOOKS_LIKE_YUAN[AgencyKind.DEPARTMENT])
    if value >= limit:
        return f"达到{words}以上"
    last = context.last_values.get(FEES)
    if last is None or last <= 0:
        return ""
    if value > YUAN_TIMES * last:
        return f"超过上年{shown(last)}的{YUAN_TIMES}倍"
    # A whole number no larger than last year's fraction cannot be 元 written for 万元.
    if value == round(value) and last != round(last) and value > last:
        return f"上年{shown(last)}有小数，本年为整数"
    return ""


@rule("T2-06", WARNING)
def no_unexplained_swing(context: CheckContext) -> Iterator[Finding]:
    """与上年相比变化较大的数据应当核实，并在其他需要报告的事项中说明。"""
    values, last_values = context.values, context.last_values
    if not last_values:
        return
    compared = _compared_by_equations(context.form, last_values)
    if fees_reason(context):
        compared.add(FEES)
    for section in context.form.sections:
        found = [
            (ref, last_values[ref], values[ref])
            for ref in (section.cells if section.is_stacked else ())
            if ref in values
            and ref in last_values
            and ref not in compared
            and context.form.kind(ref) is not ValueKind.SIGNED
            and swings(last_values[ref], values[ref])
        ]
        for some in _matters(found, section, context):
            yield _swung(some, section, context)


def _matters(found: list[Swing], section: Section, context: CheckContext) -> list[list[Swing]]:
    """Each by itself; all together where the whole of 表二 is 0 this year: it was not filled."""
    is_nil = len(found) > 1 and not any(context.values.get(ref) for ref in section.cells)
    return [list(found)] if is_nil else [[one] for one in found]


def _swung(some: list[Swing], section: Section, context: CheckContext) -> Finding:
    names = [
        f"“{row_words(section, ref)}”{context.form.tables[ref.table].path(ref)[1][-1]}" for ref, _, _ in some
    ]
    told = "；".join(
        f"{name}为{shown(value)}，上年为{shown(last)}"
        for name, (_, last, value) in zip(names, some, strict=True)
    )
    how = ("均" if len(some) > 1 else "") + _how_far(*some[0][1:])
    message = f"{told}，{how}，请核实，属实的在“{context.form.sections[-1].title}”中说明原因"
    figures = tuple(
        pair for _, last, value in some for pair in (("left", shown(value)), ("right", shown(last)))
    )
    return Finding("T2-06", WARNING, message, section.key, tuple(ref for ref, _, _ in some), values=figures)


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


def _how_far(last: Value, value: Value) -> str:
    """The difference, with the measure by which it is a great one."""
    change = value - last
    if last == 0 or value == 0:
        return "由无到有" if last == 0 else "由有到无"
    word = "增加" if change > 0 else "减少"
    return f"{word}{shown(max(change, -change))}（变化超过上年的{SWING:.0%}）"


def swings(last: Value, value: Value) -> bool:
    """Changed by more than half and by at least ten, or between nothing and something."""
    if (last == 0) != (value == 0):
        return True
    change, size = value - last, max(last, -last)
    return max(change, -change) >= SWING_AT_LEAST and max(change, -change) > SWING * size


@rule("T2-09", WARNING)
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
    yield Finding("T2-09", WARNING, message, section, (PURCHASES, PURCHASE_AMOUNT))


# -- 表三 -----------------------------------------------------------------------------------------------------------------


@rule("T3-06", WARNING)
def unpaid_fees_are_explained(context: CheckContext) -> Iterator[Finding]:
    """申请人逾期未按收费通知要求缴纳费用的，行政机关不再处理；收取信息处理费情况在第六部分报告。"""
    row = (CellRef(UNPAID.table, UNPAID.row, c.key) for c in context.form.tables[UNPAID.table].leaf_columns)
    found = tuple(ref for ref in row if context.report.values.get(ref))
    if not found:
        return
    last = context.form.sections[-1]
    if _FEE_WORDS.stand_in(context.report.narrative(last.key)):
        return
    count = shown(context.report.values[found[-1]])
    label = row_words(context.form.section_of(UNPAID), UNPAID)
    message = f"表三“{label}”为{count}件，{_fee_wanted(last, context, count)}"
    yield Finding("T3-06", WARNING, message, context.form.section_of(UNPAID).key, found)


def _fee_wanted(last: Section, context: CheckContext, count: str) -> str:
    """What 六 should say of them, by what it says already."""
    if "处理费" in context.report.narrative(last.key):
        return f"“{last.title}”只写了收费金额，请补写已发收费通知、申请人逾期未缴纳{count}件"
    return f"请在“{last.title}”中写明已发收费通知、申请人逾期未缴纳{count}件和收费金额"


@rule("T3-07", WARNING)
def few_are_left_to_the_rest(context: CheckContext) -> Iterator[Finding]:
    """每件申请按办理结果归入相应情形，不能归入前列各项的才计入“其他”。"""
    values = context.values
    ref = REST[0] if REST[0] in context.form.cell_set else REST[1]
    rest, total = values.get(ref), values.get(PROCESSED)
    if not rest or not total or total <= 0 or rest < REST_AT_LEAST or rest <= REST_SHARE * total:
        return
    label = "—".join(context.form.tables[ref.table].path(ref)[0][1:])
    share = round(Decimal(100 * rest) / Decimal(total))
    line = f"本软件的提示线为{REST_SHARE:.0%}"
    message = f"“{label}”占比过高（{shown(rest)}件，占{shown(total)}件的{share}%，{line}），请核实是否应归入前列情形"
    yield Finding("T3-07", WARNING, message, context.form.section_of(ref).key, (ref, PROCESSED))
