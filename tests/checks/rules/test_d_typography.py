"""Marks, spaces, rare characters (D-11, D-19)."""

import pytest

from tests.checks.texts import W, said

WRONG = [
    ("D-11", W, "发布信息,接受监督。", ","),
    ("D-11", W, "发布信息，。接受监督。", "，。"),
    ("D-11", W, "坚持“谁公开谁审查”、“谁审查谁负责”。", "”、“"),
    ("D-11", W, "发布信息 接受监督。", " "),
    ("D-11", W, "建成“一站式平台。", "“"),
    ("D-11", W, "1、加强领导。", "1、"),
    ("D-19", W, "联系鿍嘉镇。", "鿍"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "text", "quote"), WRONG)
def test_a_wrong_wording(rule, severity, text, quote):
    assert [(one.rule, one.severity, one.quote) for one in said(text, "other")] == [(rule, severity, quote)]
