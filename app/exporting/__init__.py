"""Blocks or pages → a file, one writer a format. Must not know the report behind them, only blocks, pages and what `meta` says."""
