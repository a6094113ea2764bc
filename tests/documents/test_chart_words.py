"""A chart in words tells that very chart again, or none."""

import time

import pytest

from app.documents.blocks import ChartBlock
from app.documents.chart_words import in_words, said_with_caption, told_chart

YEARS = ("2023年", "2024年")


def chart(caption: str, labels: tuple[str, ...], *series: tuple[str, tuple[int | None, ...]]) -> ChartBlock:
    return ChartBlock("统计图", caption=caption, place="第1页", labels=labels, series=series)


def test_the_words_say_each_number_and_each_blank():
    made = chart("图1　公开数", YEARS, ("网站", (3, None)), ("公众号", (0, 12)))
    assert in_words(made) == "网站：2023年 3，2024年 空白；公众号：2023年 0，2024年 12"
    assert said_with_caption(made) == "图1　公开数。" + in_words(made)


@pytest.mark.parametrize(
    "made",
    [
        chart("图1　公开数", YEARS, ("网站", (3, 4))),
        chart("", YEARS, ("网站", (3, None)), ("公众号", (None, None))),
        chart("图1　公开数。单位：条", ("第 1 季度",), ("", (7,))),
        chart("图2", ("甲：乙", "丙。丁"), ("网站", (1, 2))),
    ],
)
def test_what_is_said_tells_the_same_chart(made):
    assert told_chart(said_with_caption(made), "第1页") == made


@pytest.mark.parametrize(
    "words",
    [
        "",
        "图1　公开栏",
        "网站：2023年 3，2024年",
        "网站：2023年 3；公众号：2024年 3",
        "网站：2023年 -3",
        "网站：2023年 03",
        "网站：" + "，".join(f"{n} 1" for n in range(5000)),
    ],
)
def test_other_words_tell_none(words):
    assert told_chart(words, "") is None


def test_a_label_with_the_signs_between_the_numbers_tells_no_other_chart():
    made = chart("", ("甲 1，乙",), ("网站", (2,)))
    told = told_chart(said_with_caption(made), "第1页")
    assert told is None or said_with_caption(told) == said_with_caption(made)


def test_words_without_end_take_no_time():
    start = time.process_time()
    for words in ("甲：乙 1。" * 3000, "。" * 19_999, "甲：" + "乙 1，" * 4000, "；" * 19_999):
        assert told_chart(words, "") is None
    assert time.process_time() - start < 1
