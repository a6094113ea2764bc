"""The figures of the plan: `python -m tests.plan` prints rooms, modules, arrows and circles of app/ and ui/, as test_wall walks them."""

from collections.abc import Iterable, Mapping

from tests.test_wall import ARROWS, MODULES, ROOMS, room

Arrows = Mapping[str, set[str]]


def between_rooms(top: str) -> dict[str, set[str]]:
    """Which room asks which others, within app/ or ui/."""
    found: dict[str, set[str]] = {name: set() for name in ROOMS[top]}
    for name, others in ARROWS.items():
        own_top, own = room(name)
        if own_top == top:
            found[own] |= {room(other)[1] for other in others if room(other)[0] == top} - {own}
    return found


def between_modules(top: str) -> dict[str, set[str]]:
    """Which module imports which others, within app/ or ui/."""
    inside = {name for name in MODULES if room(name)[0] == top}
    return {name: ARROWS[name] & inside for name in inside}


def reached(start: str, arrows: Arrows) -> set[str]:
    """Everything to which the arrows lead from here; `start` itself only by a circle."""
    found: set[str] = set()
    left = list(arrows[start])
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left.extend(arrows[one])
    return found


def circles(arrows: Arrows) -> list[set[str]]:
    """The groups of which each member leads to each other one, and so to itself."""
    ways = {name: reached(name, arrows) for name in arrows}
    groups = {frozenset(other for other in ways[name] if name in ways[other]) for name in ways}
    return sorted((set(group) for group in groups if group), key=sorted)


def upward(top: str, arrows: Arrows) -> list[tuple[str, str]]:
    """The arrows against the order of the plan."""
    floors = ROOMS[top]
    return [
        (name, other)
        for name, others in arrows.items()
        for other in sorted(others)
        if floors.index(other) < floors.index(name)
    ]


def rows() -> Iterable[tuple[str, int, int, int, int, int, int]]:
    """For each half of the house its name and figures, in the order of HEADS."""
    for top in ROOMS:
        rooms, modules = between_rooms(top), between_modules(top)
        yield (
            f"{top}/",
            len(rooms),
            len(modules),
            sum(map(len, rooms.values())),
            len(upward(top, rooms)),
            len(circles(rooms)),
            len(circles(modules)),
        )


HEADS = ("", "rooms", "modules", "arrows", "upward", "circles of rooms", "circles of modules")


def main() -> None:
    lines = [HEADS, *(tuple(map(str, row)) for row in rows())]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    for line in lines:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)))
    for top in ROOMS:
        for group in circles(between_modules(top)):
            print(f"circle in {top}/: {', '.join(sorted(group))}")


if __name__ == "__main__":
    main()
