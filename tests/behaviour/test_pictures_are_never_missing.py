"""A picture of a report is in every format, or the report is no final one: never missing in silence."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.checks import Severity, explanations
from app.errors import UserError
from app.report.model import Picture
from app.session import session
from app.session.any_report import AnyReport, read_any
from app.session.document import ReportDocument
from app.storage import files
from app.storage.container import Content
from tests.checks.reports import as_found, good
from tests.report.test_pictures import BAD, GOOD

FORMATS = ("a.docx", "a.pdf", "a.html", "a.txt", "a.xlsx")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


def with_picture(data):
    return replace(good(), pictures=(Picture("图片1.jpg", "overview", "图1", 0, data),))


def saved(tmp_path, data):
    path = tmp_path / "报告.gknb"
    files.save(path, Content(with_picture(data)))
    return path


@pytest.mark.parametrize(
    "kind", ["adobe", "bare", "another head", "filling", "cmyk", "telephone", "gif", "webp"]
)
def test_a_picture_of_an_old_file_is_in_word_pdf_and_web_page(tmp_path, kind):
    document = session.document_of(read_any(saved(tmp_path, GOOD[kind]())))
    assert not session.left_to_do(document).is_draft
    word, pdf, page, *_ = [
        path.read_bytes() for path in session.export(document, [tmp_path / name for name in FORMATS])
    ]
    assert [name for name in ZipFile(BytesIO(word)).namelist() if name.startswith("word/media/")]
    assert b"/Subtype /Image" in pdf or b"/Image" in pdf
    assert page.count(b'src="data:image/') == 1
    for data in (word, page):
        assert "无法显示".encode() not in data


def test_the_file_itself_keeps_what_it_held(tmp_path):
    """Nothing of an opened report changes by itself, and its fingerprint with it."""
    data = GOOD["adobe"]()
    document = session.open_report(saved(tmp_path, data))
    assert document.report.pictures[0].data == data
    session.close(document)


@pytest.mark.parametrize("kind", BAD)
def test_a_report_with_a_picture_that_cannot_be_shown_is_never_final(tmp_path, kind):
    document = session.document_of(read_any(saved(tmp_path, BAD[kind]())))
    found = [one for one in document.findings if one.rule == "S-23"]
    assert [(one.severity, one.section) for one in found] == [(Severity.ERROR, "overview")]
    assert "图片打不开：“图1”" in found[0].message
    for name in FORMATS:
        with pytest.raises(session.NotReady, match="有错误1处"):
            session.export(document, [tmp_path / name])
        assert not (tmp_path / name).exists()


def test_no_reason_makes_it_final(tmp_path):
    document = ReportDocument(with_picture(BAD["svg"]()))
    (found,) = [one for one in document.findings if one.rule == "S-23"]
    with pytest.raises(UserError, match="不能用说明代替"):
        explanations.explanation(found, "图片就是这样的，不用改", date(2026, 1, 9))
    explained = replace(
        explanations.explanation(replace(found, rule="S-22"), "图片就是这样的，不用改", date(2026, 1, 9)),
        rule="S-23",
    )  # as another program could write it
    document = ReportDocument(replace(document.report, explanations=(explained,)))
    with pytest.raises(session.NotReady):
        session.export(document, [tmp_path / "a.pdf"])


def test_a_draft_names_it_in_every_format(tmp_path):
    document = ReportDocument(with_picture(BAD["truncated jpeg"]()))
    paths = session.export(document, [tmp_path / name for name in FORMATS], force=True)
    words = "（图片“图片1.jpg”无法显示）图1"
    assert words in ZipFile(paths[0]).read("word/document.xml").decode().replace("</w:t>", "")
    assert words in paths[2].read_text("utf-8")
    assert words in paths[3].read_text("utf-8")


def test_pictures_of_an_old_document_come_in_safe(tmp_path):
    """An old Word file's picture, as it is when its report is opened for editing."""
    from app.importing.result import ImportResult

    report = with_picture(GOOD["cmyk"]())
    read = AnyReport(report, None, ImportResult(report, as_found(report), "a.docx", "docx"))
    (picture,) = session.document_of(read).report.pictures
    assert picture.data.startswith(b"\xff\xd8\xff\xe0")
