"""The papers of sign-off: 送签单, 送审稿, 核对表, 变动对照表, 花脸稿 and 定稿证明, as Word or PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app import own_files
from app.documents.blocks import Block, Cell, CellRole, Paragraph, Style, TableBlock
from app.documents.compose import compose, document_title, printed_date
from app.errors import UserError
from app.exporting.exporter import identity_words
from app.exporting.meta import Meta
from app.report import comparing
from app.report.fingerprint import fingerprint, grouped, short
from app.report.model import Report
from app.session.document import ReportDocument
from app.signoff import check_sheet, signing
from app.signoff.changes import CHANGES, changes_style, list_of_changes
from app.signoff.check_sheet import Checked
from app.signoff.redline import REDLINE, redline_bytes, reviser_of
from app.storage import files
from app.texts.bounded_templates import BoundedEnvironment
from app.typesetting.page_settings import style_of
from app.typesetting.page_style import PageStyle, page_style

SLIP, REVIEW_COPY, CHECK_SHEET, CERTIFICATE = "送签单", "送审稿", "核对表", "定稿证明"
_FILE = "slip.toml"
_EMPTY = "\u3000"
_DATE_LINE = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
_FACTS = (30.0, 126.0)
_SIZES = ((12, 18), (11, 16), (10, 14), (9, 12), (8, 10))  # points: type and pitch of a form
_LONGEST_FIELD = 180  # characters of a field of the slip: it stays on one page


@dataclass(frozen=True, slots=True)
class Papers:
    """A report with its check, ready to be put before those who sign."""

    checked: Checked
    on: date

    @classmethod
    def of(cls, document: ReportDocument, on: date) -> "Papers":
        return cls(Checked.of(document), on)

    @property
    def report(self) -> Report:
        return self.checked.report

    @property
    def title(self) -> str:
        return document_title(self.report, self.checked.form)


def paper(papers: Papers, kind: str, suffix: str) -> bytes:
    """One of the papers as .pdf or .docx. UserError when the township's own template cannot be used."""
    if kind == CHECK_SHEET:
        return check_sheet.sheet_bytes(papers.checked, suffix, papers.on)
    if kind == REVIEW_COPY:
        blocks = compose(papers.report, papers.checked.form)
        return _made(papers, blocks, suffix, REVIEW_COPY, _footed(papers.report, style_of(papers.report)))
    if kind == REDLINE:
        report = papers.report
        at = datetime.combine(papers.on, time())
        return redline_bytes(_compared(papers), report, reviser_of(report, at), suffix)
    makers = {SLIP: slip_blocks, CHANGES: changes_blocks, CERTIFICATE: certificate_blocks}
    blocks = makers[kind](papers)
    style = _footed(papers.report, page_style())
    style = changes_style(style) if kind == CHANGES else _on_one_page(blocks, style)
    return _made(papers, blocks, suffix, "", style, kind)


def kinds(papers: Papers) -> list[str]:
    """The papers that this report has now, in the order in which they are laid before the one who signs."""
    found = [SLIP, REVIEW_COPY, CHECK_SHEET]
    if _earlier(papers) is not None:
        found += [CHANGES, REDLINE]
    return [*found, CERTIFICATE] if papers.report.is_frozen else found


def write_papers(document: ReportDocument, folder: Path, on: date) -> Path:
    """All papers as PDF and Word into a folder, which is made where it is not there."""
    papers = Papers.of(document, on)
    made = [
        (f"{kind}{suffix}", paper(papers, kind, suffix))
        for kind in kinds(papers)
        for suffix in (".pdf", ".docx")
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"文件夹“{folder}”建不了", "请换一个文件夹") from None
    for name, data in made:
        files.write_bytes(folder / name, data)
    return folder


def _made(
    papers: Papers, blocks: Sequence[Block], suffix: str, mark: str, style: PageStyle, name: str = ""
) -> bytes:
    from app.exporting.docx.writer import docx_bytes
    from app.exporting.pdf.writer import pdf_bytes

    report = papers.report
    title = papers.title + (name or mark)
    meta = Meta(title, report.agency.name, report.year, mark=mark, identity=identity_words(report))
    return (docx_bytes if suffix == ".docx" else pdf_bytes)(blocks, meta, style)


