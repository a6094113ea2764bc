"""Fixed terms with a character lost, doubled or exchanged with the next: 信息发审核, 清清单, 门网户站 (D-09).

A term is told only where at least three of its characters stand, and where what is left over belongs to no word beside it.
"""

from collections.abc import Iterable, Iterator, Mapping

from app.checks.language.pairs import Pairs, places, twos
from app.checks.language.whole_words import WholeWords

_SHORT = 4  # characters of the shortest term whose slips are told
_LONGEST = 8
_PAIR = 2  # characters of a word that is told only where both are exchanged: 理办
_BETWEEN = "\n"  # terms: no character
# what is said twice on purpose: 乡村村村通, 人人
_SAID_TWICE = frozenset(
    "要的地得上下任作谈国会行学工京报员省市区院品通机剧州江街县人天年月日时常家户村层处事件条项组代世步渐刚仅往偏多好大小慢快早晚深高久远谢看说想走问试个种样回次句字对点滴缓频屡"
)
# what is a word alone: 年政府 is no 年度政府 with a character lost, 按要求 no 按照要求
_ALONE = frozenset(
    "的年和条本一等我依件月局日为二号及在对与了三镇第是新至项中以所微列共未乡由五有不四并如起将向现下类区止自六各上因可或已省无均从篇把地后个谁被次党大"
    "路八之而应率特占村减增让达先望前含长较尽还按网多人优书册员关保审传请其数件处站点栏屏群数图表文条款册页街期季周时秒场站办科股室校院会厅部委组队岗结"
)

# 防风险、保安全: what may stand between sayings of three characters, and behind the last of them
_BETWEEN_SAYINGS = "、，；,;“”"
_BEHIND_SAYINGS = "等的和与为以是"
_FIRST, _LAST = "一", "龥"
_SAYING = 3
# 一是, 其次是: what stands before a saying that stands for itself
_COUNTED = tuple(f"{one}是" for one in "一二三四五六七八九十先次再")

_LEFT_ALONE = "清"  # 清清楚楚: what the rule of stutters leaves alone, so that 清清单 is told here

Slip = tuple[int, int, str]  # where it begins, where it ends, what is right


