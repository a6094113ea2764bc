"""历史版本 of the open report: every save and those with a name, what was frozen, and how one is brought back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from app.errors import UserError
from app.report.model import Report
from app.session.document import ReportDocument
from app.storage import backups, files
from app.storage.backups import Backup


@dataclass(frozen=True, slots=True)
class Version:
    """One state that can be looked at, compared and brought back. `name` is what the clerk called it."""

    title: str
    load: Callable[[], Report] = field(repr=False, compare=False)
    backup: Backup | None = None

    @property
    def name(self) -> str:
        return self.backup.name if self.backup else ""


def versions_of(document: ReportDocument) -> list[Version]:
    """现在, then the frozen versions, then every kept save, newest first."""
    report = document.report
    found = [Version("现在", partial(_itself, report))]
    found += [Version(f"第{one.version}版定稿", partial(_itself, one)) for one in reversed(report.finals)]
    if document.path is not None:
        found += [
            Version(_title(one), partial(_loaded, one), one) for one in backups.backups_of(document.path)
        ]
    return found


def _title(backup: Backup) -> str:
    return f"{when(backup.made)}{f'　{backup.name}' if backup.name else ''}"


def when(made: datetime) -> str:
    return f"{made.year}年{made.month}月{made.day}日 {made:%H:%M:%S}"


def _itself(report: Report) -> Report:
    return report


def _loaded(backup: Backup) -> Report:
    return files.read(backup.path).content.report


def brought_back(document: ReportDocument, version: Version) -> None:
    """Make an earlier state the present one, as one step of undo; signatures and frozen versions stay as they are."""
    now, then = document.report, version.load()
    if then.form != now.form or then.year != now.year:
        raise UserError("这个版本是另一年的报告，不能放进这份报告里", "请用“打开”或“另存为”另外处理")
    document.change(
        f"恢复{version.title}", replace(then, sign_off=now.sign_off, finals=now.finals, sent=now.sent)
    )
