"""Which label a text names: as printed, under another name, with a wrong character; never another one by chance."""

import pytest

from app.form.catalog import all_forms, form
from app.form.model import FormDefinition
from app.importing.matching.labels import allowance, every_heading, is_near, labels_of, names

LABELS = labels_of("2021")
EACH = pytest.mark.parametrize("edition", all_forms(), ids=lambda one: one.id)


def row(text: str) -> str | None:
    found = LABELS.row(text)
    return found.row.key if found else None


@EACH
def test_every_printed_row_names_itself(edition: FormDefinition):
    labels = labels_of(edition.id)
    for table in edition.tables.values():
        for leaf in table.leaf_rows:
            if leaf.label:
                found = labels.row(leaf.label)
                assert found is not None
                assert found.row.key == leaf.key
                assert labels.knows_exactly(leaf.label)


@EACH
def test_every_printed_column_and_group_is_known(edition: FormDefinition):
    labels = labels_of(edition.id)
    for table in edition.tables.values():
        for heading in every_heading(table.columns):
            assert labels.is_column(heading.label)
            assert labels.is_column_in(table, heading.label)
            assert labels.is_column_of(heading, heading.label)
        for heading in every_heading(table.rows):
            if heading.children:
                assert labels.group(heading.label) == (table, heading)
                assert labels.row(heading.label) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("（二）部分公开", "partial"),  # without the remark in brackets
        ("(二) 部分公开 ", "partial"),
        ("规范性文件", "normative_documents"),
        ("3. 危及 “三安全一稳定”", "denied_security"),
        ("2.重复申清", "declined_repeat"),  # one wrong character
        ("1.信访举报投拆类申清", "declined_petition"),  # two, in a long label
        ("一、本年新收政府信息公开申请数量", "received"),
        ("二、上年新收政府信息公开申请数量", None),  # 上年 is no misprint of 本年
        ("规帐", None),  # too short for a wrong character
        ("行政决定", None),  # as near to 行政处罚 as to 行政强制
        ("", None),
        ("行" * 100, None),
    ],
)
def test_the_row_that_a_text_names(text, key):
    assert row(text) == key


@pytest.mark.parametrize("text", ["总计", "其他结果", "自然人", "现行有效件数"])
def test_the_name_of_a_column_is_no_wrong_name_of_a_row(text):
    assert LABELS.is_column(text)
    found = LABELS.row(text)
    assert found is None or text in names(found.row), "总计 and 其他 name both"


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("本年制发件教", "本年制发件数", True),
        ("上年制发件数", "本年制发件数", False),
        ("去年制发件数", "本年制发件数", False),
        ("本年制法件教", "本年制发件数", True),
        ("本月制法件教", "本年制发件数", False),
        ("总汁", "总计", False),
        ("行政许司", "行政许可", True),
        ("行攻许司", "行政许可", False),
    ],
)
def test_how_many_characters_may_be_wrong(text, name, near):
    assert is_near(text, name) == near


def test_the_allowance_grows_with_the_label():
    assert [allowance("字" * count) for count in (1, 3, 4, 5, 6, 20)] == [0, 0, 1, 1, 2, 2]


def test_two_editions_do_not_share_what_they_look_up():
    assert labels_of("2019").group("（六）其他处理") is None
    assert labels_of("2021").group("（六）其他处理") is not None
    assert labels_of("2019").row("（六）其他处理") is not None
    assert form("2019").tables["requests"].row("other").label == "（六）其他处理"
