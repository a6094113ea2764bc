"""Where in a text something stands: its sentence and clause, the year and the territory that they speak of."""

import re
from bisect import bisect_left
from functools import cached_property, lru_cache

from app.patterns import lazily

_SENTENCE_MARKS = "。！？!?\n"
_CLAUSE_MARKS = _SENTENCE_MARKS + "，,；;：:（("
_FARTHEST = 800  # characters of a sentence that are looked at: what is longer is no sentence
# the marks that end a clause, and those that end a sentence
_CLAUSE_END = lazily(f"[{_CLAUSE_MARKS}]")
# 2024年
_YEAR = lazily(r"(20\d\d)\s*年")
# 去年, 同期, 2021年以来, 截至6月, 上半年: not the report's own year; 上年结转 is of it
_OTHER_TIME = lazily(
    r"去年|上年(?!度?(?:末)?(?:的)?(?:结转|转结|转入))|上一年度?(?!结转)|往年|历年|同期|同比|以来|截至[^，。]{0,6}(?<!\d)(?:[1-9]|1[01])月"
    r"|(?:[1-9]|1[0-2])月份|季度|半年|[—\-至](?:[1-9]|1[01])月|每[年月]|平均",
    needs="去年|上年|上一年|往年|历年|同期|同比|以来|截至|月|季度|半年|每|平均",
)
# 《条例》施行以来, 近五年, “十四五”期间: more years than one, whatever comma follows; 今年以来, 报告期间 are of the year
_SEVERAL_YEARS = lazily(
    r"(?<!今年)(?<!本年)(?<!年度)(?<![\d]年)(?<!月)(?<!日)(?<!月份)以来|近[两二三四五六七八九十\d]{1,2}年|[两二三四五六七八九十\d]年(?:间|来|内)"
    r"|(?:实施|施行|成立|建立|运行|上线)(?:至今|到现在)|(?<!报告)(?<!统计)(?<!年)期间|历年|历史上|截至(?:20\d\d年)?(?:[1-9]|1[01])月[^，。；]{0,3}[，,]|(?<![较比与同])(?:上一?年度?|去年)(?:全年|共|新)*(?:收到|新收|接到|受理|办理|的?(?:政府信息公开)?申请)|20\d\d\s*年?\s*(?:至|到|—+|-|～|~)\s*20\d\d\s*年",
    needs="以来|近|年间|年来|年内|上年|上一年|去年|至今|到现在|期间|历年|历史上|至|到|—|-|～|~",
)
# 2024年, 全年, 本年度: what follows is of one year again
_ONE_YEAR = lazily(
    r"(?<!至)(?<!到)(?<![—\-～~])20\d\d\s*年(?!以来|\s*(?:至|到|—|-|～|~)\s*20)|全年|本年|今年|年内"
)
# 全县, 各部门, 下属单位: of more than this agency
_WIDER = lazily(
    r"全[省市县区州旗国盟]|各(?:镇|乡|街道|县|区|市|州|旗|部门|单位|村|社区|局|委办|级)|下属|所属|辖区内|本级|系统|村（社区）(?=$|未|没有|无|均|共|收|制)",
    needs="全省|全市|全县|全区|全州|全旗|全国|全盟|各镇|各乡|各街道|各县|各区|各市|各州|各旗|各部门|各单位|各村|各社区|各局|各委办|各级|下属|所属|辖区内|本级|系统|村（社区）",
)
# 县政府制发……, 县级现行有效……: done by another body; 县政府网站, 按县政府要求 are none
_OTHER_DOER = lazily(
    r"(?P<doer>(?:[省市县区州旗](?:人民)?政府|[省市县区州]级|上级|国务院)(?:办公室|办|部门|机关|及(?:其)?部门)?)"
    r"(?:共|累计|合计|总共|新|本年度?|全年|20\d\d年度?|的|统一|现|现有|已|近年来)*$",
    needs="省政府|市政府|县政府|区政府|州政府|旗政府|省人民政府|市人民政府|县人民政府|区人民政府|州人民政府|旗人民政府|省级|市级|县级|区级|州级|上级|国务院",
)
# 《……》, 〔2021〕, “……”
_QUOTED = lazily(
    r"《[^》]{0,300}》|〔[^〕]{0,60}〕|“[^”]{0,300}”|＜[^＞]{0,300}＞|<[^>]{0,300}>", needs="《|〔|“|＜|<"
)


class Place:
    """The surroundings of one place: the words before it, and what they limit it to, which is read when it is asked for."""

    def __init__(self, sentence: str, before: str, clause: str) -> None:
        self.sentence = sentence  # the whole sentence, up to 。
        self.before = before  # of the sentence
        self.clause = clause  # the words before it since the last punctuation mark

    @cached_property
    def year(self) -> int:
        """The last year named before it in its sentence, 0 when none is."""
        years = _YEAR.findall(unquoted(self.before)) if "20" in self.before else ()
        return int(years[-1]) if years else 0

    @cached_property
    def other_time(self) -> bool:
        """It may be of last year, a quarter, several years."""
        if _OTHER_TIME.search(self.clause):
            return True
        if not _SEVERAL_YEARS.search(self.before):  # none in quotation marks either
            return False
        bare = unquoted(self.before)
        since = max((one.end() for one in _ONE_YEAR.finditer(bare)), default=0)
        return _SEVERAL_YEARS.search(bare, since) is not None

    @cached_property
    def wider(self) -> str:
        """全县, 各部门 …, when it may be of more than this agency; 县政府, when it is of another."""
        found = _WIDER.search(self.before)
        if found:
            return found[0]
        doer = _OTHER_DOER.search(self.clause)
        return doer["doer"] if doer else ""

    def of_year(self, year: int) -> "Place":
        """The same of another year."""
        other = Place(self.sentence, self.before, self.clause)
        vars(other)["year"] = year
        return other


@lru_cache(maxsize=1024)
def place(text: str, start: int) -> Place:
    """The surroundings of text[start:]."""
    ends, marks = _ends(text)
    at = bisect_left(ends, start)
    begin = max(0, start - _FARTHEST, ends[at - 1] + 1 if at else 0)
    end = min(len(text), start + _FARTHEST, ends[at] if at < len(ends) else len(text))
    at = bisect_left(marks, start)
    clause = text[max(begin, marks[at - 1] + 1 if at else 0) : start]
    return Place(text[begin:end], text[begin:start], clause)


@lru_cache(maxsize=64)
def _ends(text: str) -> tuple[list[int], list[int]]:
    """Where the marks stand that end a sentence, and all that end a clause."""
    marks = [one.start() for one in _CLAUSE_END.finditer(text)]
    return [at for at in marks if text[at] in _SENTENCE_MARKS], marks


@lru_cache(maxsize=256)
def unquoted(text: str) -> str:
    """The text with what stands in 《》, 〔〕 or “” blanked out, every place kept."""
    return _QUOTED.sub(lambda one: one[0][0] + " " * (len(one[0]) - 2) + one[0][-1], text)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) of every sentence, the mark at its end included."""
    found, start = [], 0
    for mark in re.finditer(r"[。！？!?\n]+[”’）)]*", text):
        if text[start : mark.end()].strip():
            found.append((start, mark.end()))
        start = mark.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)
