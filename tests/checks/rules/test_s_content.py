"""What the texts must contain (S-11, S-12, S-14, S-15, S-17, S-22)."""

from dataclasses import replace

import pytest

from app.checks.repairs import repaired
from app.form.model import Severity
from app.report.model import Agency
from tests.checks.reports import findings, good, named, with_text

OVERVIEW = good().narrative("overview")


def overview(*items: str):
    return with_text("overview", "2025年，乙镇认真落实《条例》。\n" + "\n".join(items))


# -- 一、总体情况 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "items",
    [
        [
            "（一）主动公开情况",
            "（二）依申请公开情况",
            "（三）政府信息管理",
            "（四）平台建设",
            "（五）监督保障",
        ],
        [
            "（一）政府信息主动公开情况。公开12条。",
            "(二)规范化办理依申请公开",
            "（三）信息管理严格规范",
            "（四）公开平台建设情况",
            "（五）监督保障情况",
        ],
        ["1.主动公开方面。", "2.依申请公开。", "3.筑牢信息“质量关”", "4.信息公开平台建设", "5.监督保障"],
        ["第一，主动公开。第二，依申请公开。第三，政府信息管理。第四，平台建设。第五，监督保障。"],
        [
            "（一）主动公开。",
            "（二）依申请公开。",
            "（三）政府信息管理。",
            "（四）平台建设。",
            "（五）监督保障。",
            "（六）教育培训。",
        ],
    ],
)
def test_five_aspects_in_order(items):
    assert named("S-11", overview(*items)) == []


@pytest.mark.parametrize(
    ("aspect", "sentence"),
    [
        ("政府信息公开平台建设", "对官方网站的历史信息作了核查。"),
        ("政府信息公开平台建设", "通过县政府信息公开网站公开9条。"),
        ("依申请公开", "收到申请公开政府信息的要求0件。"),
    ],
)
def test_an_aspect_that_a_sentence_treats_is_not_missing(aspect, sentence):
    (found,) = named("S-11", overview("（一）主动公开", sentence))
    assert aspect not in found.message.partition("未涵盖")[2]


@pytest.mark.parametrize(
    ("items", "severity", "fragment"),
    [
        (
            ["（一）强化组织领导", "（二）强化公开力度"],
            Severity.ERROR,
            "总体情况未涵盖依申请公开、政府信息管理、政府信息公开平台建设、监督保障",
        ),
        (
            ["（一）主动公开", "（二）政府信息管理", "（三）依申请公开", "（四）平台建设", "（五）监督保障"],
            Severity.WARNING,
            "现依次为主动公开、政府信息管理、依申请公开",
        ),
        (
            ["（一）主动公开和依申请公开", "（二）政府信息管理", "（三）平台建设", "（四）监督保障"],
            Severity.WARNING,
            "主动公开、依申请公开合写",
        ),
        (
            ["（一）主动公开。依申请公开0件。", "（二）政府信息管理", "（三）平台建设", "（四）监督保障"],
            Severity.WARNING,
            "依申请公开未单列",
        ),
    ],
)
def test_five_aspects_missing_merged_or_in_disorder(items, severity, fragment):
    (found,) = named("S-11", overview(*items))
    assert found.severity is severity
    assert fragment in found.message


@pytest.mark.parametrize(
    "text",
    [
        "一是工作考核情况。全年按季度对各村检查，均达到要求。二是社会评议情况。共发放问卷调查210份，政务公开满意率达97.62%。三是责任追究情况。全年未发生。",
        "年度考核结果为优秀。社会评议满意度95%。2025年，未发生因不履行政务公开义务而被追究责任情况。",
        "2025年未开展社会评议，考核得分98分，没有发生责任追究的情形。",
    ],
)
def test_results_that_are_stated(text):
    assert named("S-12", with_text("overview", OVERVIEW.split("（五）")[0] + "（五）监督保障。" + text)) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (
            "将政府信息公开工作纳入年度考核的重要内容，通过定期调度加大督导力度。",
            "工作考核、社会评议和责任追究",
        ),
        ("完善考核监督、社会评议、责任追究等工作机制。", "工作考核、社会评议和责任追究"),
        ("加强政府信息公开的考评监督和责任追究。", "工作考核、社会评议和责任追究"),
        ("2025年，未发生因不履行政务公开义务而被追究责任情况。", "工作考核和社会评议"),
        ("考核等次为优秀，未发生责任追究情形。", "社会评议"),
    ],
)
def test_results_that_are_not_stated(text, missing):
    report = with_text("overview", OVERVIEW.split("（五）")[0] + "（五）监督保障。" + text)
    (found,) = named("S-12", report)
    assert (found.message, found.severity) == (
        f"未报告{missing}结果情况，没有开展或者没有发生的也请写明",
        Severity.WARNING,
    )


