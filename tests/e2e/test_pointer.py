"""The pointer of a real window, resting on what changes under it."""

import pytest

from app.session.rollover import blank_report
from app.storage import files
from app.storage.container import Content
from tests.e2e.program import Watched, needs_screen

pytestmark = needs_screen


@pytest.fixture
def clerk(display, tmp_path):
    """At a new report, every cell blank."""
    path = tmp_path / "报告.gknb"
    files.save(path, Content(blank_report("甲县乙镇人民政府", 2025)))
    program = Watched(display, tmp_path / "home", str(path))
    yield program
    program.end()


def test_the_last_finding_of_a_table_goes_from_under_the_pointer(clerk):
    clerk.wait_for("报告 — 年报助手")
    clerk.keys("alt+4")
    clerk.point_at("表四存在空白")
    for _ in range(12):
        clerk.type("0")
        clerk.keys("Tab")
    clerk.sees("没有发现问题")
    clerk.keys("ctrl+z")
    clerk.sees("表四存在空白")
    clerk.keys("ctrl+y")
    clerk.sees("没有发现问题")
