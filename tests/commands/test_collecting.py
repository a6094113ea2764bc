"""`nianbao collect`: a form is made, forms that came back are added up, and only `-o` writes a report."""

import json

import pytest

from app.commands import cli
from app.form.model import CellRef
from app.report.model import Report
from app.session.any_report import read_any
from app.storage import files
from app.storage.container import Content
from tests.collecting.filling import FORM, ROW, YEAR, filled
from tests.places import TESTS

TOTAL = CellRef("requests", ROW[0].row, "total")
NAMES = ["requests.received"]


@pytest.fixture
def call(capsys):
    """One call: (exit status, standard output, standard error)."""

    def run(*words):
        status = cli.main([str(word) for word in words])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def returned(tmp_path):
    """Two forms as they came back, in a folder."""
    folder = tmp_path / "收回"
    folder.mkdir()
    for number, unit in ((3, "东村"), (4, "西村")):
        (folder / f"{unit}.xlsx").write_bytes(filled(dict.fromkeys(ROW, number), unit, NAMES))
    return folder


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "报告.gknb"
    files.save(path, Content(Report(FORM.id, YEAR)))
    return path


def test_a_form_is_made_of_the_chosen_part(call, tmp_path):
    out = tmp_path / "收数表.xlsx"
    status, said, told = call("collect", "--form", out, "--year", YEAR, "--part", "requests.received")
    assert (status, said.strip()) == (0, str(out))
    assert f"共{len(ROW)}格要填" in told
    status, said, _ = call("collect", out, "--json")
    assert status == 1  # nobody filled it
    assert {one["cell"] for one in json.loads(said)["proposals"]} == set(map(str, ROW))


def test_what_came_back_is_shown_and_nothing_written(call, returned, report):
    before = report.read_bytes()
    status, said, _ = call("collect", returned, "--into", report)
    assert status == 0
    assert "可以填入" in said
    assert "：7（东村3，西村4）" in said
    assert report.read_bytes() == before


def test_with_a_place_to_write_the_blank_cells_are_filled_and_totals_follow(call, returned, report, tmp_path):
    out = tmp_path / "新.gknb"
    status, _, told = call("collect", returned, "--into", report, "-o", out)
    assert status == 0
    made = read_any(out).report
    assert {ref: made[ref] for ref in ROW} == dict.fromkeys(ROW, 7)
    assert made[TOTAL] == 7 * len(ROW)
    assert f"填入了{len(ROW)}格" in told


def test_a_cell_with_another_number_is_kept_unless_it_shall_be_replaced(call, returned, report):
    files.save(report, Content(Report(FORM.id, YEAR, values={ROW[0]: 5})))
    status, said, _ = call("collect", returned, "--into", report, "-o", report)
    assert status == 1
    assert "报告里是5，收来的是7（东村3，西村4）" in said
    assert read_any(report).report[ROW[0]] == 5
    assert read_any(report).report[ROW[1]] == 7
    status, _, _ = call("collect", returned, "--into", report, "-o", report, "--replace")
    assert status == 0
    assert read_any(report).report[ROW[0]] == 7


def test_a_blank_keeps_its_cell_blank_and_is_named(call, returned, report, tmp_path):
    (returned / "南村.xlsx").write_bytes(filled(dict.fromkeys(ROW[1:], 1), "南村", NAMES))
    out = tmp_path / "新.gknb"
    status, said, _ = call("collect", returned, "--into", report, "-o", out)
    assert status == 1
    assert "7（东村3，南村未填，西村4）" in said
    made = read_any(out).report
    assert made[ROW[0]] is None
    assert made[TOTAL] is None
    assert made[ROW[1]] == 8


def test_a_form_of_another_year_and_a_file_that_is_none_are_told(call, returned, report):
    (returned / "北村.xlsx").write_bytes(filled({}, "北村", NAMES, year=YEAR - 1))
    (returned / "通知.xlsx").write_bytes(b"PK")
    status, said, told = call("collect", returned, "--into", report)
    assert status == 2
    assert "：7（东村3，西村4）" in said
    assert f"北村.xlsx：是{YEAR - 1}年的收数表" in told
    assert "通知.xlsx：" in told


@pytest.mark.parametrize(
    "words",
    [
        ["collect"],
        ["collect", "--form", "a.xlsx"],
        ["collect", "--form", "a.doc", "--year", "2025"],
        ["collect", "--form", "a.xlsx", "--year", "2025", "--part", "表九"],
        ["collect", "--form", "a.xlsx", "--year", "2025", "b.xlsx"],
        ["collect", "没有.xlsx"],
        ["collect", "没有.xlsx", "-o", "a.xlsx"],
    ],
)
def test_what_cannot_be_done_is_refused_in_words(call, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, said, told = call(*words)
    assert (status, said) == (2, "")
    assert told.strip()
    assert list(tmp_path.iterdir()) == []


def test_a_form_given_to_import_says_what_it_would_put_in(call, returned):
    status, said, _ = call("import", returned / "东村.xlsx")
    assert status == 0
    assert "收回的收数表，不是一份报告" in said
    assert "可以填入" in said
    status, said, _ = call("import", "--json", returned / "东村.xlsx")
    answer = json.loads(said)
    assert (status, answer["units"][0]["unit"], answer["proposals"][0]["new"]) == (0, "东村", "3")


def test_a_form_is_not_saved_as_a_report(call, returned, tmp_path):
    status, _, told = call("import", returned / "东村.xlsx", "-o", tmp_path / "新.gknb")
    assert status == 2
    assert "收数表" in told
    assert not (tmp_path / "新.gknb").exists()


def test_a_folder_with_forms_saved_as_xls_is_read(call, returned):
    (returned / "南村.xls").write_bytes((TESTS / "collecting" / "files" / "dongcun.xls").read_bytes())
    _, said, _ = call("collect", returned, "--json")
    assert {one["unit"] for one in json.loads(said)["units"]} == {"东村", "西村", "东村村民委员会"}
