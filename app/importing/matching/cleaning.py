"""What conversion left in a text — bookmarks, asterisks, page numbers, picture marks — taken out and listed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from app.chinese import nfkc
from app.documents.blocks import Block, Paragraph, PictureBlock, Style
from app.importing.result import Spot
from app.importing.source import Source

# [image: 图1], ![图1](media/image1.png): what converters leave for a picture
_PICTURE = re.compile(r"\[image:\s*([^\]]{0,200})\]|!\[([^\]]{0,200})\]\([^)]{0,500}\)")
# [bookmark: _GoBack]
_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,200}\]")
# **总体情况**, __总体情况__: Markdown for bold; 0571****1234 is a number that hides its digits
_STARS = re.compile(
    r"(?<![*0-9])\*{2,3}(?!\*)|(?<!\*)\*{2,3}(?![*0-9])|(?<!_)__(?!_)(?=\S)|(?<=\S)(?<!_)__(?!_)"
)
# 发布**条, 结果公示率***%: asterisks in the place of a number that is to be filled in, or is hidden; not **条例**
_BLANKED = re.compile(
    r"(?<=[一-鿿])\*{2,3}(?=(?:余|多)?(?:条(?![例款])|[件个次项份人起期篇册户名万元月日天场家%％]|年(?!度?报)))"
)
# ## 一、总体情况: Markdown for a heading
_HASHES = re.compile(r"^#{1,6}\s+")
# - 3 -, 第3页, 3/12, 第3页 共12页
_PAGE = re.compile(
    r"^[-—－–·\s]*(?:第\s*)?[0-9]{1,3}(?:\s*页)?(?:\s*[/，,共]+\s*[0-9]{1,3}\s*页?)?[-—－–·\s]*$"
)
# 。 alone in a paragraph: what is left of a sentence
_MARK_ALONE = re.compile(r"[。，；、]+")
RESIDUE = "已去掉转换残留"  # with what a sentence about it begins
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\ufeff\u00ad]")
_ENDS = "。；：！？…”’）》〉】.;:!?)"
# 一是…, 第二，…, （三）…, 三)…, 4.…, ⑤…, 附件, 图1: the beginning of a paragraph
_STARTS = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+[、.，,是]|[（(]?[一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．]|[①-⑳]|附件|图[0-9一二三四五六七八九十]"
    r"|(?:地址|(?:联系)?电话|传真|邮编|邮政编码|(?:电子)?邮箱|联系人|网址)\s*[：:])"
)
# 公开了《某镇人民政府, 关于印发工作要点的通知》…: a title that the end of a line cut
_WITHIN_TITLE, _TITLE_ENDS = re.compile("《[^《》。]{1,40}$"), re.compile("[^《》。]{1,60}》")
_LINE_FULL = 24  # characters: a line broken by the end of a page is a full one (28 characters a line)


class Piece(NamedTuple):
    """One block of the cleaned document; `source` is the number of the block in the file that it came from."""

    source: int
    block: Block
    raw: str = ""  # a paragraph's text with its residue
    spots: Mapping[tuple[int, int], Spot] | None = (
        None  # of a table made of paragraphs: where each cell stood
    )


def cleaned(source: Source) -> tuple[list[Piece], list[str]]:
    """The blocks without residue and page numbers, and one sentence for each thing taken out."""
    pieces: list[Piece] = []
    removed: list[str] = []
    for index, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            pieces.extend(_paragraph(index, block, removed))
        else:
            pieces.append(Piece(index, block))
    return pieces, removed


def _paragraph(index: int, block: Paragraph, removed: list[str]) -> Iterable[Piece]:
    text = _ZERO_WIDTH.sub("", block.text).strip()
    if len(text) < 24 and _PAGE.fullmatch(nfkc(text)) and _is_page_number(text):
        removed.append(f"已去掉页码“{text}”（{block.place}）")
        return
    for found in _PICTURE.finditer(text):
        yield Piece(index, PictureBlock((found[1] or found[2] or "").strip(), place=block.place))
    text = _PICTURE.sub("", text)
    stars = _markup_stars(text)
    residue = list(
        dict.fromkeys([*_BOOKMARK.findall(text), *_HASHES.findall(text), *(text[a:b] for a, b in stars)])
    )
    if residue:
        marks = "”“".join(one.strip() for one in residue)
        removed.append(f"{RESIDUE}“{marks}”（{block.place}）")
    elif _MARK_ALONE.fullmatch(text):
        removed.append(f"{RESIDUE}：单独成段的“{text}”（{block.place}）")
    style = block.style or (Style.HEADING1 if _HASHES.match(text) else None)
    for start, end in reversed(stars):
        text = text[:start] + text[end:]
    for pattern in (_BOOKMARK, _HASHES):
        text = pattern.sub("", text)
    if text.strip():
        yield Piece(index, replace(block, text=text.strip(), style=style), block.text)


def _markup_stars(text: str) -> list[tuple[int, int]]:
    """Where marks for bold stand; asterisks before a measure are those of a number, unless one is the partner of the rest."""
    found = [one.span() for one in _STARS.finditer(text)]
    blanked = {one.span() for one in _BLANKED.finditer(text)}
    rest = [one for one in found if one not in blanked]
    return found if len(rest) % 2 and len(blanked) % 2 else rest


def _is_page_number(text: str) -> bool:
    """Dashes around the number (— 3 —), or 页: a bare number may be a figure."""
    return bool(re.search(r"[-—－–·]\s*[0-9０-９]+\s*[-—－–·]|页", text))


def is_cut(before: str, after: str) -> bool:
    """Whether a page break cut one paragraph into these two: the first ends in the middle, the second does not begin anew."""
    if _WITHIN_TITLE.search(before) and _TITLE_ENDS.match(after) and not _STARTS.match(after):
        return True
    return (
        len(before) >= _LINE_FULL
        and before[-1] not in _ENDS
        and not before.endswith("如下")  # …工作情况报告如下: its colon is left out
        and any(mark in before for mark in "。；，、：,;")
        and not _STARTS.match(after)
        and not (_STARTS.match(before) and "。" not in before and len(before) <= 60)  # a heading of its own
    )
