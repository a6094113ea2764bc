"""What the window asks on the way to 定稿, and 县级汇总. Must not know the steps' rules: app/signoff does."""
