"""The open report as the window sees it: the controller, what is typed but not taken, autosaving, how far each page is.

Must not know a page.
"""
