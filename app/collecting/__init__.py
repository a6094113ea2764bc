"""收数表: a form that villages and offices fill, sent out as a workbook, read when it comes back, added up into proposals.

Must not know the open report's window or files: a report and workbooks go in, proposals and a report come out.
"""
