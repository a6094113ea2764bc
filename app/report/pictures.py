"""A picture for a narrative: made safe on its way in, refused in words when it cannot be printed, named as the .gknb can hold it."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.report.model import Picture, Report

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 10 * 1024 * 1024  # bytes: the report is sent by mail
CAPTION_LIMIT = 60
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 3508  # pixels: the long side of A4 at 300 dpi, finer than any printer shows
_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")  # decoded by Pillow itself
_PHOTOS = ("JPEG", "MPO")  # MPO: photos of many telephones, opened as JPEG
_LARGE_DRAWING = 3 * 1024 * 1024  # bytes of a PNG from which a JPEG is tried
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_JFIF = b"\xff\xd8\xff\xe0"  # with nothing before that head, not even filling
# What a picture of ours tells of itself; with anything more (EXIF, colour profile, texts) it is made anew.
_PLAIN_INFO = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
_known: dict[tuple[int, int], bytes | bool] = {}  # True: is safe as it is, False: cannot be shown
_lock = Lock()
_MOST_KNOWN = 64


def read_picture(path: Path) -> bytes:
    """The picture of a file, made safe. UserError when it is none, too large or damaged."""
    try:
        _check_size(path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"图片“{path.name}”读不出来", "请确认文件还在，没有被别的程序占用") from error
    return checked(data, path.name)


def checked(data: bytes, name: str = "剪贴板") -> bytes:
    """One plain PNG or JPEG that every format can hold, upright, in sRGB, no larger than print needs. UserError when none can be made.

    Nothing of the file but its pixels comes along: no place, no camera, nothing hidden behind the picture.
    """
    _check_size(len(data), name)
    try:
        return _safe(data)
    except _TooManyPixels as error:
        wide, high = error.size
        raise UserError(f"图片“{name}”有{wide}×{high}像素，太大了", "请缩小以后再插入") from None
    except Exception as error:  # Pillow raises many kinds for a damaged picture
        raise UserError(
            f"“{name}”不是 PNG 或 JPG 图片，或者已经损坏", "请用画图等软件打开，另存为 .png 或 .jpg 再插入"
        ) from error


def shown(data: bytes) -> bytes | None:
    """The same picture as every format can hold it; None when it cannot be shown. Decoded once."""
    key = hash(data), len(data)
    with _lock:
        known = _known.get(key)
    if known is None:
        known = _judged(data)
        with _lock:
            while len(_known) >= _MOST_KNOWN:
                _known.pop(next(iter(_known)))
            _known[key] = known
    if isinstance(known, bytes):
        return known
    return data if known else None


def _judged(data: bytes) -> bytes | bool:
    try:
        made = _safe(data)
    except Exception:  # Pillow raises many kinds for a damaged picture
        return False
    return True if made is data else made


def broken(report: Report) -> list[Picture]:
    """The pictures of a report that no format can show."""
    return [one for one in report.pictures if shown(one.data) is None]


def _check_size(size: int, name: str) -> None:
    if size > LARGEST:
        raise UserError(
            f"图片“{name}”有{size / 1024 / 1024:.1f}兆，太大了",
            f"请缩小到{LARGEST // 1024 // 1024}兆以内再插入",
        )


# -- one safe picture ------------------------------------------------------------------------------------------------------


class _TooManyPixels(Exception):  # noqa: N818 - said in words by `checked`
    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(size)
        self.size = size


def _safe(data: bytes) -> bytes:
    """The very bytes where they are plain already, so that a picture made safe twice is the same."""
    from PIL import Image, ImageOps

    with _opened(data) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise _TooManyPixels(opened.size)
        opened.load()
        if _is_plain(opened, data):
            return data
        photo, dpi = opened.format in _PHOTOS, _dpi(opened)
        image = _in_srgb(ImageOps.exif_transpose(opened), opened.info.get("icc_profile"))
    scale = _LONGEST_SIDE / max(image.size)
    if scale < 1:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS)
        dpi = dpi and (dpi[0] * scale, dpi[1] * scale)
    return _encoded(image, photo, {"dpi": dpi} if dpi else {})


def _opened(data: bytes) -> "Image":
    """The header is read, no pixel yet."""
    from PIL import Image

    if data.startswith(_PNG) and (size := _told_size(data)) and size[0] * size[1] > _MOST_PIXELS:
        raise _TooManyPixels(size)
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _TooManyPixels(_told_size(data)) from None


def _told_size(data: bytes) -> tuple[int, int]:
    """What the header of a picture far too large says, for the sentence."""
    if data.startswith(_PNG):
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    return 65535, 65535  # the most that a JPEG can have


def _is_plain(image: "Image", data: bytes) -> bool:
    if not image.info.keys() <= _PLAIN_INFO or image.mode not in ("RGB", "L"):
        return False
    if max(image.size) > _LONGEST_SIDE or len(data) > LARGEST:
        return False
    if image.format == "JPEG":  # with its JFIF head, by which Word knows it, and nothing behind its end
        blocks = getattr(image, "applist", [])
        is_known = data.startswith(_JFIF) and data[6:11] == b"JFIF\0"
        return is_known and [name for name, _ in blocks] == ["APP0"] and data.endswith(b"\xff\xd9")
    return image.format == "PNG" and data.endswith(b"IEND\xaeB`\x82")


def _dpi(image: "Image") -> tuple[float, float] | None:
    """What the file says of its size on paper, where that is believable."""
    try:
        across, down = (float(one) for one in image.info["dpi"])
    except (KeyError, TypeError, ValueError):
        return None
    return (across, down) if 30 <= across <= 2400 and 30 <= down <= 2400 else None


def _in_srgb(image: "Image", profile: Any) -> "Image":
    """RGB or grey as a screen shows it, on white where it was transparent."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):  # 16 bits of grey, which Pillow would cut off
        image = image.convert("F").point(lambda value: value / 257).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if profile and (turned := _by_profile(image, profile)) is not None:
        image = turned
    if image.mode in ("P", "PA", "LA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        above = image.convert("RGBA")
        white = Image.new("RGB", above.size, "white")
        white.paste(above, mask=above.getchannel("A"))
        return white
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _by_profile(image: "Image", profile: bytes) -> "Image | None":
    """Through the colour profile that the picture carries; None where that is of no use."""
    from PIL import ImageCms

    if image.mode not in ("RGB", "RGBA", "CMYK"):
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _encoded(image: "Image", photo: bool, told: dict[str, Any]) -> bytes:
    """JPEG of a photo, PNG of a drawing; of a drawing that is really a photo, the smaller one."""
    plain = image.copy()
    plain.info.clear()
    as_png = b"" if photo else _written(plain, "PNG", optimize=True, **told)
    if as_png and len(as_png) <= _LARGE_DRAWING:
        return as_png
    as_jpeg = _written(plain, "JPEG", quality=92, **told)
    return as_png if as_png and len(as_png) <= len(as_jpeg) else as_jpeg


def _written(image: "Image", kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


# -- in a report -----------------------------------------------------------------------------------------------------------


def with_picture(report: Report, data: bytes, section: str, caption: str, after: int) -> Report:
    """The report with one picture more, after a paragraph of a section (-1: at its end)."""
    data = checked(data, "图片")
    suffix = "jpg" if data.startswith(_JPEG) else "png"
    made = Picture(_free_name(report.pictures, suffix), section, _one_line(caption), after, data)
    return replace(report, pictures=(*report.pictures, made))


def changed(report: Report, picture: Picture, **changes: object) -> Report:
    """The report with one of its pictures changed: caption, after."""
    if "caption" in changes:
        changes["caption"] = _one_line(str(changes["caption"]))
    new = replace(picture, **changes)  # type: ignore[arg-type]
    return replace(report, pictures=tuple(new if one == picture else one for one in report.pictures))


def without(report: Report, picture: Picture) -> Report:
    return replace(report, pictures=tuple(one for one in report.pictures if one != picture))


def _one_line(caption: str) -> str:
    return " ".join(caption.split())[:CAPTION_LIMIT]


def _free_name(pictures: Iterable[Picture], suffix: str) -> str:
    taken = {one.name.rpartition(".")[0] for one in pictures}
    number = next(n for n in range(1, len(taken) + 2) if f"图片{n}" not in taken)
    return f"图片{number}.{suffix}"
