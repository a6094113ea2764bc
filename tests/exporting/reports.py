"""Reports to write and read again: full tables with distinct numbers, text in every section."""

from datetime import date
from decimal import Decimal
from itertools import count

from hypothesis import strategies as st

from app.documents.compose import compose
from app.exporting.meta import Meta
from app.form.catalog import form
from app.form.model import ValueKind
from app.report.model import Agency, Report, Signature

NARRATIVES = {
    "introduction": "根据《中华人民共和国政府信息公开条例》，现公布本机关年度报告。",
    "overview": "一年来，本机关认真做好政府信息公开工作。\n（一）主动公开情况\n公开政府信息237条。\n"
    "（二）依申请公开情况。全年办理申请若干件，均按期答复。",
    "problems": "存在的问题：一是公开不够及时；二是解读形式单一。\n改进措施：一是加强培训；二是丰富形式。",
    "other": "本年度未收取信息处理费。",
}


def full_report(edition: str, year: int) -> Report:
    """Every cell filled, each with its own number, so that a misplaced one shows."""
    numbers = count(11)
    values = {}
    for ref in form(edition).cells:
        number = next(numbers)
        money = form(edition).kind(ref) is ValueKind.MONEY
        values[ref] = Decimal(number) + Decimal("0.5") if money else number
    return Report(
        form=edition,
        year=year,
        agency=Agency(name="测试县甲乙镇人民政府", short_name="甲乙镇"),
        values=values,
        narratives=NARRATIVES,
        signature=Signature(issued_on=date(year + 1, 1, 9)),
    )


@st.composite
def random_reports(draw: st.DrawFn) -> Report:
    """Any cell blank or filled, any edition."""
    edition, year = draw(st.sampled_from([("2019", 2020), ("2021", 2024)]))
    report = full_report(edition, year)
    values = {}
    for ref in report.values:
        if form(edition).kind(ref) is ValueKind.MONEY:
            value = draw(st.none() | st.decimals(0, 10**6, places=3))
        else:
            value = draw(st.none() | st.integers(0, 5000) | st.just(0))
        values[ref] = value
    return Report(edition, year, report.agency, {}, NARRATIVES, report.signature).with_values(values)


def blocks_of(report: Report):
    return compose(report, form(report.form))


def meta_of(report: Report, draft: bool = False) -> Meta:
    return Meta(
        f"{report.agency.name}{report.year}年政府信息公开工作年度报告", report.agency.name, report.year, draft
    )
