"""Who reports, for which year, signed when: 落款 and contact data of an old report."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, takewhile

from app.chinese import find_date, nfkc
from app.documents.blocks import Paragraph, Style
from app.importing.matching.attachments import imprint_from, is_imprint
from app.importing.matching.cleaning import Piece
from app.importing.matching.titles import (
    Title,
    bare,
    ends_as_unit,
    is_below,
    is_listed,
    is_same_unit,
    is_unit,
    upper_lines,
    without_lead,
)
from app.report.model import Agency, SignaturePlace

_MOST_NAME_LINES = 4
_MOST_SIGNERS = 6  # lines of units that sign together
# 本报告由某镇人民政府编制; 由某镇人民政府综合指挥室（党政办公室）负责编制本报告; 《某镇2023年政府信息公开工作年度报告》;
# 现公布某镇2019年政府信息公开年度报告; 某镇2019年…年度报告是根据…; 某局特此编制, 某局特向社会公布
_MAKERS = (
    re.compile(r"本(?:年度)?(?:年报|报告)由([一-鿿]{3,30}?)(?:负责)?(?:编制|编写|按照|根据|依据)"),
    re.compile(r"(?:^|[，,。；;\n])由([一-鿿]{5,40}?)(?:\([^()]{2,16}\))?(?:负责)?(?:编制|编写)"),
    re.compile(
        r"(?:现将|公布|发布|公开|现就)(?:20[0-9]{2}年度?)?([一-鿿]{2,30}?)(?:20[0-9]{2}年度?)?(?:政府|政务)信息公开"
    ),
    re.compile(
        r"(?:^|[，,。；;\n])([一-鿿]{2,30}?)(?:20[0-9]{2}年度?)?(?:政府|政务)信息公开(?:工作)?年度报告是"
    ),
    re.compile(r"(?:^|[，,。；;\n])([一-鿿]{2,30}?)(?:(?:特此|特|现)编制|特?向社会(?:公布|公开))"),
    re.compile(r"(?:^|[，,。；;\n])([一-鿿]{3,30}?)结合[^，,。]{2,16}[，,](?:编制|撰写|制作)"),
    re.compile(r"《([一-鿿]{2,30}?)20[0-9]{2}年度?(?:政府|政务)信息公开(?:工作)?年度报告》"),
    re.compile(r"(?:涵盖|反映)([一-鿿]{2,30}?)20[0-9]{2}年度?(?:政府|政务)?信息公开"),
)
# (以下简称民委): another name, between the agency's and the year
_CALLED = re.compile(r"\((?:以下|下)?简称[^()]{1,20}\)")
_ASKED_UNIT = (
    r"([一-鿿·]{2,24}?(?:人民政府(?:[一-鿿]{1,8}街道(?:办事处)?)?|街道办事处|街道|(?:镇|乡|苏木)(?!市|县|区|建设|规划|管理)(?:人民政府)?"
    r"|局(?:[一-鿿]{1,8}(?:分局|支队|大队))?|委员会|管委会))"
)
# 请与某镇人民政府党政办公室联系; 请联系：某镇人民政府党政办公室，电话：…: the unit, and its office
_ASKED = re.compile(rf"(?:请|可|直接|详情)[与和向]{_ASKED_UNIT}[一-鿿]{{0,20}}(?:联系|咨询)")
_ASKED_BEHIND = re.compile(
    rf"请联系:?{_ASKED_UNIT}(?:[一-鿿]{{0,20}}[办室科股处所]|[一-鿿]{{0,8}}中心)?[,，;；。:(（]"
)
# 某街道, 某高新区: what the name of a unit ends with, where that of its office follows; 城乡, 村镇, 乡镇 and 乡村 are no unit's
_UNIT_END = (
    r"(?:人民政府|街道办事处|街道|(?<![城村])[镇乡](?![镇村])|苏木|局|管委会|管理委员会|园区|开发区|高新区)"
)
# 某街道综合办公室, 某高新区党政办公室: an office within the agency, which is what stands before it
_WITH_OFFICE = re.compile(
    rf"(.{{2,}}?{_UNIT_END})"
    r"(?!分局)(?:党政|党建|党群|综合|信息|宣传|政务|文秘|行政|法制|单位|机关)[一-鿿]{0,8}(?:办公室|指挥室|办|科|股|中心)"
)
# 关于, 办公室, 局党政办公室: words between 公开 and 政府信息公开, an office of whom it does not say
_ONLY_OFFICE = re.compile(
    r"(?:[局镇乡县区市委]|街道)?(?:政府|党政|综合|行政|政务公开|信息公开)*(?:办公室|办公厅|委员会|中心|政府)(?:关于)?"
)
_NOT_NAMED = ("本", "我", "该", "县政府", "市政府", "区政府")
_PLACE = re.compile(r"[省市州盟县区旗镇乡]$")
_OF_A_PLACE = re.compile(r"[一-鿿·]+?[省市州盟县区旗]")  # 某县, before 某镇
# 县应急管理局, 应急管理局: of which county it does not say
_NO_PLACE = re.compile(
    r"[省市州县区旗](?![省市州县区旗]|[中南北]区)[一-鿿]{2,16}[局委]$|[^省市州盟县区旗镇乡]{2,14}局$"
)
_FIRST_WORDS = 600  # characters in which a text says who made it
# 某县乙镇 → 乙镇, 某市丙街道 → 丙街道, 某区人民政府丁街道 → 丁街道
_SHORT = re.compile(r"^(?:.*[省市县区旗州盟](?:人民政府)?)?(.{2,}?(?:镇|乡|苏木|街道))$")

# …如期完成。某县某镇人民政府: a signature that runs on after the last sentence
_RUN_ON = re.compile(r"[。；！？]\s*([^。；，：！？]{4,36})$")
_SEAL = re.compile(r"[（(]章[）)]$")  # 某镇人民政府（章）
_PERIOD = re.compile(r"(20[0-9]{2})\s*年\s*1\s*月\s*1\s*日")  # 自2022年1月1日起至12月31日止
_NAMED_YEAR = re.compile(r"(20[0-9]{2})\s*年")
_OFFICE = re.compile(
    r"[请可接][与和向同](?!.*[请可接][与和向同].*(?:联系|咨询))([^，。；：（(,;:]{2,40}?)(?:联系|咨询)"
)  # 请与某镇党政办公室联系
_OFFICE_BEHIND = re.compile(
    r"请联系\s*:?\s*([一-鿿]{2,40})(?=\s*[，,。；;（(:]|$)"
)  # 请联系某镇党政办（电话：…
_OFFICE_END = "(?:办|室|科|股|处|所|中心|站|部|组|机构|大厅|窗口)"
# 某县某镇人民政府党政办公室 → 党政办公室: the unit before an office, by whatever name
_UNIT_BEFORE = re.compile(rf"^.{{2,}}?{_UNIT_END}(?=.+{_OFFICE_END}$)")
_IS_OFFICE = re.compile(rf"{_OFFICE_END}$")
# 地址：某县人民路1号; 办公地址等基础信息 and 下载地址，公布电话 name none
_ADDRESS = re.compile(
    r"(?<!下载)(?<!网站)(?<!网络)(?:联系|办公)?地址\s*[：:，,是为]?\s*(?![等和及与或])(?=[一-鿿A-Za-z0-9])"
    r"(?=[^，,；;。\n]*[省市县区旗镇乡街路道巷村楼室院号])((?:[^，,；;。()\n]|\([^()\n]{0,30}\)){4,60})"
)
_CONTACT = re.compile(r"请[与和向].{2,40}(?:联系|咨询)|(?:联系|咨询)电话\s*:|地址\s*:|电话\s*:")
_MOST_OF_CONTACTS = 3000  # characters in which whom to ask is looked for
_COMPLAINTS = re.compile("投诉|举报|监督电话")
_POSTCODE = re.compile(r"(?:邮编|邮政编码)\s*[：:，,是为]?\s*([0-9]{6})(?![0-9])")  # 邮编：264400
_PHONE = re.compile(  # 联系电话：0631-8451001, 电话(0631) 8451001, 联系电话（传真）：…, 电话及传真：…
    r"(?:电话|联系方式)(?:\([^()]{1,6}\)|[及和与/]?传真)?\s*[：:，,是为]?\s*((?:\(?0[0-9]{2,3}\)?\s*[-—－]?\s*)?[0-9]{7,8}(?![0-9]))"
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._+-])([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_WEBSITE = re.compile(  # http://www.example.gov.cn/col/, www.example.gov.cn
    r"(https?://[A-Za-z0-9./_~%?=&#:-]+|www\.[A-Za-z0-9./_~%?=&#:-]+)", re.IGNORECASE
)
_YUAN = re.compile(r"(?<![0-9])([0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?)\s*元")  # 1,200元, 380.5元; not 3万元
_NO_FEE = re.compile(  # 本年度未收取信息处理费; 信息处理费没有收取
    r"(?:未|没有|无|不)[^，,]{0,12}收取?[^，,]{0,12}信息处理费|信息处理费[^，,]{0,6}(?:未|没有|无)"
)


@dataclass
class Ending:
    unit: str = ""
    date: str = ""
    issued_on: datetime.date | None = None
    place: SignaturePlace = SignaturePlace.NONE
    used: set[int] = field(default_factory=set)
    cut: tuple[int, int] | None = (
        None  # (position, length of the text that is kept) where both end a paragraph
    )
    left_out: list[int] = field(default_factory=list)  # pieces after it


def find_ending(
    pieces: Sequence[Piece], unit: str, after_title: int, first_heading: int, skipped: Collection[int] = ()
) -> Ending:
    """落款 and 成文日期: at the end on lines of their own, at the end of the last paragraph, or under the title.

    `skipped`: what the page puts around the text.
    """
    tail = [i for i, piece in enumerate(pieces) if isinstance(piece.block, Paragraph)][-14:]
    tail, imprint = _without_imprint(pieces, tail)
    below = _below(pieces, [i for i in tail if i > first_heading])
    for position in reversed([i for i in tail if i > first_heading]):
        ending = _ending_at(pieces, position, unit)
        if ending is not None:
            ending.place = SignaturePlace.END
            again = _under_title(pieces, after_title, first_heading, unit, skipped).used
            ending.left_out = [*again, *(i for i in (*tail, *imprint) if i > position)]
            return ending
    ending = _under_title(pieces, after_title, first_heading, unit, skipped)
    ending.left_out = [*below, *imprint]
    return ending


def _without_imprint(pieces: Sequence[Piece], tail: list[int]) -> tuple[list[int], list[int]]:
    """Without 版记, whose office would be taken for who signs; and 版记."""
    end = imprint_from([_text(pieces, i) for i in tail])
    return tail[:end], tail[end:]


def _below(pieces: Sequence[Piece], tail: Sequence[int]) -> list[int]:
    """The lines that a portal puts below the text."""
    return list(
        takewhile(lambda i: is_below(_text(pieces, i)) or is_imprint(_text(pieces, i)), reversed(tail))
    )


def _ending_at(pieces: Sequence[Piece], position: int, unit: str) -> Ending | None:
    text = _text(pieces, position)
    found = find_date(text)
    if found is not None and not text[found[2] :].strip(" 　）)"):
        day, start, _ = found
        head = text[:start].rstrip(" 　（(")
        ending = Ending(date=text[start:].strip(" 　）)"), issued_on=day, used={position})
        if not head.strip():
            ending.unit, above = _unit_above(pieces, position, unit)
            ending.used |= above
            return ending
        if is_unit(head):
            ending.unit = head.strip()
            return ending
        run_on = _RUN_ON.search(head)
        if run_on and is_unit(run_on[1]):
            ending.unit, ending.used = run_on[1].strip(), set()
            ending.cut = position, run_on.start(1)
            return ending
        return None
    if _is_signature(pieces, position, unit) and unit and bare(text).endswith(unit[-4:]):
        return Ending(unit=text.strip(), used={position})
    return None


def _unit_above(pieces: Sequence[Piece], position: int, unit: str) -> tuple[str, set[int]]:
    """(the unit that stands on the lines above a date, their positions); "" when none does."""
    last = position - 1
    if last < 0 or not _is_signature(pieces, last, unit):
        return "", set()
    before = [_text(pieces, at) for at in range(max(0, last - 4), last)]
    first = last - upper_lines(before, _text(pieces, last))
    name = "".join(_text(pieces, at).strip() for at in range(first, last + 1))
    while first and last - first < _MOST_SIGNERS:
        above = _text(pieces, first - 1).strip()
        if not (_is_signature(pieces, first - 1, unit) or is_listed(above)):
            break
        first -= 1
        name = above + ("" if above.endswith("、") else " ") + name
    return name, set(range(first, last + 1))


def _is_signature(pieces: Sequence[Piece], position: int, unit: str) -> bool:
    block = pieces[position].block
    return isinstance(block, Paragraph) and block.style is not Style.HEADING1 and is_unit(block.text)


def _under_title(
    pieces: Sequence[Piece], after_title: int, first_heading: int, unit: str, skipped: Collection[int]
) -> Ending:
    """Unit and （date） between title and introduction."""
    ending = Ending()
    below = [i for i in range(after_title + 1, min(first_heading, len(pieces))) if i not in skipped]
    name = _name_in_lines(pieces, below, unit)
    if name:
        ending.unit, ending.place = unit, SignaturePlace.UNDER_TITLE
        ending.used.update(name)
    for i in below[len(name) : len(name) + 2]:
        text = _text(pieces, i)
        found = find_date(text)
        if found is not None and not (text[: found[1]] + text[found[2] :]).strip(" 　（）()"):
            ending.issued_on, ending.date = found[0], text.strip(" 　（）()")
        elif is_unit(text) and (bare(text).endswith(unit[-3:]) or is_same_unit(text, unit)):
            ending.unit = text.strip()
        else:
            break
        ending.used.add(i)
        ending.place = SignaturePlace.UNDER_TITLE
    return ending


def _name_in_lines(pieces: Sequence[Piece], lines: Sequence[int], unit: str) -> Sequence[int]:
    """Those of the first lines that are the agency's name and nothing else: a long one stands on several."""
    for count in range(1, _MOST_NAME_LINES + 1):
        if unit and bare("".join(_text(pieces, i) for i in lines[:count])) == unit:
            return lines[:count]
    return []


