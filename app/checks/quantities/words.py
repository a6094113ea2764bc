"""The words of the grammar: each kind with the ways in which reports write it; a form adds the words of its tables."""

import re
from functools import lru_cache

from app.checks.language.vocabulary import ON_REQUEST, REQUEST, vocabulary

NEXT_YEAR = r"(?:下一?年?度?|次年|明年|20\d\d\s*年度?)"
_CHANNEL = (
    r"(?:政府网站|(?:网上|网络|线上|在线)平台|网站|网络|网上|互联网|平台|信函|邮寄|邮政|来函|邮件|电子邮件|当面|现场|窗口"
    r"|线上|线下|电话|传真)"
)
_CASE = r"(?:案件|申请|案)?"
_AND = r"(?:、|和|及|以及|与|或者?)"
_PUT_IN = ("applicant", "result", "public", "outcome", "suit", "document", "decision")  # words of the tables

# kind → its words, tried in this order at each place of a text; what none of them is, is unknown
_KINDS: dict[str, str] = {
    "quoted": r"《[^》\n]{0,80}》|〔[^〕\n]{0,20}〕|“(?!零”)[^”\n]{0,60}”",
    # 比上年, 同比增加: how it was before, no topic of its own
    "compared": (
        r"同比|环比|(?:比|较(?![为大好]))(?:去年|上一?年度?(?!结转)|往年|20\d\d\s*年度?)(?:同期)?|较(?![为大好])"
        r"|增加(?!值)|减少|增长|下降"
    ),
    # 2024年, 截至12月31日: the year itself, of which the whole report is
    "period": (
        r"截至(?:目前|20\d\d\s*年)?(?:12月31日|年?底|年末)?|20\d\d\s*年度?(?:内|底|末)?|全年度?|本年度?内?|今年(?:以来)?|当年|"
        r"年内|年度内?|一年来|报告期内|年[底末](?!新?[收接]|受理)|目前|当前"
    ),
    # 当面、信函、网络等各种形式的: all ways, so no part
    # 当面、邮寄、网络等方式; 邮寄、传真等方式 are two of them
    "every_way": r"通过(?:各种|多种|各类|不同)(?:途径|渠道|方式|形式)|"
        rf"(?:通过)?(?:{_CHANNEL}(?:{_AND}{_CHANNEL}){{0,6}}等?(?:各种|多种|各类|[两三四五六]种)"
        rf"|(?=[^，。；\n]{{0,16}}(?:网|线上|电子)){_CHANNEL}(?:{_AND}{_CHANNEL}){{2,6}}(?:提交|递交|提出)?等?[三四五六]?种?)(?:形式|方式|渠道|途径)(?:的|提出|提交)*",
    # 尚未届满答复期限, 均在办理期限内: not done yet
    "in_time": r"(?:尚)?未(?:届满|超过|到期?)(?:法定)?(?:答复|办理)期限?|(?:仍|尚|均|还)?在(?:法定)?(?:答复|办理)期限(?:之)?内",
    # 上年结转的, 上年度结转到本年继续办理的, 上年度没有结转的, 结转下年度继续办理, 转下一年度答复, 顺延至2025年
    "carried_in": r"上(?:一)?年度?未办结的?(?=\d)|上(?:一)?年度?(?:末)?(?:的|未办结、?)?(?:结转|转结|转入|遗留)"
    r"(?:(?:至|到|入)?(?:本|今)年度?(?:答复|处理)?)?(?:的|(?:继续)?办理|继续答复)*"
    r"|(?:结转|转结|转入|顺延)(?:至|到|入)?(?:本|今)年度?(?:继续)?(?:办理|答复|处理)*|上(?:一)?年度?(?=(?:没有|无|未)(?:结转|遗留))",
    "carried_out": rf"(?:结转|转结|顺延|延至|转入|转)(?:至|到|入)?{NEXT_YEAR}(?:度)?(?:继续|办理|答复|处理|的|事项)*|(?:结转|转结)继续办理",
    "carried": r"结转|转结|顺延",
    # 未收取信息处理费: of money
    "fee": r"(?:信息)?处理费|收费|费用",
    **dict.fromkeys(_PUT_IN, ""),
    "reviews": rf"(?:行政)?(?:复议|诉讼){_CASE}{_AND}(?:被?提起|被?申请)?(?:行政)?(?:复议|诉讼|应诉){_CASE}",
    # 复议机关: who decides
    "reconsideration": rf"(?:行政)?复议(?!机关){_CASE}",
    "lawsuit": r"(?:行政)?诉讼(?:案件|案)?|行政应诉(?:案件|案)|(?<!直接)(?<!复议后)(?<!再)起诉",
    # 行政复议维持1件: an outcome in short
    "brief": r"(?<=复议)(?:结果)?(?:为)?(?:维持|纠正)|(?<=诉讼)(?:结果)?(?:为)?(?:维持|纠正)",
    # 政府信息公开申请; 要求公开政府信息的申请
    "request": REQUEST,
    "ask": r"(?:提出|提交)?(?:申请|要求|提请)(?:我[镇乡局]|本机关)?(?:公开|获取)(?:的|政府|政务|相关|有关|各类)*信息(?:的)?",
    "on_request": ON_REQUEST + r"(?!工作(?!零)|制度|流程|规定|渠道|目录)",
    # 公民、法人和其他组织: whoever asks
    "people": rf"(?:向)?(?:公民(?:{_AND}法人(?:{_AND}其[他它](?:社会)?组织)?)?"
        rf"|社会公众|群众|公众|申请人|当事人)",
    # 法人和其他组织, without 公民 before them: some of those who ask
    "bodies": rf"(?:向)?法人{_AND}其[他它](?:社会)?组织(?!\d)",
    # 申请 alone: of what, only its surroundings tell
    "apply": r"申请(?![表书]|资金|项目|条件|材料)",
    # 办结率: no number of cases
    "rate": r"(?:办结|答复|回复|办复|登记|规范|满意|受理)率",
    "amount": r"(?:受理|收到|办件|办理)?(?:总量|总数量?|数量?|件数|量)(?!化|据)",
    # 收到, 新收, 受理: it came; 办结, 答复: it was done with
    "came": r"新收到?|新增|(?:收到|接收到|接到|接收|接受|接获|收悉)(?:和|并|、|及)?(?:受理|登记)?|受理|登记|共有|收件(?![箱人地])",
    # 都已答复到位, 全部回复完毕, 件件有回音
    "done": r"(?:答复|回复|办理)到位|回复完毕|件件有(?:回音|答复|着落)"
    r"|(?:办结|答复|办复)(?:总?数量?|件数|量)(?!化|据)|办结(?:和|并|、)?(?:答复)?"
    r"|(?:办理|处理)?(?:并|、|和)?答复(?:完毕)?|(?:办理|处理)(?:完毕|完结|完成)|办复|办理结果",
    "handled": r"办理|处理",
    # 制发, 废止, 现行有效: what becomes of a document
    "issued": r"新?(?:制定)?(?:制发|出台|制定|印发)|新(?:发布|公布)",
    "repealed": r"废止",
    "in_force": r"现行有效|(?:继续|保留|仍然|仍)(?:有效|施行|执行)|现有|有效(?=的?(?:行政)?规范性)",
    # 其中, 分别: some of those before
    "among": r"其中|其余|分别|另外?",
    # 继续保持零申请
    "keeping": r"(?:继续|持续)?保持了?",
    # 书面申请, 以纸质形式提出的申请: one way of several, though it may be the only one
    "written": rf"(?:书面|纸质)(?=(?:形式|方式|材料|提交|提出|递交|的)*(?:{REQUEST}|申请))|纸质",
    # 20个工作日内, 通过网络, 延期, 口头, 来信申请, 年末收到的, 第一季度: of some only
    "part": (
        r"\d\d个工作日内?|年[末底](?=新?[收接]到?|受理)|第?[一二三四]季度|[上下]半年|[上中下]旬|(?<![至到自\-—\d])\d{1,2}月(?:\d{1,2}日(?:前|后)?|(?<!年\d月)(?<!年\d\d月)(?:份|底|末|初)?)(?=新?收|接到|受理)|"
        rf"通过|{_CHANNEL}|渠道|涉及(?!政府信息)|关于|针对|延期|延长|逾期|口头|当场|书面(?=答复|回复|办结|告知)|(?:来信|来访|上门|柜台)(?=申请)|当日|提前|同意|转办|转来|指导|协助|配合|会同|"
        rf"代(?!表)为?|参与|补正|撤回|撤销|终止|继续|尚有|拟|部分|无法|不予|未(?=办(?!理(?:过|任何)?(?:政府|依申请|信息))|答|结|完)"
    ),
    # 低保, 提案: what is no request for information
    "other": (
        r"许可|审批|救助|补[贴助]|低保|住房|危房|宅基地|用地|登记证|办证|证[照明书]|鉴定|认定|评定|资金|项目|就业|培训|入[党团]|调解|仲裁|执行|提案|建议|"
        r"信件|留言|热线|工单|举报|信访|来信|来电|咨询|问题|诉求|投诉|业务|服务|(?<!申请)事项"
    ),
    # 未, 没有, 无: there is none
    "nil": r"(?:并|尚|暂)[未无](?!来|经)|未曾?(?!来|经)|没有|从未|尚未|无一(?:人|起|件|例|宗)?|无人"
    r"|无(?!法|论|关|效|需|故|偿|障|线|纸|锡|正当)|不存在",
    # 为零, 零申请
    "zero": r"(?<=为)[“\"]?(?:零|0)[”\"]?(?![\d.])|零(?=申请|发生|受理|答复|复议|诉讼)",
    # 公开, 发布: shown, though perhaps not all
    "showing": r"(?:动态)?(?:清理|公开|发布|公布|公示|更新|集中|归集)",
    # 以县政府名义, 起草, 转发: not this agency's own of the year
    "shared": r"名义|起草|失效|修改|修订|备案|审查|审核|转发|解读|计划|草案|听证|抽查|评查|标注|涉及(?!政府信息)",
    # 我镇, 镇党政综合办公室, 综合行政执法大队: the agency and its own offices; 县政府办公室 is another
    "own": (
        r"[镇乡]?依申请公开(?:受理)?窗口|以我?[镇乡](?:人民)?政府名义|(?:我(?:街道|单位|机关|[镇乡局委办县区市省])|本(?:街道|机关|单位|[镇乡局委办县])|全(?:街道|[镇乡]))"
        r"(?:(?:党政(?:综合)?|政务公开|综合)?办公室|党政(?:综合)?办(?!理|公)|综合(?:行政)?执法(?:大队|中队|队|办(?!理)))?"
        r"|(?<![各府县市区省])[镇乡](?:人民)?政府(?!信息|网)|(?<![府县市区省局委部厅])(?:[镇乡]?党政(?:综合)?办公室|[镇乡]?党政(?:综合)?办(?!理|公)|(?:[镇乡]|综合)办公室|[镇乡]?综合(?:行政)?执法(?:大队|中队|队))"
    ),
    "many_years": r"历年|近[两二三四五六七八九十\d]+年|年均|平均",
    # 均, 全部: all of them
    "all": r"均|全部|所有|都(?!市|要)",
    "filler": (
        r"共计?|合计|总计|累计|一共|总共|各类|各种|任何形式|任何|有效|提出|提交|社会|依法|依规|按时|按期|及时|案件|剩余|余下|类型|类别|情形|情况|发生|产生|出现|存在|引发|"
        r"引起|但|而|既|仍|还|同时|提起|被|因|涉(?:及)?|类|各$|方面|领域|向|对|作出|做出|作|实施|宣布|予以|给予|件|过|并|其|已|经|也|则|且|后|和|及|与|或|的|了|到|新|为|计|"
        r"复议机关|前来|在册|在案|递交|呈交|提请|来自|应办|应予办理|达到?|清理后|经清理|(?:相关|有关|此类)(?=(?:公开)?申请)|等(?=(?:行政)?规范性)|而|以(?=“)|为由|(?:并)?不掌握(?:相关|有关|该)*(?:政府)?(?:信息)?|有|是|于|在|内|数|时|由|共|期限|法定|规定|决定书?|决议|(?<=强制)措施|(?:政府|政务)?信息公开|政府信息|工作|中|公开(?=行政)|主体|结果|\d+(?:名|人|位)(?:次)?(?=群众|公民|村民|居民|申请人|当事人)|等(?=情况|情形|案件|现象)|(?<=申请)事项"
    ),
}  # fmt: skip


