"""One call each: open, save, recover, and what is told when somebody else was quicker."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from app import paths
from app.checks import Severity
from app.errors import UserError
from app.form.model import CellRef
from app.importing.importer import import_file
from app.importing.result import Unsure
from app.report.model import Pending, Picture
from app.session import session
from app.session.any_report import AnyReport, findings_of, read_any, read_any_bytes
from app.session.rollover import blank_report
from app.storage import files, settings
from app.storage.backups import backups_of
from app.storage.container import Content
from app.storage.files import ChangedOnDisk, GoneFromDisk
from app.storage.lock import InUse, lock_file
from tests.storage.random_reports import full_report

SEED = paths.root() / "tests" / "samples" / "001_zhangjiachan_2020.txt"
NAME = "测试县测试镇人民政府"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


@pytest.fixture
def path(tmp_path):
    """A report with last year's beside it, saved."""
    path = tmp_path / "报告.gknb"
    files.save(path, Content(full_report(), full_report(2023)))
    return path


def edit(document, text="改过。"):
    document.set_narrative("problems", text)


def test_a_new_report_is_unsaved_until_it_has_a_place(tmp_path):
    document = session.new_blank(NAME, 2025)
    assert document.is_modified
    assert session.title_of(document) == f"{NAME}2025年年度报告"
    with pytest.raises(UserError, match="还没有保存过"):
        session.save(document)
    path = session.save(document, tmp_path / "新.gknb")
    assert not document.is_modified
    assert session.title_of(document) == "新"
    assert session.recent() == [path]
    session.close(document)
    assert session.open_report(path).report == blank_report(NAME, 2025)


def test_a_new_year_keeps_last_years_report_beside_it(tmp_path, path):
    document = session.new_from(path, 2025)
    saved = session.save(document, tmp_path / "2025")
    assert saved.name == "2025.gknb"
    session.close(document)
    again = session.open_report(saved)
    assert again.prior == full_report()
    assert again.report == document.report
    assert again.report.year == 2025
    assert again.report.pending


def test_every_save_is_kept_beside_what_was_there_before(path):
    document = session.open_report(path)
    for text in ("一", "二"):
        edit(document, text)
        session.save(document)
    assert not document.is_modified
    kept = [files.read(one.path).content.report for one in backups_of(path)]
    assert [one.narrative("problems") for one in kept] == ["二", "一", full_report().narrative("problems")]


def test_a_file_that_somebody_else_saved_is_not_overwritten_unasked(path):
    document = session.open_report(path)
    edit(document)
    theirs = replace(full_report(), narratives={"other": "别人的"})
    files.save(path, Content(theirs))
    with pytest.raises(ChangedOnDisk):
        session.save(document)
    assert files.read(path).content.report == theirs
    assert document.is_modified
    session.save(document, force=True)
    assert files.read(path).content.report == document.report


def test_a_deleted_file_is_told_and_written_again_when_that_is_wanted(path):
    document = session.open_report(path)
    path.unlink()
    edit(document)
    with pytest.raises(GoneFromDisk, match="不在原来的位置"):
        session.save(document)
    session.save(document, force=True)
    assert files.read(path).content.report == document.report


def other_window(path) -> subprocess.Popen:
    code = (
        "import sys, pathlib; from app.session import session\n"
        "document = session.open_report(pathlib.Path(sys.argv[1])); print('open', flush=True)\n"
        "sys.stdin.read()"
    )
    call = [sys.executable, "-c", code, str(path)]
    process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=paths.root())
    assert process.stdout.readline().strip() == b"open"
    return process


def test_a_second_window_is_told_and_a_killed_one_forgotten(path, tmp_path):
    other = other_window(path)
    try:
        with pytest.raises(InUse, match="另一个窗口"):
            session.open_report(path)
        with pytest.raises(InUse):
            session.save(session.new_blank(NAME, 2025), path)
        assert read_any(path).report == full_report()
        assert session.open_report(path, in_spite_of_lock=True).report == full_report()
    finally:
        other.kill()
        other.communicate()
    assert lock_file(path).exists()
    session.close(session.open_report(path))
    assert not lock_file(path).exists()


