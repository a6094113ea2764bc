"""Why a county's own file, a word list or a rule pack, cannot be used: in words, for whoever wrote it."""

import re
import tomllib

# all that reading such a file and making its entries may raise
UNUSABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    re.error,
)


def what_is_wrong(problem: Exception) -> str:
    """第3行不合格式, 有一条缺少“find”: where and what, as far as the problem itself says."""
    line = re.search(r"line (\d+)(?:: (?P<why>.+))?", str(problem))
    if isinstance(problem, OSError):
        return "无法读取"
    if isinstance(problem, tomllib.TOMLDecodeError):
        return f"第{line[1]}行不合格式" if line else "末尾不完整"
    if isinstance(problem, UnicodeDecodeError):
        return "不是UTF-8编码的文本"
    if line and line["why"]:
        return f"第{line[1]}行有误（{line['why']}）"
    if isinstance(problem, KeyError):
        return f"有一条缺少“{problem.args[0]}”"
    if isinstance(problem, re.error):
        return f"有一条的查找式“{problem.pattern!s}”不成立"
    if isinstance(problem, ValueError) and str(problem).startswith("“"):
        return str(problem)
    return "有一条的内容不合要求"
