"""Measured in the window, offscreen: keys with and without the preview, pasting, undo; first paint and memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.form.model import CellRef
from app.report.model import Application
from tests.bench.headless import full_document
from tests.bench.measure import ROOT, Row, percentile
from tests.bench.typing import Typist
from ui.state.controller import Controller
from ui.tables.table_panel import TablePanel
from ui.window.main import keep_what_is_loaded, make_app
from ui.window.main_window import MainWindow

KEYS = 250
START = CellRef("requests", "received", "natural_person")


class Desk:
    """The real window on a full report, the big table in front."""

    def __init__(self) -> None:
        self.app = QApplication.instance() or make_app([])
        self.controller = Controller()
        self.window = MainWindow(self.controller)
        self.window.resize(1366, 738)
        self.window.show()
        self.controller.open(full_document())
        self.controller.show_cell(START)
        self.settle()
        keep_what_is_loaded()
        self.panel = next(panel for panel in self.window.findChildren(TablePanel) if panel.isVisible())

    def settle(self) -> None:
        """Every event there is, repaints among them."""
        for _ in range(3):
            QApplication.processEvents()

    def timed(self, act: Callable[[], object]) -> float:
        start = time.perf_counter()
        act()
        self.settle()
        return (time.perf_counter() - start) * 1000

    def at_start(self) -> None:
        self.panel.show_cell(START)
        self.settle()

    def press(self, key: Qt.Key | str) -> None:
        QTest.keyClick(QApplication.focusWidget(), key)


def rows() -> Iterator[Row]:
    desk = Desk()
    yield from _keys(desk)
    yield from _blocks(desk)
    _open_everything(desk)
    yield from _keys(desk, "，登记、说明、上年全开")
    yield from _writing(desk)
    yield from _beside_preview(desk)
    desk.controller.document.mark_saved()
    desk.window.close()
    yield from _process()


def _open_everything(desk: Desk) -> None:
    """申请登记 beside the table, the note on the line (F1), last year's values in every cell."""
    year = desk.controller.document.report.year
    lines = tuple(
        Application(str(n), date(year, 3, 1 + n % 28), "natural_person", "granted", date(year, 4, 1 + n % 28))
        for n in range(60)
    )
    desk.controller.document.put("登记", register=lines)
    desk.window.panel.open("note")
    desk.panel.tools.last_year.trigger()
    desk.settle()


def _keys(desk: Desk, where: str = "") -> Iterator[Row]:
    first, commit = [], []
    for number in range(KEYS):
        if number % 20 == 0:
            desk.at_start()
        first.append(desk.timed(lambda number=number: desk.press(str(number % 9 + 1))))
        commit.append(desk.timed(lambda: desk.press(Qt.Key.Key_Return)))
    yield Row(
        f"键入第一个数字到重绘（表三）{where}", percentile(first, 0.99), 16, how=f"{KEYS}次，第99百分位"
    )
    yield Row(f"键入第一个数字到重绘（表三）{where}", median(first))
    yield Row(
        f"确认一格：合计、全部检查、重绘{where}", percentile(commit, 0.99), 8, how=f"{KEYS}次，第99百分位"
    )
    yield Row(f"确认一格：合计、全部检查、重绘{where}", median(commit))


def _blocks(desk: Desk) -> Iterator[Row]:
    pasted, undone = [], []
    for number in range(30):
        desk.at_start()
        line = "\t".join([str(number + 1)] * 6 + [str(6 * (number + 1))])
        QApplication.clipboard().setText("\n".join([line] * 25))
        pasted.append(desk.timed(lambda: QTest.keySequence(QApplication.focusWidget(), "Ctrl+V")))
        undone.append(desk.timed(desk.controller.document.undo))
    yield Row("粘贴25×7的一块", median(pasted), 25)
    yield Row("撤销这次粘贴", median(undone))


def _beside_preview(desk: Desk) -> Iterator[Row]:
    """Typing at a clerk's speed with the pages beside the form, which are made anew all the time."""
    desk.window.panel.open("preview")
    preview = desk.window.panel.preview.preview
    until(lambda: preview.view.page_count > 0)
    desk.controller.place_wanted.emit("overview", 0, 0)
    until(lambda: preview.view.page_count > 0)
    waits = []
    edit = desk.window.page.editor.edit
    keys = Typist(desk.press, edit.viewport(), "12345,6789" * (KEYS // 10)).run()
    for _ in range(20):
        report = desk.controller.document.report
        start = time.perf_counter()
        desk.press("8")
        until(lambda old=report: preview._made_of not in (None, old) and not preview._is_old)
        desk.settle()
        waits.append((time.perf_counter() - start) * 1000)
        wait(0.1)
    how = f"{KEYS}次，第99百分位"
    yield Row("文字里按一个键到重绘，预览和问题开着", percentile(keys, 0.99), 16, how=how)
    yield Row("文字里按一个键到重绘，预览和问题开着", median(keys))
    yield Row("最后一个键到新的页面画出来", median(waits), 150)


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Go on with events until something is so."""
    end = time.perf_counter() + seconds
    while not condition() and time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.001)


def wait(seconds: float) -> None:
    until(lambda: False, seconds)


def _writing(desk: Desk) -> Iterator[Row]:
    """Keys in the middle of 总体情况, last year's beside it with the differences: what a key waits for is counted too."""
    desk.window.go_to("overview")
    editor = desk.window.page.editor
    desk.window.panel.open("last")
    length = len(desk.controller.document.report.narrative("overview"))
    editor.edit.select(length // 2, length // 2)
    desk.settle()
    times = Typist(desk.press, editor.edit.viewport(), "abcde1"[: KEYS % 6] + "abcde1" * (KEYS // 6)).run()
    yield Row("键入一个字到重绘（总体情况）", percentile(times, 0.99), 16, how=f"{KEYS}次，第99百分位")
    yield Row("键入一个字到重绘（总体情况）", median(times))


def _process() -> Iterator[Row]:
    """Whole processes: from start to the first paint, and the memory with a report open."""
    sample = str(ROOT / "resources" / "samples" / "示例.gknb")
    paints, memory = [], []
    for _ in range(6):
        place = os.environ | {"NIANBAO_BENCH_START": repr(time.time())}
        call = [sys.executable, "-m", "tests.bench.first_window", sample]
        done = subprocess.run(call, cwd=ROOT, env=place, capture_output=True, text=True, check=True)
        paint, size = done.stdout.split()
        paints.append(float(paint))
        memory.append(float(size))
    yield Row("启动到窗口首次绘出（热）", median(paints[1:]), 600)
    if Path("/proc/self/smaps_rollup").exists():
        yield Row("内存（PSS，已打开报告）", median(memory), 150, "MB")
        beside, toured = _memory(sample)
        yield Row("内存（PSS，窗口和预览进程合计，预览开着）", beside, 110, "MB")
        yield Row("内存（PSS，窗口和预览进程合计，每一页都看过）", toured, 140, "MB")


def _memory(sample: str) -> tuple[float, float]:
    """Of window and worker, with the preview open and after every page; the medians of three runs."""
    runs = []
    for _ in range(3):
        call = [sys.executable, "-m", "tests.bench.memory", sample]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append([float(one) for one in done.stdout.split()])
    beside, toured = (median(one) for one in zip(*runs, strict=True))
    return beside, toured
