"""送审 → 审核 → 签发 → 定稿 → 上报: the steps, the papers, the package, and whether a frozen report still stands.

Must not know the window.
"""
