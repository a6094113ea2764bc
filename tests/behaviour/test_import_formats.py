"""One report saved in every format: the same blocks, the same report, told apart by content and not by name."""

import pytest

from app.form.model import ValueKind
from app.importing.importer import import_bytes, read
from app.importing.matching.values import read_value
from tests.importing.reader_samples import NAMES, known, paragraphs, sample, tables

SAME = ("docx", "doc", "rtf", "odt")
ALL = (*SAME, "html", "pdf")
DOUBTFUL = {"rich_2021": {}, "plain_2019": {"art20_9.procurement.amount": "121.5"}}  # no unit is printed


@pytest.fixture(autouse=True)
def _pdf() -> None:
    pytest.importorskip("pdfminer")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", SAME)
def test_paragraphs_and_tables_are_equal_in_every_format(name: str, suffix: str) -> None:
    source = read(sample(name, suffix))
    assert source.type == suffix
    assert paragraphs(source.blocks) == known(name)["paragraphs"]
    assert tables(source.blocks) == known(name)["tables"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ALL)
def test_every_number_arrives(name: str, suffix: str) -> None:
    result = import_bytes(sample(name, suffix), "上年报告")
    texts = {text for table in known(name)["tables"] for row in table for text in row}
    numbers = {text for text in texts if text.replace(".", "").isdigit()}
    doubtful = {str(one.cell): one.text for one in result.unsure}
    assert doubtful == DOUBTFUL[name]
    assert {str(value) for value in result.report.values.values()} | set(doubtful.values()) == numbers
    assert (result.missing, result.unused) == ((), ())
    assert len(result.report.narratives["overview"]) > 150
    assert str(result.report.signature.issued_on)[4:] == "-01-18"


@pytest.mark.parametrize("suffix", [*SAME, "pdf"])
def test_what_is_crossed_out_or_hidden_is_left_out_and_marks_of_notes_are_no_digits(suffix: str) -> None:
    [table] = tables(read(sample("marks", suffix)).blocks)
    assert table[0] == ["甲", "6", "6"]
    assert table[1][0] == "6"
    for text in table[1][1:]:
        assert read_value(text, ValueKind.COUNT, "").reason
