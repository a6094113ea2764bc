"""Blocks → a Word document: styles, merged tables, charts, watermark. Must not know the report behind the blocks."""
