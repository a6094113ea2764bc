"""The orders in which drawn pages can be read besides that of their ruled tables: made only when they are asked for."""

from collections.abc import Callable, Sequence
from functools import partial

from app.documents.blocks import Block
from app.errors import UserError
from app.importing.readers.deadline import Deadline, TimeUp
from app.importing.readers.page_text import Page, drawn_blocks, laid_out_blocks
from app.importing.source import Order

_SECONDS = 3.0  # for one order
_Reading = Callable[[Sequence[Page]], tuple[Block, ...]]


def other_orders(pages: Sequence[Page], too_complex: UserError) -> tuple[Order, ...]:
    """As the pages were drawn, and as they are laid out; `too_complex` is raised by one that does not end in time."""
    return tuple(partial(_read, one, pages, too_complex) for one in (drawn_blocks, laid_out_blocks))


def _read(reading: _Reading, pages: Sequence[Page], too_complex: UserError) -> tuple[Block, ...]:
    try:
        with Deadline(_SECONDS):
            return reading(pages)
    except TimeUp as error:
        raise too_complex from error
