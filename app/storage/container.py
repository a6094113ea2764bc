"""The .gknb file as bytes: a zip of `mimetype`, `report.json`, `prior.json`, other states and pictures, opened with suspicion."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.errors import UserError
from app.machine import archives
from app.report.model import Report
from app.storage import codec, strict

SUFFIX = ".gknb"
MIMETYPE = b"application/x-nianbao+zip"
REPORT, PRIOR = "report.json", "prior.json"
PICTURES, PRIOR_PICTURES = "pictures/", "prior_pictures/"
VERSIONS = "versions/"  # versions/1/report.json, versions/1/pictures/…: the report as it was frozen (定稿) as version 1
SENT, SENT_PICTURES = "sent/report.json", "sent/pictures/"  # 送审稿: the report as it was last sent
_VERSION = re.compile(r"versions/([1-9][0-9]{0,2})/(report\.json|pictures/(.*))")
MOST_ENTRIES = 500
MOST_BYTES = (
    200 * 1024 * 1024
)  # unpacked: far above any report with pictures, far below what fills a small computer
MOST_JSON = (
    8 * 1024 * 1024
)  # of one report.json: a long one has 0.2 MB; Python needs 30 times as much for a hostile one
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's earliest time: the same report makes the same bytes
_ENCRYPTED = 0x1
# What zipfile raises for bytes that are not a whole zip.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Content:
    """What a .gknb holds: the report with its frozen versions and, where it is known, last year's without them."""

    report: Report
    prior: Report | None = None

    def __post_init__(self) -> None:
        if self.prior is not None:
            object.__setattr__(self, "prior", self.prior.alone)


def looks_like_gknb(data: bytes) -> bool:
    """Told by content, not by suffix: a zip that begins with our mimetype or holds a report.json."""
    if not data.startswith(b"PK"):
        return False
    if data[30:38] == b"mimetype" and data[38 : 38 + len(MIMETYPE)] == MIMETYPE:
        return True
    if archives.has_more_than(data, MOST_ENTRIES):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return REPORT in archive.namelist()
    except _BROKEN:
        return False


# -- writing ---------------------------------------------------------------------------------------------------------------


def pack(content: Content) -> bytes:
    """The bytes of a .gknb; always the same for the same content."""
    stream = io.BytesIO()
    entries = list(_entries(content))
    if len(entries) > MOST_ENTRIES:
        raise UserError("报告里的图片太多，没有保存", "请删去几张，再保存一次")
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data, compress in entries:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def _entries(content: Content) -> Iterator[tuple[str, bytes, bool]]:
    yield "mimetype", MIMETYPE, False  # first and stored, so that the type can be told from the first bytes
    for name, folder, report in ((REPORT, PICTURES, content.report), (PRIOR, PRIOR_PICTURES, content.prior)):
        if report is not None:
            data = codec.dump(report)
            if len(data) > MOST_JSON:
                raise UserError("报告的文字太长，没有保存", "请删去不属于年报的文字，再保存一次")
            yield name, data, True
            yield from ((folder + picture.name, picture.data, False) for picture in report.pictures)
    if (sent := content.report.sent) is not None:
        yield SENT, codec.dump(sent), True
        yield from ((SENT_PICTURES + picture.name, picture.data, False) for picture in sent.pictures)
    for final in content.report.finals:
        folder = f"{VERSIONS}{final.version}/"
        yield folder + REPORT, codec.dump(final), True
        yield from ((folder + PICTURES + picture.name, picture.data, False) for picture in final.pictures)


# -- reading ---------------------------------------------------------------------------------------------------------------


