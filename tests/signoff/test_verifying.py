"""核对定稿: which version is meant, what differs from it, and in which words."""

from dataclasses import replace
from datetime import date

import pytest

from app.form.model import CellRef
from app.report.fingerprint import fingerprint, grouped
from app.report.model import Report
from app.session import session
from app.session.document import ReportDocument
from app.signoff import signing, verifying
from tests.checks.reports import good

DAY = date(2026, 1, 9)
RECEIVED = CellRef("requests", "received", "natural_person")


def final(report: Report) -> Report:
    for step in signing.unsigned(report):
        report = signing.signed(report, step.key, "王小兰", DAY)
    return signing.frozen(report, DAY)


def digits(report: Report) -> str:
    return report.sign_off.frozen.fingerprint


@pytest.fixture(scope="module")
def versions() -> tuple[Report, Report, Report]:
    """Version 1, version 2 with another text, and version 3 being worked on."""
    first = final(good())
    second = final(signing.revised(first).with_narrative("problems", "第二版的问题和改进措施。"))
    return first, second, signing.revised(second).with_narrative("problems", "第三版。")


def test_a_report_that_was_never_frozen_says_its_fingerprint_and_does_not_stand():
    found = verifying.verify(good())
    assert (found.stands, found.fingerprint) == (False, fingerprint(good()))
    assert found.lines == (
        "报告还没有定稿，没有可核对的指纹。",
        f"现在内容的指纹是 {grouped(found.fingerprint)}。",
    )


def test_what_stands_names_every_version_and_the_last_ones_fingerprint(versions):
    first, second, third = versions
    found = verifying.verify(second)
    assert found == verifying.Verdict(
        True,
        (
            "第1版、第2版与定稿时完全一致，没有改动。",
            f"第2版的指纹是 {grouped(digits(second))}，请与定稿证明上的对照。",
        ),
        (),
        digits(second),
    )
    working = verifying.verify(third)
    assert working.stands
    assert working.fingerprint == digits(second) != digits(first)
    assert working.lines[-1] == "正在修改第3版，还没有定稿。"


def test_what_was_altered_is_shown_against_the_last_version_that_stands(versions):
    _, second, third = versions
    altered = final(third).with_values({RECEIVED: 9})
    found = verifying.verify(altered)
    assert not found.stands
    assert "第3版定稿以后" in found.lines[0]
    told = [(one.section, one.old, one.new) for one in found.differences]
    assert told == [("requests", "0", "9"), ("problems", second.narrative("problems"), "第三版。")]


def test_a_version_that_was_altered_itself_is_nothing_to_compare_with(versions):
    first, second, _ = versions
    spoilt = replace(second, finals=(first.with_values({RECEIVED: 5}),))
    found = verifying.verify(spoilt.with_values({RECEIVED: 9}))
    assert not found.stands
    assert len([line for line in found.lines if "定稿以后" in line]) == 2
    assert found.differences == ()


def test_while_a_new_version_is_written_nothing_is_told_to_differ(versions):
    first, second, third = versions
    spoilt = replace(third, finals=(first, second.with_values({RECEIVED: 5})))
    found = verifying.verify(spoilt)
    assert not found.stands
    assert found.differences == ()


def test_the_version_of_a_fingerprint_is_found_whichever_it_is(versions):
    first, second, third = versions
    assert verifying.version_of(third, digits(first)) == first
    assert verifying.version_of(second, digits(second)) is second
    assert verifying.version_of(third, "0" * 64) is None


# -- an exported PDF


def exported(report: Report, path):
    session.export(ReportDocument(report), [path], force=True)
    return path


def test_a_pdf_of_a_version_that_this_file_has_not_is_told(versions, tmp_path):
    first, second, _ = versions
    path = exported(second, tmp_path / "第二版.pdf")
    found = verifying.verify_pdf(first, path)
    assert (found.stands, found.fingerprint) == (False, digits(second))
    assert found.lines[0] == f"“第二版.pdf”的指纹是 {grouped(digits(second))}，报告里没有这一版定稿。"
    assert "第1版与定稿时完全一致" in found.lines[1]
    assert verifying.verify_pdf(second, path).lines == (
        "“第二版.pdf”与第2版定稿一致。",
        f"指纹是 {grouped(digits(second))}。",
    )


def test_a_pdf_does_not_stand_for_a_file_that_was_altered(versions, tmp_path):
    first, _, _ = versions
    path = exported(first, tmp_path / "甲.pdf")
    found = verifying.verify_pdf(first.with_values({RECEIVED: 9}), path)
    assert not found.stands
    assert "报告的内容被别的程序改过" in found.lines[0]


def test_every_number_and_text_that_a_forged_pdf_says_otherwise_is_told(versions, tmp_path):
    """The pages of another content under the fingerprint of the frozen one."""
    first, _, _ = versions
    introduction = first.narrative("introduction")
    forged = first.with_values({RECEIVED: 9, CellRef("requests", "granted", "enterprise"): None})
    forged = forged.with_narrative("introduction", introduction + "另加一句。")
    found = verifying.verify_pdf(first, exported(forged, tmp_path / "改.pdf"))
    assert not found.stands
    assert f"（{len(found.differences)}处）" in found.lines[0]
    told = {(one.section, one.old, one.new) for one in found.differences if one.cell}
    assert told == {("requests", "0", "9"), ("requests", "0", "空")}
    (text,) = (one for one in found.differences if not one.cell)
    assert (text.section, text.place, text.old) == ("introduction", "引言", introduction)
    assert text.new.endswith("另加一句。")
    blank = final(good().with_values({RECEIVED: None}))
    again = verifying.verify_pdf(blank, exported(blank.with_values({RECEIVED: 1}), tmp_path / "空.pdf"))
    assert [(one.old, one.new) for one in again.differences if one.cell] == [("空", "1")]
