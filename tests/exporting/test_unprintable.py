"""Characters that no face has are named, with their sections, before they come out as empty boxes."""

from dataclasses import replace

import pytest

from app.exporting.unprintable import in_blocks, sentence
from app.form.catalog import form
from app.report.model import Chart, Picture
from app.session import session
from app.typesetting.fonts import Faces
from tests.exporting.reports import blocks_of, full_report

RARE_NAMES = "鿍𬭎䶮㛃𫖮"
PRIVATE, UNASSIGNED, TIBETAN = "\ue000", "\u0378", "བ"
REPORT = full_report("2021", 2024)


def found_in(report):
    return in_blocks(blocks_of(report), Faces.bundled())


def told(report):
    return sentence(found_in(report), form(report.form))


@pytest.mark.parametrize(
    "text", [RARE_NAMES, "普通文字，ABC 123％", "控\x00制\u202e符\ud800", "葛\U000e0100"]
)
def test_what_can_be_drawn_is_not_named(text):
    report = REPORT.with_narrative("overview", text)
    assert (found_in(report), told(report)) == ({}, "")


@pytest.mark.parametrize("char", [PRIVATE, UNASSIGNED, TIBETAN])
def test_what_no_face_has_is_found_in_its_section(char):
    report = REPORT.with_narrative("overview", f"镇长{RARE_NAMES}{char}说{char}。")
    assert found_in(report) == {"overview": [char]}


def test_every_place_is_named_with_its_characters():
    report = REPORT.with_narrative("problems", f"甲{TIBETAN}乙{PRIVATE}").with_narrative(
        "introduction", UNASSIGNED
    )
    report = replace(report, agency=replace(report.agency, name=f"{TIBETAN}镇人民政府"))
    assert list(found_in(report)) == ["title", "introduction", "problems", "signature"]
    assert told(report).startswith(
        "标题里的“བ”（U+0F56），引言里的U+0378，“五、存在的主要问题及改进情况”里的“བ”（U+0F56）、U+E000，落款里的"
    )
    assert told(report).count("。") == 1


def test_a_caption_is_searched_too():
    report = replace(REPORT, pictures=(Picture("图.png", "overview", f"图{PRIVATE}"),))
    assert found_in(report) == {"overview": [PRIVATE]}


def test_the_labels_of_a_chart_are_searched_too():
    chart = Chart("图", "other", (TIBETAN,), ((PRIVATE, (1,)),))
    assert found_in(replace(REPORT, charts=(chart,))) == {"other": [TIBETAN, PRIVATE]}


def test_a_whole_text_in_another_script_is_not_named_letter_by_letter():
    words = told(REPORT.with_narrative("overview", "".join(map(chr, range(0x0F40, 0x0F60)))))
    assert words.count("U+") == 12
    assert "个字没有字体" in words


def test_the_session_tells_it_of_a_report_and_of_a_document():
    document = session.new_blank("甲镇人民政府", 2025)
    assert session.unprintable_words(document) == ""
    document.set_narrative("overview", PRIVATE)
    assert session.unprintable(document) == session.unprintable(document.report) == {"overview": [PRIVATE]}
    assert "U+E000" in session.unprintable_words(document)
