"""The figures of the plan: circles and upward arrows are seen where they are, and the house has none between its rooms."""

import pytest

from tests import plan
from tests.test_wall import ROOMS


def test_circles_are_found_and_what_only_leads_there_is_none():
    arrows = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}, "e": {"e"}}
    assert plan.circles(arrows) == [{"b", "c"}, {"e"}]


def test_an_arrow_against_the_order_of_the_plan_is_named():
    assert plan.upward("app", {"form": {"report", "errors"}, "report": {"form"}}) == [("form", "report")]


@pytest.mark.parametrize("top", ROOMS)
def test_the_rooms_of_the_house_make_no_circle(top):
    arrows = plan.between_rooms(top)
    assert list(arrows) == ROOMS[top]
    assert any(arrows.values())
    assert plan.circles(arrows) == []
    assert plan.upward(top, arrows) == []


def test_the_table_has_a_line_for_each_half(capsys):
    plan.main()
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["rooms", "modules"]
    assert [line.split()[:2] for line in lines[:2]] == [
        ["app/", str(len(ROOMS["app"]))],
        ["ui/", str(len(ROOMS["ui"]))],
    ]
