"""标点挤压: marks that meet stand closer where no line then ends elsewhere, the same in Word; · takes half a character."""

import random
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.blocks import Mark, Paragraph, Run, Style
from app.documents.compose import compose
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.form.catalog import form
from app.importing.importer import import_file
from app.typesetting import lines, squeezing
from app.typesetting.fonts import bundled_faces
from app.typesetting.lines import paragraph_lines, squeezed_marks
from app.typesetting.page_style import page_style, page_style_keys
from tests.places import TESTS

SEEDS = sorted((TESTS / "samples").glob("00*.txt"))
FACES = bundled_faces()


def body(text: str) -> Paragraph:
    return Paragraph(text, Style.BODY)


def cuts(text: str, key: str = "gb9704") -> dict[str, float]:
    """Each cut mark with the one after it."""
    found = squeezed_marks(body(text), page_style(key), FACES)
    return {text[place : place + 2]: round(cut, 2) for place, cut in found.items()}


def random_text(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice("公开政府信息" * 3 + "（）《》，。、“”") for _ in range(160))


@pytest.mark.parametrize(
    "pair", ["》（", "）。", "）、", "”，", "：“", "（《", "》）", "”。", "；（", "）《"]
)
def test_two_marks_that_meet_take_one_and_a_half(pair):
    assert cuts(f"甲乙{pair}丙丁") == {pair: 8.0}


@pytest.mark.parametrize("text", ["甲（）乙", "《甲》乙（丙）", "甲！”乙", "甲——（乙", "a）.b", "甲》 （乙"])
def test_other_marks_keep_their_width(text):
    assert cuts(text) == {}


def test_three_marks_that_meet_are_cut_twice():
    assert cuts("甲（见《乙》）、丙") == {"》）": 8.0, "）、": 8.0}


@pytest.mark.parametrize("key", page_style_keys())
def test_no_line_ends_elsewhere(key, monkeypatch):
    style, paragraphs = page_style(key), [body(random_text(seed)) for seed in range(40)]
    paragraphs += [
        block
        for path in SEEDS
        for block in compose(import_file(path).report, form(import_file(path).report.form))
        if isinstance(block, Paragraph)
    ]
    mine = [[line.text for line in paragraph_lines(one, style, FACES)] for one in paragraphs]
    found = sum(len(squeezed_marks(one, style, FACES)) for one in paragraphs)
    assert found > 60
    lines.paragraph_lines.cache_clear()
    lines._broken.cache_clear()
    monkeypatch.setattr(lines, "squeezed", lambda broken, *_: broken)
    assert mine == [[line.text for line in paragraph_lines(one, style, FACES)] for one in paragraphs]
    lines.paragraph_lines.cache_clear()
    lines._broken.cache_clear()


@pytest.mark.parametrize("seed", range(20))
def test_no_more_than_half_is_cut_and_the_next_character_does_not_fit(seed):
    style, text = page_style(), random_text(seed)
    assert all(0 < cut <= 8 for cut in cuts(text).values())
    for broken, after in zip(
        lines._broken(body(text), style, FACES), lines._broken(body(text), style, FACES)[1:], strict=False
    ):
        if any(unit.cut for unit in broken):
            assert squeezing.width_of(broken, -0.25) + after[0].width > style.width - 2 * 15.75


def test_a_line_stays_justified():
    style = page_style()
    text = "各项工作，按照《中华人民共和国政府信息公开条例》（以下简称《条例》）等规定"
    first, *_ = paragraph_lines(body(text), style, FACES)
    assert cuts(text)
    assert first.x + first.width == pytest.approx(style.width, abs=0.3)


def test_marks_of_a_marked_paragraph_stay():
    runs = (Run("甲》", mark=Mark.OLD), Run("（乙", mark=Mark.NEW))
    assert squeezed_marks(Paragraph("甲》（乙", Style.BODY, runs=runs), page_style(), FACES) == {}


# ---- Word -------------------------------------------------------------------------------------------------------


def word_runs(*blocks: Paragraph) -> list[tuple[str, int | None, int | None]]:
    """(text, twips after each character, width in per cent) of each run."""
    document = Document(BytesIO(docx_bytes(blocks, Meta("", "", 2025))))
    found = []
    for run in document.element.body.iter(qn("w:r")):
        told = [run.find(f"{qn('w:rPr')}/{qn(f'w:{tag}')}") for tag in ("spacing", "w")]
        spacing, width = (None if one is None else int(one.get(qn("w:val"))) for one in told)
        found.append(("".join(t.text for t in run.iter(qn("w:t"))), spacing, width))
    return found


def test_word_cuts_the_same_marks_by_the_same_lengths():
    assert word_runs(body("甲《乙》（丙）。")) == [
        ("甲《乙", None, None),
        ("》", -165 - 3 % 2, None),
        ("（丙", None, None),
        ("）", -165 - 6 % 2, None),
        ("。", None, None),
    ]


def test_runs_of_marks_that_follow_each_other_differ():
    """LibreOffice would join two that are alike, and cut the first of them by a sixth."""
    made = word_runs(body("甲（见《乙》）、丙"))
    first, second = (spacing for text, spacing, _ in made if spacing)
    assert first != second


def test_run_in_headings_are_cut_where_they_stand():
    heading, rest = "（一）按照《条例》（新）。", "甲《乙》（丙）"
    block = Paragraph(heading + rest, Style.BODY, runs=(Run(heading, Style.HEADING2), Run(rest)))
    made = word_runs(block)
    assert "".join(text for text, *_ in made) == heading + rest
    assert [text for text, spacing, _ in made if spacing] == ["》", "）", "》"]


# ---- the dot of names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [Style.BODY, Style.TITLE, Style.HEADING1, Style.HEADING2])
def test_a_dot_takes_half_a_character_and_stands_in_its_middle(style):
    look = page_style().text(style)
    with_dot, without = (
        paragraph_lines(Paragraph(text, style), page_style(), FACES)[0] for text in ("买提·艾力", "买提艾力")
    )
    assert with_dot.width - without.width == pytest.approx(look.size / 2 - look.spacing, abs=0.01)
    before, dot, after = with_dot.texts
    assert dot.text == "·"
    middle = (before.x + 2 * look.character + after.x) / 2
    assert dot.x + look.size / 2 == pytest.approx(middle, abs=0.3)


def test_word_scales_a_dot_to_half():
    assert word_runs(body("买提·艾力")) == [("买提", None, None), ("·", 0, 50), ("艾力", None, None)]
