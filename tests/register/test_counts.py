"""各类数量: the sentence, the chart and the check all come from one small table."""

from dataclasses import replace

import pytest

from app.register import counts
from app.report.edits import applied
from app.report.model import CountLine, Counts, Report
from app.session.document import ReportDocument
from app.session.rollover import blank_report, roll_over

MADE = Counts(
    "channel", (CountLine("政府网站", 120, 98), CountLine("微信公众号", 100), CountLine("公示栏", 17, 0))
)
SENTENCE = "2025年，通过各类渠道公开政府信息237条，其中：政府网站120条，微信公众号100条，公示栏17条。"


def report(text: str = "", *made: Counts):
    return replace(
        blank_report("测试县测试镇人民政府", 2025), narratives={counts.SECTION: text}, counts=made or (MADE,)
    )


def test_the_sentence_has_the_sum_and_every_part():
    assert counts.sentence(MADE, 2025) == SENTENCE


@pytest.mark.parametrize(
    "lines",
    [(), (CountLine("政府网站"),), (CountLine("政府网站", 1), CountLine("公示栏")), (CountLine("", 3),)],
)
def test_while_anything_is_blank_there_is_no_sentence(lines):
    assert counts.sentence(Counts("channel", lines), 2025) == ""


def with_sentence(made: Report, entered: Counts, at: int | None = None) -> str:
    """总体情况 with the sentence in its place."""
    return applied(made.narrative(counts.SECTION), [counts.sentence_edit(made, entered, at)])


def test_the_sentence_goes_where_it_is_wanted_and_is_replaced_when_numbers_change():
    first = with_sentence(report("（一）主动公开。"), MADE)
    assert first == "（一）主动公开。\n" + SENTENCE
    again = with_sentence(report(first), replace(MADE, lines=(*MADE.lines[:2], CountLine("公示栏", 20))))
    assert again == first.replace("237", "240").replace("公示栏17", "公示栏20")
    assert with_sentence(report("甲乙"), MADE, 1) == "甲" + SENTENCE + "乙"


def test_the_sentence_of_one_kind_leaves_that_of_the_other():
    other = Counts("category", (CountLine("政务动态", 81), CountLine("其他", 156)))
    text = with_sentence(report(SENTENCE, MADE, other), other)
    assert text.startswith(SENTENCE + "\n按栏目分，2025年公开政府信息237条，其中：政务动态81条")


def test_the_text_is_held_against_the_table():
    document = ReportDocument(report(SENTENCE.replace("公示栏17", "公示栏15").replace("237", "235")))
    found = [one for one in document.findings if "数量表" in one.message]
    assert [one.message for one in found] == ["总体情况写“公示栏15条”，数量表里是17条"]
    assert found[0].quote == "公示栏15"


@pytest.mark.parametrize("text", [SENTENCE, "公示栏15条，全年公示栏17条。", "公示栏15个。", "无。"])
def test_where_the_text_may_be_right_nothing_is_said(text):
    assert counts.parted(report(text)) == ()


def test_the_chart_shows_both_years_and_replaces_its_own():
    made = counts.chart(MADE, 2025, 0)
    assert made.series == (("2024年", (98, None, 0)), ("2025年", (120, 100, 17)))
    one = replace(report(), charts=(made,))
    newer = replace(made, after=2)
    assert counts.with_chart(one, "channel", newer) == (newer,)
    assert counts.with_chart(one, "channel", None) == ()
    assert counts.with_chart(one, "category", counts.chart(Counts("category", MADE.lines), 2025)) == (
        made,
        counts.chart(Counts("category", MADE.lines), 2025),
    )


def test_the_next_year_keeps_the_names_and_lays_the_numbers_beside():
    after = roll_over(report(), 2026)
    assert after.counts == (
        Counts(
            "channel",
            (
                CountLine("政府网站", last=120),
                CountLine("微信公众号", last=100),
                CountLine("公示栏", last=17),
            ),
        ),
    )
    assert roll_over(report(), 2029).counts[0].lines[0] == CountLine("政府网站")
