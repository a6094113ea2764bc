"""Applicants with their names (D-14)."""

import pytest

from tests.checks.texts import said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("申请人李明申请公开征地信息。", "李明"),
        ("申请人王小明通过邮寄方式提出申请。", "王小明"),
        ("公民张建国申请公开信息。", "张建国"),
        ("村民（赵四海）要求公开信息。", "赵四海"),
        ("申请人申请公开征地信息。", None),
        ("公民陈述申请理由。", None),
        ("村民李家村三组申请。", None),
        ("公民向本机关申请公开信息。", None),
        ("申请人于3月提出申请。", None),
        ("群众王某申请公开信息。", None),
    ],
)
def test_an_applicant_is_named(text, name):
    found = [one.quote for one in said(text) if one.rule == "D-14"]
    assert found == ([name] if name else [])
