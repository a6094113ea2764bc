"""Differences from last year: word by word, paragraph against paragraph, quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.texts.differences import compare, partner


def parts(text: str, spans) -> list[str]:
    return [text[a:b] for a, b in spans]


CASES = [
    ("2024年公开237条。", "2025年公开240条。", ["2024", "237"], ["2025", "240"]),
    ("一是人手不足。", "一是人手不足。", [], []),
    ("甲\n乙乙乙乙", "乙乙乙乙", ["甲"], []),
    ("公开信息", "公开了政府信息", [], ["了政府"]),
    ("", "新的一段", [], ["新的一段"]),
    ("加强组织领导，健全制度。", "加强学习培训，健全制度。", ["组织领导"], ["学习培训"]),
]


@pytest.mark.parametrize(("old", "new", "gone", "come"), CASES)
def test_words_that_differ(old, new, gone, come):
    found = compare(old, new)
    assert (parts(old, found.old), parts(new, found.new)) == (gone, come)


def test_a_paragraph_put_between_makes_no_other_differ():
    old = "第一段说的是主动公开。\n第二段说的是依申请公开，共12件。"
    new = "第一段说的是主动公开。\n全新的内容在这里。\n第二段说的是依申请公开，共15件。"
    found = compare(old, new)
    assert parts(new, found.new) == ["全新的内容在这里。", "15"]
    assert parts(old, found.old) == ["12"]
    at = new.index("共15")
    assert partner(old, new, at) == (old.index("第二段"), len(old))
    assert partner(old, new, new.index("全新")) is None


@given(st.text("甲乙丙1\n，", max_size=60), st.text("甲乙丙1\n，", max_size=60))
def test_what_is_left_without_the_differences_is_the_same(old, new):
    found = compare(old, new)
    left, right = (
        "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in spans) and c != "\n")
        for text, spans in ((old, found.old), (new, found.new))
    )
    assert left == right


def test_a_key_in_a_long_section_is_compared_at_once():
    old = "\n".join(f"第{n}段：" + "政府信息公开工作稳步推进，制度不断健全。" * 12 for n in range(20))
    compare(old, old.replace("稳步", "扎实"))
    start = time.process_time()
    compare(old, old.replace("稳步", "扎实", 7).replace("第3段", "第3段好"))
    assert time.process_time() - start < 0.5
