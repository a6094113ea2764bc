"""Holds the cognitive complexity of every function at 15; complexity.txt lists the exceptions, which may only become fewer.

`python installer/complexity.py` checks; `… shrink` takes out of the list what is no longer over 15 and lowers what became
simpler. Nothing ever adds a line.
"""

import sys
from pathlib import Path

import complexipy

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "installer" / "complexity.txt"
PACKAGES = ("app", "ui")
MOST = 15
SHRINK = "installer/complexity.py shrink 会改好"
LONGEST = 0  # lines of the list: it is empty, and no line may be added


def main(arguments: list[str]) -> int:
    listed, measured = read(LIST.read_text("utf-8")), measure(ROOT)
    if arguments == ["shrink"]:
        listed = shrunk(listed, measured)
        LIST.write_text(written(listed), encoding="utf-8")
    found = faults(listed, measured)
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def measure(root: Path) -> dict[str, int]:
    """`path:function` → its complexity, for every function that is over the bound."""
    found: dict[str, int] = {}
    for path in sorted(path for package in PACKAGES for path in (root / package).rglob("*.py")):
        for one in complexipy.file_complexity(str(path), no_ignore=True, with_plans=False).functions:
            name = f"{path.relative_to(root).as_posix()}:{one.name}"
            if one.complexity > MOST:
                found[name] = max(found.get(name, 0), one.complexity)
    return found


def read(text: str) -> dict[str, int]:
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {function: int(number) for function, number in lines}


def written(listed: dict[str, int]) -> str:
    head = "# Functions whose cognitive complexity is over 15 (installer/complexity.py). The list may only become shorter.\n"
    return head + "".join(f"{function} {number}\n" for function, number in sorted(listed.items()))


def shrunk(listed: dict[str, int], measured: dict[str, int]) -> dict[str, int]:
    return {one: min(number, measured[one]) for one, number in listed.items() if one in measured}


def faults(listed: dict[str, int], measured: dict[str, int]) -> list[str]:
    """What to do, a sentence each."""
    name = LIST.name
    found = []
    for function, number in measured.items():
        if function not in listed:
            found.append(
                f"{function} 的复杂度是{number}，超过{MOST}：请把条件起上名字、拆成几个函数，不要加进 {name}。"
            )
        elif number > listed[function]:
            found.append(f"{function} 的复杂度从{listed[function]}变成{number}：只能变小，请改简单。")
        elif number < listed[function]:
            found.append(
                f"{function} 的复杂度已降到{number}：请把 {name} 里的{listed[function]}改成{number}（{SHRINK}）。"
            )
    found += [
        f"{function} 已不超过{MOST}（或已没有）：请从 {name} 删去这一行（{SHRINK}）。"
        for function in listed.keys() - measured
    ]
    if len(listed) > LONGEST:
        found.append(f"{name} 有{len(listed)}行，最多{LONGEST}行：请先改简单，不要再加。")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
