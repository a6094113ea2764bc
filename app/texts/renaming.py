"""A unit that was renamed, or made of others: where the old names still stand, and the report with the new one everywhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.checks.rules.s_identity import core
from app.report import bindings
from app.report.edits import Edit, shown
from app.report.model import Agency, Report

SHORT_NAME, SIGNER, ADDRESS = "简称", "落款单位", "地址"
_LEAST = 2  # characters of a name that is looked for
# 原石桥镇, 由石桥镇和青山镇合并: there the old name is meant
_MEANT = re.compile(r"(?:原|撤销|撤并|合并|更名前|改名前|由)[^，。；\n]{0,12}$")


@dataclass(frozen=True, slots=True)
class OldName:
    """One place: of a text (`section`, characters [start, end)), or of a field, named in `field`."""

    old: str
    new: str
    section: str = ""
    start: int = 0
    field: str = ""
    is_meant: bool = False  # the text seems to speak of the old unit itself

    @property
    def edit(self) -> Edit:
        return Edit(self.start, self.start + len(self.old), self.new)


def old_names(report: Report, before: Agency) -> list[OldName]:
    """Where the names that the unit had in last year's report still stand; none when it has them still."""
    pairs = _pairs(before, report.agency)
    if not pairs:
        return []
    found = [
        one for key, text in report.narratives.items() for one in _in_text(key, text, pairs, report.agency)
    ]
    known = dict(pairs)
    for field, text in ((SHORT_NAME, report.agency.short_name), (SIGNER, report.signature.agency)):
        if text in known:
            found.append(OldName(text, known[text], field=field))
    return [*found, *_in_address(report.agency, pairs)]


def _in_address(agency: Agency, pairs: Sequence[tuple[str, str]]) -> list[OldName]:
    """The field 地址 as a whole: it is not to say another place than the text that was changed."""
    made = agency.address
    for one in reversed(list(_in_text("", agency.address, pairs, agency))):
        made = made[: one.start] + one.new + made[one.edit.end :]
    return [OldName(agency.address, made, field=ADDRESS)] if made != agency.address else []


def _pairs(before: Agency, now: Agency) -> list[tuple[str, str]]:
    """Old and new words, the longest first. The report of several units has all their names in one."""
    new_core = core(now.name)
    short = now.short_name if now.short_name and now.short_name != before.short_name else new_core
    made: dict[str, str] = {}
    for name in before.name.split("、"):
        made |= {name: now.name, core(name): new_core}
    made.setdefault(before.short_name, short)
    if not now.name or now.name in made:
        return []
    pairs = [(old, new) for old, new in made.items() if len(old) >= _LEAST and new and old != new]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _in_text(section: str, text: str, pairs: Sequence[tuple[str, str]], now: Agency) -> Iterable[OldName]:
    """Longest names first; none inside another, and none inside the new one (新石桥镇 has 石桥镇 in it)."""
    known = {now.name, core(now.name), now.short_name, *(new for _, new in pairs)}
    new_words = known - {"", *(old for old, _ in pairs)}
    taken = [found.span() for one in new_words for found in re.finditer(re.escape(one), text)]
    made = []
    for old, new in pairs:
        for found in re.finditer(re.escape(old), text):
            start, end = found.span()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            is_meant = bool(_MEANT.search(text[max(0, start - 20) : start]))
            made.append(OldName(old, new, section, start, is_meant=is_meant))
    return sorted(made, key=lambda one: one.start)


def words(report: Report, one: OldName) -> str:
    """What stands there and what would."""
    if one.field:
        return f"{one.old}　→　{one.new}"
    before, after = shown(report.narrative(one.section), one.edit)
    return f"{before}　→　{after}"


def renamed(report: Report, chosen: Iterable[OldName]) -> Report:
    """The report with the new names in these places."""
    chosen = list(chosen)
    for section in dict.fromkeys(one.section for one in chosen if one.section):
        edits = [one.edit for one in chosen if one.section == section]
        report = bindings.edited(report, section, edits)
    for one in chosen:
        if one.field == SHORT_NAME:
            report = replace(report, agency=replace(report.agency, short_name=one.new))
        elif one.field == ADDRESS:
            report = replace(report, agency=replace(report.agency, address=one.new))
        elif one.field == SIGNER:
            report = replace(report, signature=replace(report.signature, agency=one.new))
    return report
