"""What units gave in 收数表, in report.json: how it is written and read back."""

from decimal import Decimal
from typing import Any

from app.form.model import CellRef, Value
from app.report.entry import show_value
from app.report.model import MOST_COUNT, Contribution, Report
from app.storage import strict
from app.storage.migrations import Json


def collected_json(report: Report) -> list[Json]:
    return [_contribution_json(one) for one in report.collected]


def _contribution_json(one: Contribution) -> Json:
    data: Json = {"unit": one.unit}
    if one.contact:
        data["contact"] = one.contact
    data["cells"] = {
        str(ref): show_value(value) if isinstance(value, Decimal) else value for ref, value in one.cells
    }
    return data


def one_contribution(data: Any, _sections: frozenset[str]) -> Contribution:
    strict.keys(data, "collected", ("unit", "cells"), ("contact",))
    if not isinstance(data["cells"], dict):
        raise strict.damaged("“collected.cells”读不通")
    return Contribution(
        strict.text(data["unit"], "collected.unit"),
        strict.text(data.get("contact", ""), "collected.contact"),
        tuple(_given(key, value) for key, value in data["cells"].items()),
    )


def _given(key: str, value: Any) -> tuple[CellRef, Value]:
    """件 are integers, 万元 a text, as in the tables themselves."""
    ref = strict.cell(key, "collected.cells")
    if isinstance(value, str):
        return ref, strict.decimal(value, f"collected.{key}")
    return ref, strict.integer(value, f"collected.{key}", least=-MOST_COUNT, most=MOST_COUNT)
