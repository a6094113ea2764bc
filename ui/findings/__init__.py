"""Findings as lists and lines, and what can be done about one: go there, repair, explain.

Must not find anything itself.
"""
