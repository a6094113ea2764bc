"""The loader refuses what it does not know and names the line."""

import pytest

from app.form.loader import load_form
from app.form.strict_reader import FormError
from app.paths import templates


def broken(tmp_path, old: str, new: str, edition: str = "2021"):
    text = (templates() / edition / "form.toml").read_text(encoding="utf-8")
    assert old in text
    folder = tmp_path / edition
    folder.mkdir()
    (folder / "form.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    return folder / "form.toml", line


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('corner = "信息内容"', 'cornor = "信息内容"', "unknown key cornor"),
        ('value = "money_wan"', 'value = "money"', "unknown value kind money"),
        ('key = "enterprise"', 'key = "natural_person"', "natural_person occurs twice"),
        ('right = ["processed", "carried_out"]', 'right = ["processed", "carried"]', "no row carried"),
        ("第“{line}”列勾稽关系不符", "第“{column}”列勾稽关系不符", "unknown field {column}"),
        ('left = ["received", "carried_in"]', 'left = ["received", 5]', "left"),
        ("first_year = 2021", 'first_year = "2021"', "first_year must be a whole number"),
        ('severity = "warning"', 'severity = "grave"', "grave"),
        ("widths = [39, 39, 39, 39]", "widths = [39, 39, 39]", "3 widths for a table of 4 columns"),
        ('key = "received"', 'key = "Received"', "a key is made of"),
        ('to = "requests.other_rest"', 'to = "requests.other_last"', "unknown cell"),
        (
            'from = "art20_1.rules.created"\nto = "art20_1.rules.issued"',
            'from = "art20_1.rules.created"\nto = "art20_1.normative_documents.issued"',
            "two earlier values go to one cell art20_1.normative_documents.issued",
        ),
        ('each = "row"', 'each = "cell"', "each must be row or table"),
        ("first_year = 2021", 'first_year = 2021\nmarks = ["现行有效件数"]', "unknown key marks"),
        ("carries = true", 'carries = true\ncarry = "x"', "unknown key carry"),
    ],
)
def test_a_wrong_declaration_is_refused_near_its_line(tmp_path, old, new, says):
    path, line = broken(tmp_path, old, new)
    with pytest.raises(FormError, match="line") as caught:
        load_form(path)
    message = str(caught.value)
    assert says in message
    named = int(message.split("line ")[1].split(":")[0])
    assert abs(named - line) <= 25, message


def test_a_computed_total_takes_no_value_of_last_year(tmp_path):
    path, _ = broken(
        tmp_path,
        'right = ["natural_person", "legal_entity"]',
        'right = ["natural_person", "prior:legal_entity"]',
    )
    with pytest.raises(FormError, match="computed total"):
        load_form(path)


def test_a_syntax_error_names_the_line(tmp_path):
    path, line = broken(tmp_path, 'title = "政府信息公开工作年度报告"', "title = ")
    with pytest.raises(FormError, match=f"line {line}"):
        load_form(path)
