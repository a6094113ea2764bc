"""The parts of which every page is made: colours, type, labels, fields, dialogs, jobs off the GUI thread.

Must not know a report.
"""
