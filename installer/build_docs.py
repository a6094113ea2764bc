"""Writes docs/checks.md from the rules themselves (`make docs`).

.venv/bin/python installer/build_docs.py
"""

import re
from collections.abc import Iterator
from pathlib import Path

from app.checks.listing import GROUPS, Listed, declared, listed
from app.checks.rule import Check, Rule
from app.form.model import Severity

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "checks.md"
GRADES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}

# What a sentence rests on: 《条例》第五十条第四项, GB/T 9704—2012, 国办公开办函〔2021〕30号
_SOURCE = re.compile(
    r"《[^》]+》(?:第[一二三四五六七八九十]+条(?:第[一二三四五六七八九十]+项)?)?|GB/T \d+—\d{4}|国办[一-龥]+〔\d{4}〕\d+号"
)

HEAD = """\
# The checks (核对)

<!-- Made by `make docs` from app/checks/rules/ and templates/*/form.toml. Do not edit it here. -->

A check is one thing that a county reviewer would say about a report: a function in `app/checks/rules/` that looks at a
`CheckContext` (the report, its form, last year's report, for an old file also how it was printed) and yields findings,
each with its place and, where it can, a repair. `nianbao check --list` prints the same list.

Grades: 错误 holds back 送签 and export until it is mended or explained (出错说明); 警告 asks for a look; 提示 only tells.
A blank cell is not a zero: where a number is missing, nothing is compared and the blank itself is named.

To add one:

1. Write the function with `@rule("D-20", WARNING)` (`@text_rule` when it looks at no cell) in a file of its letter in
   `app/checks/rules/`; its docstring is the official sentence in Chinese. Nothing else has to be registered. A sum or a
   carry-over is declared in `templates/*/form.toml` instead, with its id, grade and sentence.
2. Test it in the file of the same name in `tests/checks/rules/`, and give it a line in
   `tests/behaviour/test_check_examples.py`: a report that is wrong, a near one that is right.
3. Run `make docs`.

## How sentences with numbers are read

The N and I checks share one small grammar (`app/checks/quantities/`), instead of a pattern each. `words.py` lists the kinds of
word with the ways in which reports write them; `grammar.py` cuts a sentence into clauses (at marks; at 、 and ： only behind a
number) and makes a statement of each number in it, and of each 无, 未收到, 为零, 均已办结 without one:

| slot | what it holds | example |
| --- | --- | --- |
| number, unit | how many of what | 8件, 两起, 为零 |
| more or less | 余, 近, 约, 以上: compared loosely or not at all | 300余件 |
| verb | came, done, handled, carried in, carried out, issued, repealed, in force | 收到, 办结, 结转下年度 |
| object | request (申请 alone: by its paragraph), applicant, result, case, document, decision | 政府信息公开申请, 自然人 |
| doer | the agency, or another body (县政府, 各部门, 县档案馆) | 我镇, 上级 |
| period | this year, or another, or several | 全年, 近五年, 自2020年以来 |
| whole or part | 其中, a channel, a restriction, what a clause before opens up to ； | 通过网络, 涉及征地的, 网上申请中， |
| topic | what the clause is about: said in it, taken from the one before, or known by the heading alone | |

`lists.py` reads totals with their parts: behind 其中 or 包括, behind 分别为, 从……看 or a colon, in brackets, before 合计. Words
that promise the whole (分别为, 分为, 从……看) make a difference an error from three parts on; 包括, a colon, brackets and
合计 a warning; 其中 may name only some, so that less is told where it looks like a slip, and more always.

`told.py` holds the numbers of things of a text, in figures and in words; `claims.py`, `changes.py` and `names.py` read what stands
beside them without a word that opens a list: half-years, quarters, marks and money with their total, how often more or which share,
so many names and the names themselves; `announced.py` counts what follows 以下四个方面. I-01, I-03 and I-09 (`i_claims.py`) only
compare what they read.

`figures.py` reads what the words right before a number make of it, by two patterns, one for percentages and one for numbers of things;
I-03 and I-04 only compare what it read:

| role | words | example |
| --- | --- | --- |
| share | 占, perhaps with the whole beside it; brackets | 网站占比40%, 占总数600条的30%, 4件（40%） |
| rate | 率 with what was done, perhaps 按期 | 办结率100%, 按期答复率为98% |
| rise | 增长, 增幅, 下降 … | 同比增长12.4% |
| old | 比, 较 with last year; 由, 从 with what it became | 比上年的290条, 由100条增加到150条 |
| new | 增加到, 增至, 降为 | 增加到150条 |
| change | 增加, 减少, perhaps 比上年 | 比上年增加36条 |

What is no known word is *unknown*: between the words of a statement it restricts the number (收到**涉及征地的**申请5件), and
nothing is compared; before them it makes the doer doubtful. `agreement.py` holds a statement against the cells. An error
needs two readings that agree: all words known, and the topic said by the words or by the section; else it is a warning
that offers no number to write. New wording is a new word in `words.py`, with a sentence that must and one that must not be
found in `tests/checks/cases/`.

Columns: the official sentence; its source as far as it names one; the file in `app/checks/rules/` (in brackets: where more
of the same is found).
"""


def markdown() -> str:
    """The whole document."""
    made: dict[str, list[tuple[Rule, Check]]] = {}
    for rule, check in declared():
        made.setdefault(check.id, []).append((rule, check))
    parts = [HEAD]
    for group, name in GROUPS.items():
        lines = [_line(one, made[one.id]) for one in listed() if one.id.partition("-")[0] == group]
        head = f"## {group} {name}\n\n| id | grade | sentence | source | file |\n| --- | --- | --- | --- | --- |\n"
        parts.append(head + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _line(one: Listed, made: list[tuple[Rule, Check]]) -> str:
    grades = "、".join(GRADES[grade] for grade in one.severities)
    sources = "，".join(dict.fromkeys(_SOURCE.findall(one.sentence)))
    return f"| {one.id} | {grades} | {one.sentence} | {sources} | {'，'.join(_files(made))} |"


def _files(made: list[tuple[Rule, Check]]) -> Iterator[str]:
    """The file that states a check, then in brackets those that find more of it."""
    stated = {_file(rule) for rule, check in made if not check.further}
    yield from sorted(f"`{name}`" for name in stated)
    yield from sorted(
        {f"(`{_file(rule)}`)" for rule, check in made if check.further and _file(rule) not in stated}
    )


def _file(rule: Rule) -> str:
    return rule.run.__module__.rpartition(".")[2] + ".py"


if __name__ == "__main__":
    TARGET.write_text(markdown(), encoding="utf-8", newline="\n")
