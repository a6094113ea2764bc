"""电子签名 in a PDF: whose, and whether the file is still what was signed; wholly checked only with the extra `sign`."""

import logging
from io import BytesIO
from typing import Any, NamedTuple

from app.exporting.pdf.certificate import can_sign
from app.machine.offline import let_compute

_MOST = 20  # signatures that are looked at: no report has more


class Signature(NamedTuple):
    """`stands`: whether the file is as it was signed; None where that cannot be told here."""

    stands: bool | None
    words: str


def signatures(data: bytes) -> list[Signature]:
    """Every signature of a PDF that pdfium can open; an empty field is none."""
    count = _count(data)
    if not count:
        return []
    if not can_sign():
        words = f"有{count}个电子签名，这里没有核对（没有装附加组件 nianbao[sign]），请用签章程序核对"
        return [Signature(None, words)]
    return _checked(data, count)


def _count(data: bytes) -> int:
    import pypdfium2
    import pypdfium2.raw as pdfium

    pdf = pypdfium2.PdfDocument(data)
    try:
        ones = [
            pdfium.FPDF_GetSignatureObject(pdf.raw, number)
            for number in range(pdfium.FPDF_GetSignatureCount(pdf.raw))
        ]
        return sum(pdfium.FPDFSignatureObj_GetContents(one, None, 0) > 0 for one in ones)
    finally:
        pdf.close()


def _checked(data: bytes, count: int) -> list[Signature]:
    let_compute()
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it tells standard error of every unknown issuer
    try:
        found = list(PdfFileReader(BytesIO(data)).embedded_regular_signatures)
    except Exception:  # a file of another program, or one made to be misread
        found = []
    made = [_one(signature) for signature in found[:_MOST]]
    if count > len(made):
        rest = f"有{count - len(made)}个电子签名这里读不出来，请用签它的程序核对"
        made.append(Signature(None, rest))
    return made


def _one(signature: Any) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        # No certificate is known to be good here, and none is asked for over a network.
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))
        holder, issuer = _name(status.signing_cert.subject), _name(status.signing_cert.issuer)
        when = status.signer_reported_dt
    except Exception:  # 国密 and others that this library does not know
        return Signature(None, "有一个电子签名的算法这里核对不了，请用签它的程序核对")
    if not (status.intact and status.valid):
        return Signature(False, f"“{holder}”的电子签名已经失效：签名以后文件被改过")
    if not status.docmdp_ok:
        return Signature(False, f"“{holder}”的电子签名以后，文件里又改动或添加了内容")
    day = f"{when.year}年{when.month}月{when.day}日" if when else ""
    since = "文件没有改动" if _is_last_word(status) else "文件末尾有添加，签过的部分没有改动"
    words = f"有“{holder}”{day}的电子签名，签名以后{since}；证书由“{issuer}”签发，是否可信请用签章程序核对"
    return Signature(True, words)


def _is_last_word(status: Any) -> bool:
    """Whether nothing stands in the file behind what was signed."""
    return (
        status.coverage.name == "ENTIRE_FILE" and getattr(status.modification_level, "name", "NONE") == "NONE"
    )


def _name(name: Any) -> str:
    told = name.native
    return " ".join(
        str(told.get("common_name") or told.get("organization_name") or name.human_friendly).split()
    )
