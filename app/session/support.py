"""问题信息: what a helper needs to find a fault, in one file: logs, versions, faces, settings; the report only when it is wanted."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from app import own_files, paths
from app.storage import files
from app.storage.container import SUFFIX, Content, pack

NAME = "年报助手问题信息"
_NOT_TOLD = ("recent", "folders", "layout", "geometry")  # of the settings: they name the clerk's own files
_LARGEST_LOG = 2_000_000  # bytes from its end
_TIME = (1980, 1, 1, 0, 0, 0)


def bundle(facts: str, content: Content | None = None) -> bytes:
    """A .zip; `facts` are those of 关于. With `content` the open report is in it as it stands."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("版本.txt", facts.encode() + b"\n"), *_parts()):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
        if content is not None:
            archive.writestr(zipfile.ZipInfo(f"报告{SUFFIX}", _TIME), pack(content))
    return stream.getvalue()


def write(path: Path, facts: str, content: Content | None = None) -> None:
    """The same into a file. UserError says what kept it from being written."""
    files.write_bytes(path, bundle(facts, content))


def _parts() -> Iterator[tuple[str, bytes]]:
    log = paths.log_file()
    for file in (log, log.with_name(f"{log.name}.1"), log.with_name("crash.log")):
        if (data := _end_of(file)) is not None:
            yield file.name, data
    yield "字体.txt", _faces().encode()
    if (settings := _settings()) is not None:
        yield "设置.json", settings


def _end_of(file: Path) -> bytes | None:
    try:
        return own_files.read(file)[-_LARGEST_LOG:]
    except OSError:
        return None


def _faces() -> str:
    from app.printing.page_looks import fonts_words
    from app.typesetting.fonts import Faces

    try:
        return "\n".join(fonts_words(Faces.of_this_computer().report())) + "\n"
    except Exception as error:  # what helps with a fault must not fall over it
        return f"{type(error).__name__}: {error}\n"


def _settings() -> bytes | None:
    """Without the names of files and folders."""
    try:
        known = own_files.read_json(paths.settings_file())
    except (OSError, ValueError):
        return None
    if not isinstance(known, dict):
        return None
    told = {key: value for key, value in known.items() if key not in _NOT_TOLD}
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
