"""Many reports read or checked at once, on every core: each becomes its line of JSON, in the order in which they were given."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UserError

if TYPE_CHECKING:
    from app.session.any_report import LastYear

Answer = tuple[
    str, tuple[str, str] | None
]  # JSON, refusal; nothing else crosses from one process to the other

MANY = 40  # files from which it pays to start other processes
_AT_ONCE = 8  # files handed over together
_MOST = 4  # processes


def pays(count: int) -> bool:
    return count >= MANY and (os.cpu_count() or 1) > 1


def read_ahead(names: Sequence[str]) -> Iterator[dict[str, Any] | UserError]:
    """The answer of `import --json` for each file, or why it cannot be read."""
    return _ahead(_read_one, names)


def check_ahead(
    names: Sequence[str], prior: "LastYear | None", pack: str
) -> Iterator[dict[str, Any] | UserError]:
    """The answer of `check --json` for each file, or why it cannot be read."""
    return _ahead(partial(_check_one, prior, pack), names)


def _ahead(one: Callable[[str], Answer], names: Sequence[str]) -> Iterator[dict[str, Any] | UserError]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(_MOST, os.cpu_count() or 1)) as pool:
        for text, refusal in pool.map(partial(_whatever_happens, one), names, chunksize=_AT_ONCE):
            yield UserError(*refusal) if refusal else json.loads(text)


def _whatever_happens(one: Callable[[str], Answer], name: str) -> Answer:
    """A fault of the program at one file is told of that file: the others have their answers."""
    from app.commands import bugs

    try:
        return one(name)
    except Exception as error:  # logged here, where it can be seen whole
        return "", (bugs.logged(error), "")


def _check_one(prior: "LastYear | None", pack: str, name: str) -> Answer:
    from app.checks.explanations import settle
    from app.commands import output
    from app.session.any_report import findings_of, read_any

    try:
        read = read_any(Path(name))
    except UserError as error:
        return "", (error.what, error.what_to_do)
    settled = settle(findings_of(read, prior, pack), read.report.explanations)
    return json.dumps(output.check_json(read.printed, settled, name, pack)), None


def _read_one(name: str) -> Answer:
    from app.commands import output
    from app.session.any_report import FilledForm, read_any

    try:
        read = read_any(Path(name))
    except FilledForm:
        return _form(name), None
    except UserError as error:
        return "", (error.what, error.what_to_do)
    found = read.imported
    data = output.import_json(found, name) if found else output.gknb_json(read.report, name)
    return json.dumps(data), None


def _form(name: str) -> str:
    from app.commands import collecting

    found, report = collecting.answer(name)
    return json.dumps({"file": name, **collecting.collected_json(found, report, ())})
