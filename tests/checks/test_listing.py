"""The list of all checks is complete and says how grave each can be."""

import json

import pytest

from app.checks.finding import rules
from app.checks.listing import listed
from app.commands import cli
from tests.behaviour.test_seed_findings import EXPECTED as SEEDS
from tests.behaviour.test_seed_texts import EXPECTED as TEXTS

# How many checks each group has
GROUPS = {"S": 22, "T2": 9, "T3": 8, "T4": 2, "X": 6, "Y": 9, "N": 13, "I": 9, "D": 19}
IDS = [f"{group}-{n:02}" for group, count in GROUPS.items() for n in range(1, count + 1)]
GRAVITY = {one.id: {each.value for each in one.severities} for one in listed()}


def test_every_check_is_listed_in_order_with_its_sentence():
    assert [one.id for one in listed()] == IDS
    assert all(one.sentence.endswith(("。", "）")) and "\n" not in one.sentence for one in listed())


def test_every_listed_check_is_made_by_a_rule():
    made = {rule_id for one in rules() for rule_id in one.ids}
    assert set(IDS) - made == {"D-16"}  # an empty 六 is S-15's
    assert made <= set(IDS)


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
