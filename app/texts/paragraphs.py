"""Suggested paragraphs: Jinja2 templates a township can edit; numbers in them are bound to cells, what is not known says 【待填】."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from app import own_files, paths
from app.errors import UserError
from app.form.model import Aspect, CellRef, FormDefinition, Section, Value
from app.register import counts
from app.report import bindings
from app.report.aspects import treated
from app.report.model import INTRODUCTION, AgencyKind, Binding, Report
from app.texts.bounded_templates import LONGEST, BoundedEnvironment, TooMuch

FOLDER = "narrative"
_SUFFIX = ".j2"
_NAME = re.compile(r"\{#-?\s*([^#\n]{1,40}?)\s*-?#\}")
_FIELD = re.compile("\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002")  # a bound number on its way through Jinja2
_PRIVATE = dict.fromkeys([0xE000, 0xE001, 0xE002])
_HINTS = {
    "name": "单位全称",
    "short_name": "单位简称",
    "office": "联系科室",
    "address": "地址",
    "postcode": "邮编",
    "phone": "电话",
    "email": "电子邮箱",
    "website": "网址",
}


@dataclass(frozen=True, slots=True)
class Template:
    """One paragraph that can be put in: `overview.proactive.j2` is of the section overview and its aspect proactive."""

    path: Path
    name: str
    section: str
    part: str = ""  # key of an aspect, or any other word
    is_own: bool = False  # the township's own, which stands in for ours


class Suggestion(NamedTuple):
    """A rendered paragraph (or several, a line each) with its bound numbers, offsets from its own beginning."""

    text: str
    bindings: tuple[Binding, ...]


# -- which there are -------------------------------------------------------------------------------------------------------


def own_folder(form: FormDefinition) -> Path:
    """Where a township lays its own templates for an edition; a file of the same name stands in for ours."""
    return paths.user_data() / FOLDER / form.id


def templates(form: FormDefinition, section: str) -> list[Template]:
    """The paragraphs that can be put into a section, in the order in which they stand there."""
    found: dict[str, Template] = {}
    for folder, is_own in ((paths.templates() / form.id / FOLDER, False), (own_folder(form), True)):
        for path in sorted(folder.glob(f"*{_SUFFIX}")) if paths.is_folder(folder) else ():
            key, _, part = path.name.removesuffix(_SUFFIX).partition(".")
            if key == section:
                found[path.name] = Template(path, _name(path), section, part, is_own)
    order = [aspect.key for aspect in _aspects(form, section)]
    rank = {part: number for number, part in enumerate(("", *order))}
    return sorted(
        found.values(), key=lambda one: (rank.get(one.part, len(rank)), (one.is_own and one.part) or "")
    )


def template(form: FormDefinition, section: str, part: str = "") -> Template | None:
    """The one of an aspect (or "" for the section's first)."""
    return next((one for one in templates(form, section) if one.part == part), None)


def _name(path: Path) -> str:
    """What the first comment calls it, else the file's name."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            found = _NAME.match(file.readline().lstrip("\ufeff"))
    except OSError:
        found = None
    return found[1] if found else path.stem


def _aspects(form: FormDefinition, section: str) -> tuple[Aspect, ...]:
    return next((one.aspects for one in form.sections if one.key == section), ())


def copy_for_editing(form: FormDefinition, section: str) -> Path:
    """The township's folder with copies of what it has not yet changed; the folder."""
    folder = own_folder(form)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in templates(form, section):
            if not one.is_own:
                shutil.copyfile(one.path, folder / one.path.name)
    except OSError as error:
        raise UserError(f"段落模板没有复制到“{folder}”", "请检查磁盘空间和文件夹的权限") from error
    return folder


# -- rendering -------------------------------------------------------------------------------------------------------------


class _NoCellError(Exception):
    """A template names a cell that the edition does not have."""


@lru_cache(maxsize=1)
def _environment() -> BoundedEnvironment:
    return BoundedEnvironment()


def render(report: Report, form: FormDefinition, one: Template, prior: Report | None = None) -> Suggestion:
    """A template filled from the report. UserError naming file and line when it is malformed."""
    try:
        source = own_files.read_text(one.path)
    except (OSError, UnicodeDecodeError) as error:
        raise _refusal(one, "读不出来（应为 UTF-8 编码的文本）") from error
    try:
        _environment().begin()
        made = _environment().from_string(source)
        pieces, length = [], 0
        for piece in made.generate(_names(report, form, one, prior)):
            length += len(piece)
            if length > LONGEST:
                raise TooMuch("too long")
            pieces.append(piece)
    except (TooMuch, MemoryError) as error:
        raise _refusal(one, "生成的文字太长，或者循环太多") from error
    except TemplateSyntaxError as error:
        raise _refusal(one, f"第{error.lineno}行写得不对") from error
    except UndefinedError as error:
        raise _refusal(one, f"用了没有的名称{_quoted(str(error))}") from error
    except _NoCellError as error:
        raise _refusal(one, f"里表格没有“{error}”这一格") from error
    except UserError:
        raise
    except (
        TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        AssertionError,  # of Jinja2's own filters, for a length that cannot be
        RecursionError,
    ) as error:
        raise _refusal(one, f"不能执行（{type(error).__name__}）") from error
    return _parsed("".join(pieces), one.section)


def _refusal(one: Template, why: str) -> UserError:
    return UserError(
        f"段落模板“{one.path.name}”{why}，没有插入",
        f"请改正“{one.path}”" + ("，或者删除它，恢复原来的模板" if one.is_own else ""),
    )


def _quoted(message: str) -> str:
    found = re.search(r"'(\w+)' is undefined|no attribute '(\w+)'", message)
    return f"“{next(filter(None, found.groups()))}”" if found else ""


def _names(report: Report, form: FormDefinition, one: Template, prior: Report | None) -> dict[str, Any]:
    """What a template may name."""
    section = next((each for each in form.sections if each.key == one.section), None)
    return {
        "year": report.year,
        "last_year": prior.year if prior is not None else None,
        "agency": SimpleNamespace(**{key: _filled(report, key) for key in _HINTS}),
        "known": SimpleNamespace(**{key: bool(getattr(report.agency, key).strip()) for key in _HINTS}),
        "we": we(report),
        "form": SimpleNamespace(
            title=form.title,
            notice=form.notice.replace("《", "〈").replace("》", "〉"),
            authority=form.authority,
        ),
        "parts": [each.name for each in form.sections],
        "ordinal": _ordinal(section, one.part),
        "fee": report.processing_fee,
        "channels": counts.sentence(counts.counts_of(report, "channel"), report.year).translate(_PRIVATE),
        "cell": _cell(report, form),
        "value": _value(report, form),
        "fee_amount": lambda: _field("", bindings.shown(report, Binding(one.section, 0, 0))),
        "blank": blank,
    }


def _filled(report: Report, key: str) -> str:
    return " ".join(getattr(report.agency, key).translate(_PRIVATE).split()) or blank(_HINTS[key])


def we(report: Report) -> str:
    """How the agency calls itself: 我镇, 我乡, 我街道, 我局, else 本机关."""
    name = report.agency.name.removesuffix("人民政府").removesuffix("办事处")
    kind = report.agency.kind
    if kind is AgencyKind.TOWNSHIP:
        return "我乡" if name.endswith("乡") else "我镇" if name.endswith("镇") else "本机关"
    if kind is AgencyKind.SUBDISTRICT:
        return "我街道"
    return "我局" if name.endswith("局") else "本机关"


def _ordinal(section: Section | None, part: str) -> str:
    """（二） of the second aspect; "" for what is none."""
    keys = [aspect.key for aspect in section.aspects] if section else []
    return f"（{'一二三四五六七八九十'[keys.index(part)]}）" if part in keys[:10] else ""


def blank(hint: str = "") -> str:
    """What the clerk must fill in himself: seen in the text, found by the check, and no final export with it."""
    plain = str(hint).translate(_PRIVATE).replace("【", "").replace("】", "")
    return f"【待填：{plain}】" if plain else bindings.BLANK


def _cell(report: Report, form: FormDefinition) -> Callable[..., str]:
    """`cell("table.row.column", …)`: the sum of these cells as a number that follows them."""

    def cell(*keys: str) -> str:
        cells = _refs(form, keys)
        return _field("+".join(map(str, cells)), bindings.shown(report, Binding("", 0, 0, cells)))

    return cell


def _value(report: Report, form: FormDefinition) -> Callable[..., Value | None]:
    """`value("table.row.column", …)`: the same to compare with; none while one of them is blank."""

    def value(*keys: str) -> Value | None:
        values = [report[ref] for ref in _refs(form, keys)]
        known = [one for one in values if one is not None]
        return sum(known) if len(known) == len(values) else None

    return value


def _refs(form: FormDefinition, keys: tuple[str, ...]) -> tuple[CellRef, ...]:
    for key in keys:
        if key.count(".") != 2 or CellRef.parse(key) not in form.cell_set:
            raise _NoCellError(key)
    if not keys:
        raise _NoCellError("")
    return tuple(CellRef.parse(key) for key in keys)


def _field(source: str, text: str) -> str:
    return f"\ue000{source}\ue001{text}\ue002"


def _parsed(rendered: str, section: str) -> Suggestion:
    """Lines without white space around them and empty ones between, and where the bound numbers ended up."""
    lines = [line.strip() for line in rendered.split("\n")]
    marked = "\n".join(line for line in lines if line)
    parts: list[str] = []
    found: list[Binding] = []
    at = length = 0
    for one in _FIELD.finditer(marked):
        before = marked[at : one.start()]
        start = length + len(before)
        length = start + len(one[2])
        parts += [before, one[2]]
        cells = tuple(CellRef.parse(key) for key in one[1].split("+") if key)
        found.append(Binding(section, start, length, cells))
        at = one.end()
    return Suggestion("".join([*parts, marked[at:]]), tuple(found))


# -- putting in ------------------------------------------------------------------------------------------------------------


def inserted(
    report: Report, form: FormDefinition, one: Template, suggestion: Suggestion, caret: int | None = None
) -> tuple[Report, int, int]:
    """The report with a paragraph more, and [start, end) of that.

    It follows the paragraph in which the caret stands; without a caret it goes where it belongs.
    """
    text = report.narrative(one.section)
    at = _place(text, form, one) if caret is None else _end_of_paragraph(text, caret)
    before = "\n" if at > 0 and text[at - 1] != "\n" else ""
    after = "\n" if at < len(text) and text[at] != "\n" else ""
    new = text[:at] + before + suggestion.text + after + text[at:]
    start = at + len(before)
    made = bindings.with_text(report, one.section, new)
    own = tuple(replace(each, start=each.start + start, end=each.end + start) for each in suggestion.bindings)
    made = replace(made, bindings=(*made.bindings, *own))
    return made, start, start + len(suggestion.text)


def _end_of_paragraph(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _place(text: str, form: FormDefinition, one: Template) -> int:
    """Before the first later aspect that is there; the opening first; all else at the end."""
    if not text.strip():
        return 0
    aspects = _aspects(form, one.section)
    keys = [aspect.key for aspect in aspects]
    if one.part in keys:
        written, later = treated(text, aspects), keys[keys.index(one.part) + 1 :]
        begun = (_beginning(text, written[key]) for key in later if key in written)
        return min((at for at in begun if at is not None), default=len(text.rstrip("\n")))
    if aspects and not one.part:
        return 0
    return len(text.rstrip("\n"))


def _beginning(text: str, place: int) -> int | None:
    """Where the paragraph begins with what stands at the place; None where other words stand before it."""
    start = text.rfind("\n", 0, place) + 1
    return None if text[start:place].strip() else start


def missing(form: FormDefinition, section: str, text: str) -> Iterator[Aspect]:
    """The aspects that the section must treat and does not."""
    aspects = _aspects(form, section)
    written = treated(text, aspects)
    return (one for one in aspects if one.key not in written)


def sections(form: FormDefinition) -> tuple[str, ...]:
    """Every section that has a paragraph to put in."""
    keys = (INTRODUCTION, *(one.key for one in form.sections))
    return tuple(key for key in keys if templates(form, key))
