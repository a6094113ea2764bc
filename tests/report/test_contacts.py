"""How the agency is reached: every form in use is let be, a slip is named, nothing is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.report.contacts import doubts, plain
from app.report.model import Agency
from app.session.document import ReportDocument
from tests.checks.reports import findings, good

GOOD = {
    "postcode": ["", "350400", "３５０４００", "350 400"],
    "phone": [
        *(
            "",
            "0591-12345678",
            "05911234567",
            "(0591)1234567",
            "（0591）1234567",
            "0591 1234567",
            "010-12345678",
        ),
        *(
            "０５９１－１２３４５６７８",
            "13812345678",
            "12345678",
            "12345",
            "400-123-4567",
            "+86-591-12345678",
        ),
        *("0591-12345678转802", "0591-12345678-802", "0591-1234567/8", "0591-1234567、0591-7654321"),
        *("办公室：0591-12345678", "0591-1234567（党政办公室）", "0591-1234567 或者 13812345678"),
    ],
    "email": ["", "gkb@example.gov.cn", "ａｂ＠１６３．com", "a_b-c@163.com；d@qq.com"],
}
ODD = {
    "postcode": ["35040", "3504000", "35040O", "邮编"],
    "phone": ["0591-123", "059112345678901", "0591-1234o567", "1381234567", "无", "gkb@example.gov.cn"],
    "email": ["gkb", "gkb@example", "example.gov.cn", "gkb@@example.gov.cn", "0591-12345678"],
}


def each(cases):
    return [(field, text) for field, texts in cases.items() for text in texts]


@pytest.mark.parametrize(("field", "text"), each(GOOD))
def test_every_form_in_use_is_let_be(field, text):
    assert doubts(Agency(**{field: text})) == {}


@pytest.mark.parametrize(("field", "text"), each(ODD))
def test_a_slip_is_named_with_what_is_written(field, text):
    (name, words) = next(iter(doubts(Agency(**{field: text})).items()))
    assert name == field
    assert f"“{text}”" in words
    assert words.endswith(("核对", "）"))


def test_full_width_signs_become_plain_ones_where_there_are_only_such():
    assert plain("phone", "０５９１－１２３４５６７８") == "0591-12345678"
    assert plain("postcode", "３５０４００") == "350400"
    assert plain("email", "ａｂ＠１６３．ｃｏｍ") == "ab@163.com"
    assert plain("phone", "（0591）1") == "（0591）1"
    assert plain("address", "人民路１号") == "人民路１号"


def test_the_check_says_so_and_holds_nothing_back():
    report = good(agency=Agency(name="甲县乙镇人民政府", postcode="35040", phone="0591-12345678"))
    (found,) = findings(report)
    assert (found.rule, found.severity, found.section) == ("S-20", "warning", "title")


@pytest.mark.parametrize(
    ("fee", "before", "after"),
    [
        (0, "无。", "2025年，本机关未收取信息处理费。"),
        (0, "", "2025年，本机关未收取信息处理费。"),
        (0, "办理建议2件。", "办理建议2件。\n2025年，本机关未收取信息处理费。"),
        (380, "无。", "2025年，本机关收取信息处理费380元。"),
    ],
)
def test_the_fee_that_is_known_is_offered_as_a_sentence(fee, before, after):
    report = replace(good(), processing_fee=Decimal(fee)).with_narrative("other", before)
    document = ReportDocument(report)
    [finding] = [one for one in document.findings if one.rule == "S-15"]
    assert document.apply(finding.repair) == 1
    assert document.report.narrative("other") == after
    assert not [one for one in document.findings if one.rule == "S-15"]


def test_without_an_amount_nothing_is_offered():
    report = replace(good(), processing_fee=None).with_narrative("other", "无。")
    [finding] = [one for one in ReportDocument(report).findings if one.rule == "S-15"]
    assert finding.repair is None
