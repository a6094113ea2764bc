"""The form's own words as patterns: how a text names the rows and columns of the tables (no label is repeated here)."""

import re
from functools import cached_property, lru_cache

from app.form.catalog import form
from app.form.model import FormDefinition, Heading
from app.patterns import lazily

# 政府信息公开申请 in all its ways: 依申请公开政府信息申请, 公开申请件
REQUEST = (
    r"(?:(?:政府|政务)?信息(?:依申请)?公开(?:的)?申请|依申请公开(?:政府信息|信息)?(?:的)?申请|公开政府信息申请|公开申请|(?:要求|申请)公开(?:政府)?信息的申请|(?:政府|政务)信息公开方面的申请)"
    r"(?:件|数量?|事项|案件|书|表|函)?"
)
# 依申请公开 alone, meaning requests: 收到依申请公开9件
ON_REQUEST = r"(?:政府信息)?依申请公开(?:政府信息|信息)?(?:申请)?(?:件|案件|事项|申请件)?"

# （一）, 二、, 1. before a printed label
_ORDINAL = lazily(r"^(?:[（(].[）)]|[一二三四五六七八九十]、|\d\.)")
# （不含信息处理费） behind a printed label
_NOTE = lazily(r"[（(].*[）)]$")
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
        """自然人10件: an applicant with a number."""
        names = "|".join(sorted(map(re.escape, self.columns), key=len, reverse=True))
        return lazily(rf"(?:{names})(?:提出|提交|申请|共|的)*\s*\d", needs="|".join(self.columns))

    @cached_property
    def results(self) -> re.Pattern[str]:
        """Any word of a result."""
        names = sorted(map(re.escape, self.rows), key=len, reverse=True)
        return lazily("|".join(names), needs="|".join(self.rows))

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """Words of an outcome in 表四 → the ending of its column keys: upheld, changed, other, pending."""
        leaves = self.form.tables["review"].leaf_columns
        return {leaf.label: leaf.key.rpartition("_")[2] for leaf in leaves if not leaf.key.endswith("_total")}

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
