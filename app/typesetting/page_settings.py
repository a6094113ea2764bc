"""版面设置: a page style as one report has it set: page number, colour of bands, 版头 and 版记; and what can be chosen."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.documents.compose import printed_date
from app.paths import templates
from app.report.model import NO_BAND, NumberPlace, PageSettings, Report, SignaturePlace
from app.typesetting.letterhead import filled
from app.typesetting.page_style import (
    DEFAULT,
    Align,
    HeadStyle,
    ImprintStyle,
    PageNumberStyle,
    PageStyle,
    TableStyle,
    page_style,
)

_FILE = "page_settings/choices.toml"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list: what the clerk reads, what the report holds ("" as the page style has it)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what 版头 and 版记 begin with."""

    titles: tuple[Choice, ...]  # without names: they are as they will be printed
    numbers: tuple[Choice, ...]
    places: tuple[Choice, ...]
    bands: tuple[Choice, ...]
    issuer: str
    date: str
    fields: tuple[tuple[str, str], ...]  # {unit} and what the clerk reads instead

    def shown(self, text: str) -> str:
        """A text of 版头 or 版记 as the clerk reads it: 【单位】文件."""
        for field, words in self.fields:
            text = text.replace(field, words)
        return text

    def held(self, text: str) -> str:
        """The same as the report holds it."""
        for field, words in self.fields:
            text = text.replace(words, field)
        return text


@lru_cache(maxsize=1)
def choices() -> Choices:
    data = tomllib.loads((templates() / _FILE).read_text("utf-8"))

    def listed(key: str, value: str) -> tuple[Choice, ...]:
        return tuple(Choice(one["name"], one[value]) for one in data[key])

    standard = data["standard"]
    return Choices(
        listed("title", "text"),
        listed("number", "text"),
        listed("place", "place"),
        listed("band", "colour"),
        standard["issuer"],
        standard["date"],
        tuple(data["fields"].items()),
    )


def style_of(report: Report, key: str = "") -> PageStyle:
    """The page style in which a report is set, or that of another name, as the report has it set."""
    style = settled(page_style(key or report.page_style or DEFAULT), report.page_settings)
    issued_on = report.signature.issued_on
    if report.signature.place is SignaturePlace.NONE and issued_on and (style.head or style.imprint):
        return _dated(style, issued_on)
    return style


@lru_cache(maxsize=8)
def _dated(style: PageStyle, issued_on: date) -> PageStyle:
    """With the day of a report that is printed nowhere else."""
    fields = {"date": printed_date(issued_on), "year": str(issued_on.year)}
    head, imprint = style.head, style.imprint
    return replace(
        style,
        head=head and replace(head, number=filled(head.number, fields), issuer=filled(head.issuer, fields)),
        imprint=imprint and replace(imprint, date=filled(imprint.date, fields)),
    )


@lru_cache(maxsize=8)  # what was set in a page style is remembered by the very object
def settled(style: PageStyle, settings: PageSettings | None) -> PageStyle:
    """A page style with the settings of a report."""
    if settings is None:
        return style
    return replace(
        style,
        page_number=_number(style.page_number, settings),
        table=_table(style.table, settings.band),
        stacked=_table(style.stacked, settings.band) if style.stacked else None,
        head=_head(style.head, settings),
        imprint=_imprint(style.imprint, settings),
    )


def _number(style: PageNumberStyle, settings: PageSettings) -> PageNumberStyle:
    text = settings.number_text or style.text
    if not settings.number_place:
        return replace(style, text=text)
    is_outer = settings.number_place == NumberPlace.OUTER
    align = style.align if is_outer else Align(settings.number_place)
    return replace(style, text=text, outer=is_outer, align=align, indent=style.indent or float(is_outer))


def _table(style: TableStyle, band: str) -> TableStyle:
    return replace(style, band="" if band == NO_BAND else band) if band else style


def _head(style: HeadStyle | None, settings: PageSettings) -> HeadStyle | None:
    if not settings.issuer:
        return style
    made = HeadStyle(settings.issuer, settings.number, settings.signer)
    return replace(made, colour=style.colour, size=style.size, above=style.above) if style else made


def _imprint(style: ImprintStyle | None, settings: PageSettings) -> ImprintStyle | None:
    if not settings.has_imprint:
        return style
    return ImprintStyle(settings.copies, settings.office, settings.printed_on)
