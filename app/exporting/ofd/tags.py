"""Which objects of the pages are which part of an official document (公文, GB/T 9704): the OFD's custom tags (标引)."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from app.documents.blocks import ChartBlock, Paragraph, Style
from app.documents.chart_words import said_with_caption
from app.exporting.ofd.markup import SPACE, element, part
from app.exporting.pdf.objects import plain
from app.typesetting.pages import Page, Part, Piece

# GB/T 33190 leaves names to the user; these are those of the parts in GB/T 9704.
_NAMESPACE = "urn:nianbao:gongwen"
_NAMES = {
    Style.TITLE: "标题",
    Style.SIGNATURE: "发文机关署名",
    Style.DATE: "成文日期",
    Style.NOTE: "附注",
}
_SECTIONS = {"head": "版头", "imprint": "版记"}
_BODY = "正文"
# A chart is no text: its numbers and labels are under a tag of their own that says it in words, by which it is read back.
_CHART, _CAPTION, _SAID = "统计图", "图题", "说明"


def tag_parts(
    pages: Sequence[Page], page_ids: Sequence[int], texts: Mapping[int, Sequence[int]]
) -> dict[str, bytes]:
    """CustomTags.xml and the tags; `texts` are the numbers of each piece's objects."""
    found: dict[str, list[str]] = {}
    charts: list[str] = []
    for page, number in zip(pages, page_ids, strict=True):
        for piece in page.pieces:
            refs = [
                f'<ofd:ObjectRef PageRef="{number}">{one}</ofd:ObjectRef>' for one in texts.get(id(piece), ())
            ]
            if piece.part is Part.PICTURE and isinstance(piece.block, ChartBlock):
                charts.append(
                    f"<{_CHART} {_SAID}={quoteattr(plain(said_with_caption(piece.block)))}>{''.join(refs)}</{_CHART}>"
                )
            elif name := _name(piece):
                found.setdefault(name, []).extend(refs)
    if not found:
        return {}
    told = "".join(f"<{name}>{''.join(refs)}</{name}>" for name, refs in found.items()) + "".join(charts)
    root = f'<公文 xmlns="{_NAMESPACE}" xmlns:ofd="{SPACE}">{told}</公文>'
    listed = element("CustomTag", element("FileLoc", "Tag_0.xml"), NameSpace=_NAMESPACE)
    return {
        "Tags/CustomTags.xml": part("CustomTags", listed),
        "Tags/Tag_0.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'.encode(),
    }


def _name(piece: Piece) -> str:
    if piece.part is Part.ARTIFACT or not piece.texts:
        return ""
    if isinstance(piece.block, Paragraph) and piece.block.style in _NAMES:
        return _NAMES[piece.block.style]
    if isinstance(piece.block, ChartBlock):
        return _CAPTION
    return _SECTIONS.get(piece.source.section) or (_BODY if piece.block is not None else "")