def test_a_window_that_ends_takes_its_lock_away(path):
    other = other_window(path)
    other.communicate(b"")
    assert other.returncode == 0
    assert not lock_file(path).exists()


def test_unsaved_work_is_found_after_a_crash_and_gone_after_saving(path, monkeypatch):
    document = session.open_report(path)
    assert not session.autosave(document)
    edit(document)
    assert session.autosave(document)
    assert not session.autosave(document)
    assert session.recoverable() == []  # this very program still runs
    pretend_crash(monkeypatch)
    [item] = session.recoverable()
    assert (item.title, item.target) == ("报告", path)
    again = session.recover(item)
    assert again.report == document.report
    assert again.prior == full_report(2023)
    assert (again.path, again.is_modified) == (path, True)
    assert session.recoverable() == [item]
    session.save(again)
    assert session.recoverable() == []
    assert files.read(path).content.report == document.report


def test_recovered_work_does_not_overwrite_what_was_saved_since(path, monkeypatch):
    document = session.open_report(path)
    edit(document)
    session.autosave(document)
    pretend_crash(monkeypatch)
    [item] = session.recoverable()
    files.save(path, Content(full_report(2022)))
    with pytest.raises(ChangedOnDisk):
        session.save(session.recover(item))


def test_work_that_its_target_already_has_is_not_offered(path, monkeypatch):
    document = session.open_report(path)
    edit(document)
    session.autosave(document)
    pretend_crash(monkeypatch)
    os.utime(path, (2**32, 2**32))
    assert session.recoverable() != []  # a copied file is newer and has none of it
    files.save(path, Content(document.report, document.prior))
    os.utime(path, (0, 0))
    assert session.recoverable() == []
    assert len(list(paths.recovery().glob("*.gknb"))) == 1


@pytest.mark.parametrize(
    "end", [session.close, lambda document: (document.undo(), session.autosave(document))]
)
def test_work_given_up_or_undone_is_not_kept(end):
    document = session.new_blank(NAME, 2025)
    document.mark_saved()
    edit(document)
    session.autosave(document)
    end(document)
    assert list(paths.recovery().iterdir()) == []


def test_unsaved_work_without_its_notes_is_still_found(monkeypatch):
    document = session.new_blank(NAME, 2025)
    session.autosave(document)
    [meta] = paths.recovery().glob("*.json")
    meta.write_bytes(b"{")
    [item] = session.recoverable()
    assert session.recover(item).report == document.report
    session.discard(item)
    assert session.recoverable() == []


def test_damaged_recovery_is_told_and_kept(monkeypatch):
    session.autosave(session.new_blank(NAME, 2025))
    pretend_crash(monkeypatch)
    [item] = session.recoverable()
    item.path.write_bytes(b"PK")
    with pytest.raises(UserError, match="没有恢复成功"):
        session.recover(item)
    assert item.path.exists()


def pretend_crash(monkeypatch):
    """From here on, the program that kept the work counts as dead."""
    monkeypatch.setattr("app.storage.lock._runs", lambda pid: False)


def test_a_bad_file_is_refused_and_left_as_it_was(tmp_path):
    path = tmp_path / "坏.gknb"
    path.write_bytes(b"PK\x03\x04rubbish")
    for read in (session.open_report, read_any):
        with pytest.raises(UserError, match=r"打不开“坏\.gknb”"):
            read(path)
    assert path.read_bytes() == b"PK\x03\x04rubbish"
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == ["坏.gknb"]


def test_an_old_report_is_opened_as_it_is():
    result = import_file(SEED)
    document = session.document_of(AnyReport(result.report, imported=result))
    assert (document.report, document.path, document.is_modified) == (result.report, None, True)
    assert session.import_text(SEED.read_text("utf-8")).report.values == result.report.values


