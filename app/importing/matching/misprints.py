"""Printed words of an old report's tables that are not the format's: 总结 for 总计, 三安全一隐患 for 三安全一稳定."""

import re
from collections import Counter
from collections.abc import Sequence

from app.chinese import distance
from app.documents.blocks import TableBlock
from app.form.model import FormDefinition, Heading, TableSpec
from app.importing.matching.labels import LONGEST, allowance, fold
from app.importing.matching.values import is_blank, looks_like_value
from app.report.outline import Misprint

# marks, brackets and spaces are set in many ways; only words are compared
_WORDS = re.compile(r"[^\w]|[A-Za-z_]")
_SHORTEST = 2
_Known = dict[str, set[str]]  # words of a label → the labels as the format prints them


class Misprints:
    """Collects them from one table after another; `of` tells those of a section."""

    def __init__(self, form: FormDefinition) -> None:
        self._known: dict[str, _Known] = {}  # by section key
        for section in form.sections:
            known = self._known[section.key] = {}
            for table in section.tables:
                _add_labels(known, table)
        self._counts: dict[str, Counter[tuple[str, str]]] = {}

    def look(self, block: TableBlock, sections: Sequence[str]) -> None:
        """Take note of a table that gave numbers to these sections."""
        wanted = list(dict.fromkeys(sections))
        for cell in block.cells:
            text = cell.text.strip()
            if is_blank(text) or looks_like_value(text) or len(text) > LONGEST:
                continue
            for section in wanted:
                right = _nearest(text, self._known.get(section, {}))
                if right:
                    self._counts.setdefault(section, Counter())[" ".join(text.split()), right] += 1
                    break

    def of(self, section: str) -> tuple[Misprint, ...]:
        return tuple(Misprint(*pair, count) for pair, count in self._counts.get(section, Counter()).items())


def _add_labels(known: _Known, table: TableSpec) -> None:
    def add(headings: Sequence[Heading]) -> None:
        for one in headings:
            for label in (one.label, *one.aliases):
                known.setdefault(_words(label), set()).add(one.label)
            add(one.children)

    add(table.rows)
    add(table.columns)


def _words(text: str) -> str:
    return _WORDS.sub("", fold(text))


def _nearest(text: str, known: _Known) -> str:
    """The one label that was meant; "" when the words are right, or might be none or another of them.

    Of two that differ only in their ordinals (总计, （七）总计) it is the one that is as long.
    """
    words = _words(text)
    if len(words) < _SHORTEST or words in known:
        return ""
    found: dict[int, list[set[str]]] = {}
    for name, labels in known.items():
        limit = allowance(name) or (1 if len(name) == len(words) and name[0] == words[0] else 0)
        if limit and (steps := distance(words, name, limit)) <= limit:
            found.setdefault(steps, []).append(labels)
    best = found.get(min(found, default=0), [])
    if len(best) != 1:
        return ""
    return min(sorted(best[0]), key=lambda label: abs(len(label) - len(text)))
