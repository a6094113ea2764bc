"""Many old reports read at once, on every core: each becomes its line of JSON, in the order in which they were given."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.errors import UserError

MANY = 40  # files from which it pays to start other processes
_AT_ONCE = 8  # files handed over together
_MOST = 4  # processes


def pays(count: int) -> bool:
    return count >= MANY and (os.cpu_count() or 1) > 1


def read_ahead(names: Sequence[str]) -> Iterator[dict[str, Any] | UserError]:
    """The answer of `import --json` for each file, or why it cannot be read."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(_MOST, os.cpu_count() or 1)) as pool:
        for text, refusal in pool.map(_one, names, chunksize=_AT_ONCE):
            yield UserError(*refusal) if refusal else json.loads(text)


def _one(name: str) -> tuple[str, tuple[str, str] | None]:
    """(JSON, refusal); nothing else crosses from one process to the other."""
    from app.commands import output
    from app.session.any_report import read_any

    try:
        read = read_any(Path(name))
    except UserError as error:
        return "", (error.what, error.what_to_do)
    found = read.imported
    data = output.import_json(found, name) if found else output.gknb_json(read.report, name)
    return json.dumps(data), None
