"""The register of rules: each stands in a file of its letter with grade and sentence, is found by itself, knows no official label."""

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import app.checks
from app.checks import CheckContext, rule
from app.checks import rules as room
from app.checks.rule import ERROR, WARNING, rules, text_rule
from app.form.catalog import all_forms, form
from app.form.model import Heading
from tests.checks.reports import EQUATION_RULES, good
from tests.places import PROJECT as ROOT

FOLDER = Path(room.__file__).parent
OWN = [(one, check) for one in rules() for check in one.own]


def fresh(code: str, *path: str) -> str:
    """What a new Python prints, with these places before its path."""
    call = [sys.executable, "-c", f"import sys; sys.path[:0] = {[*path, str(ROOT)]!r}\n{code}"]
    return subprocess.run(call, check=True, capture_output=True, text=True, encoding="utf-8").stdout


@pytest.mark.parametrize(("one", "check"), OWN, ids=[f"{a.run.__name__}-{b.id}" for a, b in OWN])
def test_a_check_is_found_by_its_letter_and_says_its_sentence_in_chinese(one, check):
    file = one.run.__module__.rpartition(".")[2]
    where = f"{one.place}: {check.id} belongs into a file {check.id[0].lower()}_….py of app/checks/rules/"
    assert check.further or check.told_as or file[0] == check.id[0].lower(), where
    assert re.search(r"[一-龥]{4}.*[。）]$", check.sentence), (
        f"{one.place}: the sentence of {check.id} is no Chinese one"
    )


def test_the_order_names_files_that_there_are():
    assert len(set(room.ORDER)) == len(room.ORDER)
    assert {f"{name}.py" for name in room.ORDER} <= {path.name for path in FOLDER.glob("*.py")}


def test_every_declared_equation_is_registered_with_the_grade_of_the_form():
    (one,) = [one for one in rules() if one.of_form and "t_equations" in one.place]
    declared = {(e.check.id, (e.check.severity,)) for edition in all_forms() for e in edition.equations}
    assert {(check.id, check.grades) for check in one.checks} == declared
    assert set(one.ids) == EQUATION_RULES


def test_the_ids_of_cell_rules_are_registered():
    known = {check.id for _, check in OWN}
    for edition in all_forms():
        for section in edition.sections:
            for told in (section.number_rule, section.blank_rule):
                assert told is None or told.id in known


def test_a_rule_reports_only_what_it_registered():
    empty = good().with_values(dict.fromkeys(good().values))
    for report in (good(), empty, good("2019", year=2025)):
        context = CheckContext(report, form(report.form))
        for one in rules():
            may = {(check.told_as or check.id, grade) for check in one.checks for grade in check.grades}
            assert {(found.rule, found.severity) for found in one.run(context)} <= may, one.place


# -- what is forgotten ---------------------------------------------------------------------------------------------------


def nothing(_context: CheckContext) -> tuple[()]:
    """行文平实，不用感叹号。"""
    return ()


@pytest.fixture
def register(monkeypatch):
    """A copy of the register, to write into."""
    rules()
    monkeypatch.setattr(rule, "_RULES", dict(rule._RULES))
    return rule._RULES


def test_a_check_without_a_grade_is_told_where_to_write_it(register):
    with pytest.raises(
        TypeError,
        match=r'test_rules_are_registered\.py, nothing: D-20 has no grade: .*@rule\("D-20", WARNING\)',
    ):
        text_rule("D-20")(nothing)


def test_a_check_without_a_sentence_is_told_where_to_write_it(register, monkeypatch):
    monkeypatch.setattr(nothing, "__doc__", None)
    with pytest.raises(TypeError, match="D-20 has no sentence: .*docstring"):
        text_rule("D-20", WARNING)(nothing)


def test_two_checks_of_one_id_are_told_apart(register):
    with pytest.raises(
        TypeError, match=r"D-19 is stated in app/checks/rules/d_typography\.py, .*further=True"
    ):
        text_rule("D-19", WARNING)(nothing)
    text_rule("D-19", WARNING, further=True)(nothing)
    assert register[nothing].ids == ("D-19",)


def test_a_function_reads_cells_or_does_not(register):
    text_rule("D-90", WARNING)(nothing)
    with pytest.raises(TypeError, match="not both"):
        rule.rule("D-91", ERROR)(nothing)


def test_several_lines_above_a_function_are_its_checks_in_order(register):
    text_rule("D-90", WARNING)(text_rule("D-91", ERROR, says="另一句话也要说完整。")(nothing))
    assert [(one.id, one.grades, one.sentence) for one in register[nothing].own] == [
        ("D-90", (WARNING,), "行文平实，不用感叹号。"),
        ("D-91", (ERROR,), "另一句话也要说完整。"),
    ]


# -- found by themselves ---------------------------------------------------------------------------------------------------

NAMES = "from app.checks.rule import rules; print(*(one.run.__name__ for one in rules()))"


def test_whichever_file_is_imported_first_the_order_is_one():
    backwards = "".join(f"import app.checks.rules.{name}\n" for name in reversed(room.ORDER))
    assert fresh(backwards + NAMES).split() == [one.run.__name__ for one in rules()]


def test_a_new_file_is_found_and_comes_last(tmp_path):
    (tmp_path / "a_shouting.py").write_text(
        "from app.checks.rule import WARNING, text_rule\n"
        '@text_rule("D-20", WARNING)\ndef no_shouting(context):\n    """行文平实，不用感叹号。"""\n    return ()\n',
        "utf-8",
    )
    code = f"import app.checks.rules as room; room.__path__.append({str(tmp_path)!r})\n"
    code += NAMES + "\nfrom app.checks.listing import listed; print(*(one.id for one in listed()))"
    rules_, ids = fresh(code).splitlines()
    assert rules_.split()[-1] == "no_shouting"
    assert [one for one in ids.split() if one.startswith("D-")][-1] == "D-20"


def test_the_rules_of_a_zip_are_found(tmp_path):
    """As a frozen program or a wheel imported from its archive has them: no folder to look into."""
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in (ROOT / "app").rglob("*.py"):
            made.write(path, path.relative_to(ROOT))
    out = fresh(f"{NAMES}\nimport app; print(app.__file__)", str(archive)).splitlines()
    assert out[0].split() == [one.run.__name__ for one in rules()]
    assert str(archive) in out[1]


# -- the form's words -------------------------------------------------------------------------------------------------------


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
    """Only in the form's declaration; docstrings, official sentences and comments quote the notice."""
    words = labels()
    for path in Path(app.checks.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        quoting = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        quoting |= {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "says"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quoting:
                assert not [label for label in words if label in node.value], (path.name, node.value)