def test_a_department_need_not_report_results():
    report = replace(with_text("overview", "主动公开。"), agency=Agency(name="甲县财政局"))
    assert named("S-12", report) == []


def test_length_is_limited_only_where_the_county_says_so():
    long = with_text("overview", OVERVIEW + "乙镇" * 500)
    assert named("S-22", long) == []
    (found,) = named("S-22", long, settings={"overview_limit": 1000})
    assert found.severity is Severity.INFO
    assert "字，超过一千字，多" in found.message
    assert named("S-22", good(), settings={"overview_limit": 1000}) == []


# -- 五 and 六 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity", "fragment"),
    [
        ("无。", Severity.ERROR, "不得只写“无”"),
        ("2025年，我镇不存在问题。", Severity.ERROR, "不得只写“无”"),
        ("我镇将继续加强培训，完善制度，提高政府信息公开水平。" * 5, Severity.ERROR, "未写明存在的主要问题"),
        ("一是主动公开意识不够；二是更新不及时。" * 6, Severity.ERROR, "未写明改进情况"),
        (
            "公开不够及时。下一步，" + "我们将加强培训，完善制度，提高水平。" * 5,
            Severity.WARNING,
            "问题部分7字，不足60字",
        ),
        (
            "一是主动公开意识不够；二是更新滞后；三是业务不精。" * 4 + "下一步加强。",
            Severity.WARNING,
            "改进部分6字",
        ),
    ],
)
def test_problems_that_are_too_few_words(text, severity, fragment):
    (found,) = named("S-14", with_text("problems", text))
    assert found.severity is severity
    fault = "空缺" if severity is Severity.ERROR else "过于简单"
    assert found.message.startswith(f"“五、存在的主要问题及改进情况”{fault}：")
    assert fragment in found.message


