"""What is said of two numbers beside each other, and shares in a row."""

import pytest

from app.checks.quantities.changes import PERCENT, SHARE, TIMES, changes, shares


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("增长25%，由240条增加到300条。", [(PERCENT, 25, 240, 300)]),
        ("由2023年的240条增加到2024年的300条，翻一番。", [(TIMES, 2, 240, 300)]),
        ("增加一倍，从2万次增至3万次。", [(TIMES, 2, 20000, 30000)]),
        ("5.2万次，是上年2.6万次的2倍。", [(TIMES, 2, 26000, 52000)]),
        ("45条，占全部300条信息的三成五。", [(SHARE, 35, 45, 300)]),
        ("45条，占全部300条信息的一半。", [(SHARE, 50, 45, 300)]),
        ("45条，占全部300条信息的四分之一。", [(SHARE, 25, 45, 300)]),
        ("由240条增加到300条，近一倍；240条增加到300条，增加60条。", []),
    ],
)
def test_what_is_said_of_two_numbers(text, said):
    assert [(one.says, one.value, one.first.value, one.second.value) for one in changes(text)] == said


def test_shares_in_a_row_are_added():
    assert [one.added for one in shares("占比分别为45%、35%、30%，办结率和答复率为100%、98%。")] == [110]


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("从渠道看，网站占60%，公众号占30%，公开栏占15%。", [105]),
        ("从方式看，网络占80%；从结果看，公开占50%。", []),
        ("网络申请占80%，予以公开占50%。", []),  # shares of what is not said
        ("从渠道看，网站占60%，其中政策占55%，动态占45%。", []),
    ],
)
def test_named_shares_are_added_where_one_whole_is_divided(text, added):
    assert [one.added for one in shares(text)] == added
