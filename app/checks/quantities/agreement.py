"""How a statement is held against the cells of a table: which ones are of this agency's own year, what is said where they part."""

from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from typing import cast

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import plain
from app.checks.language.reading import renumbered, shown, text_sections
from app.checks.language.scope import Place
from app.checks.language.vocabulary import vocabulary, words_of
from app.checks.quantities.grammar import HEADING, NUMBER, Statement, statements
from app.form.model import CellRef, Relation, Severity, TableSpec, Value
from app.patterns import lazily
from app.report.model import INTRODUCTION, AgencyKind

REQUESTS = "requests"
_LEAST, _MOST = Decimal("0.8"), Decimal("1.3")  # 300余件 is no 120, and no 500

UNITS = frozenset("件条宗起份项个次")  # of requests
ASKED = frozenset({"request", "ask", "on_request", "apply"})
# what may stand in 未收到任何公民提出的政府信息公开申请
_NIL_WORDS = ASKED | {
    *(
        "nil",
        "zero",
        "came",
        "amount",
        "people",
        "filler",
        "all",
        "period",
        "own",
        "every_way",
        "soft",
        "quoted",
    ),
    "unknown",
    "keeping",
}
# 县档案馆收到……, 各村: another body
_BODY = lazily(r"[局办部委馆所站院村厅处镇乡]|中心|社区|政府|部门|单位|公司|学校|街道")

# 办结提案3件, 答复留言35件: business that is no request
OTHER_BUSINESS = lazily(
    r"提案|建议|信件|留言|热线|工单|复议|诉讼|举报|信访|来信|来电|咨询|问题|事项|诉求|(?<!无)投诉"
)

Told = tuple[str, str, Statement]  # the section, its text, what is stated there


def told(context: CheckContext, topic: str = "") -> Iterator[Told]:
    """What the text states about this agency and this year (on a topic), outside introduction and plans."""
    if _told not in context.kept:
        context.kept[_told] = tuple(_told(context))
    known = cast("tuple[Told, ...]", context.kept[_told])
    return iter(known) if not topic else (one for one in known if one[2].topic == topic)


def _told(context: CheckContext) -> Iterator[Told]:
    for key, text in text_sections(context):
        if key == INTRODUCTION or key == context.form.sections[-2].key:
            continue
        of_requests = key == context.form.section_of(row("received")[0]).key
        for one in statements(text, context.form.id, of_requests):
            if _is_of_this_year(context, one) and not _is_aside(one) and not _is_among_some(context, one):
                yield key, text, one


def _is_of_this_year(context: CheckContext, one: Statement) -> bool:
    """2023年结转至本年度……: what was carried in has last year's date."""
    if "carried_in" in one.kinds and one.place.year == context.report.year - 1:
        return is_own(context, one.place.of_year(0))
    return is_own(context, one.place)


def _is_aside(one: Statement) -> bool:
    """较上年增加2件, 近三年8件: compared, or of several years."""
    return "many_years" in one.kinds or any(word.kind == "compared" for word in one.left)


# 网上申请中，自然人4件; 对企业的申请，予以公开1件: up to the next ；
_AMONG = lazily(
    r"(?:^|[，：])(?P<what>[^，。；：\d\n]{0,16})申请中[，,：]", needs="申请中，|申请中,|申请中："
)
_TOWARDS = lazily(
    r"对[^，。；：\d\n]{0,12}(?:自然人|个人|企业|类|其他)的?申请[，,：]",
    needs="人申请|人的申请|企业申请|企业的申请|类申请|类的申请|其他申请|其他的申请",
)
# 网上申请方面，; 征地领域申请较多，; 申请集中在上半年，; 对要求公开征地批文的申请，
_OF_A_KIND = lazily(
    r"(?:^|[，：])(?P<what>[^，。；：\d\n]{0,16})申请方面[，,]|(?:领域|类|方面)的?申请(?:数量)?(?:较多|较为集中|居多)[，,]"
    r"|申请(?:主要|多|大多)?集中[在于][^，。；\n]{1,10}[，,]|要求公开(?!出版物)[^，。；\n]{2,14}的申请[，,]",
    needs="申请方面|较多|较为集中|居多|集中在|集中于|要求公开",
)
# 收到的申请中: of all
_ALL_OF_THEM = lazily(
    r"(?:共|全年|本年度?|20\d\d年度?|今年|当年|我[镇乡]|以上|上述|这|所有|全部|各类|收到|新收|受理|接到|接收|办理|办结|答复|处理|已|依法|按期|按时|在|从|所|的|政府信息公开)*"
)
# 上半年办结的4件中，: of so many
_OF_MANY = lazily(r"(?P<n>\d+)件(?:政府信息公开)?(?:申请)?中[，,：]", needs="件中|申请中|公开中")


