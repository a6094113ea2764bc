"""The list of components of a package (CycloneDX 1.5, JSON): name, version, licence, the hash of what it was made from."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from windows.archives import Component

FORMAT = ("CycloneDX", "1.5")


def write(
    target: Path, version: str, epoch: int, components: Iterable[Component], fonts: Path, tools: Iterable[str]
) -> None:
    """`fonts` is the folder of faces; `tools` are what wrote code of its own into the package, with their versions."""
    listed = [_component("library", one.name, one.version, one.licence, one.sha256) for one in components]
    listed += [_component("data", name, "", licence, "") for name, licence in _faces(fonts)]
    data = {
        "bomFormat": FORMAT[0],
        "specVersion": FORMAT[1],
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "component": _component("application", "nianbao", version, "MulanPSL-2.0", ""),
            "tools": {"components": [{"type": "application", "name": one} for one in tools]},
        },
        "components": listed,
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _component(kind: str, name: str, version: str, licence: str, sha256: str) -> dict[str, object]:
    is_choice = " OR " in licence or " AND " in licence
    made: dict[str, object] = {"type": kind, "name": name}
    if version:
        made["version"] = version
    made["licenses"] = [{"expression": licence} if is_choice else {"license": {"id": licence}}]
    if sha256:
        made["hashes"] = [{"alg": "SHA-256", "content": sha256}]
    return made


_BY_FACE = {  # file → licence, as resources/fonts/LICENSES has them
    "Fandol": "GPL-3.0-only WITH Font-exception-2.0",
    "Noto": "OFL-1.1",
    "Liberation": "OFL-1.1",
    "Nianbao": "Bitstream-Vera",
}


def _faces(fonts: Path) -> list[tuple[str, str]]:
    return [
        (path.name, next(licence for start, licence in _BY_FACE.items() if path.name.startswith(start)))
        for path in sorted(fonts.glob("*.[to]t[fc]"))
    ]
