"""Pictures of a text: whether they can be shown (S-23). In an old report they stand as its own file shows them."""

from collections.abc import Iterator

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.rule import ERROR, text_rule
from app.report.pictures import broken


@text_rule("S-23", ERROR)
def pictures_can_be_shown(context: CheckContext) -> Iterator[Finding]:
    """年度报告中的图片应当完好，能在公开的各种文件里显示。"""
    if context.outline is not None:
        return
    for picture in broken(context.report):
        name = picture.caption.strip() or picture.name
        message = f"图片打不开：“{name}”已经损坏、太大，或者不是能印出来的图片，请删去或换一张"
        yield Finding("S-23", ERROR, message, picture.section)
