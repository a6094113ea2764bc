"""What a county wants confirmed: who confirmed it is a row of 送签, kept in the file, printed on the certificate, and settles the check."""

from dataclasses import replace
from datetime import date

import pytest

from app.checks import CheckContext, check
from app.checks.packs import pack
from app.checks.settings import CheckSettings
from app.form.catalog import form
from app.report.model import Report
from app.signoff import signing
from app.signoff.signing import Stage
from app.storage import container, settings
from app.storage.container import Content
from tests.signoff.test_signing import ALL, signed_by
from tests.storage.random_reports import full_report

WUWEI = "gansu_wuwei_2025"
DAY = date(2026, 1, 12)
DOCUMENTS = "confirm_P-09"


@pytest.fixture
def wuwei():
    """The rule pack that wants 规范性文件 and 处理决定 confirmed."""
    settings.save(replace(settings.load(), checks=CheckSettings(pack=WUWEI)))


def asked(report: Report) -> set[str]:
    context = CheckContext(report, form(report.form), settings=CheckSettings(pack=WUWEI))
    return {one.rule for one in check(context)} & {"P-09", "P-10"}


def steps() -> list[str]:
    return [step.key for step in signing.rules().steps]


def test_without_a_pack_nothing_is_to_be_confirmed():
    assert steps() == ["draft", "review", "joint", "secrecy", "issue"]


def test_the_pack_adds_its_confirmations_before_the_last_step(wuwei):
    assert steps() == ["draft", "review", "joint", "secrecy", DOCUMENTS, "confirm_P-10", "issue"]
    added = [step for step in signing.rules().steps if step.confirms]
    assert [step.name for step in added] == ["规范性文件核对", "处理决定核对"]
    assert all(step.hint and not step.required for step in added)


def test_who_confirmed_settles_the_check_and_nothing_else(wuwei):
    report = full_report()
    assert asked(report) == {"P-09", "P-10"}
    assert asked(signing.signed(report, DOCUMENTS, "李建国", DAY)) == {"P-10"}
    assert asked(signing.signed(report, "issue", "李建国", DAY)) == {"P-09", "P-10"}


def test_a_confirmation_is_no_signature(wuwei):
    report = signing.signed(full_report(), DOCUMENTS, "李建国", DAY)
    assert signing.stage(report) is Stage.DRAFT
    assert [step.key for step in signing.unsigned(report)] == ["draft", "review", "secrecy", "issue"]
    signed = signing.signed(signed_by(full_report(), *ALL), DOCUMENTS, "王小兰", date(2026, 1, 1))
    assert signing.disorder(signed) == ""
    assert signing.alone(signed) == signing.alone(signed_by(full_report(), *ALL))


def test_it_is_told_when_the_numbers_changed_after_it(wuwei):
    report = signing.signed(full_report(), DOCUMENTS, "李建国", DAY)
    ref = next(ref for ref in form(report.form).cells if ref.table == "art20_1")
    changed = replace(report, values={**report.values, ref: 77})
    assert [hand.step for hand in signing.signed_before_changes(changed)] == [DOCUMENTS]


def test_it_is_kept_in_the_file_and_named_on_the_certificate_whatever_pack_is_chosen_then(wuwei):
    report = signing.frozen(signing.signed(signed_by(full_report(), *ALL), DOCUMENTS, "李建国", DAY), DAY)
    read = container.unpack(container.pack(Content(report))).report
    assert signing.hand_of(read, DOCUMENTS) == signing.hand_of(report, DOCUMENTS)
    settings.save(replace(settings.load(), checks=CheckSettings()))
    names = signing.names_of(hand.step for hand in signing.sign_off_of(read).hands)
    assert "规范性文件核对" in names
    assert signing.doubts(read) == []


def test_every_confirmation_of_the_program_has_a_name_and_says_who_does_it():
    for one in pack("default").demands:
        assert bool(one.who) == bool(one.hint) == one.confirm
