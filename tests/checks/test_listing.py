"""The list of all checks is complete and says how grave each can be."""

import json
from itertools import groupby

import pytest

from app.checks import listing
from app.checks.listing import GROUPS, declared, listed
from app.checks.rule import WARNING, Check, Rule
from app.commands import cli
from tests.behaviour.test_seed_findings import EXPECTED as SEEDS
from tests.behaviour.test_seed_texts import EXPECTED as TEXTS

IDS = [one.id for one in listed()]
GRAVITY = {one.id: {each.value for each in one.severities} for one in listed()}


def test_the_numbers_of_a_group_follow_each_other():
    """A number left free would look like a check that was lost."""
    for group, ids in groupby(IDS, key=lambda one: one.partition("-")[0]):
        some = list(ids)
        assert some == [f"{group}-{n:02}" for n in range(1, len(some) + 1)]
    assert [group for group, _ in groupby(IDS, key=lambda one: one.partition("-")[0])] == list(GROUPS)


def test_every_line_has_its_sentence():
    assert all(one.sentence.endswith(("。", "）")) and "\n" not in one.sentence for one in listed())


def test_what_is_told_as_another_check_names_one_that_is_listed():
    told = [check for _, check in declared() if check.told_as]
    assert all(check.told_as in IDS for check in told)


@pytest.mark.parametrize(
    ("checks", "complaint"),
    [
        (
            [Check("Q-01", (WARNING,), "一句话。")],
            "Q-01: no group “Q”: add it with a name to GROUPS in app/checks/listing.py",
        ),
        ([Check("D-99", (WARNING,), "一句话。", further=True)], "D-99 is only found further"),
    ],
)
def test_a_check_that_cannot_be_listed_says_what_to_write_where(monkeypatch, checks, complaint):
    monkeypatch.setattr(listing, "rules", lambda: (Rule(print, tuple(checks)),))
    with pytest.raises(ValueError, match=complaint):
        listing._listed.__wrapped__()


@pytest.mark.parametrize("found", [SEEDS, TEXTS])
def test_nothing_is_found_graver_or_slighter_than_listed(found):
    wrong = [(row[-4], row[-3]) for rows in found.values() for row in rows if row[-3] not in GRAVITY[row[-4]]]
    assert wrong == []


def test_the_list_on_the_command_line(capsys):
    assert cli.main(["check", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(IDS)
    assert lines[IDS.index("T3-05")] == "T3-05  错误  第一项加第二项之和，等于第三项加第四项之和。"
    assert cli.main(["check", "--list", "--json"]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert checks[0] == {
        "id": "S-01",
        "severities": ["error"],
        "sentence": "年度报告内容应当符合《条例》第五十条的规定，不能遗漏。",
    }


@pytest.mark.parametrize("words", [["check"], ["check", "--list", "年报.docx"]])
def test_a_file_or_the_list(words, capsys):
    assert cli.main(words) == 2
    assert "--list" in capsys.readouterr().err
