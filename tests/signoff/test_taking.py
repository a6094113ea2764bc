"""Proposals against a report that goes on: taken, open, changed meanwhile; each place is found again by what stands there."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.signoff.proposals import EditedCopy
from app.signoff.taking import Placed, State, place_of, states, taken
from tests.signoff.test_proposals import INPUTS, OURS, changed, plain, read

OPEN, TAKEN, MOVED = State.OPEN, State.TAKEN, State.MOVED
LINES = (("甲", "甲"), ("乙", "乙二"), (None, "丙"), ("丁", None), ("戊", "戊"))
CHANGES = (1, 2, 3)  # those of LINES that are proposals


@pytest.fixture(scope="module")
def copy() -> EditedCopy:
    return read(OURS, plain(changed()))


def stand(*texts: str) -> list[State]:
    placed = Placed.of(LINES, texts)
    return [placed.state(at) for at in CHANGES]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["甲", "乙", "丁", "戊"], [OPEN, OPEN, OPEN]),
        (["甲", "乙二", "丁", "戊"], [TAKEN, OPEN, OPEN]),
        (["甲", "乙", "丙", "丁", "戊"], [OPEN, TAKEN, OPEN]),
        (["甲", "乙二", "丙", "戊"], [TAKEN, TAKEN, TAKEN]),
        (["甲", "别的话", "丁", "戊"], [MOVED, MOVED, OPEN]),
        (["新的", "甲", "乙", "丁", "戊"], [OPEN, OPEN, OPEN]),
        (["甲", "乙", "丁改过", "戊"], [OPEN, MOVED, MOVED]),
    ],
)
def test_a_place_is_told_from_what_stands_there(texts, found):
    assert stand(*texts) == found


def applied(texts: Sequence[str], *at: int) -> list[str]:
    return list(Placed.of(LINES, texts).with_taken(at))


def test_only_what_is_taken_changes_and_what_the_clerk_wrote_stays():
    texts = ["自己加的一段", "甲", "乙", "丁", "戊", "结尾"]
    assert applied(texts) == texts
    assert applied(texts, 1) == ["自己加的一段", "甲", "乙二", "丁", "戊", "结尾"]
    assert applied(texts, 2) == ["自己加的一段", "甲", "乙", "丙", "丁", "戊", "结尾"]
    assert applied(texts, 1, 2, 3) == ["自己加的一段", "甲", "乙二", "丙", "戊", "结尾"]


@settings(max_examples=60, deadline=None)
@given(st.permutations(CHANGES), st.sets(st.sampled_from(CHANGES)))
def test_one_by_one_in_any_order_is_the_same_as_at_once(order, wanted):
    texts = ["甲", "乙", "丁", "戊"]
    for at in (one for one in order if one in wanted):
        texts = applied(texts, at)
    assert texts == applied(["甲", "乙", "丁", "戊"], *wanted)


def test_taken_one_by_one_the_report_is_what_it_is_when_all_are_taken_at_once(copy):
    report = OURS
    for number in sorted(copy.all_numbers, reverse=True):
        assert states(copy, report)[number] is OPEN
        report = taken(copy, report, [number])
        assert states(copy, report)[number] is TAKEN
    assert report == copy.taken(copy.all_numbers)
    assert set(states(copy, OURS).values()) == {OPEN}


def test_a_cell_with_a_third_number_is_the_clerks(copy):
    (one,) = [each for each in copy.proposals if each.cell == INPUTS[0]]
    report = OURS.with_values({INPUTS[0]: 77})
    assert states(copy, report)[one.number] is MOVED
    with pytest.raises(UserError, match="又改过"):
        taken(copy, report, [one.number])


def test_a_paragraph_is_found_again_where_it_stands_now(copy):
    (one,) = [each for each in copy.proposals if "扎实" in each.new]
    report = replace(
        OURS, narratives={**OURS.narratives, "overview": "先说一句。\n" + OURS.narrative("overview")}
    )
    start, end = place_of(copy, report, one)
    assert report.narrative("overview")[start:end] == one.old
