"""Twice the text costs twice the time: no rule, however odd the text, may hold up a county's run over files of others."""

import math
import os
import random
import time

import pytest

from app.checks import CheckContext
from app.checks.rule import rules
from app.form.catalog import form
from tests.checks.reports import good

SMALL, LARGE = 16_000, 32_000  # characters
STEEPEST = 1.3  # 1 is linear, 2 is quadratic
NOTHING = 0.25  # seconds of CPU under which no rule is worth a word
# What the patterns of the rules look for, each a piece of a sentence.
PIECES = (
    "公开3条（见附件），其中网站2条；", "公开1 ", "公开1\n", "收到申请3件，", "（一）主动公开。", "一是加强；", "2024年",
    "上年结转", "结转下年度", "其中", "占5%，", "“甲”、", "《办法》", "（以下简称《办法》）", "现将公布", "处理费", "从甲看，",
    "按内容分，", "包括1条、", "12345", "1,", "一万二千", "X_", "http://a.b/", "a.", "13800000000", "　", "\t", "·", "——",
    "……", "问题、", "不足，", "，", "；", "：", "！", "较上年增长3条，", "由100条增加到150条，增长50%，", "予以公开1件，",
    "不予公开1件，", "行政复议1件，", "行政诉讼1件，", "培训2次，", "受理", "依申请公开", "政府信息公开", "电子版可在", "截至",
    "12月31日", "没有", "未", "（", "）", "〔2021〕30号", "国办", "条例", "公众号", "甲镇", "乙县", "加强工作", "全年",
    "统计期限", "从1月1日至", "同比", "第一，", "1.", "①", "由包括", "公告1条，", "考核结果",
)  # fmt: skip


def _patterns() -> list[str]:
    chance = random.Random(7)
    mixed = ["".join(chance.choices(PIECES, k=chance.choice((2, 2, 3)))) for _ in range(1_427 - len(PIECES))]
    return [*PIECES, *mixed]


PATTERNS = _patterns()
# What was found quadratic once, and a sample of the rest: all of them take a quarter of an hour.
KNOWN = [PIECES[0], PIECES[3], PIECES[39] + PIECES[3]]
QUICK = KNOWN + PATTERNS[5::300]


def cost(pattern: str, size: int) -> dict[str, float]:
    """Seconds of CPU of each rule over a text of so many characters."""
    report = good().with_narrative("overview", pattern * (size // len(pattern)))
    return timed(report)


def timed(report) -> dict[str, float]:
    context, found = CheckContext(report, form(report.form)), {}
    for rule in rules():
        start = time.process_time()
        list(rule.run(context))
        found[rule.place] = time.process_time() - start
    return found


def steep(pattern: str) -> list[tuple[str, float, float]]:
    """The rules that grow too fast, measured once more where it seems so: a busy computer is no rule's fault."""
    found: list[tuple[str, float, float]] = []
    for _ in range(3):
        large = {rule: spent for rule, spent in cost(pattern, LARGE).items() if spent > NOTHING}
        small = cost(pattern, SMALL) if large else {}
        slopes = {rule: math.log2(spent / max(small[rule], 0.001)) for rule, spent in large.items()}
        found = [(rule, small[rule], large[rule]) for rule, slope in slopes.items() if slope > STEEPEST]
        if not found:
            break
    return found


@pytest.mark.parametrize("pattern", QUICK, ids=lambda one: repr(one)[:30])
def test_no_rule_grows_faster_than_its_text(pattern):
    assert steep(pattern) == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(10))
def test_no_rule_grows_faster_than_any_of_the_texts(start):
    """A tenth of them; all take a quarter of an hour: NIANBAO_ALL_PATTERNS=1."""
    step = 10 if os.environ.get("NIANBAO_ALL_PATTERNS") else 100
    assert [found for pattern in PATTERNS[start::step] if (found := steep(pattern))] == []


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_a_number_and_a_run_of_blanks(blank):
    report = good().with_narrative("overview", f"上年结转1{blank * 24_000}件。")
    assert max(timed(report).values()) < 1


def test_two_thousand_brackets_cost_no_minute():
    clauses = "；".join(f"公开{n + 2}条（见附件），其中网站{n + 1}条" for n in range(2_000))
    report = good().with_narrative("overview", f"{clauses}。")
    assert max(timed(report).values()) < 2
