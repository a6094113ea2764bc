"""Measured without a window: form, import, checks, edits, documents, the command line."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import _lru_cache_wrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from app.checks import CheckContext, check
from app.form.catalog import form, form_ids
from app.form.loader import load_form
from app.importing.importer import import_file
from app.paths import templates
from app.session.document import ReportDocument
from app.session.session import export, new_from
from tests.bench.measure import ROOT, Row, middle, process

SEEDS = sorted((ROOT / "tests" / "samples").glob("00*.txt"))


def full_document() -> ReportDocument:
    """Seed 001 rolled over to 2021 and filled: six pages, last year's report beside it."""
    document = new_from(import_file(SEEDS[1]).report, 2021)
    document.fill_blanks(document.form.cells)
    document.confirm(document.report.pending)
    return document


def rows() -> Iterator[Row]:
    for name in form_ids():
        path = templates() / name / "form.toml"
        yield Row(f"载入格式声明（{name}）", middle(lambda path=path: load_form(path), 10))
    for path in SEEDS:
        yield Row(f"导入样本 {path.stem}", middle(lambda path=path: import_file(path), 10), 20)
    yield from _checks()
    yield from _documents()
    yield from _command_line()


def _checks() -> Iterator[Row]:
    document = full_document()
    context = CheckContext(document.report, document.form, document.prior, document.prior_form)
    yield Row("全部检查一遍（含上年）", middle(lambda: check(context), 200), 2)
    yield Row(
        "第一次检查（一个新进程里，含上年；进程自己的 CPU 时间）", _first_check(), 80, how="九次中最少的"
    )
    yield Row("检查一遍，文字的结果都没有记住（含上年）", _forgetful(context), 5, how="二十五次中最少的")
    yield Row(
        "网页导入并检查（一千份，两核）", _many_pages(), 100, unit="份/秒", how="一次", more_is_better=True
    )
    ref = form("2021").tables["requests"].cells[0]
    numbers = iter(range(1, 10**9))

    def edit() -> None:
        document.set_values({ref: next(numbers)}, "输入")
        assert document.findings is not None

    yield Row("改一格并重新检查", middle(edit, 200), 1)


_FIRST = (
    "import time; from pathlib import Path; from dataclasses import replace; "
    "from app.checks import CheckContext, check; from app.form.catalog import form; "
    "from app.importing.importer import import_file; samples = Path('tests/samples'); "
    "found = import_file(samples / '001_zhangjiachan_2020.txt'); report = found.report; "
    "prior = replace(import_file(samples / '000_songcun_2020.txt').report, year=report.year - 1); "
    "context = CheckContext(report, form(report.form), prior, form(prior.form), outline=found.outline); "
    "start = time.process_time(); check(context); print((time.process_time() - start) * 1000)"
)


def _first_check() -> float:
    """Milliseconds of the first check of a process: rules, word lists and patterns are made in it."""
    with TemporaryDirectory() as folder:
        place = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        calls = [
            subprocess.run([sys.executable, "-c", _FIRST], cwd=ROOT, env=place, capture_output=True)
            for _ in range(10)
        ]
    return min(float(one.stdout or "nan") for one in calls[1:])  # the first writes the bytecode


def _forgetful(context: CheckContext) -> float:
    """Milliseconds of a check that knows the rules, but nothing of these texts."""
    check(context)
    memories = [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper)
        and (one.__module__ or "").startswith("app.checks")
        and {"text", "line", "sentence"} & set(one.__wrapped__.__annotations__)
    ]

    def once() -> float:
        for one in memories:
            one.cache_clear()
        unknown = replace(context)  # one from which nothing has been worked out
        start = time.process_time()
        check(unknown)
        return (time.process_time() - start) * 1000

    return min(once() for _ in range(25))


def _many_pages(count: int = 1000) -> float:
    """Reports a second of web pages read and checked by one call of the program."""
    document = full_document()
    with TemporaryDirectory() as folder:
        first = Path(folder) / "0.html"
        export(document, [first], force=True)
        page = first.read_text(encoding="utf-8")
        for number in range(1, count):  # each another text, so that nothing is remembered
            (Path(folder) / f"{number}.html").write_text(
                page.replace("公开", f"公开{number}", 1), encoding="utf-8"
            )
        names = [f"{number}.html" for number in range(count)]
        call = [sys.executable, "-m", "app", "check", "--json", *names]
        start = time.perf_counter()
        done = subprocess.run(
            call, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True
        )
        seconds = time.perf_counter() - start
    if done.stdout.count(b"\n") != count or b'"error": "' in done.stdout:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return count / seconds


def _documents() -> Iterator[Row]:
    document = full_document()
    with TemporaryDirectory() as folder:
        for suffix, target in ((".docx", 100), (".pdf", 200), (".html", None), (".xlsx", None)):
            path = Path(folder) / f"报告{suffix}"
            call = middle(lambda path=path: export(document, [path], force=True), 15)
            yield Row(f"导出 {suffix[1:]}（六页）", call, target)


def _command_line() -> Iterator[Row]:
    seed = str(SEEDS[1])
    yield Row("nianbao check（冷启动，整个进程）", process("-m", "app", "check", seed), 600)
    yield Row(
        "nianbao import --json（冷启动，整个进程）", process("-m", "app", "import", seed, "--json"), 600
    )
