"""For all tests: no display is touched, and nothing is read from or left in the user's own folder."""

import os
import re

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is no fault of the program on a busy machine: no deadline, and slow drawing is let be.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("whole", patient)
settings.register_profile("quick", patient, max_examples=10)  # make quick
settings.load_profile("whole")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path_factory.mktemp("home")))


def pytest_collection_modifyitems(items):
    """Any Qt warning fails a test, but for what the offscreen platform says whenever a window or a menu is shown."""
    ignored = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        item.add_marker(ignored)


def pytest_terminal_summary(terminalreporter):
    """What was skipped, in one line: the reason up to its first stop, and how many."""
    reasons = Counter(reason_of(report) for report in terminalreporter.getreports("skipped"))
    if reasons:
        told = "、".join(f"{reason} {number}" for reason, number in reasons.most_common())
        terminalreporter.write_line(f"跳过 {reasons.total()} 项：{told}")


def reason_of(report) -> str:
    """The words of the test, without what may be done about it."""
    _file, _line, words = report.longrepr
    return re.split(r"[，：:（(]", words.removeprefix("Skipped: "))[0].strip()
