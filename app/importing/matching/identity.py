"""Who reports, for which year, signed when: title, 落款 and contact data of an old report."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.chinese import DIGITS, find_date, nfkc
from app.documents.blocks import Paragraph, Style
from app.form.model import FormDefinition
from app.importing.matching.cleaning import Piece
from app.report.model import Agency, PageSettings, SignaturePlace

_LONGEST_LINE, _LONGEST_TITLE = 20, 70  # characters of a title's line; of the whole
_LONGEST_OF_PORTAL = 160  # characters of a line with a portal's words
_BEFORE_TITLE = 300  # lines of a page's menus that may stand before the title
_WITHOUT_HEADINGS = 25  # lines in which the title is looked for where no heading tells how far
_TITLE_FIELDS = ("标题", "名称", "信息名称")
# 政府信息公开工作年度报告, 政务公开工作总结, 信息公开年报
_TITLE = re.compile(r"(?:公开|年度).{0,12}(?:报告|总结|年报)")
# 发布日期：2023-01-09, 索引号：…: a web page's own data about the text
_META = re.compile(
    r"^(标题|名称|信息名称|索引号|索引|文号|发文字号|发布时间|发布日期|发文日期|成文日期|生成日期|发布机构|发文机关|来源|"
    r"信息来源|作者|栏目|分类|主题分类|体裁分类|主题词|关键词|浏览次数|点击数|字体|字号|公开方式|有效性|原文链接|本地目录)\s*[:：]\s*(.*)$"
)
# 【字体：大 中 小】【打印】, 分享到：, 当前位置：首页 > 年报, • 2025-02-10 15:59: what a portal puts around a text
_PORTAL = re.compile(
    r"索引号|发文字号|发布机构|发[布表]日期|发布时间|信息来源|浏览次数|阅读次数|点击[数量率]|分享到|当前位置|打印本页|关闭窗口"
    r"|[【\[（(]\s*(?:字体|字号|打印|关闭|收藏|分享)|字体\s*[:：]|首页\s*[>»]"
    r"|^\W*20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?:\s+[0-9:]{4,8})?\W*$"
)
# 某县某镇人民政府, 某局, 某街道办事处（章）: what the name of an agency ends with
_UNIT = re.compile(
    r"(?:人民政府|政府|办公室|办公厅|办事处|委员会|管委会|街道|局|委|厅|处|院|镇|乡|中心|苏木)(?:[（(]章[）)])?$"
)
# 云南省怒江傈僳族自治州: the upper line of a long name
_UPPER_LINE = re.compile(r"[一-鿿·]{2,30}[省市州盟县区旗]")
_LAST_WORD = re.compile(r"报告|总结|年报")  # …政府信息公开工作年度报告, …工作总结, …年报
_SITE = re.compile(r"\s*[-_|–]\s*")  # what parts the title from the site's name: 年度报告_某县人民政府
# a mark that stands in a sentence, never in a title or a name
_WITHIN = re.compile(r"[。；，：！？,;:!?]")
# 2022年, 2022年度, 2022, 二〇二二年
_YEAR = re.compile(r"(20[0-9]{2})\s*年?(?:度|年)*|(二[〇○零][一二][〇○零一二三四五六七八九])年(?:度|年)*")
_ONLY_KIND = re.compile(
    r"(?:20[0-9]{2}年?)?(?:年度)?(?:工作)?(?:报告|年报)"
)  # 年度报告, 2024年度报告: a title's last line
_RUN_IN_TITLE = re.compile(r"[^。；，,;]{2,50}?公开[^。；，,;]{0,12}?(?:年度报告|年报)")
# 关于报送…的报告, 标题…: what stands before a name and is none of it
_BEFORE_NAME = re.compile(r"^(?:标题[:：]?)?(?:关于)?(?:报送|上报|呈报|印发|发布|公布)?")
# 本报告由某镇人民政府编制; 现公布某镇2019年政府信息公开年度报告; 某镇2019年…年度报告是根据…; 某局特此编制
_MAKERS = (
    re.compile(r"本(?:年度)?(?:年报|报告)由([一-鿿]{3,30}?)(?:负责)?(?:编制|编写|按照|根据|依据)"),
    re.compile(
        r"(?:现将|现公布|公布|发布)(?:20[0-9]{2}年度?)?([一-鿿]{2,30}?)(?:20[0-9]{2}年度?)?(?:政府|政务)信息公开"
    ),
    re.compile(
        r"(?:^|[，,。；;\n])([一-鿿]{2,30}?)(?:20[0-9]{2}年度?)?(?:政府|政务)信息公开(?:工作)?年度报告是"
    ),
    re.compile(r"(?:^|[，,。；;\n])([一-鿿]{2,30}?)(?:特此|特|现)编制"),
)
_PLACE = re.compile(r"[省市州盟县区旗镇乡]$")
_FIRST_WORDS = 600  # characters in which a text says who made it
# what follows the unit: 关于政府信息公开工作年度报告, 政务公开…, 工作年度报告
_WHAT = re.compile(r"(?:关于)?(?:政府|政务)?(?:信息|政务)公开.*$|(?:关于)?(?:工作)?年度.*$")
# 某县乙镇 → 乙镇, 某市丙街道 → 丙街道
_SHORT = re.compile(r"^(?:.*[省市县区旗州盟])?(.{2,}?(?:镇|乡|苏木|街道))$")

# …如期完成。某县某镇人民政府: a signature that runs on after the last sentence
_RUN_ON = re.compile(r"[。；！？]\s*([^。；，：！？]{4,36})$")
_SEAL = re.compile(r"[（(]章[）)]$")  # 某镇人民政府（章）
_PERIOD = re.compile(r"(20[0-9]{2})\s*年\s*1\s*月\s*1\s*日")  # 自2022年1月1日起至12月31日止
_NAMED_YEAR = re.compile(r"(20[0-9]{2})\s*年")
_OFFICE = re.compile(r"[与和向同]([^，。；：（(]{2,40}?)(?:联系|咨询)")  # 请与某镇党政办公室联系
_ADDRESS = re.compile(r"(?:联系|办公)?地址\s*[：:，,是为]?\s*([^，,；;。）)]{4,60})")  # 地址：某县人民路1号
_POSTCODE = re.compile(r"(?:邮编|邮政编码)\s*[：:，,是为]?\s*([0-9]{6})(?![0-9])")  # 邮编：264400
_PHONE = re.compile(  # 联系电话：0631-8451001, 电话(0631) 8451001
    r"(?:电话|联系方式)\s*[：:，,是为]?\s*((?:\(?0[0-9]{2,3}\)?\s*[-—－]?\s*)?[0-9]{7,8}(?![0-9]))"
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
class Title:
    text: str = ""
    unit: str = ""
    year: int = 0
    used: set[int] = field(default_factory=set)  # positions of the pieces
    left_out: list[int] = field(default_factory=list)  # pieces before it, and the web page's own data


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


# {year}年度{title}, {title}（{year}年）: the titles that are no mistake and yet not as the form has it
_TITLE_FORM = re.compile(r"\{year\}年度\{title\}|\{title\}（\{year\}年度?）")


def title_form(title: Title, form: FormDefinition, year: int) -> PageSettings | None:
    """How the title says it, where it has its words in another order than the form: kept, so that it is printed so again."""
    plain = _plain(title.text).replace("(", "（").replace(")", "）")
    shape = plain.replace(form.title, "{title}").replace(f"{year}", "{year}")
    found = _TITLE_FORM.search(shape)
    return PageSettings(title=found[0]) if found else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", nfkc(text))


def find_title(pieces: Sequence[Piece], first_heading: int, outside: str) -> Title:
    """The title before the first heading, its lines joined; `outside` is the one a web page has in its frame."""
    title = Title()
    most = _BEFORE_TITLE if first_heading < len(pieces) else _WITHOUT_HEADINGS
    lines = [
        (i, piece.block.text)
        for i, piece in enumerate(pieces[: min(first_heading, most)])
        if isinstance(piece.block, Paragraph)
    ]
    meta = {i: found for i, text in lines if (found := _META.match(nfkc(text).strip())) is not None}
    position = _title_lines([one for one in lines if one[0] not in meta], title)
    position = max(position, _title_in_meta(meta, title))
    title.left_out = [*(i for i in meta if i not in title.used), *_of_the_page(lines, meta, title, position)]
    if not title.text and _TITLE.search(outside):
        title.text = _SITE.split(outside.strip())[0]
    if not title.text:
        title.text = _run_in_title([text for i, text in lines if i not in meta])
    title.unit, title.year = _split_title(_plain(title.text))
    return title


def _of_the_page(
    lines: Sequence[tuple[int, str]], meta: Mapping[int, re.Match[str]], title: Title, first: int
) -> Iterator[int]:
    """The lines that a page puts around the text: menus before the title, a portal's words, the title once more."""
    last_meta = max(meta, default=-1)
    again = _plain(title.text)
    for i, text in lines:
        if i in meta or i in title.used:
            continue
        plain = nfkc(text).strip()
        is_portal = len(plain) <= _LONGEST_OF_PORTAL and bool(_PORTAL.search(plain))
        is_again = bool(again) and _plain(text) == again
        if i < first or ("。" not in text and (i <= last_meta + 2 or is_portal or is_again)):
            yield i


