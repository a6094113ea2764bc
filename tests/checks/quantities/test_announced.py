"""Counts that a text announces, with what follows them."""

import pytest

from app.checks.quantities.announced import announced


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("从以下四个方面推进。一是甲；二是乙；三是丙。", [("以下四个方面", 4, 3, 3)]),
        ("从三方面发力：第一，甲。第二，乙。", [("三方面", 3, 2, 2)]),
        ("存在三个问题：一是甲；二是乙。", [("三个问题", 3, 2, 2)]),
        ("做好三项工作，一是甲，二是乙。", [("三项工作", 3, 2, 2)]),
        ("做好以下三项工作：\n　　1.甲。\n　　2.乙。", [("以下三项工作", 3, 2, 2)]),
        ("做好以下三项工作：①甲；②乙；③丙。", [("以下三项工作", 3, 3, 3)]),
        ("公开以下四类信息：甲类、乙类（含己、庚）、丙类和丁类。", [("以下四类信息", 4, 3, 4)]),
        ("公开以下三类信息：甲、乙；丙、丁。", [("以下三类信息", 3, 2, 2)]),
        ("公开以下四类信息：甲类、乙类、丙类等。", []),
        ("公开以下四类信息：甲类、乙类，丙类、丁类。", []),  # what the comma divides is not known
        ("公开以下四类信息：甲类、乙类，其他。", []),
        ("举办两场活动：一是甲；二是乙。", []),
        ("1.5万人以下三个月", []),
    ],
)
def test_a_count_is_read_with_what_follows_it(text, read):
    assert [(one.written, one.said, one.least, one.most) for one in announced(text)] == read


def test_a_list_of_a_line_ends_with_it():
    """（三）监督。做好三项工作：（一）……；（二）……；（三）……。 and then the heading （四）."""
    ((one),) = announced("（三）监督。做好以下三项工作：（一）甲；（二）乙；（三）丙。\n（四）平台。")
    assert one.most == 3


def test_another_list_ends_the_first():
    ((one), *_) = announced("做好以下三项工作：一是甲；二是乙。\n下一步，一是丙；二是丁；三是戊。")
    assert one.most == 2
