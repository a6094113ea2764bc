"""From one edition to the next: what is declared goes over, what has no place is told, nothing is lost in silence."""

import pytest

from app.form.catalog import form
from app.form.model import CellRef
from app.report.left_behind import left_behind
from app.session.document import ReportDocument
from app.session.rollover import LastYear, roll_over
from tests.exporting.reports import full_report
from tests.form.new_editions import templates_with

RENAMED = """
[[earlier_values]]
form = "2021"
from = "requests.carried_out"
to = "requests.carried_forward"
columns = ["natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_entity", "total"]
use = "convert"

[[earlier_values]]
form = "2021"
from = "art20_1.rules.repealed"
to = "art20_1.rules.issued"
use = "hint"
text = "上年废止{value}件"
"""


def other_keys(text: str) -> str:
    """四、结转下年度 under another key, 重复申请 and 本年废止件数 gone."""
    lines = [line for line in text.splitlines() if 'key = "declined_repeat"' not in line]
    head, _, rest = "\n".join(lines).partition('[[sections.tables.cross_checks]]\nid = "T2-04"')
    rest = rest[rest.index("[[sections.tables]]") :]  # the equations with 本年废止件数
    head = "\n".join(line for line in head.splitlines() if 'key = "repealed"' not in line)
    head = head.replace("widths = [39, 39, 39, 39]", "widths = [52, 52, 52]")
    return (head + "\n" + rest).replace("carried_out", "carried_forward") + RENAMED


@pytest.fixture
def new(tmp_path, monkeypatch):
    with templates_with(tmp_path, monkeypatch, "row and label", other_keys) as edition:
        yield edition


def test_what_is_carried_is_found_under_its_key_of_last_year(new):
    year = form(new).first_year
    prior = full_report("2021", year - 1)
    draft = roll_over(prior, year)
    columns = [one.key for one in form(new).tables["requests"].leaf_columns]
    assert draft.form == new
    assert dict(draft.values) == {
        CellRef("requests", "carried_in", column): prior[CellRef("requests", "carried_out", column)]
        for column in columns
    }


def test_last_years_value_stands_beside_the_cell_that_is_declared_its_own(new):
    year = form(new).first_year
    prior = full_report("2021", year - 1)
    last = LastYear(form(new), prior, year)
    for ref in form(new).cells:
        if ref.row == "carried_forward":
            assert last.value(ref) == prior[CellRef("requests", "carried_out", ref.column)]
        elif ref.row != "denied_platform":
            assert last.value(ref) == prior[ref]
        else:
            assert last.value(ref) is None
    assert last.hint(CellRef("art20_1", "rules", "issued")) == (
        f"上年废止{prior[CellRef('art20_1', 'rules', 'repealed')]}件"
    )


def test_what_has_no_place_is_told(new):
    year = form(new).first_year
    prior = full_report("2021", year - 1)
    lost = [ref for ref in prior.values if ref.row == "declined_repeat"]
    lost.insert(0, CellRef("art20_1", "normative_documents", "repealed"))  # that of 规章 is declared
    assert form(new).without_place("2021", prior.values) == tuple(lost)
    told = left_behind(prior, form(new))
    assert f"有{len(lost)}格是{new}年版格式没有的" in told
    assert all(form("2021").label(ref) in told for ref in lost[:5])
    document = ReportDocument(roll_over(prior, year), prior)
    assert [one.message for one in document.findings if one.message == told] == [told]


def test_a_blank_is_not_left_behind_and_a_zero_is(new):
    prior = full_report("2021", form(new).first_year - 1)
    ref = CellRef("art20_1", "normative_documents", "repealed")
    lost = form(new).without_place("2021", prior.values)
    assert left_behind(prior.with_values(dict.fromkeys(lost)), form(new)) == ""
    assert "有1格" in left_behind(prior.with_values({**dict.fromkeys(lost), ref: 0}), form(new))


def test_from_2021_to_an_edition_with_a_row_more_nothing_is_left_behind(tmp_path, monkeypatch):
    with templates_with(tmp_path, monkeypatch, "row and label") as new:
        year = form(new).first_year
        prior = full_report("2021", year - 1)
        assert left_behind(prior, form(new)) == ""
        assert len(roll_over(prior, year).values) == 7
        last = LastYear(form(new), prior, year)
        assert {ref: last.value(ref) for ref in prior.values} == dict(prior.values)


def test_what_2020_said_and_2021_does_not_ask_is_told():
    told = left_behind(full_report("2019", 2020), form("2021"))
    assert "2019年版格式" in told
    cells = form("2021").without_place("2019", form("2019").cells)
    assert {ref.table for ref in cells} == {"art20_1", "art20_5", "art20_6", "art20_8", "art20_9"}
    assert CellRef("requests", "other", "natural_person") not in cells, "declared: 原（六）其他处理未细分"
