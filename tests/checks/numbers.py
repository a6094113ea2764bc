"""A report of many requests and one of none, with a text put in, and what is said of its numbers."""

from app.form.catalog import form
from app.form.model import CellRef
from tests.checks.reports import cell, findings, good, with_sums

N = tuple(f"N-{n:02}" for n in range(1, 14))


def case(column: str) -> CellRef:
    return CellRef("review", "cases", column)


def document(column: str) -> CellRef:
    return CellRef("art20_1", "normative_documents", column)


# 12 received, 3 carried in, 14 done, 1 carried out; 2 reconsiderations, 3 lawsuits; 5 documents issued
VALUES = {
    cell("received"): 10, cell("received", "enterprise"): 2, cell("carried_in"): 3, cell("granted"): 6, cell("partial"): 1,
    cell("denied_third_party"): 2, cell("denied_internal"): 1, cell("unable_not_held"): 3, cell("other_rest"): 1,
    cell("carried_out"): 1, case("recon_upheld"): 1, case("recon_changed"): 1, case("direct_upheld"): 1,
    case("after_upheld"): 1, case("after_pending"): 1, document("issued"): 5, document("repealed"): 2,
    document("in_force"): 20, CellRef("art20_6", "penalty", "decisions"): 7,
}  # fmt: skip


def busy(text: str, section: str = "overview", **changes):
    values = dict.fromkeys(form("2021").cells, 0) | VALUES
    with_sums(form("2021"), values)
    report = good("2021", values, **changes)
    return report.with_narrative(section, f"{report.narrative(section)}\n{text}")


def quiet(text: str, section: str = "overview"):
    report = good()
    return report.with_narrative(section, f"{report.narrative(section)}\n{text}")


def numbers(report):
    return [one for one in findings(report) if one.rule in N]
