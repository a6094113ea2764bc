"""The review of an import: doubts wait, confirmed and typed cells are certain, what was not settled stays told."""

from dataclasses import replace

import pytest

from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_file
from app.importing.result import Unsure
from app.report.model import Report
from app.session import session
from app.session.import_review import ImportReview, ReviewState
from app.session.year_chain import read_chain
from tests.importing.making import adding_up
from tests.places import TESTS

SAMPLES = TESTS / "samples"
PINGTAN = SAMPLES / "pingtan_czjrj_2023_page.txt"


@pytest.fixture
def review():
    return ImportReview(import_file(PINGTAN))


def test_a_doubtful_cell_is_blank_until_it_is_confirmed(review):
    ref = next(iter(review.suggestions))
    assert review.report[ref] is None
    assert review.state(ref) is ReviewState.DOUBTFUL
    assert review.confirm_suggestion(ref)
    assert review.report[ref] == review.found.report[ref]
    assert review.state(ref) is ReviewState.CORRECTED
    assert not review.confirm_suggestion(ref)


def test_confirming_is_undone_by_its_name(review):
    ref = review.open_doubts[0]
    review.confirm_suggestion(ref)
    assert review.undo_name == f"确认“{review.form.label(ref)}”"
    review.undo()
    assert review.state(ref) is ReviewState.DOUBTFUL


def test_what_was_settled_is_certain_and_the_rest_as_told_as_before(review):
    first, second = review.open_doubts[:2]
    review.set_values({first: 7}, "填写")
    outcome = review.outcome
    assert outcome.certain[first] == 7
    assert first not in {one.cell for one in outcome.unsure}
    assert second in {one.cell for one in outcome.unsure}
    assert outcome.report[second] == review.found.report[second]
    assert outcome.certain[second] is None


def test_every_cell_is_in_exactly_one_state_after_the_review(review):
    review.set_values({review.open_doubts[3]: 1}, "填写")
    outcome = review.outcome
    doubtful, missing = {one.cell for one in outcome.unsure}, set(outcome.missing)
    for ref in review.form.cells:
        in_report = ref in outcome.report.values and ref not in doubtful
        assert in_report + (ref in doubtful) + (ref in missing) == 1


def test_nothing_is_computed_a_wrong_total_stays_and_is_told():
    found = import_file(SAMPLES / "001_zhangjiachan_2020.txt")
    form = ImportReview(found).form
    total = next(iter(form.totals))
    wrong = replace(found, report=found.report.with_values({total: 9}))
    review = ImportReview(wrong)
    part = next(ref for ref in form.section_of(total).cells if ref not in form.totals)
    review.set_values({part: 1}, "填写")
    assert review.report[total] == 9
    told = [one for one in review.findings if total in one.cells]
    assert told
    assert all(one.repair is None for one in told)


def test_a_blank_that_the_clerk_saw_to_be_zero_is_no_longer_missing():
    review = ImportReview(import_file(SAMPLES / "000_songcun_2020.txt"))
    blanks = review.open_cells
    assert blanks
    assert not review.open_doubts
    review.fill_blanks(blanks[:5])
    assert set(blanks[:5]).isdisjoint(review.outcome.missing)
    assert {review.outcome.certain[ref] for ref in blanks[:5]} == {0}


def test_a_cell_says_where_it_stood_and_why_it_is_doubtful(review):
    ref = review.open_doubts[0]
    words = review.words(ref)
    assert "原文“" in words
    assert "对的话按回车确认" in words
    review.confirm_suggestion(ref)
    assert "已按" in review.words(ref)


def test_a_doubt_without_a_proposal_can_only_be_typed():
    found = import_file(SAMPLES / "001_zhangjiachan_2020.txt")
    ref = next(iter(found.report.values))
    found = replace(
        found, report=found.report.with_values({ref: None}), unsure=(Unsure(ref, "1O", "不是整数"),)
    )
    review = ImportReview(found)
    assert review.open_doubts == [ref]
    assert ref not in review.suggestions
    assert not review.confirm_suggestion(ref)


def test_years_that_do_not_join_are_told(tmp_path):
    old = session.new_blank("测试县测试镇人民政府", 2023)
    new = session.new_blank("测试县测试镇人民政府", 2024)
    target, source = next(iter(new.form.carried.items()))
    old.set_values({source: 2}, "填写")
    new.set_values({target: 3}, "填写")
    for document in (old, new):
        session.save(document, tmp_path / f"{document.report.year}.gknb")
    chain = read_chain([tmp_path / "2024.gknb", tmp_path / "2023.gknb"])
    assert [link.year for link in chain.links] == [2023, 2024]
    assert any("2024年" in one and "是3" in one and "是2" in one for one in chain.mismatches())


def test_a_doubtful_cell_does_not_become_0_with_the_blanks(review):
    doubts = review.open_doubts
    review.fill_blanks(review.form.cells)
    assert doubts
    assert review.open_doubts == doubts


def doubtful(changes=None):
    """A report that adds up, every cell of it doubtful as a scan's are, some of them read wrong."""
    edition = form("2021")
    values = {**adding_up(edition), **(changes or {})}
    found = replace(
        import_file(PINGTAN),
        report=Report("2021", 2023, values=values),
        unsure=tuple(Unsure(ref, str(value), "由图片识别，请对照原件核对") for ref, value in values.items()),
        missing=(),
    )
    return ImportReview(found)


def test_cells_are_proved_by_the_sums_of_their_row_and_of_their_column():
    review = doubtful()
    table = form("2021").tables["requests"]
    assert set(_cells(table)) <= set(review.proved)


def test_the_fourth_table_is_proved_by_its_three_sums():
    cells = set(_cells(form("2021").tables["review"]))
    recon = {ref for ref in cells if ref.column.startswith("recon")}
    proved = set(doubtful().proved) & cells
    assert proved == cells
    assert not set(doubtful({CellRef("review", "cases", "recon_upheld"): 99}).proved) & cells
    zeros = dict.fromkeys(recon, 0)
    assert set(doubtful(zeros).proved) & cells == cells - recon, "zeros alone prove nothing"


def test_a_number_read_wrong_is_not_proved_nor_its_row_and_column():
    granted = CellRef("requests", "granted", "enterprise")
    review = doubtful({granted: 1})
    wrong = {ref for ref in _cells(form("2021").tables["requests"]) if ref not in review.proved}
    assert granted in wrong
    assert {ref for ref in wrong if ref.row == "granted"} == {
        ref for ref in _cells(form("2021").tables["requests"]) if ref.row == "granted"
    }


def test_zeros_alone_prove_nothing():
    zeros = dict.fromkeys(form("2021").cells, 0)
    assert not doubtful(zeros).proved


def _cells(table):
    return [
        CellRef(table.key, row.key, column.key) for row in table.leaf_rows for column in table.leaf_columns
    ]
