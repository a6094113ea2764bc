"""Sums, shares and rates (I-01, I-03, I-04, I-07), and texts that contradict themselves in nothing."""

from random import Random

import pytest

from tests.checks.texts import E, W, internal

WRONG = [
    ("I-01", E, "公开文件18条，其中甲类10条，乙类9条，丙类3条。"),
    ("I-01", W, "公开文件18条，其中甲类1条，乙类4条，丙类3条，丁类1条，戊类1条，己类6条。"),
    ("I-01", W, "财政管理类信息6条（其中预算2条、决算1条、“三公”经费1条）。"),
    ("I-01", E, "发布消息48条。从内容分类看，机构职能1条，工作动态31条，政策文件10条。"),
    ("I-01", W, "发布消息61条，其中减税降费5条，预算7条，其他文件58条等。"),
    ("I-01", W, "发布消息100条，其中通过网站发布80条，通过微信公众号发布30条，通过公示栏发布10条。"),
    (
        "I-01",
        W,
        "行政复议40件，其中维持20件，纠正8件，其他结果7件，未审结4件；行政诉讼9件，其中维持4件，纠正2件，其他3件。",
    ),
    ("I-03", W, "制发文件400条，主动公开文件100条，占比30%。"),
    ("I-03", W, "信息发布量由100条增加到150条，同比增长40%。"),
    ("I-04", W, "收到留言40件，已办结30件，办结率为80%。"),
    ("I-07", W, "发布消息47条，其中公众号36条，报纸6篇，电视5篇。"),
]


RIGHT = [
    "行政复议40件，其中结果维持20件，结果纠正8件，其他结果7件，尚未审结5件；行政诉讼9件，其中结果维持4件，结果纠正2件，其他结果3件。",
    "收到来信9件，上年结转1件，其中网络5件，信函5件。",
    "公开信息237条，其中公众号发布162条，总阅读量28.8万次；网站发布75条，从内容分类看，公示2条，职能6条，动态67条。",
    "发布消息500条，其中重点领域120条、政策解读30条。",
    "公开政策文件12条，其中涉及教育的3条。",
    "700余条信息中，其中公众号发布150余条，网站发布450余条。",
    "全年发布消息300多条，其中动态100条，解读150条，公示120条。",
    "共收到12件，其中自然人10件（网络8件，信函2件），法人2件。",
    "发布消息10条，包括公示4条、动态6条；举办政府开放日活动2次，培训3场次。",
    "发布信息100条，较去年增加20条，其中动态60条，公示40条，累计阅读90条。",
    "收到申请2件，办结2件，其中公开答复1件，无法提供1件。",
    "制作信息473条，其中主动公开123条，依申请公开245条，不予公开105条。主动公开的占26%。",
    "制作信息509条，主动公开107条，占21.02%；另有依申请公开信息354条。",
    "收到各类信件24件，已办结回复24件，办结率为100%。",
    "收到留言3件、咨询5件，办结率100%。",
    "信息发布量由100条增加到150条，同比增长50%。",
    "一是加强领导，包括：一是专题研究；二是定期调度。二是强化培训。三是抓好落实。",
    "存在问题：一是公开不够。二是解读不够。改进：一是加强公开。二是加强解读。",
    "政府信息公开的第一责任人是镇长，第三方评估结果良好，这一是非明确。",
    "从以下三方面做好工作：（一）加强领导。（二）强化培训。（三）抓好落实。",
    "围绕以下几个方面开展工作：一是加强领导；二是强化培训。",
    "坚持以习近平新时代中国特色社会主义思想为指导。坚持以习近平新时代中国特色社会主义思想为指导。",
    "政策解读和回应关切分别为20条、10条，图解1个。",
    "全年主动公开政府信息49条；收到依申请公开信息0条；教育系统公开信息12条；便民中心公开信息7条。",
    "开设专区1个、公开栏23处，发放资料1200余份，接待群众350人次。",
]


@pytest.mark.parametrize(("rule", "severity", "text"), WRONG)
def test_a_text_that_contradicts_itself(rule, severity, text):
    assert [(one.rule, one.severity) for one in internal(text)] == [(rule, severity)]


@pytest.mark.parametrize("text", RIGHT)
def test_a_text_that_does_not(text):
    assert [one.message for one in internal(text)] == []


def test_both_scopes_are_told():
    (one,) = internal("公开政府信息212条。其中发布动态143条，公开目录67条；公开办理须知28条；转载消息45条。")
    assert one.message.startswith(
        "分项之和（只计到第一个分号为210）与总数（212）不符，差2；计全句为283，也不符"
    )
    assert dict(one.values) == {"left": "212", "right": "210"}
    assert one.repair is None, "two readings: which number is wrong only the clerk knows"


@pytest.mark.parametrize("seed", range(30))
def test_parts_made_from_a_total_and_one_moved(seed):
    random = Random(seed)
    parts = [random.randint(2, 60) for _ in range(random.randint(3, 8))]
    names = ["动态", "公示", "职能", "规划", "人事", "解读", "文件", "执行"]

    def told(values):
        listed = "，".join(f"{name}{value}条" for name, value in zip(names, values, strict=False))
        return f"共发布消息{sum(parts)}条。从内容分类看，{listed}。"

    assert internal(told(parts)) == []
    parts_moved = [parts[0] + 1, *parts[1:]]
    assert [one.rule for one in internal(told(parts_moved))] == ["I-01"]
