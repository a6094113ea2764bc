"""Downloads by version, kept from one build to the next, each compared with its hash in the table."""

import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from linux import root
from pins import Component, digest, verify
from wheels import download

_GLIBC_OF_WHEELS = (31, 28, 27, 26, 24, 17, 12, 5)


def wheels(wanted: Sequence[Component], machine: str, folder: Path) -> dict[str, Path]:
    """{name: wheel} for Linux on this machine."""
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC_OF_WHEELS]
    return download([*wanted], [*platforms, f"manylinux2014_{machine}"], folder)


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
