"""The office's certificate: what cannot sign is told in one sentence; what it signs is whole, and looks as it did."""

import io
import socket
from datetime import timedelta

import page as page_validation
import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from app.errors import UserError
from app.exporting.pdf import certificate
from app.exporting.pdf.certificate import read_certificate, signed
from tests.exporting.certificates import HOLDER, NOW, PASSWORD, authority, needs_extra, p12, pair
from tests.exporting.pdf.test_sign_field import written


def read(data: bytes, password: str = PASSWORD) -> certificate.Certificate:
    return read_certificate(data, password, "甲.p12", NOW)


def test_a_certificate_names_whom_it_signs_for():
    assert read(p12()).holder == HOLDER
    assert read(p12(password=""), "").holder == HOLDER


def office(**how: object) -> bytes:
    return p12(pair(issuer=authority(), **how))


CANNOT = [
    (p12(), "错的", "证书口令不对，打不开“甲.p12”"),
    (p12(), "", "没有给出证书口令"),
    (office(days=(-30, -1)), PASSWORD, "已过期"),
    (office(days=(1, 30)), PASSWORD, "日起才有效"),
    (p12(without="certificate"), PASSWORD, "只有私钥，没有证书"),
    (p12(without="key"), PASSWORD, "只有证书，没有私钥"),
    (b"", PASSWORD, "不是能用的证书文件"),
    (b"-----BEGIN CERTIFICATE-----\n", PASSWORD, "不是能用的证书文件"),
    (b"\x30\x82\x10\x00" + bytes(4096), PASSWORD, "不是能用的证书文件"),
    (b"\x30" * (2 << 20), PASSWORD, "不是能用的证书文件"),
    (p12()[:700], PASSWORD, "不是能用的证书文件"),
    (office(uses=("key_encipherment",)), PASSWORD, "不是签名用的"),
    (office(key=ed25519.Ed25519PrivateKey.generate()), PASSWORD, "不是 RSA 或椭圆曲线的"),
]


@pytest.mark.parametrize(("data", "password", "words"), CANNOT, ids=range(len(CANNOT)))
def test_what_cannot_sign_is_told(data, password, words):
    with pytest.raises(UserError, match=words) as told:
        read(data, password)
    assert told.value.what_to_do


def test_the_day_of_an_expired_certificate_is_told():
    with pytest.raises(UserError) as told:
        read(office(days=(-30, -1)))
    day = NOW - timedelta(1)
    assert f"{day.year}年{day.month}月{day.day}日" in told.value.what


def test_without_the_extra_nothing_is_signed(monkeypatch):
    monkeypatch.setattr(certificate, "can_sign", lambda: False)
    with pytest.raises(UserError, match=r"没有装签名用的附加组件.*没有导出"):
        signed(b"%PDF", read(p12()))


# -- with the extra


def validated(data: bytes):
    """pyHanko's own word, which knows the test authority and asks no network."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(data))
    (one,) = reader.embedded_regular_signatures
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    root = x509.Certificate.load(authority().certificate.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    return one, validate_pdf_signature(one, context)


@needs_extra
@pytest.mark.parametrize("kind", ["elliptic", "rsa"])
def test_a_signed_pdf_is_valid_and_trusted_where_the_authority_is_known(kind, monkeypatch):
    def refuse(*_args: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else None
    data = signed(written(), read(office(key=key)))
    field, status = validated(data)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert field.field_name == "印章"
    assert field.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


@needs_extra
@pytest.mark.parametrize(
    ("accessible", "profile"), [(False, "PDF_A_2B"), (True, "PDF_A_2A"), (True, "PDF_UA_1")]
)
def test_a_signed_pdf_is_as_good_for_the_archive(accessible, profile):
    data = signed(written(accessible), read(p12()))
    profiles = page_validation.ValidationProfile
    result = page_validation.validate_pdf_bytes(data, profile=getattr(profiles, profile))
    assert result.is_compliant, [failure.message for failure in result.failures]


@needs_extra
def test_the_pages_look_as_they_did_and_every_byte_of_them_is_there():
    plain = written()
    data = signed(plain, read(p12()))
    assert data.startswith(plain)
    for before, after in zip(pypdfium2.PdfDocument(plain), pypdfium2.PdfDocument(data), strict=True):
        assert before.render().to_pil().tobytes() == after.render().to_pil().tobytes()


@needs_extra
def test_a_pdf_without_a_field_is_signed_unseen():
    from app.exporting.pdf.writer import pdf_bytes
    from tests.exporting.pdf.test_sign_field import BLOCKS, META

    _, status = validated(signed(pdf_bytes(BLOCKS, META), read(p12())))
    assert status.bottom_line
