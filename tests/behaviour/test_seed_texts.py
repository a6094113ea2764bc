"""What the texts of the real reports say wrongly, and nothing else: what a reader noted, and four consecutive reports of one bureau."""

from functools import cache

import pytest

from app.checks import CheckContext, Finding, check
from app.form.catalog import form
from app.importing.importer import import_file
from tests.places import TESTS

SAMPLES = TESTS / "samples"
TEXT = ("N-", "I-", "D-", "Y-06", "Y-07", "Y-08")
E, W, I = "error", "warning", "info"  # noqa: E741

# report → (rule, severity, section, fragment of message or quote); the reader's note behind it
EXPECTED = {
    "000_songcun_2020": [
        ("D-09", W, "overview", "正文公开工作"),  # 000-5
        ("D-11", W, "introduction", "有的留空"),  # 000-10
        ("D-18", W, "overview", "没有受理依申请公开情况"),  # 000-11
        ("D-11", I, "overview", "“公示公告”与“公告公示”混用"),  # 000-13
        ("D-03", I, "overview", "各类栏目信息发布数量统计图"),  # 000-9
        ("D-18", W, "problems", "强化政务公开管理水平"),
    ],
    "001_zhangjiachan_2020": [
        ("D-07", W, "overview", "《条例》《办法》使用前未注明全称和简称，已注明的《规定》未使用"),  # 001-3
        ("D-13", W, "introduction", "缺少“查阅”或者“下载”"),  # 001-4
        ("D-03", E, "requests", "[bookmark: _GoBack]"),  # 001-6
        ("D-08", W, "overview", "公开为原则，不公开为例外"),  # 001-7
        ("N-13", W, "overview", "积极受理和回复政府信息公开申请"),  # 001-8
        ("D-10", W, "overview", "政务信息公开申请"),  # 001-9
        ("D-05", W, "overview", "第四十六条"),  # 001-11
        ("I-08", W, "overview", "将主动公开与群众咨询公开相结合"),  # 001-12
        (
            "I-02",
            W,
            "overview",
            "按类别统计的“人事任免”“年度报告”，前文所列类别中没有；前文所列的“人事信息”“规划计划”没有统计",
        ),  # 001-10
        ("D-11", W, "overview", "”、“"),  # 001-15
        ("D-11", W, "overview", "序号“1、”应为“1.”的形式，共6处"),  # 001-16
    ],
    "002_yongzheng_2020": [
        (
            "I-01",
            E,
            "proactive",
            "分项之和（只计到第一个分号为210）与总数（212）不符，差2；计全句为283，也不符。请核对总数和各分项",
        ),  # 002-9
        ("D-09", W, "proactive", "“本年增/减处”应为“本年增/减”（2处）"),  # 002-18
        ("D-09", W, "requests", "“3.危及‘三安全一隐患’”应为“3.危及‘三安全一稳定’”"),  # 002-15
        ("D-09", W, "review", "“总结”应为“总计”（3处），“其他其结果”应为“其他结果”（2处）"),  # 002-16, 002-17
        ("I-02", W, "proactive", "“办事指南”前后数据不一致：79条、28条"),  # 002-10
        ("I-02", W, "proactive", "“转载”前后数据不一致：9条、45条"),  # 002-11
        ("D-09", W, "overview", "政务信心"),  # 002-14
        ("I-08", W, "overview", "最大限度地发挥了政府信息公开"),  # 002-21
        ("D-10", W, "proactive", "镇政协委员"),  # 002-22
        ("D-10", W, "proactive", "人大共提交提案"),  # 002-22
        ("I-06", W, "problems", "资金保障"),  # 002-23
        ("D-11", W, "proactive", "“中央省、”"),  # 002-25
        ("D-11", W, "proactive", "“中央、省市县”"),  # 002-25
    ],
    "003_gucheng_2020": [
        ("D-03", W, "introduction", "原件有转换残留，共2处"),
        ("N-01", E, "overview", "依申请公开 10 项"),  # 003-1
        ("D-09", W, "overview", "监督保证方面"),  # 003-6
        ("D-10", W, "overview", "公开信息 10 项"),  # 003-10
        ("D-18", W, "problems", "使用效率"),  # 003-13
    ],
    "004_houjia_2022": [
        ("I-07", W, "overview", "合计用“条”，分项有“篇”"),  # 004-6
        ("D-10", W, "overview", "等新媒体"),  # 004-7
        ("D-18", W, "overview", "不公开的政府信息决不公开"),  # 004-8
        ("D-11", W, "other", "小标题末尾的句号"),  # 004-5
        ("I-06", W, "problems", "第2个问题（更新不及时）"),  # 004-10
        ("I-08", I, "overview", "“成立……政务公开工作领导小组”在两处写到"),  # 004-13
    ],
    "pingtan_czjrj_2022_page": [
        ("D-11", W, "problems", "“知情权，”并列的词语之间"),
        ("D-07", I, "introduction", "注明了简称《办法》，后文没有使用"),
        ("D-11", W, "introduction", "半角标点"),
        ("D-04", W, "overview", "我委"),
        ("D-09", W, "signature", "全融局"),
    ],
    "pingtan_czjrj_2023_page": [
        ("D-11", W, "problems", "“知情权，”并列的词语之间"),
        ("D-07", I, "introduction", "注明了简称《办法》，后文没有使用"),
        ("D-11", W, "introduction", "半角标点"),
        ("Y-06", W, "overview", "重复率87%"),
        ("Y-07", W, "proactive", "主要形式"),
        ("Y-06", W, "problems", "重复率100%，超过50%：2段除数字外与上年相同，4个问题与上年表述相同"),
    ],
    "pingtan_czjrj_2024_page": [
        ("D-11", W, "problems", "“知情权，”并列的词语之间"),
        ("D-07", I, "introduction", "注明了简称《办法》，后文没有使用"),
        ("D-11", W, "introduction", "半角标点"),
        ("D-11", W, "overview", "多余空格"),
        ("D-01", W, "proactive", "2023年"),
        ("D-09", W, "proactive", "不子公开"),
        ("I-01", W, "proactive", "分项之和（76）与总数（61）不符，差15"),
        ("Y-06", W, "overview", "重复率"),
        ("Y-07", W, "proactive", "主要形式"),
        ("Y-06", W, "problems", "重复率100%，超过50%：2段除数字外与上年相同，4个问题与上年表述相同"),
    ],
    "pingtan_czjrj_2025_page": [
        ("D-11", W, "problems", "“知情权，”并列的词语之间"),
        ("D-07", I, "introduction", "注明了简称《办法》，后文没有使用"),
        ("D-11", W, "introduction", "半角标点"),
        ("D-11", W, "overview", "多余空格"),
        ("D-09", W, "overview", "精神精神"),
        ("D-01", W, "proactive", "2024年"),
        ("D-09", W, "proactive", "不子公开"),
        ("Y-06", W, "overview", "重复率"),
        ("Y-07", W, "proactive", "主要形式"),
        ("Y-06", W, "problems", "重复率100%，超过50%：2段除数字外与上年相同，4个问题与上年表述相同"),
    ],
}


