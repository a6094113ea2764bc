"""Measured without a window: form, import, checks, edits, documents, the command line."""

from collections.abc import Iterator
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
        yield Row(f"读入格式声明（{name}）", middle(lambda path=path: load_form(path), 10))
    for path in SEEDS:
        yield Row(f"导入样本 {path.stem}", middle(lambda path=path: import_file(path), 10), 20)
    yield from _checks()
    yield from _documents()
    yield from _command_line()


def _checks() -> Iterator[Row]:
    document = full_document()
    context = CheckContext(document.report, document.form, document.prior, document.prior_form)
    yield Row("全部检查一遍（含上年）", middle(lambda: check(context), 200), 2)
    ref = form("2021").tables["requests"].cells[0]
    numbers = iter(range(1, 10**9))

    def edit() -> None:
        document.set_values({ref: next(numbers)}, "输入")
        assert document.findings is not None

    yield Row("改一格并重新检查", middle(edit, 200), 1)


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
