"""Texts of 总体情况 and the aspects that each of them treats: one table for the check, the buttons and the offered paragraphs."""

ALL = ("proactive", "on_request", "management", "platforms", "supervision")

WRITTEN = {
    "nothing": ("", ()),
    "one sentence that lists all five": (
        "本年按上级要求开展主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障等工作。",
        (),
    ),
    "a list that begins the paragraph": ("主动公开、依申请公开、政府信息管理等工作有序开展。", ()),
    "their words only": (
        "全年公开政府信息5条，政府网站1个，开展培训和考核，清理文件，收到信息公开申请0件。",
        (),
    ),
    "a name in the middle of a paragraph": ("一年来，全镇上下高度重视，认真做好监督保障，成效明显。", ()),
    "a name far behind the beginning": ("我镇始终坚持把群众关切摆在首位做好主动公开。", ()),
    "sub-headings": (
        "（一）主动公开。全年5条。\n（二）依申请公开。收到0件。\n（三）政府信息管理。做好审核。\n（四）平台建设。网站1个。\n（五）监督保障。培训1次。",
        ALL,
    ),
    "sub-headings by a part of the name that is none": (
        "（一）主动公开。全年5条。\n（二）依申请。收到0件。\n（三）信息管理。做好审核。\n（四）政府网站。有1个。\n（五）培训。1次。",
        ("proactive", "management"),
    ),
    "items inside one paragraph": (
        "第一，主动公开。5条。第二，依申请公开。0件。第三，政府信息管理。第四，平台建设。第五，监督保障。",
        ALL,
    ),
    "headings with quotation marks and spaces": (
        "1.主动 公开方面。5条。\n2.依申请公开。\n3.筑牢信息“质量关”。\n4.信息公开平台建设。\n5.监督保障。",
        ALL,
    ),
    "paragraphs without numbers": (
        "主动公开方面，全年5条。\n依申请公开：收到0件。\n规范政府信息管理。\n加强平台建设，网站1个。\n监督保障\n培训1次。",
        ALL,
    ),
    "an own paragraph beside sub-headings": (
        "（一）主动公开。全年5条。\n依申请公开方面，收到0件。\n（二）平台建设。网站1个。",
        ("proactive", "on_request", "platforms"),
    ),
    "a name inside another one's part": (
        "（一）主动公开。依申请公开0件。\n（二）平台建设。网站1个。",
        ("proactive", "platforms"),
    ),
    "two together": (
        "（一）主动公开和依申请公开。5条，0件。\n信息管理和平台建设情况：做好审核，网站1个。",
        ("proactive", "on_request", "management", "platforms"),
    ),
    "a heading as of a section": ("五、公开平台建设情况\n网站1个。", ("platforms",)),
}
