"""How an agency is reached, as typed: full-width signs made plain, and what cannot be a postcode, a telephone or an address."""

import re

from app.patterns import lazily
from app.report.model import Agency

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_WIDE_SIGNS = {"postcode": "－", "phone": "－＋", "email": "＠．－＿", "website": "：／．－＿？＝＆"}
# Between two of them: 8731088/89, 0591-1234567、0591-7654321, a@b.cn或c@d.cn, two spaces.
_SEVERAL = lazily(r"[、,，;；/／]|或者?|\s{2,}")
_ASIDE = lazily(
    r"[（(][^（()）]*[一-龥][^（()）]*[）)]|(?:转|分机)[：:]?\s*[0-9]+|[一-龥]{2,6}[：:]"
)  # （办公室） 转802
# All that a number is written with: +86 (0591) 1234-5678.
_PHONE_SIGNS = lazily(r"[0-9\s()（）+\-—–－]+")
_PHONES = lazily(
    r"(?:(?:00)?86)?(?:0[1-9][0-9]{9,10}|1[0-9]{10}|[48]00[0-9]{7})|(?:00)?86[1-9][0-9]{9,10}"  # area code; mobile; 400
    r"|[1-9][0-9]{6,7}|1[0-9]{4}|9[56][0-9]{3,4}"  # local; 12345
)
# Something before the @, a domain with a full stop after it: gkb@example.gov.cn.
_EMAIL = lazily(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")


def plain(field: str, text: str) -> str:
    """The same with full-width digits and letters as plain ones, sign by sign: its length stays."""
    if field not in _WIDE_SIGNS:
        return text
    signs = {ord(one): ord(one) - 0xFEE0 for one in _WIDE_SIGNS[field]}
    return text.translate(_WIDE | signs)


def doubts(agency: Agency) -> dict[str, str]:
    """What to look at again: field → a sentence. Nothing is wrong for certain, nothing is refused."""
    told = {"postcode": _postcode(agency), "phone": _phone(agency), "email": _email(agency)}
    return {field: words for field, words in told.items() if words}


def _postcode(agency: Agency) -> str:
    text = "".join(plain("postcode", agency.postcode).split())
    if not text or re.fullmatch(r"[0-9]{6}", text):
        return ""
    number = f"是{len(text)}位" if text.isascii() and text.isdigit() else "不全是数字"
    return f"邮政编码应为6位数字，“{text[:20]}”{number}，请核对"


def _phone(agency: Agency) -> str:
    for place, part in enumerate(_SEVERAL.split(plain("phone", agency.phone))):
        number = _ASIDE.sub("", part).strip()
        if not number or (place and re.fullmatch(r"[0-9]{1,4}", number)):  # 8731088/89
            continue
        if not _PHONE_SIGNS.fullmatch(number):
            return f"联系电话“{part.strip()[:20]}”里有不是数字的字，请核对"
        digits = re.sub(r"[^0-9]", "", number)
        whole = _PHONES.fullmatch(digits)
        extension = re.fullmatch(r"(.+)[-—–－]+[0-9]{1,5}", number)  # 0591-12345678-802
        if not whole and not (extension and _PHONES.fullmatch(re.sub(r"[^0-9]", "", extension[1]))):
            return f"联系电话“{part.strip()[:20]}”共{len(digits)}位数字，请核对（如0591-12345678）"
    return ""


def _email(agency: Agency) -> str:
    for part in _SEVERAL.split(plain("email", agency.email)):
        text = part.strip()
        if text and not _EMAIL.fullmatch(text):
            return f"电子邮箱“{text[:40]}”不完整，请核对（如gkb@example.gov.cn）"
    return ""
