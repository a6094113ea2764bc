"""Title, headings, tables and edition (S-01 … S-05, S-13, S-18, S-19, S-21)."""

from dataclasses import replace

import pytest

from app.form.catalog import form
from app.form.model import Severity
from app.report.model import Agency, Picture, Report
from app.report.outline import FoundHeading, FoundTable, Outline
from tests.checks.reports import as_found, findings, good, named, said, with_text

SECTIONS = form("2021").sections


def headings(*, without: str = "", **texts: str) -> tuple[FoundHeading, ...]:
    """The six headings with some texts changed; the ordinal is what stands before 、."""
    result = []
    for section in SECTIONS:
        if section.key != without:
            text = texts.get(section.key, section.title)
            result.append(FoundHeading(text.strip(), text.strip().partition("、")[0], section.key, raw=text))
    return tuple(result)


def found_as(**changes) -> Outline:
    return as_found(good(), **changes)


def test_a_good_report_is_silent_typed_and_as_found():
    assert findings(good()) == ()
    assert findings(good("2019")) == ()
    assert findings(good(), outline=found_as()) == ()
    assert findings(good(), good(year=2024)) == ()


@pytest.mark.parametrize(("key", "title"), [(s.key, s.title) for s in SECTIONS if not s.tables])
def test_a_text_that_is_missing(key, title):
    first, *more = named("S-01", with_text(key, " \n"))
    assert not more
    assert first.message == f"年报缺少“{title}”部分，未按要素编写"
    assert (first.section, first.severity) == (key, Severity.ERROR)


def test_a_section_of_a_picture_alone_is_not_empty():
    report = replace(with_text("problems", ""), pictures=(Picture("a.png", "problems"),))
    assert named("S-01", report) == []


def test_a_heading_that_is_lost_does_not_also_break_the_order():
    report = good()
    outline = found_as(headings=headings(without="requests"))
    assert said(report, outline=outline) == [("S-01", "error")]


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("五、存在问题及改进措施", "S-02", Severity.WARNING),
        (" 五、存在的主要问题及改进情况", "S-02", Severity.INFO),
        ("五、存在的主要问题及改进情况。", "S-02", Severity.WARNING),
        ("五、存在的主要问题及改进情况", "", None),
        ("[bookmark: _GoBack]五、存在的主要问题及改进情况", "", None),
    ],
)
def test_headings_as_printed(text, rule, severity):
    residue = "[bookmark: _GoBack]"
    outline = found_as(headings=headings(problems=text.removeprefix(residue)))
    if text.startswith(residue):
        outline = replace(outline, headings=tuple(replace(h, raw=residue + h.raw) for h in outline.headings))
    found = named("S-02", good(), outline=outline)
    assert [(f.rule, f.severity) for f in found] == ([(rule, severity)] if rule else [])
    if severity is Severity.WARNING:
        assert found[0].message.startswith("第五部分标题不规范，应为“五、存在的主要问题及改进情况”")


def test_a_wrong_number_breaks_the_order():
    outline = found_as(headings=headings(problems="六、存在的主要问题及改进情况"))
    assert said(good(), outline=outline) == [("S-03", "error")]  # one outline, one finding
    (found,) = named("S-03", good(), outline=outline)
    assert (
        "各部分顺序或序号有误：“六、存在的主要问题及改进情况”应为“五、存在的主要问题及改进情况”"
        in found.message
    )


def test_a_heading_with_a_wrong_number_and_wrong_words_has_two_faults():
    outline = found_as(headings=headings(problems="六、问题和改进"))
    assert said(good(), outline=outline) == [("S-03", "error"), ("S-02", "warning")]


def test_swapped_sections_break_the_order():
    a, b, *rest = headings()
    (found,) = findings(good(), outline=found_as(headings=(b, a, *rest)))
    assert found.rule == "S-03"


