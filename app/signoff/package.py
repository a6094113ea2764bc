"""上报包: one file with all that a township hands up: the report, its documents, the check sheet, the fingerprint in words."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.errors import UserError
from app.exporting import exporter
from app.report.fingerprint import fingerprint, grouped
from app.report.model import Report
from app.session import session
from app.session.document import ReportDocument
from app.signoff import papers as signing_papers
from app.signoff import signing
from app.signoff.papers import CERTIFICATE, CHECK_SHEET, Papers
from app.storage import files
from app.storage.container import SUFFIX, Content, pack

SUFFIX_OF_PACK = ".zip"
DOCUMENTS = (
    ".docx",
    ".pdf",
    ".ofd",
    ".html",
)  # the formats of the report in it; an office may leave some out
# What no file name of Windows may hold, and half a character.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\ud800-\udfff]+')
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same report makes the same bytes


def name_of(report: Report) -> str:
    """单位+年: 侯家镇人民政府2025年政府信息公开年报."""
    unit = _NOT_IN_NAMES.sub("", "".join(report.agency.name.split()))[:60].strip(". ")
    return f"{unit or '未写明单位'}{report.year}年政府信息公开年报"


def pack_bytes(
    document: ReportDocument, on: date, force: bool = False, formats: Sequence[str] = DOCUMENTS
) -> bytes:
    """The zip. NotReady when blanks, 待更新 or errors are left, unless `force`: then its documents say 草稿."""
    left = session.left_to_do(document)
    if left.is_draft and not force:
        raise session.NotReady(left)
    if wrong := signing.doubts(document.report):
        raise UserError(f"{wrong[0]}，没有打包", "请换用定稿时的文件，或修改为新版本重新送签")
    name, report = name_of(document.report), document.report
    targets = [Path(f"{name}{suffix}") for suffix in DOCUMENTS if suffix in formats]
    made = exporter.export_bytes(report, document.form, targets, left.is_draft)
    papers = Papers.of(document, on)
    entries = [(f"{name}{SUFFIX}", pack(Content(report, document.prior)))]
    entries += [(target.name, data) for target, data in zip(targets, made, strict=True)]
    entries.append((f"{CHECK_SHEET}.pdf", signing_papers.paper(papers, CHECK_SHEET, ".pdf")))
    if report.is_frozen:
        entries.append((f"{CERTIFICATE}.pdf", signing_papers.paper(papers, CERTIFICATE, ".pdf")))
    entries.append(("指纹.txt", _words(papers).encode("utf-8-sig")))
    return _zipped(name, entries)


def write_pack(
    document: ReportDocument,
    target: Path,
    on: date,
    force: bool = False,
    formats: Sequence[str] = DOCUMENTS,
) -> Path:
    """The 上报包 on disk, whole or not at all."""
    if target.suffix.lower() != SUFFIX_OF_PACK:
        target = target.with_name(target.name + SUFFIX_OF_PACK)
    files.write_bytes(target, pack_bytes(document, on, force, formats))
    return target


def _words(papers: Papers) -> str:
    """The fingerprint and how it stands, for whoever opens the zip without this program."""
    report = papers.report
    one = signing.sign_off_of(report)
    lines = [
        papers.title,
        f"第{report.version}版，{signing.stage(report).value}",
        f"内容指纹（SHA-256）：{grouped(fingerprint(report))}",
        f"检查结果：{papers.checked.conclusion}",
    ]
    if one.frozen:
        lines.insert(2, f"定稿日期：{one.frozen.frozen_on.isoformat()}")
    lines += [
        f"{name}：{hand.name} {hand.signed_on.isoformat()}"
        for name, hand in zip(signing.names_of(hand.step for hand in one.hands), one.hands, strict=True)
    ]
    return "\r\n".join([*lines, ""])


def _zipped(folder: str, entries: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            entry.external_attr = 0o644 << 16
            is_packed = name.endswith((SUFFIX, ".docx"))
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()
