"""核对定稿: does a frozen report still stand, and does an exported PDF say the same; what differs, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError
from app.form.catalog import form as form_of
from app.report import comparing
from app.report.comparing import Difference
from app.report.fingerprint import fingerprint, grouped
from app.report.model import INTRODUCTION, Report
from app.signoff import signing

# As `exporter.identity_words` writes it into a document's properties.
_IDENTITY = re.compile(r"nianbao-sha256:([0-9a-f]{64});version=([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`stands` is whether it is what was frozen; `lines` say so and why; `differences` what is not the same."""

    stands: bool
    lines: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    fingerprint: str = ""  # of what was frozen


def verify(report: Report) -> Verdict:
    """A report and its earlier versions against their own fingerprints."""
    one = signing.sign_off_of(report)
    finals = [*report.finals, *([report] if report.is_frozen else [])]
    if not finals:
        now = fingerprint(report)
        return Verdict(
            False, ("报告还没有定稿，没有可核对的指纹。", f"现在内容的指纹是 {grouped(now)}。"), (), now
        )
    wrong = signing.doubts(report)
    last = signing.sign_off_of(finals[-1]).frozen
    assert last is not None
    lines = [f"{words}。" for words in wrong]
    if not wrong:
        versions = "、".join(f"第{final.version}版" for final in finals)
        lines.append(f"{versions}与定稿时完全一致，没有改动。")
    lines.append(f"第{finals[-1].version}版的指纹是 {grouped(last.fingerprint)}，请与定稿证明上的对照。")
    if not report.is_frozen:
        lines.append(f"正在修改第{one.version}版，还没有定稿。")
    found = _against_last(report) if wrong else ()
    return Verdict(not wrong, tuple(lines), tuple(found), last.fingerprint)


def _against_last(report: Report) -> Sequence[Difference]:
    """What was altered can only be told against an earlier version that still stands."""
    whole = [one for one in report.finals if not signing.doubts(one)]
    return comparing.differences(whole[-1], report) if whole and report.is_frozen else ()


def version_of(report: Report, digits: str) -> Report | None:
    """The frozen version with this fingerprint."""
    for one in (report, *reversed(report.finals)):
        known = signing.sign_off_of(one).frozen
        if known is not None and known.fingerprint == digits:
            return one
    return None


def verify_pdf(report: Report, path: Path) -> Verdict:
    """An exported PDF against the frozen report: the fingerprint in its properties, then what its pages say."""
    digits = identity_of_pdf(path)
    if digits is None:
        return Verdict(False, (f"“{path.name}”里没有指纹，不是定稿以后导出的。",))
    frozen = version_of(report, digits)
    if frozen is None:
        words = f"“{path.name}”的指纹是 {grouped(digits)}，报告里没有这一版定稿。"
        return Verdict(False, (words, *verify(report).lines), (), digits)
    if wrong := signing.doubts(frozen):
        return Verdict(False, tuple(f"{words}。" for words in wrong), (), digits)
    found = pages_against(frozen, path)
    if found:
        words = f"“{path.name}”带着第{frozen.version}版的指纹，但页面上的内容与定稿不同（{len(found)}处）。"
        return Verdict(False, (words,), tuple(found), digits)
    lines = (f"“{path.name}”与第{frozen.version}版定稿一致。", f"指纹是 {grouped(digits)}。")
    return Verdict(True, lines, (), digits)


def identity_of_pdf(path: Path) -> str | None:
    """The fingerprint in a PDF's properties. UserError when it is no PDF."""
    import pypdfium2

    from app.storage.files import read_bytes

    try:
        pdf = pypdfium2.PdfDocument(read_bytes(path))
        try:
            found = _IDENTITY.search(pdf.get_metadata_value("Keywords"))
        finally:
            pdf.close()
    except pypdfium2.PdfiumError:
        raise UserError(f"“{path.name}”不是能打开的 PDF 文件", "请选择定稿以后导出的 PDF") from None
    return found[1] if found else None


def pages_against(report: Report, path: Path) -> list[Difference]:
    """What the pages of a PDF say otherwise than the report: nothing where every character is as we print it today.

    Else its numbers and texts as the reader finds them: another version of the program may have set the pages otherwise.
    """
    from app.exporting import exporter
    from app.importing import importer
    from app.storage.files import read_bytes

    data = read_bytes(path)
    again = exporter.export_bytes(report, form_of(report.form), [Path("再印.pdf")], draft=False)[0]
    if _characters(data) == _characters(again):
        return []
    read = importer.import_bytes(data, path.name)
    printed = read.certain
    form = form_of(report.form)
    found = [
        Difference(
            form.section_of(ref).key,
            comparing.cell_place(form, ref),
            comparing.BLANK if report[ref] is None else str(report[ref]),
            comparing.BLANK if printed[ref] is None else str(printed[ref]),
            ref,
        )
        for ref in form.cells
        if report[ref] != printed[ref]
    ]
    for section in (INTRODUCTION, *(one.key for one in form.sections)):
        ours, theirs = _run_together(report.narrative(section)), _run_together(printed.narrative(section))
        if ours != theirs:
            title = "引言" if section == INTRODUCTION else form.section(section).title
            found.append(Difference(section, title, report.narrative(section), printed.narrative(section)))
    return found


def _characters(data: bytes) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        return _run_together("".join(page.get_textpage().get_text_bounded() for page in pdf))
    finally:
        pdf.close()


def _run_together(text: str) -> str:
    """A text as it is on any page: line breaks and spaces are the typesetter's."""
    return re.sub(r"\s+", "", text)
