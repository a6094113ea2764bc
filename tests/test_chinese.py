"""Widths, numerals and the folding of labels."""

import pytest

from app.chinese import distance, fold, from_chinese, half_widths, one_line, ordinal, to_chinese


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("三、 本 年 度 办 理 结 果", "三、本年度办理结果"),
        ("(三) 不 予 公 开", "（三）不予公开"),
        ('3.危及"三安全一稳 定"', "3.危及“三安全一稳定”"),
        ("1、申请人无正当理由逾期不补正、", "1.申请人无正当理由逾期不补正、"),
        ("[bookmark: _GoBack]三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况"),
        ("**政府信息管理方面**：", "政府信息管理方面:"),
        (
            "（二）部分公开(区分处理的, 只计这一情形, 不计其他情形)",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        ),
        ("自\u3000\u3000然\u00a0人", "自然人"),
    ],
)
def test_labels_fold_to_the_same(printed, official):
    assert fold(printed) == fold(official)


def test_folding_keeps_what_tells_labels_apart():
    assert fold("3.其他") == fold("其他") != fold("其他结果")


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_go_there_and_back(number):
    assert from_chinese(to_chinese(number)) == number


def test_a_numeral_is_refused_when_it_is_none():
    for text in ("", "百", "一一", "十十", "1"):
        with pytest.raises(ValueError, match=f"^{text}$"):
            from_chinese(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("一、总体情况", "一、"), ("(3) 管理", "(3)"), ("（十）其他", "（十）"), ("1.属于", "1."), ("总体", "")],
)
def test_ordinals(text, found):
    assert ordinal(text) == found


def test_distance_stops_at_its_limit():
    assert distance("三安全一隐患", "三安全一稳定", 2) == 2
    assert distance("总结", "总计", 1) == 1
    assert distance("总体情况", "其他需要报告的事项", 2) == 3


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc 1", 5), ("规章", 4), ("（一）a", 7), ("“x”", 3)])
def test_a_chinese_character_is_two_half_characters_wide(text: str, width: int) -> None:
    assert half_widths(text) == width


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["图1　政务", "公开"], "图1　政务公开"),
        (["PPP", "project"], "PPP project"),
        (["共", "12件"], "共12件"),
        ([], ""),
    ],
)
def test_lines_of_one_text_are_put_together(lines, text):
    assert one_line(lines) == text
