"""The same old reports by pdfplumber, markitdown and pandoc where they are installed: how long, beside ours in one run.

They may stand in an environment of their own: NIANBAO_CONVERTERS=/path/to/its/python.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.importing.importer import import_file
from tests.bench.measure import ROOT, Row, middle

FILES = ROOT / "tests" / "importing" / "files"
_PYTHON = os.environ.get("NIANBAO_CONVERTERS", sys.executable)
_RUNS = 5
# Each reads the whole file, as a clerk's import does; the first time, which loads it, does not count.
_MEASURED = """
import sys, time
from statistics import median
path, runs = sys.argv[1], int(sys.argv[2])
{set_up}
def once():
    start = time.perf_counter()
    {call}
    return (time.perf_counter() - start) * 1000
once()
print(median(once() for _ in range(runs)))
"""
_CALLS = {
    "pdfplumber": (
        "import pdfplumber",
        "[(one.extract_text(), one.extract_tables()) for one in pdfplumber.open(path).pages]",
    ),
    "markitdown": ("from markitdown import MarkItDown; reader = MarkItDown()", "reader.convert(path)"),
    "pandoc": (
        "import pypandoc; pypandoc.get_pandoc_version()",
        "pypandoc.convert_file(path, 'gfm')",
    ),
}
_READS = {
    "pdfplumber": ("pdf",),
    "markitdown": ("pdf", "docx", "html", "xlsx"),
    "pandoc": ("docx", "odt", "rtf", "html"),
}


def rows() -> Iterator[Row]:
    for name, suffixes in _READS.items():
        for suffix in suffixes:
            path = next(FILES.glob(f"*2021.{suffix}"))
            what = f"{name} 读同一份 {suffix}"
            taken = _pandoc(path) if name == "pandoc" else _measured(name, path)
            if taken is None:
                yield Row(what, how="没有安装，没有比较")
                continue
            mine = middle(lambda path=path: import_file(path), _RUNS)
            yield Row(what, taken, how="整个进程，中位数" if name == "pandoc" else "中位数")
            yield Row("　是我们读它的", taken / mine, unit="倍", how="同一次测量")


def _measured(name: str, path: Path) -> float | None:
    """Milliseconds in a Python of its own; None where it is not installed there."""
    set_up, call = _CALLS[name]
    source = _MEASURED.format(set_up=set_up, call=call)
    done = subprocess.run([_PYTHON, "-c", source, str(path), str(_RUNS)], capture_output=True, text=True)
    if done.returncode == 0:
        return float(done.stdout)
    if "ModuleNotFoundError" in done.stderr:
        return None
    raise RuntimeError(done.stderr)


def _pandoc(path: Path) -> float | None:
    """The program on the path, or the one that comes with the package pypandoc."""
    program = shutil.which("pandoc")
    if program is None:
        return _measured("pandoc", path)
    return middle(
        lambda: subprocess.run([program, path, "-t", "gfm"], capture_output=True, check=True), _RUNS
    )
