"""Makes resources/samples/示例.gknb, the report that `make run` opens: seed 001 carried to 2021 and half filled.

    .venv/bin/python installer/build_sample.py

It shows what the program is for: 表二 filled, one column of 表三 that does not add up, blanks, years still to be changed.
"""

import tomllib
from pathlib import Path

from app import session
from app.document import ReportDocument
from app.form.model import CellRef
from app.storage import files
from app.storage.container import Content

ROOT = Path(__file__).resolve().parent.parent
LAST_YEAR = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
TYPED = ROOT / "installer" / "demo.toml"
SAMPLE = ROOT / "resources" / "samples" / "示例.gknb"
FORGOTTEN = CellRef.parse("requests.unable_not_held.natural_person")  # the clerk has yet to find this one


def half_filled() -> ReportDocument:
    """Last year's report carried on, with about half of what `make demo` types."""
    typed = tomllib.loads(TYPED.read_text("utf-8"))
    cells = {CellRef.parse(key): value for key, value in typed["cells"].items()}
    document = session.new_from(LAST_YEAR, 2021)
    form = document.form
    document.set_values({ref: cells[ref] for ref in cells if ref != FORGOTTEN}, "填写")
    inputs = [ref for ref in form.cells if ref not in form.totals]
    document.fill_blanks(ref for ref in inputs if ref in form.section("proactive").cells)
    document.fill_blanks(
        ref for ref in inputs if ref.table == FORGOTTEN.table and ref.column == FORGOTTEN.column
    )
    document.set_narrative("introduction", typed["narratives"]["introduction"].strip())
    return document


def main() -> None:
    document = half_filled()
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    files.save(SAMPLE, Content(document.report, document.prior))
    blanks, pending = document.report.blanks(document.form), document.report.pending
    print(f"{SAMPLE.relative_to(ROOT)}：空白{len(blanks)}格，待更新{len(pending)}处")


if __name__ == "__main__":
    main()
