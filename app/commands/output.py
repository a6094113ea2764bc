"""What the command line answers: the JSON of docs/commands.md, and the same in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.checks.explanations import Settled
from app.checks.finding import Finding
from app.checks.packs import pack as pack_of
from app.checks.standing import Kind, kind_of, standing
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Severity
from app.report.model import Report
from app.report.place_names import BESIDE_SECTIONS, place_of
from app.storage.codec import to_json

if TYPE_CHECKING:
    from app.importing.result import ImportResult

Json = dict[str, Any]

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_MOST_LINES = 12  # of one list; the rest is counted


# -- import ----------------------------------------------------------------------------------------------------------------


def import_json(found: "ImportResult", file: str) -> Json:
    """The report with what its import found out; `file` is what the caller called it."""
    return {
        **to_json(found.report),
        "source": {"file": file, "type": found.type},
        "evidence": {
            str(ref): {"text": one.text, "place": one.place}
            for ref, one in _in_order(found.report, found.evidence)
        },
        "unsure": [{"cell": str(one.cell), "text": one.text, "reason": one.reason} for one in found.unsure],
        "missing": [str(ref) for ref in found.missing],
        "pictures": [{"section": one.section, "place": one.place} for one in found.pictures],
        "unused": list(found.unused),
        "warnings": list(found.warnings),
    }


def gknb_json(report: Report, file: str) -> Json:
    """The same for a .gknb, which holds no doubts: every blank is missing, every picture its own."""
    return {
        **to_json(report),
        "source": {"file": file, "type": "gknb"},
        "evidence": {},
        "unsure": [],
        "missing": [str(ref) for ref in report.blanks(form_of(report.form))],
        "pictures": [{"section": one.section, "place": one.name} for one in report.pictures],
        "unused": [],
        "warnings": [],
    }


def import_words(found: "ImportResult", file: str) -> Iterator[str]:
    """The same for people, a line each."""
    form = form_of(found.report.form)
    yield f"{file}：{heading(found.report)}"
    missing = [ref for ref in found.missing if ref not in form.totals]
    yield (
        f"  共{len(form.inputs)}格：读到{found.report.filled(form)}格，"
        f"存疑{len(found.unsure)}格，没有找到{len(missing)}格；{totals_words(found.report, form)}。"
    )
    doubts = (f"{place_of(form, one.cell)}：“{one.text}”，{one.reason}" for one in found.unsure)
    yield from _listed("存疑，请对照原文核实", doubts)
    yield from _listed("没有找到", _missing_words(form, found.missing))
    pictures = (f"{_place_words(form, one.section)}{one.place or one.name}" for one in found.pictures)
    yield from _listed("图片（如果是表格，数字读不出来）", pictures)
    yield from _listed("没有用上的内容", found.unused)
    yield from _listed("请注意", found.warnings)


def gknb_words(report: Report, file: str) -> Iterator[str]:
    form = form_of(report.form)
    blanks = report.left(form)
    yield f"{file}：{heading(report)}"
    yield f"  共{len(form.inputs)}格：已填{report.filled(form)}格，空白{len(blanks)}格。"
    yield from _listed("空白", _missing_words(form, blanks))


def totals_words(report: Report, form: FormDefinition) -> str:
    """合计34格，读到30格: apart from what is filled by hand."""
    return f"合计{len(form.totals)}格，读到{sum(ref in report.values for ref in form.totals)}格"


def heading(report: Report) -> str:
    """威海市文登区侯家镇人民政府2022年年度报告（2021年版格式）."""
    return f"{report.agency.name or '未写明单位'}{report.year}年年度报告（{report.form}年版格式）"


def _missing_words(form: FormDefinition, missing: Iterable[CellRef]) -> Iterator[str]:
    """Cell by cell, or a whole table at once."""
    gone = set(missing)
    for section in form.sections:
        cells = [ref for ref in section.cells if ref in gone]
        if cells and len(cells) == len(section.cells):
            yield f"{section.table_name}全部{len(form.inputs_of(section))}格"
        else:
            yield from (place_of(form, ref) for ref in cells)


def _in_order(report: Report, found: Mapping[CellRef, Any]) -> Iterator[tuple[CellRef, Any]]:
    return ((ref, found[ref]) for ref in form_of(report.form).cells if ref in found)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if not found:
        return
    yield f"  {title}："
    yield from (f"    {line}" for line in found[:_MOST_LINES])
    if len(found) > _MOST_LINES:
        yield f"    ……还有{len(found) - _MOST_LINES}处（加 --json 可看全部）"


# -- check -----------------------------------------------------------------------------------------------------------------


def check_json(report: Report, settled: Settled, file: str, pack: str = "") -> Json:
    """The findings in the order in which the program shows them; what is explained follows and is not counted.

    With a rule pack that has points, what its assessment would say.
    """
    explained: Json = {}
    if (score := pack_of(pack).score(settled.open)) is not None:
        explained["score"] = {
            "pack": score.pack,
            "full": None if score.full is None else str(score.full),
            "lost": [{"points": str(one.points), "why": one.why} for one in score.lost],
        }
    if settled.explained:
        explained["explained"] = [
            _finding_json(one.finding)
            | {"reason": one.explanation.reason, "made_on": one.explanation.made_on.isoformat()}
            for one in settled.explained
        ]
    return {
        "file": file,
        "form": report.form,
        "year": report.year,
        "agency": report.agency.name,
        "counts": counts(settled.open),
        "findings": [_finding_json(one) for one in settled.open],
        **explained,
    }


def _finding_json(one: Finding) -> Json:
    return {
        "id": one.rule,
        "severity": one.severity.value,
        "section": one.section,
        "message": one.message,
        "cells": [str(ref) for ref in one.cells],
        "quote": one.quote,
        "values": dict(one.values),
    }


def check_words(report: Report, settled: Settled, file: str, pack: str = "") -> Iterator[str]:
    """The same for people, a line each."""
    yield f"{file}：{heading(report)}"
    if pack:
        yield f"  地方要求：{pack_of(pack).name}（{pack_of(pack).source}）"
    yield from _findings_words(report, settled)
    if (score := pack_of(pack).score(settled.open)) is not None:
        yield f"  {score.words}。软件只能看出这些，以考评结果为准。"


def _findings_words(report: Report, settled: Settled) -> Iterator[str]:
    form = form_of(report.form)
    for one in settled.open:
        yield f"  {_finding_words(report, one)}"
    if settled.explained:
        yield "  已作说明："
    for known in settled.explained:
        yield f"    {_finding_words(report, known.finding)}。说明：{known.explanation.reason}"
    if not settled.open:
        yield "  没有发现问题。" if not settled.explained else "  没有未处理的问题。"
        return
    left = standing(report, form, settled.open)
    yield "  核对结果：" + "，".join([*left.parts, f"{Kind.INFO}{left.infos}处"]) + "。"


def _finding_words(report: Report, one: Finding) -> str:
    form = form_of(report.form)
    return f"{kind_of(one, form, report.pending)} {one.rule} {_place_words(form, one.section)}{one.message}"


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    number = Counter(one.severity for one in findings)
    return {severity.value: number[severity] for severity in SEVERITIES}


def _place_words(form: FormDefinition, section: str) -> str:
    if section and section in BESIDE_SECTIONS:
        return f"{BESIDE_SECTIONS[section]}："
    titles = {one.key: one.title for one in form.sections}
    return f"{titles[section]}：" if section in titles else ""


# -- fonts -----------------------------------------------------------------------------------------------------------------


# -- the checks themselves -------------------------------------------------------------------------------------------------


def rules_json() -> Json:
    """Every check of `nianbao check --list`; `severities` the gravest first."""
    from app.checks.listing import listed

    return {
        "checks": [
            {"id": one.id, "severities": [each.value for each in one.severities], "sentence": one.sentence}
            for one in listed()
        ]
    }


def rules_words() -> Iterator[str]:
    """The same for people, a line each."""
    from app.checks.listing import listed

    for one in listed():
        yield f"{one.id}  {'、'.join(SEVERITIES[each] for each in one.severities)}  {one.sentence}"


def complaints() -> tuple[str, ...]:
    """A county's word lists that were left out are told, not only logged."""
    from app.checks.language.word_lists import word_lists
    from app.storage import settings

    return tuple(f"{one}。" for one in word_lists(settings.load().checks.word_list).complaints)
