"""Blanks, numbers and single-table rules of 表二, 表三 and 表四 (T2, T3, T4)."""
