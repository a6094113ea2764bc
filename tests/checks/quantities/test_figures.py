"""The words right before a number give it its role: a share, a rate, growth, what was before, what it became."""

from decimal import Decimal

import pytest

from app.checks.quantities.figures import (
    CHANGE,
    NEW,
    OLD,
    RATE,
    RISE,
    SHARE,
    figures,
    makes,
    percent,
    steps,
    wholes,
)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("网站公开80条，占比40%", [(SHARE, "40", "占比40%")]),
        ("占全年公开总数600条的30%", [(SHARE, "30", "占全年公开总数600条的30%")]),
        ("予以公开4件（40%）", [(SHARE, "40", "（40%")]),
        ("按期办结率为98.5％", [(RATE, "98.5", "按期办结率为98.5％")]),
        ("同比增长12.4%", [(RISE, "12.4", "增长12.4%")]),
        ("满意度较高，达98%", []),
        ("比上年的290条增加36条", [(OLD, "290", "比上年的290条"), (CHANGE, "36", "增加36条")]),
        ("由100条增加到1,150条", [(OLD, "100", "由100条"), (NEW, "1,150", "增加到1,150条")]),
        ("由3个部门组成", []),
        ("较上年减少20条", [(CHANGE, "20", "较上年减少20条")]),
        ("公开信息120条，增设专栏2个", []),
        ("提高3个百分点", []),
        ("公开信息120条", []),
    ],
)
def test_a_number_has_the_role_that_its_words_give(text, roles):
    assert [(one.role, one.shown, text[one.start : one.end]) for one in figures(text)] == roles


def test_a_share_says_of_what_it_is_and_who_has_it():
    (one,) = figures("公开信息600条，网站占全年总数600条的30%")
    assert (one.name, one.of, one.whole, one.whole_unit) == ("网站", "全年总数", "600", "条")
    (one,) = figures("，其余占28%")
    assert (one.name, one.of, one.whole) == ("其余", "", "")


def test_a_rate_and_a_change_keep_their_words():
    (rate,) = figures("按期答复率98%")
    assert (rate.way, rate.name, rate.value) == ("按期", "答复", Decimal(98))
    (change,) = figures("，比上年同期减少1,020条")
    assert (change.of, change.way, change.value) == ("比上年同期", "减少", Decimal(1020))


def test_two_percentages_and_how_far_they_are_apart():
    (one,) = steps("由91.2%提升至95.6%，提高5.4个百分点")
    assert (one.old, one.new, one.by) == ("91.2", "95.6", "5.4")
    assert list(steps("由91.2%提升至95.6%")) == []


@pytest.mark.parametrize(
    ("part", "whole", "shown", "is_so"),
    [
        (1, 3, "33.3", True),
        (2, 3, "66.7", True),
        (2, 3, "66.6", True),  # cut, not rounded
        (2, 3, "66.8", False),
        (1, 3, "33", True),
        (1, 0, "0", False),
    ],
)
def test_a_share_is_right_rounded_or_cut(part, whole, shown, is_so):
    assert makes(Decimal(part), Decimal(whole), shown) is is_so


def test_the_right_share_has_the_decimals_of_the_one_shown():
    assert percent(Decimal(2), Decimal(3), "50") == "67"
    assert percent(Decimal(2), Decimal(3), "50.00") == "66.67"


def test_a_share_leaves_a_span_of_totals():
    least, most = wholes(Decimal(4), "40")
    assert least < 10 < most
    assert not least < 12 < most
