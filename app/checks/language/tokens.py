"""The plain lists of templates/wording/alike/: tokens divided by blanks, lines of comment, and at the end what stands beside what."""

BESIDE = "+"  # 一+事公名: 一事, 一公, 一名


def tokens(text: str) -> list[str]:
    """Every token in its order."""
    return " ".join([line for line in text.splitlines() if not line.startswith("#")]).split()


def with_index(text: str) -> tuple[list[str], dict[str, str]]:
    """The tokens, and of the last ones, which have a +, the characters by the one before it."""
    found = tokens(text)
    end = next((place for place, token in enumerate(found) if BESIDE in token), len(found))
    return found[:end], dict([token.split(BESIDE, 1) for token in found[end:]])
