"""申请登记 and 各类信息发布数量 in report.json: how they are written and read back."""

from typing import Any

from app.report.model import Application, CountLine, Counts, Report
from app.storage import strict
from app.storage.migrations import Json

_MOST = 99_999_999


def register_json(report: Report) -> list[Json]:
    return [_application_json(one) for one in report.register]


def _application_json(one: Application) -> Json:
    data: Json = {
        key: getattr(one, key) for key in ("number", "applicant", "result", "note") if getattr(one, key)
    }
    for key in ("received_on", "answered_on"):
        if (day := getattr(one, key)) is not None:
            data[key] = day.isoformat()
    if one.is_carried_in:
        data["carried_in"] = True
    return data


def one_application(data: Any, _sections: frozenset[str]) -> Application:
    optional = ("number", "received_on", "applicant", "result", "answered_on", "carried_in", "note")
    strict.keys(data, "register", (), optional)
    texts = {
        key: strict.text(data.get(key, ""), f"register.{key}")
        for key in ("number", "applicant", "result", "note")
    }
    days = {
        key: strict.date_of(data[key], f"register.{key}") if key in data else None
        for key in ("received_on", "answered_on")
    }
    is_carried_in = data.get("carried_in", False)
    if not isinstance(is_carried_in, bool):
        raise strict.damaged("“register.carried_in”读不通")
    return Application(
        texts["number"],
        days["received_on"],
        texts["applicant"],
        texts["result"],
        days["answered_on"],
        is_carried_in,
        texts["note"],
    )


def counts_json(report: Report) -> list[Json]:
    return [{"kind": one.kind, "lines": [_line_json(line) for line in one.lines]} for one in report.counts]


def _line_json(line: CountLine) -> Json:
    data: Json = {"name": line.name}
    data |= {
        key: number for key, number in (("value", line.value), ("last", line.last)) if number is not None
    }
    return data


def one_counts(data: Any, _sections: frozenset[str]) -> Counts:
    strict.keys(data, "counts", ("kind", "lines"))
    lines = tuple(_line(one) for one in strict.list_of(data, "lines"))
    return Counts(strict.text(data["kind"], "counts.kind"), lines)


def _line(data: Any) -> CountLine:
    strict.keys(data, "counts.lines", ("name",), ("value", "last"))
    value, last = (
        strict.integer(data[key], f"counts.lines.{key}", least=0, most=_MOST) if key in data else None
        for key in ("value", "last")
    )
    return CountLine(strict.text(data["name"], "counts.lines.name"), value, last)
