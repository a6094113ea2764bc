"""The rules themselves, a file for each kind of contradiction.

A rule looks at a CheckContext and yields findings; it must not know who shows them.
"""
