"""The notes beside the text: for every section and part there is one, and every article that is named is quoted."""

import pytest

from app import paths
from app.form.catalog import all_forms, form
from app.form.help import _help, note_for, note_for_cell
from app.form.model import CellRef
from app.form.strict_reader import FormError
from app.report.model import INTRODUCTION

FORM = form("2021")


def test_every_section_of_text_and_every_part_has_its_note():
    for section in (INTRODUCTION, *(one.key for one in FORM.sections if not one.tables)):
        note = note_for(FORM, section)
        assert note.title
        assert all(line.endswith("。") or "：" in line for line in note.lines)
        assert len(note.lines) >= 3
    for aspect in FORM.section("overview").aspects:
        note = note_for(FORM, "overview", aspect.key)
        assert note.title == aspect.label
        assert note.lines


def test_notes_are_for_sections_and_parts_that_there_are():
    for edition in all_forms():
        parts = {(one.key, aspect.key) for one in edition.sections for aspect in one.aspects}
        parts |= {(one.key, "") for one in edition.sections} | {(INTRODUCTION, "")}
        assert set(_help(edition.id).notes) <= parts


def test_an_unknown_part_has_the_note_of_its_section():
    assert note_for(FORM, "problems", "measures") == note_for(FORM, "problems")
    assert note_for(form("2019"), "problems").lines == (form("2019").section("problems").prompt,)


def test_a_cell_has_the_notes_of_its_row_and_column_and_its_article():
    note = note_for_cell(FORM, CellRef("requests", "denied_state_secret", "natural_person"))
    assert [line.partition("：")[0] for line in note.lines] == ["1.属于国家秘密", "自然人"]
    assert note.articles == (("第十四条", ""),)
    names = [name for name, _ in note_for_cell(FORM, CellRef("requests", "granted", "total")).articles]
    assert names == ["第三十六条第一项、第二项"]
    names = [name for name, _ in note_for_cell(FORM, CellRef("requests", "received", "total")).articles]
    assert names == ["第二十九条", "第三十一条"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('section = "overview"', 'sektion = "overview"', "unknown key sektion"),
        ('section = "overview"', "section = 5", "section must be text"),
        ('part = "management"', 'part = ["management"]', "part must be text"),
        (
            'articles = ["第五十条", "第四十六条"]',
            'articles = "第五十条"',
            "articles must be a list of texts",
        ),
        ('articles = ["第五十条", "第四十六条"]', 'articles = ["第五百条"]', "no words for 第五百条"),
        ('"第五十条" = "', '"第五十条" = 50 # "', "第五十条 must be text"),
    ],
)
def test_a_wrong_note_is_refused_and_its_line_named(tmp_path, monkeypatch, old, new, says):
    text = (paths.templates() / "2021" / "help.toml").read_text("utf-8")
    assert old in text
    folder = tmp_path / "templates" / "wrong"
    folder.mkdir(parents=True)
    (folder / "help.toml").write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    _help.cache_clear()
    with pytest.raises(FormError, match=r"help\.toml, line \d+: ") as caught:
        _help("wrong")
    assert says in str(caught.value)
    line = text[: text.index(old)].count("\n") + 1
    assert abs(int(str(caught.value).split("line ")[1].split(":")[0]) - line) <= 6
