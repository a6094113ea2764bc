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
