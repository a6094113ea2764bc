"""Lists: which total, which parts, and how much of it the words promise."""

import pytest

from app.checks.quantities.lists import sums


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息120条，其中文件20条，动态60条。", [(120, [20, 60], "")]),
        ("公开信息120条，分别为文件20条、动态60条。", [(120, [20, 60], "whole")]),
        ("公开信息120条，包括文件20条、动态60条。", [(120, [20, 60], "all")]),
        ("公开信息120条（文件20条、动态60条）。", [(120, [20, 60], "all")]),
        ("公开信息120条（含转载20条）。", []),
        ("公开信息120条：文件20条，动态60条。", [(120, [20, 60], "all")]),
        ("文件20条，动态60条，合计120条。", [(120, [20, 60], "all")]),
        ("公开信息60条。其中，文件20条，动态30条。", [(60, [20, 30], "")]),
        ("行政复议4件，其中维持2件；行政诉讼9件，其中维持3件。", [(4, [2], ""), (9, [3], "")]),
        ("公开信息60条，比上年多12条。", []),
        ("公开信息100条，其中动态130条。", [(100, [130], "")]),
        ("公开信息100条，其中动态30条，公众号发布300条。", [(100, [30], "")]),
    ],
)
def test_a_list(text, expected):
    assert [
        (one.total.value, [part.value for part in one.parts], one.promise) for one in sums(text)
    ] == expected
