"""各类数量: what the text says of a channel or category against the table that the clerk entered."""

from collections.abc import Iterator

from app.checks.finding import CheckContext, Finding, text_rule
from app.form.model import Severity
from app.register import counts


@text_rule("I-02")
def counts_agree_with_text(context: CheckContext) -> Iterator[Finding]:
    """同一数据在报告中前后应当一致：文字中的各渠道、各栏目数量与数量表一致。"""
    text = context.report.narrative(counts.SECTION)
    for one in counts.parted(context.report):
        yield Finding(
            "I-02",
            Severity.WARNING,
            f"总体情况写“{one.name}{one.written}{counts.UNIT}”，数量表里是{one.counted}{counts.UNIT}",
            counts.SECTION,
            quote=text[one.start : one.end],
            start=one.start,
            end=one.end,
            values=(("left", str(one.written)), ("right", str(one.counted))),
        )