def _is_among_some(context: CheckContext, one: Statement) -> bool:
    """Whether what its clause begins with makes a number one of some requests only."""
    before = one.place.before[one.place.before.rfind("；") + 1 :]
    if "申请" not in before and "件中" not in before:
        return False
    among = _AMONG.search(before)
    kind = _OF_A_KIND.search(before)
    for opener in (among, kind):
        if opener and (opener["what"] is None or not _ALL_OF_THEM.fullmatch(opener["what"])):
            return True
    if _TOWARDS.search(before):
        return True
    many = _OF_MANY.search(before)
    wholes = (row("received"), row("processed"), row("received") + row("carried_in"))
    return many is not None and int(many["n"]) not in [total(context, refs) for refs in wholes]


def is_own(context: CheckContext, where: Place) -> bool:
    """Whether a place speaks of this agency's own year; two readings are enough to say no."""
    if where.other_time or (where.year and where.year != context.report.year):
        return False
    is_government = context.report.agency.kind is AgencyKind.GOVERNMENT
    whole = is_government and (where.wider.startswith("全") or where.wider.endswith(("政府", "级")))
    return not where.wider or whole


def strange(context: CheckContext, one: Statement) -> list[str]:
    """Words before the number that are neither known nor the agency's own name."""
    name = context.report.agency.name
    return [word for word in one.unknown if word not in name]


def is_of_another_body(context: CheckContext, one: Statement) -> bool:
    """县档案馆收到……, 各村收到……"""
    return any(_BODY.search(word) for word in strange(context, one))


def is_plain(context: CheckContext, one: Statement, besides: Set[str]) -> bool:
    """Whether nothing limits what there was none of: 未收到通过信函提出的……, 引发的投诉."""
    return one.kinds <= _NIL_WORDS | besides and not one.is_restricted and not strange(context, one)


def sure(context: CheckContext, one: Told) -> Severity:
    """An error where two readings agree: words that are all known, and requests named by them or by the section."""
    key, _, statement = one
    by_heading = statement.told == HEADING and key != context.form.section_of(row("received")[0]).key
    return Severity.WARNING if by_heading or strange(context, statement) else Severity.ERROR


def total(context: CheckContext, refs: Iterable[CellRef]) -> Value | None:
    """The sum of cells, None as soon as one is blank."""
    return total_of([context.values.get(ref) for ref in refs])


def total_of(values: Sequence[Value | None]) -> Value | None:
    """The sum, None as soon as one is blank."""
    if any(value is None for value in values):
        return None
    return sum(value for value in values if value is not None)


def stands(context: CheckContext, cells: tuple[CellRef, ...]) -> bool:
    """Whether every sum in which the cells take part is right: a doubtful table corrects no text."""
    values = context.values
    for equation in context.form.equations:
        if equation.check.relation is not Relation.EQUAL or equation.needs_prior:
            continue
        if set(equation.cells).isdisjoint(cells):
            continue
        left, right = (total_of([values.get(ref) for ref in side]) for side in equation.sides)
        if left is not None and right is not None and left != right:
            return False
    return True