# with one of these every word begins: at most places of a text stands none of them, and no kind has to be tried
_BEGINS = (
    "一三上下不与且业个中为主举也乡书了予事二于互产今仍从代以仲件任企会传但低住余作依保信修做党入全公共关其内决准减出分则到制前剩办动协印危历参及发受口另各合同名后向听呈和咨四回因在均培增处备复失存宅实审宣"
    "对尚就工已平年并应废延建引归当总情我或截所执投报抽拟持指按接措提撤收政救数新方无既时是暂更有服期未本来柜标案此比没法涉清渠满热环现用由申电留登的目相社窗第等答类累纠纸线终经结给继维综网群而草行补被要规"
    "解计认许证评诉调费资起转较达过近还递通逾邮部都配量鉴针镇问集零项顺领"
    r"“\"《〔、，,；;：:（()）。！？!?\n\d"
)

# 个人申请5件: applicants in short, right before a number
_IN_SHORT = tuple(
    rf"{who}(?=(?:提出|提交)?(?:的)?申请(?:共|有)?$|(?:提出|提交)的?(?:共|有)?$)|(?<=来自){who}(?=的?(?:申请)?(?:共|有)?$)"
    for who in ("个人", "企业")
)


@lru_cache(maxsize=8)
def pattern_of(form_id: str) -> re.Pattern[str]:
    """One pattern for every word of the grammar; the name of the group that matched is its kind."""
    words = vocabulary(form_id)
    put_in: dict[str, list[str]] = {
        "applicant": [*words.columns, "法人(?=申请)", *_IN_SHORT],
        "result": [*words.rows],
        "outcome": [*words.outcomes],
        "suit": [*words.suits],
        "document": [*words.row_names("art20_1", "normative_documents")],
        "decision": [words.names[ref] for ref in DECISIONS],
    }
    kinds = dict(_KINDS)
    for kind, known in put_in.items():
        escaped = [one if "(?" in one else re.escape(one) for one in known]
        kinds[kind] = "|".join(sorted(escaped, key=len, reverse=True))
    kinds["public"] = r"(?<!申请)(?<!主动)(?<!信息)(?:同意)?公开答复|答复公开|同意公开|准予公开"
    kinds["mark"] = r"[，,；;（()）。！？!?\n]"
    kinds["soft"] = r"[、：:]"  # ends a clause only behind a number: 公民、法人; 自然人6件、企业2件
    begins = _BEGINS + "".join({one[0] for known in put_in.values() for one in known if "(?" not in one})
    return re.compile(f"(?=[{begins}])(?:{'|'.join(f'(?P<{kind}>{ways})' for kind, ways in kinds.items())})")


DECISIONS = (("art20_5", "licensing"), ("art20_6", "penalty"), ("art20_6", "enforcement"))
