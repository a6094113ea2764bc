"""The program as a clerk meets it: a real window on a real (virtual) screen, only the keyboard, no mouse."""

import time
from pathlib import Path

import pytest

from app.importing.importer import import_file
from app.session import session
from app.session.any_report import read_any
from app.session.document import ReportDocument
from app.session.rollover import roll_over
from app.storage import files
from app.storage.container import Content
from tests.e2e.program import ROOT, Program, needs_screen

SEED = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"

pytestmark = needs_screen


@pytest.fixture
def start(display, tmp_path):
    running: list[Program] = []

    def begin(*arguments: str) -> Program:
        running.append(Program(display, tmp_path / "home", ["-m", "app", *arguments]))
        return running[-1]

    yield begin
    for program in running:
        program.end()


@pytest.fixture
def report(tmp_path):
    """This year's draft on disk, all cells 0 but those of 表三's first column."""
    last = import_file(SEED).report
    document = ReportDocument(roll_over(last, 2021), last)
    form = document.form
    first = {ref for ref in form.section("requests").cells if ref.column == "natural_person"}
    document.fill_blanks(ref for ref in form.cells if ref not in form.totals and ref not in first)
    path = tmp_path / "报告.gknb"
    files.save(path, Content(document.report, document.prior))
    return path


def cell(path: Path, row: str) -> object:
    values = read_any(path).report.values
    return next((value for ref, value in values.items() if ref[1:] == (row, "natural_person")), None)


def test_cells_are_typed_undone_and_saved_by_the_keyboard_alone(start, report):
    program = start(str(report))
    program.wait_for("报告 — 年报助手")
    program.keys("alt+3")
    program.type("12")
    program.keys("Return")
    program.wait_for("报告* — 年报助手")
    program.keys("ctrl+s")
    program.wait_for("报告 — 年报助手")
    assert cell(report, "received") == 12
    program.keys("ctrl+z")
    program.wait_for("报告* — 年报助手")
    program.keys("ctrl+s")
    program.wait_for("报告 — 年报助手")
    assert cell(report, "received") is None
    program.keys("ctrl+q")
    program.until(lambda: program.process.poll() is not None, "the program did not end")
    assert program.process.returncode == 0


def test_what_was_typed_before_a_kill_is_offered_again(start, report):
    program = start(str(report))
    program.wait_for("报告 — 年报助手")
    program.keys("alt+5")
    program.keys("ctrl+End")
    program.type("abc")
    program.wait_for("报告* — 年报助手")
    time.sleep(2.6)  # the promise: within two seconds of the last change
    program.process.kill()
    program.process.wait(5)
    kept = list((Path(program.env["NIANBAO_HOME"]) / "recovery").glob("*.gknb"))
    assert [read_any(path).report.narrative("problems")[-3:] for path in kept] == ["abc"]
    again = start()
    again.wait_for("年报助手")
    time.sleep(0.5)
    again.keys("space")  # the keyboard is on 恢复
    again.wait_for("报告* — 年报助手")
    again.keys("ctrl+s")
    again.wait_for("报告 — 年报助手")
    assert read_any(report).report.narrative("problems").endswith("abc")
    assert session.recoverable() == []
