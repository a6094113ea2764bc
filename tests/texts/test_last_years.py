"""Last year's years in a text become this year's; what the clerk wrote or kept does not."""

from dataclasses import replace

from app.report.model import Pending
from app.session.rollover import blank_report
from app.texts.last_years import year_edits

TEXT = "2024年公开2024条，2023年开始。"


def test_only_what_waits_and_names_last_year():
    pending = (
        Pending("overview", 7, 11, "2024"),
        Pending("overview", 0, 4, "2024"),
        Pending("overview", 13, 17, "2023"),
        Pending("other", 0, 4, "2024"),
    )
    report = replace(blank_report("青山县石桥镇人民政府", 2025), pending=pending)
    report = replace(report, narratives={"overview": TEXT, "other": "2024年。"})
    assert [(one.start, one.end, one.text) for one in year_edits(report, "overview")] == [
        (0, 4, "2025"),
        (7, 11, "2025"),
    ]
    assert year_edits(replace(report, pending=()), "overview") == []
