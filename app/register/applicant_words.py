"""How else an applicant may be written: 个人, 某某公司 (templates/register/applicants.toml)."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from app import paths
from app.chinese import fold


@dataclass(frozen=True, slots=True)
class Words:
    """Of one kind of applicant: what is written for it, and what the name of such a one ends in."""

    words: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


NO_WORDS = Words()


@lru_cache(maxsize=1)
def applicant_words() -> dict[str, Words]:
    """By the key of the column of 表三."""
    path = paths.templates() / "register" / "applicants.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    return {
        key: Words(tuple(one["words"]), tuple(fold(each) for each in one.get("endings", ())))
        for key, one in data.items()
    }
