"""The record of an open file goes with its document: lock, digest, recovery; a twin has none of it."""

import gc

import pytest

from app import paths
from app.checks.settings import CheckSettings
from app.form.model import CellRef
from app.session import session
from app.session.document import ReportDocument
from app.session.import_review import ImportReview
from app.session.open_file import OpenFile
from app.session.rollover import blank_report
from app.storage.lock import Lock, lock_file

CELL = CellRef("requests", "received", "natural_person")


@pytest.fixture
def saved(tmp_path) -> ReportDocument:
    document = session.new_blank("甲镇人民政府", 2025)
    session.save(document, tmp_path / "年报.gknb")
    return document


def test_a_lock_is_held_as_long_as_its_document_lives(tmp_path):
    path = tmp_path / "年报.gknb"
    document = session.new_blank("甲镇人民政府", 2025)
    session.save(document, path)
    assert lock_file(path).exists()
    del document
    gc.collect()
    assert not lock_file(path).exists()


@pytest.fixture
def two_locks(tmp_path):
    made = Lock(tmp_path / "甲.gknb"), Lock(tmp_path / "乙.gknb")
    for one in made:
        one.acquire()
    return made


def test_of_two_locks_only_the_last_is_held(tmp_path, two_locks):
    file = OpenFile()
    for lock in two_locks:
        file.hold(lock)
    assert not lock_file(tmp_path / "甲.gknb").exists()
    assert lock_file(tmp_path / "乙.gknb").exists()
    file.let_go()
    assert not lock_file(tmp_path / "乙.gknb").exists()


def test_the_same_lock_held_again_is_not_let_go(tmp_path, two_locks):
    file = OpenFile()
    file.hold(two_locks[0])
    file.hold(two_locks[0])
    assert lock_file(tmp_path / "甲.gknb").exists()


def test_a_document_put_away_has_a_record_that_knows_nothing(saved):
    saved.set_values({CELL: 3}, "输入")
    assert session.autosave(saved)
    assert recovery_files()
    session.close(saved)
    assert vars(saved.file) == vars(OpenFile())
    assert not recovery_files()
    assert not lock_file(saved.path).exists()


def recovery_files():
    return list(paths.recovery().glob("*"))


# -- twins: what of a document a twin has too, and what is each one's own ---------------------------------------------------

ALIKE = {"prior", "check_settings", "unread"}  # beside the report, which is the last of the steps
OWN = {"path", "file", "_steps", "_at", "_saved", "_saved_prior", "_observers"}
FOUND_ANEW = {"_findings", "_checking", "_settled", "_counted", "_of_texts"}


def with_everything(document: ReportDocument) -> ReportDocument:
    document.set_values({CELL: 1}, "输入")
    document.set_values({CELL: 2}, "输入")
    document.use_checks(CheckSettings(overview_limit=1000))
    document.set_prior(blank_report("甲镇人民政府", 2024))
    document.set_unread({CELL: "看不懂"})
    document.subscribe(lambda: None)
    document.file.digest = "abc"
    return document


@pytest.fixture(params=["report", "review"])
def document(request, saved) -> ReportDocument:
    if request.param == "report":
        return with_everything(saved)
    return with_everything(ImportReview(session.import_text("甲镇人民政府2024年政府信息公开工作年度报告")))


def test_it_is_decided_for_every_field_of_a_document_whether_a_twin_has_it():
    made = vars(ReportDocument(blank_report("甲镇人民政府", 2025)))
    assert set(made) == ALIKE | OWN | FOUND_ANEW, (
        "a new field: let `_stand_as` take it over, or name it here as OWN"
    )


def test_a_twin_has_the_same_report_and_all_that_the_check_sees(document):
    twin = document.twin()
    assert type(twin) is type(document)
    assert twin.report == document.report
    plain = vars(ReportDocument(blank_report("甲镇人民政府", 2025)))
    for name in ALIKE:
        assert getattr(twin, name) == getattr(document, name) != plain[name], name
    assert twin.findings == document.findings


def test_a_twin_is_no_open_file_and_nobody_hears_of_it(document):
    heard = []
    document.subscribe(lambda: heard.append(1))
    twin, before = document.twin(), document.report
    assert twin.path is None
    assert vars(twin.file) == vars(OpenFile())
    twin.set_values({CELL: 9}, "试")
    assert heard == []
    assert document.report is before
    twin.set_unread({})
    assert document.unread == {CELL: "看不懂"}


def test_a_twin_has_nothing_to_save(saved):
    saved.set_prior(blank_report("甲镇人民政府", 2024))
    assert saved.is_modified
    assert not saved.twin().is_modified
