"""核对表: everything that was checked, for whoever reviews the report: findings, their explanations, equations that hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.checks import Finding
from app.checks.explanations import Explained, Settled
from app.checks.packs import pack
from app.checks.standing import Kind, Standing, standing
from app.documents.blocks import Block, Cell, CellRole, Paragraph, Style, TableBlock
from app.documents.compose import document_title, printed_date
from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import Equation, EquationTerm, FormDefinition, Relation, Severity, Value
from app.report.model import Report
from app.report.place_names import place_name, place_of
from app.session.document import ReportDocument

NAME = "核对表"
SUFFIXES = (".docx", ".pdf", ".xlsx")
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_QUOTE_LIMIT = 80  # characters of a quotation
_FACTS = (24.0, 54.0, 24.0, 54.0)  # millimetres, together the type area of the form
_OPEN = (10.0, 32.0, 16.0, 98.0)
_EXPLAINED = (10.0, 29.0, 16.0, 51.0, 50.0)
_EQUATIONS = (16.0, 66.0, 36.0, 38.0)
_HANDS = (26.0, 52.0, 26.0, 52.0)


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with what its check found."""

    report: Report
    settled: Settled
    prior: Report | None = None
    pack: str = ""  # the county's rule pack, by its file's name

    @classmethod
    def of(cls, document: ReportDocument) -> "Checked":
        return cls(document.report, document.settled, document.prior, document.check_settings.pack)

    @property
    def form(self) -> FormDefinition:
        return form_of(self.report.form)

    @property
    def counts(self) -> dict[Severity, int]:
        """What still wants something, by severity."""
        return {one: sum(f.severity is one for f in self.settled.open) for one in SEVERITIES}

    @property
    def standing(self) -> Standing:
        """How far the report is, in the numbers that are told everywhere."""
        return standing(self.report, self.form, self.settled.open)

    @property
    def told(self) -> str:
        """What still wants something, in words: also what there is none of."""
        left = self.standing
        number = {Kind.ERROR: left.errors, Kind.WARNING: left.warnings, Kind.INFO: left.infos}
        return "，".join(f"{word}{count}处" for word, count in number.items())

    @property
    def conclusion(self) -> str:
        """Whether the report can be handed on, in one sentence."""
        left = self.standing.parts
        told = f"，已说明{len(self.settled.explained)}处" if self.settled.explained else ""
        return (f"还有{'，'.join(left)}没有处理" if left else "没有未处理的错误和警告") + f"{told}。"


@dataclass(frozen=True, slots=True)
class EquationRow:
    """One declared equation over all its lines: how often it holds, fails, or cannot be judged for blanks."""

    rule: str
    text: str
    where: str  # 表三
    holds: int
    fails: int
    unknown: int
    example: str  # the figures of one line that holds: 总计：3+0=2+1

    @property
    def words(self) -> str:
        parts = [f"成立{self.holds}处"] if self.holds else []
        parts += [f"不成立{self.fails}处"] if self.fails else []
        parts += [f"未核对{self.unknown}处"] if self.unknown else []
        return "，".join(parts)


def write(checked: Checked, targets: Sequence[Path], on: date) -> list[Path]:
    """The check sheet in the format of each target's suffix; all are made before the first is written."""
    from app.storage import files

    for target in targets:
        if target.suffix.lower() not in SUFFIXES:
            raise UserError(f"核对表不能写成“{target.suffix}”文件", f"请用这些后缀之一：{' '.join(SUFFIXES)}")
    made = [sheet_bytes(checked, target.suffix, on) for target in targets]
    files.write_together(list(zip(targets, made, strict=True)))
    return list(targets)


def sheet_bytes(checked: Checked, suffix: str, on: date) -> bytes:
    """The check sheet as .docx, .pdf or .xlsx."""
    if suffix.lower() == ".xlsx":
        from app.exporting.list_workbook import workbook_bytes

        return workbook_bytes(title(checked), _sheets(checked, on), checked.report.agency.name)
    from app.exporting.docx.writer import docx_bytes
    from app.exporting.meta import Meta
    from app.exporting.pdf.writer import pdf_bytes
    from app.typesetting.page_style import page_style

    meta = Meta(title(checked), checked.report.agency.name, checked.report.year)
    writer = docx_bytes if suffix.lower() == ".docx" else pdf_bytes
    return writer(blocks(checked, on), meta, page_style().with_airy_tables)


def title(checked: Checked) -> str:
    return f"{document_title(checked.report, checked.form)}{NAME}"


# -- as a form on paper ----------------------------------------------------------------------------------------------------


def blocks(checked: Checked, on: date) -> tuple[Block, ...]:
    """The check sheet as the writers of Word and PDF take it."""
    return tuple(_blocks(checked, on))


