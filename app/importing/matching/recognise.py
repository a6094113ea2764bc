"""Blocks of any file → ImportResult: edition, title, sections, tables, 落款, and everything that found no place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.documents.blocks import ChartBlock, Paragraph, PictureBlock, TableBlock
from app.errors import UserError
from app.form.catalog import is_older_than_forms
from app.form.model import FormDefinition, Section
from app.importing.matching.attachments import without_attachments
from app.importing.matching.captions import is_caption
from app.importing.matching.cell_lines import with_tables
from app.importing.matching.cleaning import RESIDUE, Piece, cleaned, is_cut
from app.importing.matching.collected import Collected
from app.importing.matching.editions import conflict, edition_of
from app.importing.matching.flattened import read_flattened
from app.importing.matching.guard import hold
from app.importing.matching.headings import find_headings, split_run_in
from app.importing.matching.identity import (
    Ending,
    agency_of,
    assumed_year,
    doubts_about,
    find_ending,
    processing_fee,
    year_of,
)
from app.importing.matching.labels import LONGEST, Labels, labels_of
from app.importing.matching.misprints import Misprints
from app.importing.matching.neighbours import is_foreign, is_placeholder_text, seems
from app.importing.matching.proof import prove
from app.importing.matching.row_order import in_order
from app.importing.matching.second_report import second_report
from app.importing.matching.tables import TableMatcher
from app.importing.matching.titles import Title, find_title, title_form
from app.importing.result import NO_YEAR, FoundPicture, ImportResult, Spot
from app.importing.source import MAX_AREA, Source
from app.report.model import INTRODUCTION, Attachment, Chart, Picture, Report, Signature
from app.report.outline import FoundHeading, FoundTable, Outline

# 22（其中修订16件）, 134.2 万元: words beside the number of a cell
# 22（其中修订16件）: a number and words; two patterns, so that a cell of 40,000 digits costs no minute
_DIGIT, _CHINESE = re.compile(r"\d"), re.compile(r"[一-龥]")
_MOST_BLOCKS = 20_000  # a long report has 600 paragraphs


def recognise(source: Source, name: str, prior: Report | None = None) -> ImportResult:
    """The report in these blocks; UserError when there is nothing of one. `prior` may tell how digits divide."""
    prepared = _prepared(source)
    return _recognised(source, name, prior, prepared, prepared.pieces)


def recognise_in_order(source: Source, name: str, prior: Report | None = None) -> ImportResult | None:
    """The same where a long table's labels and numbers were parted; None where their order does not tell the rows."""
    prepared = _prepared(source)
    drawn = source.type in ("pdf", "ofd", "picture")
    pieces = in_order(prepared.pieces, labels_of(prepared.form.id), drawn)
    return _recognised(source, name, prior, prepared, pieces) if pieces is not None else None


class _Prepared(NamedTuple):
    form: FormDefinition
    pieces: list[Piece]  # run-in headings split, tables without borders not put together yet
    warnings: list[str]
    told: list[str]  # what was taken out, which headings were set on lines of their own
    attachments: tuple[Attachment, ...]


def _prepared(source: Source) -> _Prepared:
    cells = sum(len(block.cells) for block in source.blocks if isinstance(block, TableBlock))
    if len(source.blocks) > _MOST_BLOCKS or cells > MAX_AREA:
        raise UserError("内容太多，不像是一份年度报告", "请只导入年度报告本身")
    pieces, removed = cleaned(source)
    pieces, attachments = without_attachments(pieces)
    form, warnings = edition_of(pieces, source.title)
    pieces, parted = split_run_in(pieces, form)
    return _Prepared(form, pieces, warnings, [*removed, *parted], attachments)


def _recognised(
    source: Source, name: str, prior: Report | None, prepared: _Prepared, pieces: list[Piece]
) -> ImportResult:
    form, warnings, told = prepared.form, prepared.warnings, prepared.told
    pieces = with_tables(pieces, labels_of(form.id))
    pieces, more = _first_of(pieces, labels_of(form.id))
    reading = _Reading(source, form, pieces, _frame(pieces, labels_of(form.id), source.title))
    reading.warnings += [
        *more,
        *source.notes,
        *told,
        *(warnings or conflict(form, reading.frame.title.year)),
    ]
    reading.residue = tuple(one for one in told if one.startswith(RESIDUE))
    reading.attachments = prepared.attachments
    reading.run()
    reading.unused.extend(reading.collected.settle_groups())
    prove(reading.collected, prior)
    hold(reading.collected, reading.matcher.guard)
    reading.question_revised()
    if source.doubt:
        reading.collected.doubt_all(source.doubt)
    return reading.result(name)