def _run_in_title(texts: Sequence[str]) -> str:
    """The title with which a text begins that lost its line ends; it stays in the text."""
    found = (_RUN_IN_TITLE.match(_plain(text)) for text in texts[:3] if len(text) > _LONGEST_TITLE)
    return next((one[0] for one in found if one is not None), "")


def _title_in_meta(meta: Mapping[int, re.Match[str]], title: Title) -> int:
    """The title in the page's own data (标题：…), where no line of the text is one; its position, or -1."""
    for i, found in meta.items():
        if not title.text and found[1] in _TITLE_FIELDS and _TITLE.search(found[2]):
            title.text = found[2].strip()
            title.used.add(i)
            return i
    return -1


def _title_lines(lines: list[tuple[int, str]], title: Title) -> int:
    """Find the line that ends the title and the lines above that belong to it; returns the first line's position."""
    for at, (_, text) in enumerate(lines):
        first = _first_line([line for _, line in lines[: at + 1]]) if _may_end_title(text) else None
        if first is not None:
            title.text = "".join(text.strip() for _, text in lines[first : at + 1])
            title.used.update(i for i, _ in lines[first : at + 1])
            return lines[first][0]
    return -1


def _may_end_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and bool(_LAST_WORD.search(_plain(text)))
        and not _WITHIN.search(nfkc(text))
    )


