"""Open, import, save, export: one call each, for the window and for the command line alike."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.checks.standing import Standing
from app.errors import UserError
from app.form.catalog import form as form_of
from app.report import pictures
from app.report.model import PageSettings, Report, SignaturePlace
from app.session import example
from app.session.any_report import AnyReport, read_any
from app.session.document import ReportDocument
from app.session.open_file import OpenFile
from app.storage import backups, codec, files, recovery, settings
from app.storage.container import SUFFIX, Content
from app.storage.lock import InUse, Lock
from app.storage.recovery import Recovery

if TYPE_CHECKING:
    from app.exporting.pdf.certificate import Certificate
    from app.importing.result import ImportResult


# -- opening and starting --------------------------------------------------------------------------------------------------


def open_report(path: Path, in_spite_of_lock: bool = False) -> ReportDocument:
    """Open a .gknb for editing. InUse when another window has it open, unless that was confirmed."""
    lock = Lock(path)
    try:
        lock.acquire()
    except InUse:
        if not in_spite_of_lock:
            raise
    try:
        opened = files.read(path)
    except BaseException:
        lock.release()
        raise
    files.sweep(files.real_path(path).parent)
    document = _document(opened.content.report, opened.content.prior, path)
    document.file.digest = opened.digest
    document.file.hold(lock)
    _remember(path)
    return document


def import_text(text: str) -> "ImportResult":
    """Read an old report that was pasted as text."""
    from app.importing import importer

    return importer.import_text(text)


def document_of(read: AnyReport) -> ReportDocument:
    """Whatever was read, as an open document that is not yet saved; doubtful cells are blank in it."""
    report = _with_safe_pictures(read.certain) if read.imported else read.certain
    return _unsaved(_with_plain_picture_names(report), read.prior)


def new_from(prior: Report | Path, year: int, settings: PageSettings | None = None) -> ReportDocument:
    """The first draft of `year` from last year's report, which stays beside it; `settings` where last year's had none."""
    from app.session.rollover import roll_over

    last = prior if isinstance(prior, Report) else read_any(prior).certain
    last = _with_plain_picture_names(last)
    made = roll_over(last, year)
    return _unsaved(made if made.page_settings else replace(made, page_settings=settings), last)


def new_blank(agency_name: str, year: int, settings: PageSettings | None = None) -> ReportDocument:
    """A report of `year` with nothing in it but the agency's name."""
    from app.session.rollover import blank_report

    return _unsaved(replace(blank_report(agency_name, year), page_settings=settings))


def title_of(document: ReportDocument) -> str:
    """What the report is called in a window's title or a list: its file, or its agency and year."""
    if document.path:
        return document.path.stem
    mark = example.MARK if example.is_example(document) else ""
    return f"{document.report.agency.name or '未命名'}{document.report.year}年年度报告{mark}"


def recent() -> list[Path]:
    """Reports opened or saved lately that are still there, newest first."""
    return [path for name in settings.load().recent if files.is_there(path := Path(name))]


def _unsaved(report: Report, prior: Report | None = None, path: Path | None = None) -> ReportDocument:
    document = _document(report, prior, path)
    document.mark_unsaved()
    return document


def _document(report: Report, prior: Report | None, path: Path | None) -> ReportDocument:
    document = ReportDocument(report, prior, path)
    document.check_settings = settings.load().checks
    return document


def _with_safe_pictures(report: Report) -> Report:
    """Pictures of an old report as every format can hold them; one that cannot be made so stays as it was, and S-23 names it."""
    made = tuple(replace(one, data=pictures.shown(one.data) or one.data) for one in report.pictures)
    return replace(report, pictures=made) if made != report.pictures else report


def _with_plain_picture_names(report: Report) -> Report:
    """Pictures named as the .gknb can hold them: one plain, distinct file name each."""
    names = [picture.name for picture in report.pictures]
    if all(map(codec.is_picture_name, names)) and len(set(names)) == len(names):
        return report
    kinds = ["jpg" if picture.data.startswith(b"\xff\xd8") else "png" for picture in report.pictures]
    named = tuple(
        replace(picture, name=f"{number}.{kind}")
        for number, (picture, kind) in enumerate(zip(report.pictures, kinds, strict=True), 1)
    )
    return replace(report, pictures=named)


# -- saving ----------------------------------------------------------------------------------------------------------------


