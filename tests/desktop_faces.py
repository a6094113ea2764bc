"""Desktops with another Chinese face: each has its own height of line, so the same words need more or less room.

No such face need be installed: the bundled Noto Sans SC has the outlines and measures of Noto Sans CJK, and stands in for others
with their measures.
"""

from pathlib import Path

from fontTools.ttLib import TTFont

from app import paths

LINES = {  # above and below the base line, in em; WenQuanYi Micro Hei, the lowest, is what `make test` installs
    "Noto Sans CJK": (1.16, 0.288),
    "Microsoft YaHei": (1.058, 0.262),
}
_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>
"""


def desktop_with(face: str, folder: Path) -> dict[str, str]:
    """The environment of a program that finds only this face; Qt asks fontconfig on Linux alone."""
    above, below = LINES[face]
    with TTFont(paths.resources() / "fonts" / "NotoSansSC-Medium.ttf") as font:
        em = font["head"].unitsPerEm
        font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = (
            round(above * em),
            -round(below * em),
            0,
        )
        font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = round(above * em), round(below * em)
        font.save(folder / "face.ttf")
    config = folder / "fonts.conf"
    config.write_text(_CONFIG.format(folder=folder), "utf-8")
    return {"FONTCONFIG_FILE": str(config)}
