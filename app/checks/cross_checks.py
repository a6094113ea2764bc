"""The declared equations: every sum and carry-over of the form (T3-03…05, T4-02, Y-01, Y-02 …)."""
