"""领导改稿读回: what an edited copy has otherwise is proposed, each with its comment; taken one by one or all, undoable."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.commands import cli
from app.documents.compose import compose
from app.errors import UserError
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_bytes
from app.report.model import Binding, Report
from app.session.any_report import read_any
from app.session.document import ReportDocument, ReportFrozen
from app.signoff.proposals import EditedCopy, edited_copy, is_sheet_of_numbers, take
from app.signoff.redline import redline_bytes
from app.storage import files
from app.storage.container import Content
from tests.exporting.reports import full_report, random_reports
from tests.signoff.test_redline import BY
from tests.signoff.test_signing import final

FORM = form("2021")
OURS = full_report("2021", 2024)
INPUTS = [ref for ref in FORM.cells if ref not in FORM.totals]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def plain(report: Report) -> bytes:
    return docx_bytes(compose(report, form(report.form)), Meta("", report.agency.name, report.year))


def with_comment(data: bytes, quote: str, text: str, author: str = "张局长") -> bytes:
    """A Word file in which somebody wrote beside the first run that has these words."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    words = re.search(rf"<w:r>(?:(?!<w:r>).)*?<w:t[^>]*>[^<]*{re.escape(quote)}[^<]*</w:t></w:r>", body)
    marked = f'<w:commentRangeStart w:id="7"/>{words[0]}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    parts["word/document.xml"] = body.replace(words[0], marked, 1).encode()
    one = f'<w:comment w:id="7" w:author="{author}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{one}</w:comments>'.encode()
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def read(report: Report, data: bytes) -> EditedCopy:
    return edited_copy(report, import_bytes(data, "改稿.docx"))


def changed() -> Report:
    """As a leader changes it: a number and what hangs on it, one blank, words, a paragraph more and one less."""
    document = ReportDocument(OURS)
    first, second = INPUTS[0], INPUTS[1]
    document.set_values({first: 900, second: None}, "改")
    overview = document.report.narrative("overview").replace("认真做好", "扎实做好") + "\n新加的一段话。"
    document.set_narrative("overview", overview)
    document.set_narrative("problems", document.report.narrative("problems").split("\n")[0])
    return document.report


def test_a_copy_that_nobody_changed_proposes_nothing():
    copy = read(OURS, plain(OURS))
    assert (copy.proposals, copy.remarks, copy.notes) == ((), (), ())


@pytest.mark.parametrize(
    "made", [plain, lambda new: redline_bytes(OURS, new, BY)], ids=["plain", "revisions"]
)
def test_all_taken_is_the_copy_and_none_taken_is_the_report(made):
    new = changed()
    copy = read(OURS, made(new))
    taken = copy.taken(copy.all_numbers)
    assert taken.values == new.values
    assert taken.narratives == new.narratives
    assert copy.taken(()) == OURS


def test_each_can_be_taken_alone():
    new = changed()
    copy = read(OURS, plain(new))
    assert len(copy.proposals) >= 5
    for one in copy.proposals:
        made = copy.taken([one.number])
        left = read(made, plain(new))
        assert len(left.proposals) == len(copy.proposals) - 1, one.place
        assert (one.old, one.new) not in {(other.old, other.new) for other in left.proposals}


def test_a_cell_that_was_made_blank_is_no_zero():
    copy = read(OURS, plain(OURS.with_values({INPUTS[0]: None, INPUTS[1]: 0})))
    found = {one.cell: one for one in copy.proposals}
    assert (found[INPUTS[0]].new, found[INPUTS[0]].value) == ("空", None)
    assert (found[INPUTS[1]].new, found[INPUTS[1]].value) == ("0", 0)


def test_a_number_under_a_revision_is_told_to_be_doubtful():
    new = OURS.with_values({INPUTS[0]: 900})
    (one,) = read(OURS, redline_bytes(OURS, new, BY)).proposals
    assert (one.old, one.new) == ("11", "900")
    assert "没有接受的修订" in one.doubt