def _text(pieces: Sequence[Piece], position: int) -> str:
    block = pieces[position].block if 0 <= position < len(pieces) else None
    return block.text if isinstance(block, Paragraph) else ""


# -- the year ------------------------------------------------------------------------------------------------------------


def year_of(title: int, paragraphs: Sequence[str], issued: datetime.date | None) -> int:
    """The report year: from the title, the period of the figures, the date of issue, else what the text names most; 0: unknown."""
    if title:
        return title
    text = nfkc("\n".join(paragraphs))[:200_000]
    period = _PERIOD.search(text)
    if period:
        return int(period[1])
    if issued is not None:
        return issued.year - 1
    named = Counter(_NAMED_YEAR.findall(text))
    return int(named.most_common(1)[0][0]) if named else 0


def assumed_year() -> int:
    """The year that is reported on now, where the text names none."""
    return datetime.date.today().year - 1  # noqa: DTZ011 (the clerk's own calendar)


# -- the agency ---------------------------------------------------------------------------------------------------------


def agency_of(title: Title, signed: str, introduction: str, whole: str) -> Agency:
    """The agency by its fullest name: as signed, as in the title, or with 人民政府 where the text says so."""
    title_unit, written = title.unit, f"{title.text}\n{signed}\n{whole}"
    signed = _SEAL.sub("", bare(signed))
    name = title_unit or signed
    if (
        signed
        and title_unit
        and (title_unit in signed or (signed.endswith(title_unit[-3:]) and len(signed) > len(name)))
    ):
        name = signed
    contact = introduction if re.search(r"电话|地址|联系", introduction) else _contact_lines(whole)
    contact = contact[:_MOST_OF_CONTACTS]
    name = _with_place(name, _asked(contact)) if name else _named_in_text(whole[:_FIRST_WORDS], contact)
    if name and not name.endswith("人民政府") and name + "人民政府" in re.sub(r"\s+", "", whole):
        name += "人民政府"
    name = _as_written(name, written)
    short = name.removesuffix("人民政府")
    found = _SHORT.match(short)
    return Agency(
        name=name,
        short_name=found[1] if found else short,
        office=_office(contact, short, found[1] if found else short),
        address=_as_written(_field(contact, _ADDRESS), written),
        postcode=_field(contact, _POSTCODE),
        phone=_field(contact, _PHONE),
        email=_field(contact, _EMAIL),
        website=_field(contact, _WEBSITE),
    )