def _blocks(checked: Checked, on: date) -> Iterator[Block]:
    report = checked.report
    unit = " ".join(report.agency.name.split())
    rest = f"{report.year}年{checked.form.title}{NAME}"
    yield Paragraph(f"{unit}\n{rest}" if unit else rest, Style.TITLE, section="title")
    yield Paragraph("", Style.BLANK)
    yield _facts(checked, on)
    yield Paragraph("一、尚未处理的问题", Style.HEADING1)
    if checked.settled.open:
        yield _table(_OPEN, _OPEN_HEADS, list(_open_rows(checked)))
    else:
        yield Paragraph("没有。", Style.BODY)
    yield Paragraph("二、已作说明的问题", Style.HEADING1)
    if checked.settled.explained:
        yield _table(_EXPLAINED, _EXPLAINED_HEADS, list(_explained_rows(checked)))
    else:
        yield Paragraph("没有。", Style.BODY)
    yield Paragraph("三、表格的勾稽关系", Style.HEADING1)
    rows = [[one.rule, f"{one.where}：{one.text}", one.words, one.example] for one in equations(checked)]
    yield replace(_table(_EQUATIONS, ("编号", "勾稽关系", "核对结果", "数字"), rows), keep_next=True)
    yield Paragraph("", Style.BLANK)
    yield _hands()


_OPEN_HEADS = ("序号", "位置", "级别", "问题")
_EXPLAINED_HEADS = ("序号", "位置", "级别", "问题", "出错说明")


def _facts(checked: Checked, on: date) -> TableBlock:
    report = checked.report
    prior = f"{checked.prior.year}年年度报告" if checked.prior else "没有"
    pairs = [
        [("单位", " ".join(report.agency.name.split()))],
        [("报告年度", f"{report.year}年"), ("格式", checked.form.authority)],
        [("对照上年", prior), ("核对日期", printed_date(on))],
        [("尚未处理", checked.told), ("已作说明", f"{len(checked.settled.explained)}处")],
        [("空白", f"{len(report.left(checked.form))}格"), ("待更新", f"{len(report.pending)}处")],
        [("结论", checked.conclusion)],
        *_county(checked),
    ]
    cells = []
    for row, line in enumerate(pairs):
        for index, (name, text) in enumerate(line):
            column = index * 2
            span = 1 if len(line) > 1 else 3
            cells.append(Cell(row, column, name, role=CellRole.COLUMN))
            cells.append(Cell(row, column + 1, text, column_span=span, role=CellRole.ROW))
    return TableBlock(tuple(cells), len(pairs), 4, 0, _FACTS, keep_whole=True)


def _county(checked: Checked) -> Iterator[list[tuple[str, str]]]:
    """Whose demands were checked besides, and what their assessment would say."""
    if not checked.pack:
        return
    chosen = pack(checked.pack)
    yield [("地方要求", chosen.complaint or f"{chosen.name}（{chosen.source}）")]
    score = chosen.score(checked.settled.open)
    if score is not None:
        yield [("预计得分", f"{score.words}。软件只能看出这些，以考评结果为准。")]


def _hands() -> TableBlock:
    """Where the one who wrote the report and the one who read it sign by hand."""
    names = (("填报人", "日期"), ("审核人", "日期"))
    cells = [
        Cell(
            row,
            column * 2 + part,
            text if part == 0 else "",
            role=CellRole.COLUMN if part == 0 else CellRole.ROW,
        )
        for row, line in enumerate(names)
        for column, text in enumerate(line)
        for part in (0, 1)
    ]
    return TableBlock(tuple(cells), 2, 4, 0, _HANDS, keep_whole=True, lines=(2, 2))


def _table(widths: tuple[float, ...], heads: Sequence[str], rows: list[list[str]]) -> TableBlock:
    """A list under its headings; a row of one text is a band across it."""
    cells = [Cell(0, column, text, role=CellRole.COLUMN) for column, text in enumerate(heads)]
    for number, row in enumerate(rows, 1):
        if len(row) == 1:
            cells.append(Cell(number, 0, row[0], column_span=len(heads), role=CellRole.BAND))
        else:
            cells += [Cell(number, column, text, role=CellRole.ROW) for column, text in enumerate(row)]
    return TableBlock(tuple(cells), len(rows) + 1, len(heads), 1, widths)


def _open_rows(checked: Checked) -> Iterator[list[str]]:
    section = None
    for number, one in enumerate(checked.settled.open, 1):
        if one.section != section:
            section = one.section
            yield [place_name(checked.form, section)]
        yield [str(number), place(checked, one), _level(one), problem(one)]


def _explained_rows(checked: Checked) -> Iterator[list[str]]:
    section = None
    for number, one in enumerate(checked.settled.explained, 1):
        if one.finding.section != section:
            section = one.finding.section
            yield [place_name(checked.form, section)]
        finding = one.finding
        yield [str(number), place(checked, finding), _level(finding), problem(finding), _reason(one)]


def _level(finding: Finding) -> str:
    return f"{SEVERITIES[finding.severity]}\n{finding.rule}"


def _reason(one: Explained) -> str:
    return f"{one.explanation.reason}（{printed_date(one.explanation.made_on)}）"