def doubtful():
    """An old report of which one cell was read doubtfully, with a value proposed for it."""
    found = import_file(SEED)
    cell = CellRef("requests", "carried_out", "natural_person")
    report = found.report.with_values({cell: 7})
    return replace(found, report=report, unsure=(Unsure(cell, "7（含1件转办）", "不是整数"),)), cell


def test_what_was_read_doubtfully_is_blank_in_a_document_and_judged_as_read_in_a_check():
    found, cell = doubtful()
    read = AnyReport(found.report, found.outline, found)
    for report in (session.document_of(read).report, read.certain):
        assert report[cell] is None
        assert len(report.values) == len(found.report.values) - 1
    document = session.new_from(read.certain, 2021)
    assert document.prior[cell] is None
    assert document.report[CellRef("requests", "carried_in", "natural_person")] is None
    assert any(cell in one.cells for one in findings_of(read))  # 7 is no sum


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("", "T3-02"),
        ("—", "T3-02"),
        ("-3", "T3-01"),
        ("12.5", "T3-01"),
        ("约120", "T3-01"),  # blank, it would be filled with 0
        ("O", "T3-01"),
        ("二", "T3-01"),
        ("3+1", "T3-01"),
        ("？", "T3-01"),
    ],
)
def test_a_check_of_an_old_report_sees_what_is_printed_not_what_could_be_meant(printed, said):
    old = (paths.root() / "tests" / "checks" / "cases" / "page_zero.html").read_text(encoding="utf-8")
    first = old.index(">0</td>", old.index("属于国家秘密")) + 1
    read = read_any_bytes((old[:first] + printed + old[first + 1 :]).encode(), "旧.html")
    found = [one for one in findings_of(read) if one.rule in ("T3-01", "T3-02", "T3-08")]
    assert [(one.rule, [str(ref) for ref in one.cells]) for one in found] == [
        (said, ["requests.denied_state_secret.natural_person"])
    ]
    assert CellRef("requests", "denied_state_secret", "natural_person") not in read.printed.values


@pytest.mark.parametrize("failure", [OSError(28, "full"), UserError("磁盘已满", "")])
def test_another_report_is_overwritten_only_when_it_could_be_backed_up(path, monkeypatch, failure):
    def full(report):
        raise failure

    opened = session.open_report(path)
    other = path.with_name("别的.gknb")
    files.save(other, Content(full_report(2022)))
    monkeypatch.setattr("app.storage.backups.keep", full)
    edit(opened)
    assert session.save(opened) == path  # his own work is kept all the same
    with pytest.raises(UserError, match="没能备份"):
        session.save(opened, other)
    assert files.read(other).content.report == full_report(2022)
    assert not lock_file(other).exists()
    session.save(opened, other, force=True)
    assert files.read(other).content.report == opened.report


def test_recent_files_are_ten_newest_first_and_still_there(tmp_path):
    for number in range(12):
        session.save(session.new_blank(NAME, 2025), tmp_path / f"{number}.gknb")
    assert [path.stem for path in session.recent()] == [str(n) for n in range(11, 1, -1)]
    (tmp_path / "11.gknb").unlink()
    assert session.recent()[0].stem == "10"


def test_pictures_of_an_old_report_get_names_the_file_can_hold(tmp_path):
    pictures = tuple(Picture(name, "overview", data=b"x") for name in ("word/media/1.png", "a", "a"))
    document = session.new_from(replace(full_report(), pictures=pictures), 2025)
    assert [one.name for one in document.prior.pictures] == ["1.png", "2.png", "3.png"]
    session.save(document, tmp_path / "x.gknb")


def test_the_county_s_deadline_reaches_every_document():
    mine = settings.load()
    settings.save(replace(mine, checks=replace(mine.checks, deadline_day=20)))
    assert session.new_blank(NAME, 2025).check_settings.deadline_day == 20