def save(
    document: ReportDocument, path: Path | None = None, force: bool = False, remember: bool = True
) -> Path:
    """Save to `path`, or where it was opened. What lay there before this session is kept as a version.

    `remember` puts it among the recent files, and a copy among its kept versions. ChangedOnDisk when somebody else saved
    the file meanwhile (`force` overwrites it), InUse when another window has `path` open.
    """
    target, file = _target(document, path), document.file
    is_same = document.path is not None and files.real_path(target) == files.real_path(document.path)
    lock = file.lock if is_same else None
    if lock is None:
        lock = Lock(target)
        if not force:
            lock.acquire()
    try:
        if force or not (is_same and file.is_backed_up):
            _keep_old(target, is_required=not is_same and not force)
        document.forget_stale_explanations()
        content = Content(document.report, document.prior)
        digest = files.save(target, content, file.digest if is_same else None, force)
    except BaseException:
        if lock is not file.lock:
            lock.release()
        raise
    file.hold(lock)
    file.digest, file.is_backed_up = digest, True
    document.mark_saved(target)
    document.file.forget_kept()
    if remember:
        _remember(target)
        with contextlib.suppress(UserError, OSError):  # saved it is, whether or not a version could be kept
            backups.keep(target)
    return target


def _target(document: ReportDocument, path: Path | None) -> Path:
    target = path or document.path
    if target is None:
        raise UserError("这份报告还没有保存过", "请选择保存的位置")
    return target if target.suffix.lower() == SUFFIX else target.with_name(target.name + SUFFIX)


def _keep_old(target: Path, is_required: bool) -> None:
    """Copy what is about to be overwritten. A full home folder keeps only another report from being lost, not the work."""
    try:
        backups.keep(target)
    except (UserError, OSError):
        if is_required:
            raise UserError(
                f"“{target.name}”已经有了，覆盖以前没能备份它，没有保存",
                "请关闭正在使用它的程序，或换一个文件名保存；磁盘满了要先腾出空间",
            ) from None


def close(document: ReportDocument) -> None:
    """The document is put away, its unsaved changes (if any) knowingly given up."""
    document.file.forget_kept()
    document.file.let_go()
    document.file = OpenFile()


def _remember(path: Path) -> None:
    known = settings.load()
    if (now := known.with_recent(path)) != known:
        settings.save(now)


# -- exporting --------------------------------------------------------------------------------------------------------


class NotReady(UserError):  # noqa: N818 - a refusal, not a fault
    """待填, 待更新 or 错误 is left: exported only when that is confirmed (`force`), and then marked 草稿."""

    def __init__(self, left: Standing) -> None:
        words = "，".join(replace(left, warnings=0).parts)
        super().__init__(f"还有{words}，没有导出", "请填好、改正后再导出，或先导出标明“草稿”的文件")
        self.left = left


def left_to_do(document: ReportDocument) -> Standing:
    """How far a report is; it is a draft as long as anything is 待填, 待更新 or 错误."""
    return document.standing


def preview(document: ReportDocument) -> bytes:
    """The PDF as an export would write it now, 草稿 where it would say so."""
    from app.exporting import exporter

    draft = left_to_do(document).is_draft
    return exporter.export_bytes(document.report, document.form, [Path("预览.pdf")], draft)[0]


def export(
    document: ReportDocument,
    targets: Sequence[Path],
    force: bool = False,
    style: str | Path | None = None,
    accessible: bool = False,
    word_source: Path | None = None,
    step: Callable[[str], object] = lambda _words: None,
    sign_field: bool = False,
    certificate: "Certificate | None" = None,
) -> list[Path]:
    """Write the official document to each target in the format of its suffix; all are made before the first is written.

    `style` names a page style; None is the report's own. A path, or `word_source`, is a .docx whose styles the Word file takes.
    `accessible` makes the PDF one that can be read aloud (PDF/A-2a and PDF/UA-1), `sign_field` gives it an
    empty signature field where the seal stands, `certificate` signs it there.
    `step` is told before anything is written; what it raises ends it there.
    NotReady when blanks, 待更新 or errors are left, unless `force`: then every page says 草稿.
    """
    from app.exporting import exporter
    from app.exporting.formats import format_of

    for target in targets:
        format_of(target)
    if len({files.real_path(target) for target in targets}) < len(targets):
        raise UserError("同一个导出文件写了两次", "请每种格式用不同的文件名")
    left = left_to_do(document)
    if left.is_draft and not force:
        raise NotReady(left)
    given = style if isinstance(style, Path) else word_source
    source = files.read_bytes(given) if given else None
    _require_their_format(targets, accessible, sign_field, certificate, source)
    if certificate is not None:
        sign_field = _has_place_to_sign(document, left) or sign_field
    name = style if isinstance(style, str) else None
    made = exporter.export_bytes(
        document.report, document.form, targets, left.is_draft, name, source, accessible, sign_field
    )
    if certificate is not None:
        step("正在签名……")
        made = [_signed(data, target, certificate) for data, target in zip(made, targets, strict=True)]
    step("正在写文件……")
    files.write_together(list(zip(targets, made, strict=True)))
    return list(targets)


