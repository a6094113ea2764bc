"""The computer below: pipes between processes of ours, memory given back, what is never loaded, and files too large to be opened.

Knows no report and no room of this house.
"""
