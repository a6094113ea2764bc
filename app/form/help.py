"""What belongs in a section, a part or a row: 填报口径 in plain words and the article of the law behind it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.form.model import CellRef, FormDefinition
from app.form.strict_reader import StrictReader, parsed
from app.paths import templates

_FILE = "help.toml"
_ARTICLES = re.compile(
    "、(?=第[^条、]+条)"
)  # 第二十九条、第三十一条 are two, 第三十六条第四项、第五项 is one


@dataclass(frozen=True, slots=True)
class Note:
    """`articles` are (name, words); the words are empty where only the number is known."""

    title: str
    lines: tuple[str, ...]
    articles: tuple[tuple[str, str], ...] = ()


_Note = tuple[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]  # (section, part), (lines, articles)


@dataclass(frozen=True, slots=True)
class _Help:
    notes: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]  # (section, part) → lines, articles
    articles: dict[str, str]


def note_for(form: FormDefinition, section: str, part: str = "") -> Note:
    """The note of a section's part, of the section where the part has none, else what the form itself says."""
    found = _help(form.id)
    own = next((one for one in form.sections if one.key == section), None)
    title = own.title if own else "引言"
    aspect = next((one for one in own.aspects if one.key == part), None) if own else None
    if (section, part) in found.notes:
        lines, articles = found.notes[section, part]
    elif (section, "") in found.notes:
        lines, articles, aspect = *found.notes[section, ""], None
    else:
        lines, articles = ((own.prompt,) if own and own.prompt else ()), ()
    return Note(aspect.label if aspect else title, lines, _named(found, articles))


def note_for_cell(form: FormDefinition, ref: CellRef) -> Note:
    """The note of a cell: of its row and of its column, and the article of its row."""
    table = form.tables[ref.table]
    row, column = table.row(ref.row), table.column(ref.column)
    lines = tuple(f"{one.label}：{one.note}" for one in (row, column) if one.note)
    articles = tuple(_ARTICLES.split(row.article)) if row.article else ()
    return Note(form.label(ref), lines, _named(_help(form.id), articles))


def _named(found: _Help, articles: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each with its words; 第三十六条第一项 finds those of 第三十六条."""
    return tuple((one, found.articles.get(f"{one.partition('条')[0]}条", "")) for one in articles)


@lru_cache(maxsize=8)
def _help(edition: str) -> _Help:
    """`help.toml` of an edition, strictly read; an edition without one has no notes but its own."""
    path = templates() / edition / _FILE
    if not path.exists():
        return _Help({}, {})
    text = path.read_text(encoding="utf-8")
    return _HelpReader(path.name, text).help(parsed(path.name, text))


class _HelpReader(StrictReader):
    """Turns the parsed help.toml into notes and articles."""

    def help(self, data: dict[str, Any]) -> _Help:
        self.known(data, "articles", "note")
        named = data.get("articles", {})
        self.known(named, *named)
        articles = {name: self.text(named, name) for name in named}
        return _Help(
            dict(self.each("note", data.get("note", []), lambda one: self.note(one, articles))), articles
        )

    def note(self, data: dict[str, Any], articles: Mapping[str, str]) -> _Note:
        self.known(data, "section", "part", "text", "articles")
        self.some(data, "text")
        names = self.texts(data, "articles")
        for name in names:
            if name not in articles:
                self.fail(f"no words for {name}", name)
        place = self.key(data, "section"), self.key(data, "part") if "part" in data else ""
        return place, (self.texts(data, "text"), names)
