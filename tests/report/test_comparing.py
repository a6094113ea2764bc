"""What differs between two reports, by printed names, paragraphs and words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from app.form.model import CellRef
from app.report import comparing
from app.report.comparing import Piece, differences, summary, words_changed
from app.report.model import Contribution
from tests.storage.random_reports import full_report, reports

GRANTED = CellRef("requests", "granted", "natural_person")


def test_equal_reports_do_not_differ():
    assert differences(full_report(), full_report()) == []
    assert summary([]) == "内容完全相同。"


def test_a_cell_is_named_as_printed_and_a_blank_is_no_zero():
    old = full_report().with_values({GRANTED: None})
    (one,) = differences(old, old.with_values({GRANTED: 0}))
    assert one.place.startswith("表三 · ")
    assert "自然人" in one.place
    assert (one.old, one.new, one.cell) == ("空", "0", GRANTED)


def test_paragraphs_are_paired_and_their_words_told():
    old = full_report().with_narrative("overview", "一是公开237条。\n二是整改。\n三是培训。")
    new = old.with_narrative("overview", "一是公开312条。\n三是培训。\n四是监督。")
    found = [(one.place, one.old, one.new) for one in differences(old, new)]
    assert found == [
        ("一、总体情况 · 第1段", "一是公开237条。", "一是公开312条。"),
        ("一、总体情况 · 第2段", "二是整改。", ""),
        ("一、总体情况 · 第3段", "", "四是监督。"),
    ]
    assert differences(old, new)[0].pieces == (
        Piece(" ", "一是公开"),
        Piece("-", "237"),
        Piece("+", "312"),
        Piece(" ", "条。"),
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda one: replace(one, agency=replace(one.agency, phone="9")), "联系电话"),
        (lambda one: replace(one, signature=replace(one.signature, issued_on=date(2026, 1, 9))), "成文日期"),
        (lambda one: replace(one, processing_fee=None), "信息处理费（元）"),
        (lambda one: replace(one, pictures=()), "图片"),
        (lambda one: replace(one, charts=()), "统计图"),
        (lambda one: replace(one, register=()), "申请登记"),
        (lambda one: replace(one, counts=()), "各类信息数量"),
        (lambda one: replace(one, collected=(Contribution("东村"),)), "收数表"),
        (lambda one: replace(one, year=2025), "报告年度"),
    ],
)
def test_what_belongs_to_the_whole_report_is_named(change, place):
    assert [one.place for one in differences(full_report(), change(full_report()))] == [place]


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), reports())
def test_two_reports_differ_unless_they_are_equal_and_the_pieces_add_up(one, other):
    assert differences(one, one) == []
    for found in differences(one, other):
        if found.pieces:
            assert "".join(piece.text for piece in found.pieces if piece.sign != "+") == found.old
            assert "".join(piece.text for piece in found.pieces if piece.sign != "-") == found.new


def test_a_paragraph_of_endless_length_is_one_change():
    long = "长" * 5000
    assert words_changed(long, long + "。") == (Piece("-", long), Piece("+", long + "。"))


def test_the_json_names_cells_by_key():
    old = full_report()
    told = comparing.as_json(
        old, old.with_values({GRANTED: 7}), differences(old, old.with_values({GRANTED: 7}))
    )
    assert told["same"] is False
    assert told["differences"][0]["cell"] == str(GRANTED)
