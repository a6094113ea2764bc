"""Pictures made ready for the page: decoded once, never finer than print needs; a damaged one is told, not raised."""

import hashlib
import threading
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from app.typesetting.page_style import PageStyle

if TYPE_CHECKING:  # Pillow is loaded with the first picture
    from PIL.Image import Image

DPI = 300
_MOST_OF_PAGE = 0.7  # of the type area's height
_MOST_PIXELS = 200_000_000  # more than any camera; beyond this the file is not opened
_kept: dict[bytes, "PreparedPicture | None"] = {}
_lock = threading.Lock()
_MOST_KEPT = 24


def most_picture_height(page: PageStyle) -> float:
    """Points; the caption and some text have room beside it."""
    return page.height * _MOST_OF_PAGE


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture as the PDF holds it: JPEG bytes of a photo, PNG bytes of a drawing, upright, without transparency."""

    name: str
    data: bytes = field(repr=False)
    width: float  # points, its own size where the file tells it
    height: float


def prepare(data: bytes, most_width: float, most_height: float) -> PreparedPicture | None:
    """The picture, fitted into `most_width` × `most_height` points and at most 300 dpi there; None when it cannot be shown."""
    key = hashlib.sha256(data + f"{most_width:.1f} {most_height:.1f}".encode()).digest()
    with _lock:
        if key not in _kept:
            while len(_kept) >= _MOST_KEPT:
                _kept.pop(next(iter(_kept)))
            _kept[key] = _prepare(data, key.hex()[:16], most_width, most_height)
        return _kept[key]


def _prepare(data: bytes, name: str, most_width: float, most_height: float) -> PreparedPicture | None:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            dpi = _dpi(opened)
            photo = opened.format == "JPEG"
            width, height = _fitted(opened.size, dpi, most_width, most_height)
            wanted = (max(1, round(width / 72 * DPI)), max(1, round(height / 72 * DPI)))
            if photo:
                opened.draft("RGB", wanted)
            image = ImageOps.exif_transpose(opened)
            if (image.width > image.height) != (width > height):  # the file was turned
                width, height = _fitted(image.size, dpi, most_width, most_height)
            image = _on_white(image)
            if image.width > wanted[0]:
                wanted = (max(1, round(width / 72 * DPI)), max(1, round(height / 72 * DPI)))
                image = image.resize(wanted, Image.Resampling.LANCZOS)
            out = BytesIO()
            image.save(out, "JPEG" if photo else "PNG", **({"quality": 90} if photo else {}))
    except Exception:  # a damaged file can fail anywhere in a decoder, in many ways
        return None
    return PreparedPicture(name, out.getvalue(), width, height)


def _dpi(image: "Image") -> float:
    told = image.info.get("dpi", (96, 96))
    try:
        dpi = float(told[0])
    except (TypeError, ValueError, IndexError):
        return 96
    return dpi if 30 <= dpi <= 2400 else 96


def _fitted(size: tuple[int, int], dpi: float, most_width: float, most_height: float) -> tuple[float, float]:
    width, height = size[0] / dpi * 72, size[1] / dpi * 72
    scale = min(1.0, most_width / width, most_height / height)
    return width * scale, height * scale


def _on_white(image: "Image") -> "Image":
    """Without transparency (PDF/A readers and printers differ on it)."""
    if image.mode in ("RGB", "L"):
        return image
    if image.mode == "1":
        return image.convert("L")
    from PIL import Image

    rgba = image.convert("RGBA")
    white = Image.new("RGB", rgba.size, "white")
    white.paste(rgba, mask=rgba.getchannel("A"))
    return white