def test_an_extra_section():
    extra = FoundHeading("三、政务公开情况", "三", "overview", extra=True)
    one, two, *rest = headings()
    found = named("S-04", good(), outline=found_as(headings=(one, two, extra, *rest)))
    assert [f.severity for f in found] == [Severity.ERROR]
    assert found[0].message == "增设了格式之外的“三、政务公开情况”，应并入相应部分（内容“不宜泛化”）"


def test_an_extra_section_typed_into_a_text():
    text = good().narrative("overview")
    report = with_text("overview", text + "\n七、政务公开情况\n我镇政务公开能力提升。")
    (found,) = findings(report)
    assert (found.rule, found.quote, found.section) == ("S-04", "七、政务公开情况", "overview")
    assert report.narrative("overview")[found.start : found.end] == found.quote
    run_in = with_text("overview", text + "\n一、加强领导，压实责任。")
    assert named("S-04", run_in) == []


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("甲县乙镇人民政府2025年政府信息公开工作年度报告", None),
        ("甲县乙镇人民政府 2025年政府信息公开工作年度 报 告", None),
        ("甲县乙镇人民政府2025年度政府信息公开工作年度报告", Severity.INFO),
        ("甲县乙镇人民政府关于2025年政府信息公开工作年度报告", Severity.INFO),
        ("2025年甲县乙镇人民政府政府信息公开工作年度报告", Severity.INFO),
        ("甲县乙镇2025年度信息公开工作报告", Severity.WARNING),
        ("甲县乙镇人民政府2025年度政府信息公开工作报告", Severity.WARNING),
        ("", Severity.WARNING),
    ],
)
def test_titles(title, severity):
    found = named("S-05", good(), outline=found_as(title=title))
    assert [one.severity for one in found] == ([severity] if severity else [])
    if severity:
        right = "标题不规范，应为“甲县乙镇人民政府2025年政府信息公开工作年度报告”"
        assert found[0].message.startswith(right)


def test_a_report_without_a_name_has_no_title():
    (found,) = named("S-05", replace(good(), agency=Agency()))
    assert found.severity is Severity.ERROR
    assert "请填写单位全称" in found.message


# -- tables --------------------------------------------------------------------------------------------------------------------


def tables_with(section: str, **change) -> tuple[FoundTable, ...]:
    return tuple(replace(one, **change) if one.section == section else one for one in found_as().tables)


@pytest.mark.parametrize(
    ("tables", "fragment"),
    [
        (tables_with("requests", complete=False, picture=True), "表三为图片，请按图片逐格录入"),
        (tuple(one for one in found_as().tables if one.section != "requests"), "未见表三"),
    ],
    ids=["picture", "missing"],
)
def test_a_table_that_is_none(tables, fragment):
    report = good()
    lost = report.with_values(dict.fromkeys(SECTIONS[2].cells))
    (found,) = named("S-13", lost, outline=found_as(tables=tables))
    assert (found.severity, found.section) == (Severity.ERROR, "requests")
    assert found.message == f"第三部分表格缺失（不得以图片代替）：{fragment}"


def test_a_table_that_is_cut():
    lost = good().with_values(dict.fromkeys(SECTIONS[2].cells[:28]))
    (found,) = findings(lost, outline=found_as(tables=tables_with("requests", complete=False)))
    assert found.rule == "S-13"
    assert found.message.startswith(
        "表三不完整，格式规定的175格中有28格未见：“一、本年新收政府信息公开申请数量”、"
    )
    assert found.message.endswith("各行认不出，请核对行名是否与格式一致、是否漏行")
    assert found.cells == SECTIONS[2].cells[:28]


def test_one_row_that_is_misprinted_is_named():
    row = [ref for ref in SECTIONS[2].cells if ref.row == "denied_by_law"]
    (found,) = findings(
        good().with_values(dict.fromkeys(row)),
        outline=found_as(tables=tables_with("requests", complete=False)),
    )
    assert "“2.其他法律行政法规禁止公开”一行认不出" in found.message
    assert "图片" not in found.message


