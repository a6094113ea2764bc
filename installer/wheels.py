"""Wheels of others, by version: pip downloads them, compares each with its hash and runs nothing of them."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pins
from pins import Component
from trouble import SetupError

NETWORK = "请检查网络，或按 pip 的办法设好镜像，然后再运行一次"


def download(wanted: Sequence[Component], platforms: Iterable[str], folder: Path) -> dict[str, Path]:
    """{name: wheel} for one of these platforms; what lies in `folder` from the last time and is right is not downloaded again."""
    folder.mkdir(parents=True, exist_ok=True)
    there = _by_digest(folder)
    missing = [one for one in wanted if one.sha256 not in there]
    if missing:
        lines = folder / "wanted.txt"
        lines.write_text(
            "".join(f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in missing), "utf-8"
        )
        call = ["download", "--disable-pip-version-check", "--quiet", "--no-deps", "--require-hashes"]
        call += ["--only-binary=:all:", "--implementation=cp", "--python-version=3.11"]
        call += [f"--platform={one}" for one in platforms]
        _pip([*call, f"--requirement={lines}", f"--dest={folder}"])
    found = _by_digest(folder)
    for one in missing:
        if one.sha256 not in found:
            raise _mismatch(f"{one.name} {one.version}")
    return {one.name: found[one.sha256] for one in wanted}


def _by_digest(folder: Path) -> dict[str, Path]:
    return {pins.digest(path): path for path in sorted(folder.glob("*.whl"))}


def _pip(call: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *call], capture_output=True, text=True)
    if done.returncode == 0:
        return
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise _mismatch("下载的组件", done.stderr)
    raise SetupError(f"没能下载组件：{last_line(done.stderr)}。{NETWORK}。")


def _mismatch(name: str, details: str = "") -> SetupError:
    told = f"{name} 的校验值与 installer/packages.toml 里的不符：下载的不是当初核对过的那一份。已停止，什么也没有生成。"
    return SetupError(f"{told}\n{details}".strip())


def last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "没有说明")