def _first_of(pieces: list[Piece], labels: Labels) -> tuple[list[Piece], list[str]]:
    """The pieces of the first report in a file, and what is said of a second one."""
    start = second_report(pieces, labels)
    block = pieces[start].block if start is not None else None
    if not isinstance(block, Paragraph):
        return pieces, []
    told = f"文件里不止一份报告：从“{block.text.strip()}”（{block.place}）起是另一份，没有导入；需要时请分开后再导入"
    return pieces[:start], [told]


def _texts(block: TableBlock) -> Iterator[list[str]]:
    """The rows of a table as it has them."""
    for row in range(block.rows):
        yield [cell.text.strip() for cell in block.cells if cell.row == row]


class _Frame(NamedTuple):
    """What stands around the text: known of the whole document before its pieces are read one by one."""

    title: Title
    headings: dict[int, FoundHeading]  # by position among the pieces
    ending: Ending


def _frame(pieces: Sequence[Piece], labels: Labels, outside: str) -> _Frame:
    """UserError where nothing of a report is found. `outside` is the title that a web page has in its frame."""
    headings = find_headings(pieces, labels)
    first = min(headings, default=len(pieces))
    title = find_title(pieces, first, outside)
    if not headings and not title.text and not _has_tables(pieces, labels):
        raise UserError(
            "没有找到政府信息公开工作年度报告的内容", "请确认选对了文件，或把报告全文复制后粘贴导入"
        )
    after_title = max(title.used, default=-1)
    last = max(headings, default=first)
    return _Frame(title, headings, find_ending(pieces, title.unit, after_title, last, title.left_out))


def _has_tables(pieces: Sequence[Piece], labels: Labels) -> bool:
    tables = (piece.block for piece in pieces if isinstance(piece.block, TableBlock))
    return any(labels.row(cell.text) for table in tables for cell in table.cells)


