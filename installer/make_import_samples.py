"""Makes tests/importing/files/: one invented report as .docx, re-saved by LibreOffice in every format the importer reads.

Run by hand where soffice is installed: python installer/make_import_samples.py. The results are committed.
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402
from docx.document import Document as WordDocument  # noqa: E402
from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls, qn  # noqa: E402
from docx.shared import Mm, Pt  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from app.documents.blocks import Cell, TableBlock  # noqa: E402
from app.documents.layout import printed_table  # noqa: E402
from app.exporting.docx.table import table_element  # noqa: E402
from app.form.catalog import form  # noqa: E402
from app.form.model import CellRef, Section, ValueKind  # noqa: E402
from app.typesetting.page_style import page_style  # noqa: E402

FILES = ROOT / "tests" / "importing" / "files"
FONT = "Noto Serif CJK SC"
FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "html": "html:HTML (StarWriter):EmbedImages",
    "pdf": "pdf:writer_pdf_Export",
}
PROSE = {
    "overview": (
        (
            "2021年，城关镇认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，"
            "全年通过政府门户网站主动公开政府信息152条，其中工作动态97条、政策文件21条、其他信息34条，"
            "同一信息在不同渠道发布的计为1条，及时回应了群众关切。"
        ),
        "（一）主动公开。通过“城关镇发布”公众号发布信息86条，阅读量12,345次，详见 http://www.example.gov.cn/zwgk。",
        "（二）依申请公开。新收申请件数见下表；㛃姓群众1人、𬭎姓群众1人到窗口查阅。",
    ),
    "problems": (
        (
            "存在的主要问题：一是政策解读形式单一；二是村级公开更新不够及时，个别村的公开栏超过一个季度没有更换，群众查阅不便，"
            "镇里已经列出清单，逐村核对，并在每季度的镇务会上通报核对的结果，同时请县政务公开办公室给予指导。"
        ),
        "改进情况：两项问题均已明确专人负责。",
    ),
    "other": ("本年度未收取信息处理费。",),
}


def main() -> None:
    FILES.mkdir(parents=True, exist_ok=True)
    for name, edition, repeated in (("rich_2021", "2021", True), ("plain_2019", "2019", False)):
        sample = _Sample(edition, rich=repeated)
        sample.document.save(str(FILES / f"{name}.docx"))
        known = {"paragraphs": sample.paragraphs, "tables": sample.tables}
        text = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
        (FILES / f"{name}.json").write_text(text, encoding="utf-8")
        for suffix, filter_ in FILTERS.items():
            convert(FILES / f"{name}.docx", suffix, filter_)
    _marks().save(str(FILES / "marks.docx"))
    for suffix in ("doc", "rtf", "odt", "pdf"):
        convert(FILES / "marks.docx", suffix, FILTERS[suffix])
    workbook = FILES / "tables_2021.xlsx"
    _workbook().save(workbook)
    convert(workbook, "xls", "xls:MS Excel 97")
    convert(workbook, "xlsx", "xlsx:Calc MS Excel 2007 XML")


def convert(path: Path, suffix: str, filter_: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run([*command, filter_, "--outdir", folder, str(path)], check=True, timeout=120)
        shutil.copyfile(Path(folder) / f"{path.stem}.{suffix}", path.with_suffix("." + suffix))


def numbers(section: Section) -> dict[CellRef, str]:
    """A different number for every cell, so that no two can be mistaken for one another."""
    found = {}
    start = 100 * (1 + ["proactive", "requests", "review"].index(section.key))
    for index, ref in enumerate(ref for table in section.tables for ref in table.cells):
        kind = next(table for table in section.tables if table.key == ref.table).kind(ref)
        found[ref] = f"{start + index}.5" if kind is ValueKind.MONEY else str(start + index)
    return found


def grid(block: TableBlock) -> list[list[str]]:
    """Every place of the grid with the text of the cell that covers it."""
    found = [[""] * block.columns for _ in range(block.rows)]
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                found[row][column] = cell.text
    return found


class _Sample:
    """The document and what must be read from it."""

    def __init__(self, edition: str, rich: bool) -> None:
        self.document: WordDocument = Document()
        self.form = form(edition)
        self.rich = rich
        self.paragraphs: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._page()
        year = 2021 if rich else 2020
        self._add(f"示例县城关镇人民政府{year}年政府信息公开工作年度报告", "Title")
        self._add(f"现公布{year}年政府信息公开工作年度报告，统计期限自{year}年1月1日起至{year}年12月31日止。")
        for index, section in enumerate(self.form.sections):
            self._section("一二三四五六七八"[index], section)
        self._add("示例县城关镇人民政府")
        self._add(f"{year + 1}年1月18日")

    def _page(self) -> None:
        styles = self.document.styles
        for name in ("Normal", "Title", "Heading 1"):
            styles[name].font.name = FONT
            fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
                fonts.attrib.pop(qn("w:" + theme), None)
            fonts.set(qn("w:eastAsia"), FONT)
        styles["Normal"].font.size = Pt(15)
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = (
            Mm(28),
            Mm(26),
            Mm(37),
            Mm(35),
        )
        footer = page.footer.paragraphs[0]
        footer.add_run("— ")
        for kind in ("begin", "", "end"):
            words = f'<w:fldChar w:fldCharType="{kind}"/>' if kind else "<w:instrText> PAGE </w:instrText>"
            footer._p.append(parse_xml(f"<w:r {nsdecls('w')}>{words}</w:r>"))
        footer.add_run(" —")

    def _add(self, text: str, style: str = "Normal") -> None:
        paragraph = self.document.add_paragraph(text, style)
        if style == "Normal" and len(text) > 20:
            paragraph.paragraph_format.first_line_indent = Pt(30)
        self.paragraphs.append(text)

    def _section(self, number: str, section: Section) -> None:
        self._add(f"{number}、{section.name}", "Heading 1")
        for text in PROSE.get(section.key, ()):
            self._add(text)
        if section.key == "overview" and self.rich:
            self._oddities()
        if section.tables:
            values = numbers(section)
            block = printed_table(section, lambda ref: values[ref])
            element = table_element(block, 156, "Normal", page_style())
            for run in element.iter(qn("w:r")):
                run.insert(0, parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="20"/></w:rPr>'))
            if not self.rich:
                for one in list(element.iter(qn("w:tblHeader"))):
                    one.getparent().remove(one)
            self.document.element.body.insert(len(self.document.element.body) - 1, element)
            self.tables.append(grid(block))
            self._add("注：以上数据由各承办机构提供。")

    def _oddities(self) -> None:
        """What word processors hold besides plain text: tracked changes, hidden text, a field, a picture, a manual line break."""
        word = nsdecls("w")
        change = 'w:id="9" w:author="甲" w:date="2022-01-05T10:00:00Z"'
        paragraph = self.document.add_paragraph("制发行政规范性文件")
        for xml in (
            f"<w:del {word} {change}><w:r><w:delText>17</w:delText></w:r></w:del>",
            f"<w:ins {word} {change}><w:r><w:t>23</w:t></w:r></w:ins>",
            f"<w:r {word}><w:t>件。</w:t></w:r>",
        ):
            paragraph._p.append(parse_xml(xml))
        self.paragraphs.append("制发行政规范性文件23件。")
        paragraph = self.document.add_paragraph("地址：城关镇人民路3号；")
        paragraph.add_run().add_break()
        paragraph.add_run("电话：0999-8731088。")
        self.paragraphs += ["地址：城关镇人民路3号；", "电话：0999-8731088。"]
        paragraph = self.document.add_paragraph("网站：")
        code = "HYPERLINK &quot;http://www.example.gov.cn/&quot;"
        link = f"<w:r {word}><w:t>县政府网</w:t></w:r>"
        paragraph._p.append(parse_xml(f'<w:fldSimple {word} w:instr=" {code} ">{link}</w:fldSimple>'))
        paragraph.add_run("\t联系人：李四")
        self.paragraphs.append("网站：县政府网 联系人：李四")
        self.document.add_picture(io.BytesIO(_picture()), width=Mm(30))
        for index, text in enumerate(("领导重视，专人负责。", "制度健全，按期更新。")):
            self.document.add_paragraph(text, "List Number")
            self.paragraphs.append(f"{index + 1}.{text}")


def _marks() -> WordDocument:
    """Cells in which a digit is crossed out, hidden or the mark of a note; tests/importing/test_formats.py knows them."""
    document = Document()
    document.add_paragraph("表中有划去的数字、隐藏的数字和注释的标记，请逐项核对后再填写，谢谢。")
    table = document.add_table(2, 3, "Table Grid")
    looks = ("strike", "double_strike", "hidden", "superscript", "subscript")
    table.cell(0, 0).text = "甲"
    for cell, look in zip([*table.rows[0].cells[1:], *table.rows[1].cells], looks, strict=True):
        first, second = (cell.paragraphs[0].add_run(digit) for digit in "56")
        setattr((second if "script" in look else first).font, look, True)
    return document


def _picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = b"".join(b"\0" + bytes(range(0, 256, 4)) for _ in range(64))
    head = (64).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _workbook() -> Workbook:
    """The three tables on two sheets, not beginning in A1; one total is a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "年报"
    sections = [section for section in form("2021").sections if section.tables]
    row = 2
    for section in sections[:2]:
        sheet.cell(row, 3, section.name)
        row = _put(sheet, row + 1, 3, section) + 2
    _put(book.create_sheet("表四"), 1, 1, sections[2])
    return book


def _put(sheet, top: int, left: int, section: Section) -> int:  # type: ignore[no-untyped-def]
    values = numbers(section)
    block = printed_table(section, lambda ref: values[ref])
    for cell in block.cells:
        _cell(sheet, top + cell.row, left + cell.column, cell)
    return top + block.rows


def _cell(sheet, row: int, column: int, cell: Cell) -> None:  # type: ignore[no-untyped-def]
    text = cell.text
    value: object = (float(text) if "." in text else int(text)) if cell.ref else text
    if cell.ref == CellRef("requests", "received", "total"):
        value = f"={sheet.cell(row, column - 1).coordinate}+1"
    sheet.cell(row, column, value)
    if cell.row_span > 1 or cell.column_span > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.row_span - 1,
            end_column=column + cell.column_span - 1,
        )


if __name__ == "__main__":
    main()