def may_be_title(text: str) -> bool:
    """Whether a line by itself is the title of a report: 某镇2024年政府信息公开工作年度报告."""
    return _may_end_title(text) and bool(_TITLE.search(_plain(text))) and "公开" in text


def _first_line(lines: Sequence[str]) -> int | None:
    """Where the title begins that ends with the last of these lines; None when they are no title."""
    first = len(lines) - 1
    joined = _plain(lines[first])
    while first > 0 and not _TITLE.search(joined) and len(lines[first - 1]) <= 40:
        first -= 1
        joined = _plain(lines[first]) + joined
    if not _TITLE.search(joined) or len(joined) > 90 or _WITHIN.search(joined):
        return None
    if first > 0 and _ONLY_KIND.fullmatch(joined) and _is_first_part(lines[first - 1]):
        first -= 1
        joined = _plain(lines[first]) + joined
    unit_stands_above = first > 0 and not _split_title(joined)[0] and _is_unit(lines[first - 1])
    if unit_stands_above:
        first -= 1
    return first - _upper_lines(lines[:first], lines[first])


def _is_first_part(line: str) -> bool:
    """…政府信息公开工作, whose line goes on with 年度报告."""
    plain = _plain(line)
    return len(plain) <= 60 and bool(re.search(r"公开(?:工作)?$", plain)) and not _WITHIN.search(plain)


def _upper_lines(above: Sequence[str], following: str) -> int:
    """How many of the last lines belong to the name that goes on after them: together too long for one line."""
    count = 0
    while count < len(above) and _UPPER_LINE.fullmatch(_plain(above[-1 - count])):
        count += 1
    length = sum(len(_plain(line)) for line in above[len(above) - count :]) + len(_plain(following))
    return count if length > _LONGEST_LINE else 0


def _split_title(plain: str) -> tuple[str, int]:
    """(unit, year) of a title: 单位2022年…报告, 2022年单位…报告, 单位关于2022年…"""
    found = _YEAR.search(plain)
    year = _year(found) if found else 0
    rest = plain[: found.start()] + "|" + plain[found.end() :] if found else plain
    before, _, after = _BEFORE_NAME.sub("", rest).partition("|")
    unit = re.sub(r"关于$", "", before) or _WHAT.sub("", _BEFORE_NAME.sub("", after))
    unit = _WHAT.sub("", unit).strip("《》")
    return re.sub(r"人民$", "人民政府", unit), year  # 某镇人民政府信息公开工作: one 政府 for both


def _year(found: re.Match[str]) -> int:
    if found[1]:
        return int(found[1])
    return int("".join(str(DIGITS.index("零" if sign in "〇○" else sign)) for sign in found[2]))


def _is_unit(text: str) -> bool:
    plain = _plain(text)
    return 3 <= len(plain) <= 36 and bool(_UNIT.search(plain)) and not _WITHIN.search(plain)


