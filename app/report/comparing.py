"""What differs between two reports: cells by their printed names, texts by paragraphs with the words that changed, the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition
from app.report.entry import show_value
from app.report.model import (
    INTRODUCTION,
    Agency,
    Chart,
    Explanation,
    PageSettings,
    Picture,
    Report,
    Signature,
    SignaturePlace,
)

# What is one word when two texts are laid over each other: 237, 28.5%, gov, a stretch of spaces, one character.
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[A-Za-z]+|\s+|.", re.S)
_MOST_TOKENS = 4000  # of a paragraph: beyond it the paragraph is one change
_ALIKE = 0.4  # two paragraphs at least so alike are one that was changed
_PLACES = {
    SignaturePlace.END: "正文之后",
    SignaturePlace.UNDER_TITLE: "标题之下",
    SignaturePlace.NONE: "不写",
}
_AGENCY = {
    "name": "单位全称",
    "short_name": "简称",
    "office": "联系科室",
    "address": "地址",
    "postcode": "邮政编码",
    "phone": "联系电话",
    "email": "电子邮箱",
    "website": "网站",
}
_PAGE_SETTINGS = {
    "number_text": "页码",
    "number_place": "页码位置",
    "band": "表格底色",
    "issuer": "发文机关标志",
    "number": "发文字号",
    "signer": "签发人",
    "copies": "抄送",
    "office": "印发机关",
    "printed_on": "印发日期",
    "title": "标题",
}
BLANK = "空"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a changed paragraph: " " stands in both, "-" only in the first, "+" only in the second."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same. `old` or `new` is "" where there was nothing, or is nothing any more."""

    section: str  # key of a section, INTRODUCTION, or "" for what belongs to the whole report
    place: str  # in printed words: 表三 · 一、本年新收… · 自然人
    old: str
    new: str
    cell: CellRef | None = None
    pieces: tuple[Piece, ...] = ()  # of a paragraph that is in both

    @property
    def kind(self) -> str:
        """cell, text or other."""
        if self.cell is not None:
            return "cell"
        return "text" if self.section else "other"


def differences(old: Report, new: Report) -> list[Difference]:
    """All of them, in printed order: what belongs to the whole report, the texts and tables section by section, 落款."""
    form = form_of(new.form)
    found = list(_whole(old, new))
    for section in (INTRODUCTION, *(one.key for one in form.sections)):
        found += _texts(form, section, old, new)
        found += _cells(form, section, old, new)
    found += _cells_of_another_edition(old, new)
    found += _figures(form, old, new)
    found += _signature(old.signature, new.signature)
    found += _listed(
        "附件",
        old.attachments,
        new.attachments,
        lambda one: f"{one.name}{f'：{one.text}' if one.text else ''}",
    )
    found += _settings(old.page_settings, new.page_settings)
    found += _apart(old, new)
    return found


def summary(found: Sequence[Difference]) -> str:
    """How many of what, in one sentence."""
    words = (("cell", "表格{}格"), ("text", "文字{}段"), ("other", "其他{}项"))
    parts = [
        text.format(number) for kind, text in words if (number := sum(one.kind == kind for one in found))
    ]
    return f"共{len(found)}处不同：{'，'.join(parts)}。" if parts else "内容完全相同。"


# -- the whole report ----------------------------------------------------------------------------------------------------------


def _whole(old: Report, new: Report) -> Iterator[Difference]:
    if old.form != new.form:
        yield Difference("", "格式", f"{old.form}年版", f"{new.form}年版")
    if old.year != new.year:
        yield Difference("", "报告年度", f"{old.year}年", f"{new.year}年")
    yield from _named(old.agency, new.agency)
    if old.processing_fee != new.processing_fee:
        yield Difference("", "信息处理费（元）", _shown(old.processing_fee), _shown(new.processing_fee))


def _named(old: Agency, new: Agency) -> Iterator[Difference]:
    for key, name in _AGENCY.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Difference("", name, before, after)


def _signature(old: Signature, new: Signature) -> Iterator[Difference]:
    pairs = (
        ("落款单位", old.agency, new.agency),
        ("成文日期", _day(old.issued_on), _day(new.issued_on)),
        ("落款位置", _PLACES[old.place], _PLACES[new.place]),
    )
    for name, before, after in pairs:
        if before != after:
            yield Difference("", name, before, after)


def _settings(old: PageSettings | None, new: PageSettings | None) -> Iterator[Difference]:
    """版面设置, each by its name."""
    for key, name in _PAGE_SETTINGS.items():
        before, after = (getattr(one or PageSettings(), key) for one in (old, new))
        if before != after:
            yield Difference("", name, before, after)


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _shown(value: Any) -> str:
    return show_value(value) or BLANK


# -- tables --------------------------------------------------------------------------------------------------------------------


def cell_place(form: FormDefinition, ref: CellRef) -> str:
    """表三 · 一、… · 自然人: the table and the printed headings of a cell."""
    section = form.section_of(ref)
    table = next(one for one in section.tables if one.key == ref.table)
    rows, columns = table.path(ref)
    return " · ".join(one for one in (section.table_name, *rows, *columns) if one)


