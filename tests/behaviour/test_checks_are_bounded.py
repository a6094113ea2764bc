"""However odd a text is, no rule takes long over it."""

import gc
import time

import pytest

from app.checks import CheckContext
from app.checks.rule import rules
from app.form.catalog import form
from tests.checks.reports import good

SIZE = 20_000
ODD = {
    **{f"{char!r} alone": char * SIZE for char in "“《（〔甲、；-1 \n　"},
    **{
        words: words * (SIZE // len(words))
        for words in (
            "一是", "（一）", "公告1条，", "公开10条，其中", "占5%", "电子版可在", "收到申请", "2024年", "由包括", "a.", "加强工作",
            "从甲看，", "现将公布", "处理费收取", "问题、不足，", "“甲”、", "一万二千", "X_", "考核结果", "截至",
        )
    },
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize("section", ["introduction", "overview", "problems"])
def test_no_rule_takes_long(section, words):
    report = good().with_narrative(section, ODD[words])
    context = CheckContext(report, form(report.form))
    slow = []
    gc.disable()  # what other tests left behind is not the rules' to look through
    for rule in rules():
        start = time.process_time()
        list(rule.run(context))
        if time.process_time() - start > 1:
            slow.append(rule.ids)
    gc.enable()
    assert slow == []
