"""Word lists: the program's own, a county's, and what cannot be read of them."""

import re
from re import _parser

import pytest

from app.checks.language.word_lists import word_lists
from app.checks.rule import rules
from app.checks.rules.d_wording import no_wrong_wording
from app.commands import cli
from app.paths import user_data
from tests.behaviour.test_check_examples import TEXTS
from tests.behaviour.test_sentences import ROWS
from tests.checks.reports import good, named
from tests.checks.texts import said
from tests.test_patterns import holds


def test_a_county_adds_its_own_words():
    folder = user_data() / "wording"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text('[confusables]\n"乙真" = "乙镇"\n', encoding="utf-8")
    (folder / "b.toml").write_text("broken = [", encoding="utf-8")
    assert [one.message for one in said("乙真的信息。", "other")] == ["“乙真”应为“乙镇”"]


def test_the_settings_name_a_word_list_of_the_county(tmp_path):
    path = tmp_path / "本县词表.toml"
    path.write_text('[confusables]\n"甲现" = "甲县"\n', encoding="utf-8")
    report = good().with_narrative("other", "甲现的信息。")
    found = named("D-09", report, settings={"word_list": str(path)})
    assert [(one.message, one.repair.text) for one in found] == [("“甲现”应为“甲县”", "“甲现”改为“甲县”")]


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        (b"a = 1\nb = \n", "第2行不合格式"),
        (b"a = [\n", "末尾不完整"),
        ("[confusables]\n".encode("utf-16"), "不是UTF-8编码的文本"),
        (b'[[wrong]]\nrule = "D-09"\nmessage = "m"\n', "有一条缺少“find”"),
        ('[[wrong]]\nrule = "D-09"\nfind = "(甲"\nmessage = "m"\n'.encode(), "有一条的查找式“(甲”不成立"),
        (b"confusables = 5\n", "有一条的内容不合要求"),
        (b'[[wrong]]\nrule = "D-09"\nfind = "a"\nmessage = "m"\nseverity = "x"\n', "有一条的内容不合要求"),
        (None, "找不到词表“本县词表.toml”"),
    ],
)
def test_a_word_list_that_cannot_be_used_is_told_in_one_sentence(tmp_path, content, said_of_it):
    path = tmp_path / "本县词表.toml"
    if content is not None:
        path.write_bytes(content)
    lists = word_lists(str(path))
    (sentence,) = lists.complaints
    assert said_of_it in sentence
    assert "本县词表.toml" in sentence
    assert lists.wrong == word_lists().wrong


def test_a_word_list_left_out_is_told_on_the_command_line(tmp_path, capsys):
    folder = user_data() / "wording"
    folder.mkdir(parents=True)
    (folder / "b.toml").write_text("broken = [", encoding="utf-8")
    path = tmp_path / "年报.txt"
    path.write_text("甲县乙镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n公开信息。\n", "utf-8")
    cli.main(["check", str(path)])
    assert "词表“b.toml”末尾不完整，整份没有使用，请改正后再核对。" in capsys.readouterr().err


def test_every_pattern_compiles_and_its_check_and_grade_are_known():
    lists = word_lists()
    (rule,) = [one for one in rules() if one.run is no_wrong_wording]
    may = {(check.id, grade) for check in rule.checks for grade in check.grades}
    for wrong in lists.wrong:
        assert (wrong.rule, wrong.severity) in may, (
            f"{wrong.find}: {rule.place} does not say that it finds it"
        )
        assert wrong.pattern
        assert wrong.right is None or wrong.unless
    assert len(lists.wrong) > 50
    assert len(lists.spelling.entries) > 500
    patterns = [one.pattern for one in lists.phrases] + [one.title for one in lists.citations]
    patterns += [pattern for one in lists.topics for pattern in (one.problem, one.answer)]
    assert lists.phrases
    assert lists.citations
    assert lists.topics
    assert all(re.compile(one.pattern) for one in patterns)


def test_what_a_kind_of_problem_needs_is_in_all_that_it_finds():
    for topic in word_lists().topics:
        parsed = _parser.parse(topic.problem.pattern)
        assert all(holds(parsed, words) for words in topic.problem.needs), topic.name


def test_what_a_pattern_needs_stands_in_all_that_it_finds():
    """`needs` saves time and must never hide anything: the wrong examples of all checks are found with it and without."""
    texts = [wrong for _, wrong, _ in TEXTS.values()]
    texts += [row["sentence"] for row in ROWS if row["kind"] == "guilty"]
    lines = [line for text in texts for line in str(text).split("\n")]
    for wrong in word_lists().wrong:
        for line in lines if wrong.needs else ():
            assert wrong.may_be_in(line) or not wrong.pattern.search(line), (wrong.find, line)
