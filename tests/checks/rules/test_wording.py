"""Years left over, placeholders, levels, citations, set phrases, confusables, marks, private data (D-01 … D-19)."""

from dataclasses import replace

import pytest

from app.checks.language.word_lists import word_lists
from app.commands import cli
from app.form.model import Severity
from app.paths import user_data
from app.report.model import Agency, Picture, Report
from tests.checks.reports import findings, good, named, with_text

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741
TEXT = ("D-", "I-", "N-", "Y-06", "Y-07", "Y-08")


def said(text: str, section: str = "overview", agency: str = "甲县乙镇人民政府"):
    report = good()
    report = report.with_narrative(section, f"{report.narrative(section)}\n{text}")
    report = replace(report, agency=Agency(name=agency))
    found = [one for one in findings(report) if one.rule.startswith(TEXT)]
    for one in found:
        if one.start >= 0:
            assert report.narrative(one.section)[one.start : one.end] == one.quote != ""
    return found


WRONG = [
    ("D-01", W, "2024年，我镇共产生政府文件12件。", "2024年"),
    ("D-01", W, "2023年乙镇发布信息9条。", "2023年"),
    ("D-02", E, "《[具体地名]镇人民政府信息公开指南》", "[具体地名]"),
    ("D-02", E, "可在门户网站（具体网址）查阅。", "（具体网址）"),
    ("D-02", E, "发布信息XX条。", "XX"),
    ("D-02", E, "发布信息X万余条。", "X"),
    ("D-02", E, "全年发布信息××条。", "××"),
    ("D-02", E, "（文字描述，收取信息处理费情况在此处报告。）", "（文字描述，收取信息处理费情况在此处报告。）"),
    ("D-02", E, "共发布____条。", "____"),
    ("D-02", E, "0000年12月。", "0000年"),
    ("D-03", E, "**政府信息管理方面抓落实。", "**"),
    ("D-03", E, "公开信息&nbsp;多渠道。", "&nbsp;"),
    ("D-03", E, "[image: 图片3]", "[image: 图片3]"),
    ("D-04", E, "我部门未收到投诉。", "我部门"),
    ("D-04", E, "我局高度重视。", "我局"),
    ("D-04", W, "我乡高度重视。", "我乡"),
    ("D-04", W, "组织推动全省政府信息公开工作。", "全省"),
    ("D-05", E, "按照《中华人民共和国政府信息公开工作年度报告格式》（国办发〔2021〕30号）编制。", "国办发〔2021〕30号"),
    ("D-05", E, "按照《中华人民共和国信息公开条例》编制。", "中华人民共和国信息公开条例"),
    ("D-05", W, "按照甲政办发（2024）12号文件编制。", "（2024）12号"),
    ("D-05", W, "按照甲政办发〔2024〕第12号文件编制。", "〔2024〕第12号"),
    ("D-06", E, "按照国办公开办函〔2019〕60号要求编制。", "国办公开办函〔2019〕60号"),
    ("D-07", W, "按照《办法》要求办理。", "《办法》"),
    ("D-08", E, "坚持公开是常态，公开是例外。", "公开是常态，公开是例外"),
    ("D-08", E, "坚持习近平新时代中国特色社会思想。", "习近平新时代中国特色社会思想"),
    ("D-08", W, "坚持公开为原则，不公开为例外。", "公开为原则，不公开为例外"),
    ("D-08", W, "深入贯彻党的十九大精神。", "党的十九大精神"),
    ("D-09", W, "及时公开政务信心。", "政务信心"),
    ("D-09", W, "截止12月底，培训3次。", "截止"),
    ("D-09", W, "可登陆县政府网站查看。", "登陆"),
    ("D-09", W, "落实全会精神精神。", "精神精神"),
    ("D-09", E, "根据中共人民共和国有关法律。", "中共人民共和国"),
    ("D-10", W, "未收到政务信息公开申请。", "政务信息公开申请"),
    ("D-10", W, "镇政协委员提交提案。", "镇政协委员"),
    ("D-10", W, "人大代表提交提案4件。", "人大代表提交提案"),
    ("D-11", W, "发布信息,接受监督。", ","),
    ("D-11", W, "发布信息，。接受监督。", "，。"),
    ("D-11", W, "坚持“谁公开谁审查”、“谁审查谁负责”。", "”、“"),
    ("D-11", W, "发布信息 接受监督。", " "),
    ("D-11", W, "建成“一站式平台。", "“"),
    ("D-11", W, "1、加强领导。", "1、"),
    ("D-12", W, "统计到20251月1日。", "20251月"),
    ("D-12", W, "2025共收到建议。", "2025"),
    ("D-12", W, "于2025.1.29召开会议。", "2025.1.29"),
    ("D-12", W, "发布信息１２条。", "１２"),
    ("D-13", W, "公开政府信息260余，群众满意。", "公开政府信息260余"),
    ("D-13", W, "修订现行有效的规范性文件。", "现行有效的规范性文件"),
    ("D-14", W, "联系人手机13812345678。", "13812345678"),
    ("D-14", E, "申请人11010519491231002X。", "11010519491231002X"),
    ("D-15", I, "可在www.example.com查看。", "www.example.com"),
    ("D-17", W, "公开党务信息6条。", "党务信息6条"),
    ("D-18", W, "做到及时公开，不公开的政府信息决不公开。", "不公开的政府信息决不公开"),
    ("D-19", W, "联系鿍嘉镇。", "鿍"),
]  # fmt: skip

