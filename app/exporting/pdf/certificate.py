"""A PDF signed with a certificate that the office has as a file (PKCS#12: .p12, .pfx), as PAdES baseline B.

Reading the certificate needs nothing more; signing needs the optional package pyhanko (pip install nianbao[sign]).
"""

import importlib.util
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from app.errors import UserError
from app.machine.offline import let_compute

SUFFIXES = (".p12", ".pfx")
_MOST_BYTES = 1 << 20  # a certificate with its chain has some kilobytes
_CHOOSE = "请选择本单位的证书文件（.p12 或 .pfx），里面要有私钥"


class Certificate(NamedTuple):
    """What signs, and whom it names; read and found fit to sign."""

    data: bytes
    password: bytes | None
    holder: str


def can_sign() -> bool:
    """Whether the optional package is there."""
    return importlib.util.find_spec("pyhanko") is not None


def require_extra() -> None:
    if not can_sign():
        raise UserError(
            "这台电脑上的年报助手没有装签名用的附加组件，没有签名，也没有导出",
            "请联系装软件的人加装 nianbao[sign]；或者导出带签章域的 PDF，用本单位的签章程序签",
        )


def read_certificate(data: bytes, password: str, name: str, now: datetime) -> Certificate:
    """A certificate with its private key; UserError in words for what cannot sign at this time. `now` knows its time zone."""
    secret = password.encode() or None
    key, certificate = _opened(data, secret, name)
    if key is None:
        raise UserError(f"“{name}”里只有证书，没有私钥，不能签名", _CHOOSE)
    if certificate is None:
        raise UserError(f"“{name}”里只有私钥，没有证书，不能签名", _CHOOSE)
    _require_in_time(certificate, name, now)
    _require_for_signing(key, certificate, name)
    return Certificate(data, secret, _holder(certificate))


def _opened(data: bytes, secret: bytes | None, name: str) -> tuple[Any, Any]:
    """(private key, certificate), each of which may be missing."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    not_one = UserError(f"“{name}”不是能用的证书文件（PKCS#12）", _CHOOSE)
    if not 0 < len(data) <= _MOST_BYTES or not data.startswith(b"\x30"):  # the outermost SEQUENCE
        raise not_one
    try:
        return pkcs12.load_key_and_certificates(data, secret)[:2]
    except UnsupportedAlgorithm:
        raise UserError(
            f"“{name}”用的密码算法（如国密 SM2）这里签不了", "请导出带签章域的 PDF，用本单位的签章程序签"
        ) from None
    except (ValueError, TypeError) as error:
        if "password" not in str(error).lower():
            raise not_one from None
        what = "证书口令不对" if secret else "没有给出证书口令"
        raise UserError(f"{what}，打不开“{name}”，没有签名", "请核对口令，注意大小写后再试") from None


def _require_in_time(certificate: Any, name: str, now: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > last:
        day = last.astimezone(now.tzinfo)
        raise UserError(
            f"“{name}”里的证书{day.year}年{day.month}月{day.day}日已过期，不能签名", "请换一张有效的证书"
        )
    if now < first:
        day = first.astimezone(now.tzinfo)
        raise UserError(
            f"“{name}”里的证书从{day.year}年{day.month}月{day.day}日起才有效，不能签名",
            "请看电脑的日期对不对，或换一张证书",
        )


def _require_for_signing(key: Any, certificate: Any, name: str) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise UserError(f"“{name}”的私钥不是 RSA 或椭圆曲线的，PDF 签不了", "请换一张证书")
    if key.public_key() != certificate.public_key():
        raise UserError(f"“{name}”里的私钥和证书不是一对，不能签名", "请换一张证书")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return  # it says nothing of what it is for
    if not (usage.digital_signature or usage.content_commitment):
        raise UserError(f"“{name}”里的证书不是签名用的（如加密用的证书）", "请选择签名用的那一张证书")


def _holder(certificate: Any) -> str:
    """Whom it names: the common name, else the organisation, else all of it."""
    from cryptography.x509.oid import NameOID

    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := certificate.subject.get_attributes_for_oid(kind):
            return " ".join(str(found[0].value).split())
    return " ".join(str(certificate.subject.rfc4514_string()).split())


def signed(pdf: bytes, certificate: Certificate) -> bytes:
    """The PDF with the signature in its field for the seal, or in one that is not seen where it has none.

    What the pages show stays as it was: the signature is added behind the last byte.
    """
    require_extra()
    let_compute()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.stamp.noop import NoOpStampStyle

    from app.exporting.pdf.sign_field import NAME

    class Writer(IncrementalPdfFileWriter):  # type: ignore[misc]
        def _update_meta(self) -> None:
            """Properties stay as they are: pyHanko writes the XMP anew, and an archive no longer knows PDF/A-2a by it."""

    about = PdfSignatureMetadata(
        field_name=NAME, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=certificate.holder
    )
    try:
        signer = SimpleSigner.load_pkcs12_data(certificate.data, (), certificate.password)
        made = PdfSigner(about, signer, stamp_style=NoOpStampStyle()).sign_pdf(Writer(BytesIO(pdf)))
    except (SigningError, ValueError, NotImplementedError) as error:
        raise UserError(f"用“{certificate.holder}”的证书没有签成，没有导出", "请换一张证书再试") from error
    return bytes(made.getvalue())