def row(row: str, column: str = "total") -> tuple[CellRef, ...]:
    return (CellRef(REQUESTS, row, column),)


def group(context: CheckContext, key: str) -> tuple[CellRef, ...]:
    """The cells in the column 总计 of a row of 表三, or of all rows under a group."""
    leaves = context.form.tables[REQUESTS].row(key).leaves()
    return tuple(CellRef(REQUESTS, leaf.key, "total") for leaf in leaves)


def results_besides(context: CheckContext, said: Iterable[str]) -> dict[str, Value | None]:
    """Words of a result of the first level → its number, where the text says neither it nor a kind of it."""
    words = vocabulary(context.form.id)
    told = {words.rows[one] for one in said}
    done = next(one for one in context.form.tables[REQUESTS].rows if one.children)
    return {
        words_of(one.label): total(context, group(context, one.key))
        for one in done.children
        if one.key != "processed" and told.isdisjoint({one.key, *(leaf.key for leaf in one.leaves())})
    }


def against(
    context: CheckContext,
    rule_id: str,
    where: Told,
    cells: tuple[CellRef, ...],
    accepted: Iterable[Value | None] = (),
    *,
    severity: Severity = Severity.ERROR,
    name: str = "",
) -> Iterator[Finding]:
    """A finding when the number is neither the sum of the cells nor another accepted reading."""
    key, text, one = where
    expected = total(context, cells)
    if expected is None or agrees(one, expected) or any(agrees(one, value) for value in accepted):
        return
    if one.about:
        severity = Severity.WARNING
    quote = text[one.start : one.end]
    figure = "中的" + plain(one.value) if one.says == NUMBER else ""
    message = (
        f"{context.form.section(key).name}“{quote.strip()}”{figure}"
        f"与{_printed(context, cells, name)}{shown(expected)}不一致{_apart(one, expected)}"
    )
    values = (("left", plain(one.value)), ("right", shown(expected)))
    repair = None
    if severity is Severity.ERROR and stands(context, cells):  # what is not sure writes no number
        repair = renumbered(key, text, (one.start, one.end), one.value, expected)
    yield Finding(rule_id, severity, message, key, cells, quote, one.start, one.end, values, repair)


def _printed(context: CheckContext, cells: tuple[CellRef, ...], name: str) -> str:
    """The cells as they are printed: 表三“（一）予以公开”一行总计; `name` where they are no rows of 表三 in the column 总计."""
    table = context.form.tables[cells[0].table]
    title = context.form.section_of(cells[0]).table_name
    if table.key != REQUESTS:
        return f"{title}“{name or vocabulary(context.form.id).names[table.key, cells[0].row]}”总计"
    rows = "”“".join(dict.fromkeys(_row_label(table, ref, cells) for ref in cells))
    several = f"{'各' if '”“' in rows else '一'}行"
    column = "总计" if all(ref.column == "total" for ref in cells) else f"“{name}”"
    return f"{title}“{rows}”{several}{column}"


def _row_label(table: TableSpec, ref: CellRef, cells: tuple[CellRef, ...]) -> str:
    """The printed label of a row, of its group where all rows of the group are meant."""
    labels = table.path(ref)[0]
    for label in labels:
        group_ = [leaf.key for leaf in table.leaf_rows if label in table.path(ref._replace(row=leaf.key))[0]]
        if {one.row for one in cells} >= set(group_):
            return label
    return labels[-1]


def _apart(one: Statement, expected: Value) -> str:
    """By how much a number parts from its table; where either is 0, that is said already."""
    if not one.value or not expected:
        return ""
    return f"，差{'约' if one.about else ''}{shown(abs(one.value - expected))}"


def agrees(one: Statement, value: Value | None) -> bool:
    """Whether a number can be the value; 300余 can be 320."""
    if value is None:
        return False
    return one.value * _LEAST <= value <= one.value * _MOST if one.about else one.value == value
