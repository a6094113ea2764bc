"""申请登记 and 各类数量: one line an application, counted into 表三, read from and written to workbooks.

Must not know the official documents.
"""
