"""Scans and pictures: pages to look at for typing by hand; read where the optional extra is installed, every number doubtful."""

import io

import pypdfium2
import pytest
from PIL import Image

from app.errors import UserError
from app.importing import importer
from app.importing.importer import import_bytes
from app.importing.readers.scan_reader import can_read, with_wide_brackets
from app.importing.readers.scans import OnlyPictures, images_of, pages_of
from app.importing.result import CellState, ImportResult
from tests.places import TESTS

FILES = TESTS / "importing" / "files"


def rendered(name: str, most: int = 10) -> list[Image.Image]:
    document = pypdfium2.PdfDocument((FILES / name).read_bytes())
    return [
        document[i].render(scale=200 / 72).to_pil().convert("RGB") for i in range(min(len(document), most))
    ]


def scanned_pdf(pages: list[Image.Image]) -> bytes:
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return stream.getvalue()


def picture(page: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    page.save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "can_read", lambda: False)


@pytest.mark.usefixtures("without_extra")
def test_a_scan_is_refused_in_words_and_its_pages_can_be_shown() -> None:
    pages = rendered("plain_2019.pdf", 2)
    for data, word in (
        (scanned_pdf(pages), "扫描件"),
        *((picture(pages[0], kind), "图片") for kind in ("PNG", "JPEG", "TIFF", "BMP")),
    ):
        with pytest.raises(OnlyPictures, match=word) as error:
            import_bytes(data, "年报")
        assert "年报" in error.value.what
        assert error.value.what_to_do
        shown = pages_of(data)
        assert [one.place for one in shown] == [f"第{n}页" for n in range(1, 3 if word == "扫描件" else 2)]
        assert all(one.data.startswith(b"\x89PNG") for one in shown)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00 broken",
        picture(Image.new("L", (50, 50)), "PNG")[:60],
        b"%PDF-1.7 broken",
        picture(Image.new("1", (9000, 9000)), "PNG"),
    ],
)
def test_a_picture_that_cannot_be_opened_says_so(data: bytes) -> None:
    with pytest.raises(UserError):
        list(images_of(data))


needs_extra = pytest.mark.skipif(not can_read(), reason="没有安装附加的识别（pip install nianbao[ocr]）")


def right_or_told(result: ImportResult) -> tuple[int, int]:
    """No number of a scan may be certain → (numbers that are right, numbers that should be there and are not 0)."""
    values = import_bytes((FILES / "plain_2019.docx").read_bytes(), "年报.docx").report.values
    assert not result.certain.values
    assert all(result.trace(ref).state is not CellState.READ for ref in values)
    filled = [ref for ref, value in values.items() if value != 0]
    return sum(result.report[ref] == values[ref] for ref in filled), len(filled)


@needs_extra
def test_a_clean_scan_is_read_with_every_number_doubtful() -> None:
    result = import_bytes(scanned_pdf(rendered("plain_2019.pdf")), "扫描.pdf")
    right, count = right_or_told(result)
    assert right >= 0.97 * count
    assert result.type == "pdf"
    assert any("由程序识别" in one for one in result.warnings)
    assert {one.section for one in result.outline.headings} >= {"proactive", "requests", "review"}


@needs_extra
def test_a_page_laid_askew_is_read_too() -> None:
    pages = [one.rotate(0.6, fillcolor="white") for one in rendered("plain_2019.pdf")]
    right, count = right_or_told(import_bytes(scanned_pdf(pages), "扫描.pdf"))
    assert right >= 0.9 * count


@needs_extra
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_a_page_is_read(kind: str) -> None:
    pages = rendered("plain_2019.pdf")
    result = import_bytes(
        picture(max(pages[1:], key=lambda one: one.convert("L").histogram()[0]), kind), "照片"
    )
    assert not result.certain.values
    assert len(result.report.values) > 20


@needs_extra
def test_a_photographed_page_is_seen_from_straight_above() -> None:
    """Before a darker ground, by its four corners; a scan, which the page fills, stays as it is."""
    import cv2
    import numpy

    from app.importing.readers import scan_reader

    page = numpy.asarray(rendered("plain_2019.pdf")[1].convert("RGB"))
    height, width = page.shape[:2]
    corners = numpy.array(
        [(90, 60), (width + 40, 90), (width + 80, height + 60), (50, height + 90)], numpy.float32
    )
    whole = numpy.array([(0, 0), (width, 0), (width, height), (0, height)], numpy.float32)
    size = width + 160, height + 160
    view = cv2.getPerspectiveTransform(whole, corners)
    photo = cv2.warpPerspective(page, view, size, borderValue=(70, 60, 55))
    found = scan_reader._corners(photo)
    assert numpy.abs(found - corners).max() < 12
    shaded = (photo * numpy.linspace(1.0, 0.5, size[0])[None, :, None]).astype(numpy.uint8)
    flat = cv2.resize(scan_reader._flat(shaded), (width, height))
    assert numpy.median(flat[:, -width // 4 :]) > 240
    assert scan_reader._corners(page) is None
    assert scan_reader._flat(page) is page


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("(一)予以公开", "（一）予以公开"),
        ("本年收费金额(单位:万元)", "本年收费金额（单位:万元）"),
        ("(12)", "(12)"),
        ("第二十条第（八)项", "第二十条第（八）项"),
        ("3.其他", "3.其他"),
    ],
)
def test_brackets_of_chinese_text_come_back_wide(text: str, wide: str) -> None:
    assert with_wide_brackets(text) == wide


@needs_extra
def test_a_picture_is_cut_between_its_lines_of_text() -> None:
    """Bands of the page are read one by one; no cut goes through a line."""
    import numpy

    from app.importing.readers import scan_reader

    pixels = numpy.full((1300, 200, 3), 255, numpy.uint8)
    for top in range(0, 1300, 50):
        pixels[top : top + 40, 20:180] = 0
    edges = scan_reader._band_edges(pixels)
    assert (edges[0], edges[-1], len(edges)) == (0, 1300, 4)
    assert all(edge % 50 >= 40 for edge in edges[1:-1])
    assert scan_reader._band_edges(pixels[:400]) == [0, 400]


def test_the_pages_of_a_scan_are_made_one_after_the_other() -> None:
    """Thirty at once would take 350 MB."""
    images = images_of(scanned_pdf(rendered("plain_2019.pdf", 2)))
    assert not isinstance(images, list)
    assert [image.width for image in images] == [
        next(images_of(scanned_pdf(rendered("plain_2019.pdf", 1)))).width
    ] * 2
