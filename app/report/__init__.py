"""The report as a frozen value and every pure function Report → Report: totals, bindings, pending, edits, comparing.

Must not know files, rules or the window.
"""
