"""Makes the two reports of resources/samples/: the half-filled one of `make run`, the finished one of 开始 → 看看示例.

    .venv/bin/python installer/build_sample.py

示例.gknb shows what the program is for: seed 001 carried to 2021, 表二 filled, one column of 表三 that does not add up,
blanks, years still to be changed. 写完的示例.gknb shows where that leads: an invented town, nothing left to do.
"""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from app.form.model import CellRef
from app.report.model import Agency
from app.session import example, session
from app.session.document import ReportDocument
from app.storage import files
from app.storage.container import Content

ROOT = Path(__file__).resolve().parent.parent
LAST_YEAR = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
TYPED = ROOT / "installer" / "demo.toml"
EXAMPLE = ROOT / "installer" / "example.toml"
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


def finished() -> ReportDocument:
    """A report as it should be before it is signed: every cell filled, every text written, nothing found."""
    typed = tomllib.loads(EXAMPLE.read_text("utf-8"))
    document = session.new_blank(typed["agency"]["name"], typed["year"])
    document.set_agency(Agency(**typed["agency"]))
    document.set_values({CellRef.parse(key): value for key, value in typed["cells"].items()}, "填写")
    document.fill_blanks(ref for ref in document.form.cells if ref not in document.form.totals)
    for section, text in typed["narratives"].items():
        document.set_narrative(section, text.strip())
    document.set_processing_fee(Decimal(typed["processing_fee"]))
    document.set_signature(replace(document.report.signature, issued_on=typed["issued_on"]))
    return document


def main() -> None:
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    for path, document in ((SAMPLE, half_filled()), (example.file(), finished())):
        files.save(path, Content(document.report, document.prior))
        blanks, pending = document.report.blanks(document.form), document.report.pending
        found = len(document.findings)
        print(f"{path.relative_to(ROOT)}：空白{len(blanks)}格，待更新{len(pending)}处，检查结果{found}处")


if __name__ == "__main__":
    main()