def _with_place(name: str, asked: str) -> str:
    """某镇, where questions are to go to 某县某镇人民政府: that is its name."""
    short, fuller = name.removesuffix("人民政府"), asked.removesuffix("人民政府")
    is_fuller = fuller.endswith(short) and _OF_A_PLACE.fullmatch(fuller.removesuffix(short)) is not None
    return asked if is_fuller and _OF_A_PLACE.match(short) is None else name


def _as_written(name: str, written: str) -> str:
    """With the brackets that stand in the text: 某开发区（北区）管理委员会, whose plain signs are (北区)."""
    wide = name.replace("(", "（").replace(")", "）")
    return wide if "".join(wide.split()) in "".join(written.split()) else name


def doubts_about(agency: Agency, title: str, signed: str) -> Iterator[str]:
    """What is to be looked at of a name that neither title nor signature has, or that does not say of which place."""
    told = f"“{agency.name}”是从正文里认出来的，请核对"
    written = title or signed
    if agency.name and not written:
        yield f"标题里没有单位名称，{told}"
    elif bare(signed) != agency.name != written and _with_place(bare(written), agency.name) == agency.name:
        yield f"标题里是“{written}”，{told}"
    if _NO_PLACE.match(agency.name):
        yield f"“{agency.name}”没有写明是哪里的，请把单位名称补完整"


