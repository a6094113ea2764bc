"""Help for the narratives: suggested paragraphs, numbers to bind, find and replace, Chinese typography, differences from last year.

Must not change a report by itself.
"""
