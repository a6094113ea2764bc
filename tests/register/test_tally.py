"""申请登记: what is typed, what is counted, what parts from 表三, what goes into the next year, Excel out and in."""

import contextlib
import random
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.errors import UserError
from app.form.catalog import all_forms, form
from app.form.model import CellRef
from app.register import tally, workbook
from app.register.tally import read_choice, read_date
from app.report.model import Application, Report
from app.session.document import ReportDocument
from app.session.rollover import blank_report, roll_over

FORM = form("2021")
TODAY = date(2025, 11, 25)


def on(month: int, day: int, year: int = 2025) -> date:
    return date(year, month, day)


def ref(key: str) -> CellRef:
    return CellRef.parse(f"requests.{key}")


LINES = (
    Application("1", on(12, 20, 2024), "natural_person", "granted", on(1, 8), is_carried_in=True),
    Application("2", on(3, 5), "natural_person", "denied_query", on(3, 20)),
    Application("3", on(6, 1), "enterprise", "granted", on(6, 12)),
    Application("4", on(12, 28), "natural_person"),
    Application("5", on(12, 29), "legal_service", "granted", on(1, 9, 2026)),
)


def with_lines(*lines: Application) -> Report:
    return replace(blank_report("测试县测试镇人民政府", 2025), register=lines)


@pytest.mark.parametrize("edition", all_forms(), ids=lambda one: one.id)
def test_every_result_and_applicant_of_the_form_can_be_chosen_and_typed(edition):
    totals = set(edition.totals)
    table = tally.table_of(edition)
    rows = {one.key for one in tally.results(edition.id)}
    columns = {one.key for one in tally.applicants(edition.id)}
    assert {key.row for key in table.cells if key not in totals} == rows | {
        "received",
        "carried_in",
        "carried_out",
    }
    assert {key.column for key in table.cells if key not in totals} == columns
    for choices in (tally.results(edition.id), tally.applicants(edition.id)):
        assert len({one.code for one in choices}) == len(choices)
        for one in choices:
            assert read_choice(one.code, choices) == one.key
            assert read_choice(one.label, choices) == one.key
            assert read_choice(one.words, choices) == one.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "granted"),
        ("３１", "denied_state_secret"),
        ("国家秘密", "denied_state_secret"),
        ("2. 重复申请", "declined_repeat"),
        ("", ""),
        ("未办结", ""),
    ],
)
def test_a_result_is_typed_by_number_or_word(text, key):
    assert read_choice(text, tally.results("2021"), tally.OPEN) == key


@pytest.mark.parametrize("text", ["公开", "9", "不知道", "311"])
def test_a_result_that_may_be_several_is_refused(text):
    with pytest.raises(UserError):
        read_choice(text, tally.results("2021"), tally.OPEN)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3.5", on(3, 5)),
        ("３．５", on(3, 5)),
        ("3月5日", on(3, 5)),
        ("3-5", on(3, 5)),
        ("2024/12/31", on(12, 31, 2024)),
        ("2025年3月5日", on(3, 5)),
        ("20250305", on(3, 5)),
        (" ", None),
    ],
)
def test_a_date_is_typed_as_people_write_it(text, day):
    assert read_date(text, 2025) == day


def test_an_answer_without_a_year_follows_its_application():
    assert read_date("1.8", 2025, on(12, 20)) == on(1, 8, 2026)
    assert read_date("12.30", 2025, on(12, 20)) == on(12, 30)


