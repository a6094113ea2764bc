"""A third edition made as templates/README says, in a templates folder of its own: data files only, no line of Python."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import paths
from app.form import catalog

ROW = (
    'label = "8.属于行政查询事项"',
    '{ key = "denied_platform", label = "9.属于数据平台原始日志", note = "试验行。" },',
)
LABEL = ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开（经区分处理的）")
SECTION = ("四、政府信息公开行政复议、行政诉讼情况", "四、行政争议案件的办理情况")

# Each in a folder of another name: what the program remembers of an edition it remembers by that name.
EDITIONS = {"row and label": "2026", "only a row": "2027", "only a label": "2028", "only a section": "2029"}


def as_it_is(form: str) -> str:
    return form


def add_edition(templates: Path, kind: str, change: Callable[[str], str] = as_it_is) -> str:
    """The steps of the README → the id of the new edition; `change` is what else is written in its form.toml."""
    new, last = EDITIONS[kind], "2021"
    shutil.copytree(templates / last, templates / new)  # 1: form.toml, help.toml, narrative/
    form = (templates / new / "form.toml").read_text("utf-8")
    if "row" in kind:  # 2
        line = next(line for line in form.splitlines() if ROW[0] in line)
        form = form.replace(line, f"{line}\n      {ROW[1]}")
    if "label" in kind:
        assert LABEL[0] in form
        form = form.replace(*LABEL)
    if "section" in kind:
        assert SECTION[0] in form
        form = form.replace(*SECTION)
    form = form.partition("# What last year's report")[0]  # 4
    (templates / new / "form.toml").write_text(_with_years(change(form), f"first_year = {new}"), "utf-8")  # 3
    before = templates / last / "form.toml"
    years = f"first_year = {last}\nlast_year = {int(new) - 1}"
    before.write_text(_with_years(before.read_text("utf-8"), years), "utf-8")
    return new


def _with_years(form: str, years: str) -> str:
    without = re.sub("^last_year = .*\n", "", form, flags=re.MULTILINE)
    return re.sub("^first_year = .*$", years, without, flags=re.MULTILINE)


@contextmanager
def templates_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, change: Callable[[str], str] = as_it_is
) -> Iterator[str]:
    """The id of a third edition, which the program knows meanwhile."""
    folder = tmp_path / "templates"
    shutil.copytree(paths.templates(), folder)
    for later in catalog.form_ids():
        if later > "2021":
            shutil.rmtree(folder / later)  # the one made here is the third
    (tmp_path / "resources").symlink_to(paths.resources(), target_is_directory=True)
    new = add_edition(folder, kind, change)
    with monkeypatch.context() as patched:
        patched.setattr(paths, "root", lambda: tmp_path)
        catalog.forget()
        try:
            yield new
        finally:
            patched.undo()
            catalog.forget()
