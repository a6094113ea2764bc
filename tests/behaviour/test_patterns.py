"""Every pattern of the checks says for which words it is: whoever changes it must know what it is to find and what not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.checks

FILES = sorted(Path(app.checks.__file__).parent.rglob("*.py"))


def silent(source: str) -> Iterator[str]:
    """The patterns of a module without a comment above or in them; one comment may be of several that follow each other."""
    lines = source.splitlines()
    told_to = 0  # the last line of a pattern that is told
    for node in ast.parse(source).body:
        made = ast.unparse(node.value) if isinstance(node, ast.Assign) else ""
        if isinstance(node, ast.Assign) and ("re.compile(" in made or "lazily(" in made):
            own = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            before = lines[node.lineno - 2] if node.lineno > 1 else ""
            if before.startswith("#") or "  # " in own or told_to == node.lineno - 1:
                told_to = node.end_lineno or 0
            else:
                yield ast.unparse(node.targets[0])


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_every_pattern_says_for_which_words_it_is(path):
    named = list(silent(path.read_text("utf-8")))
    assert named == [], (
        f"write a comment with an example above them in {path.name}, like: # 办结率100%, 按期答复率为98%"
    )


def test_a_pattern_without_a_word_is_noticed():
    told = '# 占比30%\nA = re.compile("a")\nB = re.compile("b")\n'
    assert list(silent(told)) == []
    assert list(silent(told + '\nC = re.compile("c")\nD = re.compile("d")  # 公开\n')) == ["C"]
    assert list(silent(told + '\nC = lazily("c")\nD = lazily("d")  # 公开\n')) == ["C"]


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_no_pattern_of_a_module_is_compiled_before_it_is_used(path):
    """Importing the rules costs what the first check of a process waits for."""
    constants = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Assign)]
    eager = [ast.unparse(one.targets[0]) for one in constants if "re.compile(" in ast.unparse(one.value)]
    assert eager == [], f"write lazily(…) of app/patterns.py instead of re.compile(…) in {path.name}"