def test_a_table_of_one_row_that_is_not_there_at_all():
    tables = tuple(one for one in found_as().tables if one.section != SECTIONS[3].key)
    report = good().with_values(dict.fromkeys(SECTIONS[3].cells))
    (found,) = named("S-13", report, outline=found_as(tables=tables))
    assert found.message.endswith("表格缺失（不得以图片代替）：未见表四")


def test_two_pieces_of_which_one_is_whole():
    tables = (*found_as().tables, FoundTable("requests", "requests", complete=False))
    assert findings(good(), outline=found_as(tables=tables)) == ()


def test_the_balance_note():
    (found,) = findings(good(), outline=found_as(has_balance_note=False))
    assert (found.rule, found.message) == ("S-18", "表三缺少勾稽关系说明")
    picture = found_as(has_balance_note=False, tables=tables_with("requests", complete=False, picture=True))
    assert named("S-18", good(), outline=picture) == []


@pytest.mark.parametrize(
    ("edition", "year", "message"),
    [
        ("2019", 2021, "2021年报告应使用国办公开办函〔2021〕30号格式，现为旧表"),
        ("2021", 2020, "2020年报告应使用国办公开办函〔2019〕60号格式，现为新表"),
        ("2021", 2021, ""),
        ("2019", 2019, ""),
        ("2019", 2018, ""),
    ],
)
def test_the_edition_of_the_year(edition, year, message):
    """龙田镇 2021 used the old tables for a year that required the new ones."""
    report: Report = good(edition, year=year)
    assert [one.message for one in named("S-19", report)] == ([message] if message else [])


def test_a_report_of_before_the_first_form_is_not_judged_by_its_parts_and_that_is_said():
    old = replace(good("2019", year=2014), values={})
    outline = found_as(headings=headings(without="review"), tables=())
    rules = {one.rule for one in findings(old, outline=outline)}
    assert not rules & {"S-01", "S-03", "S-04", "S-11", "S-13", "S-21"}
    (told,) = named("S-19", old, outline=outline)
    assert told.message == "2014年的报告早于现行格式，没有按格式核对各部分和表格；年份写错的请改正"
    # one whose tables were read has the form, whatever year its title names
    named_wrongly = {one.rule for one in findings(good("2019", year=2014), outline=outline)}
    assert "S-01" in named_wrongly


def test_a_table_in_the_wrong_section():
    found = findings(good(), outline=found_as(tables=tables_with("review", under="requests")))
    assert [one.rule for one in found] == ["S-21"]
    assert found[0].message == (
        "表四列在“三、收到和处理政府信息公开申请情况”之下，应在“四、政府信息公开行政复议、行政诉讼情况”之下"
    )


def test_nothing_under_the_second_heading():
    lost = good().with_values(dict.fromkeys(SECTIONS[1].cells))
    found = findings(lost, outline=found_as(tables=tables_with("proactive", complete=False)))
    assert {one.rule for one in found} == {"S-01", "S-13", "S-21"}
    assert any(one.message == "“二、主动公开政府信息情况”下无内容" for one in found)


def test_five_extra_headings_are_one_finding_with_all_of_them():
    names = [f"{n}、增设{n}" for n in "一二三四五"]
    text = "\n".join(f"{name}\n内容。" for name in names)
    (found,) = named("S-04", good().with_narrative("overview", text))
    assert "5个一级标题" in found.message
    assert all(f"“{name}”" in found.message for name in names)
    assert found.quote == names[0]


def test_a_year_stuck_to_the_name_is_not_proposed_twice():
    report = replace(good(), agency=Agency(name="甲县乙镇人民政府2025"))
    (found,) = named("S-05", report, outline=replace(as_found(good()), title="工作报告"))
    assert "应为“甲县乙镇人民政府2025年政府信息公开" in found.message
