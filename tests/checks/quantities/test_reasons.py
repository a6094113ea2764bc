"""Which row of 表三 the reason beside a number names."""

import tomllib

import pytest

from app.checks.quantities.grammar import statements
from app.checks.quantities.reasons import row_of_reason
from app.form.catalog import form
from app.paths import templates


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("因涉及商业秘密不予公开1件申请。", "denied_third_party"),
        ("收到申请，因属于内部事务，依法不予公开的1件。", "denied_internal"),
        ("对1件申请无正当理由大量反复申请，未予处理。", "declined_abusive"),
        ("2件申请逾期未补正，视为放弃。", "other_not_corrected"),
        ("涉及个人隐私的申请作遮挡后部分公开1件。", ""),
        ("因国家秘密、商业秘密等不予公开申请2件。", ""),
        ("依法不予公开申请2件。", ""),
    ],
)
def test_a_reason_names_one_row(text, row):
    one = next(one for one in statements(text, "2021", True) if one.says == "number")
    assert row_of_reason(text, one) == row


def test_each_number_of_a_list_has_its_own_reason():
    text = "5件申请因本机关不掌握相关政府信息而不予公开、2件属于行政查询事项不予公开。"
    found = [row_of_reason(text, one) for one in statements(text, "2021", True)]
    assert found == ["unable_not_held", "denied_query"]


def test_every_declared_row_is_one_of_the_newest_form():
    declared = tomllib.loads((templates() / "wording" / "results.toml").read_text(encoding="utf-8"))
    rows = {row.key for row in form("2021").tables["requests"].leaf_rows}
    assert {one["row"] for one in declared["reason"]} <= rows
