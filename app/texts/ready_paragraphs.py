"""Findings that a paragraph of the templates would settle: what is known of the agency, put into the text by one click."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from app.checks import Finding, Repair, TextEdit
from app.checks.rules.s_introduction import CONTACT, missing_contact
from app.errors import UserError
from app.form.catalog import form as form_of
from app.report.model import INTRODUCTION, Agency, Report

FEE = "S-15"
_NOTHING = ("", "无", "无。", "没有", "没有。")
_PART = "contact"  # introduction.contact.j2


def with_paragraphs(report: Report, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings, each with the paragraph that would settle it where there is one."""
    wanted = any(one.rule in (CONTACT, FEE) for one in found)
    return tuple(_with_paragraph(report, found)) if wanted else found


def _with_paragraph(report: Report, found: tuple[Finding, ...]) -> Iterator[Finding]:
    for one in found:
        repair = None
        if (one.rule, one.section) == (CONTACT, INTRODUCTION):
            repair = _contact(report)
        elif one.rule == FEE:
            repair = _fee(report, one.section)
        yield replace(one, repair=repair) if repair else one


def _contact(report: Report) -> Repair | None:
    """联系方式 as the last paragraph of an introduction that has nothing of it."""
    text, agency = report.narrative(INTRODUCTION), report.agency
    is_known = bool(agency.address.strip() or agency.phone.strip())
    if not text.strip() or not is_known or len(missing_contact(text)) < 2:
        return None
    from app.texts import paragraphs  # brings Jinja2: only where it is wanted

    form = form_of(report.form)
    known = paragraphs.template(form, INTRODUCTION, _PART)
    if known is None:
        return None
    paragraph = _rendered(report.form, report.year, agency, None, known, known.path.stat().st_mtime_ns)
    if not paragraph:
        return None
    at = len(text.rstrip("\n"))
    edit = TextEdit(INTRODUCTION, at, at, "", f"\n{paragraph}")
    return Repair(f"在引言末尾补上“{known.name}”一段", edits=(edit,), is_safe=False)


def _fee(report: Report, section: str) -> Repair | None:
    """信息处理费 as the amount field says it; in the place of a text that only says 无."""
    if report.processing_fee is None:
        return None
    from app.texts import paragraphs

    known = paragraphs.template(form_of(report.form), section)
    if known is None:
        return None
    stamp = known.path.stat().st_mtime_ns
    paragraph = _rendered(report.form, report.year, report.agency, report.processing_fee, known, stamp)
    if not paragraph:
        return None
    text = report.narrative(section)
    at = 0 if text.strip() in _NOTHING else len(text.rstrip("\n"))
    edit = TextEdit(section, at, len(text), text[at:], paragraph if at == 0 else f"\n{paragraph}")
    return Repair(f"写上“{paragraph}”", edits=(edit,), is_safe=False)


@lru_cache(maxsize=8)
def _rendered(
    form_id: str, year: int, agency: Agency, fee: Decimal | None, known: object, _stamp: int
) -> str:
    """ "" where the township's own template cannot be used: whoever puts it in himself is told why."""
    from app.texts import paragraphs

    assert isinstance(known, paragraphs.Template)
    try:
        report = Report(form_id, year, agency, processing_fee=fee)
        return paragraphs.render(report, form_of(form_id), known).text
    except UserError:
        return ""
