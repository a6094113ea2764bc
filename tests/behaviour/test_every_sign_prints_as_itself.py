"""Every sign prints as itself: what the faces draw, as the program picks them, beside a face that is known to be right.

A text layer cannot tell a wrong glyph: Fandol's ￥ is drawn as a dollar and still says ￥.
"""

from array import array
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from app import paths
from app.typesetting import font_files
from app.typesetting.fonts import Role, bundled_faces, declaration

HOME = paths.resources() / "fonts"
EM = 48  # pixels
SIDE = 40  # of the square in which two shapes are compared
ALIKE = 0.6  # of the ink of each of two shapes near that of the other, from where on they are the same sign
SHIFT = 0.2  # em by which a sign may stand higher or lower than in the other face
# the faces beside which another is laid: a sign must look like itself in one of them
REFERENCES = (
    "NotoSerifSC-Light.ttf",
    "NotoSansSC-Medium.ttf",
    "LiberationSerif-Regular.ttf",
    "NianbaoSymbols.ttf",
)
# looked at one by one: the same sign in another style, or thin (〈, ｌ), where a small slant moves all of the ink
OTHER_STYLE = {
    Role.BODY: "⌒ㄧ／＼ζ〈〉＾くⅡ",
    Role.HEADING2: "⌒ㄧβ／＼жｆтくгу’Ⅱｙ",
    Role.HEADING1: "＾√∞＇〈〉ｌＩＪ",
    Role.TITLE: "＾∽〈〉ξｌⅠ",
    Role.SONG: "＾∽＇ξ〈〉ｌ′ＩＪ",
}
ONLY_THERE = "☐☑☒✔✗"  # no other face has them
CHINESE = (Role.BODY, Role.HEADING2, Role.HEADING1, Role.TITLE, Role.SONG)

# signs that must not be taken for one another, full and half width
GROUPS = (
    "￥＄￡￠€¤％‰＃＆＠", "¥$£¢€%#&@", "－＋×÷＝≠≈±", "￣－＿", "＜＞≤≥", "→←↑↓", "♂♀", "☐☑☒✓",
    "（）［］｛｝〔〕《》【】〖〗「」『』", "“”‘’", "，。、；：？！", "…—·～｜／＼", "°℃′″§№※", "○●◎◇◆□■△▲☆★",
    "０１２３４５６７８９", "0123456789", "①②③④⑤⑥⑦⑧⑨⑩", "⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑",
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ", "㎏㎎㎜㎝㎞㎡㏄", "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
    "∑∏∪∩∈√∞∠⊥∥∵∴∫∮≡∝",
)  # fmt: skip


def signs_of_gb2312() -> str:
    pairs = (bytes((high, low)) for high in range(0xA1, 0xB0) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def hanzi_of_gb2312() -> str:
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


COMMON = "¥£€¢￦㎡㎥㎎㎏㎜㎝㎞㏄℃℉‰％°–—―－～〜…·・•“”‘’↔⇒☐☑☒✓✔✗≤≥⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅺⅻ№℡〇々㊣©®™†‡¶" + "".join(
    GROUPS
)
SIGNS = tuple(dict.fromkeys(signs_of_gb2312().replace("\u3000", "") + COMMON))


@cache
def face(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), EM)


@cache
def tables(path: Path) -> font_files.Tables:
    data = path.read_bytes()
    return font_files.Tables(lambda at, length: data[at : at + length], 0)


@cache
def characters(path: Path) -> dict[int, int]:
    return font_files.characters(tables(path))


@cache
def outlines(path: Path) -> "array[int]":
    return font_files.outline_places(tables(path))


@cache
def drawn(path: Path, char: str) -> Image.Image:
    image = Image.new("L", (2 * EM, 2 * EM), 0)
    ImageDraw.Draw(image).text((EM, 1.4 * EM), char, font=face(path), fill=255, anchor="ms")
    return image


def as_printed(role: Role, char: str) -> Path:
    chosen = bundled_faces().face_of(role, char)
    assert chosen is not None, f"{char} has no face"
    return chosen.path


