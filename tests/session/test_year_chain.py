"""Several years at once: put in order, what is missing or double is said, one bad file stops nothing."""

from pathlib import Path

from app.form.catalog import form
from app.form.model import CellRef
from app.report.model import Agency, Report
from app.session import session
from app.session.any_report import AnyReport
from app.session.year_chain import read_chain
from tests.importing.making import numbers, page

EDITION = form("2021")
TOWN = "某县某镇人民政府"


def saved(folder: Path, name: str, year: int, agency: str = TOWN, start: int = 1) -> Path:
    path = folder / name
    text = page(numbers(EDITION, start), EDITION, f"{agency}{year}年政府信息公开工作年度报告")
    path.write_text(text.replace("2022年", f"{year}年").replace(TOWN, agency), "utf-8")
    return path


def test_files_in_any_order_become_a_chain(tmp_path: Path) -> None:
    paths = [saved(tmp_path, f"{year}.html", year) for year in (2024, 2022, 2023)]
    chain = read_chain(paths)
    assert [one.year for one in chain.links] == [2022, 2023, 2024]
    assert (chain.doubles, chain.strangers, chain.unread, chain.missing, chain.sentences()) == (
        (),
        (),
        (),
        (),
        [],
    )


def test_gaps_doubles_strangers_and_bad_files_are_named_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "坏.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    half = saved(tmp_path, "2022稿.html", 2022)
    half.write_text(half.read_text("utf-8").split("<p><strong>四、")[0], "utf-8")
    paths = [
        half,
        saved(tmp_path, "2022.html", 2022),
        saved(tmp_path, "2025.html", 2025, "某镇"),
        saved(tmp_path, "别处.html", 2024, "某县乙乡人民政府"),
        tmp_path / "坏.doc",
        tmp_path / "没有.html",
    ]
    chain = read_chain([*paths, paths[0]])
    assert [one.path.name for one in chain.links] == ["2022.html", "2025.html"]
    assert chain.missing == (2023, 2024)
    assert [one.path for one in chain.doubles] == [half]
    assert [one.path.name for one in chain.strangers] == ["别处.html"]
    assert [one.path.name for one in chain.unread] == ["坏.doc", "没有.html"]
    words = "".join(chain.sentences())
    for part in ("缺2023年", "缺2024年", "没有用“2022稿.html”", "某县乙乡人民政府", "“坏.doc”没有导入"):
        assert part in words


def test_the_programs_own_file_goes_before_an_imported_one(tmp_path: Path) -> None:
    own = tmp_path / "2023.gknb"
    document = session.new_blank(TOWN, 2023)
    session.save(document, own)
    session.close(document)
    chain = read_chain([saved(tmp_path, "2023.html", 2023), own])
    assert [one.path for one in chain.links] == [own]


def test_last_years_report_tells_how_digits_divide(tmp_path: Path) -> None:
    """In force: 525 + 77 issued − 132 repealed = 470."""
    ref = CellRef("art20_1", "normative_documents", "in_force")
    last = session.document_of(AnyReport(Report("2021", 2021, Agency(TOWN), {**numbers(EDITION), ref: 525})))
    session.save(last, tmp_path / "2021.gknb")
    session.close(last)
    text = tmp_path / "2022.txt"
    rows = "\n".join(
        [
            "第二十条第（一）项",
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
            "行政规范性文件\t77132470",
        ]
    )
    text.write_text(f"{TOWN}2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{rows}\n", "utf-8")
    chain = read_chain([text, tmp_path / "2021.gknb"])
    told = {one.cell: one for one in chain.links[1].read.imported.unsure}
    assert chain.links[1].read.report[ref] == 470
    assert told[ref].reason == "数字相连，按上年报告的数字拆分，请核对"
