"""The open report and its files: open, import, roll over, save, keep versions, export; one call each for window and command line.

Must not know who asks.
"""