@pytest.mark.parametrize("text", ["35", "3月底", "2025-3"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(UserError, match="看不懂日期"):
        read_date(text, 2025)


@pytest.mark.parametrize(
    ("text", "why"), [("2.30", "2月没有30日"), ("2025-2-29", "2025年2月没有29日"), ("13.1", "一年没有13月")]
)
def test_a_day_that_the_calendar_has_not_is_named(text, why):
    with pytest.raises(UserError, match=why):
        read_date(text, 2025)


def test_the_register_is_counted_into_the_table():
    found = tally.tally(with_lines(*LINES))
    assert found.left_out == ()
    assert {str(cell)[9:]: number for cell, number in found.values.items() if number} == {
        "received.natural_person": 2,
        "received.enterprise": 1,
        "received.legal_service": 1,
        "received.total": 4,
        "carried_in.natural_person": 1,
        "carried_in.total": 1,
        "granted.natural_person": 1,
        "granted.enterprise": 1,
        "granted.total": 2,
        "denied_query.natural_person": 1,
        "denied_query.total": 1,
        "processed.natural_person": 2,
        "processed.enterprise": 1,
        "processed.total": 3,
        "carried_out.natural_person": 1,
        "carried_out.legal_service": 1,
        "carried_out.total": 2,
    }
    assert found.lines[ref("granted.natural_person")] == (0,)
    assert found.lines[ref("carried_out.total")] == (3, 4)


def test_what_is_counted_fulfils_every_equation_of_the_table():
    document = ReportDocument(with_lines(*LINES))
    document.set_values(tally.changes(document.report), "按登记填写")
    assert not [one for one in document.findings if one.rule.startswith("T3")]
    assert tally.differences(document.report) == ()
    document.undo()
    assert document.report.values == {}


def test_a_line_without_applicant_or_of_a_later_year_is_left_out_and_says_so():
    lines = (Application("1", on(3, 5)), Application("2", on(1, 3, 2026), "natural_person"))
    found = tally.tally(with_lines(*lines))
    assert found.left_out == (0, 1)
    assert not any(found.values.values())
    said = [tally.problems(one, 2025, "2021", TODAY) for one in lines]
    assert "没有选申请人，没有计入表三" in said[0]
    assert "收到日期在2025年以后，没有计入" in said[1]


def test_differences_name_what_the_table_says_and_what_is_counted():
    report = with_lines(*LINES).with_values({ref("received.natural_person"): 3, ref("granted.research"): 0})
    found = {str(one.ref)[9:]: (one.stands, one.counted) for one in tally.differences(report)}
    assert found["received.natural_person"] == (3, 2)
    assert found["received.enterprise"] == (None, 1)
    assert "granted.research" not in found
    assert "denied_by_law.research" not in found
    assert tally.differences(replace(report, register=())) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"received_on": on(3, 5, 2024)}, "收到日期在2025年以前，是上年结转吗"),
        ({"received_on": None}, "没有收到日期"),
        ({"answered_on": on(1, 1)}, "答复日期早于收到日期"),
        ({"result": ""}, "有答复日期，没有办理结果"),
        ({"is_carried_in": True}, "收到日期在2025年，不是上年结转"),
        ({"note": "张三 13812345678"}, "像是写了手机号或身份证号，请删去"),
        ({"answered_on": on(1, 4, 2026)}, "2026年答复，计入结转下年度"),
        ({"result": "gone"}, "这一年的表三没有这种结果，没有计入"),
    ],
)
def test_a_line_says_what_is_wrong_with_it(changed, words):
    one = replace(LINES[1], **changed)
    assert words in tally.problems(one, 2025, "2021", TODAY)
    assert tally.problems(LINES[1], 2025, "2021", TODAY) == ()


def test_an_open_line_says_when_its_working_days_are_over():
    one = Application("1", on(9, 1), "natural_person")
    # 28 September 2025 was a Sunday on which one worked
    assert tally.deadline_words(one, 2025, on(9, 20)) == "20个工作日到9月28日"
    assert tally.deadline_words(one, 2025, on(9, 28)) == "20个工作日到9月28日"
    assert tally.deadline_words(one, 2025, on(9, 29)).startswith("已过20个工作日（9月28日），请核实")
    assert tally.deadline_words(one, 2025, on(1, 9, 2026)) == "到12月31日没有答复，计入结转下年度"
    assert tally.deadline_words(replace(one, result="granted"), 2025, on(12, 1)) == ""


def test_where_no_holidays_are_known_it_is_said_and_only_what_is_certain_is_past():
    one = Application("1", on(9, 3, 2029), "natural_person")
    said = tally.deadline_words(one, 2029, on(10, 8, 2029))
    assert said == "20个工作日到约10月1日（没有2029年的放假安排，只按星期数）"
    assert tally.deadline_words(one, 2029, on(10, 15, 2029)).startswith("已过20个工作日（约10月1日")


@pytest.mark.parametrize(
    ("received", "answered", "said"),
    [
        (on(9, 1), on(9, 28), ""),
        (on(9, 1), on(9, 29), "第21个工作日才答复（20个工作日到9月28日），请核实"),
        (on(9, 1), on(10, 20), "第31个工作日才答复（20个工作日到9月28日），请核实"),
        (on(9, 1), on(12, 1), "第61个工作日才答复，超过延长以后的40个工作日"),
        (on(1, 20), on(2, 21), ""),  # 春节 lies between
        (on(9, 3, 2029), on(10, 10, 2029), ""),  # 国庆 may account for it
        (on(9, 3, 2029), on(10, 20, 2029), "收到到答复超过20个工作日（约10月1日"),
        (None, on(9, 29), ""),
    ],
)
def test_an_answer_after_twenty_working_days_is_told(received, answered, said):
    one = Application("1", received, "natural_person", "granted", answered)
    told = tally.late_words(one)
    assert told.startswith(said)
    assert bool(told) == bool(said)
    assert (told in tally.problems(one, answered.year, "2021", TODAY)) == bool(said)


