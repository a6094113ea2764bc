"""A chart that we print is a chart again when the paper is imported, and none of its signs is text."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.exporting.exporter import export_bytes
from app.form.catalog import form
from app.importing.importer import import_file
from app.report.model import Chart, Report, Signature
from app.session.rollover import blank_report

TEXTS = {
    "introduction": "根据条例编制。",
    "overview": "2024年稳步推进。\n（一）主动公开。公开信息30条。\n（二）依申请公开。没有收到申请。",
    "problems": "不够及时。",
    "other": "无。",
}
YEARS = ("2022年", "2023年", "2024年")
ONE = Chart("图1　近三年主动公开信息数量", "overview", YEARS, (("公开数", (10, 20, 30)),), 1)
BLANKS = Chart("图2　两个渠道", "overview", YEARS, (("网站", (1, None, 3)), ("公众号", (0, 5, 6))), 2)
NAMELESS = Chart("", "overview", YEARS[:2], (("网站", (7, 8)),), 1)
WIDE = Chart(
    "图3　各站所", "overview", tuple(f"第{n}站所办公室" for n in range(1, 19)), (("条", tuple(range(18))),), 0
)
WAYS = [(".docx", False), (".pdf", False), (".pdf", True), (".ofd", False), (".html", False)]


def report(*charts: Chart) -> Report:
    made = blank_report("某县东山镇人民政府", 2024)
    return replace(made, narratives=TEXTS, charts=charts, signature=Signature(issued_on=date(2025, 1, 9)))


@pytest.mark.parametrize(("suffix", "accessible"), WAYS)
@pytest.mark.parametrize("charts", [(ONE,), (ONE, BLANKS), (NAMELESS, BLANKS), (WIDE,)])
def test_charts_come_back_from_what_was_exported(tmp_path: Path, suffix, accessible, charts):
    made = report(*charts)
    path = tmp_path / f"年报{suffix}"
    (data,) = export_bytes(made, form(made.form), [path], draft=False, accessible=accessible)
    path.write_bytes(data)
    read = import_file(path)
    assert {name: text for name, text in read.report.narratives.items() if text} == TEXTS
    assert [one.title for one in read.report.charts] == [one.title for one in charts]
    assert [(one.labels, one.series, one.after) for one in read.report.charts] == [
        (one.labels, one.series, one.after) for one in charts
    ]
    assert (read.unused, read.warnings, read.pictures) == ((), (), ())
