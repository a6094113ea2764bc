"""The title of an old report: its lines, its unit and year, and what a page puts around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.chinese import DIGITS, nfkc
from app.documents.blocks import Paragraph
from app.form.model import FormDefinition
from app.importing.matching.cleaning import Piece
from app.report.model import PageSettings

_LONGEST_LINE, _LONGEST_TITLE = 20, 70  # characters of a title's line; of the whole
_LONGEST_UNIT = 60  # characters of an agency's name
_LONGEST_FIELD = 30  # characters of a value on a line below its name
_LONGEST_OF_PORTAL = 160  # characters of a line with a portal's words
_BEFORE_TITLE = 300  # lines of a page's menus that may stand before the title
_WITHOUT_HEADINGS = 25  # lines in which the title is looked for where no heading tells how far
_TITLE_PARTS = 3  # lines over which a title is set
_TITLE_FIELDS = ("标题", "名称", "信息名称")
# 政府信息公开工作年度报告, 政务公开工作总结, 信息公开年报
_TITLE = re.compile(r"(?:公开|年度).{0,12}(?:报告|总结|年报)")
# 发布日期：2023-01-09, 索引号：…: a web page's own data about the text
_META = re.compile(
    r"^[•·*]?\s*(标题|名称|文件名称|信息名称|索引号|索引|文号|发文字号|发布时间|发布日期|发文日期|成文日期|生成日期|发布机构|发文机关|来源|"
    r"信息来源|作者|栏目|分类|主题分类|组配分类|体裁分类|主题词|关键词|浏览次数|点击数|字体|字号|公开方式|有效性|原文链接|本地目录)\s*[:：]\s*(.*)$"
)
# 【字体：大 中 小】【打印】, 分享到：, 当前位置：首页 > 年报, • 2025-02-10 15:59: what a portal puts around a text
_PORTAL = re.compile(
    r"索\s*引\s*号|发文字号|发布机构|发[布表]日期|生成日期|支持IPv6|发布时间|信息来源|浏览次数|访问次数|阅读次数|点击[数量率]|分享到|当前位置"
    r"|^\W*(?:您的?(?:当前|现在)?|当前)(?:所在)?的?位置\s*[:：]|^\W*(?:备案)?登记号\s*[:：]"
    r"|打印本页|关闭窗口|我要收藏|组配分类|[【\[（(]\s*(?:字体|字号|打印|关闭|收藏|分享)|字体(?:大小)?\s*[:：]|首页\s*[>»]"
    r"|^(?:发[布表]|更新|编辑|录入|添加)?(?:时间|日期)\s*[:：]\s*20[0-9]{2}|^\W*(?:分享|收藏|打印|字号)\W*$"
    r"|扫描.{0,6}二维码分享|^\W*(?:点击|收听|年报|人工智能|智能|语音|全文)*(?:朗读|播报)\W*$"
    r"|20[0-9]{2}[-年][0-9]{1,2}[-月][0-9]{1,2}日?\s*(?:[0-9:]{4,8})?\s*来源"
    r"|^\W*20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?:\s+[0-9:]{4,8})?\W*$"
)
# • 设为首页, 分享 微信, 访问量：, 长者版 无障碍阅读: lines of nothing but a portal's buttons
_BUTTON = re.compile(
    r"设为首页|加入收藏|首页|无障碍|无障碍阅读|无障碍浏览|长者版|长者模式|长者专区|关怀版|"
    r"老年版|简体|简体版|繁体|繁体版|智能问答|智能问政|用户空间|用户中心|个人中心|登录|"
    r"注册|登录注册|我要留言|我要收藏|访问量|浏览量|阅读量|点击量|点击数|浏览次数|"
    r"相关解读|相关文件|相关附件|相关链接|分享|分享到|文章分享|微信|微博|新浪微博|头条|"
    r"空间|收藏|打印|下载|朗读|字号|字体|大|中|小|默认|特大|关闭|返回|搜索|移动版|"
    r"手机版|电脑版|页面|配色|辅助线|重置"
)
# 公开形式 责任部门, • 文号, - 有效性有效: names of a page's own data without their colons
_FIELD = (
    r"(?:索\s*引\s*号|[发公][布文]机[构关]|发[布文]日期|[成生]{1,2}[文成]日期|废止日期|文\s*号|有\s*效\s*性|时\s*效\s*性"
    r"|是否有效|公开[形方]式|公开[时期]限|公开范围|责任部门|主题分类|关\s*键\s*词|名\s*称|来\s*源|备案登记号)"
)
_ONLY_FIELDS = re.compile(rf"\W*{_FIELD}(?:[\s|：:]+{_FIELD})*\W*|[-•·*]\s*{_FIELD}\S{{0,40}}")
_WORD = re.compile(r"[一-鿿]+")
_MENU_PARTS, _MENU_WORD = 3, 8  # words beside each other in a menu; characters of one
# 扫一扫在手机打开当前页, 上一篇：…, 【打印本页】: what stands below the text of a page
_BELOW = re.compile(
    r"^\W{0,3}(?:扫一扫|.{0,12}扫描.{0,8}二维码|上一[篇条页]|下一[篇条页]|返回(?:首页|顶部|列表)|责任编辑|相关(?:链接|阅读|附件)|主办单位|承办单位|网站地图|网站标识码"
    r"|版权所有|打印(?:本页)?|关闭(?:窗口|本页)?|收藏|分享|.{0,12}ICP备|.{0,8}公安备)"
)
_YEAR_ABOVE = re.compile(
    r"^[一-鿿·]{2,34}20[0-9]{2}年?度?$"
)  # 某旗某苏木人民政府2025年: the title goes on below
_BARS = re.compile(r"[|\s]")
_SIGNS = re.compile(r"\W")  # ==== 正文 ====: the two characters of it count
_TRAIL = re.compile(r"[>»›]|首页\s*/")  # 首页 > 政府信息公开 > 年报, 首页/ 镇办 / 正文: the way to a page
# 2023年政府信息公开工作告年度报: the letters of 工作年度报告 in another order, one left out or doubled
_MISPRINTED = re.compile(r"20[0-9]{2}年?度?(?:政府|政务)?信息公开(?=[工作年度]*[报告])[工作年度报告的]{3,8}")
# 某县某镇人民政府, 某局, 某街道办事处（章）: what the name of an agency ends with
_UNIT = re.compile(
    r"(?:人民政府|政府|办公室|办公厅|办事处|委员会|管委会|街道|局|委|厅|处|院|署|镇|乡|中心|苏木|工作组|档案馆)(?:[（(]章[）)])?$"
)
_KIND_OF_UNIT = re.compile(r"(?:人民政府|办事处|管理委员会|管委会|委员会)$")
# 及城区街道办事处: the lower line of two units in one name
_JOINED = re.compile(r"(?:及|和|与|暨)[^的]")
# 云南省怒江傈僳族自治州: the upper line of a long name
_UPPER_LINE = re.compile(r"[一-鿿·]{2,30}[省市州盟县区旗]")
_LAST_WORD = re.compile(r"报告|总结|年报")  # …政府信息公开工作年度报告, …工作总结, …年报
_SITE = re.compile(r"\s*[-_|–]\s*")  # what parts the title from the site's name: 年度报告_某县人民政府
# a mark that stands in a sentence, never in a title or a name
_WITHIN = re.compile(r"[。；，：！？,;:!?]")
# 2022年, 2022年度, 2022, 二〇二二年
_YEAR = re.compile(r"(20[0-9]{2})\s*年?(?:度|年)*|(二[〇○零][一二][〇○零一二三四五六七八九])年(?:度|年)*")
_ONLY_KIND = re.compile(
    r"(?:20[0-9]{2}年?)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
)  # 年度报告, 2024年度报告: a title's last line
# a sentence about the report (本报告根据《…》…, 现公布某镇…年度报告) is none
_NAMED = re.compile(
    r"^(?:(?:标\s*题|名称)\s*[:：]?|【[一-鿿]{1,6}】)\s*(?=[一-鿿0-9])"
)  # 标题某镇2024年…: the name of a field
_RUN_IN_TITLE = re.compile(
    r"(?!本|我|现|特|报告|按照|根据|依据|依照|遵照|为)[^。；，,;《》]{2,50}?公开[^。；，,;]{0,12}?(?:年度报告|年报)"
)
# 关于报送…的报告, 标题…: what stands before a name and is none of it
_BEFORE_NAME = re.compile(r"^(?:标题[:：]?)?(?:关于)?(?:报送|上报|呈报|印发|发布|公布)?")
# what follows the unit: 关于政府信息公开工作年度报告, 政务公开…, 工作年度报告
_WHAT = re.compile(r"(?:关于)?(?:政府|政务)?(?:信息|政务)公开.*$|(?:关于)?(?:工作)?年度.*$")


@dataclass
class Title:
    text: str = ""
    unit: str = ""
    year: int = 0
    used: set[int] = field(default_factory=set)  # positions of the pieces
    left_out: list[int] = field(default_factory=list)  # pieces before it, and the web page's own data


# {year}年度{title}, {title}（{year}年）: the titles that are no mistake and yet not as the form has it
_TITLE_FORM = re.compile(r"\{year\}年度\{title\}|\{title\}（\{year\}年度?）")


def title_form(title: Title, form: FormDefinition, year: int) -> PageSettings | None:
    """How the title says it, where it has its words in another order than the form: kept, so that it is printed so again."""
    plain = bare(title.text).replace("(", "（").replace(")", "）")
    shape = plain.replace(form.title, "{title}").replace(f"{year}", "{year}")
    found = _TITLE_FORM.search(shape)
    return PageSettings(title=found[0]) if found else None


def bare(text: str) -> str:
    """Without blanks, in plain signs."""
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
    meta = {i: found for i, text in lines if (found := _META.match(_field_first(text))) is not None}
    own = [one for one in lines if one[0] not in meta]
    position = _title_lines(own, title)
    if not title.text:
        position = _misprinted_title(own, title)
    position = max(position, _title_in_meta(meta, title))
    title.left_out = [*(i for i in meta if i not in title.used), *_of_the_page(lines, meta, title, position)]
    if not title.text and _TITLE.search(outside):
        title.text = _SITE.split(outside.strip())[0]
    if not title.text:
        title.text = _run_in_title([text for i, text in lines if i not in meta])
    title.unit, title.year = _split_title(bare(title.text))
    return title


def _field_first(text: str) -> str:
    """文    号：无 → 文号:无; the name of a field is set over its column."""
    name, colon, value = nfkc(text).strip().partition(":")
    return "".join(name.split()) + colon + value if colon else name


def _of_the_page(
    lines: Sequence[tuple[int, str]], meta: Mapping[int, re.Match[str]], title: Title, first: int
) -> Iterator[int]:
    """The lines that a page puts around the text: menus before the title, a portal's words, the title once more."""
    short = ((i, nfkc(text).strip()) for i, text in lines if len(text) <= _LONGEST_OF_PORTAL)
    fields = {i for i, plain in short if _ONLY_FIELDS.fullmatch(plain)}
    last_meta = max(fields.union(meta), default=-9)
    again = {*_said_again(lines, title), *_other_titles(lines, title)}
    for i, text in lines:
        if i in meta or i in title.used:
            continue
        plain = nfkc(text).strip()
        is_beside = i in fields or (i <= last_meta + 2 and _is_value(plain))
        if i < first or i in again or ("。" not in text and (is_beside or _is_of_a_portal(plain))):
            yield i


