"""The rows of 表三 by the reasons that texts give: 因涉及商业秘密不予公开1件 is the row of third parties (templates/wording/results.toml).

Must not hold a number against a table: it says of which row a number is, or that no one row is meant.
"""

import re
import tomllib
from functools import lru_cache

from app.checks.quantities.grammar import NUMBER, Statement
from app.paths import templates
from app.patterns import Words, lazily

_LEAST = 40  # characters of a clause that are looked at before a number
# what became of it: without one of these a reason is what somebody asked about
_OUTCOME = Words(
    "不予|未予|不再|无法|不能|未公开|不公开|拒绝|为由|答复|告知|属|因|视为|放弃|不存在|处理|补正|缴"
)
# 部分公开, 遮挡后提供, 撤回, 等原因, 征得同意: of another row, or of several
_OTHERWISE = lazily(
    r"的(?:政府)?信息(?:均|依法)*不予|部分公开|(?<!不)予以?公开|(?<!未)(?<!不)准予|(?<!不)同意|遮挡|撤回|撤诉|等|复议|诉讼|法院|要求[^，。；]{0,6}补正|转|上年|去年|分别|各|其余|其他|较|比|按期补正|已补正"
    r"|协助|指导|征求意见|征询|意见|咨询|查阅|分别|合计|条例"
)
# ，不予公开1件: the result alone, the reason stands in the clause before
_RESULT_ALONE = lazily(
    r"(?:依法|均|故|而|已|决定|作出|予以|的|共|答复|告知|并)*(?:不予?公开|无法?提供|不予?处理|不再处理|未予(?:公开|处理))(?:的|申请|共|有|决定|答复)*$"
)
# the clause behind: 未予处理
_RESULT_BEHIND = lazily(r"[，、](?:依法|均|故|已|决定)*(?:不予|未予|无法?提供|不再处理|视为)")
# ，第三方不同意公开，决定不予公开: the result stands one clause farther
_RESULT_LATER = lazily(
    r"[，,](?P<between>[^，。；、\d\n]{2,20})[，,](?:依法|均|故|已|遂|决定|作出|告知)*(?:不予|未予|不再|无法?提供|视为)",
    needs="不予|未予|不再|提供|视为",
)
_REFUSED = lazily("不予|未予|不再|无法?提供|视为", needs="不予|未予|不再|提供|视为")
# ，延期答复; ，征求第三方意见: something else became of it
_OTHER_BEHIND = lazily(
    r"[，,、][^，。；\d\n]{0,8}(?:延期|延长|(?<!不)予以?公开|部分予?公开|区分处理|征求|征得|撤回|(?<!不)同意|补正|提醒后|沟通后|重新)",
    needs="延期|延长|公开|区分处理|征求|征得|撤回|同意|补正|提醒后|沟通后|重新",
)
# what ends a clause
_MARKS = "，,；;。：:（）()\n！？!?"


@lru_cache(maxsize=1)
def _reasons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(row, words) as they are declared."""
    data = tomllib.loads((templates() / "wording" / "results.toml").read_text(encoding="utf-8"))
    return tuple((one["row"], re.compile(one["words"])) for one in data["reason"])


# one of these stands in every reason
_WORTH = Words(
    "秘密|隐私|安全|稳定|权益|第三方|他人|内部|人事|过程|记录|报告|案卷|查询|掌握|不存在|不属于|未制作|现成|另行|加工|明确"
    "|信访|举报|投诉|重复|出版物|发行|反复|频繁|出具|确认|补正|缴|交费"
)


def row_of_reason(text: str, one: Statement) -> str:
    """The row of 表三 that the reason beside a number names; "" where none or more than one is named."""
    if one.says != NUMBER or one.about:
        return ""
    counted = _COUNTED.match(text, one.number)
    end = counted.end() if counted else one.end
    left, right = _clause(text, one.number, end)
    if not _WORTH.stand_in(text, max(one.number - 2 * _LEAST, 0), end + _LEAST):
        return ""
    said = left + "\n" + right
    rows = _rows(said)
    if not rows and _RESULT_ALONE.fullmatch(left):
        left = _clause_before(text, one.number - len(left)) + left
        said = left + "\n" + right
        rows = _rows(said)
    behind = text[end + len(right) : end + len(right) + _LEAST]
    if (
        len(rows) != 1
        or _OTHERWISE.search(said)
        or (not _REFUSED.search(said) and _OTHER_BEHIND.match(behind))
    ):
        return ""
    is_decided = _OUTCOME.stand_in(left) or _OUTCOME.stand_in(right) or _RESULT_BEHIND.match(behind)
    return rows[0] if is_decided or _is_decided_later(rows, behind) else ""


def _is_decided_later(rows: list[str], behind: str) -> bool:
    """，为保护第三方合法权益，依法决定不予公开: with no other reason between."""
    found = _RESULT_LATER.match(behind)
    return (
        found is not None
        and not _OTHERWISE.search(found["between"])
        and set(_rows(found["between"])) <= set(rows)
    )


def _rows(said: str) -> list[str]:
    return [row for row, words in _reasons() if words.search(said)]


def _clause(text: str, number: int, end: int) -> tuple[str, str]:
    """The words of its clause before and behind a number; 、 ends one where it stands behind another number."""
    begin = max((text.rfind(mark, 0, number) for mark in _MARKS), default=-1) + 1
    left = text[max(begin, number - _LEAST) : number]
    left = _BEHIND_NUMBER.sub("", left)
    ends = [at for mark in _MARKS if (at := text.find(mark, end)) >= 0]
    right = text[end : min([*ends, end + _LEAST, len(text)])]
    return left, _NEXT_NUMBER.split(right)[0]


# 予以公开4件、因……: the item before
_BEHIND_NUMBER = lazily(r"^.*\d\s*[件条宗起份项个次](?:[^、]*、|(?:申请)?[和及])")
# 1件、因……2件: the next item
_NEXT_NUMBER = lazily(r"[、和及](?=[^、]*\d)")


def _clause_before(text: str, end: int) -> str:
    """因涉及商业秘密， : the clause right before, without a number of its own."""
    if text[end - 1 : end] not in ("，", ","):
        return ""
    begin = max(text.rfind(mark, 0, end - 1) for mark in _MARKS) + 1
    words = text[max(begin, end - _LEAST) : end]
    return "" if _HAS_NUMBER.search(words) else words


# the number and its unit
_COUNTED = lazily(r"[\d,.一二两三四五六七八九十百]+\s*[件条宗起份项个次]")
_HAS_NUMBER = lazily(r"\d|[一二两三四五六七八九十][件条宗起份]")