@cache
def found(name: str) -> tuple[Finding, ...]:
    """What the texts of a report say wrongly; those of the bureau are compared with last year's."""
    result = import_file(SAMPLES / f"{name}.txt")
    report, year = result.report, result.report.year
    before = SAMPLES / f"pingtan_czjrj_{year - 1}_page.txt"
    prior = import_file(before).report if name.startswith("pingtan") and before.exists() else None
    context = CheckContext(
        report, form(report.form), prior, form(prior.form) if prior else None, result.outline
    )
    everything = check(context)
    for one in everything:
        if one.start >= 0:
            assert report.narrative(one.section)[one.start : one.end] == one.quote
    return tuple(one for one in everything if one.rule.startswith(TEXT))


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, rows in EXPECTED.items() for row in rows])
def test_what_must_be_found(name, row):
    rule, severity, section, fragment = row
    matching = [
        one
        for one in found(name)
        if (one.rule, one.severity.value, one.section) == (rule, severity, section)
        and (fragment in one.message or fragment in one.quote)
    ]
    assert len(matching) == 1, [
        (one.rule, one.severity.value, one.section, one.message) for one in found(name)
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_else_is_found(name):
    """A new alarm on a real report is looked at by a person before it is let in."""
    assert len(found(name)) == len(EXPECTED[name]), [(one.rule, one.message) for one in found(name)]
