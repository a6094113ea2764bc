"""Reconsiderations, lawsuits, documents and decisions told in the text (N-07 … N-11); what agrees is in test_n_requests."""

import pytest

from app.form.model import Severity
from tests.checks.numbers import busy, numbers

WRONG = [
    ("N-07", "因政府信息公开被申请行政复议3件。", "3", "2"),
    ("N-08", "因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", "1", "3"),
    ("N-09", "未发生因政府信息公开引起的行政复议、行政诉讼。", "0", "5"),
    ("N-10", "全年制发行政规范性文件6件。", "6", "5"),
    ("N-10", "行政规范性文件现行有效19件。", "19", "20"),
    ("N-10", "废止行政规范性文件1件。", "1", "2"),
    ("N-11", "作出行政处罚决定6件。", "6", "7"),
]


@pytest.mark.parametrize(("rule", "text", "left", "right"), WRONG)
def test_a_number_that_parts_from_its_table(rule, text, left, right):
    report = busy(text)
    found = numbers(report)
    assert [one.rule for one in found] == [rule]
    one = found[0]
    assert dict(one.values) == {"left": left, "right": right}
    assert right in one.message
    assert report.narrative("overview")[one.start : one.end] == one.quote != ""
    assert one.severity is (Severity.WARNING if rule == "N-11" else Severity.ERROR)


def test_a_document_without_the_word_of_the_table_is_a_warning():
    (found,) = numbers(busy("制发规范性文件9件。"))
    assert (found.rule, found.severity) == ("N-10", Severity.WARNING)