def certificate(path: Path, password: str) -> "Certificate":
    """What signs an exported PDF, from its file; UserError for what cannot sign now."""
    from app.exporting.pdf.certificate import read_certificate, require_extra

    require_extra()
    return read_certificate(files.read_bytes(path), password, path.name, datetime.now(UTC).astimezone())


def _require_their_format(
    targets: Sequence[Path],
    accessible: bool,
    sign_field: bool,
    certificate: "Certificate | None",
    source: bytes | None,
) -> None:
    """What is asked for one format only is refused where no file of that format is made."""
    suffixes = {target.suffix.lower() for target in targets}
    if accessible and ".pdf" not in suffixes:
        raise UserError("无障碍只管 PDF 文件，这次没有导出 .pdf", "请加上一个 .pdf，或者不选无障碍")
    if sign_field and ".pdf" not in suffixes:
        raise UserError("签章域只在 PDF 文件里，这次没有导出 .pdf", "请加上一个 .pdf，或者不要签章域")
    if certificate is not None and ".pdf" not in suffixes:
        raise UserError("证书只签 PDF 文件，这次没有导出 .pdf", "请加上一个 .pdf，或者不用证书签名")
    if source is not None and ".docx" not in suffixes:
        raise UserError("样式文件只管 Word 文件，这次没有导出 .docx", "请加上一个 .docx，或者不用样式文件")


def _has_place_to_sign(document: ReportDocument, left: Standing) -> bool:
    """Whether there is a place for the signature. UserError for what nobody should sign, or where nothing can."""
    from app.exporting.pdf.certificate import require_extra

    require_extra()
    if left.is_draft:
        raise UserError("草稿不能用证书签名，没有导出", "请填好、改正后再签，或者先导出不签名的草稿")
    return document.report.signature.place is SignaturePlace.END


def _signed(data: bytes, target: Path, certificate: "Certificate") -> bytes:
    from app.exporting.pdf.certificate import signed

    return signed(data, certificate) if target.suffix.lower() == ".pdf" else data


def rich_text(document: ReportDocument) -> tuple[str, str, bool]:
    """(HTML, plain text, whether it is a draft) of the report, to be pasted into the editor of a portal."""
    from app.exporting import exporter

    is_draft = left_to_do(document).is_draft
    return *exporter.rich_text(document.report, document.form, is_draft), is_draft


def unprintable(what: ReportDocument | Report) -> dict[str, list[str]]:
    """Section key (or "title", "introduction", "signature") → its characters that no face on this computer has.

    A warning to show beside the export, never a reason to refuse it.
    """
    from app.exporting.unprintable import in_report

    return in_report(what if isinstance(what, Report) else what.report)


def unprintable_words(what: ReportDocument | Report) -> str:
    """The same as one sentence; empty when every character can be printed."""
    from app.exporting.unprintable import sentence

    report = what if isinstance(what, Report) else what.report
    return sentence(unprintable(report), form_of(report.form))


# -- unsaved work ----------------------------------------------------------------------------------------------------------


def autosave(document: ReportDocument) -> bool:
    """Keep unsaved work where a crash cannot reach it; the real file is not touched. Whether anything was written."""
    if document.is_modified:
        content = Content(document.report, document.prior)
        return document.file.keep(title_of(document), content, document.path)
    document.file.forget_kept()
    return False


def recoverable() -> list[Recovery]:
    """Unsaved work left by a crash, newest first; not that of windows still open."""
    return recovery.waiting()


def recover(item: Recovery) -> ReportDocument:
    """Unsaved work as an open, unsaved document; what was kept of it stays until it is saved or given up."""
    content = recovery.open_(item)
    document = _unsaved(content.report, content.prior, item.target)
    document.file.recovery, document.file.digest = item, item.digest or None
    if item.target is not None:
        lock = Lock(item.target)
        with contextlib.suppress(InUse):  # another window has it: saving will tell
            lock.acquire()
            document.file.hold(lock)
    return document


def discard(item: Recovery) -> None:
    """The clerk does not want this work back."""
    recovery.discard(item)
