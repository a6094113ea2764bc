"""核对表 from the window: where to write it, then the file, off the GUI thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.exporting.formats import FORMATS
from app.signoff.check_sheet import NAME, SUFFIXES, Checked, write
from app.storage import files
from ui.kit import dialogs, file_dialogs
from ui.kit.jobs import Job, show_progress
from ui.kit.typed_fields import today
from ui.state.controller import Controller

_KINDS = {one.suffix: one.filter for one in FORMATS if one.suffix in SUFFIXES}


def write_check_sheet(
    parent: QWidget, controller: Controller, told: Callable[[str, list[Path]], object]
) -> None:
    """Ask for the file and write the check sheet of the report as it stands; `told` is given a sentence and the file."""
    controller.take_over()
    path = file_to_write(parent, Path(controller.folder("export")) / f"{controller.title}{NAME}.docx")
    if path is None:
        return
    controller.remember_folder("export", path.parent)
    checked, on = Checked.of(controller.document), today()

    def work(step: Callable[[str], None]) -> list[Path]:
        step("正在写核对表……")
        return write(checked, [path], on)

    job = Job(work)

    def done(written: list[Path]) -> None:
        controller.message.emit(f"核对表已写到“{written[0]}”")
        told(f"核对表已写好：“{written[0].name}”。", written)

    job.done.connect(done)
    job.failed.connect(lambda error: _refuse(parent, error))
    show_progress(job, "正在写核对表……", parent)
    job.start()


def file_to_write(parent: QWidget, start: Path) -> Path | None:
    """A file name with a suffix that can be written; the kind chosen gives it where none was typed."""
    path, kind = file_dialogs.to_save(parent, "保存核对表", start, ";;".join(_KINDS.values()))
    if path is None:
        return None
    if path.suffix.lower() in SUFFIXES:
        return path
    suffix = next((one for one, words in _KINDS.items() if words == kind), ".docx")
    path = path.with_name(path.name + suffix)
    if files.is_there(path) and dialogs.ask(
        parent, f"“{path.name}”已经有了。", "要覆盖吗？", ["覆盖", "取消"], 1
    ):
        return None  # the dialog asked about another name
    return path


def _refuse(parent: QWidget, error: Exception) -> None:
    dialogs.refuse(parent, error)
