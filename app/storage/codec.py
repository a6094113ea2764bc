"""Report ↔ the JSON of contract.md. Strict: what is not known exactly is refused in words, nothing is dropped."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from app.entry import show_value
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Value, ValueKind
from app.report import INTRODUCTION, Agency, Chart, Pending, Picture, Report, Signature, SignaturePlace
from app.storage.migrations import VERSION, Json, migrate

SCHEMA = "gknb"
_REQUIRED = ("schema", "version", "form", "year", "agency", "cells", "narratives", "signature")
_OPTIONAL = ("processing_fee", "pictures", "pending", "charts")
_AGENCY = tuple(one.name for one in fields(Agency))
_DECIMAL = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A picture's file name inside the zip: one path component that every system can hold.
_NOT_IN_NAMES = r'\x00-\x1f\ud800-\udfff/\\:*?"<>|'
_FILE_NAME = re.compile(f"[^{_NOT_IN_NAMES}.][^{_NOT_IN_NAMES}]{{0,99}}")


# -- writing ---------------------------------------------------------------------------------------------------------------


def to_json(report: Report) -> Json:
    """The report as contract.md has it, in form order; empty optional keys are left out, pictures without their data."""
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
    if report.pending:
        data["pending"] = [
            {"section": one.section, "start": one.start, "end": one.end, "text": one.text}
            for one in report.pending
        ]
    if report.charts:
        data["charts"] = [_chart_json(one) for one in report.charts]
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


def _chart_json(chart: Chart) -> Json:
    data: Json = {
        "title": chart.title,
        "section": chart.section,
        "labels": list(chart.labels),
        "series": [{"name": name, "values": list(values)} for name, values in chart.series],
    }
    if chart.after >= 0:
        data["after"] = chart.after
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
        raise damaged("内容读不通") from None
    if not isinstance(found, dict):
        raise damaged("内容不是一份报告")
    return found


def from_json(data: Json, pictures: Mapping[str, bytes] | None = None) -> Report:
    """JSON of any known version → the report; `pictures` holds the data by name, and must hold exactly those listed."""
    if data.get("schema") != SCHEMA:
        raise UserError("这不是本程序的报告文件", "请确认选对了文件")
    data = migrate(data)
    _keys(data, "", _REQUIRED, _OPTIONAL)
    form = form_of(_text(data["form"], "form"))
    sections = frozenset(sections_of(form))
    found = dict(pictures or {})
    report = Report(
        form=form.id,
        year=_integer(data["year"], "year", least=1, most=9998),
        agency=_agency(data["agency"]),
        values=_values(data["cells"], form),
        narratives=_narratives(data["narratives"], sections),
        signature=_signature(data["signature"]),
        processing_fee=_decimal(data["processing_fee"], "processing_fee")
        if "processing_fee" in data
        else None,
        pictures=tuple(_picture(one, sections, found) for one in _list(data, "pictures")),
        pending=tuple(_pending(one, sections) for one in _list(data, "pending")),
        charts=tuple(_chart(one, sections) for one in _list(data, "charts")),
    )
    if found:
        raise damaged(f"多出了图片“{min(found)}”")
    return report


def damaged(what: str) -> UserError:
    """One refusal for everything that is not as this program writes it."""
    return UserError(f"{what}，文件可能已损坏", "请换用备份，或从原来的文件重新导入")


def _unknown(name: str) -> UserError:
    return UserError(f"文件里有本程序不认识的内容“{name}”，可能由更新版本的程序保存", "请升级程序后再打开")


def _distinct(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _keys(data: Any, place: str, required: Iterable[str], optional: Iterable[str] = ()) -> None:
    """An object with all of `required` and nothing beyond `optional`."""
    if not isinstance(data, dict):
        raise damaged(f"“{place}”读不通")
    required = tuple(required)
    for key in data:
        if key not in required and key not in optional:
            raise _unknown(f"{place}.{key}" if place else key)
    for key in required:
        if key not in data:
            raise damaged(f"缺少“{place}.{key}”" if place else f"缺少“{key}”")


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise damaged(f"“{place}”不是文字")
    return value


def _integer(value: Any, place: str, least: int | None = None, most: int | None = None) -> int:
    if type(value) is not int:
        raise damaged(f"“{place}”不是整数")
    if (least is not None and value < least) or (most is not None and value > most):
        raise damaged(f"“{place}”的数值{value}不合理")
    return value


def _decimal(value: Any, place: str) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise damaged(f"“{place}”不是金额")
    return Decimal(value)


def _list(data: Json, key: str) -> list[Any]:
    found = data.get(key, [])
    if not isinstance(found, list):
        raise damaged(f"“{key}”读不通")
    return found


def _section(value: Any, place: str, sections: frozenset[str]) -> str:
    if _text(value, place) not in sections:
        raise _unknown(f"{place}“{value}”")
    return str(value)


def _agency(data: Any) -> Agency:
    _keys(data, "agency", ("name",), _AGENCY)
    return Agency(**{key: _text(value, f"agency.{key}") for key, value in data.items()})


def _values(data: Any, form: FormDefinition) -> dict[CellRef, Value]:
    if not isinstance(data, dict):
        raise damaged("“cells”读不通")
    values: dict[CellRef, Value] = {}
    for key, value in data.items():
        ref = CellRef(*key.split(".")) if key.count(".") == 2 else None
        if ref not in form.cell_set or ref is None:
            raise _unknown(key)
        kind = form.kind(ref)
        if kind is ValueKind.MONEY:
            values[ref] = _decimal(value, key)
        else:
            values[ref] = _integer(value, key, least=None if kind is ValueKind.SIGNED else 0)
    return values


def _narratives(data: Any, sections: frozenset[str]) -> dict[str, str]:
    _keys(data, "narratives", (), sections)
    return {key: _text(value, f"narratives.{key}") for key, value in data.items()}


def _signature(data: Any) -> Signature:
    _keys(data, "signature", (), ("agency", "issued_on", "place"))
    place = _text(data.get("place", SignaturePlace.END.value), "signature.place")
    if place not in set(SignaturePlace):
        raise _unknown(f"signature.place“{place}”")
    issued_on = _date(data["issued_on"], "signature.issued_on") if "issued_on" in data else None
    return Signature(_text(data.get("agency", ""), "signature.agency"), issued_on, SignaturePlace(place))


def _date(value: Any, place: str) -> date:
    try:
        if not _DATE.fullmatch(_text(value, place)):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise damaged(f"“{place}”不是日期") from None


def _picture(data: Any, sections: frozenset[str], found: dict[str, bytes]) -> Picture:
    """Takes the picture's data out of `found`."""
    _keys(data, "pictures", ("name", "section"), ("caption", "after"))
    name = _text(data["name"], "pictures.name")
    if not is_picture_name(name) or name not in found:
        raise damaged(f"图片“{name}”不在文件里")
    return Picture(
        name=name,
        section=_section(data["section"], "pictures.section", sections),
        caption=_text(data.get("caption", ""), "pictures.caption"),
        after=_integer(data.get("after", -1), "pictures.after", least=-1),
        data=found.pop(name),
    )


