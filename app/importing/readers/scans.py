"""Pages that are only pictures — a scanned PDF, a photo — as images: to show beside the form, and to read with the optional extra."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from app.documents.blocks import PictureBlock
from app.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES = 30  # of a scan: a report has ten
_MAX_PIXELS = 60_000_000  # of one page: A4 at 600 dpi has 35
_DPI = 200
_WIDTH, _HEIGHT = 1654, 2339  # A4 at 200 dpi
_WHAT_ELSE = "请对照原件手工录入，或找到原来的 Word 文件导入"


class OnlyPictures(UserError):  # noqa: N818 (it says what the file is)
    """The file has no text, only pages that can be looked at; `pages_of` gives them to whoever shows them."""


def images_of(data: bytes) -> "Iterator[Image]":
    """The pages of a scanned PDF, or the picture itself, as images of about 200 dpi, one after the other: each is 12 MB."""
    return _pdf_images(data) if b"%PDF-" in data[:1024] else _picture_images(data)


def pages_of(data: bytes) -> tuple[PictureBlock, ...]:
    """The same as PNG pictures, a page each, to show beside the form where numbers are typed by hand."""
    blocks = []
    for number, image in enumerate(images_of(data), 1):
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=1)
        blocks.append(PictureBlock(f"第{number}页", stream.getvalue(), place=f"第{number}页"))
    return tuple(blocks)


def _pdf_images(data: bytes) -> "Iterator[Image]":
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        for index in range(min(len(document), MAX_PAGES)):
            page = document[index]
            longest = max(page.get_size())
            scale = min(_DPI / 72, 2 * _HEIGHT / max(longest, 1.0))
            yield page.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError) as error:
        raise UserError("这份 PDF 已损坏，或者有密码", _WHAT_ELSE) from error


def _picture_images(data: bytes) -> "Iterator[Image]":
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            for frame in islice(ImageSequence.Iterator(picture), MAX_PAGES):
                if frame.width * frame.height > _MAX_PIXELS:
                    raise UserError("图片太大", "请缩小后再导入，或对照图片手工录入")
                page = ImageOps.exif_transpose(frame).convert("RGB")
                page.thumbnail((2 * _WIDTH, 2 * _HEIGHT))
                yield page
    except UserError:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
    ) as error:
        raise UserError("图片已损坏", _WHAT_ELSE) from error
