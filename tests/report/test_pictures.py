"""Pictures are made safe on their way in, and what cannot be shown is known."""

import hashlib
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from app.errors import UserError
from app.report import pictures
from app.report.model import Picture, Report

REPORT = Report("2021", 2025)


def drawn(size=(120, 80), mode="RGB"):
    image = Image.new("RGB", size, (200, 30, 40))
    ImageDraw.Draw(image).rectangle((5, 5, size[0] // 2, size[1] // 2), fill=(20, 60, 220))
    return image.convert(mode)


def written(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data):
    image = Image.open(BytesIO(data))
    image.load()
    return image


def adobe_jpeg():
    """As image editors write it: the Adobe mark, no JFIF head."""
    data = written(drawn(), "JPEG")
    length = int.from_bytes(data[4:6])
    adobe = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x01"
    return data[:2] + adobe + data[4 + length :]


def bare_jpeg():
    data = written(drawn(), "JPEG")
    return data[:2] + data[4 + int.from_bytes(data[4:6]) :]


def turned_jpeg():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "Camera of 张三"
    return written(drawn(), "JPEG", exif=exif)


def telephone_photo():
    return written(drawn(), "MPO", save_all=True, append_images=[drawn()])


def bomb_png(wide=30_000, high=30_000):
    def chunk(kind, body):
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = wide.to_bytes(4) + high.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def noted_png():
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "张三")
    return written(drawn(), "PNG", pnginfo=told)


def other_head() -> bytes:
    """The first part after the beginning is of the same kind as JFIF's, and another's (AVI1, ANPA …)."""
    return written(drawn(), "JPEG").replace(b"JFIF\0", b"AVI1\0", 1)


def filled_head() -> bytes:
    """Bytes of filling before the head, as the standard allows."""
    data = written(drawn(), "JPEG")
    return data[:2] + b"\xff\xff" + data[2:]


GOOD = {
    "another head": other_head,
    "filling": filled_head,
    "adobe": adobe_jpeg,
    "bare": bare_jpeg,
    "cmyk": lambda: written(drawn(mode="CMYK"), "JPEG"),
    "turned": turned_jpeg,
    "telephone": telephone_photo,
    "profile": lambda: written(drawn(), "JPEG", icc_profile=srgb()),
    "broken profile": lambda: written(drawn(), "JPEG", icc_profile=b"no profile"),
    "palette": lambda: written(drawn(mode="P"), "PNG"),
    "transparent": lambda: written(drawn(mode="RGBA"), "PNG"),
    "16 bits": lambda: written(Image.new("I;16", (60, 40), 30_000), "PNG"),
    "1 bit": lambda: written(drawn(mode="1"), "PNG"),
    "noted": noted_png,
    "gif": lambda: written(drawn(mode="P"), "GIF"),
    "bmp": lambda: written(drawn(), "BMP"),
    "webp": lambda: written(drawn(), "WEBP"),
    "with a tail": lambda: written(drawn(), "JPEG") + b"PK\x03\x04 hidden",
}
BAD = {
    "empty": lambda: b"",
    "truncated png": lambda: written(drawn((400, 300)), "PNG")[:-400],
    "truncated jpeg": lambda: written(drawn((400, 300)), "JPEG")[:-900],
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    "text": lambda: "不是图片".encode(),
    "bomb": bomb_png,
    "larger bomb": lambda: bomb_png(12_000, 9_000),
    "tiff": lambda: written(drawn(), "TIFF"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_every_picture_comes_in_as_one_plain_file_that_word_knows(kind):
    from docx import Document

    data = pictures.checked(GOOD[kind]())
    found = opened(data)
    assert found.format in ("PNG", "JPEG")
    assert found.mode in ("RGB", "L")
    assert not found.info.keys() - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert data.startswith((b"\xff\xd8\xff\xe0", b"\x89PNG"))  # JPEG with the JFIF head
    assert "张三".encode() not in data
    assert b"hidden" not in data
    Document().add_picture(BytesIO(data))
    assert pictures.checked(data) is data, "made safe twice it is the same"
    assert pictures.shown(data) is data


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_shown_is_refused_in_words_and_known(kind):
    data = BAD[kind]()
    with pytest.raises(UserError, match=r"不是 PNG 或 JPG 图片|像素，太大了"):
        pictures.checked(data)
    assert pictures.shown(data) is None
    with pytest.raises(UserError):
        pictures.with_picture(REPORT, data, "overview", "", -1)
    held = replace(REPORT, pictures=(Picture("图片1.png", "overview", data=data),))
    assert [one.name for one in pictures.broken(held)] == ["图片1.png"]


def test_a_bomb_is_refused_by_its_size_before_it_is_unpacked():
    with pytest.raises(UserError, match="30000×30000像素，太大了"):
        pictures.checked(bomb_png(), "炸弹.png")
    with pytest.raises(UserError, match="12000×9000像素，太大了"):
        pictures.checked(bomb_png(12_000, 9_000), "炸弹.png")


def test_a_photo_stands_upright_in_its_true_colours():
    found = opened(pictures.checked(turned_jpeg()))
    assert found.size == (80, 120)
    red, green, blue = opened(pictures.checked(written(drawn(mode="CMYK"), "JPEG"))).getpixel((115, 75))
    assert red > 150
    assert green < 80
    assert blue < 90
    white = opened(pictures.checked(written(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG")))
    assert white.getpixel((4, 4)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_shades():
    deep = Image.new("I;16", (9, 9), 30_000)
    assert abs(opened(pictures.checked(written(deep, "PNG"))).getpixel((4, 4)) - 30_000 / 257) < 2


def test_a_large_photo_is_no_finer_than_print_needs_and_as_large_on_paper():
    large = written(drawn((7000, 3000)), "JPEG", dpi=(600, 600))
    found = opened(pictures.checked(large))
    assert found.size == (3508, 1503)
    assert found.info["dpi"][0] == pytest.approx(600 * 3508 / 7000, abs=1)


def test_a_drawing_that_is_a_photo_does_not_fill_the_mail():
    noise = Image.frombytes("RGB", (1500, 1000), hashlib.shake_128(b"n").digest(4_500_000))
    data = written(noise, "PNG")
    made = pictures.checked(data)
    assert len(made) < len(data) / 1.2 or made is data
    assert len(pictures.checked(written(noise.convert("RGBA"), "PNG"))) < len(data) / 1.2


def test_the_name_says_what_the_file_is():
    report = pictures.with_picture(REPORT, written(drawn(), "BMP"), "overview", " 图1\n示意 ", 2)
    report = pictures.with_picture(report, adobe_jpeg(), "overview", "", -1)
    assert [(one.name, one.caption) for one in report.pictures] == [
        ("图片1.png", "图1 示意"),
        ("图片2.jpg", ""),
    ]
