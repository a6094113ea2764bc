"""The .gknb file, its versions, atomic saving, backups, recovery and the user's settings on disk.

Must not know rules or documents.
"""
