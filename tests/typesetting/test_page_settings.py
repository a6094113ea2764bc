"""版面设置: what a report sets is what its pages have, and nothing else; what can be chosen is what a report may hold."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.compose import compose
from app.errors import UserError
from app.form.catalog import form
from app.report import comparing
from app.report.model import NO_BAND, NumberPlace, PageSettings, Signature, SignaturePlace
from app.storage.codec import from_json, to_json
from app.typesetting.fonts import Faces
from app.typesetting.page_settings import choices, settled, style_of
from app.typesetting.page_style import Align, page_style
from app.typesetting.typeset import typeset
from tests.exporting.reports import full_report

OURS = full_report("2021", 2024)
ALL = PageSettings(
    "- {number} -",
    "center",
    "C6D9F1",
    "{unit}文件",
    "甲政发〔{year}〕3号",
    "王小兰",
    "县办。",
    "党政办",
    "{date}",
)


def set_so(settings: PageSettings | None) -> list[str]:
    """The words of each page, without spaces."""
    report = replace(OURS, page_settings=settings)
    pages = typeset(compose(report, form(report.form)), style_of(report), Faces.bundled())
    return [
        "".join(text.text for piece in page.pieces for text in piece.texts).replace(" ", "") for page in pages
    ]


def test_without_settings_the_style_is_the_file_itself():
    assert style_of(OURS) is page_style("gb9704")
    assert style_of(replace(OURS, page_style="template2021")) is page_style("template2021")
    assert settled(page_style(), ALL) is settled(page_style(), replace(ALL))


@pytest.mark.parametrize("place", SignaturePlace)
def test_year_and_day_of_head_and_imprint_are_those_of_the_report_wherever_it_is_signed(place):
    report = replace(OURS, page_settings=ALL, signature=Signature("", date(2025, 1, 9), place))
    for style in (style_of(report), style_of(report, "template2021")):
        pages = typeset(compose(report, form(report.form)), style, Faces.bundled())
        shown = "".join(text.text for page in pages for piece in page.pieces for text in piece.texts)
        assert "甲政发〔2025〕3号" in shown
        assert "党政办2025年1月9日印发" in shown.replace(" ", "")


def test_every_setting_is_on_the_pages():
    pages = set_so(ALL)
    assert "测试县甲乙镇人民政府文件" in pages[0]
    assert "甲政发〔2025〕3号" in pages[0]
    assert "签发人：王小兰" in pages[0]
    assert "抄送：县办。" in pages[-1]
    assert "党政办2025年1月9日印发" in pages[-1]
    assert all(f"-{number}-" in page for number, page in enumerate(pages, 1))
    plain = set_so(None)
    assert "文件" not in plain[0].partition("测试县")[0]
    assert "印发" not in plain[-1]


@pytest.mark.parametrize("key", ["gb9704", "template2021"])
@pytest.mark.parametrize("place", [one.value for one in choices().places])
def test_the_number_stands_where_it_was_set(key, place):
    style = settled(page_style(key), PageSettings(number_place=place, band=NO_BAND))
    of_file = page_style(key).page_number
    assert style.page_number.outer == (place == NumberPlace.OUTER if place else of_file.outer)
    if place in ("center", "right"):
        assert style.page_number.align is Align(place)


def test_bands_have_the_colour_and_can_have_none():
    for band, shown in (("C6D9F1", "C6D9F1"), (NO_BAND, "")):
        style = settled(page_style(), PageSettings(band=band))
        assert {style.table.band, style.stacked.band} == {shown}


def test_what_can_be_chosen_can_be_held():
    known = choices()
    for number in known.numbers:
        for place in known.places:
            for band in known.bands:
                PageSettings(number.value, place.value, band.value)
    assert all(listed[0].value == "" for listed in (known.numbers, known.places, known.bands))
    PageSettings(issuer=known.issuer, printed_on=known.date)


def test_they_come_back_from_the_file_and_what_is_no_setting_is_refused():
    report = replace(OURS, page_settings=ALL)
    data = to_json(report)
    assert from_json(data) == report
    for key, wrong in (
        ("band", "red"),
        ("number_place", "top"),
        ("number_text", "第页"),
        ("issuer", "两\n行"),
        ("x", ""),
    ):
        with pytest.raises(UserError):
            from_json({**data, "page_settings": {**data["page_settings"], key: wrong}})


def test_a_comparison_names_what_was_set():
    found = comparing.differences(OURS, replace(OURS, page_settings=ALL))
    assert {one.place for one in found} >= {"发文机关标志", "发文字号", "抄送", "页码"}
    assert all(one.new for one in found)
