"""The system in which things are compiled: an old Debian in a folder, so that the result runs on old systems too."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trouble import SetupError

RELEASE = "bullseye"
TOOLS = ["gcc", "g++", "libc6-dev", "make", "zlib1g-dev", "libffi-dev", "patch", "patchelf", "binutils"]
TOOLS += ["libgl-dev", "libxkbcommon-dev", "x11proto-dev"]  # headers that those of Qt include
MACHINES = {"amd64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu"}


@dataclass(frozen=True)
class Workshop:
    """The old Debian that compiles for one architecture. `target` begins the names of its tools where that is not its own."""

    folder: Path
    target: str = ""

    def tool(self, name: str) -> str:
        return f"{self.target}-{name}" if self.target else name


def workshop(architecture: str, work: Path) -> Workshop:
    """That of this computer's own architecture compiles natively; for the other one it has a second set of tools."""
    folder = work / f"{RELEASE}-{architecture}"
    if call(["dpkg", "--print-architecture"], output=True).strip() == architecture:
        return Workshop(make(folder))
    machine = MACHINES[architecture]
    packages = [f"gcc-{machine.replace('_', '-')}", f"g++-{machine.replace('_', '-')}"]
    packages += [f"zlib1g-dev:{architecture}", f"libffi-dev:{architecture}"]
    return Workshop(make(folder, RELEASE, [*TOOLS, *packages], architecture), machine)


def mirror() -> str:
    """Where this computer takes Debian from."""
    text = call(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"], output=True)
    for line in text.splitlines():
        if line.rstrip("/").endswith("/debian"):
            return line
    raise SetupError("这台电脑的 apt 没有 Debian 的软件源，不知道从哪里下载。请在 Debian 12 上运行。")


def make(folder: Path, release: str = RELEASE, packages: Sequence[str] = TOOLS, foreign: str = "") -> Path:
    """The root of `release` in `folder`: made once, then kept; what it lacks since the list of packages grew is added."""
    ready, wanted = folder / ".ready", "\n".join(packages)
    if ready.exists():
        if ready.read_text("utf-8") != wanted:
            install(folder, packages)
            ready.write_text(wanted, "utf-8")
        return folder
    if os.geteuid() != 0:
        raise SetupError("要建一个旧版 Debian 的文件夹来编译，需要管理员权限。请用 sudo 运行。")
    if shutil.which("debootstrap") is None:
        raise SetupError("缺少 debootstrap。请运行：sudo apt install debootstrap")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    call(["debootstrap", "--variant=minbase", release, str(folder), mirror()], log=folder.with_suffix(".log"))
    shutil.copyfile("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    if foreign:
        run(folder, ["dpkg", "--add-architecture", foreign])
    install(folder, packages)
    ready.write_text(wanted, "utf-8")
    return folder


def install(folder: Path, packages: Sequence[str]) -> None:
    if packages:
        run(folder, ["apt-get", "-qq", "update"])
        run(folder, ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages])


def run(folder: Path, command: Sequence[str], variables: Mapping[str, str] | None = None) -> str:
    """Run a command inside the root; what it prints. A failure stops the build with its last lines."""
    env = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C.UTF-8",
        "HOME": "/root",
        "DEBIAN_FRONTEND": "noninteractive",
        **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
        **(variables or {}),
    }
    with _mounted(folder):
        return call(["chroot", str(folder), *command], output=True, env=env)


@contextmanager
def _mounted(folder: Path) -> Iterator[None]:
    """/proc inside the root, for the time of one command. Its /dev is debootstrap's own: this computer's stays out of reach."""
    place = folder / "proc"
    call(["mount", "-t", "proc", "proc", str(place)])
    try:
        yield
    finally:
        call(["umount", "--lazy", str(place)])


def call(
    command: Sequence[str],
    *,
    output: bool = False,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=env,
        cwd=cwd,
    )
    if log is not None:
        log.write_text(done.stdout, "utf-8")
    if done.returncode != 0:
        last = "\n".join(done.stdout.splitlines()[-15:])
        raise SetupError(f"这一步失败，已停止：{' '.join(command)[:200]}\n{last}")
    return done.stdout if output else ""