def _is_value(plain: str) -> bool:
    """What stands beside the names of a page's data."""
    return len(_SIGNS.sub("", plain)) <= _LONGEST_FIELD and not _WITHIN.search(plain)


def _is_of_a_portal(plain: str) -> bool:
    """A portal's words, a menu, a bar of its frame, the last line of a title alone."""
    if not _BARS.sub("", plain) or _ONLY_KIND.fullmatch(plain):
        return True
    return len(plain) <= _LONGEST_OF_PORTAL and bool(_PORTAL.search(plain) or _is_menu(plain))


def _is_menu(plain: str) -> bool:
    """首页 走进某县 新闻中心, 中国政府网 某省政府 某市政府: words beside each other, no sentence, no unit that signs, no day."""
    words = _WORD.findall(plain)
    if words and all(_BUTTON.fullmatch(one) for one in words):
        return True
    parts = re.split(r"[\s|丨•·]+", plain)
    is_row = len(parts) >= _MENU_PARTS and all(len(one) <= _MENU_WORD for one in parts)
    names_a_unit = is_unit(plain) and not any(one.endswith(("网", "网站")) for one in parts)
    return is_row and not (_WITHIN.search(plain) or names_a_unit or re.search(r"[0-9]", plain))


def _said_again(lines: Sequence[tuple[int, str]], title: Title) -> Iterator[int]:
    """The title once more: in one line, over two or three, or only its end (2022年政府信息公开工作年度报告)."""
    whole = bare(title.text)
    left = [(i, bare(text)) for i, text in lines if i not in title.used]
    for at, (i, text) in enumerate(left):
        if whole.endswith(text) and _TITLE.search(text) and _YEAR.match(text):
            yield i
        parts = left[at : at + _TITLE_PARTS]
        for count in range(1, len(parts) + 1):
            if "".join(part for _, part in parts[:count]) == whole:
                yield from (one for one, _ in parts[:count])


