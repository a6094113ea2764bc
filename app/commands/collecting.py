"""The command of 收数表: makes one, or adds up those that came back and puts them into a report."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app import paths
from app.collecting.proposals import TITLES, Collected, Proposal, State, givers
from app.collecting.proposals import collect as collected_of
from app.collecting.returned import SUFFIXES, Returned
from app.commands.arguments import mistake
from app.commands.saving import require_gknb, save
from app.commands.speaking import say, say_all, say_json, tell
from app.errors import UserError
from app.form.catalog import form as form_of
from app.report.entry import show_value
from app.report.model import Report
from app.report.place_names import place_of
from app.session.any_report import AnyReport, read_any

FINE, TO_ASK, REFUSED = 0, 1, 2


def make(chosen: Namespace) -> int:
    """A form to send out."""
    from app.collecting.layout import chosen as cells_of
    from app.collecting.workbook import form_bytes
    from app.form.catalog import form_for_year
    from app.storage import files

    if chosen.year is None:
        raise mistake("做收数表要写 --year", "collect")
    if chosen.files or chosen.into or chosen.out:
        raise mistake("做收数表和收回来是两件事，请分两次", "collect")
    if Path(chosen.form).suffix.lower() != ".xlsx":
        raise mistake(f"--form 要写成以 .xlsx 结尾的文件名，不能是“{chosen.form}”", "collect")
    form = form_for_year(chosen.year)
    cells = cells_of(form, chosen.parts)
    data = form_bytes(form, chosen.year, cells, chosen.agency or "")
    files.write_together([(Path(chosen.form), data)])
    say(chosen.form)
    tell(f"收数表共{sum(ref not in form.totals for ref in cells)}格要填，请原样发给各单位。")
    return FINE


def collect(chosen: Namespace) -> int:
    """What came back, held against a report; written only where `-o` says so."""
    if not chosen.files:
        raise mistake("缺少文件：要写收回的收数表，或者用 --form 做一张", "collect")
    if chosen.out is not None:
        require_gknb(chosen.out, "collect")
    forms, bad = _read_all(chosen.files)
    if not forms:
        raise UserError(f"没有一份能用的收数表：{'；'.join(why for _, why in bad)}")
    target = read_any(Path(chosen.into)) if chosen.into is not None else _nothing_yet(forms)
    found = collected_of(target.certain, forms)
    taken = found.of(State.READY, *([State.CONFLICT] if chosen.replace else []))
    if chosen.out is not None:
        _put_in(target, taken, chosen.out)
    if chosen.json:
        say_json(collected_json(found, target.certain, bad))
    else:
        say_all(collected_words(found, target.certain))
    for name, why in (*found.left_out, *bad):
        tell(f"{name}：{why}")
    return REFUSED if bad or found.left_out else FINE if _is_settled(found, taken) else TO_ASK


def answer(name: str) -> tuple[Collected, Report]:
    """What one form that was given instead of a report says, held against nothing."""
    forms, bad = _read_all([name])
    if bad:
        raise UserError(*bad[0][1:])
    report = _nothing_yet(forms).certain
    return collected_of(report, forms), report


def _is_settled(found: Collected, taken: Sequence[Proposal]) -> bool:
    settled = {*taken, *found.of(State.SAME)}
    return not found.notes and all(one in settled for one in found.proposals)


def _read_all(names: Sequence[str]) -> tuple[list[Returned], list[tuple[str, str]]]:
    """Every form in files and folders; one that cannot be used does not stop the others."""
    from app.collecting.returned import read
    from app.storage import files

    forms: list[Returned] = []
    bad: list[tuple[str, str]] = []
    for path in (one for name in names for one in _files_in(Path(name))):
        try:
            forms.append(read(files.read_bytes(path), path.name))
        except UserError as error:
            bad.append((path.name, str(error)))
    return forms, bad


def _files_in(path: Path) -> list[Path]:
    """The workbooks of a folder, without hidden and temporary ones (~$表.xlsx)."""
    if not paths.is_folder(path):
        return [path]
    found = sorted(
        one
        for one in path.iterdir()
        if one.suffix.lower() in SUFFIXES and not one.name.startswith((".", "~"))
    )
    if not found:
        raise UserError(f"文件夹“{path}”里没有 .xlsx、.xls、.et 文件", "请选择收回的收数表所在的文件夹")
    return found


def _nothing_yet(forms: Sequence[Returned]) -> AnyReport:
    """A report without a number, of the year of most forms."""
    from app.session.rollover import blank_report

    years = [one.year for one in forms]
    return AnyReport(blank_report("", max(years, key=lambda year: (years.count(year), year))))


def _put_in(target: AnyReport, taken: Sequence[Proposal], out: str) -> None:
    from app.collecting.proposals import apply
    from app.session import session

    document = session.document_of(target)
    document.change("填入收数表的数", apply(document.report, taken))
    save(document, out)
    tell(f"填入了{len(taken)}格。")


# -- words and JSON ------------------------------------------------------------------------------------------------------------


def collected_words(found: Collected, report: Report) -> Iterator[str]:
    """Every cell with what each unit gave, the ones that need somebody's word first."""
    form = form_of(report.form)
    counted = "，".join(
        f"{title}{len(found.of(state))}格" for state, title in TITLES.items() if found.of(state)
    )
    empty = found.of(State.EMPTY)
    nobody = f"，没有单位填的{len(empty)}格" if empty else ""
    yield f"{report.year}年：{len(found.units)}个单位（{'、'.join(found.units)}）。{counted}{nobody}。"
    for words in found.notes:
        yield f"  请注意：{words}"
    for state, title in TITLES.items():
        if cells := found.of(state):
            yield f"  {title}："
            yield from (f"    {place_of(form, one.ref)}：{_numbers(one, report)}" for one in cells)


def _numbers(one: Proposal, report: Report) -> str:
    """报告里是5（上次收自南村5），收来的是7（东村3，西村4）."""
    held = ""
    if one.state is State.CONFLICT:
        before = "，".join(f"{each.unit}{show_value(each.cells[0][1])}" for each in givers(report, one.ref))
        came = f"（上次收自{before}）" if before else ""
        held = f"报告里是{show_value(one.old)}{came}，收来的是"
    parts = "，".join(part.words for part in one.parts)
    return f"{held}{show_value(one.new) or '没有数'}（{parts}）"


def collected_json(found: Collected, report: Report, bad: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "year": report.year,
        "form": report.form,
        "units": [
            {
                "unit": one.name,
                "contact": one.contact,
                "file": one.file,
                "blank": [str(ref) for ref in one.blank],
                "altered": list(one.altered),
            }
            for one in found.used
        ],
        "bad": [{"file": name, "error": why} for name, why in (*found.left_out, *bad)],
        "notes": list(found.notes),
        "proposals": [
            {
                "cell": str(one.ref),
                "old": None if one.old is None else show_value(one.old),
                "new": None if one.new is None else show_value(one.new),
                "state": one.state.value,
                "parts": [
                    {
                        "unit": part.unit,
                        "value": None if part.value is None else show_value(part.value),
                        "lack": part.lack,
                    }
                    for part in one.parts
                ],
            }
            for one in found.proposals
        ],
    }
