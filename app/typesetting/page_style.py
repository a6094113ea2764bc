"""Page styles: paper, margins, faces and sizes as data under `templates/page_styles/`, one file a style."""

import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from app import own_files
from app.documents.blocks import CellRole, Style, TableBlock
from app.errors import UserError
from app.paths import is_folder, templates, user_data
from app.typesetting.roles import Role

MM = 72 / 25.4  # points in a millimetre
DEFAULT = "gb9704"
_FOLDER = "page_styles"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_MOST = 2000  # points or millimetres: nothing on paper is longer


class Align(StrEnum):
    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class TextStyle:
    """How the paragraphs of one Style look. Points; indents in characters of `size` + `spacing`."""

    role: Role
    size: float
    pitch: float  # from baseline to baseline
    align: Align = Align.JUSTIFY
    first_indent: float = 0
    right_indent: float = 0
    spacing: float = 0  # after every character
    gap: float = 0  # em between a Chinese character and a Latin one
    bold: bool = False  # a face without a bold cut is drawn with a thin outline, as Word does
    keep_next: bool = False  # never the last line of a page

    @property
    def character(self) -> float:
        """How far one Chinese character advances."""
        return self.size + self.spacing


@dataclass(frozen=True)
class TableStyle:
    """How tables are set. A row is as high as its lines and no lower than `row_height`."""

    role: Role
    size: float
    pitch: float
    row_height: float
    padding: float
    rule: float
    gap: float = 0
    margin: float = 0  # above and below a cell's text
    numbers: float = 0  # the size of numbers where they fit; 0: that of the labels
    band: str = ""  # RRGGBB behind bands such as 第二十条第（一）项
    bold_rows: bool = False  # headings across all columns of headings, such as 一、本年新收…, are bold


@dataclass(frozen=True)
class Spaces:
    """Points of white space around what is no text; these where an older file says nothing of it."""

    above_table: float = 0
    below_table: float = 0
    above_figure: float = 6
    below_figure: float = 6


@dataclass(frozen=True)
class PageNumberStyle:
    role: Role
    size: float
    text: str  # field {number}
    below: float  # millimetres from the type area to the top of the figures
    indent: float  # characters
    outer: bool  # right on odd pages and left on even ones
    align: Align = Align.CENTER  # on all pages, where it is not at the outer corner


@dataclass(frozen=True)
class HeadStyle:
    """版头 (GB/T 9704 7.2); {unit}, {date} and {year} in the texts are those of the report."""

    issuer: str  # 发文机关标志: {unit}文件
    number: str = ""  # 发文字号: 甲政发〔{year}〕1号
    signer: str = ""  # 签发人, of what goes to a higher office
    colour: str = "E60012"
    size: float = 42  # points of 发文机关标志, where it fits one line
    above: float = 35  # millimetres from the type area's top to it


@dataclass(frozen=True)
class ImprintStyle:
    """版记 (7.4) at the foot of the last page."""

    copies: str = ""  # 抄送
    office: str = ""  # 印发机关
    date: str = ""  # 印发日期, without 印发


@dataclass(frozen=True, eq=False)  # one object a file: what was set in it is remembered by it
class PageStyle:
    """One page style. Millimetres for paper and margins, points elsewhere."""

    key: str  # the file's name
    name: str  # shown to the clerk
    page_width_mm: float
    page_height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    pitch: float
    characters_per_line: int
    widow_control: bool  # no first or last line of a paragraph alone on a page
    texts: Mapping[Style, TextStyle]
    table: TableStyle
    page_number: PageNumberStyle
    spaces: Spaces = Spaces()
    stacked: TableStyle | None = None  # of the tables under bands (表二), where it differs
    head: HeadStyle | None = None
    imprint: ImprintStyle | None = None

    @property
    def width_mm(self) -> float:
        """Of the type area (版心)."""
        return self.page_width_mm - self.left_mm - self.right_mm

    @property
    def height_mm(self) -> float:
        return self.page_height_mm - self.top_mm - self.bottom_mm

    @property
    def width(self) -> float:
        """Of the type area, points."""
        return self.width_mm * MM

    @property
    def height(self) -> float:
        return self.height_mm * MM

    @cached_property
    def with_airy_tables(self) -> "PageStyle":
        """For lists and forms, whose cells hold sentences: room between the text and the rules."""
        table = replace(self.table, padding=2.5, margin=1.75, numbers=0)
        return replace(self, table=table, stacked=None, head=None, imprint=None)

    def for_table(self, block: TableBlock) -> "PageStyle":
        """The page style in which one table is set."""
        return self._with_stacked_tables if self.stacked and _is_stacked(block) else self

    @cached_property
    def _with_stacked_tables(self) -> "PageStyle":
        return replace(self, table=self.stacked or self.table, stacked=None)

    def text(self, style: Style | None) -> TextStyle:
        """How a paragraph looks; one without a style is body text."""
        return self.texts[style or Style.BODY]


def _is_stacked(block: TableBlock) -> bool:
    """An official table under bands: 表二."""
    return any(cell.role is CellRole.BAND for cell in block.cells) and any(cell.ref for cell in block.cells)


@cache
def page_style_keys() -> tuple[str, ...]:
    """The page styles there are, the default first."""
    return tuple(sorted(_files(), key=lambda key: (key != DEFAULT, key)))