def _other_titles(lines: Sequence[tuple[int, str]], title: Title) -> Iterator[int]:
    """A title of the same year by another form of the agency's name."""
    year = _split_title(bare(title.text))[1]
    for one in _possible_titles(list(lines)) if year else ():
        its_lines = {i for i, _ in lines[one.start : one.end]}
        if _split_title(one.words)[1] == year and its_lines.isdisjoint(title.used):
            yield from its_lines


def _run_in_title(texts: Sequence[str]) -> str:
    """The title with which a text begins that lost its line ends; it stays in the text."""
    found = (_RUN_IN_TITLE.match(bare(text)) for text in texts[:3] if len(text) > _LONGEST_TITLE)
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
    """Find the line that ends the title and the lines above that belong to it; returns the first line's position.

    One with a year and a unit is the title rather than one without (政府信息公开年报 above it is a page's column); of one
    that a page says twice it is the second, also where that has the fuller name.
    """
    best = _Found(0, 0, "")
    for one in _possible_titles(lines):
        between = (text for _, text in lines[best.end : one.start])
        is_again = (
            one.start >= best.end and one.says_at_least(best) and not any("。" in text for text in between)
        )
        if is_again or one.worth > best.worth:
            best = one
    if not best.worth:
        return -1
    title.text = _NAMED.sub("", "".join(text.strip() for _, text in lines[best.start : best.end]))
    title.used.update(i for i, _ in lines[best.start : best.end])
    return lines[best.start][0]


