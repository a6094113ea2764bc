"""The optional parts of report.json: for each its key, what is written and how it is read back. A part that is empty is left out.

To add one: a field with an empty default in `Report`, a line in PARTS, a pair of functions here or, where they are long, in a
module of their own beside this one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.report.model import (
    MOST_ATTACHMENTS,
    MOST_CHARTS,
    Attachment,
    Binding,
    Chart,
    Explanation,
    Pending,
    Report,
)
from app.storage import strict
from app.storage.migrations import Json
from app.storage.parts import collected, page_settings, register, sign_off


@dataclass(frozen=True, slots=True)
class Part:
    """`key` names it in report.json and in `Report`; `write` is called only when the part is not empty.

    `read` gets what stands under the key and the keys under which a narrative may stand; it refuses what it does not know.
    """

    key: str
    write: Callable[[Report], Any]
    read: Callable[[Any, frozenset[str]], Any]

    def is_empty(self, report: Report) -> bool:
        value = getattr(report, self.key)
        return value is None or value in ((), "")


def _pending_json(report: Report) -> list[Json]:
    return [
        {"section": one.section, "start": one.start, "end": one.end, "text": one.text}
        for one in report.pending
    ]


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


def _one_pending(data: Any, sections: frozenset[str]) -> Pending:
    strict.keys(data, "pending", ("section", "start", "end", "text"))
    start = strict.integer(data["start"], "pending.start", least=0)
    return Pending(
        section=strict.section_key(data["section"], "pending.section", sections),
        start=start,
        end=strict.integer(data["end"], "pending.end", least=start),
        text=strict.text(data["text"], "pending.text"),
    )


def _one_chart(data: Any, sections: frozenset[str]) -> Chart:
    strict.keys(data, "charts", ("title", "section", "labels", "series"), ("after",))
    labels = tuple(strict.text(one, "charts.labels") for one in strict.list_of(data, "labels"))
    series = tuple(_series(one) for one in strict.list_of(data, "series"))
    if not Chart.fits(labels, series):
        raise strict.damaged("统计图的数字和项目对不上")
    return Chart(
        title=strict.text(data["title"], "charts.title"),
        section=strict.section_key(data["section"], "charts.section", sections),
        labels=labels,
        series=series,
        after=strict.integer(data.get("after", -1), "charts.after", least=-1),
    )


def _series(data: Any) -> tuple[str, tuple[int | None, ...]]:
    strict.keys(data, "charts.series", ("name", "values"))
    values = (
        None if one is None else strict.integer(one, "charts.series.values", least=0)
        for one in strict.list_of(data, "values")
    )
    return strict.text(data["name"], "charts.series.name"), tuple(values)


def _explanation_json(one: Explanation) -> Json:
    return {
        "rule": one.rule,
        "section": one.section,
        "cells": [str(ref) for ref in one.cells],
        "quote": one.quote,
        "figures": list(one.figures),
        "reason": one.reason,
        "made_on": one.made_on.isoformat(),
    }


def _one_explanation(data: Any, _sections: frozenset[str]) -> Explanation:
    keys = ("rule", "section", "cells", "quote", "figures", "reason", "made_on")
    strict.keys(data, "explanations", keys)
    rule, section, quote, reason = (
        strict.text(data[key], f"explanations.{key}") for key in ("rule", "section", "quote", "reason")
    )
    cells = tuple(strict.cell(one, "explanations.cells") for one in strict.list_of(data, "cells"))
    figures = tuple(strict.text(one, "explanations.figures") for one in strict.list_of(data, "figures"))
    made_on = strict.date_of(data["made_on"], "explanations.made_on")
    return Explanation(rule, section, cells, quote, figures, reason, made_on)


def _binding_json(one: Binding) -> Json:
    cells = [str(ref) for ref in one.cells]
    return {"section": one.section, "start": one.start, "end": one.end, "cells": cells}


def _one_binding(data: Any, sections: frozenset[str]) -> Binding:
    strict.keys(data, "bindings", ("section", "start", "end", "cells"))
    section = strict.section_key(data["section"], "bindings.section", sections)
    start = strict.integer(data["start"], "bindings.start", least=0)
    end = strict.integer(data["end"], "bindings.end", least=start)
    cells = tuple(strict.cell(one, "bindings.cells") for one in strict.list_of(data, "cells"))
    return Binding(section, start, end, cells)


def _one_attachment(data: Any, _sections: frozenset[str]) -> Attachment:
    strict.keys(data, "attachments", ("name", "text"))
    return Attachment(*(strict.text(data[key], f"attachments.{key}") for key in ("name", "text")))


def _all(
    read_one: Callable[[Any, frozenset[str]], Any], key: str, most: int | None = None
) -> Callable[[Any, frozenset[str]], Any]:
    """The reader of a list of these, of at most so many."""

    def read(data: Any, sections: frozenset[str]) -> tuple[Any, ...]:
        found = strict.list_of({key: data}, key)
        if most is not None and len(found) > most:
            raise strict.damaged(f"“{key}”有{len(found)}项，多得不合理")
        return tuple(read_one(one, sections) for one in found)

    return read


PARTS = (
    Part("pending", _pending_json, _all(_one_pending, "pending")),
    Part(
        "charts",
        lambda report: [_chart_json(one) for one in report.charts],
        _all(_one_chart, "charts", MOST_CHARTS),
    ),
    Part(
        "explanations",
        lambda report: [_explanation_json(one) for one in report.explanations],
        _all(_one_explanation, "explanations"),
    ),
    Part(
        "bindings",
        lambda report: [_binding_json(one) for one in report.bindings],
        _all(_one_binding, "bindings"),
    ),
    Part("register", register.register_json, _all(register.one_application, "register")),
    Part("counts", register.counts_json, _all(register.one_counts, "counts")),
    Part("collected", collected.collected_json, _all(collected.one_contribution, "collected")),
    Part("sign_off", sign_off.sign_off_json, sign_off.sign_off),
    Part(
        "attachments",
        lambda report: [{"name": one.name, "text": one.text} for one in report.attachments],
        _all(_one_attachment, "attachments", MOST_ATTACHMENTS),
    ),
    Part("page_settings", page_settings.page_settings_json, page_settings.page_settings),
    Part(
        "page_style",
        lambda report: report.page_style,
        lambda data, _sections: strict.text(data, "page_style"),
    ),
)