# What ordinary reports say: nothing may be found in any of it.
ORDINARY = [
    "2025年，我镇深入学习贯彻党的二十大和二十届历次全会精神，坚持以习近平新时代中国特色社会主义思想为指导。",
    "全年通过政府网站发布信息320余条，通过微信公众号推送信息约150条，较2024年增长12%。",
    "与2024年相比，公开信息数量增加30条，增幅明显。",
    "按照《2024年甲县政务公开工作要点》和《甲县人民政府办公室关于做好2025年政务公开工作的通知》（甲政办发〔2025〕12号）要求，逐项抓好落实。",
    "及时公开2025年财政预算和2024年财政决算，公开率100%。",
    "2025年1月，按时公布2024年政府信息公开工作年度报告。",
    "自2019年5月15日《条例》修订施行以来，我镇不断完善工作机制。",
    "2021年以来，共建成村级公示栏23处。",
    "“十四五”时期（2021—2025年），累计培训600人次。",
    "2024年度考核结果于2025年3月公布，我镇为优秀等次。",
    "针对2024年存在的解读形式单一问题，2025年新增图解6篇、短视频3个。",
    "2026年，我镇将继续做好政府信息公开工作，力争公开质量再上新台阶。",
    "收到县长热线、12345政务服务便民热线工单126件，办结126件，办结率100%，满意率98.4%。",
    "办理县人大代表建议2件、县政协委员提案3件，办理结果全部公开。",
    "落实“三审三校”制度，做到先审后发，打通服务群众“最后一公里”。",
    "依法应当公开的政府信息及时公开，不应公开的信息坚决不公开。",
    "镇政府信息公开工作领导小组由镇长任组长，分管领导任副组长，下设办公室，配备专职人员1名、兼职人员2名。",
    "乙镇人民政府政府信息公开办公室设在党政综合办。",
    "发放调查问卷200份，收回198份，群众满意度为97.5%。",
    "开展政府开放日活动2次，邀请群众代表、企业代表等40余人参加。",
    "一是加强组织领导，压实工作责任；二是严格保密审查，确保信息安全；三是强化业务培训，提升工作水平。",
    "县政府办公室对我镇政务公开工作进行了检查指导，我局干部等用语已按要求规范。".replace("我局干部等用语", "有关表述"),
    "在我县政务公开第三方评估中，我镇得分92.6分，位列全县乡镇第3名。",
    "未发生因政府信息公开引起的行政复议、行政诉讼，也未收到举报投诉。",
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号要求编制本报告。",
    "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），我镇未收取信息处理费。",
    "设置政务公开专区1处，配备查询电脑2台、自助终端1台，提供查阅服务500人次。",
    "重点公开乡村振兴、义务教育、社会救助、食品药品监管等领域信息，其中社会救助信息56条。",
    "一些栏目更新不够及时、解读形式不够丰富的问题仍然存在，主要原因是人员变动较大。",
    "截至2025年12月31日，共受理群众来信来访35件次，均已按期答复。",
    "联系电话：0123-4567890；电子邮箱：yizhen@jiaxian.gov.cn；邮政编码：123456。",
    "本报告电子版可在甲县人民政府网站（http://www.jiaxian.gov.cn）查阅和下载。",
    "村（居）务公开栏按季度更新，党务、村务、财务“三务”公开同步推进。",
    "全面推行基层政务公开标准化规范化，编制26个试点领域标准目录。",
    "按照省、市、县的统一部署，推动全县政务公开工作在我镇落地见效。",
    "对涉及群众切身利益的5项重大决策，广泛听取意见，一件一件抓落实，一步一步往前推。",
    "2024年至2025年，连续两年举办专题培训班，每年2期。",
    "由于经办人员变动，2024年发布的个别信息要素不全，现已补正。",
    "加强与群众的沟通，使群众反映的问题得到快速反应和妥善处置。",
    "坚持以公开为常态、不公开为例外，保障公众的知情权、参与权、表达权、监督权。",
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "text", "quote"), WRONG)
def test_a_wrong_wording(rule, severity, text, quote):
    assert [(one.rule, one.severity, one.quote) for one in said(text, "other")] == [(rule, severity, quote)]


@pytest.mark.parametrize("section", ["overview", "other", "problems"])
@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence(text, section):
    assert [(one.rule, one.message) for one in said(text, section)] == []


