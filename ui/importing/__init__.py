"""The review of what was read from an old report: the source at one side, the form at the other."""
