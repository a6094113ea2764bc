"""Which editions there are, and which one a year's report must use."""

from functools import cache

from app.errors import REINSTALL, UserError
from app.form.loader import load_form
from app.form.model import FormDefinition
from app.paths import templates


@cache
def form_ids() -> tuple[str, ...]:
    """The editions under `templates/`, oldest first."""
    found = tuple(sorted(path.parent.name for path in templates().glob("*/form.toml")))
    if not found:
        raise UserError(f"程序安装不完整：“{templates()}”里没有格式文件", REINSTALL)
    return found


@cache
def form(name: str) -> FormDefinition:
    """The edition of this name; UserError when the program does not know it."""
    if name not in form_ids():
        raise UserError(f"不认识格式“{name}”", "请升级程序后再打开这个文件")
    return load_form(templates() / name / "form.toml")


@cache
def form_for_year(year: int) -> FormDefinition:
    """The edition prescribed for the report of `year`; the newest one for years to come."""
    for name in reversed(form_ids()):
        if form(name).covers(year):
            return form(name)
    raise UserError(
        f"{year}年的报告不使用本程序所支持的格式", f"请选择{form(form_ids()[0]).first_year}年以后的年份"
    )


def all_forms() -> tuple[FormDefinition, ...]:
    return tuple(form(name) for name in form_ids())


def is_older_than_forms(year: int) -> bool:
    """Whether no edition was in force yet for the report of this year."""
    return 0 < year < min(one.first_year for one in all_forms())


def forget() -> None:
    """Look at the folders anew when an edition is asked for next: `templates/` may be another one by then."""
    for remembered in (form_ids, form, form_for_year):
        remembered.cache_clear()
