"""The register of rules: every id of the numbered groups is there, says its sentence, and knows no official label."""

import ast
import re
import time
from pathlib import Path

import pytest

import app.checks
from app.checks import CheckContext, check
from app.checks.finding import Severity, rules
from app.form.catalog import all_forms, form
from app.form.model import CellRef, Heading
from tests.checks.reports import EQUATION_RULES, findings, good

# the ids of structure, tables and years; Y-06 … Y-08 compare texts and come with the narrative checks
IDS = {
    *(f"S-{n:02}" for n in range(1, 23)),
    *(f"T2-{n:02}" for n in range(1, 10)),
    *(f"T3-{n:02}" for n in range(1, 9)),
    *(f"T4-{n:02}" for n in range(1, 3)),
    *(f"X-{n:02}" for n in range(1, 7)),
    *(f"Y-{n:02}" for n in (1, 2, 3, 4, 5, 9)),
}


def test_every_id_is_registered():
    assert {one for found in rules() for one in found.ids} >= IDS


def test_every_declared_equation_has_a_registered_id():
    declared = {equation.check.id for edition in all_forms() for equation in edition.equations}
    assert declared == EQUATION_RULES


def test_the_ids_of_cell_rules_are_registered():
    for edition in all_forms():
        for section in edition.sections:
            for told in (section.number_rule, section.blank_rule):
                assert told is None or told.id in IDS


@pytest.mark.parametrize("found", rules(), ids=lambda one: one.run.__name__)
def test_every_rule_says_its_sentence_in_chinese(found):
    assert re.search(r"[一-龥]{6}", found.sentence)


def test_a_rule_reports_only_what_it_registered():
    empty = good().with_values(dict.fromkeys(good().values))
    for report in (good(), empty, good("2019", year=2025)):
        context = CheckContext(report, form(report.form))
        for found in rules():
            assert {one.rule for one in found.run(context)} <= set(found.ids)


def labels() -> set[str]:
    """Every printed row and column label of four or more characters, ordinals off."""
    found: set[str] = set()

    def walk(heading: Heading) -> None:
        found.add(re.sub(r"^(?:[（(].[）)]|[一二三四]、|\d\.)", "", heading.label))
        for child in heading.children:
            walk(child)

    for edition in all_forms():
        for table in edition.tables.values():
            for heading in (*table.rows, *table.columns):
                walk(heading)
    return {label for label in found if len(label) >= 4}


def test_no_official_label_occurs_in_the_checks():
    """Only in the form's declaration; docstrings and comments quote the notice."""
    for path in Path(app.checks.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                assert not [label for label in labels() if label in node.value], (path.name, node.value)


def test_findings_come_by_section_then_severity():
    report = good("2021", {CellRef("review", "cases", "recon_total"): 1}).with_narrative(
        "overview", "二〇二五年。"
    )
    found = findings(report.with_narrative("introduction", ""))
    sections = [one.section for one in found]
    order = ["title", "introduction", *(s.key for s in form("2021").sections), "signature"]
    assert sections == sorted(sections, key=order.index)
    ranks = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    for section in set(sections):
        here = [ranks[one.severity] for one in found if one.section == section]
        assert here == sorted(here)


def test_a_full_check_takes_about_a_millisecond():
    """0.6 ms on the machine it was written on; the limit leaves room for a busy one."""
    report = good().with_narrative("overview", good().narrative("overview") + "乙镇公开信息。" * 300)
    context = CheckContext(report, form("2021"), good(year=2024), form("2021"))
    check(context)
    best = min(_seconds(context) for _ in range(20))
    assert best < 0.005


def _seconds(context: CheckContext) -> float:
    start = time.perf_counter()
    check(CheckContext(context.report, context.form, context.prior, context.prior_form))
    return time.perf_counter() - start
