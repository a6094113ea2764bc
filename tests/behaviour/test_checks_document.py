"""docs/checks.md is what the rules say now."""

import runpy

from tests.places import PROJECT

MAKER = runpy.run_path(str(PROJECT / "installer" / "build_docs.py"))


def test_the_list_of_checks_is_of_today():
    made = MAKER["markdown"]()
    assert MAKER["TARGET"].read_text("utf-8") == made, (
        "docs/checks.md is older than the rules: run `make docs`"
    )


def test_every_check_says_where_it_is_written():
    for line in MAKER["markdown"]().splitlines():
        if line.startswith("| ") and line[2].isupper():
            files = [part.strip(" `()") for part in line.strip("| ").split(" | ")[-1].split("，")]
            assert all((PROJECT / "app" / "checks" / "rules" / name).is_file() for name in files), line
