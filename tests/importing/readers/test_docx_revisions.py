"""A Word file that came back with revisions and comments: told, and a revised number is never certain."""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from app.documents.compose import compose
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta, Reviser
from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_bytes
from app.importing.result import ImportResult
from app.signoff.redline import redline_bytes
from tests.exporting.reports import full_report
from tests.importing.making import filled_template, numbers, rezipped
from tests.signoff.test_proposals import with_comment

EDITION = form("2021")
REF = CellRef("requests", "received", "natural_person")
NEXT = CellRef("requests", "received", "enterprise")
MARK = 'w:id="1" w:author="李四" w:date="2025-01-02T00:00:00Z"'
NUMBERS = numbers(EDITION, 1000)


def changed(old: str, new: str, comments: str = "") -> ImportResult:
    """The template with the run of one number replaced."""
    data = filled_template(NUMBERS)
    text = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    run = re.search(rf"<w:r>(?:(?!</w:r>).)*<w:t[^>]*>{NUMBERS[REF]}</w:t></w:r>", text, re.DOTALL)
    assert run is not None
    parts = {"word/document.xml": text.replace(run[0], new.format(run=run[0], old=old)).encode()}
    if comments:
        parts["word/comments.xml"] = comments.encode()
    return import_bytes(rezipped(data, parts), "年报.docx")


DELETED = f"<w:del {MARK}><w:r><w:delText>{{old}}</w:delText></w:r></w:del>"
INSERTED = f"<w:ins {MARK}><w:r><w:t>9</w:t></w:r></w:ins>"


def test_a_number_under_a_pending_revision_is_the_new_one_and_doubtful():
    result = changed("5", DELETED + INSERTED)
    assert result.report[REF] == 9
    assert [(one.cell, one.reason) for one in result.unsure] == [
        (REF, "这一格有没有接受的修订（原为“5”），请核对")
    ]
    assert result.certain[NEXT] == NUMBERS[NEXT]
    assert "文件里有2处没有接受的修订，按接受后的内容导入，修订过的数字请逐个核对" in result.warnings


def test_a_number_put_into_a_blank_says_so():
    (doubt,) = changed("", INSERTED).unsure
    assert "原为空白" in doubt.reason


def test_a_number_that_is_only_deleted_is_missing_and_the_revision_told():
    result = changed("5", DELETED)
    assert REF in result.missing
    assert any("1处没有接受的修订" in one for one in result.warnings)


def test_comments_are_listed_with_who_wrote_them():
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    one = '<w:comment w:id="0" w:author="张局长"><w:p><w:r><w:t>这里与表三</w:t></w:r><w:r><w:t>不一致</w:t></w:r></w:p></w:comment>'
    result = changed("", "{run}", f'<w:comments xmlns:w="{name}">{one}</w:comments>')
    assert "批注（张局长）：这里与表三不一致" in result.warnings
    assert result.unsure == ()


def test_a_file_without_any_says_nothing():
    result = import_bytes(filled_template(NUMBERS), "年报.docx")
    assert not any("修订" in one or "批注" in one for one in result.warnings)


def test_two_paragraphs_that_a_revision_makes_one_are_told():
    """They are read as two; a paragraph that is gone as a whole is none of these."""
    old = full_report("2021", 2024)
    by = Reviser("李四", datetime(2026, 1, 9, tzinfo=UTC))
    gone = old.with_narrative("problems", "")
    data = redline_bytes(old, gone, by)
    told = "有1处把两段合成一段的修订还没有接受，仍按两段导入，请核对"
    assert told not in import_bytes(data, "年报.docx").warnings
    text = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    words = re.search(r"</w:pPr>(?=<w:r>(?:(?!<w:p>).)*现公布本机关年度报告)", text)
    assert words is not None
    joined = f"{text[: words.start()]}<w:rPr><w:del {MARK}/></w:rPr>{text[words.start() :]}"
    data = rezipped(data, {"word/document.xml": joined.encode()})
    assert told in import_bytes(data, "年报.docx").warnings


def test_a_comment_keeps_the_words_that_it_marks_and_where_they_stand():
    old = full_report("2021", 2024)
    data = docx_bytes(compose(old, EDITION), Meta("", old.agency.name, old.year))
    (one,) = import_bytes(with_comment(data, "现公布本机关", "写明日期"), "年报.docx").comments
    assert (one.author, one.text, one.place) == ("张局长", "写明日期", None)
    assert "现公布本机关" in one.quote
    assert one.paragraph == old.narrative("introduction")
    result = import_bytes(with_comment(data, "21", "核对"), "年报.docx")
    (one,) = result.comments
    spot = result.evidence[REF].spot
    assert one.place == (spot.block, spot.row, spot.column)
