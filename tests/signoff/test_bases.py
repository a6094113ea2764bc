"""What a 花脸稿 can be laid over: the 送审稿 as it was sent, 定稿, named versions, last year's; in the window and on the command line."""

from dataclasses import replace
from datetime import date

import pytest

from app.commands import cli
from app.errors import UserError
from app.report.fingerprint import fingerprint
from app.session import session
from app.session.document import ReportDocument
from app.signoff import bases, signing
from app.signoff.bases import FINAL, PRIOR, SENT
from app.storage import backups, container, files
from app.storage.container import Content
from tests.exporting.reports import full_report
from tests.signoff.test_signing import final

OURS, LAST = full_report("2021", 2024), full_report("2021", 2023)
DAY = date(2025, 1, 8)


def later(report):
    return report.with_narrative("problems", "送审以后改过的话。")


def test_what_was_sent_is_kept_as_it_was_and_changes_no_fingerprint():
    sent = signing.sent(OURS, DAY)
    assert fingerprint(sent) == fingerprint(OURS)
    now = later(sent)
    assert now.sent.narratives == OURS.narratives
    assert not signing.is_sent_copy(now)
    again = signing.with_sent_copy(now)
    assert signing.is_sent_copy(again)
    assert again.sent.sent is None


def test_it_lies_in_the_file_with_its_pictures_and_comes_back():
    report = later(signing.sent(OURS, DAY))
    data = container.pack(Content(report, signing.sent(LAST, DAY)))
    opened = container.unpack(data)
    assert opened.report == report
    assert opened.prior.sent is None
    assert container.pack(opened) == data


def test_a_new_version_holds_no_copy_in_the_frozen_one():
    made = signing.revised(replace(final(), sent=OURS))
    assert made.finals[-1].sent is None
    assert made.sent == OURS


def test_everything_that_there_is_is_offered_the_likeliest_first(tmp_path):
    document = ReportDocument(signing.sent(signing.revised(final()), DAY), LAST)
    path = session.save(document, tmp_path / "一份.gknb")
    backups.rename(backups.backups_of(path)[0], "县里退回前")
    document.put("改", narratives={"problems": "改过。"})
    session.save(document)
    titles = [one.title for one in bases.bases_of(document)]
    assert titles[:2] == ["最近的送审稿（2025年1月8日送审）", "第1版定稿"]
    assert any("县里退回前" in one for one in titles)
    assert titles[-1] == "上年的报告（2023年）"
    assert all(one.load().form == "2021" for one in bases.bases_of(document))


@pytest.mark.parametrize("key", [SENT, FINAL, PRIOR])
def test_what_is_not_there_is_refused_in_words(key):
    with pytest.raises(UserError, match="报告里没有"):
        bases.basis(ReportDocument(OURS), key)


def test_the_command_lays_it_over_the_sent_copy(tmp_path, capsys):
    path, out = tmp_path / "一份.gknb", tmp_path / "花脸稿.docx"
    files.save(path, Content(later(signing.sent(OURS, DAY)), LAST))
    assert cli.main(["compare", str(path), "--since", "sent", "-o", str(out)]) == 0
    assert "文字" in capsys.readouterr().out
    assert b"w:del" in container.zipfile.ZipFile(out).read("word/document.xml")
    assert cli.main(["compare", str(path), "--since", "final"]) == 2
    assert "没有上一版定稿" in capsys.readouterr().err
    for wrong in (["compare", str(path)], ["compare", str(path), str(path), "--since", "prior"]):
        assert cli.main(wrong) == 2
        assert "--since" in capsys.readouterr().err
