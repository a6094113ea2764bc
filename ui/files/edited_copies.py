"""读回改稿 from a file: chosen, or opened and recognised as an edited copy of the open report."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.importing.result import ImportResult
from app.session.any_report import AnyReport
from app.signoff import proposals
from app.signoff.taking import EditedCopy
from ui.kit import dialogs
from ui.kit.jobs import Job, show_progress
from ui.signoff.edited_copy import EditedCopyWindow
from ui.state.controller import Controller

_KINDS = "改过的 Word 文件 (*.docx *.doc *.wps *.rtf *.odt)"
_FOLDER = "edited_copy"


def choose(controller: Controller, parent: QWidget) -> None:
    """Ask for the file, then read it."""
    folder = controller.folder(_FOLDER)
    path = dialogs.file_to_open(parent, folder, "选择领导改过的文件", _KINDS)
    if path is not None:
        controller.remember_folder(_FOLDER, path.parent)
        read(controller, path, parent)


def seems_edited_copy(controller: Controller, found: AnyReport) -> bool:
    """Whether a file that was opened is probably a copy of the open report: asked, never taken for granted."""
    if not controller.has_document or found.imported is None:
        return False
    report = controller.document.report
    return proposals.is_copy_of(report, found.imported) and proposals.is_of_same_unit(report, found.imported)


def ask(parent: QWidget, path: Path, imported: ImportResult) -> bool | None:
    """Whether what was read goes into the open report; False: it is an old report; None: it was a mistake."""
    words, more, first = (
        f"“{path.name}”和打开的报告是同一单位、同一年的。",
        "如果是改过的稿子，可以一处一处看过，再放进报告。",
        "读回改稿",
    )
    if proposals.is_sheet_of_numbers(imported):
        words, more, first = (
            f"“{path.name}”里只有表格里的数。",
            "如果是今年的数，可以一格一格看过，再填进打开的报告。",
            "填进报告",
        )
    answer = dialogs.ask(parent, words, more, [first, "当作旧报告打开", "取消"])
    return {0: True, 1: False}.get(answer)


def read(controller: Controller, path: Path, parent: QWidget, imported: ImportResult | None = None) -> None:
    """Read the file (where that is not done), hold it against the report, show what differs. Off the GUI thread."""
    controller.take_over()
    report = controller.document.report

    def work(step: Callable[[str], None]) -> EditedCopy:
        found = imported or controller.read_any(path).imported
        if found is None:
            raise UserError(
                f"“{path.name}”是年报助手的报告，不是改过的 Word 文件", "请选领导改过的 Word 文件"
            )
        step("正在对照……")
        return proposals.edited_copy(report, found)

    job = Job(work)
    job.done.connect(lambda copy: _show(controller, copy, path, parent))
    job.failed.connect(lambda error: dialogs.refuse(parent, error))
    show_progress(job, f"正在读改稿“{path.name}”……", parent)
    job.start()


def _show(controller: Controller, copy: EditedCopy, path: Path, parent: QWidget) -> None:
    if not controller.has_document:
        return
    for old in parent.findChildren(EditedCopyWindow):
        old.close()
    if copy.proposals or copy.remarks:
        EditedCopyWindow(controller, copy, path.name, parent).show()
        return
    notes = "\n".join(f"请注意：{note}。" for note in copy.notes)
    dialogs.tell(parent, f"“{path.name}”和报告一样，没有改动，也没有批注。", notes)