def test_the_next_year_begins_with_what_was_left_open():
    report = with_lines(*LINES)
    after = roll_over(report.with_values(tally.changes(report)), 2026)
    assert [one.number for one in after.register] == ["4", "5"]
    assert all(one.is_carried_in for one in after.register)
    assert after.register[1].answered_on == on(1, 9, 2026)  # answered in January: settled in the new year
    counted = tally.tally(after).values
    assert counted[ref("carried_in.natural_person")] == after[ref("carried_in.natural_person")] == 1
    assert counted[ref("granted.legal_service")] == 1
    assert roll_over(report, 2028).register == ()


APPLICATIONS = st.builds(
    Application,
    received_on=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    applicant=st.sampled_from(["", "gone", *(one.key for one in tally.applicants("2021"))]),
    result=st.sampled_from(["", *(one.key for one in tally.results("2021"))]),
    answered_on=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    is_carried_in=st.booleans(),
)


@given(st.lists(APPLICATIONS, max_size=12))
@settings(deadline=None, max_examples=60)
def test_any_register_fulfils_the_equations_and_carries_what_it_left_open(lines):
    document = ReportDocument(with_lines(*lines))
    document.set_values(tally.changes(document.report), "按登记填写")
    assert not [one for one in document.findings if one.rule in ("T3-03", "T3-04", "T3-05")]
    assert tally.differences(document.report) == ()
    following = tally.tally(roll_over(document.report, 2026)).values
    for choice in tally.applicants("2021"):
        left = document.report[ref(f"carried_out.{choice.key}")]
        assert following[ref(f"carried_in.{choice.key}")] == left


@pytest.mark.parametrize(
    ("last", "following"),
    [("", "2"), ("2025-009", "2025-010"), ("9", "10"), ("甲", "")],
)
def test_the_next_number_follows_the_last(last, following):
    assert tally.next_number((Application(last),)) == following


def test_only_what_is_chosen_for_certain_is_chosen():
    results = tally.results("2021")
    assert read_choice("0", results, tally.OPEN) == ""
    assert (
        read_choice("1.属于国家秘密", results) == "denied_state_secret"
    )  # its printed number, not our code 1
    assert read_choice("1、属于国家秘密", results) == "denied_state_secret"
    assert read_choice("（三）1.属于国家秘密", results) == "denied_state_secret"
    assert read_choice("31国家秘密", results) == "denied_state_secret"
    for text in ("3.1", "1.5", "12"):
        with pytest.raises(UserError):
            read_choice(text, results)


def test_a_label_that_is_a_part_of_another_is_itself():
    choices = (tally.Choice("a", "1", "其他", ("其他",)), tally.Choice("b", "2", "其他组织", ("其他组织",)))
    assert read_choice("其他", choices) == "a"
    assert read_choice("组织", choices) == "b"
    with pytest.raises(UserError, match="有几项都像它"):
        read_choice("他", choices)


def test_a_day_as_a_workbook_shows_it_is_read_and_an_answer_may_be_of_the_same_day():
    assert read_date("2025-03-05 00:00:00", 2025) == on(3, 5)
    assert read_date("3.5", 2025, on(3, 5)) == on(3, 5)
    assert read_date("2025-1-8", 2025, on(12, 20)) == on(1, 8)  # a year that was typed stands


UNCOUNTED = [
    ("of an applicant that is none", {"applicant": "gone"}),
    ("of a result that is none", {"result": "gone"}),
    ("received a year later", {"received_on": on(1, 3, 2026)}),
    ("received two years later", {"received_on": on(1, 3, 2027)}),
]


@pytest.mark.parametrize("changed", [case[1] for case in UNCOUNTED], ids=[case[0] for case in UNCOUNTED])
def test_a_line_that_belongs_nowhere_is_counted_nowhere(changed):
    found = tally.tally(with_lines(replace(LINES[1], **changed), LINES[2]))
    assert found.left_out == (0,)
    assert found.values[ref("received.total")] == found.values[ref("processed.total")] == 1


def test_an_answer_after_the_year_is_open_at_its_end_and_one_on_its_last_day_is_not():
    late = replace(LINES[1], answered_on=on(1, 1, 2026))
    last_day = replace(LINES[1], answered_on=on(12, 31))
    found = tally.tally(with_lines(late, last_day)).values
    assert (found[ref("carried_out.total")], found[ref("processed.total")]) == (1, 1)
    assert [one.answered_on for one in tally.carried_over((late, last_day), 2025)] == [on(1, 1, 2026)]


