"""Which lines are headings of sections, and which are only like them."""

import time

import pytest

from app.importing.importer import import_text

TITLE = "某镇2024年政府信息公开工作年度报告"


def sections(*lines: str) -> dict[str, str]:
    return dict(import_text("\n".join([TITLE, *lines])).report.narratives)


@pytest.mark.parametrize("sub", ["1.主动公开政府信息情况", "（一）主动公开情况", "2、依申请公开政府信息情况"])
def test_a_part_of_the_first_section_is_no_section_also_where_the_text_ends_early(sub):
    assert sections("一、总体情况", "抓好公开。", sub, "公开3条。") == {
        "overview": f"抓好公开。\n{sub}\n公开3条。"
    }


def test_sections_numbered_in_brackets_are_sections_where_nothing_else_heads_them():
    assert sections("（一）总体情况", "如下。", "（二）主动公开政府信息情况", "见表。") == {
        "overview": "如下。",
        "proactive": "见表。",
    }


def test_the_first_section_by_its_old_name():
    assert sections("一、政府信息公开工作的基本情况", "如下。") == {"overview": "如下。"}


def test_a_heading_in_which_the_text_is_cut_off_is_that_section():
    result = import_text(f"{TITLE}\n一、总体情况\n如下。\n二、主动公开政府信")
    assert [(one.section, one.extra) for one in result.outline.headings] == [
        ("overview", False),
        ("proactive", False),
    ]


@pytest.mark.parametrize("part", ["1、主动公开情况。", "（一）主动公开。公开3条。"])
def test_the_first_section_by_a_wrong_name_is_known_by_its_parts(part):
    found = sections("依据条例编制。", "一、总体要求", "做好公开。", part, "公开3条。")
    assert found == {"introduction": "依据条例编制。", "overview": f"做好公开。\n{part}\n公开3条。"}
    assert "overview" not in sections(
        "依据条例编制。", "一、总体要求", "做好公开。", "（一）严格保密。", "无。"
    )


def test_a_heading_behind_the_last_sentence_of_a_paragraph_heads_what_follows():
    assert sections("请与某镇联系（电话：0000-0000000）。一、总体情况", "（一）主动公开。", "公开3条。") == {
        "introduction": "请与某镇联系（电话：0000-0000000）。",
        "overview": "（一）主动公开。\n公开3条。",
    }


@pytest.mark.parametrize(
    "sentence", ["报告包括：一、总体情况", "详见上文。三、四季度情况", "分为六部分，即一、总体情况。"]
)
def test_a_sentence_that_names_a_section_is_not_cut(sentence):
    assert sections(sentence, "一、总体情况", "如下。")["introduction"] == sentence


def test_a_report_that_lost_its_lines_and_is_cut_off_in_its_first_section():
    words = "主动公开。" * 200
    found = sections(f"依据条例，现发布《某镇2024年政府信息公开工作年度报告》。 一、总体情况 2024年，{words}")
    assert found == {
        "introduction": "依据条例，现发布《某镇2024年政府信息公开工作年度报告》。",
        "overview": f"2024年，{words}",
    }


def test_a_heading_between_blanks_within_a_paragraph_is_one():
    text = "请与某镇联系（邮箱：a@b.cn）。 一、总体情况 （一）主动公开情况 2024年，公开3条。"
    assert sections(text) == {
        "introduction": "请与某镇联系（邮箱：a@b.cn）。",
        "overview": "（一）主动公开情况 2024年，公开3条。",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("请与某镇联系（电话：0000-0000000）。", "2024年，公开3条。"),
        ("请与某镇联系（电话：0000-0000000）", "我镇公开3条。"),
        ("现将2024年工作情况汇报如下：", "（一）主动公开。公开3条。"),
        ("现将2024年工作情况汇报如下： ", " 1、主动公开：3条。"),
    ],
)
def test_a_heading_by_its_very_name_is_one_within_a_paragraph_and_that_is_told(before, after):
    result = import_text(f"{TITLE}\n{before}一、总体情况{after} 二、主动公开政府信息情况\n见表。")
    assert dict(result.report.narratives) == {
        "introduction": before.strip(),
        "overview": after.strip(),
        "proactive": "见表。",
    }
    assert "标题“一、总体情况”等2个接在一段文字后面，已另起一行（第2行）" in result.warnings


def test_a_heading_with_nothing_before_it_in_its_paragraph_is_not_told():
    result = import_text(f"{TITLE}\n一、总体情况 2024年，公开3条。\n二、主动公开政府信息情况\n见表。")
    assert result.report.narratives["overview"] == "2024年，公开3条。"
    assert not any("另起一行" in one for one in result.warnings)


@pytest.mark.parametrize(
    "sentence",
    [
        "报告内容如下： 一、总体情况 二、主动公开政府信息情况 三、其他。",
        "详见上文。五、存在的主要问题及改进情况中所列各项均已办结，欢迎监督。",
        "分工如下：一、基本情况由党政办起草。",
    ],
)
def test_a_list_of_the_sections_and_a_sentence_on_one_are_not_cut(sentence):
    assert sections(sentence, "一、总体情况", "如下。")["introduction"] == sentence


def test_fees_are_of_the_last_section_and_suits_of_the_fourth_by_whatever_name():
    lines = [
        "一、概述", "如下。", "二、主动公开情况", "74条。", "三、依申请公开办理情况", "2件。",
        "四、收费及减免情况", "收取16元。", "五、因政府信息公开提起行政诉讼的情况", "未发生。", "六、其他需要报告的事项", "无。",
    ]  # fmt: skip
    found = sections(*lines)
    assert found["review"] == "未发生。"
    assert "收取16元。" not in found.get("review", "")
    assert "收取16元。" in found["overview"] + found["other"]


@pytest.mark.parametrize("words", ["一、总体情况 ", "好。 一、总体情况 ", "12 ", "请与某镇联系地址", "(路"])
def test_a_line_of_nothing_but_headings_or_numbers_takes_no_longer_than_text(words):
    start = time.process_time()
    sections("三、收到和处理政府信息公开申请情况", words * 12_000)
    assert time.process_time() - start < 3


@pytest.mark.parametrize("first", ["1、总体情况", "1. 总体情况", "（1）总体情况"])
def test_the_first_section_with_a_number_of_its_own_is_one_where_no_other_is_the_first(first):
    rest = (
        "二、主动公开政府信息情况",
        "见表。",
        "三、收到和处理政府信息公开申请情况",
        "见表。",
        "五、存在的主要问题及改进情况",
        "一是不足。",
    )
    assert (
        sections("依据条例编制。", first, "如下。", "1.主动公开。", *rest)["overview"]
        == "如下。\n1.主动公开。"
    )
    found = sections("依据条例编制。", first, "一、总体情况", "如下。", *rest)
    assert found["overview"] == "如下。"


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("    一、总体情况", "一、总体情况"),
        ("　　一、总体情况 ", "一、总体情况"),
        ("一、总体情况 ", "一、总体情况"),
        (" 一、总体情况", " 一、总体情况"),
    ],
)
def test_an_indent_is_no_blank_of_the_heading(line, raw):
    (heading,) = import_text(f"{TITLE}\n{line}\n如下。").outline.headings
    assert heading.raw == raw


def test_words_that_lead_to_what_follows_are_no_heading_where_the_sections_are_numbered():
    line = "政府信息主动公开情况："
    assert sections("一、总体情况", "如下。", line, "公开3条。") == {"overview": f"如下。\n{line}\n公开3条。"}
    assert sections("总体情况：", "如下。", "主动公开政府信息情况：", "见表。") == {
        "overview": "如下。",
        "proactive": "见表。",
    }
