"""What a .docx says beside its text: revisions that nobody has accepted or rejected yet, and comments."""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ADDED = (W + "ins", W + "moveTo")
_TAKEN_OUT = (W + "del", W + "moveFrom")
_MOST_COMMENTS = 60
_LONGEST = 120  # characters of a comment that are shown


def has_revisions(element: etree._Element) -> bool:
    return next(element.iter(*_ADDED, *_TAKEN_OUT), None) is not None


def text_before(cell: etree._Element) -> str | None:
    """What stood in a cell before its pending revisions; None where there are none."""
    row = cell.getparent()
    is_new_row = row is not None and row.find(f"{W}trPr/{W}ins") is not None
    if is_new_row:
        return ""
    if not has_revisions(cell):
        return None
    parts = (one for one in cell.iter(W + "t", W + "delText") if not _is_added(one, cell))
    return "".join(one.text or "" for one in parts).strip()


def _is_added(one: etree._Element, cell: etree._Element) -> bool:
    for above in one.iterancestors():
        if above is cell:
            return False
        if above.tag in _ADDED:
            return True
    return False


def revision_notes(body: etree._Element, comments: etree._Element | None) -> Iterator[str]:
    """One sentence for all revisions, one for each comment."""
    changes = [one for one in body.iter(*_ADDED, *_TAKEN_OUT) if _tag(one.getparent()) != W + "rPr"]
    if changes:
        yield f"文件里有{len(changes)}处没有接受的修订，按接受后的内容读入，修订过的数字请逐个核对"
    told = list(comments.iter(W + "comment")) if comments is not None else []
    for one in told[:_MOST_COMMENTS]:
        text = " ".join("".join(t.text or "" for t in p.iter(W + "t")) for p in one.iter(W + "p")).strip()
        if text:
            author = one.get(W + "author") or "未署名"
            yield f"批注（{author}）：{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"
    if len(told) > _MOST_COMMENTS:
        yield f"文件里共有{len(told)}条批注，只列出了前{_MOST_COMMENTS}条"


def _tag(one: etree._Element | None) -> object:
    return one.tag if one is not None else ""