class _Found(NamedTuple):
    """Lines that may be the title, and their words."""

    start: int
    end: int
    words: str

    @property
    def worth(self) -> int:
        """How much it says of what a title says; 0 for the end of one (工作年度报告)."""
        unit, year = _split_title(self.words)
        if not (unit or year or "公开" in self.words):
            return 0
        return (3 if unit else 2) if year else 1

    def says_at_least(self, other: "_Found") -> bool:
        """The same words, or the same year with the other's unit within its own (某镇 within 某县某镇人民政府)."""
        if self.words == other.words:
            return True
        (unit, year), (within, other_year) = _split_title(self.words), _split_title(other.words)
        return bool(within and year) and year == other_year and within != unit and within in unit


def _possible_titles(lines: list[tuple[int, str]]) -> Iterator[_Found]:
    for at, (_, text) in enumerate(lines):
        first = _first_line([line for _, line in lines[: at + 1]]) if _may_end_title(text) else None
        if first is not None:
            words = "".join(bare(line) for _, line in lines[first : at + 1])
            yield _Found(first, at + 1, _NAMED.sub("", words))


def _misprinted_title(lines: Sequence[tuple[int, str]], title: Title) -> int:
    """The line that is a title but for the letters at its end (…2023年政府信息公开工作告年度报); its position, or -1."""
    for i, text in lines:
        plain = bare(text)
        found = _MISPRINTED.search(plain) if len(plain) <= _LONGEST_TITLE else None
        if found is not None and found.end() == len(plain) and not _WITHIN.search(plain):
            title.text = text.strip()
            title.used.add(i)
            return i
    return -1


