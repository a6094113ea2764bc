"""The optional parts of report.json: for each how it is written and read back. Must not know a file on disk."""
