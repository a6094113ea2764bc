"""The editor of a text and all that helps to write it: marks, places to bind, pictures, find and replace, counts.

Must not know the pages around it.
"""
