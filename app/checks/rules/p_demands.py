"""What the chosen rule pack demands of the texts, and what somebody must confirm (P-01 …)."""

from collections.abc import Iterator

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.packs import DEFAULT, pack
from app.checks.rule import INFO, WARNING, Check, rule_of_form, text_rule
from app.report.model import INTRODUCTION


@text_rule("P-01", WARNING)
def the_pack_can_be_used(context: CheckContext) -> Iterator[Finding]:
    """所选的地方规则包可以使用。"""
    if complaint := pack(context.settings.pack).complaint:
        yield Finding("P-01", WARNING, complaint)


def _declared() -> Iterator[Check]:
    for one in pack(DEFAULT).demands:
        yield Check(one.id, (WARNING, INFO), one.title)


@rule_of_form(_declared)
def demands_are_met(context: CheckContext) -> Iterator[Finding]:
    """所选的地方规则包要求写明、核对的内容。"""
    chosen = pack(context.settings.pack)
    confirmed = {hand.step for hand in context.report.sign_off.hands} if context.report.sign_off else set()
    keys = {INTRODUCTION, *(section.key for section in context.form.sections)}
    for one in chosen.demands:
        text = context.report.narratives.get(one.section, "")
        if one.confirm and one.step in confirmed:
            continue
        if one.is_on and one.section in keys and (one.confirm or text) and not one.is_met(text):
            yield Finding(one.id, one.grade, f"{one.message}（{chosen.name}）", one.section)
