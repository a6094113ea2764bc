"""What a county may set about the checks: kept with the user's settings, read by the rules."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a county may set: the deadline of report year Y is in Y+1, the length limit of 总体情况 is off by default."""

    deadline_month: int = 1
    deadline_day: int = 31
    overview_limit: int | None = None
    shortest_problem_text: int = 60
    signature_required: bool = True
    word_list: str = ""  # the county's own word-list file (.toml), beside those in the user's folder
    pack: str = ""  # the rule pack of the county, by its file's name; "" for none

    def deadline(self, year: int) -> date:
        return date(year + 1, self.deadline_month, self.deadline_day)
