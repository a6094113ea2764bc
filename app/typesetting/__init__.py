"""Blocks to lines, boxes and pages; which face draws which character."""