def test_what_was_received_later_is_carried_nowhere_and_what_has_no_day_is():
    later, undated = (Application(received_on=day, applicant="enterprise") for day in (on(1, 3, 2026), None))
    assert tally.carried_over((later, undated), 2025) == (replace(undated, is_carried_in=True),)


def test_a_blank_beside_no_line_is_no_difference_and_a_zero_beside_a_line_is_one():
    report = with_lines(LINES[1])
    found = {one.ref for one in tally.differences(report)}
    assert found == {cell for cell, number in tally.tally(report).values.items() if number}
    assert tally.differences(with_lines()) == ()
    wrong = with_lines(LINES[1]).with_values({ref("granted.enterprise"): 2})
    (one,) = (one for one in tally.differences(wrong) if one.ref == ref("granted.enterprise"))
    assert (one.stands, one.counted) == (2, 0)


def test_the_last_day_of_the_year_still_has_its_deadline_and_the_next_is_too_late():
    one = Application("1", on(12, 20), "natural_person")
    assert tally.deadline_words(one, 2025, on(12, 31)).startswith("20个工作日到1月19日")
    assert tally.deadline_words(one, 2025, on(1, 1, 2026)) == "到12月31日没有答复，计入结转下年度"


def test_an_answer_of_the_year_before_was_not_to_be_carried():
    one = replace(LINES[0], answered_on=on(12, 30, 2024))
    assert "答复日期在2025年以前，不应结转" in tally.problems(one, 2025, "2021", TODAY)
    assert tally.problems(LINES[0], 2025, "2021", TODAY) == ()


# -- Excel -----------------------------------------------------------------------------------------------------------------


def test_what_is_written_to_excel_is_read_again():
    report = with_lines(*LINES, replace(LINES[2], number="=1+1", note="补正一次"))
    again = workbook.read(workbook.workbook_bytes(report), report)
    assert again == workbook.RegisterRead(report.register)


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_another_list_is_read_by_its_headings_and_bad_rows_are_named():
    data = book(
        ["2025年政府信息公开申请台账"],
        ["序号", "申请人姓名", "申请时间", "申请人类别", "答复类型", "答复时间", "备注"],
        [1, "张三", "3.5", "自然人", "予以公开", date(2025, 3, 20), None],
        [2, "李四", "3月底", "个体户", "撤了", "", "电话约过"],
        [3, None, None, None, None, None, None],
    )
    found = workbook.read(data, with_lines())
    assert found.lines[0] == Application("1", on(3, 5), "natural_person", "granted", on(3, 20))
    assert found.lines[1] == Application(
        "2", note="电话约过；收到日期：3月底；申请人：个体户；办理结果：撤了"
    )
    assert len(found.lines) == 2
    assert found.problems == (
        "没有读这几列：申请人姓名",
        "第4行收到日期“3月底”看不懂，留空，原文写进了备注",
        "第4行申请人“个体户”看不懂，留空，原文写进了备注",
        "第4行办理结果“撤了”看不懂，留空，原文写进了备注",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        (b"PK\x03\x04junk", "损坏"),
        (book(["甲", "乙"], [1, 2]), "没有找到“收到日期”"),
    ],
)
def test_what_is_no_register_is_refused_in_words(data, words):
    with pytest.raises(UserError, match=words):
        workbook.read(data, with_lines())


def test_a_mutated_workbook_is_read_or_refused_in_words():
    report = with_lines(*LINES)
    data = workbook.workbook_bytes(report)
    chance = random.Random(7)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(UserError):
            workbook.read(bytes(broken), report)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("个人", "natural_person"),
        ("公民", "natural_person"),
        ("山东某某建筑有限公司", "enterprise"),
        ("公司", "enterprise"),
        ("某某集团", "enterprise"),
        ("北京某某律师事务所", "legal_service"),
        ("律所", "legal_service"),
        ("公证处", "legal_service"),
        ("某省农业科学院", "research"),
        ("某某慈善基金会", "public_welfare"),
    ],
)
def test_an_applicant_may_be_written_as_people_write_it(text, key):
    assert tally.read_choice(text, tally.applicants("2021")) == key
    assert tally.read_choice(text, tally.applicants("2019")) == key


@pytest.mark.parametrize("text", ["张三", "某某合作社", "某某个体工商户", "行业协会", "某某中学"])
def test_what_may_be_one_or_the_other_is_left_to_the_clerk(text):
    with pytest.raises(UserError):
        tally.read_choice(text, tally.applicants("2021"))
