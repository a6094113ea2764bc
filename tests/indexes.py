"""`python -m tests.indexes` writes the indexes at the end of words.txt and terms.txt anew, for when words were added or taken away."""

from app.checks.language.alike import Neighbours, alike
from app.checks.language.tokens import BESIDE
from app.paths import templates

FOLDER = templates() / "wording" / "alike"
_WIDTH = 160  # characters of a line
_HEADS = {
    "words.txt": "# the index (Neighbours.index): 公+布|开示-不|务, what is behind 公 and before it; behind | what ends or begins a word",
    "terms.txt": "# the index (Slips.index): 信+公府, behind which character a second one may stand only by a slip",
}


def indexes() -> dict[str, dict[str, str]]:
    """What must stand at the end of each file."""
    known = alike(FOLDER)
    return {"words.txt": Neighbours.index(known.words), "terms.txt": known.slips.index()}


def _lines(index: dict[str, str]) -> list[str]:
    lines = [""]
    for char, others in index.items():
        token = f"{char}{BESIDE}{others}"
        if len(lines[-1]) + len(token) >= _WIDTH:
            lines.append("")
        lines[-1] += f" {token}" if lines[-1] else token
    return lines


def write() -> None:
    for name, index in indexes().items():
        path = FOLDER / name
        kept = path.read_text(encoding="utf-8").split("# the index (")[0]
        path.write_text("\n".join([kept + _HEADS[name], *_lines(index), ""]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
