"""The list of components of a package, in the form of CycloneDX 1.5: each by version, licence and hash, and what compiled them."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pins import Component

_OURS = ("nianbao", "MulanPSL-2.0")


def write(
    own: str,
    target: str,
    components: Iterable[Component],
    faces: Iterable[Component],
    tools: Mapping[str, str],
    epoch: int,
) -> str:
    """The text of the file. `own` is the program's version, `target` the system that the package is for, `tools` {name: version}."""
    listed = [_listed("library", one) for one in components] + [_listed("data", one) for one in faces]
    name, licence = _OURS
    program = {
        "type": "application",
        "name": name,
        "version": own,
        "licenses": [{"expression": licence}],
        "properties": [{"name": "nianbao:target", "value": target}],
    }
    seed = json.dumps([program, listed, tools, epoch], sort_keys=True)
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, seed)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "tools": {
                "components": [
                    {"type": "application", "name": tool, "version": version}
                    for tool, version in sorted(tools.items())
                ]
            },
            "component": program,
        },
        "components": listed,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _listed(kind: str, one: Component) -> dict[str, object]:
    return {
        "type": kind,
        "name": one.name,
        "version": one.version,
        "licenses": [{"expression": one.licence}],
        "hashes": [{"alg": "SHA-256", "content": one.sha256}],
    }
