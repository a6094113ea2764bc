"""核对定稿: does a frozen report still stand, and does an exported PDF or Word file say the same; what differs, in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.documents.compose import printed_date
from app.errors import UserError
from app.form.catalog import form as form_of
from app.report import comparing
from app.report.comparing import Difference
from app.report.fingerprint import fingerprint, grouped
from app.report.model import INTRODUCTION, Report, SignaturePlace
from app.signoff import covering, signed_pdf, signing, word_hiding

# As `exporter.identity_words` writes it into a document's properties.
_IDENTITY = re.compile(r"nianbao-sha256:([0-9a-f]{64});version=([1-9][0-9]*)")
_DIGITS = re.compile(r"[0-9a-f]{16,64}")  # of a fingerprint, as much as a footer has or more


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
        lines.append(f"{versions}与文件里记录的指纹一致。")
        if old := [one for one in finals if _seal_version(one) == 1]:
            named = "、".join(f"第{one.version}版" for one in old)
            lines.append(f"{named}由旧版程序定稿，定稿日期和以前的版本没有一起封存。")
    lines.append(f"第{finals[-1].version}版的指纹是 {grouped(last.fingerprint)}，请与定稿证明上的对照。")
    if not report.is_frozen:
        lines.append(f"正在修改第{one.version}版，还没有定稿。")
    found = _against_last(report) if wrong else ()
    return Verdict(not wrong, tuple(lines), tuple(found), last.fingerprint)


def verify_digits(report: Report, digits: str) -> Verdict:
    """The fingerprint on the paper certificate, at least its first 16 digits, against what the file holds.

    Only this tells a file that was forged as a whole, with a fingerprint of its own: paper cannot be computed anew.
    """
    wanted = "".join(digits.split()).lower()
    if not _DIGITS.fullmatch(wanted):
        raise UserError(
            f"“{digits.strip()[:80]}”不是指纹", "请照定稿证明填写指纹的前16位（0到9、a到f），可以带空格"
        )
    found = verify(report)
    held = [one for one in (*report.finals, report) if one.is_frozen]
    same = [one for one in held if _fingerprint_of(one).startswith(wanted)]
    if not same:
        words = f"纸上的指纹 {grouped(wanted)} 与文件里的不一致，这不是那份定稿。"
        return replace(found, stands=False, lines=(words, *found.lines))
    version, last = same[-1].version, held[-1].version
    words = f"纸上的指纹与文件里第{version}版定稿的一致" + (
        f"；文件里最新的定稿是第{last}版。" if version != last else "。"
    )
    return replace(found, lines=(words, *found.lines) if found.stands else (*found.lines, words))


def _fingerprint_of(final: Report) -> str:
    frozen = signing.sign_off_of(final).frozen
    return frozen.fingerprint if frozen else ""


def _seal_version(final: Report) -> int:
    frozen = signing.sign_off_of(final).frozen
    return frozen.seal_version if frozen else 0


def _against_last(report: Report) -> Sequence[Difference]:
    """What was altered can only be told against an earlier version that still stands."""
    whole = [one for one in report.finals if not signing.doubt_of(report, one)]
    return comparing.differences(whole[-1], report) if whole and report.is_frozen else ()


def version_of(report: Report, digits: str) -> Report | None:
    """The frozen version with this fingerprint."""
    for one in (report, *reversed(report.finals)):
        known = signing.sign_off_of(one).frozen
        if known is not None and known.fingerprint == digits:
            return one
    return None


def verify_document(report: Report, path: Path) -> Verdict:
    """An exported PDF or Word file against the frozen report: the fingerprint in its properties, what it says, what covers that."""
    from app.storage.files import read_bytes

    data = read_bytes(path)
    kind = _Pdf if data[:1024].lstrip().startswith(b"%PDF") else _Word
    digits = kind.identity(data, path.name)
    if digits is None:
        return Verdict(False, (f"“{path.name}”里没有指纹，不是定稿以后导出的。",))
    frozen = version_of(report, digits)
    if frozen is None:
        words = f"“{path.name}”的指纹是 {grouped(digits)}，报告里没有这一版定稿。"
        return Verdict(False, (words, *verify(report).lines), (), digits)
    if wrong := signing.doubt_of(report, frozen):
        return Verdict(False, (f"{wrong}。",), (), digits)
    again = exporter_bytes(frozen, kind.suffix)
    if kind.characters(data) != kind.characters(again) and (found := said_otherwise(frozen, data, path.name)):
        words = (
            f"“{path.name}”带着第{frozen.version}版的指纹，但{kind.where}的内容与定稿不同（{len(found)}处）。"
        )
        return Verdict(False, (words,), tuple(found), digits)
    if covered := kind.covered(data, again):
        words = f"“{path.name}”带着第{frozen.version}版的指纹，文字也一致，但看到的可能不是这些文字："
        return Verdict(False, (words, *(f"{one}。" for one in covered)), (), digits)
    signed = kind.signatures(data)
    told = tuple(f"{one.words}。" for one in signed)
    if any(one.stands is False for one in signed):
        words = f"“{path.name}”的内容与第{frozen.version}版定稿一致，但不是签名时的那个文件："
        return Verdict(False, (words, *told), (), digits)
    seals = (*told, *(f"{one}。" for one in kind.seals(data)))
    lines = (f"“{path.name}”与第{frozen.version}版定稿一致。", f"指纹是 {grouped(digits)}。", *seals)
    return Verdict(True, lines, (), digits)


class _Pdf:
    suffix, where = ".pdf", "页面上"
    covered = staticmethod(covering.covered_pages)
    seals = staticmethod(covering.seals)
    signatures = staticmethod(signed_pdf.signatures)

    @staticmethod
    def identity(data: bytes, name: str) -> str | None:
        import pypdfium2

        try:
            pdf = pypdfium2.PdfDocument(data)
            try:
                found = _IDENTITY.search(pdf.get_metadata_value("Keywords"))
            finally:
                pdf.close()
        except pypdfium2.PdfiumError:
            raise _neither(name) from None
        return found[1] if found else None

    @staticmethod
    def characters(data: bytes) -> str:
        import pypdfium2

        pdf = pypdfium2.PdfDocument(data)
        try:
            return _run_together("".join(page.get_textpage().get_text_bounded() for page in pdf))
        finally:
            pdf.close()


class _Word:
    suffix, where = ".docx", "里面"
    characters = staticmethod(word_hiding.word_text)
    covered = staticmethod(word_hiding.hidden_in_word)

    @staticmethod
    def seals(_data: bytes) -> list[str]:
        return []  # a Word file is sealed on paper

    @staticmethod
    def signatures(_data: bytes) -> list[signed_pdf.Signature]:
        return []

    @staticmethod
    def identity(data: bytes, name: str) -> str | None:
        try:
            found = _IDENTITY.search(word_hiding.word_properties(data))
        except UserError:
            raise _neither(name) from None
        return found[1] if found else None


def _neither(name: str) -> UserError:
    return UserError(f"“{name}”不是能打开的 PDF 或 Word 文件", "请选择定稿以后导出的 PDF 或 Word 文件")


def exporter_bytes(report: Report, suffix: str) -> bytes:
    """The report as it is exported today."""
    from app.exporting import exporter

    return exporter.export_bytes(report, form_of(report.form), [Path(f"再印{suffix}")], draft=False)[0]


def said_otherwise(report: Report, data: bytes, name: str) -> list[Difference]:
    """What a document says otherwise than the report, its numbers and texts as the reader finds them.

    Asked only where not every character is as we print it today: another version of the program may have set it otherwise.
    """
    from app.importing import importer

    read = importer.import_bytes(data, name)
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
    found += _more_than_a_report(report, read.unused, name)
    return found + list(_signed_otherwise(report, printed))


def _more_than_a_report(report: Report, unused: Sequence[str], name: str) -> list[Difference]:
    """Words behind the end, or where nothing of a report stands; the same reader leaves as much of our own."""
    from app.importing import importer

    if not unused:
        return []
    ours = importer.import_bytes(exporter_bytes(report, Path(name).suffix.lower()), name)
    known = {_run_together(one) for one in ours.unused}
    return [
        Difference("", "正文以外", comparing.BLANK, one) for one in unused if _run_together(one) not in known
    ]


def _signed_otherwise(report: Report, printed: Report) -> Iterator[Difference]:
    """The unit in the title and 成文日期, where the document says them."""
    if printed.agency.name and _run_together(printed.agency.name) != _run_together(report.agency.name):
        yield Difference("title", "标题", report.agency.name, printed.agency.name)
    ours, theirs = report.signature.issued_on, printed.signature.issued_on
    if theirs is not None and theirs != ours and report.signature.place is not SignaturePlace.NONE:
        told = printed_date(ours) if ours else comparing.BLANK
        yield Difference("signature", "成文日期", told, printed_date(theirs))


def _run_together(text: str) -> str:
    """A text as it is on any page: line breaks and spaces are the typesetter's."""
    return re.sub(r"\s+", "", text)
