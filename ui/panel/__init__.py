"""The one panel beside the page: 检查, 说明, 上年, 预览, one file a tab, and the line that stands for it while it is folded.

Must not know what a page is made of: it asks what `Page` declares, and only the tab that is seen does any work.
"""
