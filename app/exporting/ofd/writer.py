"""Pages → OFD: the package with its document, resources, outline and properties, the same bytes for the same pages and day."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import count, pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reportlab.pdfbase import pdfmetrics

from app import __version__
from app.documents.blocks import Block
from app.exporting.drawing import SUBJECT, bookmarks, characters, stand_ins
from app.exporting.meta import Meta
from app.exporting.ofd import faces as faces_in_ofd
from app.exporting.ofd.content import Pen, area
from app.exporting.ofd.markup import element, mm, part, words
from app.exporting.ofd.tags import tag_parts
from app.exporting.pdf.objects import plain
from app.typesetting.fonts import Faces, Role, computer_faces
from app.typesetting.page_style import PageStyle, page_style
from app.typesetting.pages import Page, Piece
from app.typesetting.pictures import PreparedPicture
from app.typesetting.typeset import typeset

_TIME = (1980, 1, 1, 0, 0, 0)  # of every file in the package: the same pages give the same bytes
_ROOT = "Doc_0"
_Parts = dict[str, bytes]
_Headings = list[tuple[int, Piece, int]]  # level, piece, the page's number


def ofd_bytes(
    blocks: Sequence[Block],
    meta: Meta,
    style: PageStyle | None = None,
    faces: Faces | None = None,
    made_on: date | None = None,
) -> bytes:
    """The report as an OFD, page by page what the PDF shows; made today where no day is said."""
    style, faces = style or page_style(), faces or computer_faces()
    made_on = made_on or date.today()  # noqa: DTZ011 - the clerk's own calendar
    return pages_to_ofd(typeset(blocks, style, faces), meta, faces, made_on)


def pages_to_ofd(pages: Sequence[Page], meta: Meta, faces: Faces, made_on: date) -> bytes:
    """Draws pages; the same pages and day always give the same bytes."""
    ids = count(1)
    used = characters(pages)
    watermark = [(char, *faces.pick(Role.TITLE, char)) for char in plain(meta.watermark)]
    for char, font, _ in watermark:
        used.setdefault(font, set()).add(char)
    faces.register()
    fonts = {font: next(ids) for font in used}
    pictures = {piece.picture.name: piece.picture for page in pages for piece in page.pieces if piece.picture}
    numbers = {name: next(ids) for name in pictures}
    pen = Pen(ids, fonts, numbers)

    parts: _Parts = {}
    template = next(ids) if watermark else None
    if watermark:
        parts["Tpls/Tpl_0/Content.xml"] = pen.watermark(pages[0], watermark)
    page_ids = [next(ids) for _ in pages]
    for index, page in enumerate(pages):
        parts[f"Pages/Page_{index}/Content.xml"] = pen.page(page, template)
    parts |= _face_parts(used, fonts, faces, pen.strokes)
    parts |= _picture_parts(pictures, numbers)
    tags = tag_parts(pages, page_ids, pen.texts)
    parts |= tags
    parts["Document.xml"] = _document(pages, page_ids, template, next(ids), bool(pictures), bool(tags))
    return _packed(parts, _properties(parts, meta, faces, used, made_on))


# -- resources --------------------------------------------------------------------------------------------------------


def _face_parts(
    used: Mapping[str, set[str]], fonts: Mapping[str, int], faces: Faces, strokes: Mapping[str, int]
) -> _Parts:
    """PublicRes.xml with the widths of outlines, and a subset of each face."""
    boxes = stand_ins(used)
    parts: _Parts = {}
    told = []
    for font, number in fonts.items():
        face = pdfmetrics.getFont(font).face
        parts[f"Res/Font_{number}.ttf"] = faces_in_ofd.subset(face, used[font], boxes.get(font, {}))
        file = element("FontFile", f"Font_{number}.ttf")
        family = faces.named([font])[0].name
        told.append(element("Font", file, ID=number, FontName=font.split("~")[0], FamilyName=family))
    widths = [
        element("DrawParam", ID=number, LineWidth=width, Join="Round") for width, number in strokes.items()
    ]
    held = [element("DrawParams", widths)] if widths else []
    parts["PublicRes.xml"] = part("Res", [*held, element("Fonts", told)] if told else "", BaseLoc="Res")
    return parts


def _picture_parts(pictures: Mapping[str, PreparedPicture], numbers: Mapping[str, int]) -> _Parts:
    """DocumentRes.xml and the pictures, each once."""
    if not pictures:
        return {}
    parts: _Parts = {}
    told = []
    for name, picture in pictures.items():
        kind = "JPEG" if picture.data.startswith(b"\xff\xd8") else "PNG"
        file = f"Image_{numbers[name]}.{'jpg' if kind == 'JPEG' else 'png'}"
        parts[f"Res/{file}"] = picture.data
        media = element("MediaFile", file)
        told.append(element("MultiMedia", media, ID=numbers[name], Type="Image", Format=kind))
    parts["DocumentRes.xml"] = part("Res", element("MultiMedias", told), BaseLoc="Res")
    return parts


# -- the document -----------------------------------------------------------------------------------------------------


def _document(
    pages: Sequence[Page],
    page_ids: Sequence[int],
    template: int | None,
    last: int,
    has_pictures: bool,
    has_tags: bool,
) -> bytes:
    common = [element("MaxUnitID", str(last)), area(pages[0]).replace("ofd:Area", "ofd:PageArea")]
    common.append(element("PublicRes", "PublicRes.xml"))
    if has_pictures:
        common.append(element("DocumentRes", "DocumentRes.xml"))
    if template:
        place = "Tpls/Tpl_0/Content.xml"
        common.append(element("TemplatePage", ID=template, ZOrder="Background", BaseLoc=place))
    listed = [
        element("Page", ID=number, BaseLoc=f"Pages/Page_{index}/Content.xml")
        for index, number in enumerate(page_ids)
    ]
    outline = _outline(pages, page_ids)
    shown = element("PageMode", "UseOutlines" if outline else "None") + element("TabDisplay", "DocTitle")
    told = [element("CommonData", common), element("Pages", listed)]
    if outline:
        told.append(element("Outlines", outline))
    told.append(element("VPreferences", shown))
    if has_tags:
        told.append(element("CustomTags", "Tags/CustomTags.xml"))
    return part("Document", told)


def _outline(pages: Sequence[Page], page_ids: Sequence[int]) -> str:
    """The headings, those of a lower level within those above them."""
    headings: _Headings = []
    level = -1
    for page, number in zip(pages, page_ids, strict=True):
        found = [(*one, number) for one in bookmarks(page, level)]
        headings += found
        level = found[-1][0] if found else level
    return "".join(_branches(headings, 0))


def _branches(headings: _Headings, level: int) -> list[str]:
    """The elements of one level; what follows each of them deeper is in it."""
    starts = [place for place, one in enumerate(headings) if one[0] == level]
    return [
        _branch(headings[start], _branches(headings[start + 1 : end], level + 1))
        for start, end in pairwise([*starts, len(headings)])
    ]


def _branch(heading: tuple[int, Piece, int], below: list[str]) -> str:
    _, piece, page = heading
    there = element("Dest", Type="XYZ", PageID=page, Left=0, Top=mm(piece.top), Zoom=0)
    action = element("Actions", element("Action", element("Goto", there), Event="CLICK"))
    return element("OutlineElem", [action, *below], Title=piece.outline, Count=len(below))


# -- the package ------------------------------------------------------------------------------------------------------


def _properties(
    parts: Mapping[str, bytes], meta: Meta, faces: Faces, used: Iterable[str], made_on: date
) -> bytes:
    """OFD.xml: title, the agency as author (never a person), the faces really used; its number is a sum of what is in it."""
    digest = hashlib.sha256()
    for name, data in parts.items():
        digest.update(f"{name} {len(data)} ".encode() + data)
    digest.update(repr(meta).encode("utf-8", "replace"))
    names = dict.fromkeys(f"{face.name}（{face.origin}）" for face in faces.named(used))
    keywords = [word for word in (meta.identity, "字体：" + "、".join(names)) if word]
    told = [
        element("DocID", digest.hexdigest()[:32]),
        element("Title", words(meta.title) or SUBJECT),
        element("Author", words(meta.agency)) if plain(meta.agency) else "",
        element("Subject", SUBJECT),
        element("CreationDate", made_on.isoformat()),
        element("DocUsage", "Normal"),
        element("Keywords", [element("Keyword", words(word)) for word in keywords]),
        element("Creator", "nianbao"),
        element("CreatorVersion", __version__),
    ]
    body = element("DocInfo", told) + element("DocRoot", f"{_ROOT}/Document.xml")
    return part("OFD", element("DocBody", body), Version="1.0", DocType="OFD")


def _packed(parts: Mapping[str, bytes], properties: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        whole = {"OFD.xml": properties, **{f"{_ROOT}/{name}": data for name, data in sorted(parts.items())}}
        for name, data in whole.items():
            packed_already = name.endswith((".jpg", ".png"))
            entry = ZipInfo(name, _TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, ZIP_STORED if packed_already else ZIP_DEFLATED)
    return stream.getvalue()
