"""县级汇总: sums with who contributed, blanks that are no zeros, bad files, doubles, wrong years, what was carried over."""

import hashlib
import io
import json
import time
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from app.checks.settings import CheckSettings
from app.commands import cli
from app.county import gathering, reading, rollup, workbook
from app.county.rollup import Request, roll_up
from app.county.units import Sum
from app.errors import UserError
from app.form.catalog import form_for_year
from app.form.model import CellRef, Severity
from app.report.model import Agency, Picture, Report
from app.session import session
from app.session.any_report import read_any
from app.session.document import ReportDocument
from app.session.rollover import blank_report, roll_over
from app.signoff import package, signing
from app.storage import files
from app.storage.container import Content
from tests.places import TESTS

TODAY = date(2026, 1, 20)
RECEIVED = CellRef("requests", "received", "natural_person")
FEES = CellRef("art20_8", "fees", "amount")
SAMPLE = TESTS / "samples" / "pingtan_czjrj_2025_page.txt"


def report(name: str, value: int | None = 1, year: int = 2025) -> Report:
    """Every cell 0 but for one, which is `value` or blank."""
    document = ReportDocument(blank_report(name, year))
    document.fill_blanks(document.form.cells)
    return document.report.with_values({RECEIVED: value})


def final(one: Report) -> Report:
    for step in ("draft", "review", "secrecy", "issue"):
        one = signing.signed(one, step, "王小兰", TODAY)
    return signing.frozen(one, TODAY)


def put(folder: Path, file: str, one: Report, prior: Report | None = None) -> Path:
    files.save(folder / file, Content(one, prior))
    return folder / file


def sum_of(found: rollup.Rollup, ref: CellRef) -> Sum:
    return next(one for one in found.sums if one.ref == ref)


