"""Numbers in words with what they count."""

import pytest

from app.checks.quantities.told import told, worded


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("举办七场，建立5项制度。", [(7, "场"), (5, "项")]),
        ("十二项任务，第三项已完成。", [(12, "项")]),
        ("公开15项，其中2.5条。", []),
        ("三五家单位", []),
    ],
)
def test_numbers_in_words_or_of_one_figure_are_read(text, read):
    assert [(one.value, one.unit) for one in worded(text)] == read


def test_months_stand_between_numbers_of_things():
    assert [one.unit for one in told("1至6月58条，7至12月66条")] == ["条", "条"]
