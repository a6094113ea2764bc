"""The few longer texts of the window: what belongs on a page, the keys."""

from app.form.model import Section

# Keys that belong to no command of the menus: where they are pressed, what they do, the keys.
MORE_KEYS = (
    ("转到", "一至六各部分", "Alt+1 … Alt+6"),
    ("转到", "单位信息", "Alt+7"),
    ("转到", "检查", "Alt+8"),
    ("转到", "导出", "Alt+9"),
    ("转到", "送签", "Alt+S"),
    ("转到", "开始", "Alt+0"),
    ("查看", "放大、缩小字号", "Ctrl+滚轮"),
    ("表格", "向下，到底换块、换列", "Enter"),
    ("表格", "向右，到头换行", "Tab"),
    ("表格", "倒着走", "Shift+Enter"),
    ("表格", "清除", "Delete"),
    ("表格", "向下填充", "Ctrl+D"),
    ("表格", "向右填充", "Ctrl+R"),
    ("表格", "改一格里的字", "F2"),
    ("表格", "问的是不是", "Ctrl+Enter、Esc"),
    ("检查", "修复、写说明、绑定数字", "Ctrl+."),
    ("侧栏", "回到正在写的地方", "Esc"),
    ("登记", "打开可选的列表", "Alt+↓"),
    ("登记", "回到表格", "F7"),
)
REGISTER = (
    "一件申请登记一行，也可以从 Excel 里复制了粘贴进来。“填入表三”按登记算出表里的数，先看再填。",
    "申请人写“个人”“某某公司”“律所”都可以，记成表三里的类别，不记名称。",
    "答复期限数20个工作日，放假和调休按国务院办公厅公布的，超过的会提醒。",
)
_PAGES = {
    "start": "从去年的报告开始：导入去年的年报，结转数和文字自动带到今年。",
    "agency": "单位全称用在标题和落款；地址、电话等用在引言的联系方式里。成文日期是负责人签发的日期。",
    "introduction": "引言一般写明：编制依据，统计期限（1月1日至12月31日），报告由哪几部分组成，电子版从哪里下载，联系方式。",
    "review_all": "每改动一处，软件就把全部数字和文字核对一遍。错误必须改正，警告请核实，提示供参考。",
    "sign_off": "检查没有问题以后，打印送签单、送审稿和核对表给领导签字，回来登记姓名和日期，最后定稿。定稿以后内容不能再改。",
    "export": "选好格式和文件夹，按“导出”。还有空白或者错误时，只能导出标明“草稿”的文件。",
}


def for_page(key: str, section: Section | None) -> str:
    """What belongs on this page."""
    if section is None:
        return _PAGES.get(key, "")
    parts = [section.prompt]
    parts += [f"{aspect.label}：{aspect.prompt}" for aspect in section.aspects]
    return "\n".join(part for part in parts if part) or "照官方表格逐格填写，没有的填0。"
