"""Downloads by version, kept from one build to the next, each compared with its hash in the table."""

import subprocess
import sys
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from linux import root
from linux.pins import BuildError, Component, digest, verify

_GLIBC_OF_WHEELS = (31, 28, 27, 26, 24, 17, 12, 5)


def wheels(wanted: Iterable[Component], machine: str, folder: Path) -> dict[str, Path]:
    """{name: wheel}. pip only downloads: no set-up script of others is run, no archive of sources accepted."""
    wanted = list(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    if any(one.sha256 not in _known(folder) for one in wanted):
        lines = folder / "wheels.txt"
        lines.write_text(
            "".join(f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in wanted), "utf-8"
        )
        tags = [f"--platform=manylinux_2_{minor}_{machine}" for minor in _GLIBC_OF_WHEELS]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        command += ["--only-binary=:all:", "--implementation=cp", "--python-version=3.11", *tags]
        command += [f"--platform=manylinux2014_{machine}", f"--dest={folder}", f"--requirement={lines}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise BuildError(
                "下载组件失败，或者下载到的与 packages.toml 里的 SHA-256 不一致，已停止：\n"
                + done.stderr[-2000:]
            )
    known = _known(folder)
    return {one.name: verify(known[one.sha256], one.sha256) for one in wanted}


def _known(folder: Path) -> dict[str, Path]:
    return {digest(path): path for path in folder.glob("*.whl")}


def debian_library(one: Component, system: Path, folder: Path, architecture: str = "") -> Path:
    """A package of the old Debian, of its own or another architecture; it is unpacked later, never installed."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [path for path in folder.glob(f"{one.name}_*.deb") if digest(path) == one.sha256]
    if not found:
        inside = system / "var" / "tmp" / "download"
        inside.mkdir(parents=True, exist_ok=True)
        wanted = f"{one.name}{architecture and ':'}{architecture}={one.version}"
        command = f"cd /var/tmp/download && rm -f {one.name}_*.deb && apt-get -qq download {wanted}"
        root.run(system, ["sh", "-c", command])
        (got,) = inside.glob(f"{one.name}_*.deb")
        found = [Path(got.rename(folder / got.name))]
    return verify(found[0], one.sha256)


def unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="tar")


def debian_package(one: Component, release: str, folder: Path) -> Path:
    """A package of any release of Debian for every machine; it is unpacked later, never installed. No rights are needed."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [path for path in folder.glob(f"{one.name}_*.deb") if digest(path) == one.sha256]
    if not found:
        apt = _apt(folder / f"apt-{release}", "deb", release)
        root.call([*apt, "update"])
        root.call([*apt, "download", f"{one.name}={one.version}"], cwd=folder)
        found = sorted(folder.glob(f"{one.name}_*.deb"))
    return verify(found[0], one.sha256)


def _apt(state: Path, kind: str, release: str) -> list[str]:
    """apt-get with lists of its own, so that this computer's stay as they are."""
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True, exist_ok=True)
    sources = state / "sources.list"
    keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
    sources.write_text(f"{kind} [signed-by={keys}] {root.mirror()} {release} main\n", "utf-8")
    settings = [
        f"Dir::Etc::sourcelist={sources}",
        "Dir::Etc::sourceparts=-",
        f"Dir::State::lists={state}/lists",
        f"Dir::Cache={state}/cache",
        "APT::Sandbox::User=root",
    ]
    return ["apt-get", "-qq", *(word for setting in settings for word in ("-o", setting))]


def debian_source(
    name: str, version: str, files: Mapping[str, str], folder: Path, *options: str
) -> dict[str, Path]:
    """The files of one source package as they are, {file: path}; apt looks at the signature, we at the hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    if not all((folder / file).exists() for file in files):
        apt = _apt(folder / "apt", "deb-src", "bookworm")
        root.call([*apt, "update"])
        root.call([*apt, "source", "--download-only", *options, f"{name}={version}"], cwd=folder)
    return {file: verify(folder / file, sha256) for file, sha256 in files.items()}
