"""What the checks of words say of a text put into a report without a fault."""

from dataclasses import replace

from app.form.model import Severity
from app.report.model import Agency
from tests.checks.reports import findings, good, with_text

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741
TEXT = ("D-", "I-", "N-", "Y-06", "Y-07", "Y-08")


def internal(text: str, section: str = "overview"):
    report = good()
    if section == "problems":
        report = with_text("problems", text)
    else:
        report = report.with_narrative(section, f"{report.narrative(section)}\n{text}")
    found = [one for one in findings(report) if one.rule.startswith("I-")]
    for one in found:
        assert report.narrative(one.section)[one.start : one.end] == one.quote != ""
    return found


def said(text: str, section: str = "overview", agency: str = "甲县乙镇人民政府"):
    report = good()
    report = report.with_narrative(section, f"{report.narrative(section)}\n{text}")
    report = replace(report, agency=Agency(name=agency))
    found = [one for one in findings(report) if one.rule.startswith(TEXT)]
    for one in found:
        if one.start >= 0:
            assert report.narrative(one.section)[one.start : one.end] == one.quote != ""
    return found
