"""What is counted off, problems and their measures (I-05, I-06, I-09)."""

import pytest

from tests.checks.texts import W, internal

WRONG = [
    ("I-05", W, "一是加强领导；三是强化培训；四是抓好落实。"),
    ("I-05", W, "一是加强领导；二是强化培训；二是抓好落实。"),
    ("I-05", W, "第一，加强领导。第三，强化培训。"),
    ("I-05", W, "一是抓学习；一是抓落实。"),
    ("I-05", W, "1.抓学习；3.抓落实。"),
    ("I-05", W, "（1）抓学习；（2）抓审核；（2）抓落实。"),
    ("I-09", W, "将从以下四个方面做好工作：一是加强领导；二是强化培训；三是抓好落实。"),
]


@pytest.mark.parametrize(("rule", "severity", "text"), WRONG)
def test_a_text_that_contradicts_itself(rule, severity, text):
    assert [(one.rule, one.severity) for one in internal(text)] == [(rule, severity)]


@pytest.mark.parametrize(
    "text",
    [
        "一是抓机制：一是定计划；二是定责任。二是抓落实。",
        "1.抓学习；2.抓落实。\n1.抓审核；2.抓考核。",
        "办事指南1.5万份，3.2万人次阅读。",
        "见表（3），另见附件（5）。",
    ],
)
def test_items_in_their_order(text):
    assert [one.message for one in internal(text)] == []


PROBLEMS = (
    "2025年存在以下问题：一是{}，影响群众及时了解政策；二是工作人员对业务不够熟悉，信息公开的质量还需提高。\n"
    "下一步：一是{}；二是加强培训，提高工作水平。"
)


@pytest.mark.parametrize(
    ("problem", "measure", "expected"),
    [
        ("个别栏目更新不及时", "丰富公开的范围", ["第1个问题（更新不及时）未见对应改进措施"]),
        ("个别栏目更新不及时", "建立台账，按月核对", []),
        ("经费保障不足", "拓宽公开渠道", ["第1个问题（资金保障）未见对应改进措施"]),
        ("公开的主动性不足", "拓宽公开渠道", []),
    ],
)
def test_problems_and_measures(problem, measure, expected):
    found = internal(PROBLEMS.format(problem, measure), "problems")
    assert [one.message for one in found] == expected


def test_more_problems_than_measures():
    text = "2025年，还存在公开力度不够、人员力量不足、公开形式单一等问题，影响了公开的实效。\n"
    text += "下一步，一是加强学习，压实责任；二是丰富公开形式。"
    assert [one.message for one in internal(text, "problems")] == ["问题3项、改进措施2项，请逐条对应"]