def _maker(text: str) -> str:
    """Who made the report, where its first sentences say so."""
    plain = _CALLED.sub("", re.sub(r"[ \t\u3000]+", "", nfkc(text)))
    for found in chain.from_iterable(pattern.finditer(plain) for pattern in _MAKERS):
        name = re.sub(r"人民$", "人民政府", without_lead(found[1]))
        within = _WITH_OFFICE.fullmatch(name)
        name = within[1] if within else name
        is_one = len(name) > 1 and (ends_as_unit(name) or _PLACE.search(name) is not None)
        if is_one and not name.startswith(("本", "我")) and not _ONLY_OFFICE.fullmatch(name):
            return name
    return ""


def _named_in_text(beginning: str, contact: str) -> str:
    """Who made it, by the fuller of the names that the text gives."""
    maker, asked = _maker(beginning), _asked(contact)
    return (
        asked
        if not maker or asked.removesuffix("人民政府").endswith(maker.removesuffix("人民政府"))
        else maker
    )


def _asked(contact: str) -> str:
    """The unit to which questions are to go; an office of it is left out."""
    plain = re.sub(r"\s+", "", nfkc(contact))
    found = _ASKED.search(plain) or _ASKED_BEHIND.search(plain)
    return found[1] if found and len(found[1]) > 2 and not found[1].startswith(_NOT_NAMED) else ""


