"""Blocks or pages → a file."""
