"""The review of an import: what the clerk settles is kept, what he did not is never built on, and nothing blank becomes 0 by itself."""

from dataclasses import replace

import pytest

from app.form.catalog import form as form_of
from app.importing.result import CellState, Evidence, Spot, Unsure
from app.importing.review import Counts, Review
from tests.importing.test_seeds import seed


@pytest.fixture
def review() -> Review:
    """Of one table: a doubt with a proposal, a doubt without, a blank, a dash, a cell not found; everything else is read as 7."""
    found = seed("001")
    form = form_of(found.report.form)
    section = next(one for one in form.sections if len(one.cells) > 10)
    proposed, unread, blank, dash, absent = section.cells[:5]
    values = dict.fromkeys(form.cells, 7)
    for ref in (unread, blank, dash, absent):
        del values[ref]
    return Review(
        replace(
            found,
            report=replace(found.report, values=values),
            evidence={},
            blanks={blank: Evidence("", Spot("表")), dash: Evidence("/", Spot("表"))},
            unsure=(Unsure(proposed, "7?", "看不清"), Unsure(unread, "77", "连写")),
            missing=(blank, dash, absent),
        )
    )


def five(review: Review):
    return next(one for one in review.form.sections if len(one.cells) > 10).cells[:5]


def key(review: Review) -> str:
    return next(one for one in review.form.sections if len(one.cells) > 10).key


def test_untouched_it_builds_on_what_is_certain(review):
    assert review.report == review.found.certain
    assert review.counts() == Counts(len(review.form.cells) - 5, 2, 3)


def test_a_confirmed_cell_is_built_on_and_can_be_undone(review):
    proposed = five(review)[0]
    assert review.report[proposed] is None
    assert review.confirm(proposed)
    assert (review.report[proposed], review.state(proposed)) == (7, CellState.READ)
    assert review.undo_name == "确认一格"
    assert review.undo()
    assert (review.report[proposed], review.undo_name, review.undo()) == (None, "", False)


def test_nothing_without_a_proposal_can_be_confirmed(review):
    assert [review.confirm(ref) for ref in five(review)[1:]] == [False] * 4
    assert review.counts().doubtful == 2


def test_a_correction_is_kept_and_the_file_says_what_it_said(review):
    unread = five(review)[1]
    review.correct(unread, 12)
    assert review.report[unread] == 12
    assert review.found.trace(unread).text == "77"


def test_blanks_become_zeros_only_where_the_source_has_a_blank(review):
    proposed, unread, blank, dash, absent = five(review)
    assert review.blanks_are_zeros(key(review)) == (blank, dash)
    assert [review.report[ref] for ref in (proposed, unread, blank, dash, absent)] == [None, None, 0, 0, None]
    assert review.blanks_are_zeros(key(review)) == ()
    review.undo()
    assert review.report == review.found.certain


def test_the_walk_takes_doubts_first_then_missing_then_begins_again(review):
    proposed, unread, blank, dash, absent = five(review)
    walk = [review.next_open()]
    for _ in range(5):
        walk.append(review.next_open(walk[-1]))
    assert walk == [proposed, unread, blank, dash, absent, proposed]


def test_the_walk_goes_on_from_a_cell_just_settled_and_ends(review):
    proposed, unread, *rest = five(review)
    review.confirm(proposed)
    assert review.next_open(proposed) == unread
    for ref in (unread, *rest):
        review.correct(ref, None)
    assert review.next_open(rest[-1]) is None
    assert review.counts() == Counts(len(review.form.cells), 0, 0)
