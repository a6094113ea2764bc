"""Measured of readers: one old report in each format, and a thousand web pages in one call."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from app.importing.importer import import_file
from tests.bench.measure import ROOT, Row, middle, process

FILES = ROOT / "tests" / "importing" / "files"
TARGETS = {".docx": 15, ".doc": 15, ".html": 15, ".rtf": 40, ".odt": None, ".xlsx": None, ".pdf": 250}
PAGES = 1000


def rows() -> Iterator[Row]:
    for suffix, target in TARGETS.items():
        path = next(iter(sorted(FILES.glob(f"*2021{suffix}"))), None) or next(FILES.glob(f"*{suffix}"))
        yield Row(
            f"导入 {suffix[1:]}（{path.name}）", middle(lambda path=path: import_file(path), 10), target
        )
    with TemporaryDirectory() as folder:
        page = (FILES / "rich_2021.html").read_bytes()
        paths = [Path(folder) / f"{number}.html" for number in range(PAGES)]
        for path in paths:
            path.write_bytes(page)
        spent = process("-m", "app", "import", "--json", *map(str, paths), runs=1, warm=0)
    yield Row(f"nianbao import --json，{PAGES}个网页一次导入", spent, PAGES * 10, how="一次")
