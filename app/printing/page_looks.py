"""What the export page says of looks: the page styles there are, and the faces really used."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from app.errors import UserError
from app.paths import user_fonts
from app.typesetting.page_style import DEFAULT, page_style, page_style_keys

if TYPE_CHECKING:
    from app.typesetting.fonts import FaceRow


class PageLook(NamedTuple):
    """A page style as one chooses it; `key` is what `Report.page_style` holds."""

    key: str
    name: str


def page_looks() -> list[PageLook]:
    """Every page style there is, the standard one first (as "": nothing is said about it in a report)."""
    return [PageLook("" if key == DEFAULT else key, _name(key)) for key in page_style_keys()]


def _name(key: str) -> str:
    """What the file calls itself; whoever chooses one that cannot be understood is told why."""
    try:
        return page_style(key).name
    except UserError:
        return f"{key}（文件有误）"


def face_words() -> tuple[str, str]:
    """(one line, all): which faces this computer sets a report in, where they come from, and how to add one."""
    from app.typesetting.fonts import computer_faces

    rows = computer_faces().report()
    named = [f"{row.role}用{row.used}" for row in rows if row.used]
    return "，".join(named), "\n".join([*fonts_words(rows), *_own_folder()])


def fonts_words(rows: "Iterable[FaceRow]") -> Iterator[str]:
    """Which face each style will use on this computer, and what is missing."""
    for row in rows:
        if row.used:
            yield f"{row.role}：{row.used}（{row.origin}，{row.file}）"
        else:
            yield f"{row.role}："
        if row.hint:
            yield f"    {row.hint}"
        yield from (f"    没有用上：{one}" for one in row.skipped)


def _own_folder() -> Iterator[str]:
    yield ""
    yield f"要换字体，把字体文件放进“{user_fonts()}”，重新打开软件，就先用它。"
