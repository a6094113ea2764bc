"""A bug of the program itself: logged in full, told in one sentence that says truly what became of the files."""

import sys
from typing import TextIO

_LOG_LIMIT = 1_000_000  # bytes; then the log begins anew and the last one is kept beside it


def logged(error: Exception) -> str:
    """Log what went wrong in the program itself; the sentence to tell."""
    import traceback
    from datetime import datetime

    from app import paths

    log = _open_log()
    if log is None:
        return f"程序出错了（{type(error).__name__}），{_files()}。"
    with log:
        print(datetime.now().isoformat(" ", "seconds"), *sys.argv[1:], file=log)  # noqa: DTZ005 - the clerk's clock
        traceback.print_exception(error, file=log)
    return f"程序出错了，{_files()}。详细情况记在“{paths.log_file()}”，请把它交给维护人员。"


def _files() -> str:
    """What became of the files."""
    done = written()
    return f"出错以前已写好{done}，别的文件没有改动" if done else "文件没有改动"


def written() -> str:
    """The files that this call has written, in words; those of the program's own folder are none of the clerk's."""
    from app import paths
    from app.storage import files

    own = files.real_path(paths.user_data())
    done = [path for path in files.written() if own not in path.parents]
    named = "、".join(f"“{path.name}”" for path in done[-3:])
    return f"{named}{f'等{len(done)}个文件' if len(done) > 3 else ''}"


def _open_log() -> TextIO | None:
    """The log, to append to; None where it cannot be written."""
    from app import paths

    file = paths.log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if paths.exists(file) and not paths.is_file(file):  # a pipe would wait for somebody to read it
            return None
        if paths.exists(file) and file.stat().st_size > _LOG_LIMIT:
            file.replace(file.with_name(file.name + ".1"))
        return file.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
