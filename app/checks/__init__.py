"""Every check of domain.md §4: rules that look at a report and say what a county reviewer would say."""

from app.checks.finding import CheckContext, Finding, Repair, TextEdit, check
from app.form.model import Severity

__all__ = ["CheckContext", "Finding", "Repair", "Severity", "TextEdit", "check"]
