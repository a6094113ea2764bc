"""Chinese typography: what is put right, and what must be left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.edits import applied, shown, visible
from app.texts.typography import HELPERS, full_width, in_order, no_empty_lines, no_spaces

FULL = [
    ("公开信息,共12条;其中:", "公开信息，共12条；其中："),
    ("完成(一)项", "完成（一）项"),
    ('按照"公开为常态"的要求', "按照“公开为常态”的要求"),
    ("是吗?好!", "是吗？好！"),
    ("发布12条,回应3条", "发布12条，回应3条"),
    ("完成任务.\n第二段", "完成任务。\n第二段"),
    ("（见附件）.", "（见附件）。"),
]
LEFT = [
    "1,234件",
    "10:30开始",
    "3.5万元",
    "网址：http://www.a.gov.cn:8080/x?a=1;b=2",
    "邮箱 a.b@c.cn",
    "PDF (A4), OFD",
    "1. 加强",
    "第1.2版",
    "公开，共12条。",
]


@pytest.mark.parametrize(("text", "right"), FULL)
def test_half_width_marks_beside_characters(text, right):
    assert applied(text, full_width(text)) == right
    assert full_width(right) == []


@pytest.mark.parametrize("text", LEFT)
def test_numbers_and_addresses_are_left_alone(text):
    assert applied(text, full_width(text)) == text


SPACES = [
    ("政府 信息", "政府信息"),
    ("　　政府信息公开 。", "政府信息公开。"),
    ("一\n  二 \n三", "一\n二\n三"),
    ("Word 文档 PDF", "Word 文档 PDF"),
    ("共 12 条", "共 12 条"),
    ("乡 \u00a0 镇", "乡镇"),
]


@pytest.mark.parametrize(("text", "right"), SPACES)
def test_spaces_between_characters(text, right):
    assert applied(text, no_spaces(text)) == right


EMPTY = [
    ("一\n\n二", "一\n二"),
    ("\n\n一\n 　\n二\n\n", "一\n二"),
    ("一\n二", "一\n二"),
    ("  \n ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "right"), EMPTY)
def test_empty_lines(text, right):
    assert applied(text, no_empty_lines(text)) == right


ORDER = [
    ("一是甲；三是乙；四是丙。", "一是甲；二是乙；三是丙。"),
    ("一是甲；二是乙。\n一是丙；二是丁。", "一是甲；二是乙。\n一是丙；二是丁。"),
    ("问题：一是甲；二是乙；二是丙。", "问题：一是甲；二是乙；三是丙。"),
    ("一是甲；一是乙；三是丙。", "一是甲；二是乙；三是丙。"),
    ("二是甲。", "二是甲。"),
    ("这一是非问题，第二是重点", "这一是非问题，第二是重点"),
    (
        "；".join(f"{n}是甲" for n in "一二三四五六七八九十") + "；十二是乙",
        "；".join(f"{n}是甲" for n in "一二三四五六七八九十") + "；十一是乙",
    ),
]


@pytest.mark.parametrize(("text", "right"), ORDER)
def test_ordinals_count_on(text, right):
    assert applied(text, in_order(text)) == right


@pytest.mark.parametrize("helper", HELPERS, ids=lambda one: one.key)
@given(text=st.text(alphabet="政府一二三是，；,;:()\"' \u3000\n。.1a（）", max_size=40))
def test_whatever_is_typed_it_ends_and_is_a_list_of_places(helper, text):
    edits = helper.find(text)
    assert all(0 <= one.start <= one.end <= len(text) for one in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    kept = [c for c in text if c not in " \u3000\n,;:()\"'.，；：（）“”。一二三四五六七八九十"]
    new = applied(text, edits)
    assert [c for c in new if c not in " \u3000\n,;:()\"'.，；：（）“”。一二三四五六七八九十"] == kept


def test_a_change_is_shown_with_its_surroundings():
    text = "前面还有一些字，政府 信息公开工作年度报告"
    [edit] = no_spaces(text)
    assert shown(text, edit) == ("还有一些字，政府␣信息公开工作年度", "还有一些字，政府信息公开工作年度")
    assert visible("a\n　b") == "a↵␣b"