def test_problems_told_one_by_one_with_their_measures():
    item = "{}是主动公开意识不够，部分信息更新滞后，群众知晓率不高。改进措施：建立台账，按月核对，压实责任，加强培训。"
    assert named("S-14", with_text("problems", "".join(item.format(n) for n in "一二三"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "2025年，本机关未收取信息处理费。",
        "（一）政府信息公开收费情况\n无。",
        "全年收取政府信息公开信息处理费 3940 元。",
        "2025年，无收取信息处理费情况。",
        "依申请公开未收取任何费用。",
        "2025年办理政府信息公开申请未收费。",
    ],
)
def test_a_statement_on_the_processing_fee(text):
    assert named("S-15", with_text("other", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "无。",
        "无其他需要报告的事项。",
        "",
        "涉企收费清单已在门户网站公开。",
        "涉企收费清单已在政府信息公开专栏公开，未收取清单以外的费用。",
        "全年收取水资源费3万元。",
    ],
)
def test_no_statement_on_the_processing_fee(text):
    (found,) = named("S-15", with_text("other", text))
    message = "未报告信息处理费收取情况，没有收取的也请写明，如“本年度未收取信息处理费”"
    assert (found.message, found.severity) == (message, Severity.ERROR)
    assert named("S-15", with_text("other", text, "2019")) == []


def test_the_processing_fee_in_the_wrong_section():
    text = OVERVIEW.replace("按规定办理政府信息公开申请。", "办理申请0件，未收取信息处理费。")
    report = with_text("overview", text)
    report = replace(report, narratives={**report.narratives, "other": "无其他需要报告的事项。"})
    (found,) = findings(report)
    assert (found.rule, found.severity) == ("S-15", Severity.WARNING)


def test_nothing_but_nil_was_allowed_until_2020():
    (found,) = findings(with_text("other", "无。", "2019"))
    assert (found.rule, found.severity) == ("S-14", Severity.INFO)
    assert findings(with_text("other", "2020年无其他需要报告的事项。", "2019")) == ()


# -- numbering -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）甲。\n（二）乙。\n（3） 丙。\n（四）丁。", [("序号“（3）”应为“（三）”", "（3）")]),
        ("（一）甲。\n(二)乙。\n(三)丙。\n（四）丁。", [("序号“(二)”应为“（二）”", "(二)")]),
        ("（一）甲。\n（三）丙。", [("序号“（三）”应为“（二）”", "（三）")]),
        ("（一）甲。\n（二）乙。\n（二）丙。", [("序号“（二）”应为“（三）”", "（二）")]),
        ("（一）甲。\n（二）乙。", []),
        ("(一)甲。\n(二)乙。", []),
        ("（一）甲：\n（1）子。\n（2）丑。\n（二）乙。", []),
        ("（一）甲：（1）子；（2）丑；（3）寅。\n（二）乙。\n（三）丙。", []),
        ("问题：（一）甲。（二）乙。\n改进：（一）丙。（二）丁。", []),
        ("根据《条例》第二十条第（八）项，（一）甲。", []),
        ("（十）甲。", [("序号“（十）”应为“（一）”", "（十）")]),
        (
            "".join(
                f"（{n}）甲。\n"
                for n in (["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"])
            ),
            [],
        ),
        ("1.甲。\n2.乙。", []),
    ],
)
def test_numbering(text, expected):
    report = with_text("other", text + "未收取信息处理费。")
    found = named("S-17", report)
    assert [(one.message, one.quote) for one in found] == expected
    for one in found:
        assert report.narrative("other")[one.start : one.end] == one.quote
        assert one.severity is Severity.WARNING


def test_the_items_of_the_first_section_are_bracketed():
    report = overview(
        "1、主动公开。", "2、依申请公开。", "3、政府信息管理。", "4、平台建设。", "5、监督保障。"
    )
    (found,) = named("S-17", report)
    assert (found.message, found.quote) == ("序号“1、”应为“（一）”，依次至“5、”应为“（五）”", "1、")


def test_items_in_bracketed_figures_are_one_finding():
    report = overview(
        "(1)主动公开。", "(2)依申请公开。", "(3)政府信息管理。", "(4)平台建设。", "(5)监督保障。"
    )
    (found,) = named("S-17", report)
    assert (found.message, found.quote) == ("序号“(1)”应为“（一）”，依次至“(5)”应为“（五）”", "(1)")


def test_an_outline_that_is_one_off_is_counted_on_by_one_repair():
    text = "（一）主动公开。\n（三）依申请公开。\n（四）政府信息管理。\n（五）平台建设。\n（六）监督保障。"
    report = overview(*text.split("\n"))
    (found,) = named("S-17", report)
    assert found.message.startswith("序号“（三）”应为“（二）”，“（四）”应为“（三）”")
    assert found.repair is not None
    assert named("S-17", repaired(report, [found.repair]).report) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("（三）信息管理。一、抓审核。二、抓归档。", "“（三）”之下的序号“一、”应为“1.”，共2处"),
        ("（三）信息管理。1.抓审核。2.抓归档。", None),
        ("（三）信息管理。抓第一、第二、第三季度。", None),
    ],
)
def test_an_upper_level_inside_an_item(text, message):
    report = good()
    overview = report.narrative("overview").replace("（三）政府信息管理。", text, 1)
    found = named("S-17", report.with_narrative("overview", overview))
    assert [one.message for one in found] == ([message] if message else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("信息处理费收取情况见附件。", True),
        ("信息处理费详见附表。", True),
        ("本年度未收取信息处理费，详见附件。", False),
        ("信息处理费收取情况见附件，共收取0元。", False),
    ],
)
def test_a_fee_told_elsewhere_is_not_told(text, told):
    assert bool(named("S-15", good().with_narrative("other", text))) is told
