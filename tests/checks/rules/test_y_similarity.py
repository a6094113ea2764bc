"""The text against last year's (Y-06, Y-07, Y-08)."""

from itertools import combinations

import pytest

from app.checks import CheckContext, check
from app.checks.rules.y_similarity import repeated_sentences, similarity
from app.form.catalog import form
from app.importing.importer import import_file
from tests.checks.reports import good
from tests.places import TESTS

SAMPLES = TESTS / "samples"
COPIES = {"Y-06", "Y-07", "Y-08"}


def compared(report, prior):
    context = CheckContext(report, form(report.form), prior, form(prior.form))
    found = [one for one in check(context) if one.rule in COPIES]
    for one in found:
        assert report.narrative(one.section)[max(one.start, 0) : max(one.end, 0)] == one.quote
    return found


def test_a_report_with_new_years_and_figures_only_is_a_copy():
    found = compared(good(), good(year=2024))
    assert [(one.rule, one.section, one.message) for one in found] == [
        ("Y-06", "overview", "“总体情况”与上年度报告重复率100%，超过50%"),
        (
            "Y-06",
            "problems",
            "“存在的主要问题及改进情况”与上年度报告重复率100%，超过50%：2段除数字外与上年相同，3个问题与上年表述相同，未反映整改",
        ),
    ]


def test_a_report_of_another_year_is_no_measure():
    assert compared(good(), good(year=2023)) == []


def test_a_report_written_anew():
    old = good(year=2024)
    for section, text in (
        ("overview", "（一）主动公开。围绕春耕生产和防汛救灾及时发布信息，村村设立公示栏，群众遇事有处问。"),
        (
            "problems",
            "一是村级公示栏内容偏少；二是图解类解读数量不多。\n改进情况：一是每月核对公示内容；二是与县融媒体中心合作制作图解。",
        ),
    ):
        old = old.with_narrative(section, text)
    assert compared(good(), old) == []


def test_statistics_with_new_figures_keep_their_words():
    text = "（一）主动公开情况。全年通过门户网站公开政府信息{}条，通过微信公众号公开政府信息{}条，通过村级公示栏公开政府信息{}条。"
    report = good().with_narrative("other", text.format(12, 34, 56))
    prior = good(year=2024)
    same = compared(report, prior.with_narrative("other", text.format(12, 34, 56)))
    new = compared(report, prior.with_narrative("other", text.format(1, 2, 3)))
    assert [one.rule for one in same if one.section == "other"] == ["Y-07"]
    assert [one.rule for one in new if one.section == "other"] == []


@pytest.mark.parametrize(
    ("one", "other"), list(combinations(sorted(path.name for path in SAMPLES.glob("00*.txt")), 2))
)
def test_unrelated_reports_share_less_than_a_quarter(one, other):
    first, second = (import_file(SAMPLES / name).report for name in (one, other))
    for section in ("overview", "problems"):
        assert similarity(first.narrative(section), second.narrative(section)) < 0.25


def test_a_copied_section_scores_more_than_95():
    text = import_file(SAMPLES / "pingtan_czjrj_2025_page.txt").report.narrative("problems")
    assert similarity(text, text.replace("2025年", "2024年").replace("2026年", "2025年")) > 0.95
    assert similarity(text, text.replace("四是", "此外")) > 0.95
    assert similarity(text, "") == 0


def test_the_repeated_sentences_have_their_places():
    old = "2024年，我镇公开信息12条，内容真实准确。加强学习。开展业务培训，提高工作人员能力。"
    text = "今年工作有新进展。 2025年，我镇公开信息80条，内容真实准确。加强学习。开展业务竞赛，检验能力。"
    assert [text[start:end] for start, end in repeated_sentences(text, old)] == [
        "2025年，我镇公开信息80条，内容真实准确。"
    ]
    assert repeated_sentences(text, "") == ()


FEE = "{}年，本机关严格执行《政府信息公开信息处理费管理办法》，全年未收取信息处理费。没有其他需要报告的事项。"
OWN = "{}年，本机关设有政务公开查阅点一处，备有公开指南、公开目录和各类政策汇编，工作日全天开放，由专人接待群众。"


def test_what_has_to_be_said_every_year_is_no_copy():
    old = good(year=2024).with_narrative("other", FEE.format(2024))
    assert not [
        one
        for one in compared(good().with_narrative("other", FEE.format(2025)), old)
        if one.section == "other"
    ]


@pytest.mark.parametrize(("before", "how"), [(2025, "与上年相同"), (2024, "除数字外与上年相同")])
def test_a_copied_paragraph_says_whether_its_numbers_are_new(before, how):
    old = good(year=2024).with_narrative("other", OWN.format(before))
    found = [
        one
        for one in compared(good().with_narrative("other", OWN.format(2025)), old)
        if one.section == "other"
    ]
    assert [one.message.startswith(f"本段{how}，请按本年情况改写：“2025年") for one in found] == [True]


@pytest.mark.parametrize(
    ("problems", "told"),
    [
        ("政务公开工作中解读材料偏少，村级公开栏更换不及时。", True),
        ("政务公开工作中村级公开栏更换不及时，解读材料偏少。", True),  # in another order
        ("个别事项公开属性认定不准，答复文书格式不统一。", False),
    ],
)
def test_problems_told_without_counting_are_compared_by_themselves(problems, told):
    old = good(year=2024).with_narrative(
        "problems",
        "政务公开工作中解读材料偏少，村级公开栏更换不及时。\n下一步，开展业务培训，健全考核通报制度，加强栏目巡查和信息更新。",
    )
    text = (
        f"{problems}\n下一步，与县融媒体中心合作拍摄短视频，明确各村信息员按月拍照上传，"
        "由党政办公室抽查后在例会上讲评，并请法律顾问逐件审核文书。"
    )
    new = good().with_narrative("problems", text)
    assert any(one.rule == "Y-08" for one in compared(new, old)) is told