def _footed(report: Report, style: PageStyle) -> PageStyle:
    """A page style with the fingerprint beside the page number."""
    words = f"指纹 {short(fingerprint(report))}　第{report.version}版　"
    number = replace(style.page_number, text=words + style.page_number.text)
    return replace(style, page_number=number)


def _on_one_page(blocks: Sequence[Block], style: PageStyle) -> PageStyle:
    """The largest type with which a form stays on one page."""
    from app.typesetting.fonts import computer_faces
    from app.typesetting.typeset import typeset

    for size, pitch in _SIZES:
        table = replace(style.table, size=size, pitch=pitch, row_height=pitch * 1.5, padding=4, margin=3)
        smaller = replace(style, table=table, head=None, imprint=None)  # no form has a red head
        if len(typeset(blocks, smaller, computer_faces())) == 1:
            break
    return smaller


def page_count(report: Report, checked: Checked) -> int:
    """How many pages the report has."""
    from app.typesetting.fonts import computer_faces
    from app.typesetting.typeset import typeset

    return len(typeset(compose(report, checked.form), style_of(report), computer_faces()))


# -- 送签单 --------------------------------------------------------------------------------------------------------------------


def slip_blocks(papers: Papers) -> tuple[Block, ...]:
    """送签单 from its template."""
    path = signing.file_of(_FILE)
    try:
        data = own_files.read_toml(path)
        return tuple(_slip(data, _fields(papers)))
    except UserError:
        raise
    except Exception as error:  # what a township's own template may raise is without end
        why = str(error) or type(error).__name__
        raise UserError(
            f"送签单的样式文件“{path}”用不了（{why}）", "请改正它，或删掉它，程序就用自带的样式"
        ) from None


def _slip(data: dict[str, Any], known: dict[str, Any]) -> Iterator[Block]:
    environment = BoundedEnvironment(trims_blocks=False)

    def filled(text: str) -> str:
        environment.begin()
        return environment.from_string(text).render(known)

    yield Paragraph(filled(data["title"]), Style.TITLE, section="title")
    yield Paragraph("", Style.BLANK)
    widths = tuple(map(float, data["widths"]))
    cells = []
    for row, line in enumerate(data["row"]):
        pairs = line["cells"]
        for index, (name, text) in enumerate(pairs):
            shown = _cut(filled(text))
            span = 1 if len(pairs) > 1 else len(widths) - 1
            cells.append(Cell(row, index * 2, name, role=CellRole.COLUMN))
            cells.append(Cell(row, index * 2 + 1, shown, column_span=span, role=CellRole.ROW))
    lines = tuple(int(line.get("lines", 1)) for line in data["row"])
    yield TableBlock(tuple(cells), len(lines), len(widths), 0, widths, keep_whole=True, lines=lines)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_FIELD else f"{text[:_LONGEST_FIELD]}……（详见核对表）"


def _fields(papers: Papers) -> dict[str, Any]:
    report, checked = papers.report, papers.checked
    explained = [
        f"{one.finding.rule}：{one.explanation.reason.rstrip('。；;. ')}" for one in checked.settled.explained
    ]
    earlier = _earlier(papers)
    found = comparing.differences(earlier, report) if earlier is not None else None
    against = f"与{_called(earlier, report)}相比，" if earlier is not None else ""
    issued_on = report.signature.issued_on
    return {
        "unit": " ".join(report.agency.name.split()),
        "title": papers.title,
        "year": report.year,
        "pages": page_count(report, checked),
        "version": report.version,
        "publicity": signing.publicity_of(report),
        "check": _check_words(checked),
        "explained": "；".join(explained) or "没有",
        "changes": f"{against}{comparing.summary(found)}" if found is not None else "没有上年的报告可对照",
        "issued_on": printed_date(issued_on) if issued_on else "",
        "fingerprint": short(fingerprint(report)),
        "printed_on": printed_date(papers.on),
        "sign": lambda step: _signed(report, step),
    }