def test_values_are_added_and_a_blank_is_told_and_never_a_zero(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府", 3))
    put(tmp_path, "b.gknb", report("乙镇人民政府", None))
    found = roll_up([tmp_path], Request(TODAY))
    one = sum_of(found, RECEIVED)
    assert (one.total, one.is_whole, found.without_value(one)) == (3, False, ["乙镇人民政府"])
    county = rollup.county_report(found, "丙县人民政府")
    assert county[RECEIVED] is None
    assert county[CellRef("requests", "granted", "natural_person")] == 0
    assert (county.agency.name, county.year) == ("丙县人民政府", 2025)


def test_the_county_has_the_sums_when_everybody_filled(tmp_path):
    for number in range(3):
        one = report(f"{number}镇人民政府", number + 1)
        put(
            tmp_path,
            f"{number}.gknb",
            replace(one, values={**one.values, FEES: Decimal("1.5")}),
        )
    county = rollup.county_report(roll_up([tmp_path], Request(TODAY)))
    assert (county[RECEIVED], str(county[FEES])) == (6, "4.5")


def test_states_overdue_and_missing_units(tmp_path):
    put(tmp_path, "a.gknb", final(report("甲镇人民政府")))
    put(tmp_path, "b.gknb", signing.sent(report("乙镇人民政府"), TODAY))
    request = Request(date(2026, 2, 1), expected=("甲镇人民政府", "丁镇人民政府"))
    found = roll_up([tmp_path], request)
    told = {unit.name: (unit.state, unit.is_overdue) for unit in found.units}
    assert told == {
        "甲镇人民政府": ("定稿", False),
        "乙镇人民政府": ("送审", True),
        "丁镇人民政府": ("没有报送", True),
    }
    assert not any(
        unit.is_overdue for unit in roll_up([tmp_path], replace(request, deadline=date(2026, 3, 1))).units
    )
    only = roll_up([tmp_path], replace(request, only_frozen=True))
    assert [unit.name for unit in only.counted] == ["甲镇人民政府"]


def test_bad_files_are_named_and_stop_nothing(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府"))
    (tmp_path / "bad.gknb").write_bytes(b"PK nothing")
    (tmp_path / "bad.zip").write_bytes(b"PK nothing")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    (tmp_path / "none").mkdir()
    found = roll_up([tmp_path, tmp_path / "none", tmp_path / "gone.gknb"], Request(TODAY))
    assert [unit.name for unit in found.counted] == ["甲镇人民政府"]
    told = dict(found.bad)
    assert set(told) == {"bad.gknb", "bad.zip", "empty.zip", "none", "gone.gknb"}
    with pytest.raises(UserError, match="没有找到能汇总的报告"):
        roll_up([tmp_path / "none"], Request(TODAY))


def test_another_year_and_another_edition_are_left_out_and_told(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府"))
    put(tmp_path, "b.gknb", report("乙镇人民政府"))
    put(tmp_path, "c.gknb", report("丙镇人民政府", year=2023))
    put(tmp_path, "d.gknb", Report(form="2019", year=2025, agency=Agency("丁镇人民政府")))
    found = roll_up([tmp_path], Request(TODAY))
    told = {unit.name: unit.excluded for unit in found.units if unit.excluded}
    assert told == {"丙镇人民政府": "是2023年的报告", "丁镇人民政府": "用的是2019年版格式"}


def test_of_two_reports_of_one_unit_the_frozen_one_counts(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府", 1))
    put(tmp_path, "b.gknb", final(report("甲 镇人民政府", 2)))
    found = roll_up([tmp_path], Request(TODAY))
    assert [unit.file for unit in found.counted] == ["b.gknb"]
    assert "只计入“b.gknb”" in found.counted[0].notes[0]
    assert [unit.excluded for unit in found.units if not unit.is_counted] == ["与“b.gknb”重复"]


def test_two_different_ones_of_the_same_rank_ask_for_a_decision(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府", 1))
    put(tmp_path, "b.gknb", report("甲镇人民政府", 2))
    assert "请核实该用哪一份" in roll_up([tmp_path], Request(TODAY)).counted[0].notes[0]


def test_what_was_carried_over_wrongly_is_told_also_from_last_years_file(tmp_path):
    brought, carried = next(
        (to, of) for to, of in form_for_year(2025).carried.items() if "natural" in of.column
    )
    last = report("甲镇人民政府", 0, 2024).with_values({carried: 2})
    this = replace(roll_over(last, 2025), values=report("甲镇人民政府", 0).with_values({brought: 5}).values)
    put(tmp_path, "this.gknb", this)
    put(tmp_path, "last.gknb", last)
    found = roll_up([tmp_path], Request(TODAY))
    assert len(found.units) == 1
    assert found.units[0].carry_over
    assert "结转不符" in "".join(found.words)


def test_a_report_altered_after_it_was_frozen_is_told(tmp_path):
    put(tmp_path, "a.gknb", final(report("甲镇人民政府")).with_values({RECEIVED: 9}))
    found = roll_up([tmp_path], Request(TODAY))
    assert "被别的程序改过" in found.units[0].notes[0]
    assert found.has_errors


def test_the_workbook_adds_with_formulas_and_marks_what_is_not_whole(tmp_path):
    put(tmp_path, "a.gknb", report("=甲镇人民政府", 3))
    put(tmp_path, "b.gknb", report("乙镇人民政府", None))
    book = openpyxl.load_workbook(io.BytesIO(workbook.book_bytes(roll_up([tmp_path], Request(TODAY)))))
    assert book.sheetnames == ["各单位", "表二", "表三", "表四", "各单位数字", "问题", "结转不符", "没有计入"]
    numbers = book["各单位数字"]
    heads = [cell.value for cell in numbers[2]]
    assert sorted(heads[6:]) == ["=甲镇人民政府", "乙镇人民政府"]
    assert {cell.data_type for cell in numbers[2]} == {"s"}
    row = next(row for row in numbers.iter_rows(min_row=3) if row[5].value == "乙镇人民政府")
    assert row[3].value.startswith("=IF(COUNT(G")
    assert sorted((cell.value is None, cell.value) for cell in row[6:8])[0] == (False, 3)
    assert "黄底的格" in str([cell.value for cell in book["表三"]["A"]])


def test_a_package_is_rolled_up_like_a_file(tmp_path):
    document = ReportDocument(final(report("甲镇人民政府", 4)))
    path = package.write_pack(document, tmp_path / "甲镇", TODAY, force=True)
    with zipfile.ZipFile(path) as archive:
        names = [Path(name).name for name in archive.namelist()]
        words = archive.read(archive.namelist()[-1]).decode("utf-8-sig")
    stem = "甲镇人民政府2025年政府信息公开年报"
    assert names == [f"{stem}{one}" for one in (".gknb", ".docx", ".pdf", ".ofd", ".html")] + [
        "核对表.pdf",
        "定稿证明.pdf",
        "指纹.txt",
    ]
    assert document.report.sign_off.frozen.fingerprint in words.replace(" ", "")
    found = roll_up([path], Request(TODAY))
    assert sum_of(found, RECEIVED).total == 4


def test_what_is_not_ready_is_packed_only_when_that_is_wanted(tmp_path):
    document = ReportDocument(blank_report("甲镇人民政府", 2025))
    with pytest.raises(session.NotReady):
        package.pack_bytes(document, TODAY)


@pytest.mark.slow
def test_a_hundred_units_in_less_than_five_seconds(tmp_path):
    base = read_any(SAMPLE).certain
    for number in range(100):
        put(tmp_path, f"{number}.gknb", replace(base, agency=Agency(f"第{number}镇人民政府")))
    start = time.process_time()  # of this program alone: the machine may be busy
    found = roll_up([tmp_path], Request(TODAY))
    workbook.book_bytes(found)
    assert len(found.counted) == 100
    assert time.process_time() - start < 5


def units_of(found: rollup.Rollup) -> dict[str, rollup.Unit]:
    return {unit.file: unit for unit in found.units}


def test_forty_units_with_pictures_are_not_held_in_memory(tmp_path):
    """40 of 20 MB took 849 MB: a report is laid aside when it has been checked."""
    noise = Image.frombytes("RGB", (900, 600), hashlib.shake_128(b"n").digest(900 * 600 * 3))
    stream = io.BytesIO()
    noise.save(stream, "PNG")
    picture = Picture("1.png", "overview", data=stream.getvalue())
    names = [f"第{number}镇人民政府" for number in range(40)]
    for number, name in enumerate(names):
        put(tmp_path, f"{number}.gknb", replace(report(name), pictures=(picture,)))
    roll_up([tmp_path / "0.gknb"], Request(TODAY))
    told = []
    tracemalloc.start()
    found = roll_up([tmp_path], Request(TODAY), told.append)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.counted) == 40
    assert peak < 15 * len(picture.data), "a few of them while they are read, never forty"
    assert sum_of(found, RECEIVED).total == 40


def test_how_far_it_is_is_told_and_can_be_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(rollup, "_STEP", 1)
    for number in range(3):
        put(tmp_path, f"{number}.gknb", report(f"第{number}镇人民政府"))
    told = []
    roll_up([tmp_path], Request(TODAY), told.append)
    assert list(filter(None, told)) == [f"正在导入和核对，已有{number}份，共3份……" for number in (1, 2, 3)]

    def stop(_words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        roll_up([tmp_path], Request(TODAY), stop)


def test_of_more_units_than_a_sheet_has_room_for_only_the_sums_stand_there(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 1)
    monkeypatch.setattr(workbook, "MOST_FINDINGS", 1)
    put(tmp_path, "a.gknb", report("甲镇人民政府", 3))
    put(tmp_path, "b.gknb", report("乙镇人民政府", None))
    book = openpyxl.load_workbook(io.BytesIO(workbook.book_bytes(roll_up([tmp_path], Request(TODAY)))))
    sheet = book[workbook.NUMBERS]
    assert "只列合计" in sheet["A1"].value
    assert sheet.max_column == 5
    assert (3, 1) in {(row[3], row[4]) for row in sheet.iter_rows(3, values_only=True)}
    assert book["问题"].cell(4, 6).value == "问题太多，只列出前1条，其余请打开各单位的报告查看"


def test_sums_of_nobody_are_blank_and_money_stays_money():
    assert Sum(RECEIVED, ()).total is None
    assert not Sum(RECEIVED, ()).is_whole
    assert not Sum(RECEIVED, (None,)).is_whole
    one = Sum(FEES, (Decimal("1.5"), 0, Decimal("2.50")))
    assert (one.total, one.is_whole) == (Decimal("4.00"), True)


def test_the_words_count_only_what_is_filled_by_hand_and_say_what_is_wrong(tmp_path):
    put(tmp_path, "a.gknb", final(report("甲镇人民政府", 3)))
    put(tmp_path, "b.gknb", report("乙镇人民政府", None))
    put(tmp_path, "c.gknb", report("丙镇人民政府", year=2023))
    found = roll_up([tmp_path], Request(date(2026, 2, 1), expected=("丁镇人民政府",)))
    cells = len(found.form.cells) - len(found.form.totals)
    words = list(found.words)
    assert words[0] == f"2025年，{found.form.authority}：计入2个单位，其中已定稿1个。"
    assert words[1] == f"汇总{cells}格，其中{cells - 1}格各单位都填了，1格有单位没填。"
    second = units_of(found)["b.gknb"]
    left = second.checked.standing
    assert left.blanks == 1
    assert left.unwritten
    assert left.warnings
    said = f"乙镇人民政府：起草，逾期，待填1格、{left.unwritten}处，警告{left.warnings}处"
    assert said in words
    assert [
        line
        for line in words
        if line.startswith("丙镇人民政府：起草，逾期") and "没有计入（是2023年的报告）" in line
    ]
    assert "丁镇人民政府：没有报送，逾期" in words
    assert not any("待填0格" in line or "错误0处" in line for line in words)


def test_the_year_is_that_of_most_reports_then_the_latest_unless_one_is_asked_for(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府", year=2024))
    put(tmp_path, "b.gknb", report("乙镇人民政府", year=2025))
    assert roll_up([tmp_path], Request(TODAY)).year == 2025
    put(tmp_path, "c.gknb", report("丙镇人民政府", year=2024))
    assert roll_up([tmp_path], Request(TODAY)).year == 2024
    found = roll_up([tmp_path], Request(TODAY, year=2025))
    assert (found.year, [unit.name for unit in found.counted]) == (2025, ["乙镇人民政府"])


def test_the_last_day_is_in_time_and_the_next_is_not(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府"))
    for on, late in ((date(2026, 1, 31), False), (date(2026, 2, 1), True)):
        request = Request(on, deadline=date(2026, 1, 31), expected=("乙镇人民政府",))
        assert [unit.is_overdue for unit in roll_up([tmp_path], request).units] == [late, late]


def test_one_file_named_twice_is_read_once_and_hidden_ones_never(tmp_path):
    path = put(tmp_path, "a.gknb", report("甲镇人民政府", 3))
    for name in (".~a.gknb", "~$a.gknb"):
        (tmp_path / name).write_bytes(path.read_bytes())
    found = roll_up([path, tmp_path], Request(TODAY))
    assert [unit.file for unit in found.units] == ["a.gknb"]
    assert found.bad == ()
    assert sum_of(found, RECEIVED).total == 3


def test_what_is_beyond_the_bounds_is_told(tmp_path, monkeypatch):
    for number in range(3):
        put(tmp_path, f"{number}.gknb", report(f"{number}镇人民政府"))
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for number in range(3):
            archive.write(tmp_path / f"{number}.gknb", f"z{number}.gknb")
    monkeypatch.setattr(reading, "_MOST_IN_ZIP", 2)
    assert dict(roll_up([tmp_path], Request(TODAY)).bad) == {"z.zip": "压缩包里的报告超过2份，后面的没有读"}
    monkeypatch.setattr(gathering, "MOST_FILES", 2)
    found = roll_up([tmp_path], Request(TODAY))
    assert dict(found.bad) == {"2.gknb": "文件超过2个，后面的没有读"}
    assert len(found.units) == 2


def carried_pair(value: int, year: int = 2024) -> tuple[Report, Report]:
    """Last year's report that carried `value` on, and this year's that brought 5 in."""
    brought, carried = next(
        (to, of) for to, of in form_for_year(2025).carried.items() if "natural" in of.column
    )
    last = report("甲镇人民政府", 0, year).with_values({carried: value})
    return last, report("甲镇人民政府", 0).with_values({brought: 5})


def test_last_years_report_as_handed_in_counts_more_than_the_one_inside(tmp_path):
    handed, this = carried_pair(2)
    inside, _ = carried_pair(5)
    put(tmp_path, "this.gknb", this, inside)
    alone = roll_up([tmp_path], Request(TODAY)).units[0]
    put(tmp_path, "last.gknb", handed)
    both = roll_up([tmp_path], Request(TODAY)).units[0]
    assert len(both.carry_over) > len(alone.carry_over)
    assert (alone.notes, both.notes) == ((), ("报告里带的上年报告与上年报送的不同",))
    put(tmp_path, "last.gknb", inside)
    assert roll_up([tmp_path], Request(TODAY)).units[0].notes == ()


def test_only_the_year_before_is_last_year_and_a_unit_with_nothing_else_is_told(tmp_path):
    before, this = carried_pair(2, 2023)
    put(tmp_path, "this.gknb", this)
    put(tmp_path, "before.gknb", before)
    put(tmp_path, "late.gknb", report("乙镇人民政府", year=2024))
    found = units_of(roll_up([tmp_path], Request(TODAY, year=2025)))
    assert found["this.gknb"].prior is None
    assert found["before.gknb"].excluded == "是2023年的报告"
    assert found["late.gknb"].excluded == "是2024年的报告"  # it has not handed in this year's


def test_a_carry_over_that_was_explained_is_still_told_to_the_county(tmp_path):
    last, this = carried_pair(2)
    document = ReportDocument(this, last)
    (wrong, *_) = roll_up([put(tmp_path, "a.gknb", this, last)], Request(TODAY)).units[0].carry_over
    document.explain(wrong, "上年报告误将三件计入其他单位", TODAY)
    explained = roll_up([put(tmp_path, "a.gknb", document.report, last)], Request(TODAY)).units[0]
    assert wrong.message in [one.message for one in explained.carry_over]
    assert len(explained.checked.settled.explained) == 1


def test_errors_of_a_check_are_errors_of_the_roll_up(tmp_path):
    wrong = report("甲镇人民政府").with_values({CellRef("requests", "received", "total"): 99})
    found = roll_up([put(tmp_path, "a.gknb", wrong)], Request(TODAY))
    assert found.units[0].number_of(Severity.ERROR)
    assert found.has_errors


def test_of_several_versions_the_highest_counts_and_an_older_one_asks_nothing(tmp_path):
    first = final(report("甲镇人民政府", 1))
    second = final(signing.revised(first).with_values({RECEIVED: 2}))
    for name, one in (("a.gknb", first), ("b.gknb", second), ("c.gknb", second)):
        put(tmp_path, name, one)
    (unit,) = roll_up([tmp_path], Request(TODAY)).counted
    assert (unit.file, unit.report.version) == ("b.gknb", 2)
    assert unit.notes == ("有3份报告，只计入“b.gknb”",)


def test_two_reports_that_are_left_out_anyway_are_no_doubles(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府", 1))
    put(tmp_path, "b.gknb", report("甲镇人民政府", 1, 2023))
    put(tmp_path, "c.gknb", report("甲镇人民政府", 2, 2023))
    found = units_of(roll_up([tmp_path], Request(TODAY, year=2025)))
    assert [found[name].excluded for name in ("a.gknb", "b.gknb", "c.gknb")] == ["", *["是2023年的报告"] * 2]
    assert found["a.gknb"].notes == ()


def test_a_report_without_a_name_goes_by_its_file(tmp_path):
    put(tmp_path, "无名.gknb", report("", 3))
    (unit,) = roll_up([tmp_path], Request(TODAY)).counted
    assert (unit.name, unit.notes) == ("无名.gknb", ("没有写单位全称",))


def test_the_countys_own_rules_are_used(tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府"))
    plain = roll_up([tmp_path], Request(TODAY))
    settings = CheckSettings(deadline_month=3, deadline_day=31, signature_required=False)
    found = roll_up([tmp_path], Request(date(2026, 3, 1), settings=settings))
    assert found.deadline == date(2026, 3, 31)
    assert not found.units[0].is_overdue
    rules = [{one.rule for one in each.units[0].checked.settled.open} for each in (plain, found)]
    assert rules[0] - rules[1] == {"S-09"}


def test_a_list_of_units_is_read_as_it_is_typed():
    text = "\ufeff甲镇人民政府\n\n# 街道\n 乙  镇人民政府 \r\n甲镇人民政府\n"
    assert rollup.names_in(text) == ("甲镇人民政府", "乙 镇人民政府")


def test_the_answer_for_programs_says_why_a_unit_is_not_counted(tmp_path):
    put(tmp_path, "a.gknb", final(report("甲镇人民政府", 3)))
    put(tmp_path, "b.gknb", report("乙镇人民政府", year=2023))
    answer = json.loads("".join(rollup.as_json(roll_up([tmp_path], Request(TODAY)))))
    told = {one["file"]: one for one in answer["units"]}
    assert [told[name]["counted"] for name in ("a.gknb", "b.gknb")] == [True, False]
    assert told["b.gknb"]["excluded"] == "是2023年的报告"
    assert (told["a.gknb"]["version"], len(told["a.gknb"]["fingerprint"])) == (1, 64)


# -- the command line


@pytest.fixture
def call(capsys):
    def run(*words):
        status = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_rollup_writes_both_files_and_answers_in_json(call, tmp_path):
    put(tmp_path, "a.gknb", report("甲镇人民政府", 3))
    (tmp_path / "名单.txt").write_bytes("甲镇人民政府\n乙镇人民政府\n".encode("gb18030"))
    out = [tmp_path / "out.xlsx", tmp_path / "县.gknb"]
    status, said, _ = call(
        "rollup",
        tmp_path,
        "-o",
        out[0],
        "-o",
        out[1],
        "--units",
        tmp_path / "名单.txt",
        "--agency",
        "丙县人民政府",
        "--json",
    )
    told = json.loads(said)
    assert [unit["state"] for unit in told["units"]] == ["起草", "没有报送"]
    assert told["cells"][str(RECEIVED)] == {"sum": "3", "complete": True, "blank": []}
    assert status in (0, 1)
    assert files.read(out[1]).content.report[RECEIVED] == 3
    assert openpyxl.load_workbook(out[0]).sheetnames


def test_a_unit_that_was_not_read_is_no_success_and_the_sums_are_said_to_lack_it(call, tmp_path):
    (tmp_path / "坏.gknb").write_bytes(b"PK nothing")
    put(tmp_path, "好.gknb", report("甲镇人民政府"))
    sentence = "注意：有1个文件没有读到（坏.gknb），合计里没有它们的数字。"
    status, out, _ = call("rollup", tmp_path)
    assert (status, out.splitlines()[-1]) == (2, sentence)
    status, out, err = call("rollup", tmp_path, "--json")
    assert (status, err.strip(), json.loads(out)["bad"][0]["file"]) == (2, sentence, "坏.gknb")


def test_compare_verify_and_pack_answer(call, tmp_path):
    one = put(tmp_path, "a.gknb", report("甲镇人民政府", 3))
    other = put(tmp_path, "b.gknb", report("甲镇人民政府", 4))
    status, said, _ = call("compare", one, other)
    assert (status, said.splitlines()[0]) == (0, "共1处不同：表格1格。")
    assert json.loads(call("compare", one, one, "--json")[1])["same"] is True
    status, said, _ = call("verify", one)
    assert status == 1
    assert "还没有定稿" in said
    frozen = put(tmp_path, "c.gknb", final(report("甲镇人民政府", 4)))
    assert call("verify", frozen)[0] == 0
    status, _, err = call("pack", one, "-o", tmp_path / "x.zip")
    assert status == 2
    assert "没有打包" in err
    assert call("pack", frozen, "-o", tmp_path / "x.zip", "--force")[0] == 0
    assert call("rollup", tmp_path / "x.zip")[0] in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("rollup", "gone"),
        ("rollup", ".", "-o", "a.docx"),
        ("rollup", ".", "--due", "31"),
        ("verify", "gone.gknb"),
    ],
)
def test_bad_calls_are_one_sentence(call, words):
    status, _, err = call(*words)
    assert status == 2
    assert err.strip()
    assert "Traceback" not in err