@pytest.mark.parametrize(
    ("agency", "text", "expected"),
    [
        ("甲县财政局", "我委答复申请。", ["D-04"]),
        ("甲县财政局", "我局答复申请。", []),
        ("甲县卫生健康委员会", "我委答复申请。", []),
        ("甲县卫生健康委员会", "我局答复申请。", ["D-04"]),
        ("甲县财政局", "自我局限性仍然存在，我委托专业机构评估。", []),
        ("甲县丙乡人民政府", "我镇高度重视。", ["D-04"]),
        ("甲县人民政府", "组织推动全省政府信息公开工作。", []),
    ],
)
def test_who_speaks(agency, text, expected):
    assert [one.rule for one in said(text, "other", agency) if one.section == "other"] == expected


def test_the_year_in_the_introduction():
    text = (
        good()
        .narrative("introduction")
        .replace("现公布", "按照做好2024年政府信息公开工作年度报告的要求，现公布")
    )
    found = [one for one in findings(with_text("introduction", text)) if one.rule.startswith("D-")]
    assert [(one.rule, one.severity, one.quote) for one in found] == [("D-01", E, "2024")]


def test_an_idle_abbreviation_is_told_with_an_undefined_one():
    text = (
        good().narrative("introduction").replace("（以下简称《条例》）", "和《某省规定》（以下简称《规定》）")
    )
    (found,) = [one for one in findings(with_text("introduction", text)) if one.rule == "D-07"]
    assert found.message == "《条例》使用前未注明全称和简称，已注明的《规定》未使用"


def test_the_unit_that_signs():
    report = good()
    report = replace(report, signature=replace(report.signature, agency="甲县财政全融局"))
    assert [(one.rule, one.section) for one in findings(report) if one.rule == "D-09"] == [
        ("D-09", "signature")
    ]


def test_a_county_adds_its_own_words():
    folder = user_data() / "wording"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text('[confusables]\n"乙真" = "乙镇"\n', encoding="utf-8")
    (folder / "b.toml").write_text("broken = [", encoding="utf-8")
    assert [one.message for one in said("乙真的信息。", "other")] == ["“乙真”应为“乙镇”"]


def test_the_settings_name_a_word_list_of_the_county(tmp_path):
    path = tmp_path / "本县词表.toml"
    path.write_text('[confusables]\n"甲现" = "甲县"\n', encoding="utf-8")
    report = good().with_narrative("other", "甲现的信息。")
    found = named("D-09", report, settings={"word_list": str(path)})
    assert [(one.message, one.repair.text) for one in found] == [("“甲现”应为“甲县”", "“甲现”改为“甲县”")]


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        (b"a = 1\nb = \n", "第2行不合格式"),
        (b"a = [\n", "末尾不完整"),
        ("[confusables]\n".encode("utf-16"), "不是UTF-8编码的文本"),
        (b'[[wrong]]\nrule = "D-09"\nmessage = "m"\n', "有一条缺少“find”"),
        ('[[wrong]]\nrule = "D-09"\nfind = "(甲"\nmessage = "m"\n'.encode(), "有一条的查找式“(甲”不成立"),
        (b"confusables = 5\n", "有一条的内容不合要求"),
        (b'[[wrong]]\nrule = "D-09"\nfind = "a"\nmessage = "m"\nseverity = "x"\n', "有一条的内容不合要求"),
        (None, "找不到词表“本县词表.toml”"),
    ],
)
def test_a_word_list_that_cannot_be_used_is_told_in_one_sentence(tmp_path, content, said_of_it):
    path = tmp_path / "本县词表.toml"
    if content is not None:
        path.write_bytes(content)
    lists = word_lists(str(path))
    (sentence,) = lists.complaints
    assert said_of_it in sentence
    assert "本县词表.toml" in sentence
    assert lists.wrong == word_lists().wrong


def test_a_word_list_left_out_is_told_on_the_command_line(tmp_path, capsys):
    folder = user_data() / "wording"
    folder.mkdir(parents=True)
    (folder / "b.toml").write_text("broken = [", encoding="utf-8")
    path = tmp_path / "年报.txt"
    path.write_text("甲县乙镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n公开信息。\n", "utf-8")
    cli.main(["check", str(path)])
    assert "词表“b.toml”末尾不完整，整份没有使用，请改正后再核对。" in capsys.readouterr().err


def test_every_pattern_compiles_and_has_a_known_rule():
    lists = word_lists()
    for wrong in lists.wrong:
        assert wrong.rule.startswith("D-")
        assert wrong.pattern
        assert wrong.right is None or wrong.unless
    assert len(lists.wrong) > 80
    assert lists.phrases
    assert lists.citations
    assert lists.topics


def test_a_caption_without_its_picture_is_told_and_with_it_not():
    """000-9: 各类栏目信息发布数量统计图 stands alone after a conversion."""
    caption = "宋村镇2020年各类栏目信息发布数量统计图"
    report = good().with_narrative("overview", f"公开信息237条。\n{caption}\n见统计图。")

    def told(one: Report) -> list[str]:
        return [each.quote for each in findings(one) if each.rule == "D-03"]

    assert told(report) == [caption]
    assert told(replace(report, pictures=(Picture("1.png", "overview", data=b"x"),))) == []
