"""Certificates of a test authority, made anew: none of them is anybody's."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from app.exporting.pdf.certificate import can_sign

NOW = datetime.now(UTC)
HOLDER, ISSUER, PASSWORD = "测试县甲乙镇人民政府", "测试根证书", "口令Ab 1"
USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
needs_extra = pytest.mark.skipif(not can_sign(), reason="没有安装附加的签名（pip install nianbao[sign]）")


class Pair(NamedTuple):
    key: Any
    certificate: x509.Certificate


def pair(
    holder: str = HOLDER,
    issuer: Pair | None = None,
    uses: tuple[str, ...] = ("digital_signature", "content_commitment"),
    days: tuple[int, int] = (-1, 30),
    key: Any = None,
) -> Pair:
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, holder)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days[0]))
        .not_valid_after(NOW + timedelta(days[1]))
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(x509.KeyUsage(**{use: use in uses for use in USES}), critical=True)
    )
    return Pair(key, made.sign(issuer.key if issuer else key, hashes.SHA256()))


@cache
def authority() -> Pair:
    return pair(ISSUER, uses=("key_cert_sign", "crl_sign"), days=(-100, 100))


def p12(one: Pair | None = None, password: str = PASSWORD, without: str = "") -> bytes:
    """The office's file; `without` its key or its certificate."""
    one = one or pair(issuer=authority())
    return pkcs12.serialize_key_and_certificates(
        b"office",
        None if without == "key" else one.key,
        None if without == "certificate" else one.certificate,
        [authority().certificate],
        BestAvailableEncryption(password.encode()) if password else NoEncryption(),
    )
