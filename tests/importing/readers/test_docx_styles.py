"""A style sheet is read style by style where it is written as usual, as a whole where it is not; both say the same."""

import time

import pytest

from app.errors import UserError
from app.importing.readers.docx_styles import StyleSheet, W

USUAL = W[1:-1]
STYLES = (
    '<w:docDefaults/><w:style w:type="paragraph" w:styleId="a"><w:name w:val="one"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"/>'
    '<w:style w:styleId="c" w:type="paragraph"><w:name w:val="two"/></w:style>'
    '<w:style w:styleId="a"><w:name w:val="again"/></w:style>'
)


def names(data: str) -> list[str | None]:
    sheet = StyleSheet(data.encode())
    found = (sheet.get(key) for key in "acx")
    return [one.find(f"{W}name").get(f"{W}val") if one is not None else None for one in found]


@pytest.mark.parametrize(
    "data",
    [
        f'<?xml version="1.0"?><w:styles xmlns:w="{USUAL}">{STYLES}</w:styles>',
        f'<w:styles xmlns:x="urn:x" xmlns:w="{USUAL}" x:y="1">\n{STYLES}</w:styles>',
        f'<s:styles xmlns:s="{USUAL}">{STYLES.replace("w:", "s:")}</s:styles>',
        f'<styles xmlns="{USUAL}" xmlns:w="{USUAL}">{STYLES.replace("<w:", "<").replace("</w:", "</")}</styles>',
        f'<w:styles xmlns:w="{USUAL}"><!-- <w:style w:styleId="x"></w:style> -->{STYLES}</w:styles>',
    ],
    ids=["usual", "more namespaces", "another prefix", "no prefix", "a comment"],
)
def test_a_style_is_found_however_the_sheet_is_written(data):
    assert names(data) == ["again", "two", None]


def test_a_prefix_that_means_something_else_is_no_style_of_word():
    assert names(f'<w:styles xmlns:w="urn:other">{STYLES}</w:styles>') == [None, None, None]


def test_a_style_that_is_cut_off_is_damage():
    broken = f'<w:styles xmlns:w="{USUAL}"><w:style w:styleId="a"><w:name></w:style></w:styles>'
    with pytest.raises(UserError):
        StyleSheet(broken.encode()).get("a")


def test_no_sheet_has_no_style():
    assert StyleSheet(b"").get("a") is None


def test_thousands_of_styles_take_no_longer_than_the_whole_sheet():
    """Looking each up by itself goes through the sheet again and again."""
    many = "".join(f'<w:style w:styleId="s{i}"><w:name w:val="n{i}"/></w:style>' for i in range(20_000))
    sheet = StyleSheet(f'<w:styles xmlns:w="{USUAL}">{many}</w:styles>'.encode())
    start = time.process_time()
    assert all(sheet.get(f"x{i}") is None for i in range(20_000))
    found = sheet.get("s7")
    assert found is not None
    assert found.find(f"{W}name").get(f"{W}val") == "n7"
    assert time.process_time() - start < 2
