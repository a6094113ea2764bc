"""What a report contradicts: rules that look at it and say what a county reviewer would say. Must not know who shows a finding."""

from app.checks.context import CheckContext
from app.checks.finding import Finding, Repair, TextEdit
from app.checks.running import check
from app.form.model import Severity

__all__ = ["CheckContext", "Finding", "Repair", "Severity", "TextEdit", "check"]
