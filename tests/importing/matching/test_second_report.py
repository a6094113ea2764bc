"""Two reports in one file: the first is read, the second told; a table of contents is no report."""

from app.form.catalog import form
from app.importing.importer import import_text
from tests.behaviour.test_import_habits import written
from tests.importing.making import adding_up

EDITION = form("2021")
SECOND = "乙县丙镇人民政府2023年政府信息公开工作年度报告"


def report(start: int = 1) -> str:
    return written(adding_up(EDITION, start), EDITION, "tabs")


def test_the_second_report_of_a_file_is_told_and_not_mixed_into_the_first():
    one, two = report(), report(500)
    two = "\n".join([SECOND, *two.split("\n")[1:]])
    alone, both = import_text(one), import_text(f"{one}\n{two}")
    assert both.certain.values == alone.certain.values == adding_up(EDITION)
    assert both.report.narratives == alone.report.narratives
    (told,) = [warning for warning in both.warnings if "不止一份" in warning]
    assert SECOND in told


def test_a_table_of_contents_is_no_report():
    title, *rest = report().split("\n")
    contents = [section.title for section in EDITION.sections]
    result = import_text("\n".join([title, "目录", *contents, title, *rest]))
    assert not any("不止一份" in warning for warning in result.warnings)
    assert result.report.values == adding_up(EDITION)


def test_one_report_says_nothing():
    assert not any("不止一份" in warning for warning in import_text(report()).warnings)
