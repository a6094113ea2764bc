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


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("N-07", "（二）依申请公开。按规定办理。行政复议1起。"),
        ("N-08", "（二）依申请公开。按规定办理。行政诉讼案件0件。"),
        ("N-09", "（二）依申请公开。按规定办理。无行政复议和行政诉讼案件。"),
        ("N-10", "集中公开现行有效行政规范性文件9件。"),
    ],
)
def test_what_only_its_surroundings_tell_is_a_warning_without_a_number_to_write(rule, text):
    assert [(one.rule, one.severity, one.repair) for one in numbers(busy(text))] == [
        (rule, Severity.WARNING, None)
    ]


def test_documents_denied_though_the_table_has_some():
    (found,) = numbers(busy("全年未制发行政规范性文件。"))
    assert (found.rule, found.severity, dict(found.values)) == (
        "N-10",
        Severity.ERROR,
        {"left": "0", "right": "5"},
    )


def test_a_document_without_the_word_of_the_table_is_a_warning():
    (found,) = numbers(busy("制发规范性文件9件。"))
    assert (found.rule, found.severity) == ("N-10", Severity.WARNING)
