"""Blanks, numbers and single-table rules of 表二, 表三 and 表四 (T2, T3, T4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby

from app.checks.context import CheckContext, is_number
from app.checks.finding import Finding, Repair
from app.checks.language.reading import row_words, shown
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import Axis, CellRef, CellRule, Equation, FormDefinition, Section, Value, ValueKind
from app.patterns import lazily
from app.report.place_names import place_of

# 134.2万元, 22件
_UNIT = lazily(r"(?<=\d)\s*(?:万?元|件|个|项|宗|条)$")
# what is left of 22（其中修订16件） without its unit
_WORDS = lazily(r"[一-龥]")
_MANY_ROWS = 3  # so many blank rows are one finding
PROCESSED = CellRef("requests", "processed", "total")


# -- numbers and blanks --------------------------------------------------------------------------------------------------


@rule("T2-01", ERROR)
@rule("T3-01", ERROR)
@rule("T4-01", ERROR)
def cells_hold_numbers(context: CheckContext) -> Iterator[Finding]:
    """各项数据应填非负整数（本年增/减可为负数），收费金额以万元为单位、最多六位小数，单元格内不得填写单位和文字。"""
    yield from _unread(context)
    wrong = _misfits(context)
    for section in context.form.sections if wrong else ():
        bad = [ref for ref in section.cells if ref in wrong]
        if bad and section.number_rule:
            yield from _named(context, section, section.number_rule, bad)


@rule("T2-01", WARNING, further=True)
@rule("T3-01", WARNING, further=True)
@rule("T4-01", WARNING, further=True)
def cells_hold_no_words(context: CheckContext) -> Iterator[Finding]:
    """单元格内只填数字，单位已在表头，说明写在正文。"""
    with_units: dict[str, list[tuple[CellRef, str]]] = {}  # section → cells with a unit beside the number
    for ref, text in context.outline.worded if context.outline else ():
        section = context.form.section_of(ref)
        value = context.report.values.get(ref)
        if not section.number_rule or value is None:
            continue
        if _WORDS.search(_UNIT.sub("", text)):
            message = f"{place_of(context.form, ref)}一格写作“{text}”，表中只填数字，现按{shown(value)}核对；说明请写在正文"
            yield Finding(section.number_rule.id, WARNING, message, section.key, (ref,))
        elif not _may_have_unit(context.form, ref):
            with_units.setdefault(section.key, []).append((ref, text))
    for key, cells in with_units.items():
        yield _with_units(context, context.form.section(key), cells)


def _with_units(context: CheckContext, section: Section, cells: list[tuple[CellRef, str]]) -> Finding:
    """All of a section as one finding, the first by name."""
    ref, text = cells[0]
    count = f"等{len(cells)}格" if len(cells) > 1 else "一格"
    read = shown(context.report.values[ref])
    message = f"{place_of(context.form, ref)}{count}写作“{text}”，表中只填数字，现按{read}核对；不写单位"
    rule_id = section.number_rule.id if section.number_rule else ""
    return Finding(rule_id, WARNING, message, section.key, tuple(one for one, _ in cells))


def _may_have_unit(form: FormDefinition, ref: CellRef) -> bool:
    """Whether an amount of money stands under a heading that prints no unit: 采购总金额."""
    label = "".join(form.tables[ref.table].path(ref)[1])
    return form.kind(ref) is ValueKind.MONEY and "单位" not in label


def _misfits(context: CheckContext) -> set[CellRef]:
    """The cells whose value is not of their kind."""
    values, form = context.report.values, context.form
    odd = [ref for ref, value in values.items() if not (type(value) is int and value >= 0)]  # as a rule none
    return {ref for ref in odd if ref in form.cell_set and not _fits(values[ref], form.kind(ref))}


def _named(context: CheckContext, section: Section, told: CellRule, bad: list[CellRef]) -> Iterator[Finding]:
    """What stands wrongly in the cells of a section, the first three of each finding by name."""
    values, form = context.report.values, context.form
    for some, message in _said(section, told, bad):
        named = "，".join(f"“{form.label(ref)}”现为{shown(values[ref])}" for ref in some[:3])
        more = f"等{len(some)}处" if len(some) > 3 else ""
        yield Finding(told.id, ERROR, f"{message}：{named}{more}", section.key, some)


def _unread(context: CheckContext) -> Iterator[Finding]:
    """What stands in a cell and is no number that can stand there: the report does not hold it."""
    left_out = "，没有存进报告，请改正或清除" if context.outline is None else ""  # typed just now
    for section in context.form.sections if context.unread else ():
        if section.number_rule is None:
            continue
        for ref in section.cells:
            if reason := context.unread.get(ref):
                message = f"{section.table_name}“{context.form.label(ref)}”：{reason}{left_out}"
                yield Finding(section.number_rule.id, ERROR, message, section.key, (ref,))


def _fits(value: Value, kind: ValueKind) -> bool:
    if kind is ValueKind.MONEY:
        return is_number(value) and value >= 0 and value == round(value, 6)
    return type(value) is int and (value >= 0 or kind is ValueKind.SIGNED)


@rule("T2-02", ERROR)
@rule("T3-02", ERROR)
@rule("T4-01", ERROR, further=True, of_blanks=True)
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
        blank = _of_section(section, left)
        if blank and section.blank_rule and section.key not in unseen:
            yield from _blanks(context, section, section.blank_rule, blank, _of_section(section, totals))


def _of_section(section: Section, cells: Iterable[CellRef]) -> list[CellRef]:
    tables = {table.key for table in section.tables}
    return [ref for ref in cells if ref.table in tables]


def _blanks(
    context: CheckContext, section: Section, told: CellRule, blank: list[CellRef], totals: list[CellRef]
) -> Iterator[Finding]:
    """The blank cells of a section, with the zeros that would fill them and the totals that wait for them."""
    for some, message in _said(section, told, blank):
        waiting = [ref for ref in totals if _is_beside(ref, some, told)]
        repair = _zeros((*some, *waiting), context.form, context.values)
        count = (("n", str(len(some))),)
        yield Finding(told.id, ERROR, message, section.key, some, values=count, repair=repair)


def _is_beside(total: CellRef, cells: Sequence[CellRef], told: CellRule) -> bool:
    """Whether a total is of the same row, where each row is told by itself."""
    return told.each == "table" or any(total[:2] == ref[:2] for ref in cells)


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
    rows = [tuple(group) for _, group in groupby(cells, key=lambda ref: ref[:2])]
    if told is section.blank_rule and len(rows) >= _MANY_ROWS:  # one matter: nobody filled the table
        named = "".join(f"“{row_words(section, some[0])}”" for some in rows)
        yield tuple(cells), f"{section.table_name}有{len(cells)}格为空：{named}，无数据应填“0”"
        return
    for some in rows:
        yield some, told.message.format(n=len(some), row=row_words(section, some[0]))


def _zeros(cells: Iterable[CellRef], form: FormDefinition, values: Mapping[CellRef, Value]) -> Repair | None:
    """填0: blanks become 0 and blank totals the sums they will then have."""
    blank = _fillable(set(cells), form, values)
    if not blank:
        return None
    after: dict[CellRef, Value] = dict(values) | dict.fromkeys(blank, 0)
    for _ in range(2):  # sums, then sums of sums
        for equation in _computing(form, blank):
            if equation.total in blank:
                after[equation.total] = sum(after.get(ref, 0) for ref in equation.parts)
    changes = tuple((ref, after[ref]) for ref in form.cells if ref in blank)
    with_sums = any(value for _, value in changes)
    return Repair("填0，总计按各项之和" if with_sums else "填0", changes)


def _fillable(blank: set[CellRef], form: FormDefinition, values: Mapping[CellRef, Value]) -> set[CellRef]:
    """The blanks that zeros and sums may fill.

    Blank parts of a total that is filled with something else are left: zeros would contradict what is printed.
    """
    for equation in _computing(form, blank):
        if _contradicts(equation, values):
            blank = blank - set(equation.parts)
    for _ in range(2):  # a total of what cannot be read is not known either, nor a total of that
        for equation in _computing(form, blank):
            if any(ref not in values and ref not in blank for ref in equation.parts):
                blank = blank - {equation.total}
    return blank


def _contradicts(equation: Equation, values: Mapping[CellRef, Value]) -> bool:
    """Whether a filled total is another than the sum of its parts with zeros for blanks."""
    total = values.get(equation.total) if equation.total else None
    return total is not None and total != sum(values.get(ref, 0) for ref in equation.parts)


def _computing(form: FormDefinition, touched: set[CellRef]) -> list[Equation]:
    return [e for e in form.equations if e.check.computes and not touched.isdisjoint(e.cells)]


@rule("T3-08", ERROR)
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
        is_unread = any(ref in context.unread for ref in equation.parts)
        if None in parts and not any(parts) and not is_unread:
            message = f"“{equation.line_label}”只填了总计（{shown(values[total])}），各申请人均未填写"
            section = context.form.section_of(total).key
            yield Finding("T3-08", ERROR, message, section, (total, *equation.parts))
