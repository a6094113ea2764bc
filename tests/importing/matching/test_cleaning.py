"""What conversion left in a text, and what only looks like it."""

import pytest

from app.importing.importer import import_text
from app.importing.matching.cleaning import is_cut

REST = "\n一、总体情况\n2024年稳步推进。\n五、存在的主要问题及改进情况\n一是不足。\n"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("全年发布**条信息，审核***件，公开率***%。", "全年发布**条信息，审核***件，公开率***%。"),
        ("**主动公开。**全年发布**条信息。", "主动公开。全年发布**条信息。"),
        ("按照**年度报告**的格式和**条例**编制。", "按照年度报告的格式和条例编制。"),
        ("依照**件**数，做好公开。", "依照件数，做好公开。"),
        ("**做好公开。", "做好公开。"),
    ],
)
def test_asterisks_in_the_place_of_a_number_stay_and_marks_for_bold_go(words, kept):
    result = import_text(f"某镇2024年政府信息公开工作年度报告\n{words}" + REST)
    assert result.report.narratives["introduction"] == kept
    assert bool(result.outline.residue) == (words != kept)


def test_a_line_that_says_what_follows_is_not_joined_to_it_though_it_lost_its_colon():
    lines = ["根据条例规定，现将我镇2024年度政府信息公开工作情况报告如下", "本报告由总体情况等六部分组成。"]
    result = import_text("\n".join(["某镇2024年政府信息公开工作年度报告", *lines]) + REST)
    assert result.report.narratives["introduction"] == "\n".join(lines)


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("公开了《某镇人民政府", "关于印发〈工作要点〉的通知》（某府发〔2024〕8号）等文件。", True),
        ("公开了《某镇人民政府", "一是公开及时。", False),
        ("公开了《某镇工作要点》", "制定了《办法》。", False),
        ("公开了《某镇人民政府", "另行制定《办法》。", False),
    ],
)
def test_a_title_that_a_line_end_cut_goes_on(before, after, cut):
    assert is_cut(before, after) is cut
