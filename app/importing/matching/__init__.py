"""Blocks → cells and texts of the form, by printed label and document order. Must not know what file they came from."""
