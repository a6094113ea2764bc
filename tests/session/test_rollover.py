"""Last year's report → the first draft: for every part of a report, what the draft has of it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from app.form.catalog import all_forms, form
from app.form.model import CellRef
from app.report.model import (
    Agency,
    Application,
    Attachment,
    Binding,
    Chart,
    Contribution,
    CountLine,
    Counts,
    Explanation,
    Frozen,
    Hand,
    PageSettings,
    Pending,
    Picture,
    Report,
    Signature,
    SignaturePlace,
    SignOff,
)
from app.session.rollover import LastYear, blank_report, roll_over

FORM = form("2021")
TEXTS = {
    "overview": "2024年公开信息237条。\n阅读量28.8万。",
    "other": "2024年收取信息处理费380元。",
}


def cell(row: str, column: str = "natural_person") -> CellRef:
    return CellRef("requests", row, column)


def everything() -> Report:
    """A report of 2024 in which every field says something: nothing that a draft lacks was lacking before."""
    signed = SignOff(
        version=2,
        publicity="主动公开",
        sent_on=date(2025, 1, 9),
        hands=(Hand("review", "张三", date(2025, 1, 10), "abc"),),
        frozen=Frozen("fingerprint", "seal", date(2025, 1, 12)),
    )
    agency = Agency(
        name="测试县甲镇人民政府",
        short_name="甲镇",
        office="党政办公室",
        address="甲镇一路1号",
        postcode="264400",
        phone="0631-8731088",
        email="a@b.cn",
        website="www.b.cn",
    )
    values = {ref: number for number, ref in enumerate(FORM.cells, 1)}
    lines = (CountLine("政府网站", 120, 90), CountLine("公示栏", None, 7))
    register = (
        Application("2024-001", date(2024, 3, 1), "natural_person", "granted", date(2024, 3, 9), note="当面"),
        Application("2024-002", date(2024, 12, 20), "research"),
    )
    return Report(
        "2021",
        2024,
        agency,
        values,
        TEXTS,
        Signature("测试县甲镇人民政府办公室", date(2025, 1, 12), SignaturePlace.UNDER_TITLE),
        Decimal("380"),
        pictures=(Picture("1.png", "overview", "图", 0, b"\x89PNG"),),
        pending=(Pending("overview", 0, 2, "20"),),
        charts=(Chart("数量图", "overview", ("甲",), (("2024年", (1,)),)),),
        explanations=(Explanation("T3-01", "requests", (), "", ("1",), "已核实", date(2025, 1, 3)),),
        register=register,
        counts=(Counts("channel", lines),),
        bindings=(Binding("overview", 9, 12, (cell("received", "total"),)),),
        sign_off=signed,
        finals=(blank_report("测试县甲镇人民政府", 2024),),
        sent=blank_report("测试县甲镇人民政府", 2024),
        collected=(Contribution("东村", "张三", ((cell("received", "total"), 3),)),),
        page_style="template2021",
        attachments=(Attachment("目录", "2024年的目录。"),),
        page_settings=PageSettings(issuer="{unit}文件", number="甲政发〔2025〕3号", printed_on="{date}"),
    )


# For every field of a report what the first draft of 2025 has: made from `everything()`, or left for the clerk.
CARRIED_IN = {
    cell("carried_in", column.key): everything()[cell("carried_out", column.key)]
    for column in FORM.tables["requests"].leaf_columns
}
DRAFT = {
    "form": "2021",
    "year": 2025,
    "agency": everything().agency,
    "values": CARRIED_IN,  # 四、结转下年度继续办理 and nothing else: this year's numbers are not last year's
    "narratives": TEXTS,
    "signature": Signature(
        "测试县甲镇人民政府办公室", None, SignaturePlace.UNDER_TITLE
    ),  # 成文日期 is this year's
    "processing_fee": None,
    "pictures": (),
    "pending": (
        Pending("overview", 0, 4, "2024"),
        Pending("overview", 9, 12, "237"),
        Pending("overview", 18, 22, "28.8"),
        Pending("other", 0, 4, "2024"),
        Pending("other", 12, 15, "380"),
    ),
    "charts": (),
    "explanations": (),  # each was for a finding in last year's numbers
    "register": (replace(everything().register[1], is_carried_in=True),),
    "counts": (Counts("channel", (CountLine("政府网站", None, 120), CountLine("公示栏", None, None))),),
    "bindings": everything().bindings,
    "sign_off": None,
    "finals": (),
    "sent": None,
    "collected": (),  # each unit gave last year's numbers
    "page_style": "template2021",
    "attachments": (),  # those are of last year
    "page_settings": PageSettings(issuer="{unit}文件", printed_on="{date}"),  # 发文字号 is of a year
}


def test_the_report_that_is_rolled_over_here_has_everything():
    empty = Report("", 0)
    lacking = [
        each.name for each in fields(Report) if getattr(everything(), each.name) == getattr(empty, each.name)
    ]
    assert lacking == [], "a new field of Report: fill it in everything(), and say in DRAFT what a draft has"


def test_it_is_said_for_every_field_what_a_draft_has():
    assert set(DRAFT) == {each.name for each in fields(Report)}


@pytest.mark.parametrize("name", DRAFT)
def test_a_draft_has_of_each_field_what_is_said_here(name):
    assert getattr(roll_over(everything(), 2025), name) == DRAFT[name]


def test_each_part_of_the_signature_is_decided_too():
    """成文日期 is the only one that does not go on; a field more wants a decision."""
    old, new = everything().signature, roll_over(everything(), 2025).signature
    assert [
        each.name for each in fields(Signature) if getattr(old, each.name) != getattr(new, each.name)
    ] == ["issued_on"]


def test_nothing_of_the_draft_says_last_years_date_or_fee():
    """Seen from the other side: 380 and 2024 stand in texts only, each marked 待更新."""
    new = roll_over(everything(), 2025)
    marked = {(one.section, one.text) for one in new.pending}
    assert {("overview", "2024"), ("other", "380")} <= marked
    assert (new.signature.issued_on, new.processing_fee, new.is_frozen) == (None, None, False)


def test_marks_lie_on_the_years_and_numbers_that_they_are_for():
    new = roll_over(everything(), 2025)
    for mark in new.pending:
        assert new.narrative(mark.section)[mark.start : mark.end] == mark.text


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_a_report_of_any_other_year_lends_no_number(year):
    """Neither 结转 nor the open applications nor the counts beside are of the year before."""
    new = roll_over(everything(), year)
    assert not new.values
    assert new.register == ()
    assert [(line.value, line.last) for line in new.counts[0].lines] == [(None, None), (None, None)]
    assert new.narratives == TEXTS


def test_a_blank_carried_out_is_carried_in_as_a_blank_and_a_zero_as_a_zero():
    prior = everything().with_values({cell("carried_out"): None, cell("carried_out", "research"): 0})
    new = roll_over(prior, 2025)
    assert cell("carried_in") not in new.values  # a blank is no cell at all, not one with None in it
    assert new[cell("carried_in", "research")] == 0


def test_a_number_bound_to_a_cell_that_the_new_edition_has_not_is_bound_no_more():
    known, unknown = Binding("overview", 9, 12, (cell("received"),)), CellRef("proactive", "gone", "made")
    prior = replace(everything(), bindings=(known, Binding("overview", 18, 22, (unknown,))))
    assert roll_over(prior, 2025).bindings == (known,)


def test_a_blank_report_has_a_name_and_a_year_and_the_edition_of_that_year():
    made = blank_report("甲镇人民政府", 2025)
    assert made == Report("2021", 2025, Agency(name="甲镇人民政府"))


def test_only_the_report_of_the_year_before_stands_beside_as_last_years():
    prior = everything()
    ref = FORM.cells[0]
    assert LastYear(FORM, prior, prior.year + 1).value(ref) == prior[ref]
    for year in (prior.year, prior.year + 2):
        assert LastYear(FORM, prior, year).value(ref) is None


def test_without_a_report_of_last_year_nothing_stands_beside():
    last = LastYear(FORM)
    assert {last.value(ref) for ref in FORM.cells} == {None}
    assert {last.hint(ref) for ref in FORM.cells} == {""}


def earlier_editions():
    return [(edition, one) for edition in all_forms() for one in edition.earlier_values]


@pytest.mark.parametrize(
    ("edition", "earlier"),
    earlier_editions(),
    ids=lambda one: str(getattr(one, "target", one.id if hasattr(one, "id") else one)),
)
def test_a_value_of_an_earlier_edition_stands_beside_as_its_use_says(edition, earlier):
    """A hint is a sentence and never a number to compare with; anything else is the number."""
    prior = Report(earlier.form, 2024, values={earlier.source: 20})
    last = LastYear(edition, prior, 2025)
    if earlier.use.value == "hint":
        assert last.value(earlier.target) is None
        assert last.hint(earlier.target) == earlier.text.format(value=20)
    else:
        assert last.value(earlier.target) == 20
        assert last.hint(earlier.target) == earlier.text
