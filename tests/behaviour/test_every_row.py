"""Every note that a reader made on the five real reports is a finding that a test asks for, or is silent for a reason.

000-1 is note 1 on report 000.
"""

import re
from pathlib import Path

from tests.behaviour import test_seed_findings as test_seeds
from tests.behaviour import test_seed_texts

ROWS = {"000": 13, "001": 17, "002": 27, "003": 18, "004": 16}
SILENT = {
    "000-8": "the importer joins what a page break tore and says so in its warnings: the report as read is whole",
    "002-12": "访问量 of the account and 浏览量 of some of its articles are two quantities: two readings",
    "002-13": "143条 published and 143条 passed on may both be true: equal numbers are no contradiction",
    "002-26": "the title in two lines is joined; S-05 passes, the unit's short form is 002-24",
    "003-7": "asterisks of Markdown are taken off when the report is read: nothing of them is left",
    "003-11": "134.2 with its unit in the cell is what T2-09 asks for; see test_seeds",
    "003-14": "the importer drops the sixteenth column that has no label (tests/importing)",
    "003-15": "the importer takes the seven numbers of the row (tests/importing)",
    "003-16": "half-width brackets in printed labels are one of the ways in which they are set; printed anew they are full-width",
    "003-18": "that a channel exists and that channels are 不健全 is no contradiction of numbers: only a reader can tell",
    "004-11": "the law's own names of the six parts are an accepted variant: what says that nothing is wrong is not told",
    "004-14": "allowed: the 2021 notice need not be cited",
}  # fmt: skip


def asked_for() -> set[str]:
    """The rows with a test: in the table of test_seeds, and beside the lines of test_seed_texts."""
    found = {row for rows in test_seeds.EXPECTED.values() for row, *_ in rows}
    source = Path(test_seed_texts.__file__).read_text("utf-8")
    for comment in re.findall(r"#(.*)", source):
        found |= set(re.findall(r"\b00\d-\d+\b", comment))
    return found


def test_no_row_is_forgotten():
    every = {f"{seed}-{number}" for seed, count in ROWS.items() for number in range(1, count + 1)}
    asked = asked_for()
    assert every - asked - SILENT.keys() == set()
    assert asked & SILENT.keys() == set()
    assert SILENT.keys() <= every
