"""The second process that makes the preview: the same pages as here, and no clerk is told when it dies."""

import marshal
import sys
import time

import pytest

from app.printing.preview_worker import PreviewWorker, faces_of, make
from app.typesetting.pages import Source
from tests.bench.headless import full_document


@pytest.fixture(scope="module")
def report():
    return full_document().report


def test_the_second_process_makes_the_very_pages(report):
    maker = PreviewWorker()
    made = maker.make(report, True)
    maker.close()
    here = make(report, True)
    assert (made.pdf, made.sizes) == (here.pdf, here.sizes)
    assert list(map(marshal.loads, made.places)) == list(map(marshal.loads, here.places))
    assert maker._failures == 0


def test_it_tells_of_the_faces_what_would_be_told_here(report):
    maker = PreviewWorker()
    told = maker.faces(report)
    maker.close()
    assert told == faces_of(report)
    assert told.line
    assert maker._failures == 0


@pytest.mark.parametrize("call", [["no such program"], [sys.executable, "-c", "pass"]])
def test_where_none_can_run_the_pages_are_made_here(report, call):
    maker = PreviewWorker(call)
    assert maker.make(report, False).pdf.startswith(b"%PDF")
    assert maker.make(report, False).sizes
    maker.close()


@pytest.mark.slow
def test_one_that_was_killed_is_started_again(report):
    maker = PreviewWorker()
    first = maker.make(report, False)
    maker._process.kill()
    maker._process.wait()
    assert maker.make(report, False).pdf == first.pdf
    maker.close()


def test_a_place_on_a_page_is_the_place_in_the_report(report):
    made = make(report, False)
    source = Source("problems", 0)
    page, top = made.spot(source)
    x, y, *_ = next(one for one in made.places_of(page) if one[1] == top)
    assert made.source_at(page, x + 1, y + 1) == source


def test_one_that_nobody_asks_ends_and_is_started_again(report):
    maker = PreviewWorker(idle=0.2)
    first = maker.make(report, False)
    deadline = time.monotonic() + 60
    while maker.is_running:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert maker.make(report, False).pdf == first.pdf
    assert maker._failures == 0
    maker.close()
    assert not maker.is_running
