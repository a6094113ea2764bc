"""Every command of the window in one table: menu, words, keys, whether it needs an open report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.exporting import formats

FILE, EDIT, VIEW, REPORT, HELP = "文件(&F)", "编辑(&E)", "查看(&V)", "报告(&R)", "帮助(&H)"


@dataclass(frozen=True, slots=True)
class Command:
    """`key` names the method that the window gives for it; a line stands in the menu before one with `is_apart`."""

    key: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    needs_report: bool = True
    is_apart: bool = False
    hint: str = ""
    preference: str = (
        ""  # the name under which it is remembered whether it is on (it is before it is ever chosen)
    )


COMMANDS = (
    Command("from_last_year", FILE, "从去年的报告开始…", ("Ctrl+N",), False),
    Command("blank", FILE, "新建空白报告…", ("Ctrl+Shift+N",), False),
    Command("open", FILE, "打开…", ("Ctrl+O",), False),
    Command("save", FILE, "保存", ("Ctrl+S",), is_apart=True, hint="保存报告"),
    Command("save_as", FILE, "另存为…", ("Ctrl+Shift+S",)),
    Command("export", FILE, "导出", ("Ctrl+E",), hint=f"导出{formats.names()}"),
    Command("page_settings", FILE, "版面设置…", (), hint="页码、表格底色、版头（红头）和版记"),
    Command("print", FILE, "打印…", ("Ctrl+P",), hint="打印报告和送审材料"),
    Command(
        "copy_text",
        FILE,
        "复制正文",
        ("Ctrl+Shift+C",),
        hint="连同三张表，粘贴到网站的编辑框里，边框和对齐都在",
    ),
    Command(
        "redline",
        FILE,
        "花脸稿…",
        ("Ctrl+Shift+D",),
        hint="与送审稿、以前的版本或上年相比改了什么，标在稿子上",
    ),
    Command(
        "edited_copy",
        FILE,
        "读回改稿…",
        ("Ctrl+Shift+R",),
        hint="领导在 Word 里改过的稿子，一处一处看过，再放进报告",
    ),
    Command("collect", FILE, "收数表…", (), hint="做一张发给村、站所填数的表；收回来加在一起，填入报告"),
    Command("rollup", FILE, "县级汇总…", (), False, hint="各单位的状态、问题和三张表的合计"),
    Command("versions", FILE, "历史版本…", ("Ctrl+Shift+H",), hint="看、比较、恢复以前保存的版本"),
    Command("settings", FILE, "设置…", ("Ctrl+,",), False, True, "期限、词表、字体、字号和深浅"),
    Command("close_report", FILE, "关闭报告", ("Ctrl+W",), is_apart=True),
    Command("quit", FILE, "退出", ("Ctrl+Q",), False),
    Command("undo", EDIT, "撤销", ("Ctrl+Z",)),
    Command("redo", EDIT, "重做", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command(
        "cut", EDIT, "剪切\tCtrl+X", is_apart=True
    ),  # the field that has the keyboard knows the keys itself
    Command("copy", EDIT, "复制\tCtrl+C"),
    Command("paste", EDIT, "粘贴\tCtrl+V"),
    Command("select_all", EDIT, "全选\tCtrl+A"),
    Command("find", EDIT, "查找…", ("Ctrl+F",), is_apart=True),
    Command("replace", EDIT, "查找和替换…", ("Ctrl+H",)),
    Command("previous", VIEW, "上一部分", ("Ctrl+PgUp",)),
    Command("next", VIEW, "下一部分", ("Ctrl+PgDown",)),
    Command("go_to", VIEW, "转到…", ("Ctrl+G",), hint="输入几个字或拼音首字母，转到一页、一格"),
    Command("pane", VIEW, "在列表、页面和侧栏之间切换", ("Ctrl+F6",)),
    Command(
        "panel", VIEW, "收起或展开侧栏", ("Ctrl+\\",), is_apart=True, hint="检查、说明、上年、预览在旁边"
    ),
    Command("last", VIEW, "对照上年", ("Shift+F9",), hint="在旁边显示上年报告的这一部分"),
    Command("preview", VIEW, "预览打印页面", ("F9",), hint="在旁边显示打印出来的页面"),
    Command(
        "repeated",
        VIEW,
        "标出与上年相同的句子",
        hint="一、五两部分里除了年份和数字与上年相同的句子，左边画一条竖线",
        preference="repeated",
    ),
    Command("larger", VIEW, "放大字号", ("Ctrl++", "Ctrl+="), False, True),
    Command("smaller", VIEW, "缩小字号", ("Ctrl+-",), False),
    Command("standard_size", VIEW, "标准字号", ("Ctrl+0",), False),
    Command("check", REPORT, "检查", ("Ctrl+K",), hint="查看全部检查结果"),
    Command("next_finding", REPORT, "下一处问题", ("F8",)),
    Command("previous_finding", REPORT, "上一处问题", ("Shift+F8",)),
    Command("next_pending", REPORT, "下一处待更新", ("F6",), is_apart=True),
    Command("register", REPORT, "申请登记", ("F7",), is_apart=True, hint="一件申请登记一行，可以算出表三"),
    Command("counts", REPORT, "渠道和栏目数量…", hint="填一张小表，写出一句话、核对合计、画统计图"),
    Command("attachments", REPORT, "附件…", hint="附件名称列在正文后面，写了内容的印在报告后面"),
    Command("prior", REPORT, "换一份上年报告来对照…", is_apart=True),
    Command("note", HELP, "填报说明", ("F1",)),
    Command("manual", HELP, "使用手册", ("Ctrl+F1",), False),
    Command("example", HELP, "看看示例", (), False, hint="打开一份写完的报告看看"),
    Command("keys", HELP, "键盘操作", ("Shift+F1",), False),
    Command(
        "support", HELP, "收集问题信息…", (), False, hint="运行记录、版本和字体情况，存成一个文件交给维护人员"
    ),
    Command("about", HELP, "关于年报助手", (), False, is_apart=True),
)
TOOLBAR = ("save", "undo", "redo", "find", "print")  # 检查 and 导出 stand in the list of parts
MOST_STEPS = 10  # of undo in a list
# Alt+1 … Alt+6 are 一 … 六; the other pages follow.
PAGE_KEYS = "123456"
OTHER_PAGE_KEYS = {
    "start": "Alt+0",
    "agency": "Alt+7",
    "review_all": "Alt+8",
    "sign_off": "Alt+S",
    "export": "Alt+9",
}


class Actions:
    """The QActions by key, and the menus that hold them."""

    def __init__(self, window: QWidget, calls: Mapping[str, Callable[[], object]]) -> None:
        self._window = window
        self.by_key: dict[str, QAction] = {}
        for command in COMMANDS:
            self.by_key[command.key] = self._make(command, calls[command.key])
        self.pages: QMenu | None = None
        self.recent: QMenu | None = None
        self.history: QMenu | None = None  # the last steps, each of which can be undone with those after it

    def _make(self, command: Command, call: Callable[[], object]) -> QAction:
        action = QAction(command.words, self._window)
        action.setIconText(command.words.partition("\t")[0].rstrip("…"))  # on the toolbar
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(bool(command.preference))
        action.triggered.connect(lambda _checked=False: call())
        if command.hint:
            keys = f"（{command.keys[0]}）" if command.keys else ""
            action.setToolTip(command.hint + keys)
        self._window.addAction(action)
        return action

    def __getitem__(self, key: str) -> QAction:
        return self.by_key[key]

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus, and in 查看 the one of all pages."""
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            menu = menus.get(command.menu)
            if menu is None:
                menu = menus[command.menu] = bar.addMenu(command.menu)
            elif command.is_apart:
                menu.addSeparator()
            menu.addAction(self.by_key[command.key])
            if command.key == "open":
                self.recent = menu.addMenu("最近的报告")
            if command.key == "redo":
                self.history = menu.addMenu("撤销到")
        menus[VIEW].addSeparator()
        self.pages = menus[VIEW].addMenu("各部分")

    def fill_pages(self, places: list[tuple[str, str]], go: Callable[[str], object]) -> None:
        """(key, title) of every page, with its keys."""
        if self.pages is None:
            return
        for old in self.pages.actions():
            self._window.removeAction(old)
        self.pages.clear()
        numbers = iter(PAGE_KEYS)
        for key, title in places:
            action = QAction(title.replace("&", "&&"), self.pages)
            if key in OTHER_PAGE_KEYS:
                action.setShortcut(QKeySequence(OTHER_PAGE_KEYS[key]))
            elif "、" in title:
                action.setShortcut(QKeySequence(f"Alt+{next(numbers, '')}"))
            action.triggered.connect(lambda _checked=False, key=key: go(key))
            self.pages.addAction(action)
            self._window.addAction(action)

    def fill_recent(self, paths: Callable[[], Sequence[Path]], open_: Callable[[Path], object]) -> None:
        """最近的报告 by the names of their files, anew each time the menu opens."""
        menu = self.recent
        if menu is None:
            return

        def refill() -> None:
            menu.clear()
            for path in paths():
                action = menu.addAction(path.stem.replace("&", "&&"))
                action.setToolTip(str(path))
                action.triggered.connect(lambda _checked=False, path=path: open_(path))
            if menu.isEmpty():
                menu.addAction("还没有").setEnabled(False)

        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(refill)

    def fill_history(self, names: Callable[[], Sequence[str]], undo: Callable[[int], object]) -> None:
        """撤销到: the last steps by what each was, the latest first, anew each time the menu opens."""
        menu = self.history
        if menu is None:
            return

        def refill() -> None:
            menu.clear()
            for number, name in enumerate(names(), 1):
                times = f"（撤销{number}步）" if number > 1 else ""
                action = menu.addAction(f"{name}{times}".replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, number=number: undo(number))
            if menu.isEmpty():
                menu.addAction("没有可以撤销的").setEnabled(False)

        menu.aboutToShow.connect(refill)

    def restore(self, preference: Callable[[str, bool], object]) -> None:
        """Set what is on or off as it was left."""
        for command in COMMANDS:
            if command.preference:
                self.by_key[command.key].setChecked(bool(preference(command.preference, True)))

    def refresh(self, has_report: bool, undo: str, redo: str, is_modified: bool) -> None:
        for command in COMMANDS:
            self.by_key[command.key].setEnabled(has_report or not command.needs_report)
        for key, words, name in (("undo", "撤销", undo), ("redo", "重做", redo)):
            action = self.by_key[key]
            action.setText(f"{words} {name}".rstrip())
            action.setIconText(words)  # on the toolbar, where nothing may move
            action.setToolTip(f"{words}：{name}" if name else words)
            action.setEnabled(bool(name))
        self.by_key["save"].setEnabled(has_report and is_modified)
        if self.pages is not None:
            self.pages.setEnabled(has_report)
        if self.history is not None:
            self.history.setEnabled(bool(undo))