def find_ending(pieces: Sequence[Piece], unit: str, after_title: int, first_heading: int) -> Ending:
    """落款 and 成文日期: at the end on lines of their own, at the end of the last paragraph, or under the title."""
    tail = [i for i, piece in enumerate(pieces) if isinstance(piece.block, Paragraph)][-14:]
    for position in reversed([i for i in tail if i > first_heading]):
        ending = _ending_at(pieces, position, unit)
        if ending is not None:
            ending.place = SignaturePlace.END
            ending.left_out = [i for i in tail if i > position]
            return ending
    return _under_title(pieces, after_title, first_heading, unit)


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
        if _is_unit(head):
            ending.unit = head.strip()
            return ending
        run_on = _RUN_ON.search(head)
        if run_on and _is_unit(run_on[1]):
            ending.unit, ending.used = run_on[1].strip(), set()
            ending.cut = position, run_on.start(1)
            return ending
        return None
    if _is_signature(pieces, position, unit) and unit and _plain(text).endswith(unit[-4:]):
        return Ending(unit=text.strip(), used={position})
    return None


def _unit_above(pieces: Sequence[Piece], position: int, unit: str) -> tuple[str, set[int]]:
    """(the unit that stands on the lines above a date, their positions); "" when none does."""
    last = position - 1
    if last < 0 or not _is_signature(pieces, last, unit):
        return "", set()
    before = [_text(pieces, at) for at in range(max(0, last - 4), last)]
    lines = range(last - _upper_lines(before, _text(pieces, last)), last + 1)
    return "".join(_text(pieces, at).strip() for at in lines), set(lines)


def _is_signature(pieces: Sequence[Piece], position: int, unit: str) -> bool:
    block = pieces[position].block
    return isinstance(block, Paragraph) and block.style is not Style.HEADING1 and _is_unit(block.text)


def _under_title(pieces: Sequence[Piece], after_title: int, first_heading: int, unit: str) -> Ending:
    """Unit and （date） between title and introduction."""
    ending = Ending()
    for i in range(after_title + 1, min(after_title + 3, first_heading, len(pieces))):
        text = _text(pieces, i)
        found = find_date(text)
        if found is not None and not (text[: found[1]] + text[found[2] :]).strip(" 　（）()"):
            ending.issued_on, ending.date = found[0], text.strip(" 　（）()")
        elif _is_unit(text) and _plain(text).endswith(unit[-3:]):
            ending.unit = text.strip()
        else:
            break
        ending.used.add(i)
        ending.place = SignaturePlace.UNDER_TITLE
    return ending


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


def agency_of(title_unit: str, signed: str, introduction: str, whole: str) -> Agency:
    """The agency by its fullest name: as signed, as in the title, or with 人民政府 where the text says so."""
    signed = _SEAL.sub("", _plain(signed))
    name = title_unit or signed
    if (
        signed
        and title_unit
        and (title_unit in signed or (signed.endswith(title_unit[-3:]) and len(signed) > len(name)))
    ):
        name = signed
    name = name or _maker(whole[:_FIRST_WORDS])
    if name and not name.endswith("人民政府") and name + "人民政府" in re.sub(r"\s+", "", whole):
        name += "人民政府"
    short = name.removesuffix("人民政府")
    found = _SHORT.match(short)
    contact = introduction if re.search(r"电话|地址|联系", introduction) else whole
    return Agency(
        name=name,
        short_name=found[1] if found else short,
        office=_office(contact, short),
        address=_field(contact, _ADDRESS),
        postcode=_field(contact, _POSTCODE),
        phone=_field(contact, _PHONE),
        email=_field(contact, _EMAIL),
        website=_field(contact, _WEBSITE),
    )


def _maker(text: str) -> str:
    """Who made the report, where its first sentences say so."""
    plain = nfkc(text)
    for pattern in _MAKERS:
        found = pattern.search(re.sub(r"[ \t\u3000]+", "", plain))
        name = re.sub(r"人民$", "人民政府", _BEFORE_NAME.sub("", found[1])) if found else ""
        if (
            len(name) > 1
            and (_UNIT.search(name) or _PLACE.search(name))
            and not name.startswith(("本", "我"))
        ):
            return name
    return ""


def _field(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(nfkc(text))
    return found[1].strip() if found else ""


def _office(text: str, short: str) -> str:
    """请与〔单位〕党政办联系 → 党政办."""
    found = _OFFICE.search(nfkc(text))
    if not found:
        return ""
    name = _plain(found[1])
    for prefix in (short, short[-3:]):
        if prefix and prefix in name:
            name = name.split(prefix, 1)[1]
            break
    return name.removeprefix("人民政府").removeprefix("政府")


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
