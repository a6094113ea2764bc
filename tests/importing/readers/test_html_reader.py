"""The reader of web pages: what counts as the text of a cell."""

import pytest

from app.documents.blocks import Paragraph
from app.importing.readers.html_reader import read_html
from tests.importing.reader_samples import tables


def cell(markup: str) -> str:
    """How the first cell of a table is read."""
    page = f"<html><body><table><tr><td>{markup}</td><td>b</td><td>c</td></tr></table></body></html>"
    return tables(read_html(page).blocks)[0][0][0]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("3<sup>1</sup>", "3¹"),
        ("3<sup>1</sup>2", "3¹2"),
        ("3<sup><b>1</b>2</sup>", "3¹²"),
        ("3<span style='vertical-align: super'>1</span>", "3¹"),
        ("3<s>4</s>5", "35"),
        ("3<del>4</del>", "3"),
        ("3<b style='text-decoration: line-through'>4</b>", "3"),
        ("3<b style='display:none'>4</b>", "3"),
        ("<p>本年</p><p>新收</p>", "本年\n新收"),
        ("本年<br>新收", "本年\n新收"),
        ("3<div style='display:none'>4</div>5", "3\n5"),
    ],
)
def test_the_text_of_a_cell_is_what_is_seen_in_it(markup: str, text: str):
    assert cell(markup) == text


@pytest.mark.parametrize("end", ["</body></html>", "</HTML >", "</body>", "</html></body>"])
def test_what_stands_behind_the_end_of_the_page_is_read(end):
    blocks = read_html(f"<html><body><p>甲</p>{end}\n<p>乙</p><table><tr><td>1</td></tr></table>丙").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["甲", "乙", "1", "丙"]
