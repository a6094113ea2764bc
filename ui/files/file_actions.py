"""What is done with files from the window: open, read an old report, save, close, each with its questions."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserError
from app.report.model import Report
from app.session.any_report import AnyReport
from app.storage import files
from app.storage.container import SUFFIX
from app.storage.files import ChangedOnDisk, GoneFromDisk
from app.storage.lock import InUse
from ui.kit import dialogs, file_dialogs
from ui.kit.jobs import Job, show_progress
from ui.kit.typed_fields import today
from ui.state.controller import Controller

_REPLACE, _CHOICES = "要用现在的内容覆盖吗？", ["覆盖", "取消"]
_EXAMPLE = "这是示例，可以随便看、随便改，不影响您自己的报告；看完按 Ctrl+W 关闭"
_NOT_KEPT = "报告里没有记下它，关闭以后就没有了。"


class FileActions(QObject):
    """Asks the clerk and calls the controller. Every refusal is one sentence in a small window."""

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window

    # -- opening -------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        path = dialogs.file_to_open(self._window, self._controller.folder("open"), "打开报告")
        if path is not None:
            self.open_path(path)

    def from_last_year(self) -> None:
        title = "选择去年的报告（可以一次选几个年度的）"
        paths = dialogs.files_to_open(self._window, self._controller.folder("open"), title)
        if len(paths) == 1:
            self.open_path(paths[0], as_last_year=True)
        elif paths:
            self.open_several(paths)

    def open_several(self, paths: list[Path]) -> None:
        """Several years' reports at once: put in order, then one of them is the last year's. 收数表 among them are added up."""
        from app.session.year_chain import read_chain

        self._controller.remember_folder("open", paths[0].parent)
        job = Job(lambda step: read_chain(paths))
        job.done.connect(self._show_several)
        job.failed.connect(self._refuse)
        show_progress(job, f"正在导入{len(paths)}份报告……", self._window)
        job.start()

    def _show_several(self, chain: Any) -> None:
        from app.session.any_report import FilledForm

        forms = [one.path for one in chain.unread if isinstance(one.error, FilledForm)]
        if forms:
            self.show_forms(forms, f"这{len(forms)}份是收回的收数表，不是报告。")
        if not forms or len(chain.unread) > len(forms) or chain.links:
            self._show_chain(chain)

    def show_forms(self, paths: list[Path], what: str) -> None:
        """收数表 that came back, shown as proposals for the open report; where none is open, one is asked for first."""
        from ui.files.collect_dialog import show_collecting

        if not self._controller.has_document:
            choices = ["打开报告…", "取消"]
            if (
                dialogs.ask(self._window, what, "先打开要填的报告，收来的数会加好，看过再填入。", choices)
                != 0
            ):
                return
            self.open()
        if self._controller.has_document:
            show_collecting(self._controller, self._window, paths)

    def _show_chain(self, chain: Any) -> None:
        from ui.files.chain_dialog import ChainDialog

        dialog = ChainDialog(chain, self._window)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        link = dialog.chosen
        dialog.deleteLater()
        if is_wanted and link is not None:
            self._show_read(link.path, link.read)

    def open_path(self, path: Path, as_last_year: bool = False) -> None:
        """A .gknb opens (or begins the next year), whatever it is called; any other file is read as an old report."""
        if not as_last_year and self._controller.is_own(path):
            if self.may_leave():
                self._try(lambda: self._open_gknb(path))
            return
        self._controller.remember_folder("open", path.parent)
        job = Job(lambda step: self._controller.read_any(path))
        job.done.connect(lambda read: self._show_file(path, read, as_last_year))
        job.failed.connect(lambda error: self._not_read(path, error))
        show_progress(job, f"正在导入“{path.name}”……", self._window)
        job.start()

    def _show_file(self, path: Path, read: AnyReport, as_last_year: bool) -> None:
        """A report of the open one's unit and year may be an edited copy of it: that is asked."""
        from ui.files import edited_copies

        if not as_last_year and edited_copies.seems_edited_copy(self._controller, read):
            is_ours = edited_copies.ask(self._window, path, read.imported) if read.imported else False
            if is_ours:
                edited_copies.read(self._controller, path, self._window, read.imported)
            if is_ours is not False:
                return
        self._show_read(path, read)

    def read_edited_copy(self) -> None:
        """领导改稿读回."""
        from ui.files import edited_copies

        edited_copies.choose(self._controller, self._window)

    def _not_read(self, path: Path, error: Exception) -> None:
        """A refusal; but pages that can only be looked at may be typed off beside the form, and a 收数表 is added up."""
        from app.importing.readers.scans import OnlyPictures
        from app.session.any_report import FilledForm

        choices = ["对照图片录入", "取消"]
        if isinstance(error, FilledForm):
            self.show_forms([path], f"{error.what}。")
        elif not isinstance(error, OnlyPictures):
            self._refuse(error)
        elif dialogs.ask(self._window, f"{error.what}。", "可以把页面显示在旁边，对照着录入。", choices) == 0:
            self._type_off(path)

    def _type_off(self, path: Path) -> None:
        from app.session.scanned_report import typed_off

        origin = self._asked_origin("", today().year - 2, "对照图片录入")
        if origin is None:
            return
        name, year = origin
        job = Job(lambda step: typed_off(path, name, year))
        job.done.connect(lambda found: self._show_read(path, AnyReport(found.report, found.outline, found)))
        job.failed.connect(self._refuse)
        show_progress(job, "正在打开页面……", self._window)
        job.start()

    def _asked_origin(self, name: str, year: int, go_on: str) -> tuple[str, int] | None:
        """The unit and the year of an old report that does not say so; None when nobody wants to go on."""
        from ui.files.origin_dialog import OriginDialog

        if not name and self._controller.has_document:
            name = self._controller.document.report.agency.name
        dialog = OriginDialog(year, self._window, name, go_on)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        told = dialog.agency_name, dialog.year
        dialog.deleteLater()
        return told if is_wanted else None

    def _open_gknb(self, path: Path) -> None:
        """The report; first it is asked about work on it that a crash left behind."""
        left = next((one for one in self._controller.recoverable() if _is_of(one, path)), None)
        if left is not None:
            words = f"“{path.name}”还有没有保存的内容，是{left.saved:%m月%d日 %H:%M}自动存下的。"
            choices = ["恢复没有保存的内容", "打开上次保存的", "取消"]
            answer = dialogs.ask(self._window, words, "打开上次保存的，没有保存的内容还留着。", choices)
            if answer == 0:
                self._controller.recover(left)
            if answer != 1:
                return
        try:
            self._controller.open_file(path)
        except InUse as error:
            if (
                dialogs.ask(self._window, f"{error.what}。", f"{error.what_to_do}。", ["仍然打开", "取消"], 1)
                == 0
            ):
                self._controller.open_file(path, in_spite_of_lock=True)

    def _show_read(self, path: Path, read: AnyReport) -> None:
        from app.importing.result import ImportResult
        from app.report.outline import Outline
        from ui.files.import_dialog import OPEN_OLD, ROLL_OVER, ImportDialog

        found = read.imported or ImportResult(read.report, Outline(), path.name, "gknb")
        choices = ["仍然查看读到的内容", "不导入"]  # Esc means the last one
        if (
            found.seems
            and dialogs.ask(self._window, f"{found.seems}。", "请确认选对了文件。", choices, 1) == 1
        ):
            return
        if found.is_year_assumed:
            origin = self._asked_origin(found.report.agency.name, found.report.year, "下一步")
            if origin is None:
                return
            found = found.of(*origin)
        version = "" if read.imported else _version_of(path, read.report)
        dialog = ImportDialog(found, self._window, version)
        answer = dialog.exec()
        year, outcome = dialog.year, dialog.outcome
        dialog.deleteLater()
        if answer == ROLL_OVER and self.may_leave():
            self._try(lambda: self._begin(outcome.certain, year, path, version))
        elif answer == OPEN_OLD and self.may_leave():
            is_own = self._controller.is_own(path)
            self._try(
                lambda: (
                    self._open_gknb(path)
                    if is_own
                    else self._controller.open_read(
                        read._replace(report=outcome.report, imported=outcome if read.imported else None),
                        path,
                    )
                )
            )

    def _begin(self, last: Report, year: int, path: Path, version: str) -> None:
        self._controller.begin_from(last, year, path)
        if version:
            self._controller.message.emit(f"已从去年的报告开始：{version}")

    def blank(self) -> None:
        """A new report with nothing in it but a name and a year."""
        from ui.files.origin_dialog import OriginDialog

        dialog = OriginDialog(today().year - 1, self._window)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        name, year = dialog.agency_name, dialog.year
        dialog.deleteLater()
        if is_wanted and self.may_leave():
            self._try(lambda: self._controller.begin_blank(name, year))

    def show_example(self) -> None:
        """A finished report to look at; the clerk's own one is put away first, and nothing of his is touched."""
        if self.may_leave():
            self._try(self._controller.open_example)
            self._controller.message.emit(_EXAMPLE)

    def choose_prior(self) -> None:
        """Another report of last year to lay beside this one; several of units that became one are added up."""
        title = "选择用来对照的上年报告（由几个单位合并来的，可以一次选几份）"
        paths = dialogs.files_to_open(self._window, self._controller.folder("open"), title)
        if paths:
            self._try(lambda: self._set_prior(paths))

    def _set_prior(self, paths: list[Path]) -> None:
        from app.report.merging import lacking, merged

        document = self._controller.document
        found = [self._controller.read_prior(path) for path in paths]
        if len({(one.year, one.form) for one in found}) > 1:
            years = "、".join(f"{one.agency.name}{one.year}年" for one in found)
            raise UserError(f"选的几份不是同一年度的报告（{years}）", "请只选上一年度的，每个单位一份")
        prior = merged(found)
        questions = [*_of_another_year(prior, document.report), *_of_another_unit(found, document.report)]
        for what, details in questions:
            if dialogs.ask(self._window, what, details, ["用它对照", "取消"], 1) != 0:
                return
        document.set_prior(prior)
        words = f"现在对照{prior.year}年的报告“{paths[0].name}”，可以撤销"
        if len(found) > 1:
            blanks = len(lacking(found))
            left = f"，有单位没填的{blanks}格不相加，留作空白" if blanks else ""
            words = f"现在对照{len(found)}个单位{prior.year}年的报告，各格相加{left}，可以撤销"
        self._controller.message.emit(words)

    def recover(self, item: Any) -> None:
        if self.may_leave():
            self._try(lambda: self._controller.recover(item))

    def discard(self, item: Any) -> None:
        words = f"“{item.title}”没有保存的内容会被删除。"
        if dialogs.ask(self._window, words, "删除以后不能恢复。", ["删除", "取消"], 1) == 0:
            self._try(lambda: self._controller.discard(item))

    # -- saving --------------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Whether the report is saved now."""
        if self._controller.document.path is None:
            return self.save_as()
        return self._save(None)

    def save_as(self) -> bool:
        document = self._controller.document
        name = file_dialogs.file_name(self._controller.title)
        start = document.path or Path(self._controller.folder("save")) / f"{name}{SUFFIX}"
        path = dialogs.file_to_save(self._window, start)
        if path is None:
            return False
        if path.suffix.lower() != SUFFIX:  # 报告2.0: the dialog asked about another name
            path = path.with_name(path.name + SUFFIX)
            if files.is_there(path) and dialogs.ask(
                self._window, f"“{path.name}”已经有了。", _REPLACE, _CHOICES, 1
            ):
                return False
        return self._save(path)

    def _save(self, path: Path | None) -> bool:
        try:
            self._controller.save(path)
        except (ChangedOnDisk, InUse) as error:
            over = "在原处再保存一份" if isinstance(error, GoneFromDisk) else "用现在的内容覆盖"
            choices = ["另存为…", over, "取消"]
            answer = dialogs.ask(self._window, f"{error.what}。", f"{error.what_to_do}。", choices)
            if answer == 0:
                return self.save_as()
            return answer == 1 and self._try(lambda: self._controller.save(path, force=True))
        except UserError as error:  # the stick was drawn, the disk is full: another place may do
            to_do = f"{error.what_to_do}。" if error.what_to_do else ""
            choices = ["另存为…", "知道了"]
            return dialogs.ask(self._window, f"{error.what}。", to_do, choices) == 0 and self.save_as()
        return True

    def may_leave(self) -> bool:
        """Whether the open report may be put away: saved, or its changes given up."""
        self._controller.take_over()
        if not self.may_lose_unread():
            return False
        if not self._controller.has_document or not self._controller.document.is_modified:
            return True
        has_file = self._controller.document.path is not None
        answer = dialogs.ask_to_save(self._window, self._controller.title, has_file)
        if answer == dialogs.SAVE:
            return self.save()
        return answer == dialogs.GIVE_UP

    def may_lose_unread(self) -> bool:
        """Whether nothing stands unread on the pages, or is knowingly given up; else the first place is shown."""
        unread = self._controller.unread()
        if not unread:
            return True
        more = f"（这样的一共{len(unread)}处）" if len(unread) > 1 else ""
        choices = ["不要了，继续关闭", "回去修改"]
        answer = dialogs.ask(self._window, f"{unread[0].words}{more}。", _NOT_KEPT, choices, standard=1)
        if answer != 0:
            self._controller.unread_wanted.emit(unread[0])
        return answer == 0

    def close_report(self) -> bool:
        if not self.may_leave():
            return False
        self._controller.close()
        return True

    # -- refusals ------------------------------------------------------------------------------------------------------

    def _try(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except UserError as error:
            dialogs.refuse(self._window, error)
            return False
        return True

    def _refuse(self, error: Exception) -> None:
        dialogs.refuse(self._window, error)


def _of_another_year(prior: Report, report: Report) -> Iterator[tuple[str, str]]:
    if prior.year != report.year - 1:
        yield f"这是{prior.year}年的报告，不是{report.year - 1}年的。", "仍然用它来对照吗？"


def _of_another_unit(priors: list[Report], report: Report) -> Iterator[tuple[str, str]]:
    """A question where a report is of another unit; renamed and merged ones are no mistake."""
    from app.session.year_chain import same_unit

    names = [one.agency.name for one in priors]
    others = [name for name in names if name and not same_unit(name, report.agency.name)]
    if others and report.agency.name:
        what = f"这是“{'”“'.join(others)}”的报告，本报告的单位是“{report.agency.name}”。"
        yield what, "单位改名、合并过的，可以用它对照；选错了文件的，请取消。"


def _version_of(path: Path, report: Report) -> str:
    """Which version of a report a file of our own holds: several of them may lie in one folder."""
    from app.signoff.signing import version_words

    try:
        at = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - the clerk's own clock
    except (OSError, OverflowError, ValueError):
        saved = ""
    else:
        saved = f"；{at.year}年{at.month}月{at.day}日{at:%H:%M}保存"
    return f"“{path.name}”，{report.year}年度，{version_words(report)}{saved}"


def _is_of(item: Any, path: Path) -> bool:
    """Whether unsaved work belongs to this file."""
    return item.target is not None and files.real_path(item.target) == files.real_path(path)
