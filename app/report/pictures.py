"""A picture for a narrative: read from a file, refused in words when it cannot be printed, named as the .gknb can hold it."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from app.errors import UserError
from app.report.model import Picture, Report

LARGEST = 10 * 1024 * 1024  # bytes: the report is sent by mail
_MOST_PIXELS = 40_000_000
_KINDS = {"PNG": "png", "JPEG": "jpg"}
CAPTION_LIMIT = 60


def read_picture(path: Path) -> bytes:
    """The bytes of a .png or .jpg. UserError when it is none, too large or damaged."""
    try:
        _check_size(path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"图片“{path.name}”读不出来", "请确认文件还在，没有被别的程序占用") from error
    return checked(data, path.name)


def checked(data: bytes, name: str = "剪贴板") -> bytes:
    """The same bytes. UserError when they are no picture that can be printed."""
    _check_size(len(data), name)
    _kind(data, name)
    return data


def _check_size(size: int, name: str) -> None:
    if size > LARGEST:
        raise UserError(
            f"图片“{name}”有{size / 1024 / 1024:.1f}兆，太大了",
            f"请缩小到{LARGEST // 1024 // 1024}兆以内再插入",
        )


def _kind(data: bytes, name: str) -> str:
    """png or jpg, told by the content; the whole picture is decoded once."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            kind = _KINDS.get(picture.format or "")
            if kind is None:
                raise UserError(f"“{name}”不是 PNG 或 JPG 图片", "请用画图等软件另存为 .png 或 .jpg 再插入")
            if picture.width * picture.height > _MOST_PIXELS:
                raise UserError(
                    f"图片“{name}”有{picture.width}×{picture.height}像素，太大了", "请缩小以后再插入"
                )
            picture.load()
            return kind
    except UserError:
        raise
    except Exception as error:  # Pillow raises many kinds for a damaged picture
        raise UserError(
            f"“{name}”不是图片，或者已经损坏", "请用画图等软件打开，另存为 .png 或 .jpg 再插入"
        ) from error


def with_picture(report: Report, data: bytes, section: str, caption: str, after: int) -> Report:
    """The report with one picture more, after a paragraph of a section (-1: at its end)."""
    made = Picture(_free_name(report.pictures, _kind(data, "图片")), section, _one_line(caption), after, data)
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