def _cells(form: FormDefinition, section: str, old: Report, new: Report) -> Iterator[Difference]:
    if section == INTRODUCTION:
        return
    for ref in form.section(section).cells:
        before, after = old[ref], new[ref]
        if before != after:
            yield Difference(section, cell_place(form, ref), _shown(before), _shown(after), ref)


def _cells_of_another_edition(old: Report, new: Report) -> Iterator[Difference]:
    """What only the old edition has a cell for."""
    if old.form == new.form:
        return
    form, known = form_of(old.form), form_of(new.form).cell_set
    for ref in form.cells:
        if ref not in known and old[ref] is not None:
            yield Difference(form.section_of(ref).key, cell_place(form, ref), _shown(old[ref]), "", ref)


# -- texts ---------------------------------------------------------------------------------------------------------------------


def _texts(form: FormDefinition, section: str, old: Report, new: Report) -> Iterator[Difference]:
    before, after = old.paragraphs(section), new.paragraphs(section)
    if before == after:
        return
    title = "引言" if section == INTRODUCTION else form.section(section).title
    for index, first, second in _paired(before, after):
        place = f"{title} · 第{index + 1}段"
        pieces = words_changed(first, second) if first and second else ()
        yield Difference(section, place, first, second, pieces=pieces)


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(number, old, new) of the paragraphs that differ; "" where one has no counterpart."""
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = list(before[a1:a2]), list(after[b1:b2])
        partner = _partners(gone, come)
        taken = set(partner.values())
        for number, text in enumerate(gone):
            if number not in partner:
                yield a1 + number, text, ""
            else:
                yield b1 + partner[number], text, come[partner[number]]
        for number, text in enumerate(come):
            if number not in taken:
                yield b1 + number, "", text


def _partners(gone: Sequence[str], come: Sequence[str]) -> dict[int, int]:
    """Which paragraph of `gone` became which of `come`, in their order."""
    if len(gone) == 1 == len(come):
        return {0: 0}
    found, start = {}, 0
    for number, text in enumerate(gone):
        best, most = -1, _ALIKE
        for other in range(start, min(len(come), start + 20)):
            alike = SequenceMatcher(None, text, come[other], autojunk=False)
            if alike.real_quick_ratio() > most and alike.quick_ratio() > most and alike.ratio() > most:
                best, most = other, alike.ratio()
        if best >= 0:
            found[number], start = best, best + 1
    return found


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """The two paragraphs laid over each other: a number is one word, so is a Latin word, so is each character."""
    first, second = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(first) > _MOST_TOKENS or len(second) > _MOST_TOKENS:
        return Piece("-", old), Piece("+", new)
    pieces: list[Piece] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ", "".join(first[a1:a2])))
            continue
        if a2 > a1:
            pieces.append(Piece("-", "".join(first[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("+", "".join(second[b1:b2])))
    return tuple(pieces)


# -- pictures, charts and what is not printed ------------------------------------------------------------------------------------


def _figures(form: FormDefinition, old: Report, new: Report) -> Iterator[Difference]:
    def title(one: Picture | Chart) -> str:
        return "引言" if one.section == INTRODUCTION else form.section(one.section).title

    for kind, before, after, name in (
        ("图片", old.pictures, new.pictures, lambda one: one.caption or one.name),
        ("统计图", old.charts, new.charts, lambda one: one.title),
    ):
        yield from _listed(kind, before, after, lambda one, name=name: f"{title(one)}：{name(one)}")


def _apart(old: Report, new: Report) -> Iterator[Difference]:
    """出错说明, 申请登记, 各类数量, 收数表: in the file and on the check sheet, not in the public report."""

    def reason(one: Explanation) -> str:
        return f"{one.rule} {one.quote or '、'.join(one.figures)}：{one.reason}"

    yield from _listed("出错说明", old.explanations, new.explanations, reason)
    if old.register != new.register:
        yield Difference("", "申请登记", f"{len(old.register)}条", f"{len(new.register)}条（内容有改动）")
    if old.counts != new.counts:
        before, after = (sum(len(one.lines) for one in report.counts) for report in (old, new))
        yield Difference("", "各类信息数量", f"{before}行", f"{after}行（内容有改动）")
    if old.collected != new.collected:
        units = (f"{len(report.collected)}个单位" for report in (old, new))
        yield Difference("", "收数表", next(units), f"{next(units)}（内容有改动）")


def _listed(kind: str, before: Iterable[Any], after: Iterable[Any], words: Any) -> Iterator[Difference]:
    old, new = list(before), list(after)
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    for one in gone:
        yield Difference("", kind, words(one), "")
    for one in come:
        yield Difference("", kind, "", words(one))
    if not gone and not come and old != new:
        yield Difference("", kind, "顺序", "顺序有改动")


# -- for programs --------------------------------------------------------------------------------------------------------------


def as_json(old: Report, new: Report, found: Sequence[Difference]) -> Mapping[str, Any]:
    """For `nianbao compare --json`."""
    return {
        "same": not found,
        "old": {"form": old.form, "year": old.year, "agency": old.agency.name},
        "new": {"form": new.form, "year": new.year, "agency": new.agency.name},
        "differences": [
            {
                "kind": one.kind,
                "section": one.section,
                "place": one.place,
                "cell": str(one.cell) if one.cell else None,
                "old": one.old,
                "new": one.new,
                "words": [[piece.sign, piece.text] for piece in one.pieces],
            }
            for one in found
        ],
    }
