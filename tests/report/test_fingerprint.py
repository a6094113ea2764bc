"""The fingerprint: what is in it and what is not, field by field, and that neither file nor program changes it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from app.form.model import CellRef
from app.report.fingerprint import canonical, fingerprint, grouped, seal, short
from app.report.model import (
    Agency,
    Application,
    Attachment,
    Binding,
    Chart,
    Contribution,
    CountLine,
    Counts,
    Explanation,
    Frozen,
    Hand,
    PageSettings,
    Pending,
    Picture,
    Report,
    Signature,
    SignOff,
)

DAY = date(2026, 1, 9)
FEES, RECEIVED = CellRef("art20_8", "fees", "amount"), CellRef("requests", "received", "natural_person")
PLAIN = Report("2021", 2025)
# every part of a report with something in it
FULL = {
    "form": "2019",
    "year": 2024,
    "agency": Agency("甲镇人民政府"),
    "values": {RECEIVED: 0},
    "narratives": {"overview": "一"},
    "signature": Signature(issued_on=DAY),
    "processing_fee": Decimal(0),
    "pictures": (Picture("1.png", "overview", data=b"1"),),
    "charts": (Chart("图", "overview", (), ()),),
    "explanations": (Explanation("T3-05", "requests", (), "", (), "原因", DAY),),
    "register": (Application("1"),),
    "counts": (Counts("channel", (CountLine("网站", 0),)),),
    "collected": (Contribution("东村", "", ((RECEIVED, 3),)),),
    "attachments": (Attachment("目录"),),
    "page_settings": PageSettings(issuer="甲镇文件"),
    "page_style": "template2021",
}
BESIDE = {
    "pending": (Pending("overview", 0, 1, "1"),),
    "bindings": (Binding("overview", 0, 1, (RECEIVED,)),),
    "sign_off": SignOff(2),
    "finals": (PLAIN,),
    "sent": PLAIN,
}


def test_every_part_of_a_report_is_in_the_fingerprint_or_named_as_left_out():
    assert {one.name for one in fields(Report)} == FULL.keys() | BESIDE.keys()


@pytest.mark.parametrize("name", FULL)
def test_a_part_that_is_entered_changes_it(name):
    assert fingerprint(replace(PLAIN, **{name: FULL[name]})) != fingerprint(PLAIN)


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_said_about_the_report_does_not(name):
    assert fingerprint(replace(PLAIN, **{name: BESIDE[name]})) == fingerprint(PLAIN)


DIFFERENT = [
    ("a blank and a zero", {}, {"values": {RECEIVED: 0}}),
    ("no fee and a fee of 0", {}, {"processing_fee": Decimal(0)}),
    (
        "bytes of a picture",
        {"pictures": (Picture("1.png", "overview", data=b"1"),)},
        {"pictures": (Picture("1.png", "overview", data=b"2"),)},
    ),
    (
        "a chart's blank and its zero",
        {"charts": (Chart("", "overview", ("甲",), (("", (None,)),)),)},
        {"charts": (Chart("", "overview", ("甲",), (("", (0,)),)),)},
    ),
    (
        "a count's blank and its zero",
        {"counts": (Counts("channel", (CountLine("网站"),)),)},
        {"counts": (Counts("channel", (CountLine("网站", 0),)),)},
    ),
    (
        "after which paragraph",
        {"pictures": (Picture("1.png", "overview"),)},
        {"pictures": (Picture("1.png", "overview", after=0),)},
    ),
    (
        "the order of lines",
        {"register": (Application("1"), Application("2"))},
        {"register": (Application("2"), Application("1"))},
    ),
    (
        "from last year",
        {"register": (Application("1"),)},
        {"register": (Application("1", is_carried_in=True),)},
    ),
]


@pytest.mark.parametrize(
    ("one", "other"), [case[1:] for case in DIFFERENT], ids=[case[0] for case in DIFFERENT]
)
def test_what_is_not_the_same_has_another(one, other):
    assert fingerprint(replace(PLAIN, **one)) != fingerprint(replace(PLAIN, **other))


def test_equal_amounts_and_another_order_of_entry_have_the_same():
    one = Report("2021", 2025, values={RECEIVED: 1, FEES: Decimal("12.50")}, processing_fee=Decimal("12.5"))
    other = Report(
        "2021", 2025, values={FEES: Decimal("12.5"), RECEIVED: 1}, processing_fee=Decimal("12.500")
    )
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(replace(one, values={RECEIVED: 1, FEES: 12})) == fingerprint(
        replace(one, values={RECEIVED: 1, FEES: Decimal("12.0")})
    )


def test_what_is_hashed_is_the_same_for_ever():
    """Papers carry the digits: another program must find the same ones."""
    report = replace(
        PLAIN, agency=Agency("甲镇人民政府"), values={RECEIVED: 3}, signature=Signature(issued_on=DAY)
    )
    assert canonical(report).decode() == (
        "nianbao-fingerprint/1\n"
        '{"agency":{"name":"甲镇人民政府"},"form":"2021","signature":{"issued_on":"2026-01-09"},'
        '"values":{"requests.received.natural_person":"3"},"year":2025}'
    )
    assert fingerprint(report) == "0dabbd839664580ddef0e18b29e0fc469946ea7b8df7568e91d2dc2c87e4a2fe"
    signed = SignOff(1, "主动公开", DAY, (Hand("issue", "王芳", DAY, fingerprint(report)),))
    assert (
        seal(fingerprint(report), signed)
        == "05e21045f2079fe469e7edecfa391ddee3f70bc0e686d00f6dbc540a231a798d"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2},
        {"publicity": "依申请公开"},
        {"sent_on": date(2026, 1, 8)},
        {"hands": ()},
        {"hands": (Hand("issue", "王芳", date(2026, 1, 10)),)},
    ],
)
def test_the_seal_covers_every_word_of_the_sign_off_and_the_content(changed):
    one = SignOff(1, "主动公开", DAY, (Hand("issue", "王芳", DAY),))
    assert seal("a" * 64, replace(one, **changed)) != seal("a" * 64, one) != seal("b" * 64, one)
    assert seal("a" * 64, replace(one, frozen=Frozen("", "", DAY))) == seal("a" * 64, one)


def test_digits_are_printed_four_by_four():
    assert grouped("0123456789") == "0123 4567 89"
    assert short("0123456789abcdef" * 4) == "0123 4567 89ab cdef"
