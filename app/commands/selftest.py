"""`nianbao --selftest`: whether this installation has all its parts, tried on the finished example, in memory alone."""

import platform
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from app import __version__, paths
from app.errors import UserError
from app.report.model import Report

# Module → the distribution that brings it, and what of the program needs it: for the sentence that tells it is missing.
_LIBRARIES = {
    "lxml.etree": ("lxml", "读写 Word、网页"),
    "docx": ("python-docx", "读写 Word"),
    "openpyxl": ("openpyxl", "读写 Excel"),
    "xlrd": ("xlrd", "读旧的 .xls"),
    "olefile": ("olefile", "读旧的 .doc"),
    "PIL.Image": ("Pillow", "读图片"),
    "pypdfium2": ("pypdfium2", "预览和打印 PDF"),
    "pdfminer.high_level": ("pdfminer.six", "读 PDF"),
    "reportlab": ("reportlab", "写 PDF"),
    "jinja2": ("Jinja2", "写网页"),
}
_TARGETS = ("自检.pdf", "自检.docx", "自检.html", "自检.xlsx", "自检.txt")
_READ_AGAIN = (".pdf", ".docx")


class Unfit(UserError):  # noqa: N818 - an answer, not a fault
    """A part of the program is missing or does not do its work."""

    def __init__(self, what: str) -> None:
        super().__init__(f"自检未通过：{what}", "请重新安装程序")


def lines(window: Callable[[], str]) -> Iterator[str]:
    """What was tried, line by line, the last one 自检通过; Unfit at the first thing that fails.

    `window` loads the window without opening it and answers the version of Qt.
    """
    yield f"年报助手 {__version__}，Python {platform.python_version()}（{platform.system()} {platform.machine()}）"
    yield "组件：" + "，".join(_versions())
    yield f"窗口：Qt {_qt(window)}"
    yield f"程序文件夹：{paths.root()}"
    report = _example()
    sizes = []
    for target, data in _exported(report):
        if target.suffix in _READ_AGAIN:
            _compare(report, target, data)
        sizes.append(f"{target.suffix} {len(data)}字节")
    yield f"示例导出：{'，'.join(sizes)}；{'、'.join(_READ_AGAIN)} 读回来数字一致"
    yield "自检通过"


def _versions() -> Iterator[str]:
    for name, (distribution, use) in _LIBRARIES.items():
        try:
            import_module(name)
            yield f"{distribution} {version(distribution)}"
        except (ImportError, OSError) as error:
            raise Unfit(f"缺少组件 {distribution}（{use}）：{error}") from error


def _qt(window: Callable[[], str]) -> str:
    try:
        return window()
    except (ImportError, OSError) as error:
        raise Unfit(f"窗口的组件载入不了：{error}") from error


def _example() -> Report:
    from app.session import example
    from app.storage import files

    try:
        return files.read(example.file()).content.report
    except UserError as error:
        raise Unfit(f"示例报告{error.what}") from error


def _exported(report: Report) -> Iterator[tuple[Path, bytes]]:
    from app.exporting import exporter
    from app.form.catalog import form

    targets = [Path(name) for name in _TARGETS]
    return zip(targets, exporter.export_bytes(report, form(report.form), targets, draft=False), strict=True)


def _compare(report: Report, target: Path, data: bytes) -> None:
    """Whether the same numbers are read from what was written."""
    from app.session.any_report import read_any_bytes

    again = read_any_bytes(data, target.name).certain
    if (again.form, again.year, dict(again.values)) != (report.form, report.year, dict(report.values)):
        raise Unfit(f"导出的{target.suffix}读回来与示例不一致")
