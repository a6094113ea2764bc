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
