"""Totals with what is told beside them as their parts."""

import time

import pytest

from app.checks.quantities.claims import claims


@pytest.mark.parametrize(
    ("text", "total", "added"),
    [
        (
            "推送98篇，上半年41篇，下半年57篇。",
            None,
            None,
        ),  # right: there is nothing to hold against each other
        ("推送98篇，上半年41篇，下半年50篇。", 98, 91),
        ("第一批40条，第二批15条，共计60条。", 60, 55),
        ("五个点分布为：集镇2个、青山村一个。", 5, 3),
        ("22个单位，好7个，较好12个，一般4个。", 22, 23),
        ("公开栏三十块，分别设在镇区四块、各村二十五块。", 30, 29),
        ("合计2.1万次，分别为9000次、7000次、6000次。", 21000, 22000),
        ("180人，其中外村群众195人。", 180, 195),
        ("资金6.8万元，其中改造3.2万元、设备4.1万元。", 68000, 73000),
    ],
)
def test_a_total_is_read_with_the_sum_of_its_parts(text, total, added):
    assert [(one.total, one.added) for one in claims(text)] == ([(total, added)] if total else [])


def test_some_of_them_need_not_make_the_total():
    assert [one.is_part for one in claims("七场，其中集镇三场、村组两场。")] == [True]
    assert [one.is_part for one in claims("七场，分别为集镇三场、村组两场。")] == [False]


def test_who_is_given_a_mark_need_not_be_all():
    assert [one.is_part for one in claims("对15个村考核，评定优秀4个、良好8个、合格4个。")] == [True]


def test_a_total_in_ten_thousands_is_as_exact_as_it_is_written():
    assert [one.slack for one in claims("合计2.1万次，分别为9000次、7000次、6000次。")] == [500]


def test_a_long_sentence_is_not_read_again_for_each_of_its_totals():
    text = "七场，其中集镇三场、" * 8_000
    start = time.process_time()
    claims(text)
    assert time.process_time() - start < 1.5  # 0.3 s; 3 s where each total looks to the end
