"""The form's own words as patterns: how a text names the rows and columns of the tables (no label is repeated here)."""

import re
from functools import cached_property, lru_cache

from app.form.catalog import form
from app.form.model import FormDefinition, Heading

# what may stand between a word and its number: 申请共计12件, 申请数量为12件
FILLER = (
    r"(?:共计?|合计|总计|累计|一共|各类|有效|群众|公众|公民(?:、法人(?:和|或者?|及|、)其[他它](?:社会)?组织)?|提出|提交|社会|书面|全部|依法|本年度?|全年"
    r"|的|了|到|新|为|计|有|是|已|数量?|案件|申请|件数|情形|：|:|\s)*"
)
# 12件, 十二件, 10余件 (more: 余); not 约12件, 12件以上, 12个月
QUANTITY = (
    r"(?<!第)(?<!近)(?<!约)(?<!超)(?<!超过)(?<!逾)(?P<n>(?<!\d)\d[\d,]{0,14}(?![.\d])|[零一两二三四五六七八九十]{1,3})\s*(?P<more>余|多|几)?\s*"
    r"(?:件|条|宗|起|份|项|个|次)(?!月|工作日|方面|部门|事项|人|以上|左右)"
)
QUANTITY_2 = QUANTITY.replace("?P<n>", "?P<n2>").replace(
    "?P<more>", "?P<more2>"
)  # the same once more in one pattern
# 政府信息公开申请 in all its ways: 依申请公开政府信息申请, 公开申请件
REQUEST = (
    r"(?:(?:政府|政务)?信息(?:依申请)?公开(?:的)?申请|依申请公开(?:政府信息|信息)?(?:的)?申请|公开政府信息申请|公开申请|(?:要求|申请)公开(?:政府)?信息的申请)"
    r"(?:件|数量?|事项|案件|书|表)?"
)
# 依申请公开 alone, meaning requests: 收到依申请公开9件
ON_REQUEST = r"(?:政府信息)?依申请公开(?:政府信息|信息)?(?:申请)?(?:件|案件|事项|申请件)?"
# 办结, 答复, 办理完毕: that a request was done with
DONE = r"(?:办结(?:和|并|、)?(?:答复)?|答复|办理完毕|办理完结|处理完毕)"

# （一）, 二、, 1. before a printed label
_ORDINAL = re.compile(r"^(?:[（(].[）)]|[一二三四五六七八九十]、|\d\.)")
# （不含信息处理费） behind a printed label
_NOTE = re.compile(r"[（(].*[）)]$")
_SHORTEST = 4


def words_of(label: str) -> str:
    """A printed label without ordinal and bracketed note: （三）不予公开 → 不予公开."""
    return _NOTE.sub("", _ORDINAL.sub("", label))


class Vocabulary:
    """The words of one edition, each kind compiled once."""

    def __init__(self, form: FormDefinition) -> None:
        self.form = form

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(table, row) → the row's label without its ordinal."""
        return {
            (table.key, row.key): words_of(row.label)
            for table in self.form.tables.values()
            for row in table.leaf_rows
        }

    @cached_property
    def rows(self) -> dict[str, str]:
        """Words of a result → the key of its row or group in 表三."""
        found: dict[str, str] = {}

        def walk(heading: Heading) -> None:
            words = words_of(heading.label)
            if heading.key and len(words) >= _SHORTEST:
                found.setdefault(words, heading.key)
            for child in heading.children:
                walk(child)

        done = next(one for one in self.form.tables["requests"].rows if one.children)
        for one in done.children:
            walk(one)
        return found

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Words of an applicant → the column keys of 表三 that they comprise."""
        found: dict[str, tuple[str, ...]] = {}

        def walk(heading: Heading) -> None:
            if heading.key and heading.key not in ("total", "other_entity"):
                found[heading.label] = tuple(leaf.key for leaf in heading.leaves())
            for child in heading.children:
                walk(child)

        for column in self.form.tables["requests"].columns:
            walk(column)
        return found

    @cached_property
    def applicants(self) -> re.Pattern[str]:
        """自然人提出申请10件: an applicant with a number."""
        names = "|".join(sorted(map(re.escape, self.columns), key=len, reverse=True))
        return re.compile(rf"(?P<key>{names})(?:提出|提交)?{FILLER}(?:{REQUEST})?{FILLER}{QUANTITY}")

    @cached_property
    def results(self) -> re.Pattern[str]:
        """Any word of a result."""
        return re.compile("|".join(sorted(map(re.escape, self.rows), key=len, reverse=True)))

    @cached_property
    def result_numbers(self) -> re.Pattern[str]:
        """予以公开5件: a result of 表三 with a number."""
        return re.compile(rf"(?P<key>{self.results.pattern})(?:类|答复)?{FILLER}{QUANTITY}")

    @cached_property
    def public_answers(self) -> re.Pattern[str]:
        """公开答复3件: granted, in other words; 部分公开答复, 依申请公开答复 are none."""
        return re.compile(
            rf"(?P<key>(?<!部分)(?<!不予)(?<!不)(?<!申请)(?<!主动)(?<!信息)公开答复|答复公开){FILLER}{QUANTITY}"
        )

    def is_joined(self, clause: str) -> bool:
        """予以公开和 before 部分公开: the number is of both."""
        first = next(words for words, key in self.rows.items() if key == "granted")
        return re.search(rf"{first}(?:和|及|以及|或|或者|与)$", clause) is not None

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """Words of an outcome in 表四 → the ending of its column keys: upheld, changed, other, pending."""
        leaves = self.form.tables["review"].leaf_columns
        return {leaf.label: leaf.key.rpartition("_")[2] for leaf in leaves if not leaf.key.endswith("_total")}

    @cached_property
    def outcome_numbers(self) -> re.Pattern[str]:
        """结果维持1件: an outcome of 表四 with a number."""
        return re.compile(rf"(?P<key>{'|'.join(map(re.escape, self.outcomes))}){FILLER}{QUANTITY}")

    @cached_property
    def suits(self) -> dict[str, str]:
        """Words of a kind of lawsuit → the key of its group in 表四."""
        found: dict[str, str] = {}

        def walk(heading: Heading) -> None:
            if heading.key in ("direct", "after"):
                found[heading.label] = heading.key
            for child in heading.children:
                walk(child)

        for column in self.form.tables["review"].columns:
            walk(column)
        return found

    @cached_property
    def suit_numbers(self) -> re.Pattern[str]:
        """复议后起诉的案件2件: a kind of lawsuit with a number."""
        return re.compile(
            rf"(?P<key>{'|'.join(map(re.escape, self.suits))})(?:的)?(?:案件)?{FILLER}{QUANTITY}"
        )

    def row_names(self, table: str, row: str) -> tuple[str, ...]:
        """All names of a row, the longest first."""
        heading = self.form.tables[table].row(row)
        return tuple(
            sorted({words_of(heading.label), *heading.aliases, *_other_names(row)}, key=len, reverse=True)
        )


def _other_names(row: str) -> set[str]:
    """What other editions call the same row."""
    from app.form.catalog import all_forms

    return {
        words_of(leaf.label) for one in all_forms() for table in one.tables.values() for leaf in table.leaf_rows
        if leaf.key == row
    }  # fmt: skip


@lru_cache(maxsize=8)
def vocabulary(form_id: str) -> Vocabulary:
    """The vocabulary of an edition by its id."""
    return Vocabulary(form(form_id))