def _contact_lines(whole: str) -> str:
    """The paragraphs that say whom to ask, where the introduction does not; not those with a telephone for complaints."""
    return "\n".join(
        one for one in whole.split("\n") if _CONTACT.search(nfkc(one)) and not _COMPLAINTS.search(one)
    )


def _field(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(nfkc(text))
    return found[1].strip() if found else ""


def _office(text: str, *names: str) -> str:
    """请与〔单位〕党政办联系 → 党政办; nothing where a unit itself is named."""
    found = _OFFICE.search(nfkc(text)) or _OFFICE_BEHIND.search(nfkc(text))
    if not found:
        return ""
    name = bare(found[1])
    for prefix in (*names, names[0][-3:]):
        if prefix and prefix in name:
            name = name.split(prefix, 1)[1]
            break
    while (unit := _UNIT_BEFORE.match(name)) is not None:
        name = name[unit.end() :]
    name = re.sub("^(?:人民政府|政府(?!信息)|办事处|管委会|管理委员会|[镇乡局](?=综合|党政|办公))", "", name)
    is_own = name.startswith(("我", "本", "该"))
    return name if _IS_OFFICE.search(name) and not is_own and not name.endswith("办事处") else ""


def processing_fee(text: str) -> Decimal | None:
    """信息处理费 in 元 where the text says it without doubt: 0 for 未收取, else the one amount; None otherwise."""
    sentences = [one for one in re.split(r"[。；\n]", nfkc(text)) if "信息处理费" in one]
    amounts = {Decimal(found.replace(",", "")) for one in sentences for found in _YUAN.findall(one)}
    nothing = any(_NO_FEE.search(one) for one in sentences)
    if nothing and not amounts:
        return Decimal(0)
    if len(amounts) == 1 and not nothing and not any("万元" in one for one in sentences):
        return amounts.pop()
    return None