class Slips:
    """The terms, each with what is right beside it, and an index: behind which character a second one may stand only by a slip."""

    def __init__(
        self, terms: Mapping[str, tuple[str, ...]], index: Mapping[str, str], pairs: Pairs, whole: WholeWords
    ) -> None:
        self._terms, self._index = terms, index
        self._text = _BETWEEN.join(["", *(term for term in self._terms if len(term) >= _SHORT), ""])
        self._pairs, self._whole = pairs, whole
        self._forms: dict[str, tuple[tuple[str, str, int], ...]] = {}

    def index(self) -> dict[str, str]:
        """The index as it must stand in the file: what is one place apart or exchanged in terms, and stands so in none."""
        text = _BETWEEN.join(["", *self._terms, ""])
        apart = {
            one + third
            for one, second, third in zip(self._text, self._text[1:], self._text[2:], strict=False)
            if second != _BETWEEN
        }
        may_be = apart | {two[::-1] for two in twos(text)}
        found: dict[str, str] = {}
        for two in sorted(may_be - twos(text)):
            if _BETWEEN not in two and two[0] != two[1]:
                found[two[0]] = found.get(two[0], "") + two[1]
        return found

    def may_be(self, two: str) -> bool:
        """Whether two characters side by side may be of a term with a slip."""
        return two[0] == two[1] or two[1] in self._index.get(two[0], "")

    def find(self, line: str, there: Iterable[str]) -> Iterator[Slip]:
        """Every term of the line with a slip; those that meet are all named. `there`: those of its `twos` that may be of one."""
        for two in there:
            yield from self._doubled(line, two) if two[0] == two[1] else self._formed(line, two)

    def _formed(self, line: str, two: str) -> Iterator[Slip]:
        """The terms of which `two` stands in a wrong form."""
        if (word := two[::-1]) in self._terms:
            yield from ((at, at + _PAIR, word) for at in places(line, two) if self._pairs.is_apart(line, at))
        forms = self._forms.get(two)
        if forms is None:
            forms = self._forms[two] = (*self._lost(two), *self._turned(two))
        for form, term, inside in forms:
            lost = term[inside + 1] if len(term) > len(form) else _BETWEEN
            for at in places(line, two):
                start, end = at - inside, at - inside + len(form)
                if start < 0 or not line.startswith(form, start) or line[end : end + 1] == lost:
                    continue  # 政务开公: exchanged, not lost
                if self._is_free(line, start, form, inside) and not self._is_said_in_three(
                    line, start, form, inside
                ):
                    yield start, end, term

    def _lost(self, two: str) -> Iterator[tuple[str, str, int]]:
        """(the wrong form, the term, where the two stand in the form) for each term that has a character between the two."""
        first, last = two[0], two[1]
        for at in places(self._text, first):
            if self._text[at + 2 : at + 3] == last and self._text[at + 1] != _BETWEEN:
                term, inside = self._term_at(at)
                form = term[: inside + 1] + term[inside + 2 :]
                if not self._alone(form, inside) and not self._is_made_of_words(form):
                    yield from self._unless_right(form, term, inside)

    def _turned(self, two: str) -> Iterator[tuple[str, str, int]]:
        for at in places(self._text, two[::-1]):
            term, inside = self._term_at(at)
            yield from self._unless_right(term[:inside] + two + term[inside + 2 :], term, inside)

    def _alone(self, form: str, inside: int) -> bool:
        """Whether what is left of a word that lost a character may be a word alone."""
        is_first, is_last = inside == 0, inside + 2 == len(form)
        return (is_first and form[0] in _ALONE) or (is_last and form[-1] in _ALONE)

    def _is_made_of_words(self, form: str) -> bool:
        """本年|办理: what is left are words, and may be meant."""
        return len(form) % _PAIR == 0 and all(
            self._pairs.has(form[at : at + _PAIR]) for at in range(0, len(form), _PAIR)
        )

    def _unless_right(self, form: str, term: str, inside: int) -> Iterator[tuple[str, str, int]]:
        if form not in self._terms[term] and form not in self._terms:
            yield form, term, inside

    def _term_at(self, at: int) -> tuple[str, int]:
        """The term of a place of the text, and the place in it."""
        begin = self._text.rindex(_BETWEEN, 0, at + 1) + 1
        return self._text[begin : self._text.index(_BETWEEN, at)], at - begin

    def _is_free(self, line: str, start: int, form: str, inside: int) -> bool:
        """Whether the first and the last character of a form, where the slip is beside them, belong to no word outside."""
        end = start + len(form)
        if form[0] == line[start - 1 : start] or form[-1] == line[end : end + 1]:
            return False  # 听听意见
        if self._whole.across(line, start) or self._whole.across(line, end):
            return False  # 矿业权|信息
        if inside == 0 and self._is_known(line, start, self._pairs.begins(line, start)):
            return False
        return inside + 2 < len(form) or not self._is_known(line, end, self._pairs.ends(line, end))

    def _is_said_in_three(self, line: str, start: int, form: str, inside: int) -> bool:
        """强责任、明任务: a verb of one character and its object are meant so, beside others of their kind or counted."""
        at = start if inside == 0 else start + inside + 1
        if (inside and inside + 2 < len(form)) or not self._pairs.has(line[at + 1 : at + _SAYING]):
            return False
        end = at + _SAYING
        stops = not _is_hanzi(line[end : end + 1])
        if stops and (
            line[:at].endswith(_COUNTED) or (line[at - 1 : at] == "“" and line[end : end + 1] == "”")
        ):
            return True
        return any(
            self._is_in_a_row(line, at, lead)
            for lead in (0, _PAIR)
            if lead == 0 or self._pairs.has(line[at - lead : at])
        )

    def _is_in_a_row(self, line: str, at: int, lead: int) -> bool:
        """Whether a saying stands before or behind that at a place; `lead`: characters that begin each of them, 公开提效能、公开优服务."""
        end, begin = at + _SAYING, at - lead
        behind = end + len(line[end : end + 3]) - len(line[end : end + 3].lstrip(_BETWEEN_SAYINGS))
        behind += lead if lead and line.startswith(line[begin:at], behind) else 0
        if self._is_saying(line, behind) and _ends_sayings(line, behind + _SAYING):
            return True
        before = len(line[:begin].rstrip(_BETWEEN_SAYINGS)) - _SAYING
        is_apart = before + _SAYING < begin or not _is_hanzi(line[max(before - 1, 0) : before])
        return before >= 0 and is_apart and self._is_saying(line, before)

    def _is_saying(self, line: str, at: int) -> bool:
        """保安全: a character and a word, and no word and a character."""
        has = self._pairs.has
        return has(line[at + 1 : at + _SAYING]) and not has(line[at : at + 2]) and _is_hanzi(line[at])

    def _is_known(self, line: str, border: int, is_border: bool) -> bool:
        """Whether the characters on both sides of a border make a word, or stand so in reports where no known word borders."""
        two = line[max(border - 1, 0) : border + 1]
        return self._pairs.has(two) or (not is_border and self._whole.are_beside(two))

    def _doubled(self, line: str, two: str) -> Iterator[Slip]:
        """A term in which a character stands twice; or a word that has its last twice: 年度度."""
        char = two[0]
        for at in places(line, two):
            if line[at - 1 : at] == char or line[at + 2 : at + 3] == char or _is_twofold(line, at):
                continue
            if self._is_stuttered(line, at):
                continue
            if found := self._of_a_term(line, at):
                yield found
            elif char not in _SAID_TWICE and self._is_last_twice(line, at):
                yield at - 1, at + 2, line[at - 1 : at + 1]

    def _of_a_term(self, line: str, at: int) -> Slip | None:
        once = line[max(at - _LONGEST, 0) : at] + line[at + 1 : at + 1 + _LONGEST]
        place = min(at, _LONGEST)
        for begin in range(max(place - _LONGEST + 1, 0), place + 1):
            for end in range(max(begin + _SHORT, place + 1), min(begin + _LONGEST, len(once)) + 1):
                term = once[begin:end]
                if term in self._terms and self._stays_free(line, at, begin == place, end == place + 1):
                    start = at - (place - begin)
                    return start, start + len(term) + 1, term
        return None

    def _stays_free(self, line: str, at: int, is_first: bool, is_last: bool) -> bool:
        """Whether a doubled character at an edge of a term belongs to no word outside: 主动公开|开展."""
        if (is_first or is_last) and line[at] in _SAID_TWICE:
            return False
        if is_first:
            return not self._pairs.has(line[max(at - 1, 0) : at + 1]) and self._pairs.begins(line, at)
        return not is_last or (not self._pairs.has(line[at + 1 : at + 3]) and self._pairs.ends(line, at + 2))

    def _is_stuttered(self, line: str, at: int) -> bool:
        """工作方方案: a word with its first character twice is told by a rule of its own."""
        has = self._pairs.has
        return (
            line[at] not in _LEFT_ALONE
            and has(line[at + 1 : at + 3])
            and self._pairs.begins(line, at)
            and not has(line[max(at - 1, 0) : at + 1])
        )

    def _is_last_twice(self, line: str, at: int) -> bool:
        if not self._pairs.has(line[max(at - 1, 0) : at + 1]) or self._pairs.has(line[at + 1 : at + 3]):
            return False
        return self._pairs.ends(line, at + 2)


def spared(tokens: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each word with what is right beside it: behind !, divided by /."""
    words: dict[str, tuple[str, ...]] = dict.fromkeys(tokens, ())
    for token in [token for token in words if "!" in token]:
        del words[token]
        word, _, others = token.partition("!")
        words[word] = tuple(others.split("/"))
    return words


def _is_hanzi(char: str) -> bool:
    return _FIRST <= char <= _LAST


def _ends_sayings(line: str, at: int) -> bool:
    """Whether no saying of more than three characters goes on there."""
    char = line[at : at + 1]
    return not _is_hanzi(char) or char in _BEHIND_SAYINGS


def _is_twofold(line: str, at: int) -> bool:
    """认认真真: both characters of a word twice."""
    return at > 1 and line[at - 2] == line[at - 1]