def _files() -> dict[str, Path]:
    """Ours and those in the user's folder, where one of the same name stands in for ours."""
    folders = (templates() / _FOLDER, user_data() / _FOLDER)
    return {path.stem: path for folder in folders if is_folder(folder) for path in folder.glob("*.toml")}


@cache
def page_style(key: str = DEFAULT) -> PageStyle:
    """The page style of this name; UserError when there is none."""
    if key not in page_style_keys():
        raise UserError(f"没有名为“{key}”的版式", "请在“版式”中另选一种")
    return load_page_style(_files()[key])


def load_page_style(path: Path) -> PageStyle:
    """One file → PageStyle; UserError, naming the file and the entry, when something is missing, unknown or odd."""
    try:
        return _page_style(path.stem, own_files.read_toml(path))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as reason:
        raise UserError(f"版式文件“{path.name}”有误：{reason}", "请更正这个文件，或者删去它") from reason


def _page_style(key: str, data: dict[str, Any]) -> PageStyle:
    page, letters, styles = data["page"], data["letters"], data["styles"]
    # styles of an office that were written before there were 附件: as a heading, at the left edge
    styles.setdefault(Style.ATTACHMENT.value, {**styles["heading1"], "first_indent": 0})
    texts = {Style(name): _text(entry, page["pitch"], letters) for name, entry in styles.items()}
    if absent := set(Style) - set(texts):
        raise KeyError("缺少 styles." + "、".join(sorted(absent)))
    width, height = page["size"]
    table, stacked = data["table"], data["table"].pop("stacked", {})
    margins = page["margins"]
    made = PageStyle(
        key=key,
        name=data["name"],
        page_width_mm=width,
        page_height_mm=height,
        top_mm=margins["top"],
        bottom_mm=margins["bottom"],
        left_mm=margins["left"],
        right_mm=margins["right"],
        pitch=page["pitch"],
        characters_per_line=page["characters_per_line"],
        widow_control=page["widow_control"],
        texts=texts,
        table=_table(table),
        stacked=_table({**table, **stacked}) if stacked else None,
        page_number=_page_number(data["page_number"]),
        head=_head(data["head"]) if "head" in data else None,
        imprint=ImprintStyle(**_known(data["imprint"], ImprintStyle)) if "imprint" in data else None,
        spaces=Spaces(**_known(data.get("spaces", {}), Spaces)),
    )
    if not all(_is_one(one, float) for one in (width, height, page["pitch"], *margins.values())):
        raise ValueError(f"page = {page}")
    if made.width < 200 or made.height < 200:
        raise ValueError("页边距太大")
    if not all(0 <= space <= 72 for space in astuple(made.spaces)):
        raise ValueError(f"spaces = {made.spaces}")
    return made


def _table(data: dict[str, Any]) -> TableStyle:
    made = TableStyle(**_entry(data, TableStyle))
    if made.band and not _COLOUR.fullmatch(made.band):
        raise ValueError(f"band = {made.band}")
    if made.numbers and not 4 <= made.numbers <= 72:
        raise ValueError(f"numbers = {made.numbers}")
    return made


def _page_number(data: dict[str, Any]) -> PageNumberStyle:
    made = PageNumberStyle(**_entry(data, PageNumberStyle))
    if "{number}" not in made.text:
        raise ValueError(f"page_number.text = {made.text}")
    return replace(made, align=Align(made.align))


def _head(data: dict[str, Any]) -> HeadStyle:
    made = HeadStyle(**_known(data, HeadStyle))
    if not _COLOUR.fullmatch(made.colour) or not 22 <= made.size <= 72 or not 0 <= made.above <= 100:
        raise ValueError(f"head = {made}")
    return made


def _text(data: dict[str, Any], pitch: float, letters: dict[str, float]) -> TextStyle:
    """One entry of [styles]; `spaced` says that the spacing of [letters] applies to it."""
    entry = {"pitch": pitch, "align": Align.JUSTIFY, "gap": letters["gap"], **data}
    if entry.pop("spaced", False):
        entry["spacing"] = letters["spacing"]
    entry["align"] = Align(entry["align"])
    return TextStyle(**_entry(entry, TextStyle))


def _entry(data: dict[str, Any], kind: type) -> dict[str, Any]:
    """The entry as arguments of `kind`; ValueError for an unknown key or a size that no page has."""
    for name in ("size", "pitch"):
        if name in data and not 4 <= data[name] <= 72:
            raise ValueError(f"{name} = {data[name]}")
    return {**_known(data, kind), "role": Role(data["role"])}


def _known(data: dict[str, Any], kind: type) -> dict[str, Any]:
    """The entry as it stands; ValueError for an unknown key, and for a value that is none of its kind."""
    declared = {field.name: field.type for field in fields(kind)}
    if unknown := set(data) - set(declared):
        raise ValueError("不认识 " + "、".join(sorted(unknown)))
    for name, value in data.items():
        if not _is_one(value, declared[name]):
            raise ValueError(f"{name} = {value}")
    return data


def _is_one(value: object, kind: object) -> bool:
    """Whether it is a number that paper has room for, a text or a yes or no, where one is asked for."""
    if kind is float:
        return type(value) in (int, float) and -_MOST <= value <= _MOST  # type: ignore[operator]
    return kind not in (bool, str) or type(value) is kind
