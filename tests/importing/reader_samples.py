"""Files that LibreOffice made of one known report (installer/make_import_samples.py), and broken copies of them."""

import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.documents.blocks import Block, Paragraph, TableBlock
from app.errors import UserError

FILES = Path(__file__).parent / "files"
NAMES = ("rich_2021", "plain_2019")
SECONDS = 5.0  # no file may hold the clerk up for longer


def sample(name: str, suffix: str) -> bytes:
    return (FILES / f"{name}.{suffix}").read_bytes()


def known(name: str) -> dict[str, Any]:
    """What the sample says: paragraphs, and for each table its grid with merged cells expanded."""
    found: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def paragraphs(blocks: Sequence[Block]) -> list[str]:
    return [block.text.strip() for block in blocks if isinstance(block, Paragraph) and block.text.strip()]


def tables(blocks: Sequence[Block]) -> list[list[list[str]]]:
    return [grid(block) for block in blocks if isinstance(block, TableBlock)]


def grid(table: TableBlock) -> list[list[str]]:
    """Every place with the text of the cell that covers it; no place may be covered twice."""
    found: list[list[str | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                assert found[row][column] is None
                found[row][column] = cell.text.strip()
    return [[text or "" for text in row] for row in found]


def mutated(data: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """Broken copies: bytes changed, cut out, doubled, moved, or the end missing."""
    for number in range(count):
        dice = random.Random(seed * 1_000_003 + number)
        broken = bytearray(data)
        for _ in range(dice.choice((1, 1, 2, 5, 20, 100))):
            _damage(broken, dice)
        yield bytes(broken)


def _damage(data: bytearray, dice: random.Random) -> None:
    if not data:
        return
    at = dice.randrange(len(data))
    size = min(dice.choice((1, 2, 4, 8, 64, 512, 4096)), len(data) - at)
    kind = dice.randrange(7)
    if kind == 0:
        data[at] ^= 1 << dice.randrange(8)
    elif kind == 1:
        data[at : at + min(size, 8)] = dice.randbytes(min(size, 8))
    elif kind == 2:
        data[at : at + min(size, 4)] = dice.choice((b"\xff", b"\x00", b"\x7f")) * min(size, 4)
    elif kind == 3:
        del data[at : at + size]
    elif kind == 4:
        data[at:at] = data[at : at + size] * dice.choice((1, 2, 50))
    elif kind == 5:
        other = dice.randrange(len(data))
        data[at : at + size] = data[other : other + size]
    elif dice.random() < 0.1:
        del data[at:]


def mutated_package(data: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """Broken copies of a zip: mostly its parts are damaged and packed again, sometimes the zip itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, broken in enumerate(mutated(data, count, seed)):
        if number % 4 == 0:
            yield broken
            continue
        dice = random.Random(seed + number)
        name = dice.choice([one for one in parts if parts[one]])
        changed = dict(parts) | {name: next(mutated(parts[name], 1, seed + number))}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, content in changed.items():
                archive.writestr(one, content)
        yield stream.getvalue()


def refuses_or_reads(read: Callable[[bytes], Sequence[Block]], broken: Iterator[bytes]) -> int:
    """Nothing but UserError may be raised, within the time, and each grid is whole; → how many were read."""
    count = 0
    for data in broken:
        start = time.process_time()
        try:
            blocks = read(data)
        except UserError:
            blocks = ()
        assert time.process_time() - start < SECONDS
        count += bool(blocks)
        tables(blocks)
    return count