def test_a_total_that_does_not_follow_is_told_and_not_taken():
    (total, *_) = FORM.totals
    copy = read(OURS, plain(OURS.with_values({total: 98765})))
    (one,) = copy.proposals
    assert one.cell == total
    assert "合计由程序算出" in one.why_not
    assert copy.all_numbers == frozenset()
    with pytest.raises(UserError, match="不能由程序采用"):
        copy.taken([1])


def test_what_is_no_number_is_told_and_not_taken():
    old = plain(OURS.with_values({INPUTS[0]: 31415}))
    with ZipFile(BytesIO(old)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b">31415<", ">待定<".encode())
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    copy = read(OURS, stream.getvalue())
    assert [one.cell for one in copy.proposals] == [INPUTS[0]]
    assert "待定" in copy.proposals[0].new + copy.proposals[0].why_not + "".join(copy.notes)
    assert copy.taken(copy.all_numbers)[INPUTS[0]] != 0


def test_a_comment_stands_beside_what_it_is_about():
    new = changed()
    (told,) = [
        one for one in read(OURS, with_comment(plain(new), "扎实", "写实一点")).proposals if one.comments
    ]
    assert "扎实做好" in told.new
    assert [(one.author, one.text) for one in told.comments] == [("张局长", "写实一点")]
    (cell,) = [one for one in read(OURS, with_comment(plain(new), "900", "核一下")).proposals if one.comments]
    assert cell.cell == INPUTS[0]
    assert cell.comments[0].quote == "900"


def test_a_comment_beside_what_was_not_changed_is_kept():
    copy = read(OURS, with_comment(plain(OURS), "现公布本机关", "日期要写明"))
    assert copy.proposals == ()
    (remark,) = copy.remarks
    assert (remark.author, remark.text) == ("张局长", "日期要写明")
    assert remark.paragraph == OURS.narrative("introduction")


def test_another_name_is_told_and_not_taken():
    other = replace(OURS, agency=replace(OURS.agency, name="测试县丙丁镇人民政府"))
    copy = read(OURS, plain(other))
    assert next((one.place, one.new) for one in copy.proposals if not one.cell and not one.section) == (
        "单位全称",
        "测试县丙丁镇人民政府",
    )
    assert copy.all_numbers == frozenset()


def test_a_report_of_another_unit_is_refused():
    other = replace(
        full_report("2021", 2024),
        agency=replace(OURS.agency, name="某县某乡人民政府", short_name="某乡"),
        values=dict.fromkeys(OURS.values, 3),
    )
    with pytest.raises(UserError, match="某县某乡人民政府的报告，不是这份报告的改稿"):
        read(OURS, plain(other))


def test_who_made_a_revision_and_when_stands_beside_it():
    new = changed()
    told = {one.by for one in read(OURS, redline_bytes(OURS, new, BY)).proposals if one.can_be_taken}
    assert told == {f"{BY.name}，{BY.at.year}年{BY.at.month}月{BY.at.day}日"}
    assert {one.by for one in read(OURS, plain(new)).proposals} == {""}


def test_a_report_of_another_year_is_refused():
    with pytest.raises(UserError, match="不是这份报告的改稿"):
        read(OURS, plain(full_report("2021", 2023)))


def test_taking_is_one_step_of_undo():
    document = ReportDocument(OURS)
    copy = read(OURS, plain(changed()))
    assert take(document, copy, copy.all_numbers) == len(copy.proposals)
    assert document.report.values == changed().values
    document.undo()
    assert document.report == OURS


def test_a_place_that_changed_meanwhile_or_a_frozen_report_is_left_alone():
    document = ReportDocument(OURS)
    copy = read(OURS, plain(changed()))
    (cell,) = [one.number for one in copy.proposals if one.cell == INPUTS[0]]
    document.set_values({INPUTS[0]: 4}, "填写")
    before = document.report
    with pytest.raises(UserError, match="又改过"):
        take(document, copy, [cell])
    assert document.report == before
    assert take(document, copy, [1]) == 1
    assert document.report[INPUTS[0]] == 4
    frozen = final()
    copy = read(frozen, plain(frozen.with_narrative("problems", "问题改了。")))
    with pytest.raises(ReportFrozen):
        take(ReportDocument(frozen), copy, copy.all_numbers)


