"""The commands of sign-off and of the county: compare, verify, pack, rollup."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.commands.arguments import mistake
from app.errors import UserError
from app.session import session
from app.session.any_report import AnyReport, read_any
from app.storage.container import SUFFIX

if TYPE_CHECKING:
    from app.signoff.taking import EditedCopy

FINE, ERRORS_FOUND, REFUSED = 0, 1, 2


class Voice(NamedTuple):
    """How a command speaks: a result, a result as JSON, a message beside, and a long line piece by piece."""

    say: Callable[[str], None]
    say_json: Callable[[Any], None]
    tell: Callable[[str], None]
    say_pieces: Callable[[Iterable[str]], None]

    def progress(self, words: str) -> None:
        """How far a long work is; "" asks only whether it is still wanted."""
        if words:
            self.tell(words)


def compare(chosen: Namespace, voice: Voice) -> int:
    """What differs between two reports."""
    from app.report import comparing

    files_read = _read_two(chosen)
    old, new = (one.report for one in files_read)
    copy = _edited_copy(*files_read)
    if chosen.take is not None:
        _take(chosen, files_read[0], copy, voice)
    elif chosen.outs:
        _write_redline(chosen, files_read, voice)
    found = comparing.differences(old, new)
    if chosen.json:
        from app.signoff import proposals

        beside = proposals.as_json(copy) if copy else {}
        voice.say_json({**comparing.as_json(old, new, found), **beside})
        return FINE
    if copy and (copy.proposals or copy.remarks):
        _say_proposals(copy, voice)
        return FINE
    voice.say(comparing.summary(found))
    for one in found:
        voice.say(f"{one.place}：{_shown(one.old)} → {_shown(one.new)}")
    return FINE


def _read_two(chosen: Namespace) -> list[AnyReport]:
    """Old and new; with --since the old one is what the only file holds of an earlier state."""
    from app.signoff import bases

    if (chosen.since is None) == (chosen.new is None):
        raise mistake("请写两个文件，或者一份报告加 --since", "compare")
    if chosen.since is None:
        return [read_any(Path(name)) for name in (chosen.old, chosen.new)]
    read = read_any(Path(chosen.old))
    basis = bases.basis(session.document_of(read), chosen.since)
    return [AnyReport(basis.load()), read]


def _edited_copy(old: AnyReport, new: AnyReport) -> "EditedCopy | None":
    """领导改稿: a file that was read as the same year of a report of ours."""
    from app.signoff import proposals

    if old.imported or not new.imported or not proposals.is_copy_of(old.report, new.imported):
        return None
    return proposals.edited_copy(old.report, new.imported)


def _say_proposals(copy: "EditedCopy", voice: Voice) -> None:
    from app.signoff import proposals

    voice.say(f"改稿有{len(copy.proposals)}处改动；没有改动的地方还有{len(copy.remarks)}条批注。")
    for one in copy.proposals:
        for line in proposals.words_of(one):
            voice.say(line)
    for remark in copy.remarks:
        where = remark.paragraph or "表格"
        voice.say(f"{where}：{proposals.comment_words(remark)}")
    for note in copy.notes:
        voice.tell(f"注意：{note}。")


def _take(chosen: Namespace, read: AnyReport, copy: "EditedCopy | None", voice: Voice) -> None:
    """The chosen proposals into a new .gknb; the old one stays as it is."""
    from app.session.document import ReportDocument
    from app.signoff import proposals
    from app.storage import files
    from app.storage.container import Content

    if copy is None:
        raise UserError("新文件不是这份报告的改稿", "请写这份报告的 .gknb 和由它导出、改过的 Word 文件")
    if len(chosen.outs) != 1 or Path(chosen.outs[0]).suffix.lower() != SUFFIX:
        raise UserError("没有写采用以后存到哪里", "请加 -o 新报告.gknb")
    document = ReportDocument(read.report, read.prior)
    wanted = copy.all_numbers if chosen.take == "all" else chosen.take
    count = proposals.take(document, copy, wanted)
    files.save(Path(chosen.outs[0]), Content(document.report, document.prior))
    voice.tell(f"采用了{count}处，共{len(copy.proposals)}处；已写到“{chosen.outs[0]}”。")


def _write_redline(chosen: Namespace, read: Sequence[AnyReport], voice: Voice) -> None:
    """花脸稿 of the two; what was read doubtfully is left blank there, and that is told."""
    from app.signoff import bases

    for name, one in zip((chosen.old, chosen.new), read, strict=True):
        if one.imported and (count := len(one.report.values) - len(one.certain.values)):
            voice.tell(f"注意：“{name}”有{count}格读得不确定，花脸稿里这些格按空白处理。")
    old, new = (one.certain for one in read)
    now = datetime.now()  # noqa: DTZ005 - the clerk's own clock
    at = datetime.combine(chosen.date, time()) if chosen.date else now
    for path in bases.write_redline(old, new, [Path(out) for out in chosen.outs], at, chosen.author or ""):
        voice.tell(f"已写到“{path}”。")


def _shown(text: str) -> str:
    return " ".join(text.split()) or "（没有）"


def verify(chosen: Namespace, voice: Voice) -> int:
    """核对定稿: a .gknb by itself, with the digits on paper, or an exported PDF or Word file against it."""
    from app.signoff import verifying

    report = read_any(Path(chosen.file)).report
    if chosen.fingerprint is not None:
        verdict = verifying.verify_digits(report, chosen.fingerprint)
        if verdict.stands and chosen.document:
            verdict = verifying.verify_document(report, Path(chosen.document))
    elif chosen.document:
        verdict = verifying.verify_document(report, Path(chosen.document))
    else:
        verdict = verifying.verify(report)
    if chosen.json:
        voice.say_json(
            {
                "file": chosen.file,
                "stands": verdict.stands,
                "fingerprint": verdict.fingerprint,
                "words": list(verdict.lines),
                "differences": [[one.place, one.old, one.new] for one in verdict.differences],
            }
        )
    else:
        for line in verdict.lines:
            voice.say(line)
        for one in verdict.differences:
            voice.say(f"{one.place}：{_shown(one.old)} → {_shown(one.new)}")
    return FINE if verdict.stands else ERRORS_FOUND


def pack(chosen: Namespace, voice: Voice) -> int:
    """上报包 of one report."""
    from app.signoff import package

    document = session.document_of(read_any(Path(chosen.file)))
    today = date.today()  # noqa: DTZ011 - the clerk's own clock
    try:
        formats = chosen.formats or package.DOCUMENTS
        path = package.write_pack(document, Path(chosen.out), today, chosen.force, formats)
    except session.NotReady as error:
        what = error.what.removesuffix("没有导出") + "没有打包"
        raise UserError(what, "请填好、改正后再打包；要先报草稿，请加 --force") from None
    voice.say(str(path))
    if not document.report.is_frozen:
        voice.tell("注意：报告还没有定稿。")
    return FINE


def rollup(chosen: Namespace, voice: Voice) -> int:
    """县级汇总 of files, folders and 上报包."""
    from app.county import rollup as rolling
    from app.storage import files, settings

    for out in chosen.outs:
        if Path(out).suffix.lower() not in (".xlsx", SUFFIX):
            raise UserError(f"汇总不能写成“{out}”", "请写成 .xlsx（汇总表）或 .gknb（县报告）")
    expected = rolling.names_in(_text(chosen.units)) if chosen.units else ()
    request = rolling.Request(
        date.today(),  # noqa: DTZ011 - the clerk's own clock
        chosen.year,
        expected,
        chosen.due,
        chosen.only_frozen,
        settings.load().checks,
    )
    found = rolling.roll_up([Path(name) for name in chosen.files], request, voice.progress)
    made = [(Path(out), _rollup_bytes(found, out, chosen.agency or "", voice)) for out in chosen.outs]
    files.write_together(made)
    for path, _data in made:
        voice.tell(f"已写到“{path}”。")
    if chosen.json:
        voice.say_pieces(rolling.as_json(found))
        if found.bad:
            voice.tell(found.lack)
    else:
        for line in found.words:
            voice.say(line)
    return _status(found)


def _status(found: Any) -> int:
    """A unit that was not read is graver than an error in one that was: the sums lack it."""
    if found.bad:
        return REFUSED
    return ERRORS_FOUND if found.has_errors else FINE


def _rollup_bytes(found: Any, out: str, agency: str, voice: Voice) -> bytes:
    from app.county import rollup as rolling
    from app.county import workbook
    from app.storage.container import Content
    from app.storage.container import pack as packed

    if Path(out).suffix.lower() == ".xlsx":
        return workbook.book_bytes(found, voice.progress)
    return packed(Content(rolling.county_report(found, agency)))


def _text(name: str) -> str:
    from app.storage import files

    data = files.read_bytes(Path(name))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"“{name}”不是文本文件", "请把单位名单存成 .txt，一行一个单位")


RUN: dict[str, Callable[[Namespace, Voice], int]] = {
    "compare": compare,
    "verify": verify,
    "pack": pack,
    "rollup": rollup,
}
