"""PDF pages on their way to eyes and paper: the preview's second process, page pictures, the system's spooler.

Must not know what a report says.
"""