@cache
def shape(path: Path, char: str) -> tuple[Image.Image, Image.Image, int, float]:
    """The sign's ink stretched to a common square, the same thickened, its pixels, the middle of its height in em.

    Thin signs (—, ｜) keep their proportions: what they are lies in those.
    """
    image = drawn(path, char)
    box = image.getbbox()
    assert box is not None, f"{char} of {path.name} is blank"
    width, height = box[2] - box[0], box[3] - box[1]
    scale = SIDE / max(width, height)
    size = (max(3, round(width * scale)), max(3, round(height * scale)))
    if min(width, height) > 0.45 * max(width, height):
        size = (SIDE, SIDE)
    square = Image.new("L", (SIDE + 12, SIDE + 12), 0)
    stretched = image.crop(box).resize(size, Image.Resampling.BILINEAR)
    square.paste(stretched, ((SIDE + 12 - size[0]) // 2, (SIDE + 12 - size[1]) // 2))
    square = square.point([255 * (value > 90) for value in range(256)])
    return square, square.filter(ImageFilter.MaxFilter(5)), ink(square), (box[1] + box[3]) / 2 / EM


def ink(image: Image.Image) -> int:
    return image.histogram()[255]


def likeness(first: tuple[Path, str], second: tuple[Path, str]) -> float:
    """How much of the ink of each lies near that of the other; less where they stand at different heights."""
    one, one_thick, one_ink, one_middle = shape(*first)
    two, two_thick, two_ink, two_middle = shape(*second)
    near = min(
        ink(ImageChops.multiply(one, two_thick)) / one_ink, ink(ImageChops.multiply(two, one_thick)) / two_ink
    )
    return near - 2 * max(0.0, abs(one_middle - two_middle) - SHIFT)


def references(path: Path, char: str) -> list[Path]:
    """The reference faces that have the sign; one face's weights are drawn alike and prove nothing of each other."""
    family = path.name.split("-")[0]
    return [
        HOME / name
        for name in REFERENCES
        if name.split("-")[0] != family and ord(char) in characters(HOME / name)
    ]


@pytest.mark.parametrize("role", CHINESE)
def test_no_hanzi_is_blank(role: Role) -> None:
    blank = []
    for char in hanzi_of_gb2312():
        path = as_printed(role, char)
        glyph = characters(path)[ord(char)]
        if outlines(path)[glyph] == outlines(path)[glyph + 1]:
            blank.append(char)
    assert blank == []


@pytest.mark.parametrize("role", CHINESE)
def test_every_sign_looks_like_itself_in_another_face(role: Role) -> None:
    unlike, alone = [], []
    for char in SIGNS:
        path = as_printed(role, char)
        others = references(path, char)
        if not others:
            alone.append(char)
        elif max(likeness((path, char), (other, char)) for other in others) < ALIKE:
            unlike.append(char)
    assert sorted(unlike) == sorted(OTHER_STYLE[role])
    assert sorted(alone) == sorted(ONLY_THERE)


@pytest.mark.parametrize("role", CHINESE)
def test_no_sign_looks_like_another_one(role: Role) -> None:
    assert [
        char for group in GROUPS for char in group if taken_for(as_printed(role, char), char, group)
    ] == []


def test_the_dollar_that_fandol_draws_for_a_yen_is_found_out() -> None:
    for name in ("FandolFang-Regular.ttf", "FandolKai-Regular.ttf"):
        assert taken_for(HOME / name, "￥", GROUPS[0]) == "＄"
        assert "￥" in declaration().bundled[name]["weak"]


@pytest.mark.parametrize("role", CHINESE)
def test_a_weak_character_comes_from_a_face_that_draws_it_well(role: Role) -> None:
    bundled = declaration().bundled
    weak = {char for name in declaration().roles[role]["bundled"] for char in bundled[name]["weak"]}
    assert [char for char in sorted(weak) if char in bundled[as_printed(role, char).name]["weak"]] == []


def taken_for(path: Path, char: str, group: str) -> str:
    """The sign of the group for which this one would be taken, "" if it looks most like itself."""
    others = references(path, char)
    own = max((likeness((path, char), (other, char)) for other in others), default=1.0)
    found = [
        (likeness((path, char), (other, sign)), sign)
        for other in others
        for sign in group
        if sign != char and ord(sign) in characters(other)
    ]
    best, sign = max(found, default=(0.0, ""))
    return sign if best > max(0.9, own + 0.2) else ""