def is_below(text: str) -> bool:
    """Whether a line is what a portal puts below a text; a bar of a lost table is none of it either."""
    plain = nfkc(text).strip()
    if plain and not _BARS.sub("", plain):
        return True
    is_short = len(plain) <= _LONGEST_OF_PORTAL and "。" not in text
    return is_short and bool(_BELOW.search(plain) or _PORTAL.search(plain))


def _may_end_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and not _TRAIL.search(text)
        and bool(_LAST_WORD.search(bare(text)))
        and not _WITHIN.search(nfkc(text))
    )


def may_be_title(text: str) -> bool:
    """Whether a line by itself is the title of a report: 某镇2024年政府信息公开工作年度报告."""
    return _may_end_title(text) and bool(_TITLE.search(bare(text))) and "公开" in text


def _first_line(lines: Sequence[str]) -> int | None:
    """Where the title begins that ends with the last of these lines; None when they are no title."""
    first = len(lines) - 1
    joined = bare(lines[first])
    while first > 0 and not _TITLE.search(joined) and len(lines[first - 1]) <= 40:
        first -= 1
        joined = bare(lines[first]) + joined
    if not _TITLE.search(joined) or len(joined) > 90 or _WITHIN.search(joined):
        return None
    if first > 0 and _YEAR_ABOVE.search(bare(lines[first - 1])) and not _YEAR.search(joined):
        first -= 1
        joined = bare(lines[first]) + joined
    if first > 0 and _ONLY_KIND.fullmatch(joined) and _is_first_part(lines[first - 1]):
        first -= 1
        joined = bare(lines[first]) + joined
    unit_stands_above = first > 0 and not _split_title(joined)[0] and is_unit(lines[first - 1])
    if unit_stands_above:
        first -= 1
    return first - upper_lines(lines[:first], lines[first])


def _is_first_part(line: str) -> bool:
    """…政府信息公开工作, whose line goes on with 年度报告."""
    plain = bare(line)
    return len(plain) <= 60 and bool(re.search(r"公开(?:工作)?$", plain)) and not _WITHIN.search(plain)


def upper_lines(above: Sequence[str], following: str) -> int:
    """How many of the last lines belong to the name that goes on after them: together too long for one line."""
    count, below = 0, following
    while count < len(above) and _goes_on(above[-1 - count], below):
        count, below = count + 1, above[-1 - count]
    length = sum(len(bare(line)) for line in above[len(above) - count :]) + len(bare(following))
    return count if length > _LONGEST_LINE else 0


def _goes_on(line: str, below: str) -> bool:
    """…自治州 over …县某镇人民政府; …镇人民政府 over 及某委员会; …办事处、 over …办事处."""
    is_joined = _JOINED.match(bare(below)) is not None and is_unit(line)
    return _UPPER_LINE.fullmatch(bare(line)) is not None or is_joined or is_listed(line)


def is_listed(line: str) -> bool:
    """One of several units that sign together, the next one below it: 甲街道办事处、"""
    return line.rstrip().endswith("、") and is_unit(line.rstrip().rstrip("、"))


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


def without_lead(name: str) -> str:
    """关于报送某镇… → 某镇…"""
    return _BEFORE_NAME.sub("", name)


def ends_as_unit(name: str) -> bool:
    return _UNIT.search(name) is not None


def is_same_unit(one: str, other: str) -> bool:
    """某区某街道办事处 and 某街道: one name is the end of the other but for the word for the kind of agency."""
    first, second = _KIND_OF_UNIT.sub("", bare(one)), _KIND_OF_UNIT.sub("", bare(other))
    return min(len(first), len(second)) > 1 and (first.endswith(second) or second.endswith(first))


def is_unit(text: str) -> bool:
    plain = bare(text)
    return 3 <= len(plain) <= _LONGEST_UNIT and bool(_UNIT.search(plain)) and not _WITHIN.search(plain)