def test_what_still_says_last_years_numbers_is_no_final_report(tmp_path):
    report = replace(full_report(), pending=(Pending("overview", 0, 1, "x"), Pending("other", 0, 1, "x")))
    document = session.document_of(AnyReport(report))
    with pytest.raises(session.NotReady, match="待更新2处") as refusal:
        session.export(document, [tmp_path / "x.txt"])
    assert refusal.value.left.pending == 2
    document.confirm(report.pending)
    with pytest.raises(session.NotReady) as refusal:
        session.export(document, [tmp_path / "x.txt"])
    assert "待更新" not in refusal.value.what


def test_when_one_format_cannot_be_made_none_is_written(tmp_path, monkeypatch):
    def broken(*_job, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("app.exporting.pdf.writer.pdf_bytes", broken)
    targets = [tmp_path / "a.txt", tmp_path / "a.pdf"]
    with pytest.raises(ZeroDivisionError):
        session.export(session.new_blank(NAME, 2025), targets, force=True)
    assert not any(target.exists() for target in targets)


def test_the_sample_shows_what_the_program_is_for():
    """`make run` opens it: something filled, blanks, one column that does not add up, years still to be changed."""
    read = read_any(paths.resources() / "samples" / "示例.gknb")
    document = session.document_of(read)
    assert (read.report.year, read.prior.year) == (2021, 2020)
    assert 20 < len(read.report.values) < 100
    assert read.report.pending
    [wrong] = [one for one in document.findings if one.severity is Severity.ERROR and one.rule == "T3-05"]
    assert wrong.section == "requests"


def test_the_preview_is_the_export(tmp_path):
    """What is previewed is what is exported: an unfinished report says 草稿 in both."""
    document = session.new_blank("甲县乙镇人民政府", 2024)
    session.export(document, [tmp_path / "报告.pdf"], force=True)
    assert session.preview(document) == (tmp_path / "报告.pdf").read_bytes()


def test_an_export_that_is_given_up_before_it_writes_changes_nothing(tmp_path):
    document = session.new_blank(NAME, 2025)
    target = tmp_path / "年报.txt"
    target.write_text("原来的", "utf-8")

    def stop(words):
        raise KeyboardInterrupt(words)

    with pytest.raises(KeyboardInterrupt, match="正在写文件"):
        session.export(document, [target], force=True, step=stop)
    assert target.read_text("utf-8") == "原来的"


def test_a_name_that_is_too_long_is_refused_for_what_it_is(tmp_path):
    document = session.new_blank(NAME, 2025)
    with pytest.raises(UserError) as told:
        session.save(document, tmp_path / f"{'年' * 120}.gknb")
    assert "备份" not in str(told.value)
    assert not files.is_there(tmp_path / f"{'年' * 120}.txt")


def test_work_recovered_from_a_report_that_another_has_open_holds_no_lock(path, monkeypatch):
    document = session.open_report(path)
    edit(document)
    session.autosave(document)
    monkeypatch.setattr("app.storage.recovery.Owner.is_running", property(lambda self: False))
    [item] = session.recoverable()

    def busy(self):
        raise InUse("正在别处打开着", "")

    monkeypatch.setattr("app.storage.lock.Lock.acquire", busy)
    again = session.recover(item)
    with pytest.raises(InUse):
        session.save(again)


def test_digits_that_can_be_parted_in_one_way_are_likely_and_not_certain():
    stock = [CellRef("art20_1", "normative_documents", key) for key in ("issued", "repealed", "in_force")]
    found, _ = doubtful()
    report = found.report.with_values(dict(zip(stock, (0, 0, 8), strict=True)))
    told = tuple(Unsure(ref, "008", "数字相连，请核对") for ref in stock)
    read = AnyReport(report, found.outline, replace(found, report=report, unsure=told))
    last = read.as_last_year
    assert last.likely == dict(zip(stock, (0, 0, 8), strict=True))
    assert not any(ref in last.report.values for ref in stock)
    read = AnyReport(report, found.outline, replace(found, report=report, unsure=told[:2]))
    assert read.as_last_year.likely == {}
