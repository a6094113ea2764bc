"""Every check of docs/checks.md with an example that raises it and a near one that does not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from app.checks import CheckContext, Finding, check
from app.checks.listing import declared, listed
from app.checks.settings import CheckSettings
from app.form.catalog import form
from app.form.model import CellRef, Severity
from app.report.model import Agency, Picture, Report, Signature
from tests.checks.reports import OTHER, OVERVIEW, PROBLEMS, as_found, cell, good

FEES = CellRef("art20_8", "fees", "amount")
PENALTY = CellRef("art20_6", "penalty", "decisions")
BY_TOTAL = ("received", "granted", "processed")
COLUMNS = [one.key for one in form("2021").tables["requests"].leaf_columns if one.key != "total"]


def stock(key: str, row: str = "normative_documents") -> CellRef:
    return CellRef("art20_1", row, key)


def cases(**numbers: int) -> dict[CellRef, int]:
    return {CellRef("review", "cases", key): number for key, number in numbers.items()}


def asked(number: int, row: str = "granted", **more: int) -> dict[CellRef, int]:
    rows = {"received": number, row: number, "processed": number} | more
    return {cell(one, column): n for one, n in rows.items() for column in ("natural_person", "total")}


def without(report: Report, *refs: CellRef) -> Report:
    return replace(report, values={ref: value for ref, value in report.values.items() if ref not in refs})


def old(**values: int) -> dict[CellRef, int]:
    """行政规范性文件 of the 2019 edition."""
    return {stock(key): value for key, value in values.items()}


ASIDE = "一是完善发布台账；二是每季度培训一次；三是采用图解等形式解读政策。"
HEADS = as_found(good()).headings

# id → (wrong, right): values, texts {section: text}, an outline's parts, or a whole report; last year's where it needs one
SUMS = {
    "T2-01": (good(values={PENALTY: -1}), good(values={PENALTY: 1})),
    "T2-02": (without(good(), PENALTY), good()),
    "T2-03": (good(values={stock("issued", "rules"): 1, stock("in_force", "rules"): 1}), good()),
    "T2-04": (good(values=old(issued=2)), good(values=old(issued=2, in_force=2))),
    "T2-05": (good(values={FEES: 20_000}), good(values={FEES: Decimal("2.5")})),
    "T2-07": (
        good("2019", old(published=2, created=2)),
        good("2019", old(published=2, created=2, public_total=2)),
    ),
    "T2-08": (
        good("2019", old(published=2, public_total=2)),
        good("2019", old(published=2, created=2, public_total=2)),
    ),
    "T2-09": (
        good("2019", {CellRef("art20_9", "procurement", "purchases"): 2}),
        good(
            "2019",
            {
                CellRef("art20_9", "procurement", "purchases"): 2,
                CellRef("art20_9", "procurement", "amount"): Decimal("3.5"),
            },
        ),
    ),
    "T3-01": (good(values={cell("granted"): -1}), good()),
    "T3-02": (without(good(), cell("granted")), good()),
    "T3-03": (good(values={cell("received"): 1}), good(values=asked(1))),
    "T3-04": (good(values={cell("granted"): 1, cell("granted", "total"): 1}), good(values=asked(1))),
    "T3-05": (good(values={cell("received"): 1, cell("received", "total"): 1}), good(values=asked(1))),
    "T3-06": (good(values=asked(1, "other_fee_unpaid")), good(values=asked(1))),
    "T3-07": (good(values=asked(6, "other_rest")), good(values=asked(6))),
    "T3-08": (
        without(
            good(values={cell(row, "total"): 2 for row in BY_TOTAL}),
            *(cell(row, column) for row in BY_TOTAL for column in COLUMNS),
        ),
        good(values=asked(2)),
    ),
    "T4-01": (without(good(), CellRef("review", "cases", "recon_upheld")), good()),
    "T4-02": (good(values=cases(recon_upheld=1)), good(values=cases(recon_upheld=1, recon_total=1))),
    "X-04": (good(processing_fee=Decimal(100)), good(processing_fee=Decimal(0))),
    "X-05": (
        good(values=asked(9), processing_fee=Decimal(100)),
        good(values=asked(9) | {FEES: Decimal("0.01")}, processing_fee=Decimal(100)),
    ),
    "X-06": (
        good(values=asked(9) | {FEES: 1}, processing_fee=Decimal(380)),
        good(values=asked(9) | {FEES: 1}, processing_fee=Decimal(400)),
    ),
}
OLD_PARAGRAPH = (
    "本机关设有政务公开查阅点一处，备有公开指南、公开目录和各类政策汇编，工作日全天开放，由专人接待群众查阅。"
)
OLD_PROBLEMS = "一是主动公开意识有待增强；二是政策解读形式单一；三是业务能力还需加强。"
NEW_MEASURES = (
    "下一步，各村设公示角，由网格员每周张贴并拍照回传；请县融媒体中心讲授短视频制作，全年拍摄解读短片十部；"
    "与邻近乡镇结对轮训，每人跟班学习两周，结束后当场测试，未通过的补课。"
)
# id → (wrong, right, last year's)
YEARS = {
    "T2-06": (good(values={PENALTY: 90}), good(values={PENALTY: 45}), good(year=2024, values={PENALTY: 40})),
    "X-01": (good(values=cases(recon_upheld=1, recon_total=1)), good(), good(year=2024)),
    "X-02": (
        good(values=asked(2, "denied_third_party") | cases(direct_upheld=1, direct_total=1)),
        good(values=asked(2) | cases(direct_upheld=1, direct_total=1)),
        good(year=2024),
    ),
    "X-03": (
        good(values=asked(9) | cases(after_upheld=1, after_total=1)),
        good(values=asked(9) | cases(after_upheld=1, after_total=1, recon_upheld=1, recon_total=1)),
        good(year=2024, values=asked(9)),
    ),
    "Y-01": (
        good(values=asked(2, received=0, carried_in=2)),
        good(values=asked(1, received=0, carried_in=1)),
        good(year=2024, values=asked(0, received=1, carried_out=1)),
    ),
    "Y-02": (
        good(values=old(in_force=5)),
        good(values=old(in_force=4)),
        good(year=2024, values=old(in_force=4)),
    ),
    "Y-03": (good(), good(), good(year=2023)),
    "Y-04": (
        good(),
        good(values=asked(3) | cases(recon_upheld=1, recon_total=1)),
        good(year=2024, values=asked(3) | cases(recon_pending=1, recon_total=1)),
    ),
    "Y-05": (good(values=asked(90)), good(values=asked(45)), good(year=2024, values=asked(40))),
    "Y-06": (
        good(),
        good().with_narrative("problems", ASIDE).with_narrative("overview", ASIDE),
        good(year=2024),
    ),
    "Y-07": (
        good().with_narrative("other", OLD_PARAGRAPH),
        good().with_narrative("other", ASIDE).with_narrative("problems", ASIDE),
        good(year=2024).with_narrative("other", OLD_PARAGRAPH),
    ),
    "Y-08": (
        good().with_narrative("problems", OLD_PROBLEMS + NEW_MEASURES),
        good().with_narrative("problems", ASIDE),
        good(year=2024).with_narrative("problems", OLD_PROBLEMS + "下一步，健全制度。"),
    ),
    "Y-09": (good(), good(), good(year=2024, agency=Agency(name="甲县丙乡人民政府"))),
}
# id → (section, wrong, right): a text of a report that got five requests
TEXTS = {
    "N-01": ("overview", "我镇收到政府信息公开申请7件。", "我镇收到政府信息公开申请5件。"),
    "N-02": ("overview", "收到政府信息公开申请5件，办结政府信息公开申请4件。", "办结政府信息公开申请5件。"),
    "N-03": ("overview", "上年结转申请2件，收到政府信息公开申请5件。", "上年结转申请0件。"),
    "N-04": ("overview", "收到政府信息公开申请5件，其中自然人4件。", "收到政府信息公开申请5件，其中自然人5件。"),
    "N-05": ("overview", "办理申请5件，答复结果为：予以公开3件。", "办理申请5件，答复结果为：予以公开5件。"),
    "N-06": ("overview", "本年未收到政府信息公开申请。", "本年收到政府信息公开申请5件。"),
    "N-07": ("overview", "发生政府信息公开行政复议2件。", "发生政府信息公开行政复议0件。"),
    "N-08": ("overview", "发生政府信息公开行政诉讼2件。", "发生政府信息公开行政诉讼0件。"),
    "N-10": ("overview", "制发行政规范性文件3件。", "制发政策文件3件。"),
    "N-11": ("overview", "作出行政许可决定8件。", "公开行政许可事项22项。"),
    "I-01": (
        "overview",
        "公开信息30条，从内容分类看：公告10条，动态15条，其他7条。",
        "公开信息32条，从内容分类看：公告10条，动态15条，其他7条。",
    ),
    "I-02": ("overview", "政务微信粉丝120人。\n公开信息212条。\n全年公开信息220条。", "公开信息212条。"),
    "I-03": ("overview", "公开信息40条，其中动态10条，占35%。", "公开信息40条，其中动态10条，占25%。"),
    "I-04": ("overview", "收到建议10件，办结8件，办结率为90%。", "收到建议10件，办结8件，办结率为80%。"),
    "I-05": ("problems", "一是意识不强；三是形式单一。", "一是意识不强；二是形式单一。"),
    "I-06": (
        "problems",
        "存在的问题：一是资金保障不足；二是政策解读形式单一。下一步：一是丰富解读形式；二是做好日常工作。",
        "存在的问题：一是资金保障不足；二是政策解读形式单一。下一步：一是丰富解读形式；二是加大资金投入。",
    ),
    "I-07": ("overview", "公开信息30条，其中：公告10条，动态15条，解读5篇。", "公开信息30条，其中：公告10条，动态15条，解读5条。"),
    "I-08": (
        "overview",
        "把政府信息公开与为民办实事紧密结合起来。\n平台上，把政府信息公开与为民办实事紧密结合起来。",
        "把政府信息公开与为民办实事紧密结合起来。",
    ),
    "I-09": ("problems", "从以下三方面改进：一是加强学习；二是加强督查。", "从以下两方面改进：一是加强学习；二是加强督查。"),
    "D-01": ("overview", "2025年，我镇召开会议。\n2024年，我镇主动公开信息20条。", "2025年，我镇公开信息20条，较2024年增长。"),
    "D-02": ("overview", "登录[具体网址]查阅。", "登录甲县人民政府网站查阅。"),
    "D-03": ("overview", "**政府信息管理方面**", "政府信息管理方面"),
    "D-04": ("overview", "我局高度重视。", "我镇高度重视。"),
    "D-05": (
        "introduction",
        "《政府信息公开信息处理费管理办法》（国办发〔2020〕109号）",
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    ),
    "D-06": ("introduction", "按照国办公开办函〔2019〕60号编制。", "按照国办公开办函〔2021〕30号编制。"),
    "D-08": ("overview", "坚持公开为原则、不公开为例外。", "坚持公开为常态、不公开为例外。"),
    "D-09": ("overview", "做好不子公开的答复。", "做好不予公开的答复。"),
    "D-10": ("overview", "未收到政务信息公开申请。", "收到政府信息公开申请5件。"),
    "D-11": ("overview", "公开及时,内容准确。", "公开及时，内容准确。"),
    "D-12": ("overview", "公开信息２０条。", "公开信息20条。"),
    "D-13": ("overview", "公开政府信息260余，内容丰富。", "公开政府信息260余条，内容丰富。"),
    "D-14": ("introduction", "联系电话13800138000。", "联系电话0123-4567890。"),
    "D-15": ("introduction", "登录www.example.com查阅。", "登录www.jiaxian.gov.cn查阅。"),
    "D-17": ("overview", "公开党务信息6条。", "公开政务信息6条。"),
    "D-18": ("overview", "不公开的政府信息决不公开。", "不应公开的政府信息决不公开。"),
    "D-19": ("overview", "走访鿍嘉村。", "走访新嘉村。"),
    "S-04": ("overview", "一、增设的部分\n内容。", "（一）主动公开\n内容。"),
    "S-06": (
        "introduction",
        "现公布甲县乙镇人民政府2024年政府信息公开工作年度报告。",
        "现公布甲县乙镇人民政府2025年政府信息公开工作年度报告。",
    ),
    "S-07": ("introduction", "数据的统计期限为2024年1月1日至2024年12月31日。", "数据的统计期限为2025年1月1日至2025年12月31日。"),
    "S-08": ("overview", "本单位高度重视。", "我镇高度重视。"),
    "S-11": ("overview", "主动公开信息12条。", OVERVIEW.format(year=2025)),
    "S-12": ("overview", "（五）监督保障。加强督查。", OVERVIEW.format(year=2025)),
    "S-14": ("problems", "无。", PROBLEMS.format(year=2025)),
    "S-15": ("other", "无。", OTHER.format(year=2025)),
    "D-16": ("other", "无。", OTHER.format(year=2025)),
    "S-16": (
        "introduction",
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、其他需要报告的事项四部分组成。",
        good().narrative("introduction"),
    ),
    "S-17": ("overview", "（一）主动公开。\n（二）依申请公开。\n（3）管理。", "（一）主动公开。\n（二）依申请公开。\n（三）管理。"),
    "S-20": ("introduction", "数据的统计期限为2025年1月1日至2025年12月31日。", good().narrative("introduction")),
    "S-22": ("overview", "公开信息及时准确" * 200, "公开信息及时准确"),
    "D-07": ("overview", "按照《办法》公开。", "落实《条例》。《甲县办法》（以下简称《办法》）公布，按照《办法》公开。"),
}  # fmt: skip
NONE_ASKED = {
    "N-09": (
        "overview",
        "未发生政府信息公开行政复议、行政诉讼。",
        cases(recon_upheld=1, recon_total=1) | asked(3),
    ),
    "N-13": ("overview", "积极受理和回复政府信息公开申请。", {}),
}
# id → what of the outline of an old report in order is changed so that the check speaks
OUTLINES = {
    "S-01": {"headings": HEADS[:-1]},
    "S-02": {"headings": (replace(HEADS[0], text="一、概述", raw="一、概述"), *HEADS[1:])},
    "S-03": {"headings": (HEADS[1], HEADS[0], *HEADS[2:])},
    "S-05": {"title": "甲县乙镇2025年度信息公开报告"},
    "S-13": {"tables": tuple(replace(one, complete=False, picture=True) for one in as_found(good()).tables)},
    "S-18": {"has_balance_note": False},
    "S-21": {"tables": tuple(replace(one, under=HEADS[0].section) for one in as_found(good()).tables)},
}
WHOLE = {
    "S-09": (good(signature=Signature()), good()),
    "S-10": (good(signature=replace(good().signature, issued_on=good().signature.issued_on.replace(month=6))), good()),
    "S-19": (good("2019", year=2025), good()),
    "S-23": (replace(good(), pictures=(Picture("1.png", "overview", data=b"none"),)), good()),
}  # fmt: skip

# id → (rule pack, section, wrong, right); without a text: wrong with the pack, right without it
DEMANDS = {
    "P-01": ("没有这一个", "", "", ""),
    "P-02": ("gansu_wuwei_2025", "overview", "公开信息80条。", "通过政府网站发布信息80条。"),
    "P-03": ("gansu_wuwei_2025", "overview", "解读政策3条。", "解读政策3条，回应群众关切5件。"),
    "P-04": ("gansu_wuwei_2025", "overview", "公开重点领域信息。", "公开教育、医疗领域信息20条。"),
    "P-05": (
        "gansu_wuwei_2025",
        "overview",
        "未制发规范性文件。",
        "制发规范性文件0件，废止0件，现行有效0件。",
    ),
    "P-06": ("gansu_wuwei_2025", "overview", "建设政务公开专区。", "设有政务公开专区1个。"),
    "P-07": ("shandong", "problems", "一是更新不及时。", "上年度所列问题均已整改。一是更新不及时。"),
    "P-08": ("shandong", "introduction", "本报告公布如下。", "本报告电子版可在县政府网站下载。"),
    "P-09": ("gansu_wuwei_2025", "", "", ""),
    "P-10": ("gansu_wuwei_2025", "", "", ""),
}


def found(
    report: Report, prior: Report | None = None, limit: int | None = 1000, **outline: object
) -> tuple[Finding, ...]:
    context = CheckContext(
        report,
        form(report.form),
        prior,
        form(prior.form) if prior else None,
        as_found(report, **outline) if outline else None,
        CheckSettings(overview_limit=limit),
    )
    return check(context)


def ids(report: Report, prior: Report | None = None, limit: int | None = 1000, **outline: object) -> set[str]:
    return {one.rule for one in found(report, prior, limit, **outline)}


TABLES = {
    "SUMS": SUMS,
    "YEARS": YEARS,
    "TEXTS": TEXTS,
    "NONE_ASKED": NONE_ASKED,
    "OUTLINES": OUTLINES,
    "WHOLE": WHOLE,
    "DEMANDS": DEMANDS,
    "test_of_the_processing_fee": {"N-12": ()},
}
TOLD_AS = {check.id: check.told_as for _, check in declared() if check.told_as}


@pytest.mark.parametrize("check", [one.id for one in listed()])
def test_every_check_has_an_example(check):
    kin = next(
        (name for name, table in TABLES.items() if any(one[:2] == check[:2] for one in table)), "TEXTS"
    )
    assert any(check in table for table in TABLES.values()), (
        f'{check} has no example: add a line "{check}": (…) with a report that is wrong and one that is right'
        f" to one of the tables of this file, like those of {kin}"
    )


def test_every_example_is_of_a_check():
    known = {one.id for one in listed()}
    assert [(name, one) for name, table in TABLES.items() for one in table if one not in known] == []


@pytest.mark.parametrize("rule", [*SUMS, *WHOLE])
def test_of_numbers_and_whole_reports(rule):
    wrong, right = (SUMS | WHOLE)[rule]
    assert rule in ids(wrong)
    assert rule not in ids(right)


@pytest.mark.parametrize("rule", YEARS)
def test_against_last_year(rule):
    wrong, right, prior = YEARS[rule]
    assert rule in ids(wrong, prior)
    assert rule not in ids(right, None if right == wrong else prior)


@pytest.mark.parametrize("rule", TEXTS)
def test_of_texts(rule):
    section, wrong, right = TEXTS[rule]
    report = good(values=asked(5))
    printed = TOLD_AS.get(rule, rule)
    assert printed in ids(report.with_narrative(section, wrong))
    assert printed not in ids(report.with_narrative(section, right))


@pytest.mark.parametrize("rule", NONE_ASKED)
def test_of_texts_that_presuppose_numbers(rule):
    section, text, values = NONE_ASKED[rule]
    assert rule in ids(good(values=values).with_narrative(section, text))
    other = {} if values else asked(3)
    assert rule not in ids(good(values=other).with_narrative(section, text))


def test_of_the_processing_fee():
    text = "本年收取信息处理费200元。"
    report = good(values=asked(9) | {FEES: 1}).with_narrative("other", text)
    assert "N-12" in ids(replace(report, processing_fee=Decimal(300)))
    assert "N-12" not in ids(replace(report, processing_fee=Decimal(200)))


@pytest.mark.parametrize("rule", OUTLINES)
def test_of_an_old_report_as_found(rule):
    assert rule in ids(good(), **OUTLINES[rule])
    assert rule not in ids(good(), title=as_found(good()).title)


@pytest.mark.parametrize("rule", DEMANDS)
def test_of_a_rule_pack(rule):
    pack, section, wrong, right = DEMANDS[rule]

    def told(text: str, key: str) -> set[str]:
        report = good().with_narrative(section, text) if section else good()
        settings = CheckSettings(pack=key)
        return {one.rule for one in check(CheckContext(report, form(report.form), settings=settings))}

    assert rule in told(wrong, pack)
    assert rule not in told(right, pack if section else "")


def raised() -> Iterator[Finding]:
    """What each example of numbers and texts raises of its own check."""
    for rule in SUMS:
        yield from (one for one in found(SUMS[rule][0]) if one.rule == rule)
    for rule, (changed, _, prior) in YEARS.items():
        yield from (one for one in found(changed, prior) if one.rule == rule)
    for rule, (section, wrong, _) in TEXTS.items():
        report = good(values=asked(5)).with_narrative(section, wrong)
        yield from (one for one in found(report) if one.rule == TOLD_AS.get(rule, rule))


def test_a_finding_with_figures_says_both_of_them_and_how_far_they_are_apart():
    """A reviewer reads what stands where, what should stand there and the difference, without looking anything up."""
    count = 0
    for one in raised():
        figures = dict(one.values)
        if not {"left", "right"} <= figures.keys() or "%" in "".join(figures.values()):
            continue
        left, right = Decimal(figures["left"]), Decimal(figures["right"])
        numbers = [
            Decimal(number)
            for number in re.findall(r"\d+(?:\.\d+)?", one.message.replace("一千字", "1000字"))
        ]
        count += 1
        for figure in (left, right):
            assert not figure or abs(figure) in numbers, (one.rule, one.message, figures)
        if left and right and one.severity is not Severity.INFO:
            assert abs(left - right) in numbers or "%" in one.message or "相差" in one.message, (
                one.rule,
                one.message,
                figures,
            )
    assert count > 20