def unpack(data: bytes) -> Content:
    """The content of a .gknb; UserError for anything that is not one whole file as this program writes it."""
    if not data:
        raise UserError("文件是空的", "请换用备份，或从原来的文件重新导入")
    if not data.startswith(b"PK"):
        raise UserError("这不是本程序的报告文件", "请确认选对了文件；旧的年报请用“从去年的报告开始”导入")
    if archives.has_more_than(data, MOST_ENTRIES):
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _read(archive)
    except _BROKEN:
        raise strict.damaged("文件不完整") from None
    if files.pop("mimetype", MIMETYPE) != MIMETYPE:
        raise UserError("这不是本程序的报告文件", "请确认选对了文件")
    report = codec.from_json(codec.load(files.pop(REPORT)), _pictures(files, PICTURES))
    if finals := _finals(files):
        report = replace(report, finals=finals)
    sent_pictures = _pictures(files, SENT_PICTURES)
    if SENT in files:
        report = replace(report, sent=codec.from_json(codec.load(files.pop(SENT)), sent_pictures))
    elif sent_pictures:
        raise strict.damaged(f"缺少“{SENT}”")
    prior_pictures = _pictures(files, PRIOR_PICTURES)
    if PRIOR in files:
        return Content(report, codec.from_json(codec.load(files.pop(PRIOR)), prior_pictures))
    if prior_pictures:
        raise strict.damaged(f"缺少“{PRIOR}”")
    return Content(report)


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every entry by name, after the whole directory has been found harmless."""
    entries = [entry for entry in archive.infolist() if not _is_folder(entry.filename)]
    names = [entry.filename for entry in entries]
    if REPORT not in names:
        raise UserError("这不是本程序的报告文件", "请确认选对了文件；旧的年报请用“从去年的报告开始”导入")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UserError("文件被加了密", "请先用压缩软件解密，或换用备份")
    texts = [entry for entry in entries if entry.filename.endswith(".json")]
    if (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_BYTES
        or any(entry.file_size > MOST_JSON for entry in texts)
    ):
        raise _too_large()
    if len(set(names)) != len(names):
        raise strict.damaged("同一项内容出现了两次")
    for name in names:
        if not _is_known(name):
            raise UserError(
                f"文件里有本程序不认识的内容“{name}”，可能由更新版本的程序保存或已损坏", "请升级程序后再打开"
            )
    return {entry.filename: archive.read(entry) for entry in entries}


def _too_large() -> UserError:
    return UserError("文件解开后过大，不像是一份报告", "请确认选对了文件，或换用备份")


def _is_folder(name: str) -> bool:
    """An entry for a folder, as a zip packed again by hand has it."""
    return name in (PICTURES, PRIOR_PICTURES, VERSIONS, "sent/", SENT_PICTURES) or bool(
        re.fullmatch(r"versions/[1-9][0-9]{0,2}/(pictures/)?", name)
    )


def _is_known(name: str) -> bool:
    if name in ("mimetype", REPORT, PRIOR, SENT):
        return True
    if found := _VERSION.fullmatch(name):
        return found[3] is None or codec.is_picture_name(found[3])
    folders = (one for one in (PICTURES, PRIOR_PICTURES, SENT_PICTURES) if name.startswith(one))
    return any(codec.is_picture_name(name.removeprefix(folder)) for folder in folders)


def _finals(files: dict[str, bytes]) -> tuple[Report, ...]:
    """Takes the frozen versions out of `files`, the first first."""
    numbers = {int(found[1]) for name in files if (found := _VERSION.fullmatch(name))}
    finals = []
    for number in sorted(numbers):
        folder = f"{VERSIONS}{number}/"
        if folder + REPORT not in files:
            raise strict.damaged(f"缺少第{number}版定稿")
        pictures = _pictures(files, folder + PICTURES)
        final = codec.from_json(codec.load(files.pop(folder + REPORT)), pictures)
        if final.version != number or not final.is_frozen:
            raise strict.damaged(f"第{number}版定稿读不通")
        finals.append(final)
    return tuple(finals)


def _pictures(files: dict[str, bytes], folder: str) -> dict[str, bytes]:
    """Takes the pictures of one folder out of `files`."""
    names = [name for name in files if name.startswith(folder)]
    return {name.removeprefix(folder): files.pop(name) for name in names}
