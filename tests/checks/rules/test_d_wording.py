"""Placeholders, residue, self-reference, set phrases, confusables, terms (D-02 … D-18), and ordinary sentences."""

from dataclasses import replace

import pytest

from app.report.model import Picture, Report
from tests.checks.reports import findings, good
from tests.checks.texts import E, W, said

WRONG = [
    ("D-02", E, "《[具体地名]镇人民政府信息公开指南》", "[具体地名]"),
    ("D-02", E, "可在门户网站（具体网址）查阅。", "（具体网址）"),
    ("D-02", E, "发布信息XX条。", "XX"),
    ("D-02", E, "发布信息X万余条。", "X"),
    ("D-02", E, "全年发布信息××条。", "××"),
    ("D-02", E, "（文字描述，收取信息处理费情况在此处报告。）", "（文字描述，收取信息处理费情况在此处报告。）"),
    ("D-02", E, "共发布____条。", "____"),
    ("D-02", E, "0000年12月。", "0000年"),
    ("D-03", E, "**政府信息管理方面抓落实。", "**"),
    ("D-13", W, "全年发布**条信息。", "**"),
    ("D-03", E, "公开信息&nbsp;多渠道。", "&nbsp;"),
    ("D-03", E, "[image: 图片3]", "[image: 图片3]"),
    ("D-04", E, "我部门未收到投诉。", "我部门"),
    ("D-04", E, "我局高度重视。", "我局"),
    ("D-04", W, "我乡高度重视。", "我乡"),
    ("D-04", W, "组织推动全省政府信息公开工作。", "全省"),
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
    ("D-12", W, "统计到20251月1日。", "20251月"),
    ("D-12", W, "2025共收到建议。", "2025"),
    ("D-12", W, "于2025.1.29召开会议。", "2025.1.29"),
    ("D-12", W, "发布信息１２条。", "１２"),
    ("D-13", W, "公开政府信息260余，群众满意。", "公开政府信息260余"),
    ("D-13", W, "修订现行有效的规范性文件。", "现行有效的规范性文件"),
    ("D-17", W, "公开党务信息6条。", "党务信息6条"),
    ("D-18", W, "做到及时公开，不公开的政府信息决不公开。", "不公开的政府信息决不公开"),
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


def test_the_unit_that_signs():
    report = good()
    report = replace(report, signature=replace(report.signature, agency="甲县财政全融局"))
    assert [(one.rule, one.section) for one in findings(report) if one.rule == "D-09"] == [
        ("D-09", "signature")
    ]


def test_a_caption_without_its_picture_is_told_and_with_it_not():
    """000-9: 各类栏目信息发布数量统计图 stands alone after a conversion."""
    caption = "宋村镇2020年各类栏目信息发布数量统计图"
    report = good().with_narrative("overview", f"公开信息237条。\n{caption}\n见统计图。")

    def told(one: Report) -> list[str]:
        return [each.quote for each in findings(one) if each.rule == "D-03"]

    assert told(report) == [caption]
    assert told(replace(report, pictures=(Picture("1.png", "overview", data=b"x"),))) == []


def test_a_date_with_points_is_written_out():
    (found,) = [one for one in said("2024.01.05召开会议。") if one.rule == "D-12"]
    assert found.message == "日期“2024.01.05”应写作“2024年1月5日”"
    assert [one.new for one in found.repair.edits] == ["2024年1月5日"]


def test_a_number_that_was_hidden_is_no_residue():
    assert [one.rule for one in said("电话：057****58。", "other") if one.rule in ("D-03", "D-13")] == []


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("不断提高公开力度。", "D-18", "“提高公开力度”搭配不当，宜用“加大”"),
        ("应公开的信息不公开，", "D-18", "“应公开的信息不公开”与要说的意思相反，请核对"),
        ("关注人数为人。", "D-13", "“为人”：缺少数字"),
        ("落实双随机、双公开监管。", "D-08", "“双随机、双公开”应为“双随机、一公开”"),
        ("请各部门认真落实。", "D-04", "“请各部门”：是上级通知的口吻，请改为本单位的工作"),
    ],
)
def test_the_reason_of_an_entry_says_which_check_it_is(text, rule, message):
    assert (rule, message) in {(one.rule, one.message) for one in said(text)}


@pytest.mark.parametrize("text", ["对个人信息作隐去处理。", "对网站信息作全面梳理。"])
def test_what_is_done_to_information_is_no_lost_character(text):
    assert [one for one in said(text) if one.rule == "D-09"] == []
