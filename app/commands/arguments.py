"""What may be typed after `nianbao`, and one Chinese sentence for everything else."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from app import __version__
from app.errors import UserError
from app.exporting import formats

COMMANDS = {
    "import": "导入旧年报（文本、Word、网页等）",
    "check": "核对一份年报",
    "new": "用去年的年报新建今年的，或从空白新建",
    "export": f"导出{formats.names()}",
    "compare": "比较两份报告，列出不同的地方，或写成花脸稿",
    "verify": "核对定稿：报告、导出的 PDF 或 Word、纸上的指纹与定稿是否一致",
    "pack": "打成上报包：报告、Word、PDF、OFD、网页、核对表、指纹",
    "rollup": "县级汇总：各单位的状态、问题和三张表的合计",
    "collect": "收数表：做一张发给村、站所填数的表，收回来加在一起，填入报告",
    "fonts": "列出每种字体实际用哪一款，缺少什么",
}
USAGE = {
    "import": "文件 [文件 …] [-o 报告.gknb] [--json]",
    "check": "文件 [文件 …] [--prior 上年文件] [--pack 规则包] [-o 核对表.docx …] [--json]；--list 列出全部规则",
    "new": "(--from 上年文件 | --agency 单位全称) --year 年份 -o 报告.gknb",
    "export": "文件 -o 导出文件 [-o 导出文件 …] [--style 样式.docx] [--accessible] [--sign-field] "
    "[--certificate 证书.p12 [--password-file 口令.txt]] [--force]",
    "compare": "旧文件 新文件 [-o 花脸稿.docx …] [--author 姓名] [--date 日期] [--json]；"
    "报告.gknb --since sent|final|prior …；旧.gknb 改稿.docx [--take 1,3 -o 新.gknb]",
    "verify": "报告.gknb [导出的.pdf或.docx] [--fingerprint 前16位] [--json]",
    "pack": "报告.gknb -o 上报包.zip [--formats docx,pdf,ofd,html] [--force]",
    "rollup": "文件或文件夹 [文件或文件夹 …] [-o 汇总.xlsx] [-o 县报告.gknb] [--year 年份] [--units 名单.txt] [--due 日期] [--json]",
    "collect": "--form 收数表.xlsx --year 年份 [--part 表或行 …] [--agency 单位全称]；"
    "或 收回的表.xlsx或文件夹 … [--into 报告.gknb] [-o 新报告.gknb] [--replace] [--json]",
    "fonts": "",
}
OVERVIEW = "\n".join(
    [
        "年报助手：编写《政府信息公开工作年度报告》。",
        "",
        "用法：",
        "  nianbao [文件]",
        "      打开窗口，可以直接打开一份报告",
        *(f"  nianbao {name} {USAGE[name]}\n      {words}" for name, words in COMMANDS.items()),
        "",
        "nianbao 命令 --help 说明每个命令；--version 显示版本；--selftest 检查程序是否装完整。文件写成 - 表示从标准输入读文本。",
        "退出状态：0 没有问题；1 核对出错误；2 文件不能用，或命令写错了。",
    ]
)
VERSION = f"年报助手 {__version__}"

# argparse's own sentences (3.11 to 3.13) → ours; what is not listed gets the last one.
_SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少{0}"),
    (r"one of the arguments (\S+) (\S+) is required", "{0}和{1}必须写一个"),
    (r"argument (.+): not allowed with argument (.+)", "{0}和{1}不能同时写"),
    (r"argument (.+): expected (?:one|at least one) argument", "{0}后面缺少内容"),
    (r"argument (.+): ignored explicit argument (.+)", "{0}后面不能写内容（{1}）"),
    (r"unrecognized arguments: (.+)", "不认识“{0}”"),
    (r"argument (.+): (.*[\u4e00-\u9fff].*)", "{0}{1}"),
    (r".*", "命令写得不对"),
)


class _Words(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, prefix or "用法：")


class _Parser(argparse.ArgumentParser):
    """Never English, never an exit: a mistake is a UserError."""

    def __init__(self, command: str) -> None:
        super().__init__(
            prog=f"nianbao {command}",
            usage=f"nianbao {command} {USAGE[command]}".rstrip(),
            description=COMMANDS[command] + "。",
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Words,
        )
        self.command = command
        self._positionals.title, self._optionals.title = "文件", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _SENTENCES:
            if found := re.fullmatch(pattern, message, re.S):
                raise mistake(sentence.format(*found.groups()), self.command)
        raise AssertionError(message)


def mistake(what: str, command: str = "") -> UserError:
    """The arguments are wrong: what, and where to read how they are written."""
    return UserError(what, f"写法请看 {' '.join(filter(None, ['nianbao', command, '--help']))}")


def parse(command: str, words: Sequence[str]) -> argparse.Namespace:
    """The arguments of one command; UserError in words when they are wrong."""
    parser = _Parser(command)
    _DECLARE[command](parser)
    return parser.parse_intermixed_args(words)


def _year(text: str) -> int:
    if not re.fullmatch(r"20[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"要写成四位数字的年份，如 2025，不能是“{text}”")
    return int(text)


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > 100:
        raise argparse.ArgumentTypeError("要写一个名称，不能是空的、分几行的，也不能超过100个字")
    return text.strip()


def _import(parser: _Parser) -> None:
    parser.add_argument("files", metavar="文件", nargs="+", help="旧年报，可以写几个；- 表示从标准输入读文本")
    parser.add_argument("-o", metavar="报告.gknb", dest="out", help="把读到的内容存成报告")
    parser.add_argument("--json", action="store_true", help="输出 JSON，每个文件一行")


def _check(parser: _Parser) -> None:
    parser.add_argument(
        "files", metavar="文件", nargs="*", help="报告或旧年报，可以写几个；- 表示从标准输入读文本"
    )
    parser.add_argument("--list", action="store_true", help="列出全部核对规则：编号、级别、依据")
    parser.add_argument("--prior", metavar="上年文件", help="对照的上年报告")
    parser.add_argument(
        "--pack",
        metavar="规则包",
        help="按哪个地方规则包核对（文件名，如 jiangsu_suqian，或者设置里看到的名称），代替设置里选的；default 只按全国格式",
    )
    parser.add_argument(
        "-o",
        metavar="核对表",
        dest="outs",
        action="append",
        default=[],
        help="把核对结果写成核对表（.docx .pdf .xlsx），可以写几次，一次只核对一个文件",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON，每个文件一行")


def _new(parser: _Parser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--from", metavar="上年文件", dest="prior", help="上年的报告或旧年报；- 表示从标准输入读文本"
    )
    source.add_argument("--agency", metavar="单位全称", type=_one_line, help="从空白新建时的单位名称")
    parser.add_argument("--year", metavar="年份", type=_year, required=True, help="新报告的年份，如 2025")
    parser.add_argument("-o", metavar="报告.gknb", dest="out", required=True, help="新报告存到哪里")


def _export(parser: _Parser) -> None:
    parser.add_argument("file", metavar="文件", help="要导出的报告")
    parser.add_argument(
        "-o",
        metavar="导出文件",
        dest="outs",
        action="append",
        required=True,
        help=f"按后缀决定格式（{' '.join(one.suffix for one in formats.FORMATS)}），可以写几次",
    )
    parser.add_argument(
        "--style",
        metavar="样式.docx",
        help="导出的 Word 文件沿用这个 .docx 的样式、页面设置和页眉页脚（别的格式不受影响）",
    )
    parser.add_argument(
        "--accessible", action="store_true", help="导出的 PDF 带朗读标签，读屏软件能读（PDF/A-2a、PDF/UA-1）"
    )
    parser.add_argument(
        "--sign-field",
        action="store_true",
        help="导出的 PDF 在落款处留一个空的签章域，供本单位的签章程序签章",
    )
    parser.add_argument(
        "--certificate",
        metavar="证书.p12",
        help="用本单位的证书文件（.p12 .pfx，带私钥）给导出的 PDF 签名（PAdES）；要装附加组件 nianbao[sign]",
    )
    parser.add_argument(
        "--password-file",
        metavar="口令.txt",
        help="证书口令所在的文件，取第一行；- 表示从标准输入读；不写就用环境变量 NIANBAO_PASSWORD",
    )
    parser.add_argument("--force", action="store_true", help="没有填完或有错误也导出，并标明“草稿”")


def _compare(parser: _Parser) -> None:
    parser.add_argument("old", metavar="旧文件", help="报告或旧年报")
    parser.add_argument("new", metavar="新文件", nargs="?", help="报告或旧年报")
    parser.add_argument(
        "--since",
        metavar="对照",
        choices=("sent", "final", "prior"),
        help="只写一份报告（.gknb），与它自己最近的送审稿（sent）、上一版定稿（final）或上年的报告（prior）比较",
    )
    parser.add_argument(
        "-o",
        metavar="花脸稿",
        dest="outs",
        action="append",
        default=[],
        help="把新文件写成花脸稿：.docx 带修订标记，全部接受就是新文件，全部拒绝就是旧文件；.pdf 是同样的标记",
    )
    parser.add_argument(
        "--take",
        metavar="序号",
        type=_numbers,
        help="新文件是旧文件（.gknb）的改稿：采用其中几处改动（如 1,3，或 all），用 -o 存成新的 .gknb",
    )
    parser.add_argument("--author", metavar="姓名", type=_one_line, help="修订记在谁名下，不写就是单位")
    parser.add_argument(
        "--date", metavar="日期", type=_date, help="修订记在哪一天，如 2026-01-09，不写就是现在"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _numbers(text: str) -> frozenset[int] | str:
    if text == "all":
        return text
    if not re.fullmatch(r"[0-9]{1,6}(,[0-9]{1,6})*", text):
        raise argparse.ArgumentTypeError(f"要写成 1,3 这样的序号或 all，不能是“{text}”")
    return frozenset(map(int, text.split(",")))


def _verify(parser: _Parser) -> None:
    parser.add_argument("file", metavar="报告.gknb", help="已定稿的报告")
    parser.add_argument(
        "document", metavar="导出的.pdf", nargs="?", help="定稿以后导出的 PDF 或 Word，与报告对照"
    )
    parser.add_argument(
        "--fingerprint", metavar="前16位", help="定稿证明上印的指纹，至少前16位，与文件里的对照"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _pack(parser: _Parser) -> None:
    parser.add_argument("file", metavar="报告.gknb", help="要上报的报告")
    parser.add_argument("-o", metavar="上报包.zip", dest="out", required=True, help="上报包存到哪里")
    parser.add_argument(
        "--formats",
        metavar="格式",
        type=_formats,
        help="报告在包里用哪些格式，如 docx,pdf；不写就是 docx,pdf,ofd,html",
    )
    parser.add_argument("--force", action="store_true", help="没有填完或有错误也打包，文件标明“草稿”")


def _rollup(parser: _Parser) -> None:
    parser.add_argument(
        "files", metavar="文件或文件夹", nargs="+", help="各单位的 .gknb、上报包（.zip）或它们所在的文件夹"
    )
    parser.add_argument(
        "-o",
        metavar="汇总文件",
        dest="outs",
        action="append",
        default=[],
        help="汇总表（.xlsx）或县报告（.gknb），可以写几次",
    )
    parser.add_argument(
        "--year", metavar="年份", type=_year, help="汇总哪一年的报告，不写就是份数最多的那一年"
    )
    parser.add_argument("--units", metavar="名单.txt", help="应当报送的单位，一行一个，没有报送的会列出来")
    parser.add_argument("--due", metavar="日期", type=_date, help="截止日期，如 2026-01-31")
    parser.add_argument("--agency", metavar="单位全称", type=_one_line, help="县报告的单位名称")
    parser.add_argument("--only-frozen", action="store_true", help="只汇总已定稿的报告")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _formats(text: str) -> list[str]:
    """docx,pdf → .docx and .pdf."""
    from app.signoff.package import DOCUMENTS

    found = [f".{one.strip().lower().lstrip('.')}" for one in text.replace("，", ",").split(",")]
    if any(one not in DOCUMENTS for one in found):
        raise argparse.ArgumentTypeError(f"“{text}”里有包里没有的格式，可以写 docx,pdf,ofd,html")
    return found


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"要写成 2026-01-31 这样的日期，不能是“{text}”") from None


def _collect(parser: _Parser) -> None:
    parser.add_argument(
        "files", metavar="收回的表", nargs="*", help="填好发回的收数表（.xlsx），或它们所在的文件夹"
    )
    parser.add_argument("--form", metavar="收数表.xlsx", help="做一张收数表，存到哪里")
    parser.add_argument("--year", metavar="年份", type=_year, help="收哪一年的数，如 2025")
    parser.add_argument(
        "--part",
        metavar="表或行",
        dest="parts",
        action="append",
        default=[],
        help="只收这张表（表三）或这几行（行名），可以写几次；不写就是三张表全收",
    )
    parser.add_argument("--agency", metavar="单位全称", type=_one_line, help="收数表上印的制发单位")
    parser.add_argument("--into", metavar="报告.gknb", help="与这份报告对照，填进它的空格")
    parser.add_argument("-o", metavar="新报告.gknb", dest="out", help="填好以后存到哪里；不写只列出来，不存")
    parser.add_argument("--replace", action="store_true", help="报告里已经是别的数的格，也用收来的数代替")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _fonts(parser: _Parser) -> None:
    """No arguments."""


_DECLARE = {
    "import": _import,
    "check": _check,
    "new": _new,
    "export": _export,
    "compare": _compare,
    "verify": _verify,
    "pack": _pack,
    "rollup": _rollup,
    "collect": _collect,
    "fonts": _fonts,
}
