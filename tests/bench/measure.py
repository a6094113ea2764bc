"""Medians and percentiles of a call, and the row that is printed for it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    """One line of the table: what, how long (milliseconds or MB), its target and how it was taken; None: it could not be."""

    what: str
    figure: float | None = None
    target: float | None = None
    unit: str = "ms"
    how: str = "中位数"
    more_is_better: bool = False

    @property
    def is_met(self) -> bool:
        if self.target is None or self.figure is None:
            return True
        return self.figure > self.target if self.more_is_better else self.figure < self.target

    def __str__(self) -> str:
        sign = ">" if self.more_is_better else "<"
        target = f"{sign} {self.target:g} {self.unit}" if self.target is not None else "—"
        mark = "" if self.is_met else " ✗"
        figure = f"{self.figure:.3g} {self.unit}{mark}" if self.figure is not None else "—"
        return f"| {self.what} | {figure} | {target} | {self.how} |"


def times(call: Callable[[], object], runs: int, warm: int = 2) -> list[float]:
    """Milliseconds of each run, after `warm` runs that do not count."""
    for _ in range(warm):
        call()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return found


def middle(call: Callable[[], object], runs: int = 30) -> float:
    return median(times(call, runs))


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def process(*arguments: str, runs: int = 5, warm: int = 1, **environment: str) -> float:
    """Median milliseconds of a whole Python process, from start to end."""
    place = os.environ | environment

    def once() -> None:
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=place, capture_output=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr.decode(errors="replace"))

    return median(times(once, runs, warm))


def machine() -> str:
    """The processor, its cores and Python, for the line under the table."""
    name = "?"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2] for line in cpuinfo.read_text().splitlines() if "model name" in line]
        name = names[0].strip() if names else "?"
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{name}，{os.cpu_count()} 核，Python {version}，{sys.platform}"