class _Reading:
    """One walk through the pieces of a document: what each says goes to the cells, to the text, or to what is told."""

    def __init__(self, source: Source, form: FormDefinition, pieces: list[Piece], frame: _Frame) -> None:
        self.source, self.form, self.pieces, self.frame = source, form, pieces, frame
        self.labels: Labels = labels_of(form.id)

        # cells: the matcher fills `collected`
        self.collected = Collected(form)
        self.matcher = TableMatcher(self.labels, self.collected)
        self.misprints = Misprints(form)
        self.under: dict[str, str] = {}  # section of a table → the heading that it stood under

        # text and pictures
        self.narratives: dict[str, list[str]] = {}
        self.last_text: tuple[str, int] = ("", -9)  # section and position of the paragraph added last
        self.pictures: list[FoundPicture] = []
        self.own_pictures: list[Picture] = []
        self.own_charts: list[Chart] = []
        self.captioned = -9  # position of the figure that what follows it may be the caption of
        self.chart_place = ""  # of that figure, where it is a chart

        self.attachments: tuple[Attachment, ...] = ()
        self.has_placeholders = False  # （文字描述） of the blank template

        # what is told
        self.unused: list[str] = []
        self.warnings: list[str] = []
        self.residue: tuple[str, ...] = ()

    def run(self) -> None:
        title, headings, ending = self.frame
        skip = title.used | ending.used
        left_out = {*title.left_out, *ending.left_out}
        section = under = ""
        for at, piece in enumerate(self.pieces):
            heading = headings.get(at)
            if heading is not None:
                under = section = heading.section
                if heading.extra:
                    self._paragraph(section, heading.text, at, heading.place, joined=False)
            elif at in skip:
                continue
            elif at in left_out and isinstance(piece.block, Paragraph):
                self.unused.append(piece.block.text)
            else:
                self._piece(at, piece, section, under)

    def _piece(self, at: int, piece: Piece, section: str, under: str) -> None:
        block = piece.block
        if isinstance(block, TableBlock):
            self._table(piece, block, under)
        elif isinstance(block, PictureBlock):
            self._picture(block, section, at)
        elif at == self.captioned + 1 and is_caption(block, self.source.type):
            self._caption(block.text)
        else:
            text = block.text
            if self.frame.ending.cut is not None and self.frame.ending.cut[0] == at:
                text = text[: self.frame.ending.cut[1]].rstrip()
            if self._is_table_text(at, text):
                return
            if self._is_torn_heading(section, text):
                self.unused.append(text)
                return
            whole = self.source.blocks[piece.source]
            start = whole.text.find(block.text) if isinstance(whole, Paragraph) else 0
            self._text(section, text, at, Spot(block.place, piece.source, start=max(start, 0)))

    def _is_torn_heading(self, section: str, text: str) -> bool:
        """A line through several headings of narrow columns (果果他未 of 结果, 结果, 其他, 尚未): signs of labels, no sentence."""
        form = self._with_tables(section)
        signs = "".join(text.split())
        return form is not None and len(signs) <= LONGEST and self.labels.signs[section].issuperset(signs)

    def _text(self, section: str, text: str, at: int, spot: Spot) -> None:
        """A paragraph of a section; tables that ran into it are taken out of it first."""
        form = self._with_tables(section) if len(text) > 30 else None
        found = read_flattened(form, text, spot, self.collected) if form else None
        if form is None or found is None:
            self._paragraph(section, text, at, spot.place, joined=True)
            return
        self.under.setdefault(section, section)
        self.warnings.append(f"“{form.name}”的表格在原文中没有格线，数字连在一起，请逐项核对（{spot.place}）")
        self.unused.append(found.left_over)
        for part in filter(None, (found.before, found.after)):
            self._paragraph(section, part, at, spot.place, joined=False)

    def _with_tables(self, section: str) -> Section | None:
        """The section of the form of this key, if it is one with tables."""
        return next((one for one in self.form.sections if one.key == section and one.tables), None)

    def _paragraph(self, section: str, text: str, at: int, place: str, joined: bool) -> None:
        if is_placeholder_text(text):
            self.has_placeholders = True
            self.unused.append(text)
            return
        texts = self.narratives.setdefault(section or INTRODUCTION, [])
        if joined and texts and self.last_text == (section, at - 1) and is_cut(texts[-1], text):
            self.warnings.append(
                f"“{texts[-1][-8:]}”与“{text[:8]}”之间的断行像是分页造成的，已接成一段（{place}）"
            )
            texts[-1] += text
        else:
            texts.append(text)
        self.last_text = (section, at)

    def _is_table_text(self, at: int, text: str) -> bool:
        """A line beside a table that is one of its labels (a heading row cut off by a page), or says its unit."""
        near = [self.pieces[i].block for i in (at - 1, at + 1) if 0 <= i < len(self.pieces)]
        return (
            any(isinstance(one, TableBlock) for one in near) and len(text) <= 40 and self.labels.knows(text)
        )

    def _table(self, piece: Piece, block: TableBlock, under: str) -> None:
        index = piece.source

        def place(row: int, column: int) -> Spot:
            if piece.spots is not None:
                return piece.spots[row, column]
            exact = self.source.places.get((index, row, column))
            words = exact or f"{self._table_name(under)} 第{row + 1}行 第{column + 1}列"
            return Spot(words, index, row, column)

        if is_foreign(block, self.labels):
            self.unused.extend(" | ".join(filter(None, row)) for row in _texts(block))
            return
        kind = self.source.type
        unruled = kind if piece.spots is not None else ""
        self.matcher.under = under
        self.matcher.read(block, place, loose=bool(unruled) or kind == "txt", unruled=unruled)
        for section in self.matcher.sections:
            self.under.setdefault(section, under)
        self.misprints.look(block, self.matcher.sections)
        self.unused.extend(self.matcher.unused)

    def _table_name(self, under: str) -> str:
        found = next((one.table_name for one in self.form.sections if one.key == under), "")
        return found or "表格"

    def _picture(self, block: PictureBlock, section: str, at: int) -> None:
        section = section or INTRODUCTION
        after = len(self.narratives.get(section, [])) - 1
        if isinstance(block, ChartBlock):
            self._chart(Chart(block.caption, section, block.labels, block.series, after), at, block.place)
            return
        self.pictures.append(FoundPicture(section, block.place, block.name))
        if block.data and self._with_tables(section) is None:
            name = (
                f"{len(self.own_pictures) + 1:02d}-{re.sub(r'[^0-9A-Za-z._-]', '_', block.name) or 'picture'}"
            )
            picture = Picture(name, section, block.caption, after, block.data)
            self.own_pictures.append(picture)
            self.captioned, self.chart_place = at if not block.caption else -9, ""

    def _chart(self, chart: Chart, at: int, place: str) -> None:
        """A chart; in a Word file perhaps the next row of its columns: charts of the same series in one paragraph."""
        before = self.own_charts[-1] if self.own_charts and self.captioned == at - 1 else None
        goes_on = self.source.type == "docx" and self.chart_place == place and before is not None
        labels = (*before.labels, *chart.labels) if before else ()
        if before and goes_on and [name for name, _ in before.series] == [name for name, _ in chart.series]:
            series = tuple(
                (name, first + rest)
                for (name, first), (_, rest) in zip(before.series, chart.series, strict=True)
            )
            if Chart.fits(labels, series):
                chart = replace(before, labels=labels, series=series)
                self.own_charts.pop()
        self.own_charts.append(chart)
        self.captioned, self.chart_place = at, place

    def _caption(self, text: str) -> None:
        """Of the figure right before it."""
        if self.chart_place:
            self.own_charts[-1] = replace(self.own_charts[-1], title=text)
        else:
            self.own_pictures[-1] = replace(self.own_pictures[-1], caption=text)

    def question_revised(self) -> None:
        """A number with a revision that nobody has accepted is doubtful: it may be rejected yet."""
        for ref, evidence in self.collected.evidence.items():
            spot = evidence.spot
            before = self.source.before.get((spot.block, spot.row, spot.column))
            if before is not None:
                was = f"原为“{before}”" if before else "原为空白"
                self.collected.question(ref, f"这一格有没有接受的修订（{was}），请核对")

    # -- what comes of it -----------------------------------------------------------------------------------------------

    def result(self, name: str) -> ImportResult:
        narratives = {section: "\n".join(texts) for section, texts in self.narratives.items()}
        paragraphs = [text for texts in self.narratives.values() for text in texts]
        year = year_of(self.frame.title.year, paragraphs, self.frame.ending.issued_on)
        if not year:
            year = assumed_year()
            self.warnings.append(f"{NO_YEAR}，暂按{year}年处理，请核对")
        introduction = narratives.get(INTRODUCTION, "")
        agency = agency_of(self.frame.title, self.frame.ending.unit, introduction, "\n".join(paragraphs))
        self.warnings.extend(doubts_about(agency, self.frame.title.unit, self.frame.ending.unit))
        signed = self.frame.ending.unit if self.frame.ending.unit != agency.name else ""
        last = narratives.get(self.form.sections[-1].key, "")
        report = Report(
            form=self.form.id,
            year=year,
            agency=agency,
            values=self.collected.values,
            narratives=narratives,
            signature=Signature(signed, self.frame.ending.issued_on, self.frame.ending.place),
            processing_fee=processing_fee(last or "\n".join(paragraphs)),
            pictures=tuple(self.own_pictures),
            charts=tuple(self.own_charts),
            attachments=self.attachments,
            page_settings=title_form(self.frame.title, self.form, year),
        )
        self._tell_placeholders()
        self._check_states()
        other = self._seems()
        return ImportResult(
            report=report,
            outline=self._outline(),
            file=name,
            type=self.source.type,
            evidence=self.collected.evidence,
            blanks=self.collected.blanks,
            unsure=tuple(self.collected.unsure.values()),
            missing=self.collected.missing,
            pictures=tuple(self.pictures),
            unused=tuple(one for one in self.unused if one),
            warnings=tuple(dict.fromkeys([*filter(None, [other]), *self.warnings, *self.collected.warnings])),
            seems=other,
            comments=self.source.comments,
            revisions=self.source.revisions,
            blocks=self.source.blocks,
        )

    def _seems(self) -> str:
        """What the file is instead of the report; nothing for a text of before 2019, which had no such tables."""
        if is_older_than_forms(self.frame.title.year):
            return ""
        of_the_page = set(self.unused)
        paragraphs = (one.text for one in self.source.blocks if isinstance(one, Paragraph))
        lines = [text for text in paragraphs if text.strip() not in of_the_page]
        rows = {(ref.table, ref.row) for ref in self.collected.evidence}
        headings = self.frame.headings.values()
        is_here = len(rows) > 1 or bool(headings and rows)
        return seems(self.frame.title.text, lines, headings, is_here, self.has_placeholders)

    def _tell_placeholders(self) -> None:
        for mark, places in self.collected.placeholders.items():
            self.warnings.append(
                f"有{len(places)}处写的是“{mark}”而不是数字（{places[0]}等），按空白处理，没有当作0"
            )

    def _check_states(self) -> None:
        """Each cell is read, doubtful or missing; a cell that fell through would be a number lost in silence."""
        found = self.collected
        missing = set(found.missing)
        assert missing.isdisjoint(found.values)
        assert missing.isdisjoint(found.unsure)
        assert missing | set(found.values) | set(found.unsure) == self.form.cell_set

    def _outline(self) -> Outline:
        return Outline(
            title=self.frame.title.text,
            headings=tuple(self.frame.headings.values()),
            tables=tuple(self._found_tables()),
            has_balance_note=self.collected.has_balance_note,
            signature=self.frame.ending.unit,
            date=self.frame.ending.date,
            residue=self.residue,
            worded=tuple(
                (ref, one.text)
                for ref, one in self.collected.evidence.items()
                if _DIGIT.search(one.text) and _CHINESE.search(one.text)
            ),
        )

    def _found_tables(self) -> list[FoundTable]:
        tables = []
        for section in self.form.sections:
            if not section.tables:
                continue
            if section.key in self.under:
                complete = all(self.collected.is_complete(table) for table in section.tables)
                misprints = self.misprints.of(section.key)
                tables.append(FoundTable(section.key, self.under[section.key], complete, misprints=misprints))
            else:
                picture = any(one.section == section.key for one in self.pictures)
                tables.append(FoundTable(section.key, section.key, False, picture))
        return tables
