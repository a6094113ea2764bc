"""What is laid on the disk comes back as it was, but for the bytes of pictures; columns of numbers keep blanks apart from zeros."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.county.shelf import Column, Shelf, columns
from app.errors import UserError
from app.form.model import CellRef
from app.report import pictures
from app.report.model import Picture
from tests.checks.reports import good
from tests.report.test_pictures import BAD, GOOD
from tests.storage.random_reports import full_report

RECEIVED = CellRef("requests", "received", "natural_person")
FEES = CellRef("art20_8", "fees", "amount")


def test_reports_come_back_and_pictures_as_a_dot():
    shelf = Shelf()
    held = (
        Picture("好.png", "overview", "图1", 0, GOOD["adobe"]()),
        Picture("坏.png", "other", data=BAD["svg"]()),
    )
    report = replace(good(), pictures=held)
    first = shelf.lay(report, full_report(2023), [["甲", "乙"]])
    second = shelf.lay(full_report(), None, [])
    again, prior = shelf.reports(first)
    assert replace(again, pictures=()) == good()
    assert [(one.name, one.caption) for one in again.pictures] == [("好.png", "图1"), ("坏.png", "")]
    assert [one.name for one in pictures.broken(again)] == ["坏.png"]
    assert replace(prior, pictures=()) == replace(full_report(2023), pictures=())
    assert shelf.reports(second)[1] is None
    assert (shelf.rows(first), shelf.rows(second)) == ([["甲", "乙"]], [])


def test_a_column_keeps_blanks_zeros_and_money():
    shelf = Shelf()
    values = [{RECEIVED: 0, FEES: Decimal("1.50")}, {}, {RECEIVED: 7, FEES: 0}]
    places = [(shelf, shelf.lay(replace(good(), values=one), None, [])) for one in values]
    found = columns(places, (RECEIVED, FEES))
    assert list(found[RECEIVED]) == [0, None, 7]
    assert list(found[FEES]) == [Decimal("1.50"), None, 0]
    assert found[RECEIVED][-1] == 7
    assert found[FEES][0:2] == [Decimal("1.50"), None]
    assert list(Column()) == []


def test_a_full_disk_is_told_and_not_each_report_called_bad(monkeypatch):
    shelf = Shelf()

    class Full:
        def seek(self, *_args):
            raise OSError(28, "full")

    shelf._file = Full()
    with pytest.raises(UserError, match="写不进去，没有汇总"):
        shelf.lay(good(), None, [])

    def refuse():
        raise OSError(28, "full")

    monkeypatch.setattr("app.county.shelf.tempfile.TemporaryFile", refuse)
    with pytest.raises(UserError, match="没有能放临时文件的文件夹"):
        Shelf()
