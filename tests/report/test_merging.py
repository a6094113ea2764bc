"""Reports of units that became one, added up: nothing is invented where one of them is blank."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.form.model import CellRef
from app.report.merging import lacking, merged
from app.session.rollover import LastYear, blank_report, roll_over

RECEIVED = CellRef("requests", "received", "natural_person")
CARRIED = CellRef("requests", "carried_out", "natural_person")
FEES = CellRef("art20_8", "fees", "amount")


def report(name: str, year: int = 2024, **narratives: str):
    return replace(blank_report(name, year), narratives=narratives)


ONE = report("甲镇人民政府", overview="甲镇公开3条。").with_values(
    {RECEIVED: 3, CARRIED: 1, FEES: Decimal("1.5")}
)
OTHER = report("乙镇人民政府", overview="乙镇公开4条。", problems="无。").with_values(
    {RECEIVED: 4, FEES: Decimal("0.25")}
)


def test_what_both_gave_is_added_and_what_one_left_blank_stays_blank():
    both = merged([ONE, OTHER])
    assert (both[RECEIVED], both[CARRIED], both[FEES]) == (7, None, Decimal("1.75"))
    assert lacking([ONE, OTHER]) == [(CARRIED, ["乙镇人民政府"])]
    assert both.agency.name == "甲镇人民政府、乙镇人民政府"
    assert both.narrative("overview") == "【甲镇人民政府】\n甲镇公开3条。\n【乙镇人民政府】\n乙镇公开4条。"
    assert both.narrative("problems") == "【乙镇人民政府】\n无。"


def test_it_is_last_year_like_any_other():
    zero = OTHER.with_values({CARRIED: 0})
    both = merged([ONE, zero])
    new = roll_over(both, 2025)
    assert new[CellRef("requests", "carried_in", "natural_person")] == 1
    from app.form.catalog import form

    assert LastYear(form(new.form), both, 2025).value(RECEIVED) == 7


def test_one_alone_is_itself_and_different_years_are_not_added():
    assert merged([ONE]) is ONE
    with pytest.raises(ValueError, match="different years"):
        merged([ONE, report("乙镇人民政府", 2023)])
