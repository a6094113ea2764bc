"""What sentences state: number, words, topic, surroundings."""

import pytest

from app.checks.quantities.grammar import ALL, BEFORE, HEADING, NONE, NUMBER, SAID, statements


def read(text: str) -> list[tuple]:
    return [(int(one.value), one.says, one.topic, one.told) for one in statements(text, "2021")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年收到政府信息公开申请8件。", [(8, NUMBER, "requests", SAID)]),
        (
            "收到政府信息公开申请8件，其中自然人6件、商业企业2件。",
            [(8, NUMBER, "requests", SAID), (6, NUMBER, "requests", BEFORE), (2, NUMBER, "requests", BEFORE)],
        ),
        ("（二）依申请公开。\n全年办结8件。", [(8, NUMBER, "requests", HEADING)]),
        ("便民中心收到申请1200件。", [(1200, NUMBER, "other", SAID)]),
        ("政府信息公开申请量为零。", [(0, NONE, "requests", SAID)]),
        ("收到的政府信息公开申请均已办结。", [(0, ALL, "requests", SAID)]),
        ("行政复议、行政诉讼均为零。", [(0, NONE, "cases", SAID)]),
        (
            "制发行政规范性文件2件，废止1件。",
            [(2, NUMBER, "documents", SAID), (1, NUMBER, "documents", BEFORE)],
        ),
        ("收到8个部门的政府信息公开申请。", []),
        ("今天天气很好，参加3次。", []),
    ],
)
def test_what_is_stated(text, expected):
    assert read(text) == expected


def test_words_between_that_are_not_known_restrict_the_number():
    (one,) = statements("收到涉密岗位人员的政府信息公开申请5件。", "2021")
    assert one.is_restricted
    (one,) = statements("县档案馆收到政府信息公开申请5件。", "2021")
    assert not one.is_restricted
    assert one.unknown == ["县档案馆"]


@pytest.mark.parametrize(("text", "about"), [("行政许可300余件。", True), ("行政许可300件。", False)])
def test_a_number_that_is_not_exact(text, about):
    (one,) = statements(text, "2021")
    assert one.about is about


def test_the_quotation_begins_with_the_first_telling_word():
    text = "2024年，我镇共收到10件公民要求公开政府信息的申请。"
    (one,) = statements(text, "2021")
    assert text[one.start : one.end] == "共收到10件公民要求公开政府信息的申请"


def test_a_topic_ends_with_its_paragraph():
    first, second = statements("收到政府信息公开申请8件。\n办结35件。", "2021")
    assert (first.topic, second.topic) == ("requests", "")
