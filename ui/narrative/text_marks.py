"""What is drawn on a narrative: bound numbers, 待更新, 待填, findings; beside it what is last year's."""

from PySide6.QtGui import QTextCharFormat

from app.checks.finding import Finding
from app.checks.rules.y_similarity import compared_sections, repeated_sentences
from app.form.model import FormDefinition
from app.report import bindings
from app.report.model import Report
from app.texts.bindable import described
from ui.kit import symbols, theme
from ui.narrative.text_edit import Mark

REPEATED = "repeated"  # preference: whether repeated sentences are marked
_LONGEST_WAVE = 60  # characters underlined; about more than a sentence there is a bar in the margin
_DOTS = QTextCharFormat.UnderlineStyle.DotLine
_WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
_NONE = QTextCharFormat.UnderlineStyle.NoUnderline


def marks_of(report: Report, form: FormDefinition, section: str, findings: list[Finding]) -> list[Mark]:
    """What is drawn on the text: bound numbers, 待更新, 待填, then findings with a quotation."""
    marks = [
        Mark(one.start, one.end, theme.ACCENT_SOFT, theme.ACCENT, _NONE, f"跟着{described(form, one)}变")
        for one in report.bindings
        if one.section == section
    ]
    marks += [
        Mark(
            one.start,
            one.end,
            theme.PENDING,
            theme.PENDING_LINE,
            _DOTS,
            "待更新：上年的，请修改；今年也是这样的，按“沿用此处”",
        )
        for one in report.pending
        if one.section == section
    ]
    blanks = bindings.blank_places(report.narrative(section))
    marks += [Mark(*place, theme.WARNING_SOFT, theme.WARNING, _NONE, "还没有填写") for place in blanks]
    for one in findings:
        if 0 <= one.start < one.end:
            colour, is_long = symbols.colour_of(one.severity), one.end - one.start > _LONGEST_WAVE
            marks.append(Mark(one.start, one.end, None, colour, _WAVE, one.message, is_beside=is_long))
    return marks


def repeated_marks(report: Report, prior: Report | None, form: FormDefinition, section: str) -> list[Mark]:
    """What is drawn beside the sentences that are last year's but for years and numbers, where that counts."""
    if prior is None or prior.year != report.year - 1:
        return []
    if section not in {one.key for one in compared_sections(form)}:
        return []
    words = f"这一句与{prior.year}年报告相同（年份、数字除外）"
    places = repeated_sentences(report.narrative(section), prior.narrative(section))
    return [Mark(*place, None, theme.REPEATED, _NONE, words, is_beside=True) for place in places]
