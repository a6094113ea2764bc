"""Page styles are data: each file is whole, and a wrong one is refused in words."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.blocks import Style
from app.errors import UserError
from app.paths import templates, user_data
from app.printing.page_looks import page_looks
from app.typesetting.fonts import Faces
from app.typesetting.page_settings import style_of
from app.typesetting.page_style import MM, load_page_style, page_style, page_style_keys
from app.typesetting.typeset import typeset
from tests.exporting.reports import blocks_of, full_report

GB9704 = (templates() / "page_styles" / "gb9704.toml").read_text("utf-8")


@pytest.mark.parametrize("key", page_style_keys())
def test_every_style_of_paragraph_has_its_look(key: str) -> None:
    style = page_style(key)
    assert set(style.texts) == set(Style)
    assert style.name
    assert style.text(None) == style.text(Style.BODY)


def test_the_default_is_that_of_official_documents() -> None:
    assert page_style_keys()[0] == "gb9704"
    style = page_style()
    assert (style.width_mm, style.height_mm) == (156, 225)
    assert 22 * style.pitch <= 225 * MM < 23 * style.pitch
    body = style.text(Style.BODY)
    assert 28 * body.character <= style.width - body.spacing < 29 * body.character
    assert style.characters_per_line == 28


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('role = "body"', 'role = "comic"', "comic"),
        ('align = "justify"', 'align = "sideways"', "sideways"),
        ("size = 22", "size = 2200", "2200"),
        ("size = 22", "sise = 22", "sise"),
        ("[styles.date]", "[styles.dato]", "dato"),
        ("pitch = 28.95", "", "pitch"),
        ("left = 28", "left = 180", "页边距太大"),
        ("above_table = 3", "above_table = 300", "above_table"),
        ("above_table = 3", "over_table = 3", "over_table"),
        ("row_height = 17.25", 'row_height = "17.25"', "row_height"),
        ("row_height = 17.25", "row_height = nan", "row_height"),
        ("row_height = 17.25", "row_height = true", "row_height"),
        ("bold_rows = true", "bold_rows = 1", "bold_rows"),
        ("numbers = 12", "numbers = 100000", "numbers"),  # it would never be set
        ("left = 28", "left = nan", "nan"),
        ("[page]", "[page", "gb.toml"),
    ],
)
def test_a_wrong_file_is_refused_in_words_that_name_the_place(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    path = tmp_path / "gb.toml"
    assert old in GB9704
    path.write_text(GB9704.replace(old, new, 1), "utf-8")
    with pytest.raises(UserError) as refused:
        load_page_style(path)
    assert named in str(refused.value)
    assert "gb.toml" in str(refused.value)


def test_a_file_of_an_older_release_says_nothing_of_spaces(tmp_path: Path) -> None:
    path = tmp_path / "gb.toml"
    head, _, rest = GB9704.partition("[spaces]")
    path.write_text(head + rest[rest.index("[page_number]") :], "utf-8")
    style = load_page_style(path)
    assert style.spaces.above_table == 0
    assert style.table.margin == 0


def test_a_style_that_is_not_there_is_refused() -> None:
    with pytest.raises(UserError, match="没有名为“红头”的版式"):
        page_style("红头")


@pytest.fixture
def own_styles() -> Iterator[Path]:
    """The folder of page styles in the user's folder; what is laid there is forgotten afterwards."""
    folder = user_data() / "page_styles"
    folder.mkdir(parents=True)
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    page_style_keys.cache_clear()
    page_style.cache_clear()


def test_a_style_in_the_users_folder_is_offered_and_one_of_the_same_name_stands_in_for_ours(
    own_styles: Path,
) -> None:
    (own_styles / "county.toml").write_text(GB9704.replace("公文格式（GB/T 9704）", "县里的版式"), "utf-8")
    (own_styles / "gb9704.toml").write_text(GB9704.replace("left = 28", "left = 40"), "utf-8")
    assert page_style_keys() == ("gb9704", "county", "template2021")
    assert "县里的版式" in [one.name for one in page_looks()]
    assert page_style("gb9704").left_mm == 40


def test_a_style_of_the_user_that_is_wrong_is_offered_as_wrong_and_refused_in_words(own_styles: Path) -> None:
    (own_styles / "county.toml").write_text("name = 3 3", "utf-8")
    assert "county（文件有误）" in [one.name for one in page_looks()]
    with pytest.raises(UserError, match=r"版式文件“county\.toml”有误.*请更正这个文件，或者删去它"):
        page_style("county")


def test_a_third_style_is_one_file_more_and_no_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county's own style, laid beside the others, is offered, kept in the report and set."""
    shutil.copytree(templates(), tmp_path / "templates")
    own = (templates() / "page_styles" / "gb9704.toml").read_text("utf-8")
    own = own.replace("公文格式（GB/T 9704）", "县里的版式").replace("left = 28", "left = 40")
    (tmp_path / "templates" / "page_styles" / "county.toml").write_text(own, encoding="utf-8")
    monkeypatch.setattr("app.typesetting.page_style.templates", lambda: tmp_path / "templates")
    _forget()
    try:
        assert "县里的版式" in [one.name for one in page_looks()]
        report = replace(full_report("2021", 2024), page_style="county")
        first = typeset(blocks_of(report), style_of(report), Faces.bundled())[0]
        assert min(piece.x for piece in first.pieces) >= 40 * MM
    finally:
        _forget()
