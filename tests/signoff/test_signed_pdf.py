"""电子签名 in a PDF that is held against its 定稿: whose it is, and that a broken one is never passed over."""

import io

import pikepdf
import pypdfium2
import pytest

from app.session import session
from app.session.document import ReportDocument
from app.signoff import signed_pdf, verifying
from tests.checks.reports import good
from tests.exporting.certificates import HOLDER, ISSUER, PASSWORD, needs_extra, p12
from tests.signoff.test_verifying import exported, final


@pytest.fixture(scope="module")
def report():
    return final(good())


@pytest.fixture
def foreign(report, tmp_path):
    """A PDF of the report with a signature that nobody here can read."""
    path = tmp_path / "签章.pdf"
    session.export(ReportDocument(report), [path], sign_field=True)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            Filter=pikepdf.Name("/GM"),
            SubFilter=pikepdf.Name("/GM.sm2seal"),
            Contents=pikepdf.String(b"\x30\x03\x02\x01\x01"),
            ByteRange=pikepdf.Array([0, 10, 20, 10]),
        )
        pdf.save(path)
    return path


def test_an_empty_field_is_no_signature(report, tmp_path):
    path = tmp_path / "甲.pdf"
    session.export(ReportDocument(report), [path], sign_field=True)
    assert signed_pdf.signatures(path.read_bytes()) == []
    assert signed_pdf.signatures(exported(report, tmp_path / "乙.pdf").read_bytes()) == []


@pytest.mark.parametrize("has_extra", [False, pytest.param(True, marks=needs_extra)])
def test_a_signature_that_cannot_be_checked_here_is_told_as_that(report, foreign, monkeypatch, has_extra):
    monkeypatch.setattr(signed_pdf, "can_sign", lambda: has_extra)
    found = verifying.verify_document(report, foreign)
    assert found.stands
    assert "电子签名" in found.lines[2]
    assert "程序核对" in found.lines[2]


@pytest.fixture
def signed(report, tmp_path):
    (tmp_path / "甲.p12").write_bytes(p12())
    certificate = session.certificate(tmp_path / "甲.p12", PASSWORD)
    path = tmp_path / "年报.pdf"
    session.export(ReportDocument(report), [path], certificate=certificate)
    return path


@needs_extra
def test_a_signed_pdf_stands_for_its_version_and_names_the_signer(report, signed):
    found = verifying.verify_document(report, signed)
    assert found.stands
    assert found.lines[0] == "“年报.pdf”与第1版定稿一致。"
    assert f"有“{HOLDER}”" in found.lines[2]
    assert f"签名以后文件没有改动；证书由“{ISSUER}”签发" in found.lines[2]


@needs_extra
def test_one_byte_of_a_signed_pdf_breaks_the_signature(report, signed):
    data = bytearray(signed.read_bytes())
    data[12] ^= 1  # of the remark in the second line: no page shows it
    signed.write_bytes(data)
    found = verifying.verify_document(report, signed)
    assert not found.stands
    assert "不是签名时的那个文件" in found.lines[0]
    assert "签名以后文件被改过" in found.lines[1]


@needs_extra
def test_what_is_added_behind_a_signature_is_told(report, signed):
    signed.write_bytes(signed.read_bytes() + b"\n% more\n")
    found = verifying.verify_document(report, signed)
    assert "文件末尾有添加" in found.lines[2]


@needs_extra
def test_another_page_put_over_a_signed_one_by_a_later_part_of_the_file(report, signed):
    """The signed bytes are all there, and another revision shows other numbers."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed.read_bytes()))
    writer.root["/Pages"]["/Kids"].pop()
    writer.update_container(writer.root["/Pages"])
    writer.root["/Pages"]["/Count"] = writer.root["/Pages"]["/Count"].__class__(
        len(writer.root["/Pages"]["/Kids"])
    )
    stream = io.BytesIO()
    writer.write(stream)
    assert len(pypdfium2.PdfDocument(stream.getvalue())) < len(pypdfium2.PdfDocument(signed.read_bytes()))
    signed.write_bytes(stream.getvalue())
    assert not verifying.verify_document(report, signed).stands
    assert [one.stands for one in signed_pdf.signatures(stream.getvalue())] == [False]
