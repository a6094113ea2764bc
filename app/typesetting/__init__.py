"""Blocks to lines, boxes and pages; which face draws which character. Must not write a file nor know a report."""

from app.typesetting import late_pillow

late_pillow.postpone()
