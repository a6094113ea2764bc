"""Which paragraph under a picture is its caption (图题): by its style, or by its number where the file shows no pages."""

import re

from app.documents.blocks import Paragraph, Style

# 图1　政务公开专区, 图 2-1：公示栏, 图三 宣传活动; no sentence: 图1反映了申请的变化
_NUMBERED = re.compile(
    r"图\s*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:[-—.．][0-9]{1,2})?\s*[\s：:.．、][^。]*|图\s*[0-9]{1,3}"
)
_LONGEST, _LONGEST_STYLED = 120, 600  # characters
_FLOWING = (
    "docx",
    "doc",
    "rtf",
    "odt",
    "html",
    "mht",
)  # in drawn pages a caption of two lines is two paragraphs


def is_caption(block: Paragraph, kind: str) -> bool:
    """Of a paragraph right behind a picture in a file of this kind; 表1 … is over the table that follows."""
    text = block.text.strip()
    if block.style is Style.CAPTION:
        return len(text) <= _LONGEST_STYLED and not text.startswith("表")
    return (
        kind in _FLOWING
        and block.style is None
        and len(text) <= _LONGEST
        and _NUMBERED.fullmatch(text) is not None
    )
