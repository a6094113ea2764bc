"""The manual, the longer texts and the settings. Must not know the open report."""
