"""The strip of findings stands under a table: its tests borrow the clerk at a table."""

from tests.ui.tables.conftest import clerk

__all__ = ["clerk"]
