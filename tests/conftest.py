"""For all tests: no display is touched, and nothing is read from or left in the user's own folder."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path_factory.mktemp("home")))


def pytest_collection_modifyitems(items):
    """Any Qt warning fails a test, but for what the offscreen platform says whenever a window or a menu is shown."""
    ignored = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        item.add_marker(ignored)
