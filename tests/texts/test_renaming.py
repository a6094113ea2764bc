"""A renamed unit: every old name is found, also the short one, and changed in one go; where the old unit is meant it is told."""

from dataclasses import replace

from app.report.model import Agency, Signature
from app.session.rollover import blank_report
from app.texts.renaming import ADDRESS, SHORT_NAME, SIGNER, old_names, renamed, words

BEFORE = Agency(name="青山县石桥镇人民政府", short_name="石桥镇")
NOW = Agency(name="青山县新石桥镇人民政府", short_name="石桥镇")
TEXT = "青山县石桥镇人民政府公布本报告。石桥镇公开3条，新石桥镇公开4条。由原石桥镇和白河镇合并而成。"


def report(now: Agency = NOW, **texts: str):
    made = blank_report(now.name, 2025)
    return replace(made, agency=now, narratives=texts, signature=Signature(agency=BEFORE.name))


def test_every_old_name_is_found_once_and_the_new_one_is_left_alone():
    found = old_names(report(overview=TEXT), BEFORE)
    assert [(one.old, one.start, one.is_meant) for one in found if one.section] == [
        ("青山县石桥镇人民政府", 0, False),
        ("石桥镇", 16, False),
        ("石桥镇", TEXT.index("原石桥镇") + 1, True),
    ]
    assert {(one.field, one.new) for one in found if one.field} == {
        (SHORT_NAME, "新石桥镇"),
        (SIGNER, "青山县新石桥镇人民政府"),
    }


def test_they_are_changed_at_once_but_for_those_that_are_meant():
    before = report(overview=TEXT)
    found = old_names(before, BEFORE)
    after = renamed(before, [one for one in found if not one.is_meant])
    assert after.narrative("overview") == (
        "青山县新石桥镇人民政府公布本报告。新石桥镇公开3条，新石桥镇公开4条。由原石桥镇和白河镇合并而成。"
    )
    assert after.agency.short_name == "新石桥镇"
    assert after.signature.agency == "青山县新石桥镇人民政府"
    assert [one.is_meant for one in old_names(after, BEFORE)] == [True]
    assert words(before, found[1]).count("→") == 1


def test_a_short_name_that_the_clerk_gave_is_used():
    now = replace(NOW, name="青山县新桥街道办事处", short_name="新桥")
    found = old_names(report(now, overview="石桥镇公开3条。"), BEFORE)
    assert [(one.old, one.new) for one in found if one.section] == [("石桥镇", "新桥街道")]
    assert not [one for one in found if one.field == SHORT_NAME]


def test_two_predecessors():
    before = Agency(name="青山县石桥镇人民政府、青山县白河镇人民政府")
    found = old_names(report(overview="白河镇和石桥镇。"), before)
    assert [one.old for one in found if one.section] == ["白河镇", "石桥镇"]


def test_the_same_name_or_none_is_no_change():
    assert old_names(report(replace(BEFORE), overview=TEXT), BEFORE) == []
    assert old_names(report(overview=TEXT), Agency()) == []


def test_the_address_in_its_field_goes_with_the_one_in_the_text():
    made = report(replace(NOW, address="青山县石桥镇人民路3号"), introduction="地址：青山县石桥镇人民路3号。")
    found = old_names(made, BEFORE)
    assert [(one.field, one.new) for one in found if one.field == ADDRESS] == [
        (ADDRESS, "青山县新石桥镇人民路3号")
    ]
    after = renamed(made, found)
    assert after.narrative("introduction") == f"地址：{after.agency.address}。"
    assert not [one for one in old_names(after, BEFORE) if one.field == ADDRESS]
