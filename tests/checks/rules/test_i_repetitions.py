"""What is told twice (I-08)."""

import pytest

from tests.checks.texts import W, internal

WRONG = [
    (
        "I-08",
        W,
        "进一步规范乡镇政府信息发布审核的工作流程。有效。进一步规范乡镇政府信息发布审核的工作流程。",
    ),
]


@pytest.mark.parametrize(("rule", "severity", "text"), WRONG)
def test_a_text_that_contradicts_itself(rule, severity, text):
    assert [(one.rule, one.severity) for one in internal(text)] == [(rule, severity)]


def test_a_sentence_is_told_again_behind_a_word_that_joins_it():
    again = "不断拓宽渠道，丰富公开内容，方便群众查询监督。"
    assert [one.rule for one in internal(f"{again}同时，{again}")] == ["I-08"]
    assert internal(f"{again}同时，健全工作机制，压实各级责任，确保取得实效。") == []
