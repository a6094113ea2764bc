"""The table of components, packages.toml: what goes into the packages, by version, licence and hash. What differs gets no further."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trouble import SetupError

TABLE = Path(__file__).resolve().parent / "packages.toml"


@dataclass(frozen=True)
class Component:
    """What a package holds of others: by name, version, licence and the hash of the archive that it came in."""

    name: str
    version: str
    licence: str
    sha256: str


def read() -> Mapping[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def reminder(publisher: Mapping[str, str]) -> str:
    """For whoever builds, as long as nobody's name stands on the packages; "" afterwards."""
    maintainer, store_id = publisher["maintainer"], publisher["store-id"]
    if not maintainer.endswith(".invalid>") and not store_id.startswith("invalid."):
        return ""
    return (
        f"安装包上的发布者还是占位的（{maintainer}，商店编号 {store_id}）："
        "发给别人以前，请在 installer/packages.toml 的 [publisher] 里换成自己的，再做一次。"
    )


def wheels(table: Mapping[str, Any], target: str) -> list[Component]:
    """The wheels for `target`, in the order of the table. A component that has wheels for others only is refused, never left out."""
    found: dict[str, Component] = {}
    names = []
    for entry in table["package"]:
        names.append(entry["name"])
        digest = entry["sha256"].get(target) or entry["sha256"].get("any")
        if digest:
            found[entry["name"]] = Component(entry["name"], entry["version"], entry["licence"], digest)
    if lacking := [name for name in dict.fromkeys(names) if name not in found]:
        raise SetupError(
            f"packages.toml 里没有 {target} 用的：{'、'.join(lacking)}。请补上版本和 SHA-256，再试一次。"
        )
    return list(found.values())


def system_libraries(table: Mapping[str, Any], architecture: str) -> list[Component]:
    """Debian's packages of which single libraries go into ours: desktops seldom have them. `only`: another machine needs none."""
    entries = [one for one in table["linux"]["library"] if one.get("only", architecture) == architecture]
    if lacking := [entry["name"] for entry in entries if architecture not in entry["sha256"]]:
        raise SetupError(
            f"packages.toml 里没有 {architecture} 用的：{'、'.join(lacking)}。请补上 SHA-256，再试一次。"
        )
    return [
        Component(
            entry["name"],
            entry.get(f"version-{architecture}", entry["version"]),
            entry["licence"],
            entry["sha256"][architecture],
        )
        for entry in entries
    ]


def fonts(table: Mapping[str, Any], folder: Path) -> list[Component]:
    """The faces in `folder`, each file by its own hash. One of unknown origin is refused: nobody could say its licence."""
    found = []
    for path in sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")]):
        entries = [entry for entry in table["font"] if path.name.startswith(entry["files"])]
        if not entries:
            raise SetupError(f"packages.toml 里没有字体“{path.name}”的出处和许可。请补上，再试一次。")
        found.append(Component(path.name, entries[0]["version"], entries[0]["licence"], digest(path)))
    return found


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(path: Path, sha256: str, name: str = "") -> Path:
    """The file, if it is the one in the table; `name` is what people call it, if that is not the file's."""
    if (found := digest(path)) != sha256:
        raise SetupError(
            f"“{name or path.name}”与 packages.toml 里的不是同一个文件，已停止。表里的 SHA-256 是 {sha256}，"
            f"下载到的是 {found}。如果是有意换新版本，请核对来源后改表。"
        )
    return path
