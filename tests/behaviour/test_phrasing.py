"""Random reports in random words: consistent ones raise nothing, one number moved in the text raises exactly what names it."""

from random import Random

import pytest

from app.form.catalog import form
from app.report.model import Report
from tests.checks.numbers import case, document
from tests.checks.reports import cell, consistent, findings

REQUESTS = form("2021").tables["requests"]


def group(key: str):
    """The cells of a result and of all its kinds."""
    return [cell(leaf.key, "total") for leaf in REQUESTS.row(key).leaves()]


# (check, cells whose sum is told, ways to tell it)
PHRASES = [
    (
        "N-01",
        [cell("received", "total")],
        ["共收到政府信息公开申请{}件", "新收政府信息公开申请{}件", "我镇受理依申请公开{}件", "共接收政府信息公开申请{}条",
         "全年收到公民、法人和其他组织提出的政府信息公开申请{}件", "收到{}件政府信息公开申请", "新增政府信息公开申请{}件",
         "收到政府信息公开申请共计{}件", "本机关共收到书面政府信息公开申请{}件"],
    ),
    (
        "N-02",
        [cell("processed", "total")],
        ["办结政府信息公开申请{}件", "答复政府信息公开申请{}件", "共办结依申请公开{}件", "政府信息公开申请已办结{}件",
         "政府信息公开申请按期答复{}件"],
    ),
    (
        "N-03",
        [cell("carried_in", "total")],
        ["上年结转{}件政府信息公开申请", "上年度结转政府信息公开申请{}件", "上一年度结转政府信息公开申请{}件"],
    ),
    (
        "N-03",
        [cell("carried_out", "total")],
        ["结转下年度继续办理政府信息公开申请{}件", "政府信息公开申请结转下年度{}件", "{}件申请结转至下年度办理"],
    ),
    ("N-05", group("granted"), ["政府信息公开申请办理结果为予以公开{}件", "答复申请人予以公开{}件"]),
    ("N-05", group("declined"), ["申请答复中，不予处理{}件", "政府信息公开申请办理结果为不予处理{}件"]),
    (
        "N-07",
        [case("recon_total")],
        ["因政府信息公开被申请行政复议{}件", "发生政府信息公开行政复议案件{}起", "因政府信息公开引发行政复议{}件"],
    ),
    (
        "N-08",
        [case("direct_total"), case("after_total")],
        ["政府信息公开行政诉讼{}件", "因政府信息公开被提起行政诉讼{}件", "引发政府信息公开行政诉讼案件{}起"],
    ),
    ("N-10", [document("issued")], ["制发行政规范性文件{}件", "印发行政规范性文件{}件", "制定行政规范性文件{}份"]),
    ("N-10", [document("repealed")], ["废止行政规范性文件{}件", "宣布废止行政规范性文件{}件"]),
    ("N-10", [document("in_force")], ["现行有效的行政规范性文件{}件", "行政规范性文件现行有效{}件"]),
]  # fmt: skip
PROMISES = ["从内容分类看", "按类别统计"]
KINDS = ["公告公示", "工作动态", "政策解读", "财政信息", "人事信息", "民生保障"]


def told(report: Report, random: Random, moved: int = -1) -> str:
    """An overview that tells every number in some words; the one with index `moved` is told wrongly."""
    lines = []
    for index, (_, cells, ways) in enumerate(PHRASES):
        number = sum(report.values[ref] for ref in cells) + (1000 if index == moved else 0)
        lines.append(
            random.choice(["2025年，", "", "全年"]).removesuffix("，") + random.choice(ways).format(number)
        )
    parts = [random.randint(1, 40) for _ in range(random.randint(3, 6))]
    whole = sum(parts) + (1000 if moved == len(PHRASES) else 0)
    listed = "，".join(f"{kind}{part}条" for kind, part in zip(KINDS, parts, strict=False))
    lines.append(f"主动公开信息{whole}条，{random.choice(PROMISES)}：{listed}")
    random.shuffle(lines)
    return "。".join(lines) + "。"


def raised(report: Report, text: str) -> set[str]:
    """Checks of numbers that speak; what every overview must also say is not looked at here."""
    return {one.rule for one in findings(report.with_narrative("overview", text)) if one.rule[0] in "TXNI"}


@pytest.mark.parametrize("seed", range(60))
def test_a_consistent_report_is_silent_in_whatever_words(seed):
    random = Random(seed)
    report, _ = consistent(form("2021"), random)
    assert (
        raised(report, told(report, random)) - {"T3-06", "T3-07"} == set()
    )  # of the numbers alone: not contradictions


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("moved", range(len(PHRASES) + 1))
def test_one_number_moved_raises_exactly_what_names_it(moved, seed):
    random = Random(1000 * moved + seed)
    report, _ = consistent(form("2021"), random)
    rule = PHRASES[moved][0] if moved < len(PHRASES) else "I-01"
    assert raised(report, told(report, random, moved)) - {"T3-06", "T3-07"} == {rule}
