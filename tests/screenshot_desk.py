"""Scenes of `make screenshots` beside the pages: versions, roll-up, several years, settings, sign-off down to 定稿, a fault."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from app.importing.importer import import_bytes
from app.report.model import Attachment, PageSettings
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from app.session.year_chain import read_chain
from app.signoff import signing
from app.signoff.proposals import edited_copy
from app.signoff.redline import redline_bytes, reviser_of
from app.storage import files
from app.storage.container import Content
from tests.collecting.filling import filled
from tests.signoff.test_proposals import with_comment
from ui.files.chain_dialog import ChainDialog
from ui.files.collect_dialog import CollectDialog
from ui.files.versions_dialog import VersionsDialog
from ui.help.about import AboutDialog
from ui.help.settings_dialog import SettingsDialog
from ui.narrative.bind_dialog import BindDialog
from ui.pages.attachments_dialog import AttachmentsDialog
from ui.pages.year_dialog import YearDialog
from ui.printing.page_settings_dialog import PageSettingsDialog
from ui.signoff.edited_copy import EditedCopyWindow
from ui.signoff.pack_dialog import PackDialog
from ui.signoff.redline_dialog import RedlineDialog
from ui.signoff.rollup_dialog import RollupDialog
from ui.signoff.sign_dialog import SignDialog
from ui.state.controller import Controller
from ui.window import crash

Answer = Callable[[Any, str], None]


def desk(shots: Any, controller: Controller, window: Any, folder: Path, answer: Answer) -> None:
    """All of them, on the report that is open."""
    shots.dialog("settings", lambda: SettingsDialog(controller.settings, "", window))
    shots.dialog("about", lambda: AboutDialog(window))
    report = controller.document.report
    shots.dialog("year", lambda: YearDialog(controller.document.form, report.year, window))
    shots.dialog("bind", lambda: BindDialog(controller, "12", window))
    years = [_saved(folder, name, year) for name, year in (("某镇2019.gknb", 2019), ("某镇2021.gknb", 2021))]
    shots.dialog("chain", lambda: ChainDialog(read_chain(years), window))
    _rollup(shots, controller, window, folder)
    _versions(shots, controller, window, folder)
    _edited_copy(shots, controller, window)
    named = (Attachment("某镇主动公开目录", "目录见门户网站。"), Attachment("某镇基层政务公开标准目录"))
    shots.dialog("attachments", lambda: AttachmentsDialog(named, window))
    shots.dialog("pack", lambda: PackDialog([".docx", ".pdf", ".ofd"], False, window))
    pages = PageSettings(
        issuer="{unit}文件", number="甲政发〔{year}〕3号", office="党政办公室", printed_on="{date}"
    )
    controller.document.put("版面设置", page_settings=pages)
    shots.dialog("page_settings", lambda: PageSettingsDialog(controller, window), 4000)
    controller.undo()
    shots.dialog("redline", lambda: RedlineDialog(controller, lambda *_: None, window))
    QTimer.singleShot(200, lambda: answer(shots, "crash"))
    crash._say(is_kept=True)


def _saved(folder: Path, name: str, year: int) -> Path:
    files.save(folder / name, Content(blank_report("某县某镇人民政府", year)))
    return folder / name


def _rollup(shots: Any, controller: Controller, window: Any, folder: Path) -> None:
    units = folder / "units"
    units.mkdir()
    for number, name in enumerate(("东", "南", "西", "北")):
        document = ReportDocument(blank_report(f"某县{name}关镇人民政府", 2025))
        if number % 2:
            document.fill_blanks(document.form.cells)
        files.save(units / f"{name}关镇.gknb", Content(document.report))
    (units / "打不开.gknb").write_bytes(b"PK")

    def make() -> RollupDialog:
        dialog = RollupDialog(controller, window)
        dialog.show()
        dialog.read([units])
        return dialog

    shots.dialog("rollup", make, 2500)


def collecting(shots: Any, controller: Controller, window: Any, folder: Path) -> None:
    """收数表 as it is made, and two that came back: one with a blank, one cell of the report holding another number."""
    shots.dialog("collect", lambda: CollectDialog(controller, window))
    document = controller.document
    rows = [ref for ref in document.form.inputs if (ref.table, ref.row) == ("requests", "received")]
    paths = []
    for number, unit in enumerate(("东村", "西村"), 3):
        given = {ref: number for ref in rows if (ref.column, number) != ("research", 4)}
        data = filled(given, unit, ("requests.received",), year=document.report.year, form=document.form)
        paths.append(folder / f"{unit}.xlsx")
        paths[-1].write_bytes(data)
    document.set_values({rows[1]: 5}, "填表")

    def make() -> CollectDialog:
        dialog = CollectDialog(controller, window)
        dialog.show()
        dialog.read(paths)
        return dialog

    shots.dialog("collect_returned", make, 2500)
    document.undo()


def _versions(shots: Any, controller: Controller, window: Any, folder: Path) -> None:
    document = controller.document
    controller.save(folder / "某镇年报.gknb")
    for text in ("我镇公开信息237条。", "我镇公开信息312条。"):
        document.set_narrative("problems", text + document.report.narrative("problems"))
        controller.save()

    def make() -> VersionsDialog:
        dialog = VersionsDialog(controller, window)
        dialog.list.setCurrentRow(2)
        return dialog

    shots.dialog("versions", make)
    document.undo()
    document.undo()


def _edited_copy(shots: Any, controller: Controller, window: Any) -> None:
    """A copy in which the leader changed a number and a few words, with a remark."""
    report, form = controller.document.report, controller.document.form
    number = next(ref for ref in form.inputs if report[ref])
    text = report.narrative("overview").replace("，", "、", 1) + "\n下一步，我镇将继续做好政策解读。"
    edited = report.with_values({number: 531}).with_narrative("overview", text)
    reviser = reviser_of(report, datetime.fromisoformat("2022-01-09"), "张局长")
    data = with_comment(redline_bytes(report, edited, reviser), "531", "这个数再核一下，和登记对不上")
    copy = edited_copy(report, import_bytes(data, "改稿.docx"))

    def make(row: int) -> EditedCopyWindow:
        made = EditedCopyWindow(controller, copy, "年报送审稿（局长改）.docx", window)
        made.list.setCurrentItem(made.list.topLevelItem(row))
        return made

    shots.dialog("edited_copy_text", lambda: make(0))
    shots.dialog("edited_copy_cell", lambda: make(len(copy.proposals) - 1))


def frozen(shots: Any, controller: Controller, window: Any) -> None:
    """Signed step by step, and 定稿."""
    document = controller.document
    day = date(2022, 1, 9)
    shots.dialog("sign", lambda: SignDialog("核稿", "科室负责人", "", day, lambda *_: None, window))
    report = signing.sent(document.report, day)
    for step in signing.rules().steps:
        report = signing.signed(report, step.key, "王小兰" if step.key == "draft" else "李建国", day)
    report = replace(report, explanations=())
    for finding in ReportDocument(report, document.prior).findings:
        document.explain(finding, "已与司法所核对，数字属实", day)
    report = replace(report, explanations=document.report.explanations)
    document.change("定稿", signing.frozen(report, day))
    for key in ("sign_off", "requests", "export"):
        window.go_to(key)
        shots.take(f"{key}_frozen", window, 3000 if key == "export" else 400)
