"""The true pages on screen and on their way to a printer. Must not know how they were made."""
