"""Requests told in the text by who asked and by what became of them, against 表三 (N-04, N-05)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import quantities
from app.checks.language.reading import in_text, shown, text_sections
from app.checks.language.scope import place
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import (
    ASKED,
    OTHER_BUSINESS,
    REQUESTS,
    UNITS,
    Told,
    against,
    group,
    is_of_another_body,
    is_own,
    is_plain,
    row,
    strange,
    sure,
    told,
    total,
)
from app.checks.quantities.figures import SHARE, Figure, makes, of_role, percent
from app.checks.quantities.grammar import ALL, HEADING, NONE, Statement, Word, is_about_requests
from app.checks.quantities.reasons import row_of_reason
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef, Value
from app.patterns import Words, lazily

# words by which a number is not of all applications of an applicant, and by which not of a result
_NOT_ASKED = frozenset({"part", "result", "other", "outcome", "rate", "carried_in", "carried_out"})
_NOT_A_RESULT = frozenset({"part", "applicant", "other", "rate", "fee", "outcome", "shared"})
# a sentence on answers: 答复申请14件，其中予以公开……
_RESULTS = Words("申请|答复|办结|办理结果")
# 制发公文120件，其中主动公开80件、不予公开20件: the attribute of documents, no answer
_ATTRIBUTES = lazily(
    r"属性|公文|制发|制作|主动公开[^，。；、]{0,6}\d|文件\d|总数|涉及信息\d",
    needs="属性|公文|制发|制作|主动公开|文件|总数|涉及信息",
)
# 文件, 信息120条: of documents
_OF_DOCUMENTS = lazily(r"信息|文件|公文|目录|事项|清单|\d条")
_A_REASON = 8  # characters: 本机关不掌握相关政府信息 is a row of 表三 and nothing else
_SEVERAL = 3  # results: 予以公开6件，不予公开1件，无法提供1件
# 作出不予公开决定2件
_DECIDED = lazily(r"作出.*决定$", needs="作出")
# 应当全部予以公开: an intention
_INTENDED = Words("确保|将|要求|应|力争|做到|保证|坚持|依法|凡|对于")
# 收到, 新收: that they came; 办结, 受理: what was done with them
_CAME, _WAS_DONE = lazily(r"收到|接到|接收|新收"), lazily(r"办结|办理|答复|处理|受理|结转")


# 个人申请5件，企业申请3件
_IN_SHORT = {"个人": ("natural_person",), "企业": ("enterprise",)}

# -- by applicant -------------------------------------------------------------------------------------------------------------


@rule("N-04", ERROR, WARNING)
def applicants(context: CheckContext) -> Iterator[Finding]:
    """总体情况中各类申请人的申请件数应与表三相应列一致。"""
    words = vocabulary(context.form.id)
    for one in told(context, REQUESTS):
        statement = one[2]
        who = statement.last("applicant") or statement.last("bodies")
        if (
            who is None
            or _is_counted_itself(statement, who)
            or not _is_by_applicant(statement)
            or words.results.search(statement.place.before)
        ):
            continue
        columns = _columns_of(context, who)
        if not columns:
            continue  # a word of the grammar for which the form has no column
        cells = _cells(columns, "received")
        if statement.says == ALL:
            yield from _all_of_one_kind(context, one, cells, who.text)
            continue
        others = [total(context, _cells(columns, "received", "carried_in"))]
        if not _says_received(one):
            others.append(total(context, _cells(columns, "processed")))
        name = who.text
        if who.text in _IN_SHORT:
            name = context.form.tables[REQUESTS].column(columns[0]).label
        elif who.kind == "bodies":
            name = context.form.tables[REQUESTS].column(_BODIES).label
        yield from against(context, "N-04", one, cells, others, name=name, severity=sure(context, one))


def _is_counted_itself(one: Statement, who: Word) -> bool:
    """8件申请来自6名自然人和2家企业: of so many persons, who have a number of their own."""
    between = (word.text for word in one.right if word.kind == "unknown" and word.start < who.start)
    return any(words.endswith(("名", "位", "家", "个")) for words in between)


_BODIES = "legal_entity"


def _columns_of(context: CheckContext, who: Word) -> tuple[str, ...]:
    """The columns of an applicant; of 法人和其他组织 all but natural persons."""
    if who.kind == "bodies":
        return tuple(leaf.key for leaf in context.form.tables[REQUESTS].column(_BODIES).leaves())
    known = vocabulary(context.form.id).columns.get(who.text) or _IN_SHORT.get(who.text)
    return known or _of_legal_persons(context, who.text)


# 自然人申请占75%
_WHO = lazily(r"(.+?)(?:提出|提交)?的?(?:申请)?$")
_OF_ALL = ("总数", "申请总", "全部", "总量")
# 在涉及征地的申请中: of some only
_NARROWED = lazily("上年|去年|上一年|涉及|其中|近[两二三四五六]年|[^收]的申请中|件申请中")


@rule("N-04", WARNING, further=True)
def applicants_have_their_share(context: CheckContext) -> Iterator[Finding]:
    """总体情况中各类申请人的占比应与表三相应列一致。"""
    table = context.form.section_of(row("received")[0]).table_name
    for key, text in text_sections(context):
        for share in of_role(text, SHARE):
            columns = _columns_of_share(context, text, share)
            right = _right_share(context, columns, share) if columns else ""
            if right and is_own(context, place(text, share.start)):
                span = share.start - len(share.name), share.end
                message = f"“{text[slice(*span)]}”与{table}不一致：占本年新收的{right}%"
                yield in_text("N-04", WARNING, message, key, text, span)


def _right_share(context: CheckContext, columns: tuple[str, ...], share: Figure) -> str:
    """The percentage of what came this year; "" where the one told is right of that, with what was carried in, or of what was done."""
    right = ""
    for rows in (("received",), ("received", "carried_in"), ("processed",)):
        part = total(context, _cells(columns, *rows))
        whole = total(context, _cells(("total",), *rows))
        if part is None or not whole or makes(Decimal(part), Decimal(whole), share.shown):
            return ""
        right = right or percent(Decimal(part), Decimal(whole), share.shown)
    return right


def _columns_of_share(context: CheckContext, text: str, share: Figure) -> tuple[str, ...]:
    """The columns of which 自然人申请占75% tells; none where it is no share of all requests."""
    is_of_all = share.of in ("", "比", "比为") or share.of.startswith(_OF_ALL)
    if share.whole or not is_of_all or not share.name or text[share.number - 1] in "约近超":
        return ()
    who = _WHO.match(share.name)
    known = vocabulary(context.form.id).columns
    columns = (known.get(who[1]) or _IN_SHORT.get(who[1], ())) if who else ()
    begin = text.rfind("\n", 0, share.start) + 1
    if not columns or not is_about_requests(text, begin, share.start):
        return ()
    return () if _NARROWED.search(place(text, share.start).before) else columns


def _of_legal_persons(context: CheckContext, word: str) -> tuple[str, ...]:
    """法人申请: the columns of all applicants that begin with the word."""
    columns = vocabulary(context.form.id).columns
    return next((keys for name, keys in columns.items() if name.startswith(word)), ())


def _is_by_applicant(one: Statement) -> bool:
    """自然人提出申请10件, 8件自然人申请: nothing between that limits it."""
    if one.about or one.says == NONE or one.kinds & _NOT_ASKED or one.is_restricted:
        return False
    return one.says == ALL or (one.unit in UNITS and not one.unknown)


def _all_of_one_kind(
    context: CheckContext, one: Told, cells: tuple[CellRef, ...], name: str
) -> Iterator[Finding]:
    """收到申请8件，全部为自然人申请; 法人或其他组织申请2件，均为商业企业 says it of these two."""
    statement = one[2]
    before = [each for each in quantities(statement.place.before) if each.unit in UNITS]
    new, both = total(context, row("received")), total(context, row("received") + row("carried_in"))
    own = total(context, cells)
    if not new or own is None or own in (new, both) or not is_plain(context, statement, {"applicant"}):
        return
    if before and before[-1].value not in (new, both):
        return
    yield _not_all(context, "N-04", one, cells, f"“{name}”列", ("本年新收", new), (name, own))


def _not_all(
    context: CheckContext,
    check_id: str,
    one: Told,
    cells: tuple[CellRef, ...],
    where: str,
    whole: tuple[str, Value],
    part: tuple[str, Value],
) -> Finding:
    """全部为自然人申请, 全部予以公开: the table has fewer than the whole, each named with its number."""
    key, text, statement = one
    quote = text[statement.start : statement.end]
    table = context.form.section_of(cells[0]).table_name
    message = (
        f"“{quote}”与{table}{where}不一致：{whole[0]}{shown(whole[1])}件，其中{part[0]}{shown(part[1])}件"
    )
    values = (("left", shown(whole[1])), ("right", shown(part[1])))
    return Finding(check_id, WARNING, message, key, cells, quote, statement.start, statement.end, values)


def _cells(columns: tuple[str, ...], *rows: str) -> tuple[CellRef, ...]:
    return tuple(CellRef(REQUESTS, row, column) for row in rows for column in columns)


def _says_received(one: Told) -> bool:
    """收到申请4件，其中自然人3件: the parts are of what came, not of what was done."""
    before = one[2].place.before + one[1][one[2].start : one[2].end]
    return bool(_CAME.search(before)) and not _WAS_DONE.search(before)


# -- by result ----------------------------------------------------------------------------------------------------------------


@rule("N-05", ERROR, WARNING)
def results(context: CheckContext) -> Iterator[Finding]:
    """总体情况中各类办理结果的件数应与表三相应行的总计一致。"""
    for one in told(context, REQUESTS):
        said = _results_said(context, one[2])
        is_each = one[1][one[2].number - 1 : one[2].number] == _EACH
        for some in [[word] for word in said] if is_each else [said]:
            yield from _result(context, one, some)


_EACH = "各"  # 不予公开、无法提供各2件: of each of them


def _result(context: CheckContext, one: Told, said: list[Word]) -> Iterator[Finding]:
    """A number against the cells of the results that are named beside it."""
    words = vocabulary(context.form.id)
    keys = dict.fromkeys(words.rows.get(word.text, "granted") for word in said)
    keys = _without_their_groups(context, keys)
    cells = tuple(chain.from_iterable(group(context, key) for key in keys))
    if not said or _is_told_otherwise(context, one, cells) or is_of_another_body(context, one[2]):
        return
    accepted = [_granted_or_in_part(context)] if said[-1].kind == "public" else []
    is_sure = (
        one[2].told != HEADING and not strange(context, one[2]) and not _is_only_by_its_place(context, one[2])
    )
    name = "、".join(word.text for word in said)
    yield from against(
        context, "N-05", one, cells, accepted, severity=ERROR if is_sure else WARNING, name=name
    )


def _is_told_otherwise(context: CheckContext, one: Told, cells: tuple[CellRef, ...]) -> bool:
    """None, and there was none; 1件因四类过程性信息不予公开: of that row, not of its group."""
    is_nil = one[2].says == NONE and not total(context, cells)
    is_one_story = _AFTERWARDS.search(one[2].place.clause + one[1][one[2].start : one[2].number]) is not None
    if is_nil or is_one_story or _is_of_new_ones(context, one, cells) or _is_of_some_who_asked(context, one):
        return True
    return row_of_reason(one[1], one[2]) != ""


def _is_of_some_who_asked(context: CheckContext, one: Told) -> bool:
    """自然人申请办结6件，其中予以公开3件: of these six."""
    before = one[2].place.before
    at = max(before.rfind("其中"), before.rfind("："))
    if at < 0:
        return False
    whole = _CLAUSES.split(before[:at].rstrip("，,（("))[-1]
    names = (*vocabulary(context.form.id).columns, *_IN_SHORT)
    return any(name in whole for name in names) and any(map(str.isdigit, whole))


# the last clause before 其中
_CLAUSES = lazily("[，。；,;]")


# 新收申请中，予以公开3件: besides what was carried in
_OF_NEW_ONES = lazily(r"新收的?(?:\d+件)?(?:政府信息公开)?(?:申请)?中[，,：]", needs="新收")


def _is_of_new_ones(context: CheckContext, one: Told, cells: tuple[CellRef, ...]) -> bool:
    in_all = total(context, cells)
    is_less = in_all is not None and one[2].value < in_all and bool(total(context, row("carried_in")))
    return is_less and _OF_NEW_ONES.search(one[2].place.before) is not None


# 经征求第三方意见后予以公开1件: of those few that took this way
_AFTERWARDS = lazily(r"(?:征[求得]|补正|沟通|协商)[^，。；、\d]{0,10}后", needs="征求|征得|补正|沟通|协商&后")


@rule("N-05", WARNING, further=True)
def results_by_reason(context: CheckContext) -> Iterator[Finding]:
    """总体情况中写明理由的不予公开、无法提供、不予处理等件数应与表三相应行的总计一致。"""
    named: dict[str, list[Told]] = {}
    for one in told(context):
        key = row_of_reason(one[1], one[2]) if _is_of_requests(context, one) else ""
        is_of_money = "fee" in one[2].kinds and key != _UNPAID
        if key in _leaf_rows(context) and not is_of_money:
            named.setdefault(key, []).append(one)
    for key, found in named.items():
        # 7件信息不存在，4件不属于本机关公开: both are of one row
        is_summed = len(found) > 1 and sum(one[2].value for one in found) == total(context, row(key))
        for one in found if not is_summed else ():
            yield from against(context, "N-05", one, row(key), severity=WARNING)


_UNPAID = "other_fee_unpaid"  # the one row of which 费用 tells


def _leaf_rows(context: CheckContext) -> set[str]:
    return {leaf.key for leaf in context.form.tables[REQUESTS].leaf_rows}


def _is_of_requests(context: CheckContext, one: Told) -> bool:
    """Whether a number of cases stands where requests are told of."""
    key, text, statement = one
    begin = text.rfind("\n", 0, statement.start) + 1
    is_ours = (
        statement.topic == REQUESTS
        or key == context.form.section_of(row("received")[0]).key
        or is_about_requests(text, begin, statement.number)
    )
    return is_ours and statement.unit in UNITS and not statement.kinds & {"rate", "outcome"}


@rule("N-05", WARNING, further=True)
def all_with_one_result(context: CheckContext) -> Iterator[Finding]:
    """写明申请全部予以公开的，表三中不应有其他办理结果。"""
    for one in told(context, REQUESTS):
        if one[2].says == ALL:
            yield from _all_with_one_result(context, one)


def _is_surely_of_results(context: CheckContext, one: Statement) -> bool:
    """A reason of 表三, 作出不予公开决定, or several results told one after the other need no 申请 beside them."""
    if any(word.kind == "result" and len(word.text) >= _A_REASON for word in one.left):
        return True
    if _DECIDED.search("".join(word.text for word in one.left)):
        return True
    named = set(vocabulary(context.form.id).results.findall(one.place.sentence))
    return len(named) >= _SEVERAL and "主动公开" not in one.place.sentence


def _is_under_requests(one: Statement) -> bool:
    """其中决定不予公开的3件: in the paragraph on requests, and of cases."""
    before = one.place.before
    return one.unit == "件" and one.left_kinds & {"result"} != set() and not _OF_DOCUMENTS.search(before)


def _is_only_by_its_place(context: CheckContext, one: Statement) -> bool:
    """Whether nothing but the paragraph says that a result is of requests."""
    sentence = vocabulary(context.form.id).results.sub("", one.place.sentence)
    return not (_is_surely_of_results(context, one) or _RESULTS.stand_in(sentence))


def _without_their_groups(context: CheckContext, keys: dict[str, None]) -> dict[str, None]:
    """本机关不掌握相关政府信息，无法提供3件: of the kind that is named, not of its group besides."""
    leaves = {key: {leaf.key for leaf in context.form.tables[REQUESTS].row(key).leaves()} for key in keys}
    return {key: None for key in keys if not any(other != key and other in leaves[key] for other in keys)}


def _all_with_one_result(context: CheckContext, one: Told) -> Iterator[Finding]:
    """已答复的申请全部予以公开: then nothing else became of any."""
    statement = one[2]
    words = [word for word in statement.left if word.kind in ("result", "public")]
    is_of_all = statement.topic == REQUESTS and statement.kinds >= {"all"} and bool(statement.kinds & ASKED)
    if (
        len(words) != 1
        or not is_of_all
        or statement.is_restricted
        or statement.kinds & (_NOT_A_RESULT - {"applicant"})
    ):
        return
    cells = group(context, vocabulary(context.form.id).rows.get(words[0].text, "granted"))
    own, done = total(context, cells), total(context, row("processed"))
    if own is None or not done or own == done or _INTENDED.stand_in(statement.place.clause):
        return
    yield _not_all(context, "N-05", one, cells, "", ("办结", done), (words[0].text, own))


def _granted_or_in_part(context: CheckContext) -> Value | None:
    """公开答复 may count both."""
    return total(context, group(context, "granted") + group(context, "partial"))


def _results_said(context: CheckContext, one: Statement) -> list[Word]:
    """The results of which a number is: 予以公开、部分公开共5件; none where it is of something else."""
    if one.about or one.is_restricted or one.says == ALL or one.kinds & _NOT_A_RESULT:
        return []
    if one.says == NONE and ("quoted" in one.kinds or not is_plain(context, one, {"result", "done"})):
        return []
    words = vocabulary(context.form.id)
    sentence, before = (words.results.sub("", text) for text in (one.place.sentence, one.place.before))
    if (
        not (_is_surely_of_results(context, one) or _RESULTS.stand_in(sentence) or _is_under_requests(one))
        or _ATTRIBUTES.search(sentence)
        or OTHER_BUSINESS.search(before)
    ):
        return []
    if words.applicants.search(before) and "结果" not in before:  # by applicant
        return []
    said = [word for word in one.left if word.kind in ("result", "public")]
    if said or any(word.text == "分别" for word in one.right):  # 其余4件分别作出部分公开、不予公开……
        return said
    return [word for word in one.right if word.kind in ("result", "public")][:1]