# -- words -----------------------------------------------------------------------------------------------------------------


def place(checked: Checked, finding: Finding) -> str:
    """Where it is within its section: the cells by their printed names, or the paragraph."""
    if finding.cells:
        more = f"等{len(finding.cells)}格" if len(finding.cells) > 1 else ""
        return place_of(checked.form, finding.cells[0]) + more
    if finding.start >= 0:
        before = checked.report.narrative(finding.section)[: finding.start]
        return f"第{1 + sum(bool(line.strip()) for line in before.split(chr(10))[:-1])}段"
    return ""


def problem(finding: Finding) -> str:
    """The sentence with both figures, and the words of the report where the sentence does not hold them."""
    quote = " ".join(finding.quote.split())
    if not quote or quote in finding.message:
        return finding.message
    short = quote if len(quote) <= _QUOTE_LIMIT else f"{quote[:_QUOTE_LIMIT]}……"
    return f"{finding.message}\n原文：“{short}”"


# -- equations -------------------------------------------------------------------------------------------------------------


def equations(checked: Checked) -> list[EquationRow]:
    """The declared equations in the order of the form; what compares with last year is left out where there is none."""
    groups: dict[tuple[str, str, str], list[Equation]] = {}
    last = checked.prior if checked.prior and checked.prior.year == checked.report.year - 1 else None
    for equation in checked.form.equations:
        if equation.needs_prior and last is None:
            continue
        key = equation.check.id, equation.check.text, equation.table
        groups.setdefault(key, []).append(equation)
    return [_row(checked, last, group) for group in groups.values()]


def _row(checked: Checked, last: Report | None, group: list[Equation]) -> EquationRow:
    number = {True: 0, False: 0, None: 0}
    example, most = "", -1.0
    for equation in group:
        holds, total, words = _evaluate(checked.report, last, equation)
        number[holds] += 1
        if holds and total > most:
            example, most = words, total
    first = group[0]
    where = checked.form.section_of(first.left[0].cells[0]).table_name
    return EquationRow(
        first.check.id, first.check.text, where, number[True], number[False], number[None], example
    )


def _evaluate(report: Report, last: Report | None, equation: Equation) -> tuple[bool | None, float, str]:
    """(whether it holds, None for blanks; its left sum; its figures in words)."""
    left = _sums(report, last, equation.left)
    right = _sums(report, last, equation.right)
    if left is None or right is None:
        return None, 0, ""
    at_least = equation.check.relation is Relation.AT_LEAST
    holds = sum(left) >= sum(right) if at_least else sum(left) == sum(right)
    line = f"{equation.line_label}：" if equation.line_label else ""
    return holds, float(sum(left)), f"{line}{_figures(left)}{'≥' if at_least else '='}{_figures(right)}"


def _sums(report: Report, last: Report | None, side: Sequence[EquationTerm]) -> list[Value] | None:
    """The sum of each term of one side; None as soon as a cell is blank, or last year's report is not there."""
    sums: list[Value] = []
    for term in side:
        source = last if term.prior else report
        values = [source[ref] for ref in term.cells] if source is not None else [None]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        sums.append(sum(known))
    return sums


def _figures(sums: Sequence[Value]) -> str:
    """3+0, 134.2+12: as they are printed."""
    return "+".join(str(one) if isinstance(one, int) else f"{one:f}" for one in sums)


# -- as a workbook ---------------------------------------------------------------------------------------------------------


def _sheets(checked: Checked, on: date) -> list[tuple[str, list[tuple[str, int]], list[list[str]]]]:
    """(name, headings with their widths in characters, rows) of every sheet."""
    facts = _facts(checked, on)
    pairs = [[one.text for one in facts.cells if one.row == row] for row in range(facts.rows)]
    lines = [pair[i : i + 2] for pair in pairs for i in range(0, len(pair), 2)]
    heads = [("序号", 6), ("部分", 18), ("位置", 26), ("级别", 7), ("编号", 8), ("问题", 60)]
    return [
        ("概况", [("项目", 20), ("内容", 60)], lines),
        ("尚未处理", heads, [_line(checked, n, one) for n, one in enumerate(checked.settled.open, 1)]),
        (
            "已作说明",
            [*heads, ("出错说明", 34), ("说明日期", 16)],
            [
                [
                    *_line(checked, n, one.finding),
                    one.explanation.reason,
                    printed_date(one.explanation.made_on),
                ]
                for n, one in enumerate(checked.settled.explained, 1)
            ],
        ),
        (
            "勾稽关系",
            [("编号", 8), ("表", 7), ("勾稽关系", 50), ("核对结果", 24), ("数字", 36)],
            [[one.rule, one.where, one.text, one.words, one.example] for one in equations(checked)],
        ),
    ]


def _line(checked: Checked, number: int, one: Finding) -> list[str]:
    section = place_name(checked.form, one.section)
    level = SEVERITIES[one.severity]
    return [str(number), section, place(checked, one), level, one.rule, problem(one)]
