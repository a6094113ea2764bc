"""Title, headings, tables and edition: whether the report has the shape the notice prescribes (S-01 … S-05, S-13, S-18, S-19, S-21).

A report typed here has no outline: the program prints its title, headings, tables and note, so only what was typed is judged.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import TITLE, in_text, squeezed, text_sections
from app.checks.rule import ERROR, INFO, WARNING, rule
from app.errors import UserError
from app.form.catalog import form_for_year
from app.form.model import CellRef, Section
from app.patterns import lazily
from app.report.outline import FoundHeading, FoundTable, Misprint, Outline

_MIN_UNIT = 2
_NAMED = 8  # headings that one sentence names
_FEW_ROWS = 4  # rows that a table may lack and still be there
_INNER_QUOTES = str.maketrans("“”", "‘’")
# 一、增设的部分 alone on its line: it would be printed as a heading of the first level
_FIRST_LEVEL = lazily(
    r"^[ \t\u3000]*([一二三四五六七八九十]{1,2}、[^。；;，,：:！？\n]{2,24})[ \t\u3000]*$",
    re.M,
    needs="一、|二、|三、|四、|五、|六、|七、|八、|九、|十、",
)
# 某乡2025: a year stuck to the name of the agency
_TAILING_YEAR = lazily(r"20\d\d(?:年度?)?$")
# 某镇2024年度…, 2024年某镇…, 某镇关于2024年…: all that is official is there, accepted in an old report
_CUSTOMARY = r"(?:.{2,}?(?:关于)?20\d\d年度?|20\d\d年度?.{2,}?)(?:的)?"


def own_headings(outline: Outline) -> dict[str, FoundHeading]:
    """Section key → its heading as found; extra headings left out."""
    return {one.section: one for one in outline.headings if not one.extra and one.section}


@rule("S-01", ERROR)
def six_sections(context: CheckContext) -> Iterator[Finding]:
    """年度报告内容应当符合《条例》第五十条的规定，不能遗漏。"""
    for section in context.form.sections:
        if _is_missing(section, context):
            message = f"年报缺少“{section.title}”部分，未按要素编写"
            yield Finding("S-01", ERROR, message, section.key)


def _is_missing(section: Section, context: CheckContext) -> bool:
    report, outline = context.report, context.outline
    has_text = bool(report.narratives.get(section.key, "").strip())
    if outline is None:
        return not section.tables and not has_text and not _has_picture(section, context)
    return section.key not in own_headings(outline) or (not has_text and _is_void(section, context, outline))


def _is_void(section: Section, context: CheckContext, outline: Outline) -> bool:
    """Neither a value nor a picture stands under the heading."""
    if any(ref in context.report.values for ref in section.cells) or _has_picture(section, context):
        return False
    return not any(one.section == section.key and (one.picture or one.complete) for one in outline.tables)


def _has_picture(section: Section, context: CheckContext) -> bool:
    return any(picture.section == section.key for picture in context.report.pictures)


@rule("S-02", WARNING, INFO)
def headings_are_official(context: CheckContext) -> Iterator[Finding]:
    """各部分标题应与《政府信息公开工作年度报告格式》一致。"""
    if context.outline is None:
        return
    found = own_headings(context.outline)
    for section in context.form.sections:
        heading = found.get(section.key)
        if heading is None:
            continue
        if _is_only_misnumbered(heading, section) and not any(one.extra for one in context.outline.headings):
            continue  # S-03 names it; beside sections that the form does not have each heading is to be written anew
        wrong = f"第{section.ordinal}部分标题不规范，应为“{section.title}”"
        if squeezed(heading.text) != section.title:
            message = f"{wrong}，现为“{heading.text.strip()}”"
            yield Finding("S-02", WARNING, message, section.key, quote=heading.text)
        elif heading.text != section.title or heading.raw not in ("", heading.raw.strip()):
            message = f"{wrong}，标题前后和中间不留空格"
            yield Finding("S-02", INFO, message, section.key, quote=heading.raw or heading.text)


def _is_only_misnumbered(heading: FoundHeading, section: Section) -> bool:
    """六、存在的主要问题及改进情况 for 五、: the words are right."""
    own = heading.ordinal
    return own not in ("", section.ordinal) and squeezed(heading.text) == section.title.replace(
        section.ordinal, own, 1
    )


@rule("S-03", ERROR)
def headings_are_in_order(context: CheckContext) -> Iterator[Finding]:
    """年度报告按格式规定的六个部分依次编写，序号连续。"""
    if context.outline is None:
        return
    found = own_headings(context.outline)
    order = [section.key for section in context.form.sections]
    wrong = [
        f"“{found[section.key].text.strip()}”应为“{section.title}”"
        for section in context.form.sections
        if section.key in found and found[section.key].ordinal not in ("", section.ordinal)
    ]
    swapped = [
        f"“{b.text.strip()}”排在“{a.text.strip()}”之后"
        for a, b in pairwise(found.values())
        if order.index(a.section) > order.index(b.section)
    ]
    if not (wrong or swapped):
        wrong = _repeated(context.outline)
    if wrong or swapped:
        message = "各部分顺序或序号有误：" + "，".join(swapped + wrong)
        first = next(
            (one.section for one in found.values() if one.text.strip() in message),
            context.form.sections[0].key,
        )
        yield Finding("S-03", ERROR, message, first)


def _repeated(outline: Outline) -> list[str]:
    """Two headings that follow each other with one number."""
    return [
        f"“{a.text.strip()}”与“{b.text.strip()}”序号重复"
        for a, b in pairwise(outline.headings)
        if a.ordinal and a.ordinal == b.ordinal
    ]


@rule("S-04", ERROR)
def no_extra_section(context: CheckContext) -> Iterator[Finding]:
    """年度报告内容不宜泛化，格式规定之外不另设一级标题。"""
    if context.outline is None:  # a first-level heading inside a text is printed as one
        lines = [
            (key, text, span) for key, text in text_sections(context) for span in _first_level_lines(text)
        ]
        if lines:
            message = _extra([text[slice(*span)] for _, text, span in lines])
            yield in_text("S-04", ERROR, message, *lines[0])
        return
    extra = [heading for heading in context.outline.headings if heading.extra]
    if extra:
        message = _extra([heading.text.strip() for heading in extra])
        yield Finding("S-04", ERROR, message, extra[0].section, quote=extra[0].text)


def _extra(headings: list[str]) -> str:
    """One sentence for all headings that the form does not have: they are one matter."""
    named = "".join(f"“{one}”" for one in headings[:_NAMED]) + ("等" if len(headings) > _NAMED else "")
    count = f"{len(headings)}个一级标题" if len(headings) > 1 else ""
    return f"增设了格式之外的{count}{named}，应并入相应部分（内容“不宜泛化”）"


@lru_cache(maxsize=64)
def _first_level_lines(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(one.span(1) for one in _FIRST_LEVEL.finditer(text))


@rule("S-05", ERROR, WARNING, INFO)
def title_is_official(context: CheckContext) -> Iterator[Finding]:
    """年度报告标题为“单位全称+年份+政府信息公开工作年度报告”。"""
    report = context.report
    unit = _TAILING_YEAR.sub("", report.agency.name) or "{单位全称}"  # never 2025 twice
    wrong = f"标题不规范，应为“{unit}{report.year}年{context.form.title}”"
    if context.outline is None:
        if not report.agency.name.strip():
            yield Finding("S-05", ERROR, f"{wrong}，请填写单位全称", TITLE)
    elif not title_unit(context):
        title = context.outline.title.strip()
        now = f"，现为“{title}”" if title else "，未见标题"
        customary = re.fullmatch(_CUSTOMARY + context.form.title, squeezed(title)) is not None
        severity = INFO if customary else WARNING
        yield Finding("S-05", severity, wrong + now, TITLE, quote=context.outline.title)


def title_unit(context: CheckContext) -> str:
    """The unit in a title of the official pattern, "" when the title is of another."""
    if context.outline is None:
        return context.report.agency.name
    found = re.fullmatch(rf"(.+?)(?<!关于)(20\d\d)年{context.form.title}", squeezed(context.outline.title))
    # A title of another year is of the right pattern: S-06 names the year.
    return found[1] if found and len(found[1]) >= _MIN_UNIT else ""


# -- tables --------------------------------------------------------------------------------------------------------------


@rule("S-13", ERROR)
def tables_are_tables(context: CheckContext) -> Iterator[Finding]:
    """第二、三、四部分按格式规定的表格填写，行、列齐全，不得以图片代替。"""
    outline = context.outline
    if outline is None:
        return
    for section in context.form.sections:
        tables = _tables(outline, section)
        if section.tables and not any(table.complete for table in tables):
            lost = tuple(ref for ref in section.cells if ref not in context.report.values)
            figures = (("n", str(len(lost))),)
            yield Finding("S-13", ERROR, _lost(section, tables, lost), section.key, lost, values=figures)


def _lost(section: Section, tables: list[FoundTable], lost: tuple[CellRef, ...]) -> str:
    """The rows that could not be read where there are few; else that the table is missing."""
    there = _what_is_there(section, tables, lost)
    rows = [] if any(table.picture for table in tables) else _lost_rows(section, lost)
    if not rows:
        return f"第{section.ordinal}部分表格缺失（不得以图片代替）：{there}"
    named = "、".join(f"“{row}”" for row in rows) + ("一行" if len(rows) == 1 else "各行")
    return f"{there}：{named}认不出，请核对行名是否与格式一致、是否漏行"


def _lost_rows(section: Section, lost: tuple[CellRef, ...]) -> list[str]:
    """The labels of the few rows of which nothing was read while the rest of the table was: misprinted, or left out."""
    (table, *more) = section.tables
    rows = {ref.row for ref in lost}
    whole = [row for row in table.leaf_rows if row.key in rows]
    if (
        more
        or len(lost) == len(section.cells)
        or not 0 < len(whole) <= _FEW_ROWS
        or len(lost) != len(whole) * len(table.leaf_columns)
    ):
        return []
    return [table.path(CellRef(table.key, row.key, table.leaf_columns[0].key))[0][-1] for row in whole]


def _what_is_there(section: Section, tables: list[FoundTable], lost: tuple[CellRef, ...]) -> str:
    """What an old report has instead of the whole table of a section."""
    if any(table.picture for table in tables):
        return f"{section.table_name}为图片，请按图片逐格录入"
    if len(lost) < len(section.cells):
        return f"{section.table_name}不完整，格式规定的{len(section.cells)}格中有{len(lost)}格未见"
    return f"未见{section.table_name}"


def _tables(outline: Outline, section: Section) -> list[FoundTable]:
    return [table for table in outline.tables if table.section == section.key]


@rule("D-09", WARNING, further=True)
def printed_words_of_the_tables(context: CheckContext) -> Iterator[Finding]:
    """表格中的固定文字应与《政府信息公开工作年度报告格式》一致。"""
    outline = context.outline or Outline()
    for section in context.form.sections:
        wrong = [one for table in _tables(outline, section) for one in table.misprints]
        if wrong:
            named = "，".join(map(_misprint, wrong[:3])) + (f"等{len(wrong)}处" if len(wrong) > 3 else "")
            message = f"{section.table_name}的固定文字与格式不一致：{named}"
            yield Finding("D-09", WARNING, message, section.key)


def _misprint(one: Misprint) -> str:
    printed, right = (text.translate(_INNER_QUOTES) for text in (one.printed, one.right))
    return f"“{printed}”应为“{right}”" + (f"（{one.count}处）" if one.count > 1 else "")


@rule("S-18", WARNING)
def balance_note_is_printed(context: CheckContext) -> Iterator[Finding]:
    """（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"""
    outline = context.outline
    if outline is None or outline.has_balance_note:
        return
    for section in context.form.sections:
        if any("勾稽关系" in table.corner for table in section.tables) and any(
            table.complete for table in _tables(outline, section)
        ):
            message = f"{section.table_name}缺少勾稽关系说明"
            yield Finding("S-18", WARNING, message, section.key)


@rule("S-19", ERROR, INFO)
def edition_fits_the_year(context: CheckContext) -> Iterator[Finding]:
    """2021年起的年报使用国办公开办函〔2021〕30号格式，2019、2020年年报使用国办公开办函〔2019〕60号格式。"""
    year = context.report.year
    if context.form.covers(year):
        return
    if context.is_older_than_forms:
        message = f"{year}年的报告早于现行格式，没有按格式核对各部分和表格；年份写错的请改正"
        yield Finding("S-19", INFO, message, TITLE)
        return
    try:
        right = form_for_year(year)
    except UserError:  # before 2019: a format that this program does not know
        return
    if right.id != context.form.id:
        now = "旧表" if context.form.first_year < right.first_year else "新表"
        message = f"{year}年报告应使用{right.authority}格式，现为{now}"
        yield Finding("S-19", ERROR, message, TITLE)


@rule("S-21", ERROR)
def tables_stand_in_their_sections(context: CheckContext) -> Iterator[Finding]:
    """表格列在相应部分的标题之下，第二部分不得空缺。"""
    outline = context.outline
    if outline is None:
        return
    headings = own_headings(outline)
    by_key = {section.key: section for section in context.form.sections}
    for table in outline.tables:
        section, under = by_key.get(table.section), by_key.get(table.under)
        if section is None or section.key not in headings or table.picture:
            continue  # a lost heading is S-01's
        if under is not None and under is not section and _holds_values(section, context):
            message = f"{section.table_name}列在“{under.title}”之下，应在“{section.title}”之下"
            yield Finding("S-21", ERROR, message, section.key)
    second = next(section for section in context.form.sections if section.tables)
    has_text = bool(context.report.narratives.get(second.key, "").strip())
    if second.key in headings and not has_text and _is_void(second, context, outline):
        yield Finding("S-21", ERROR, f"“{second.title}”下无内容", second.key)


def _holds_values(section: Section, context: CheckContext) -> bool:
    return any(ref in context.report.values for ref in section.cells)
