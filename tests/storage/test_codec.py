"""Report ↔ JSON: equality both ways, the shape of docs/gknb.md, and a sentence for everything that is not exactly it."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from app.errors import UserError
from app.form.catalog import form
from app.form.model import CellRef
from app.report.model import Agency, CountLine, Counts, Frozen, Hand, Report, Signature, SignOff
from app.storage import codec, migrations
from app.storage.codec import dump, from_json, load, to_json
from tests.storage.random_reports import full_report, reports


def good() -> dict:
    return load(dump(full_report()))


def read(data: dict) -> Report:
    return from_json(data, {"图1.png": b""})


@given(reports())
def test_what_is_written_is_read_again(report):
    pictures = {one.name: one.data for one in report.pictures}
    data = dump(report)
    again = from_json(load(data), pictures)
    assert again == report
    assert dump(again) == data


def test_the_shape_is_that_of_the_contract():
    report = Report(
        form="2021",
        year=2022,
        agency=Agency("威海市文登区侯家镇人民政府"),
        values={
            CellRef("art20_8", "fees", "amount"): Decimal("134.2"),
            CellRef("requests", "received", "natural_person"): 0,
        },
        narratives={"overview": "一\n二", "introduction": "引言"},
        signature=Signature("侯家镇人民政府", date(2023, 1, 29)),
    )
    assert json.loads(dump(report)) == {
        "schema": "gknb",
        "version": 1,
        "form": "2021",
        "year": 2022,
        "agency": {"name": "威海市文登区侯家镇人民政府"},
        "cells": {"art20_8.fees.amount": "134.2", "requests.received.natural_person": 0},
        "narratives": {"introduction": "引言", "overview": "一\n二"},
        "signature": {"agency": "侯家镇人民政府", "issued_on": "2023-01-29"},
    }


def test_a_sign_off_is_written_whole():
    digits = "0a" * 32
    day = date(2025, 1, 9)
    hands = (Hand("draft", "王芳", day), Hand("issue", "李建国", date(2025, 1, 10), digits))
    sign_off = SignOff(2, "主动公开", date(2025, 1, 8), hands, Frozen(digits, digits[::-1], day))
    report = replace(full_report(), sign_off=sign_off, page_style="template2021")
    assert read(load(dump(report))) == replace(report, pictures=(replace(report.pictures[0], data=b""),))


def test_a_count_of_zero_is_written_and_a_blank_is_not():
    lines = (CountLine("政府网站", 0, 0), CountLine("公示栏"))
    report = Report("2021", 2025, counts=(Counts("channel", lines),))
    assert to_json(report)["counts"][0]["lines"] == [
        {"name": "政府网站", "value": 0, "last": 0},
        {"name": "公示栏"},
    ]
    assert from_json(load(dump(report))) == report


def test_a_text_of_no_section_is_written_and_so_refused_never_dropped():
    report = Report("2021", 2025, narratives={"poem": "诗"})
    assert to_json(report)["narratives"] == {"poem": "诗"}
    with pytest.raises(UserError, match="poem"):
        from_json(load(dump(report)))


def test_what_could_not_be_read_again_is_not_written():
    ref = CellRef.parse(RECEIVED)
    assert read({**good(), "cells": {RECEIVED: 10**12}})[ref] == 10**12
    with pytest.raises(UserError, match="太大，没有保存"):
        dump(replace(full_report(), values={ref: 10**12 + 1}))


def test_half_a_case_is_a_bug():
    ref = CellRef("requests", "received", "natural_person")
    with pytest.raises(ValueError, match="is not a count"):
        to_json(Report("2021", 2025, values={ref: Decimal("1.5")}))


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_cells_stand_in_form_order(name):
    cells = form(name).cells
    report = Report(name, 2020, values=dict.fromkeys(reversed(cells), 0))
    assert list(to_json(report)["cells"]) == [str(ref) for ref in cells]


def test_a_zero_typed_into_an_amount_is_written_as_money():
    ref = CellRef("art20_8", "fees", "amount")
    assert to_json(Report("2021", 2022, values={ref: 0}))["cells"] == {str(ref): "0"}


def test_a_cell_of_another_edition_is_a_bug_and_never_left_out():
    with pytest.raises(ValueError):
        to_json(Report("2021", 2022, values={CellRef("no", "such", "cell"): 1}))


RECEIVED = "requests.received.natural_person"
CHART = {"title": "图", "section": "overview", "labels": ["甲"], "series": [{"name": "", "values": [1]}]}
WRONG = [
    ("newer version", {"version": migrations.VERSION + 1}, "更新版本"),
    ("no version", {"version": None}, "版本"),
    ("version as a bool", {"version": True}, "版本"),
    ("another schema", {"schema": "other"}, "不是本程序的"),
    ("unknown key", {"extra": 1}, "更新版本"),
    ("unknown edition", {"form": "2031"}, "2031"),
    ("edition as a number", {"form": 2021}, "form"),
    ("year of nothing", {"year": 0}, "year"),
    ("year as text", {"year": "2022"}, "year"),
    ("year without a year after", {"year": 9999}, "year"),
    ("year as a bool", {"year": True}, "year"),
    ("year as a float", {"year": 2022.0}, "year"),
    ("unknown cell", {"cells": {"requests.received.martian": 1}}, "martian"),
    ("key with a part too many", {"cells": {"requests.received.total.x": 1}}, "received.total.x"),
    (
        "a count of things that is negative",
        {"counts": [{"kind": "channel", "lines": [{"name": "", "value": -1}]}]},
        "value",
    ),
    (
        "a count of things that is too large",
        {"counts": [{"kind": "channel", "lines": [{"name": "", "last": 100_000_000}]}]},
        "last",
    ),
    ("key that is no cell", {"cells": {"requests": 1}}, "requests"),
    ("count as a bool", {"cells": {RECEIVED: True}}, RECEIVED),
    ("count as a float", {"cells": {RECEIVED: 1.0}}, RECEIVED),
    ("count as text", {"cells": {RECEIVED: "1"}}, RECEIVED),
    ("negative count", {"cells": {RECEIVED: -1}}, RECEIVED),
    ("a count beyond all reason", {"cells": {RECEIVED: 10**12 + 1}}, "1000000000001不合理"),
    ("a count of 4,000 digits", {"cells": {RECEIVED: 10**3999}}, f"“{RECEIVED}”的数值过大"),
    ("more charts than a report has", {"charts": [CHART] * 51}, "“charts”有51项"),
    ("a null cell", {"cells": {RECEIVED: None}}, RECEIVED),
    ("money as a number", {"cells": {"art20_8.fees.amount": 134.2}}, "art20_8.fees.amount"),
    ("negative money", {"cells": {"art20_8.fees.amount": "-1"}}, "art20_8.fees.amount"),
    ("money with an exponent", {"cells": {"art20_8.fees.amount": "1e3"}}, "art20_8.fees.amount"),
    ("money that is no number", {"cells": {"art20_8.fees.amount": "NaN"}}, "art20_8.fees.amount"),
    ("cells as a list", {"cells": []}, "cells"),
    ("unknown narrative", {"narratives": {"poem": "…"}}, "poem"),
    ("narrative as a list", {"narratives": {"overview": ["…"]}}, "overview"),
    ("agency as text", {"agency": "侯家镇"}, "agency"),
    ("agency without a name", {"agency": {}}, "agency.name"),
    ("unknown agency key", {"agency": {"name": "", "fax": "1"}}, "fax"),
    ("date in another shape", {"signature": {"issued_on": "20230129"}}, "issued_on"),
    ("date that is none", {"signature": {"issued_on": "2023-02-30"}}, "issued_on"),
    ("unknown place of signature", {"signature": {"place": "moon"}}, "moon"),
    ("fee as a number", {"processing_fee": 3}, "processing_fee"),
    ("pictures as an object", {"pictures": {}}, "pictures"),
    ("picture that is missing", {"pictures": [{"name": "2.png", "section": "overview"}]}, "2.png"),
    ("picture outside", {"pictures": [{"name": "../1.png", "section": "overview"}]}, "1.png"),
    ("picture in no section", {"pictures": [{"name": "图1.png", "section": "poem"}]}, "poem"),
    ("chart with too few values", {"charts": [CHART | {"labels": ["甲", "乙"]}]}, "统计图"),
    ("chart with a negative value", {"charts": [CHART | {"series": [{"name": "", "values": [-1]}]}]}, "-1"),
    (
        "chart with a text as value",
        {"charts": [CHART | {"series": [{"name": "", "values": ["1"]}]}]},
        "values",
    ),
    ("chart in no section", {"charts": [CHART | {"section": "poem"}]}, "poem"),
    ("chart with a colour", {"charts": [CHART | {"colour": "red"}]}, "charts.colour"),
    ("chart without labels", {"charts": [{"title": "", "section": "overview", "series": []}]}, "labels"),
    ("picture not listed", {"pictures": []}, "图1.png"),
    (
        "mark before the beginning",
        {"pending": [{"section": "overview", "start": -1, "end": 1, "text": ""}]},
        "start",
    ),
    ("mark that ends first", {"pending": [{"section": "overview", "start": 3, "end": 1, "text": ""}]}, "end"),
]


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_not_exactly_the_contract_is_refused_in_words(change, said):
    with pytest.raises(UserError, match=said):
        read({**good(), **change})


@pytest.mark.parametrize(
    "key", ["schema", "version", "form", "year", "agency", "cells", "narratives", "signature"]
)
def test_every_base_key_must_be_there(key):
    data = good()
    del data[key]
    with pytest.raises(UserError):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b"9" * 10_000,
        b'{"a": 1}x',
    ],
)
def test_bytes_that_are_no_report_are_refused_in_words(data):
    with pytest.raises(UserError, match="已损坏"):
        load(data)


def test_the_length_of_the_list_is_the_version(monkeypatch):
    assert len(migrations.MIGRATIONS) == migrations.VERSION

    def rename(data):
        return {**data, "year": data["year"] + 1}

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, rename))
    monkeypatch.setattr(migrations, "VERSION", 2)
    assert read(good()).year == full_report().year + 1
    assert codec.VERSION == 1


@pytest.mark.parametrize("value", [1.5, True, None, "三", "1e3"])
def test_what_a_unit_gave_is_a_number_or_the_file_is_damaged(value):
    data = to_json(full_report()) | {
        "collected": [{"unit": "东村", "cells": {"requests.received.total": value}}]
    }
    with pytest.raises(UserError, match="可能已损坏"):
        from_json(data, {"图1.png": b""})
