"""核对定稿: which version is meant, what differs from it, and in which words."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from app.errors import UserError
from app.form.model import CellRef
from app.report import pictures
from app.report.fingerprint import fingerprint, grouped
from app.report.model import Report
from app.session import session
from app.session.document import ReportDocument
from app.signoff import signing, verifying
from tests.checks.reports import good

DAY = date(2026, 1, 9)
RECEIVED = CellRef("requests", "received", "natural_person")


def final(report: Report) -> Report:
    for step in signing.unsigned(report):
        report = signing.signed(report, step.key, "王小兰", DAY)
    return signing.frozen(report, DAY)


def digits(report: Report) -> str:
    return report.sign_off.frozen.fingerprint


@pytest.fixture(scope="module")
def versions() -> tuple[Report, Report, Report]:
    """Version 1, version 2 with another text, and version 3 being worked on."""
    first = final(good())
    second = final(signing.revised(first).with_narrative("problems", "第二版的问题和改进措施。"))
    return first, second, signing.revised(second).with_narrative("problems", "第三版。")


def test_a_report_that_was_never_frozen_says_its_fingerprint_and_does_not_stand():
    found = verifying.verify(good())
    assert (found.stands, found.fingerprint) == (False, fingerprint(good()))
    assert found.lines == (
        "报告还没有定稿，没有可核对的指纹。",
        f"现在内容的指纹是 {grouped(found.fingerprint)}。",
    )


def test_what_stands_names_every_version_and_the_last_ones_fingerprint(versions):
    first, second, third = versions
    found = verifying.verify(second)
    assert found == verifying.Verdict(
        True,
        (
            "第1版、第2版与文件里记录的指纹一致。",
            f"第2版的指纹是 {grouped(digits(second))}，请与定稿证明上的对照。",
        ),
        (),
        digits(second),
    )
    working = verifying.verify(third)
    assert working.stands
    assert working.fingerprint == digits(second) != digits(first)
    assert working.lines[-1] == "正在修改第3版，还没有定稿。"


def test_what_was_altered_is_shown_against_the_last_version_that_stands(versions):
    _, second, third = versions
    altered = final(third).with_values({RECEIVED: 9})
    found = verifying.verify(altered)
    assert not found.stands
    assert "第3版定稿以后" in found.lines[0]
    told = [(one.section, one.old, one.new) for one in found.differences]
    assert told == [("requests", "0", "9"), ("problems", second.narrative("problems"), "第三版。")]


def test_a_version_that_was_altered_itself_is_nothing_to_compare_with(versions):
    first, second, _ = versions
    spoilt = replace(second, finals=(first.with_values({RECEIVED: 5}),))
    found = verifying.verify(spoilt.with_values({RECEIVED: 9}))
    assert not found.stands
    assert len([line for line in found.lines if "定稿以后" in line]) == 2
    assert found.differences == ()


def test_while_a_new_version_is_written_nothing_is_told_to_differ(versions):
    first, second, third = versions
    spoilt = replace(third, finals=(first, second.with_values({RECEIVED: 5})))
    found = verifying.verify(spoilt)
    assert not found.stands
    assert found.differences == ()


def test_the_version_of_a_fingerprint_is_found_whichever_it_is(versions):
    first, second, third = versions
    assert verifying.version_of(third, digits(first)) == first
    assert verifying.version_of(second, digits(second)) is second
    assert verifying.version_of(third, "0" * 64) is None


# -- an exported PDF


def exported(report: Report, path):
    session.export(ReportDocument(report), [path], force=True)
    return path


def test_a_pdf_of_a_version_that_this_file_has_not_is_told(versions, tmp_path):
    first, second, _ = versions
    path = exported(second, tmp_path / "第二版.pdf")
    found = verifying.verify_document(first, path)
    assert (found.stands, found.fingerprint) == (False, digits(second))
    assert found.lines[0] == f"“第二版.pdf”的指纹是 {grouped(digits(second))}，报告里没有这一版定稿。"
    assert "第1版与文件里记录的指纹一致" in found.lines[1]
    assert verifying.verify_document(second, path).lines == (
        "“第二版.pdf”与第2版定稿一致。",
        f"指纹是 {grouped(digits(second))}。",
    )


def test_a_pdf_does_not_stand_for_a_file_that_was_altered(versions, tmp_path):
    first, _, _ = versions
    path = exported(first, tmp_path / "甲.pdf")
    found = verifying.verify_document(first.with_values({RECEIVED: 9}), path)
    assert not found.stands
    assert "报告的内容被别的程序改过" in found.lines[0]


def test_every_number_and_text_that_a_forged_pdf_says_otherwise_is_told(versions, tmp_path):
    """The pages of another content under the fingerprint of the frozen one."""
    first, _, _ = versions
    introduction = first.narrative("introduction")
    forged = first.with_values({RECEIVED: 9, CellRef("requests", "granted", "enterprise"): None})
    forged = forged.with_narrative("introduction", introduction + "另加一句。")
    found = verifying.verify_document(first, exported(forged, tmp_path / "改.pdf"))
    assert not found.stands
    assert f"（{len(found.differences)}处）" in found.lines[0]
    told = {(one.section, one.old, one.new) for one in found.differences if one.cell}
    assert told == {("requests", "0", "9"), ("requests", "0", "空")}
    (text,) = (one for one in found.differences if not one.cell)
    assert (text.section, text.place, text.old) == ("introduction", "引言", introduction)
    assert text.new.endswith("另加一句。")
    blank = final(good().with_values({RECEIVED: None}))
    again = verifying.verify_document(blank, exported(blank.with_values({RECEIVED: 1}), tmp_path / "空.pdf"))
    assert [(one.old, one.new) for one in again.differences if one.cell] == [("空", "1")]


# -- the digits on paper


@pytest.mark.parametrize(
    "form", [lambda one: one, lambda one: grouped(one)[:19], lambda one: one[:20].upper()]
)
def test_the_digits_on_paper_are_compared_with_those_of_the_file(versions, form):
    first, second, third = versions
    found = verifying.verify_digits(second, form(digits(second)))
    assert (found.stands, found.lines[0]) == (True, "纸上的指纹与文件里第2版定稿的一致。")
    earlier = verifying.verify_digits(third, form(digits(first)))
    assert earlier.stands
    assert earlier.lines[0] == "纸上的指纹与文件里第1版定稿的一致；文件里最新的定稿是第2版。"


def test_a_file_that_was_forged_as_a_whole_is_told_by_paper_alone(versions):
    first, _, _ = versions
    forged = final(replace(first, sign_off=None).with_narrative("problems", "全部改写。"))
    assert verifying.verify(forged).stands, "its own fingerprint and seal were computed anew"
    found = verifying.verify_digits(forged, digits(first)[:16])
    assert not found.stands
    assert found.lines[0].endswith("与文件里的不一致，这不是那份定稿。")


def test_right_digits_do_not_excuse_an_altered_file(versions):
    first, _, _ = versions
    found = verifying.verify_digits(first.with_values({RECEIVED: 9}), digits(first))
    assert not found.stands
    assert "报告的内容被别的程序改过" in found.lines[0]


@pytest.mark.parametrize("typed", ["", "0123456789abcde", "指纹", "0" * 65, "0123 4567 89ab cdeg"])
def test_what_is_no_fingerprint_is_refused(versions, typed):
    with pytest.raises(UserError, match="前16位"):
        verifying.verify_digits(versions[0], typed)


# -- a Word file


@pytest.fixture(scope="module")
def word(versions, tmp_path_factory):
    return exported(versions[0], tmp_path_factory.mktemp("word") / "甲.docx")


def changed_word(word, tmp_path, change):
    path = tmp_path / "改.docx"
    with ZipFile(word) as source, ZipFile(path, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "word/document.xml":
                data = change(data.decode()).encode()
            target.writestr(part, data)
    return path


def test_a_word_file_of_the_frozen_report_stands(versions, word):
    found = verifying.verify_document(versions[0], word)
    assert (found.stands, found.lines[0]) == (True, "“甲.docx”与第1版定稿一致。")


def test_a_word_file_with_other_words_or_numbers_does_not_stand(versions, tmp_path):
    first, _, _ = versions
    forged = first.with_values({RECEIVED: 9}).with_narrative("problems", "改写的话。")
    found = verifying.verify_document(first, exported(forged, tmp_path / "改.docx"))
    assert not found.stands
    assert {(one.section, one.new) for one in found.differences} == {
        ("requests", "9"),
        ("problems", "改写的话。"),
    }


def test_another_date_under_the_report_is_told_in_word_and_pdf(versions, tmp_path):
    first, _, _ = versions
    signature = replace(first.signature, issued_on=date(2026, 3, 30))
    for name in ("改.docx", "改.pdf"):
        found = verifying.verify_document(
            first, exported(replace(first, signature=signature), tmp_path / name)
        )
        assert not found.stands
        assert [(one.place, one.new) for one in found.differences] == [("成文日期", "2026年3月30日")]


HIDING = {
    "隐藏的文字": lambda body: body.replace("<w:rPr>", "<w:rPr><w:vanish/>", 1),
    "图片或图形": lambda body: body.replace("<w:r>", "<w:r><w:pict/></w:r><w:r>", 1),
    "修订里添加的文字": lambda body: body.replace("<w:r>", '<w:ins w:id="1"></w:ins><w:r>', 1),
}


@pytest.mark.parametrize("words", HIDING)
def test_a_word_file_that_hides_what_it_says_is_told(versions, word, tmp_path, words):
    found = verifying.verify_document(versions[0], changed_word(word, tmp_path, HIDING[words]))
    assert not found.stands
    assert words in "".join(found.lines)


@pytest.mark.parametrize("data", [b"", b"PK nothing", b"%PDF-1.7 nothing", "文本".encode()])
def test_what_is_neither_is_refused_in_words(versions, tmp_path, data):
    path = tmp_path / "坏"
    path.write_bytes(data)
    with pytest.raises(UserError, match="不是能打开的 PDF 或 Word 文件"):
        verifying.verify_document(versions[0], path)


# -- what lies over a PDF's text


def covered(path, target, fill):
    """The same PDF with something drawn over its first page, its text and properties as they were."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    pdf = pypdfium2.PdfDocument(path)
    page = pdf[0]
    if fill:
        shape = pdfium.FPDFPageObj_CreateNewRect(100, 500, 200, 60)
        pdfium.FPDFPageObj_SetFillColor(shape, 255, 255, 255, 255)
        pdfium.FPDFPath_SetDrawMode(shape, pdfium.FPDF_FILLMODE_ALTERNATE, 0)
        pdfium.FPDFPage_InsertObject(page.raw, shape)
    else:
        image = pypdfium2.PdfImage.new(pdf)
        bitmap = pypdfium2.PdfBitmap.new_native(20, 10, pdfium.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, 20, 10)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(200, 60).translate(100, 500))
        page.insert_obj(image)
    page.gen_content()
    pdf.save(target)
    pdf.close()


@pytest.mark.parametrize(("fill", "words"), [(False, "第1页多了1张图片"), (True, "第1页多了1处色块")])
def test_a_picture_over_the_text_of_a_pdf_is_told(versions, tmp_path, fill, words):
    first, _, _ = versions
    path = exported(first, tmp_path / "甲.pdf")
    covered(path, tmp_path / "盖.pdf", fill)
    found = verifying.verify_document(first, tmp_path / "盖.pdf")
    assert not found.stands
    assert words in found.lines[1]
    assert verifying.verify_document(first, path).stands


def test_pictures_of_the_report_itself_cover_nothing(tmp_path):
    image = Image.new("RGB", (900, 500), "navy")
    stream = BytesIO()
    image.save(stream, "PNG")
    report = final(pictures.with_picture(good(), stream.getvalue(), "overview", "图1", 0))
    for name in ("a.pdf", "a.docx"):
        assert verifying.verify_document(report, exported(report, tmp_path / name)).stands
