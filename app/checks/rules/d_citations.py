"""Documents cited: title and number as a known pair, the superseded format, abbreviations (D-05, D-06, D-07)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, squeezed, text_sections
from app.checks.language.word_lists import WordLists, word_lists
from app.checks.rule import ERROR, INFO, WARNING, text_rule
from app.form.model import Severity
from app.patterns import lazily

Span = tuple[int, int]

# 《中华人民共和国政府信息公开条例》（国务院令第711号）: a title with the number in brackets behind it
_CITED = lazily(
    r"《(?P<title>[^《》]{4,80}(?:[〈<][^〉>]*[〉>][^《》]*)?)》\s*[（(](?P<number>[^（）()]{2,24}号令?)[）)]",
    needs="号",
)
# the same with a year in brackets of its own: 《……通知》（甲政办发（2024）12号）
_CITED_BRACKETED = lazily(
    r"《(?P<title>[^《》]{4,80})》\s*[（(](?P<number>[^（）()]{2,12}[（(]20\d\d[）)]\s*\d+\s*号)[）)]",
    needs="号",
)
# numbers of documents not as GB/T 9704 writes them: 甲政发（2024）12号, 〔2024〕第12号, 〔2024〕012号
_STYLE = lazily(
    r"(?<=[发函字规办令知告政府])\s*(?P<bracket>[\[（(【［][ \u3000]?20\d\d\s*[\]）)】］]\s*\d+\s*号)"
    r"|(?P<th>〔20\d\d〕\s*第\s*\d+\s*号)|(?P<zero>〔20\d\d〕\s*0\d*\s*号)",
    needs="号&[|（2|(2|（ |( |（\u3000|(\u3000|【|［|〔",
)
# the notice of 2019 that another superseded: 国办公开办函〔2019〕60号, or its title alone
_OLD_FORMAT = lazily(
    r"国办公开办函\s*[〔\[（(【]?\s*2019\s*[〕\]）)】]?\s*60\s*号"
    r"|《国务院办公厅(?:政府信息与政务公开办公室)?关于政府信息公开工作年度报告有关事项的通知》(?!\s*[（(])",
    needs="国办公开办函|有关事项的通知",
)
_NEW_FORMAT_FROM = 2021
# （以下简称《条例》）, 下称“新条例”: a short title is made known
_DEFINED = lazily(r"(?:简|下)称(?:为)?(?:新修订的|新)?[：:]?\s*[“《]+(?P<name>[^”》]{2,8})[”》]+", needs="称")
_SHORT_TITLES = ("条例", "办法", "规定", "通知", "意见", "方案", "要点", "细则", "格式")
# 《中华人民共和国政府信息公开条例》
_FULL = lazily(r"《[^《》\n]{6,60}》")
# 《条例》, 《办法》: a short title is used
_SHORT = lazily(rf"《(?P<name>{'|'.join(_SHORT_TITLES)})》")


@text_rule("D-05", ERROR, WARNING)
def documents_carry_their_numbers(context: CheckContext) -> Iterator[Finding]:
    """引用公文应当先引标题、后引发文字号，标题与文号相符（GB/T 9704—2012，《党政机关公文处理工作条例》）。"""
    lists = word_lists(context.settings.word_list)
    for key, text in text_sections(context):
        for severity, message, span in _citations(text, lists):
            yield in_text("D-05", severity, message, key, text, span)


@lru_cache(maxsize=256)
def _citations(text: str, lists: WordLists) -> tuple[tuple[Severity, str, Span], ...]:
    found: list[tuple[Severity, str, Span]] = []
    for pattern in (_CITED, _CITED_BRACKETED):
        for one in pattern.finditer(text):
            title, number = squeezed(one["title"]), _normal(one["number"])
            known = next((citation for citation in lists.citations if citation.title.search(title)), None)
            if known is not None and number not in known.numbers:
                message = f"文号“{one['number'].strip()}”与标题不符，{known.name}的文号为{known.numbers[0]}"
                found.append((ERROR, message, one.span("number")))
    for one in _STYLE.finditer(text):
        name = one.lastgroup or "bracket"
        say = {"bracket": "年份应用六角括号〔〕", "th": "序号前不加“第”", "zero": "序号不编虚位"}[name]
        found.append((WARNING, f"文号“{one[name].strip()}”不规范，{say}", one.span(name)))
    return tuple(found)


def _normal(number: str) -> str:
    """A number without spaces, its year in 〔〕."""
    return re.sub(r"[\[（(【［](20\d\d)[\]）)】］]", r"〔\1〕", squeezed(number))


@text_rule("D-06", ERROR)
def the_format_in_force(context: CheckContext) -> Iterator[Finding]:
    """2021年度起的报告按照国办公开办函〔2021〕30号印发的格式编制。"""
    if context.report.year < _NEW_FORMAT_FROM:
        return
    for key, text in text_sections(context):
        for one in _OLD_FORMAT.finditer(text) if "60" in text or "有关事项" in text else ():
            message = f"{context.report.year}年报告引用了已被取代的格式文件“{one[0]}”"
            yield in_text("D-06", ERROR, message, key, text, one.span())


@text_rule("D-07", WARNING)
def abbreviations_are_defined(context: CheckContext) -> Iterator[Finding]:
    """使用简称的，应当先用全称并注明简称。"""
    defined: set[str] = set()
    used: dict[str, tuple[str, str, Span]] = {}
    for key, text in text_sections(context):
        names, short = _abbreviations(text)
        defined.update(names)
        for name, span in short:
            used.setdefault(name, (key, text, span))
    lacking = [name for name in used if name not in defined]
    if lacking:
        idle = sorted(name for name in defined - set(used) if len(name) == 2)
        message = f"《{'》《'.join(lacking)}》使用前未注明{_what_lacks(context, lacking)}" + (
            f"，已注明的《{'》《'.join(idle)}》未使用" if idle else ""
        )
        key, text, span = used[lacking[0]]
        yield in_text("D-07", WARNING, message, key, text, span)


def _what_lacks(context: CheckContext, names: list[str]) -> str:
    """Whether it is only （以下简称《条例》） that lacks behind the full titles."""
    titles = {one[0] for _, text in text_sections(context) for one in _FULL.finditer(text)}
    given = all(any(title.endswith(f"{name}》") for title in titles) for name in names)
    return f"简称，全称之后应注“（以下简称《{'》《'.join(names)}》）”" if given else "全称和简称"


@text_rule("D-07", INFO, further=True)
def abbreviations_are_used(context: CheckContext) -> Iterator[Finding]:
    """注明的简称应当使用，后文不用的不必注明。"""
    texts = list(text_sections(context))
    if {name for _, text in texts for name, _ in _abbreviations(text)[1]} - {
        name for _, text in texts for name in _abbreviations(text)[0]
    }:
        return  # D-07 above names the idle ones, too
    for key, text in texts:
        for one in _DEFINED.finditer(text):
            rest = (
                "".join(other for name, other in texts if name != key)
                + text[: one.start()]
                + text[one.end() :]
            )
            if f"《{one['name']}》" not in rest and one["name"] in _SHORT_TITLES:
                message = f"注明了简称《{one['name']}》，后文没有使用"
                yield in_text("D-07", INFO, message, key, text, one.span())


@lru_cache(maxsize=256)
def _abbreviations(text: str) -> tuple[frozenset[str], tuple[tuple[str, Span], ...]]:
    """(names defined, short titles used with their places); the definition itself is no use."""
    definitions = [(one["name"], one.span()) for one in _DEFINED.finditer(text)]
    short = [
        (one["name"], one.span())
        for one in _SHORT.finditer(text)
        if not any(start <= one.start() < end for _, (start, end) in definitions)
    ]
    return frozenset(name for name, _ in definitions), tuple(short)