def test_a_bound_number_elsewhere_in_the_text_stays_bound():
    text = OURS.narrative("overview")
    at = text.index("237")
    bound = Binding("overview", at, at + 3, (INPUTS[0],))
    report = replace(OURS.with_values({INPUTS[0]: 237}), bindings=(bound,))
    copy = read(report, plain(report.with_narrative("overview", text.replace("认真", "扎实"))))
    assert copy.taken(copy.all_numbers).bindings == (bound,)


@settings(max_examples=6, deadline=None)
@given(random_reports(), st.lists(st.integers(0, 300), max_size=8))
def test_the_cells_of_any_report_come_back(report: Report, places: list[int]):
    """Those of the clerk; a total follows or is told."""
    inputs = form(report.form).inputs
    new = report.with_values({inputs[at % len(inputs)]: at + 7000 for at in places})
    copy = read(report, plain(new))
    made = copy.taken(copy.all_numbers)
    assert [made[ref] for ref in inputs] == [new[ref] for ref in inputs]


# -- the command line


def test_the_command_lists_them_and_takes_the_chosen_ones(tmp_path, capsys):
    ours, copy, out = tmp_path / "报告.gknb", tmp_path / "改稿.docx", tmp_path / "新.gknb"
    files.save(ours, Content(OURS))
    copy.write_bytes(with_comment(plain(changed()), "扎实", "写实一点"))
    before = ours.read_bytes()
    assert cli.main(["compare", str(ours), str(copy)]) == 0
    said = capsys.readouterr().out
    assert "1. 一、总体情况 · 第1段" in said
    assert "批注（张局长）" in said
    assert "11 → 900" in said
    assert cli.main(["compare", str(ours), str(copy), "--take", "1", "-o", str(out)]) == 0
    made = read_any(out).report
    assert "扎实做好" in made.narrative("overview")
    assert made.values == OURS.values
    assert ours.read_bytes() == before
    assert cli.main(["compare", str(ours), str(copy), "--take", "all", "-o", str(out)]) == 0
    assert read_any(out).report.values == changed().values


@pytest.mark.parametrize(
    "words", [["--take", "99", "-o", "新.gknb"], ["--take", "1"], ["--take", "头一条", "-o", "新.gknb"]]
)
def test_what_cannot_be_taken_is_refused(tmp_path, capsys, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    ours, copy = tmp_path / "报告.gknb", tmp_path / "改稿.docx"
    files.save(ours, Content(OURS))
    copy.write_bytes(plain(changed()))
    assert cli.main(["compare", str(ours), str(copy), *words]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "新.gknb").exists()


def sheet(report: Report, section: str) -> bytes:
    """One table of the report as an own list in Excel: a heading, the columns, a line for each row; nothing else."""
    table = form(report.form).section(section).tables[0]
    book = Workbook()
    book.active.append([f"{report.year}年台账汇总"])
    book.active.append(["项目", *(one.label for one in table.leaf_columns)])
    for row in table.leaf_rows:
        values = [report[CellRef(table.key, row.key, one.key)] for one in table.leaf_columns]
        book.active.append([row.label, *values])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_of_numbers_brings_numbers_and_takes_no_text_away():
    """Its texts are not missing, they were never in it: taking everything must not empty the report."""
    ref = next(ref for ref in INPUTS if ref.table == "requests")
    changed = OURS.with_values({ref: (OURS[ref] or 0) + 5})
    imported = import_bytes(sheet(changed, "requests"), "2025年数据.xlsx")
    assert is_sheet_of_numbers(imported)
    copy = edited_copy(OURS, imported)
    assert ref in [one.cell for one in copy.proposals]
    assert all(one.cell is not None for one in copy.proposals)
    assert copy.notes[0] == "文件里只有表格，只对照了数字，文字没有动"
    document = ReportDocument(OURS)
    take(document, copy, [one.number for one in copy.proposals if one.can_be_taken])
    assert document.report[ref] == (OURS[ref] or 0) + 5
    assert dict(document.report.narratives) == dict(OURS.narratives)
    assert not is_sheet_of_numbers(import_bytes(plain(OURS), "改稿.docx"))
