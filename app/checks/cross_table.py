"""Rules between tables, and between this year's tables and last year's (X, Y)."""