def _check_words(checked: Checked) -> str:
    return f"{checked.told}；已作说明{len(checked.settled.explained)}处。{checked.conclusion}"


def _signed(report: Report, step: str) -> str:
    """Name and date where they are recorded, else room for both by hand."""
    hand = signing.hand_of(report, step)
    if hand is None:
        return f"{_EMPTY}\n{_EMPTY}\n{_EMPTY}\n{_DATE_LINE}"
    return f"{_EMPTY}\n{hand.name}\n{_EMPTY}\n{printed_date(hand.signed_on)}"


# -- 变动对照表 ----------------------------------------------------------------------------------------------------------------


def _earlier(papers: Papers) -> Report | None:
    """What this report is compared with: its last frozen version, else last year's."""
    return papers.report.finals[-1] if papers.report.finals else papers.checked.prior


def _called(earlier: Report, report: Report) -> str:
    return f"第{earlier.version}版" if earlier in report.finals else f"{earlier.year}年的报告"


def changes_blocks(papers: Papers) -> tuple[Block, ...]:
    earlier = _compared(papers)
    return tuple(list_of_changes(papers.title, _called(earlier, papers.report), earlier, papers.report))


def _compared(papers: Papers) -> Report:
    """The report that this one is laid over. UserError when there is none."""
    earlier = _earlier(papers)
    if earlier is None:
        raise UserError("没有可以对照的报告", "请先在“报告”菜单里选一份上年的报告")
    return earlier


# -- 定稿证明 ------------------------------------------------------------------------------------------------------------------


def certificate_blocks(papers: Papers) -> tuple[Block, ...]:
    return tuple(_certificate(papers))


def _certificate(papers: Papers) -> Iterator[Block]:
    report = papers.report
    one = signing.sign_off_of(report)
    if one.frozen is None:
        raise UserError("报告还没有定稿，没有定稿证明", "请先定稿")
    yield Paragraph(CERTIFICATE, Style.TITLE, section="title")
    yield Paragraph("", Style.BLANK)
    digits = grouped(one.frozen.fingerprint)
    half = len(digits) // 2
    hands = [
        f"{name}：{hand.name}，{printed_date(hand.signed_on)}"
        for name, hand in zip(signing.names_of(hand.step for hand in one.hands), one.hands, strict=True)
    ]
    rows = [
        ("标题", papers.title),
        ("单位", " ".join(report.agency.name.split())),
        ("版本", f"第{one.version}版"),
        ("定稿日期", printed_date(one.frozen.frozen_on)),
        ("公开属性", one.publicity),
        ("签字", "\n".join(hands)),
        ("检查结果", papers.checked.conclusion),
        ("内容指纹\n（SHA-256）", f"{digits[:half].strip()}\n{digits[half:].strip()}"),
    ]
    yield _facts(rows)
    yield Paragraph(
        "指纹由报告的全部内容（单位信息、三张表格、文字、落款、图片、统计图、出错说明、申请登记和各类数量）"
        "算出，内容改动任何一个字，指纹就不同；用什么程序、哪个版本打开都一样。",
        Style.BODY,
    )
    yield Paragraph(
        "核对的办法：在年报助手里打开报告，在“送签”页点“核对定稿”，或者运行 nianbao verify，"
        "把显示的指纹与本页对照，也可以把本页指纹的前16位输入进去由程序对照。",
        Style.BODY,
    )


def _facts(rows: Sequence[tuple[str, str]]) -> TableBlock:
    cells = []
    for row, (name, text) in enumerate(rows):
        cells.append(Cell(row, 0, name, role=CellRole.COLUMN))
        cells.append(Cell(row, 1, text, role=CellRole.ROW))
    return TableBlock(tuple(cells), len(rows), 2, 0, _FACTS, keep_whole=True)
