"""What a report contradicts: rules that look at it and say what a county reviewer would say. Must not know who shows a finding."""

from app.checks.finding import CheckContext, Finding, Repair, TextEdit, check
from app.form.model import Severity

__all__ = ["CheckContext", "Finding", "Repair", "Severity", "TextEdit", "check"]
