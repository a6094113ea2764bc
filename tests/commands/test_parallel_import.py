"""Many files on every core: whatever happens at one of them, each has its own answer, in order."""

import json

from app import paths
from app.commands import parallel_import
from app.errors import UserError


def answer(name: str) -> parallel_import.Answer:
    if name == "broken":
        raise ZeroDivisionError
    return ("", ("打不开", "请换一份")) if name == "refused" else (json.dumps({"file": name}), None)


def test_a_fault_at_one_file_is_told_of_that_file_and_the_others_have_their_answers():
    names = ["first", "broken", "refused", *(f"{number}" for number in range(20))]
    found = list(parallel_import._ahead(answer, names))
    assert [one["file"] for one in found if isinstance(one, dict)] == ["first", *names[3:]]
    broken, refused = found[1:3]
    assert isinstance(broken, UserError)
    assert str(broken).startswith("程序出错了")
    assert str(refused) == "打不开。请换一份。"
    assert "ZeroDivisionError" in paths.log_file().read_text(encoding="utf-8")
