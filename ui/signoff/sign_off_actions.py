"""What is done on the way to 定稿, each with its questions: send, sign, freeze, revise, verify, papers, 上报包."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserError
from app.session import session
from app.signoff import signing
from app.signoff.signing import Step
from ui.kit import dialogs, file_dialogs
from ui.kit.jobs import Job, show_progress
from ui.kit.typed_fields import today
from ui.signoff.sign_dialog import SignDialog
from ui.state.controller import Controller

if TYPE_CHECKING:
    from app.signoff.verifying import Verdict

_SIGNERS = "signers"  # preference: step → who signed last
_PACKED = "pack_formats"  # preference: of the report in a 上报包
_MOST_TOLD = 6


class SignOffActions(QObject):
    """`parent` is in front of the questions; every change is one named step of undo. `made` tells what came of it."""

    made = Signal(
        str, list, bool
    )  # a sentence; the files that were made, or their folder; whether it is bad news

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller, self._parent = controller, parent

    # -- steps ---------------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """送审: the day is noted, once there are papers that the leaders can get."""
        if self._is_taken_over():
            document = self._controller.document
            document.change("送审", signing.sent(document.report, today()))
            self._controller.message.emit("已记下送审日期，可以撤销")

    def note_sent_copy(self) -> None:
        """The papers that were just made hold the report as it stands: a later 花脸稿 can be laid over it."""
        document = self._controller.document
        if not document.report.is_frozen and not signing.is_sent_copy(document.report):
            document.change("记下送审稿", signing.with_sent_copy(document.report))

    def sign(self, step: Step) -> bool:
        """Record who signed; whether it was done."""
        if not self._is_taken_over():
            return False
        document = self._controller.document
        known = signing.hand_of(document.report, step.key)
        signers = self._controller.preference(_SIGNERS, {})
        name = known.name if known else str(signers.get(step.key, ""))

        def record(name: str, day: date) -> None:
            document.change(f"登记{step.name}", signing.signed(document.report, step.key, name, day))

        dialog = SignDialog(
            step.name, step.hint, name, known.signed_on if known else today(), record, self._parent
        )
        is_done = dialog.exec() == QDialog.DialogCode.Accepted
        if is_done:
            self._controller.set_preference(_SIGNERS, {**signers, step.key: dialog.name.text().strip()})
            self._controller.message.emit(f"已登记{step.name}，可以撤销")
        dialog.deleteLater()
        return is_done

    def take_back(self, step: Step) -> None:
        document = self._controller.document
        document.change(f"撤去{step.name}", signing.without_hand(document.report, step.key))
        self._controller.message.emit(f"已撤去{step.name}的登记，可以撤销")

    def choose_publicity(self, publicity: str) -> None:
        document = self._controller.document
        document.change("修改公开属性", signing.with_publicity(document.report, publicity))

    def freeze(self, save: Callable[[], object]) -> bool:
        """定稿, and save at once. Whether it was done."""
        if not self._is_taken_over():
            return False
        document = self._controller.document
        try:
            left = session.left_to_do(document)
            if left.is_draft:
                what = session.NotReady(left).what.removesuffix("，没有导出")
                raise UserError(f"{what}，不能定稿", "请先填好、改正，或写明说明")
            made = signing.frozen(document.report, today())
        except UserError as error:
            dialogs.refuse(self._parent, error)
            return False
        if not (self._is_time() and self._agreed()):
            return False
        version = document.report.version
        open_warnings = f"还有警告{left.warnings}处没有处理，也没有写说明。" if left.warnings else ""
        words = open_warnings + (
            "定稿以后，文字、数字和签字都不能再改，也不能撤销；要改就另起一个新版本，这一版原样留在文件里。"
        )
        if dialogs.ask(self._parent, f"把报告定为第{version}版？", words, ["定稿", "取消"], standard=1) != 0:
            return False
        document.change("定稿", made)
        self._controller.message.emit(f"已定稿，第{version}版")
        save()
        return True

    def _is_time(self) -> bool:
        """Whether the year is over, or the clerk says that the report is whole all the same."""
        words = signing.early(self._controller.document.report, today())
        details = (
            "年度报告写的是全年的情况，以后收到的申请、公开的信息都不会算在里面。"
            "如果是电脑的日期不对，请先改正。"
        )
        choices = ["仍然继续", "取消"]
        return not words or dialogs.ask(self._parent, f"{words}。", details, choices, standard=1) == 0

    def _agreed(self) -> bool:
        """Whether those who signed before the last changes agree to them."""
        hands = signing.signed_before_changes(self._controller.document.report)
        if not hands:
            return True
        names = "、".join(signing.names_of(hand.step for hand in hands))
        what = f"{names}以后，报告又改过。"
        details = "签字人都同意这些改动吗？不同意的话，请取消后重新送签。"
        return dialogs.ask(self._parent, what, details, ["都同意，继续", "取消"], standard=1) == 0

    def revise(self) -> None:
        """修改为新版本."""
        document = self._controller.document
        if not document.report.is_frozen:
            return
        version = document.report.version
        what = f"另起第{version + 1}版来修改？"
        words = f"第{version}版定稿原样留在文件里，随时可以查看、比较。新版本要重新送签、定稿。"
        if dialogs.ask(self._parent, what, words, ["修改为新版本", "取消"]) == 0:
            document.change(f"修改为第{version + 1}版", signing.revised(document.report))
            self._controller.message.emit(f"现在修改的是第{version + 1}版")

    # -- verifying -----------------------------------------------------------------------------------------------------

    def verify(self) -> None:
        """核对定稿: the report itself, then a PDF where one is wanted."""
        from app.signoff import verifying

        verdict = verifying.verify(self._controller.document.report)
        what, details = _told(verdict)
        self.made.emit(f"核对定稿：{what.rstrip('。')}。", [], not verdict.stands)
        choices = ["核对导出的文件…", "输入纸上的指纹…", "关闭"]
        answer = dialogs.ask(self._parent, what, details, choices, standard=2)
        if answer == 0:
            self._verify_document()
        elif answer == 1:
            self._verify_digits()

    def _verify_digits(self) -> None:
        """The digits of the paper certificate: only they tell a file that was forged as a whole."""
        from app.signoff import verifying
        from ui.signoff.digits_dialog import ask_digits

        digits = ask_digits(self._parent)
        if digits is None:
            return
        try:
            verdict = verifying.verify_digits(self._controller.document.report, digits)
        except UserError as error:
            dialogs.refuse(self._parent, error)
            return
        what, details = _told(verdict)
        self.made.emit(f"核对纸上的指纹：{what.rstrip('。')}。", [], not verdict.stands)
        dialogs.tell(self._parent, what, details)

    def _verify_document(self) -> None:
        from app.signoff import verifying

        folder = self._controller.folder("export")
        path = dialogs.file_to_open(
            self._parent, folder, "选择要核对的 PDF 或 Word", "PDF 和 Word 文件 (*.pdf *.docx)"
        )
        if path is None:
            return
        report = self._controller.document.report
        job = Job(lambda step: verifying.verify_document(report, path))
        job.done.connect(lambda verdict: self._on_verified(path, verdict))
        self._run(job, "正在核对……")

    def _on_verified(self, path: Path, verdict: "Verdict") -> None:
        what, details = _told(verdict)
        self.made.emit(f"核对“{path.name}”：{what.rstrip('。')}。", [path], not verdict.stands)
        dialogs.tell(self._parent, what, details)

    # -- papers --------------------------------------------------------------------------------------------------------

    def save_papers(self) -> None:
        """All papers as PDF and Word into a folder."""
        if not self._is_taken_over():
            return
        folder = dialogs.folder(self._parent, self._controller.folder("export"))
        if folder is None:
            return
        self._controller.remember_folder("export", folder)
        copy, on = self._controller.document.twin(), today()
        target = folder / f"{self._controller.title}送审材料"

        def work(step: Callable[[str], None]) -> Path:
            from app.signoff.papers import write_papers

            step("正在写送审材料……")
            return write_papers(copy, target, on)

        job = Job(work)
        job.done.connect(self._on_papers)
        self._run(job, "正在写送审材料……")

    def _on_papers(self, folder: Path) -> None:
        report = self._controller.document.report
        if (
            signing.stage(report) is signing.Stage.DRAFT
            and not session.left_to_do(self._controller.document).is_draft
        ):
            self.send()
        self.note_sent_copy()
        self._controller.message.emit(f"送审材料已写到“{folder}”")
        self.made.emit(f"送审材料已写到文件夹“{folder.name}”。", [folder], False)

    def pack(self, force: bool = False) -> None:
        """上报包: where to, then the zip."""
        from app.signoff import package
        from ui.signoff.pack_dialog import ask_formats

        if not self._is_taken_over():
            return
        left = session.left_to_do(self._controller.document)
        if left.is_draft and not force:
            what = session.NotReady(left).what.removesuffix("，没有导出")
            if dialogs.ask(
                self._parent, f"{what}。", "现在打包，里面的文件会标明“草稿”。", ["仍然打包", "取消"], 1
            ):
                return
        known = self._controller.preference(_PACKED, list(package.DOCUMENTS))
        formats = ask_formats(known, self._controller.is_frozen, self._parent)
        if formats is None:
            return
        self._controller.set_preference(_PACKED, formats)
        name = package.name_of(self._controller.document.report)
        mark = signing.mark_of(self._controller.document.report, not left.is_draft)
        start = Path(self._controller.folder("export")) / f"{name}{mark}{package.SUFFIX_OF_PACK}"
        kinds = "上报包 (*.zip)"
        chosen, _ = file_dialogs.to_save(self._parent, "保存上报包", start, kinds, package.SUFFIX_OF_PACK)
        if chosen is None:
            return
        self._controller.remember_folder("export", chosen.parent)
        copy, on = self._controller.document.twin(), today()
        job = Job(lambda step: package.write_pack(copy, chosen, on, True, formats))
        job.done.connect(self._on_packed)
        self._run(job, "正在打包……")

    def _on_packed(self, path: Path) -> None:
        self._controller.message.emit(f"上报包已写到“{path}”")
        after = "可以交给县里" if self._controller.is_frozen else "报告还没有定稿"
        self.made.emit(f"上报包已做好：“{path.name}”，{after}。", [path], False)

    # -- what they share -----------------------------------------------------------------------------------------------

    def _is_taken_over(self) -> bool:
        """What stands in open fields becomes the report's; what cannot be read is shown first."""
        self._controller.take_over()
        if unread := self._controller.unread():
            dialogs.tell(self._parent, f"{unread[0].words}。", "请先改正或清除它。")
            self._controller.unread_wanted.emit(unread[0])
            return False
        return True

    def _run(self, job: Job, words: str) -> None:
        job.failed.connect(self._refuse)
        show_progress(job, words, self._parent)
        job.start()

    def _refuse(self, error: Exception) -> None:
        dialogs.refuse(self._parent, error)


def _told(verdict: "Verdict") -> tuple[str, str]:
    """A verdict as a question's heading and details."""
    lines = list(verdict.lines[1:])
    lines += [f"{one.place}：{_cut(one.old)} → {_cut(one.new)}" for one in verdict.differences[:_MOST_TOLD]]
    if len(verdict.differences) > _MOST_TOLD:
        lines.append(f"……共{len(verdict.differences)}处不同")
    return verdict.lines[0], "\n".join(lines)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 30 else f"{plain[:29]}…"
