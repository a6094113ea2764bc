"""White space between blocks: around tables and figures, the same in the PDF and in Word."""

from app.documents.blocks import Block, Paragraph, PictureBlock, Style, TableBlock
from app.typesetting.page_style import PageStyle


def gap_between(before: Block | None, after: Block | None, page: PageStyle) -> float:
    """Points between two blocks that follow each other; none beside an empty line or at an end of the document.

    A page never begins with it.
    """
    if before is None or after is None or _is_blank(before) or _is_blank(after):
        return 0.0
    spaces = page.spaces
    if isinstance(after, TableBlock):
        return spaces.above_table
    if isinstance(after, PictureBlock):
        return spaces.above_figure
    if isinstance(before, TableBlock):
        return spaces.below_table
    return spaces.below_figure if isinstance(before, PictureBlock) else 0.0


def ends_before_signature(block: Block, following: Block | None) -> bool:
    """落款 never stands on a page alone (GB/T 9704 7.3.5.5): the last lines of the text, or the last figure, go with it."""
    return (
        isinstance(following, Paragraph)
        and following.section == "signature"
        and following.style in (Style.BLANK, Style.SIGNATURE, Style.DATE)
        and isinstance(block, Paragraph | PictureBlock)
    )


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.BLANK
