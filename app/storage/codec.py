"""Report ↔ report.json (docs/gknb.md). Strict: what is not known exactly is refused in words, nothing is dropped."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, NoReturn

from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Value, ValueKind
from app.report.entry import show_value
from app.report.model import INTRODUCTION, MOST_COUNT, Agency, Picture, Report, Signature, SignaturePlace
from app.storage import strict
from app.storage.migrations import VERSION, Json, migrate
from app.storage.parts.optional import PARTS

SCHEMA = "gknb"
_REQUIRED = ("schema", "version", "form", "year", "agency", "cells", "narratives", "signature")
_OPTIONAL = ("processing_fee", "pictures", *(part.key for part in PARTS))
_AGENCY = tuple(one.name for one in fields(Agency))
# A picture's file name inside the zip: one path component that every system can hold.
_NOT_IN_NAMES = r'\x00-\x1f\ud800-\udfff/\\:*?"<>|'
_FILE_NAME = re.compile(f"[^{_NOT_IN_NAMES}.][^{_NOT_IN_NAMES}]{{0,99}}")


# -- writing ---------------------------------------------------------------------------------------------------------------


def to_json(report: Report) -> Json:
    """The report as docs/gknb.md has it, in form order; empty optional keys are left out, pictures without their data."""
    form = form_of(report.form)
    unknown = report.values.keys() - form.cell_set
    if unknown:
        raise ValueError(f"cells that edition {form.id} does not have: {sorted(map(str, unknown))}")
    data: Json = {
        "schema": SCHEMA,
        "version": VERSION,
        "form": report.form,
        "year": report.year,
        "agency": _agency_json(report.agency),
        "cells": {
            str(ref): _value_json(form, ref, report[ref]) for ref in form.cells if ref in report.values
        },
        "narratives": _in_order(report.narratives, sections_of(form)),
        "signature": _signature_json(report.signature),
    }
    if report.processing_fee is not None:
        data["processing_fee"] = show_value(report.processing_fee)
    if report.pictures:
        data["pictures"] = [_picture_json(one) for one in report.pictures]
    for part in PARTS:
        if not part.is_empty(report):
            data[part.key] = part.write(report)
    return data


def dump(report: Report) -> bytes:
    """`report.json`: the same bytes for the same report."""
    text = json.dumps(to_json(report), ensure_ascii=False, indent=1)
    return (text + "\n").encode(
        "utf-8", "backslashreplace"
    )  # half a surrogate pair becomes JSON's own \ud83d


def sections_of(form: FormDefinition) -> tuple[str, ...]:
    """The keys under which a narrative may stand."""
    return (INTRODUCTION, *(section.key for section in form.sections))


def _value_json(form: FormDefinition, ref: CellRef, value: Value | None) -> int | str:
    if form.kind(ref) is ValueKind.MONEY:
        return show_value(value)
    if value is None or value != int(value):
        raise ValueError(f"{ref} is not a count: {value}")
    if abs(int(value)) > MOST_COUNT:  # it could not be opened again
        raise UserError(f"“{ref}”的数太大，没有保存", "请改正后再保存")
    return int(value)


def _agency_json(agency: Agency) -> Json:
    optional = {key: getattr(agency, key) for key in _AGENCY[1:]}
    return {"name": agency.name} | {key: text for key, text in optional.items() if text}


def _signature_json(signature: Signature) -> Json:
    data: Json = {"agency": signature.agency} if signature.agency else {}
    if signature.issued_on:
        data["issued_on"] = signature.issued_on.isoformat()
    if signature.place is not SignaturePlace.END:
        data["place"] = signature.place.value
    return data


def _picture_json(picture: Picture) -> Json:
    data: Json = {"name": picture.name, "section": picture.section}
    if picture.caption:
        data["caption"] = picture.caption
    if picture.after >= 0:
        data["after"] = picture.after
    return data


def _in_order(texts: Mapping[str, str], order: Iterable[str]) -> dict[str, str]:
    known = {key: texts[key] for key in order if key in texts}
    return known | {key: texts[key] for key in sorted(texts.keys() - known.keys())}


# -- reading ---------------------------------------------------------------------------------------------------------------


def load(data: bytes) -> Json:
    """The bytes of a JSON file → its object, UserError when they are not one object with distinct keys."""
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_distinct, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise strict.damaged("内容读不通") from None
    if not isinstance(found, dict):
        raise strict.damaged("内容不是一份报告")
    return found


def from_json(data: Json, pictures: Mapping[str, bytes] | None = None) -> Report:
    """JSON of any known version → the report; `pictures` holds the data by name, and must hold exactly those listed."""
    if data.get("schema") != SCHEMA:
        raise UserError("这不是本程序的报告文件", "请确认选对了文件")
    data = migrate(data)
    strict.keys(data, "", _REQUIRED, _OPTIONAL)
    form = form_of(strict.text(data["form"], "form"))
    sections = frozenset(sections_of(form))
    found = dict(pictures or {})
    report = Report(
        form=form.id,
        year=strict.integer(data["year"], "year", least=1, most=9998),
        agency=_agency(data["agency"]),
        values=_values(data["cells"], form),
        narratives=_narratives(data["narratives"], sections),
        signature=_signature(data["signature"]),
        processing_fee=strict.decimal(data["processing_fee"], "processing_fee")
        if "processing_fee" in data
        else None,
        pictures=tuple(_picture(one, sections, found) for one in strict.list_of(data, "pictures")),
        **{part.key: part.read(data[part.key], sections) for part in PARTS if part.key in data},
    )
    if found:
        raise strict.damaged(f"多出了图片“{min(found)}”")
    return report


def _distinct(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _agency(data: Any) -> Agency:
    strict.keys(data, "agency", ("name",), _AGENCY)
    return Agency(**{key: strict.text(value, f"agency.{key}") for key, value in data.items()})


def _values(data: Any, form: FormDefinition) -> dict[CellRef, Value]:
    if not isinstance(data, dict):
        raise strict.damaged("“cells”读不通")
    values: dict[CellRef, Value] = {}
    for key, value in data.items():
        ref = CellRef(*key.split(".")) if key.count(".") == 2 else None
        if ref not in form.cell_set or ref is None:
            raise strict.unknown(key)
        kind = form.kind(ref)
        if kind is ValueKind.MONEY:
            values[ref] = strict.decimal(value, key)
        else:
            least = -MOST_COUNT if kind is ValueKind.SIGNED else 0
            values[ref] = strict.integer(value, key, least=least, most=MOST_COUNT)
    return values


def _narratives(data: Any, sections: frozenset[str]) -> dict[str, str]:
    strict.keys(data, "narratives", (), sections)
    return {key: strict.text(value, f"narratives.{key}") for key, value in data.items()}


def _signature(data: Any) -> Signature:
    strict.keys(data, "signature", (), ("agency", "issued_on", "place"))
    place = strict.text(data.get("place", SignaturePlace.END.value), "signature.place")
    if place not in set(SignaturePlace):
        raise strict.unknown(f"signature.place“{place}”")
    issued_on = strict.date_of(data["issued_on"], "signature.issued_on") if "issued_on" in data else None
    return Signature(
        strict.text(data.get("agency", ""), "signature.agency"), issued_on, SignaturePlace(place)
    )


def _picture(data: Any, sections: frozenset[str], found: dict[str, bytes]) -> Picture:
    """Takes the picture's data out of `found`."""
    strict.keys(data, "pictures", ("name", "section"), ("caption", "after"))
    name = strict.text(data["name"], "pictures.name")
    if not is_picture_name(name) or name not in found:
        raise strict.damaged(f"图片“{name}”不在文件里")
    return Picture(
        name=name,
        section=strict.section_key(data["section"], "pictures.section", sections),
        caption=strict.text(data.get("caption", ""), "pictures.caption"),
        after=strict.integer(data.get("after", -1), "pictures.after", least=-1),
        data=found.pop(name),
    )


def is_picture_name(name: str) -> bool:
    """Whether a picture may be called so inside the file: one plain file name."""
    return _FILE_NAME.fullmatch(name) is not None
