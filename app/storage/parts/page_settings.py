"""版面设置 in report.json: how they are written and read back."""

import re
from dataclasses import fields
from typing import Any

from app.report.model import NO_BAND, NumberPlace, PageSettings, Report
from app.storage import strict
from app.storage.migrations import Json

_KEYS = tuple(one.name for one in fields(PageSettings))
_BAND = re.compile(f"[0-9A-F]{{6}}|{NO_BAND}")


def page_settings_json(report: Report) -> Json:
    settings = report.page_settings
    assert settings is not None
    return {key: value for key in _KEYS if (value := str(getattr(settings, key)))}


def page_settings(data: Any, _sections: frozenset[str]) -> PageSettings:
    strict.keys(data, "page_settings", (), _KEYS)
    found = {key: strict.text(value, f"page_settings.{key}") for key, value in data.items()}
    if found.get("band") and not _BAND.fullmatch(found["band"]):
        raise strict.unknown(f"page_settings.band“{found['band']}”")
    if found.get("number_place") and found["number_place"] not in set(NumberPlace):
        raise strict.unknown(f"page_settings.number_place“{found['number_place']}”")
    try:
        return PageSettings(**found)
    except ValueError:
        raise strict.damaged("版面设置读不通") from None
