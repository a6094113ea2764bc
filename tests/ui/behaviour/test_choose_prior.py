"""Another report of last year: asked about when it is of another unit, added up when there are several, undone like all else."""

from dataclasses import replace

import pytest

from app.form.model import CellRef
from app.session import session
from app.session.document import ReportDocument
from ui.kit import dialogs

RECEIVED = CellRef("requests", "received", "natural_person")


@pytest.fixture
def chosen(monkeypatch, tmp_path):
    """Files of these reports are what the clerk picks."""

    def pick(*reports):
        paths = []
        for number, report in enumerate(reports):
            paths.append(tmp_path / f"{number}.gknb")
            session.save(ReportDocument(report), paths[-1])
        monkeypatch.setattr(dialogs, "files_to_open", lambda *_: paths)

    return pick


def of(report, name: str, received: int | None):
    made = replace(report, agency=replace(report.agency, name=name))
    return made.with_values({RECEIVED: received})


def test_another_unit_is_asked_about_and_can_be_undone(office, draft, chosen, last_year):
    clerk = office(draft())
    prior = clerk.document.prior
    chosen(of(last_year, "某县某某镇人民政府", 5))
    said = clerk.answer("取消")
    clerk.window.files.choose_prior()
    assert said[0].startswith("这是“某县某某镇人民政府”的报告，本报告的单位是“")
    assert clerk.document.prior is prior
    clerk.answer("用它对照")
    clerk.window.files.choose_prior()
    assert clerk.document.prior[RECEIVED] == 5
    clerk.controller.undo()
    assert clerk.document.prior is prior
    assert clerk.status == "已撤销：换上年报告"


def test_the_same_unit_is_not_asked_about(office, draft, chosen, last_year):
    clerk = office(draft())
    chosen(last_year.with_values({RECEIVED: 6}))
    clerk.window.files.choose_prior()
    assert clerk.document.prior[RECEIVED] == 6
    assert clerk.status.endswith("，可以撤销")


def test_two_predecessors_are_added_and_what_one_left_blank_is_told(office, draft, chosen, last_year):
    clerk = office(draft())
    one, other = of(last_year, "某县甲镇人民政府", 5), of(last_year, "某县乙镇人民政府", 6)
    blank = CellRef("requests", "granted", "natural_person")
    chosen(one, other.with_values({blank: None}))
    clerk.answer("用它对照")
    clerk.window.files.choose_prior()
    assert clerk.document.prior[RECEIVED] == 11
    assert clerk.document.prior[blank] is None
    assert (
        clerk.status
        == f"现在对照2个单位{last_year.year}年的报告，各格相加，有单位没填的1格不相加，留作空白，可以撤销"
    )


def test_reports_of_two_years_are_refused(office, draft, chosen, last_year):
    clerk = office(draft())
    prior = clerk.document.prior
    chosen(last_year, replace(last_year, year=last_year.year - 1))
    said = clerk.answer("知道了")
    clerk.window.files.choose_prior()
    assert "不是同一年度" in said[0]
    assert clerk.document.prior is prior
