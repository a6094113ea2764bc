"""An old report in any file → blocks → a report, with the evidence for every cell. It never computes and never invents a zero."""
