"""Reports for the tests of checks: one that nobody could find fault with, and consistent ones of random numbers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from app.checks import CheckContext, Finding, check
from app.checks.settings import CheckSettings
from app.form.catalog import all_forms, form
from app.form.model import CellRef, FormDefinition, Value
from app.report.model import Agency, Report, Signature
from app.report.outline import FoundHeading, FoundTable, Outline

YEARS = {one.id: one.last_year or one.first_year + 4 for one in all_forms()}  # a year of each edition
AGENCY = Agency(name="甲县乙镇人民政府", short_name="乙镇")
EQUATION_RULES = {"T2-04", "T2-07", "T2-08", "T3-03", "T3-04", "T3-05", "T4-02", "Y-01", "Y-02"}

INTRODUCTION = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）规定，现公布甲县乙镇人民政府{year}年政府信息公开工作年度报告。"
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六部分组成。"
    "本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    "如有疑问，请与乙镇人民政府党政办公室联系（地址：甲县乙镇人民路1号；电话：0123-4567890）。"
)
OVERVIEW = (
    "{year}年，乙镇坚持以公开为常态、不公开为例外，认真贯彻落实《条例》。\n"
    "（一）主动公开。通过政府网站公开信息12条。\n"
    "（二）依申请公开。按规定办理政府信息公开申请。\n"
    "（三）政府信息管理。落实公文公开属性源头认定和保密审查。\n"
    "（四）政府信息公开平台建设。设立政务公开专区1个。\n"
    "（五）监督保障。工作考核结果为优秀；社会评议满意度达97%；未发生责任追究情形。"
)
PROBLEMS = (
    "{year}年，我镇政府信息公开工作存在以下问题：一是主动公开意识有待增强，部分信息发布不够及时；"
    "二是政策解读形式单一，群众参与的渠道不够丰富；三是工作人员调整频繁，业务能力还需加强。\n"
    "下一步将重点做好以下工作：一是完善信息发布台账，按月核对发布时限，压实各科室责任；"
    "二是采用图解、视频等形式解读政策，开展政府开放日活动；三是每季度组织一次业务培训，保持队伍稳定。"
)
OTHER = "{year}年，本机关未收取信息处理费。无其他需要报告的事项。"


def texts(year: int) -> dict[str, str]:
    """Narratives in which there is nothing to find."""
    found = {"introduction": INTRODUCTION, "overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}
    return {key: text.format(year=year) for key, text in found.items()}


def good(edition: str = "2021", values: Mapping[CellRef, Value] | None = None, **changes: Any) -> Report:
    """A complete report of a township without a single finding; `values` are laid over zeros."""
    year = changes.pop("year", YEARS[edition])
    signature = Signature(issued_on=date(year + 1, 1, 20))
    filled = dict.fromkeys(form(edition).cells, 0) | dict(values or {})
    report = Report(edition, year, AGENCY, filled, texts(year), signature)
    return replace(report, **changes)


def findings(report: Report, prior: Report | None = None, **more: Any) -> tuple[Finding, ...]:
    """What the check says; `more` goes to the context, `settings` as a dict.

    Last year's texts are left out: they are the same here, and Y-06 … Y-08 have their own tests.
    """
    prior = replace(prior, narratives={}) if prior else None
    more["settings"] = CheckSettings(**more.get("settings", {}))
    prior_form = form(prior.form) if prior else None
    return check(CheckContext(report, form(report.form), prior, prior_form, **more))


def named(rule: str, report: Report, prior: Report | None = None, **more: Any) -> list[Finding]:
    """The findings of one rule."""
    return [one for one in findings(report, prior, **more) if one.rule == rule]


def said(report: Report, prior: Report | None = None, **more: Any) -> list[tuple[str, str]]:
    """(rule, severity) of all findings."""
    return [(one.rule, one.severity.value) for one in findings(report, prior, **more)]


def cell(row: str, column: str = "natural_person", table: str = "requests") -> CellRef:
    return CellRef(table, row, column)


def with_text(section: str, text: str, edition: str = "2021", **changes: Any) -> Report:
    report = good(edition, **changes)
    return replace(report, narratives={**report.narratives, section: text})


# -- consistent numbers ----------------------------------------------------------------------------------------------------


def consistent(edition: FormDefinition, random: Random) -> tuple[Report, Report]:
    """(report, last year's): random numbers that keep every equation."""
    values = dict.fromkeys(edition.cells, 0)
    prior = dict(values)
    table = edition.tables["requests"]
    inputs = [column.key for column in table.leaf_columns if column.key != "total"]
    for column in inputs:
        results = next(e for e in table.equations if e.check.id == "T3-04" and e.line == column).parts
        for ref in results:
            values[ref] = random.choice([0, 0, 1, random.randint(0, 40)])
        processed = sum(values[ref] for ref in results)
        values[cell("carried_out", column)] = random.randint(0, 5)
        everything = processed + values[cell("carried_out", column)]
        carried = random.randint(0, everything)
        values[cell("carried_in", column)] = prior[cell("carried_out", column)] = carried
        prior[cell("received", column)] = carried
        values[cell("received", column)] = everything - carried
    for ref in edition.tables["review"].cells:
        values[ref] = random.randint(0, 4)
    _proactive(edition, random, values, prior)
    with_sums(edition, values)
    with_sums(edition, prior)
    year = YEARS[edition.id]
    return good(edition.id, values), good(edition.id, prior, year=year - 1)


def _proactive(
    edition: FormDefinition, random: Random, values: dict[CellRef, Value], prior: dict[CellRef, Value]
) -> None:
    documents = {
        column.key: cell("normative_documents", column.key, "art20_1")
        for column in edition.tables["art20_1"].leaf_columns
    }
    if edition.id == "2019":
        values[documents["published"]] = random.randint(0, 9)
        for key in ("created", "public_total"):
            values[documents[key]] = values[documents["published"]] + random.randint(0, 9)
        return
    for key in ("issued", "repealed"):
        values[documents[key]] = random.randint(0, 9)
    stock = values[documents["repealed"]] + random.randint(0, 9)
    prior[documents["in_force"]] = stock
    values[documents["in_force"]] = stock + values[documents["issued"]] - values[documents["repealed"]]


def with_sums(edition: FormDefinition, values: dict[CellRef, Value]) -> None:
    """Every computed total set to the sum of its parts."""
    for _ in range(2):
        for total, equations in edition.totals.items():
            values[total] = sum(values[ref] for ref in equations[0].parts)


# -- as found -----------------------------------------------------------------------------------------------------------------


def as_found(report: Report, **changes: Any) -> Outline:
    """The outline of an old report in perfect order."""
    sections = form(report.form).sections
    outline = Outline(
        title=f"{report.agency.name}{report.year}年政府信息公开工作年度报告",
        headings=tuple(FoundHeading(s.title, s.ordinal, s.key, raw=s.title) for s in sections),
        tables=tuple(FoundTable(s.key, s.key, complete=True) for s in sections if s.tables),
        has_balance_note=True,
        signature=report.agency.name,
        date=f"{report.year + 1}年1月20日",
    )
    return replace(outline, **changes)