def is_picture_name(name: str) -> bool:
    """Whether a picture may be called so inside the file: one plain file name."""
    return _FILE_NAME.fullmatch(name) is not None


def _pending(data: Any, sections: frozenset[str]) -> Pending:
    _keys(data, "pending", ("section", "start", "end", "text"))
    start = _integer(data["start"], "pending.start", least=0)
    return Pending(
        section=_section(data["section"], "pending.section", sections),
        start=start,
        end=_integer(data["end"], "pending.end", least=start),
        text=_text(data["text"], "pending.text"),
    )


def _chart(data: Any, sections: frozenset[str]) -> Chart:
    _keys(data, "charts", ("title", "section", "labels", "series"), ("after",))
    labels = tuple(_text(one, "charts.labels") for one in _list(data, "labels"))
    series = tuple(_series(one) for one in _list(data, "series"))
    if not Chart.fits(labels, series):
        raise damaged("统计图的数字和项目对不上")
    return Chart(
        title=_text(data["title"], "charts.title"),
        section=_section(data["section"], "charts.section", sections),
        labels=labels,
        series=series,
        after=_integer(data.get("after", -1), "charts.after", least=-1),
    )


def _series(data: Any) -> tuple[str, tuple[int | None, ...]]:
    _keys(data, "charts.series", ("name", "values"))
    values = (
        None if one is None else _integer(one, "charts.series.values", least=0)
        for one in _list(data, "values")
    )
    return _text(data["name"], "charts.series.name"), tuple(values)
