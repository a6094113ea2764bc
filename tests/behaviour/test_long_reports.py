"""A report of very many paragraphs is made into blocks, pages and Word in a time that grows as its length, not as its square."""

import time
from collections.abc import Callable

import pytest

from app.documents.compose import compose
from app.exporting.docx.writer import _put
from app.exporting.ooxml import element, within
from app.form.catalog import form
from tests.checks.reports import good


def taken(call: Callable[[], object]) -> float:
    """Seconds of this process, the least of three."""
    found = []
    for _ in range(3):
        start = time.process_time()
        call()
        found.append(time.process_time() - start)
    return min(found)


def composed(count: int) -> Callable[[], object]:
    report = good().with_narrative("overview", "\n".join(["一"] * count))
    return lambda: compose(report, form(report.form))


def filled(count: int) -> Callable[[], object]:
    def work() -> None:
        body = within(element("body"), element("sectPr"))
        for _ in range(count):
            _put(body, element("p"))

    return work


@pytest.mark.parametrize("work", [composed, filled])
def test_eight_times_the_paragraphs_take_about_eight_times_as_long(work):
    few, many = 1_500, 12_000
    assert taken(work(many)) < 20 * taken(work(few))  # as the square: 64 times


def test_what_is_put_into_a_word_file_stands_before_its_section():
    body = within(element("body"), element("sectPr"))
    for name in ("p", "tbl", "p"):
        _put(body, element(name))
    assert [one.tag.rpartition("}")[2] for one in body] == ["p", "tbl", "p", "sectPr"]
