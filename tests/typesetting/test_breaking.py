"""Lines: what may not begin or end one, what is never torn apart, 28 characters on each, even titles."""

import io
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.blocks import Paragraph, Run, Style
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.report.model import Attachment
from app.typesetting.breaking import Kind, Unit, Words, break_lines, forbidden, sorts, units_of, width_of
from app.typesetting.fonts import Faces, Role, bundled_faces
from app.typesetting.lines import Setting, paragraph_lines, set_line, tightening
from app.typesetting.page_style import Align, PageStyle, page_style, page_style_keys
from app.typesetting.title import balanced
from tests.exporting.reports import blocks_of, full_report

# GB/T 15834 5.1.9–5.1.10, and what stands before or after a figure
NO_START = "、。，．：；？！）》〉】〕」』］｝”’…—～·％‰℃°々,.!?:;)]}%〗"
NO_END = "（《〈【〔「『［｛“‘([{〖＃＄￥$#"


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


@pytest.fixture(scope="module")
def page() -> PageStyle:
    return page_style()


def units(text: str, faces: Faces, gap: float = 0.2) -> list[Unit]:
    return units_of([Words(text, sorts(faces, Role.BODY, 16, -0.25))], gap * 16)


def broken(text: str, faces: Faces, width: float = 442.2, indent: float = 0) -> list[str]:
    lines = break_lines(units(text, faces), width, indent, -0.25)
    return ["".join(unit.text for unit in line) for line in lines]


def test_a_line_holds_28_characters_and_the_first_one_26(faces: Faces, page: PageStyle) -> None:
    lines = paragraph_lines(Paragraph("国" * 100, Style.BODY), page, faces)
    assert [len(line.text) for line in lines] == [26, 28, 28, 18]
    assert lines[0].x == pytest.approx(31.5)


@pytest.mark.parametrize("mark", NO_START)
def test_a_closing_mark_takes_the_character_before_it_to_the_next_line(faces: Faces, mark: str) -> None:
    assert broken("国" * 28 + mark + "国", faces) == ["国" * 27, "国" + mark + "国"]


@pytest.mark.parametrize("mark", NO_END)
def test_an_opening_mark_goes_to_the_next_line(faces: Faces, mark: str) -> None:
    assert broken("国" * 27 + mark + "国", faces) == ["国" * 27, mark + "国"]


@pytest.mark.parametrize(
    "whole",
    [
        "——",
        "……",
        "2025",
        "wendeng",
        "0631-8731088",
        "2025-12-31",
        "12.5%",
        "a@b.cn",
        "-3.5",
        "+12",
        "1,200",
    ],
)
def test_dashes_ellipses_words_numbers_and_addresses_stay_whole(faces: Faces, whole: str) -> None:
    for before in range(20, 29):
        assert sum(whole in line for line in broken("国" * before + whole + "国" * 9, faces)) == 1


def test_an_address_longer_than_a_line_is_broken_by_characters_and_fills_the_line_it_begins_on(
    faces: Faces,
) -> None:
    address = "http://www.wendeng.gov.cn/" + "a" * 120
    lines = broken("国" * 10 + address, faces)
    assert "".join(lines) == "国" * 10 + address
    assert len(lines[0]) > 30


def test_white_space_does_not_part_a_mark_from_what_it_belongs_to(faces: Faces) -> None:
    assert broken("国" * 28 + " 。国", faces) == ["国" * 27, "国 。国"]
    assert broken("国" * 27 + "（ 国", faces) == ["国" * 27, "（ 国"]
    assert broken("国" * 28 + " 国", faces) == ["国" * 28, "国"]


def test_a_word_goes_to_the_next_line_where_the_gap_after_it_has_no_room(faces: Faces) -> None:
    """As LibreOffice has it, so that Word's file and the PDF break at the same place."""
    found = units("共12条", faces)
    width = found[0].width + found[0].gap + found[1].width
    assert broken("共12条", faces, width + 0.5) == ["共", "12条"]
    assert broken("共12条", faces, width + found[1].gap + 0.5) == ["共12", "条"]


def test_an_address_broken_by_characters_keeps_its_gap_to_the_text_behind_it(faces: Faces) -> None:
    lines = break_lines(units("a" * 60 + "国", faces), 300, 0, -0.25)
    assert "".join(unit.text for line in lines for unit in line) == "a" * 60 + "国"
    gaps = [unit.gap for line in lines for unit in line]
    assert gaps[-2] == pytest.approx(3.2)
    assert not any(gaps[:-2])


@pytest.mark.parametrize("word", ["ab", "——", "12"])
def test_a_word_of_two_characters_is_parted_where_not_even_it_fits(faces: Faces, word: str) -> None:
    assert broken(word, faces, 10) == list(word)


@pytest.mark.parametrize("count", range(50, 66))
def test_a_word_wider_than_the_indented_first_line_stays_within_it(
    faces: Faces, page: PageStyle, count: int
) -> None:
    first, *_ = lines = paragraph_lines(Paragraph("A" + "a" * count, Style.BODY), page, faces)
    assert all(line.x + line.width <= page.width + 0.1 for line in lines)
    assert first.texts
    assert "".join(line.text for line in lines) == "A" + "a" * count


@pytest.mark.parametrize("key", page_style_keys())
@pytest.mark.parametrize("count", [1, 2, 12])
def test_a_long_name_of_an_attachment_goes_on_under_its_first_character(
    faces: Faces, key: str, count: int
) -> None:
    """GB/T 9704 7.3.4, in the PDF and in Word."""
    style, name = page_style(key), "关于进一步加强全镇政府信息公开" + "国" * 60
    report = replace(full_report("2021", 2024), attachments=(Attachment(name),) * count)
    listed = [block for block in blocks_of(report) if getattr(block, "hang", 0)]
    word = Document(io.BytesIO(docx_bytes(listed, Meta("年报", "甲镇", 2024), style)))
    assert len(listed) == count
    for block, shown in zip(listed, word.paragraphs, strict=False):
        first, *others = paragraph_lines(block, style, faces)
        text = next(text for text in first.texts if "关于" in text.text)
        begins = text.x + text.text.index("关于") * (text.size + text.spacing)
        assert len(others) >= 2
        assert all(line.x == pytest.approx(begins, abs=0.1) for line in others)
        assert all(line.x + line.width <= style.width + 0.1 for line in (first, *others))
        assert shown.paragraph_format.left_indent.pt == pytest.approx(begins, abs=0.1)
        hanging = shown._p.pPr.find(qn("w:ind")).get(qn("w:hanging"))
        assert int(hanging) / 20 == pytest.approx(begins - first.x, abs=0.1)


def test_no_line_of_a_long_random_text_begins_or_ends_wrongly(faces: Faces) -> None:
    chance = random.Random(9704)
    parts = [
        "国",
        "政府信息",
        "公开",
        "2025",
        "ab ",
        "（",
        "《条例》",
        "“公开”",
        "）",
        "，",
        "。”",
        "——",
        "……",
        " ",
        "12.5%",
    ]
    text = "".join(chance.choice(parts) + "年" for _ in range(4000))
    for width in (442.2, 300.0, 120.0):
        lines = broken(text, faces, width)
        assert [line for line in lines[1:] if line[0] in NO_START] == []
        assert [line for line in lines if line[-1] in NO_END] == []


@pytest.mark.parametrize("text", ["。" * 300, "（" * 300, "国（。" * 300, "（ ）。" * 300])
def test_where_no_break_is_allowed_the_line_is_full(faces: Faces, text: str) -> None:
    assert "".join(broken(text, faces)).replace(" ", "") == text.replace(" ", "")


def test_every_line_fits_and_nothing_but_white_space_is_lost(faces: Faces) -> None:
    text = "《条例》规定 2025 年公开信息1200条，占比 98.5%（其中，重点领域 300 条）。" * 40
    lines = break_lines(units(text, faces), 300, 32, -0.25)
    for number, line in enumerate(lines):
        assert width_of(line, -0.25) <= 300 - (32 if number == 0 else 0) + 0.02
    assert "".join(u.text for line in lines for u in line).replace(" ", "") == text.replace(" ", "")


def test_between_chinese_and_latin_stands_a_fifth_of_an_em_but_not_beside_marks(faces: Faces) -> None:
    found = units("共12条（3件）", faces)
    assert [round(unit.gap, 2) for unit in found] == [3.2, 3.2, 0, 0, 3.2, 0, 0]


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("占12%的", [3.2, 3.2, 0]),  # a share is a number: 12% and 的 stand apart as 12 and 的 do
        ("占12%。", [3.2, 0, 0]),
        ("的%", [0, 0]),
        ("年A4纸", [3.2, 3.2, 0]),
        ("见/x/页", [0, 0, 0, 0]),
        ("表 3 列", [0, 0, 0, 0, 0]),
        ("3", [0]),
    ],
)
def test_the_gap_beside_shares_letters_and_signs(faces: Faces, text: str, gaps: list[float]) -> None:
    assert [round(unit.gap, 2) for unit in units(text, faces)] == gaps


def test_the_width_of_a_line_counts_gaps_and_spacing_within_it_only(faces: Faces) -> None:
    found = units("共12条", faces)
    advances = sum(unit.width for unit in found)
    assert width_of(found, -0.25) == pytest.approx(advances + 2 * 3.2 + 0.25)
    assert width_of(found[:2], -0.25) == pytest.approx(found[0].width + found[1].width + 3.2 + 0.25)
    assert width_of([], -0.25) == 0


def test_every_character_of_a_line_is_set_where_the_one_before_it_ends(faces: Faces, page: PageStyle) -> None:
    text = "占12%的公开信息——共1,200条（3件）见www.x.cn。" * 4
    lines = paragraph_lines(Paragraph(text, Style.BODY), page, faces)
    assert "".join(line.text for line in lines) == text
    for line in lines:
        for before, after in pairwise(line.texts):
            assert before.x + before.width <= after.x + 0.26


@pytest.mark.parametrize(
    ("before", "after", "is_forbidden"),
    [
        ("か", "\u3099", True),  # a sign that is set upon the character before it
        ("e", "\u0301", True),
        ("国", "府", False),
        ("", "", False),
    ],
)
def test_no_line_ends_before_what_is_set_upon_the_character_before_it(
    before: str, after: str, is_forbidden: bool
) -> None:
    assert forbidden(before, after) is is_forbidden


def test_a_space_as_wide_as_a_character_stays_one(faces: Faces) -> None:
    assert broken("国\u3000府\u00a0开", faces) == ["国\u3000府 开"]


def test_bold_characters_are_a_stretch_of_their_own(faces: Faces) -> None:
    words = [Words("国", sorts(faces, Role.BODY, 16, bold=is_bold)) for is_bold in (False, True, False)]
    line = set_line(units_of(words, 0), 0, 100, Setting(16, 0, Align.LEFT), True)
    assert [(text.text, text.bold) for text in line.texts] == [("国", False), ("国", True), ("国", False)]


def test_control_characters_and_lone_surrogates_are_not_set(faces: Faces) -> None:
    found = units("国\x00\x1b\ud800\u200b\ufeff府\ufe0f", faces)
    assert "".join(unit.text for unit in found) == "国府"


def test_a_newline_ends_a_line_and_a_tab_is_a_space(faces: Faces) -> None:
    assert broken("国\n府\t开", faces) == ["国", "府 开"]
    assert broken("", faces) == [""]
    assert units("\n", faces)[0].kind is Kind.BREAK


def test_justified_lines_end_at_the_margin_and_the_last_one_where_it_ends(
    faces: Faces, page: PageStyle
) -> None:
    lines = paragraph_lines(Paragraph("公开信息12条，回应关切3次。" * 9, Style.BODY), page, faces)
    for line in lines[:-1]:
        assert line.x + line.width == pytest.approx(page.width, abs=0.01)
        last = line.texts[-1]
        assert last.x + last.width == pytest.approx(page.width, abs=0.01)
    assert lines[-1].x + lines[-1].width < page.width


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("http://www.wendeng.gov.cn/" + "a" * 20, "http://www.wendeng.gov.cn/"),
        (
            "https://www.wendeng.gov.cn/zwgk/index.html?id=12345678&x=1",
            "https://www.wendeng.gov.cn/zwgk/index.html?id=",
        ),
        (
            "zhangjiachanzhen_dangzhengban@wendeng.weihai.gov.cn",
            "zhangjiachanzhen_dangzhengban@wendeng.weihai.",
        ),
        ("WDZJC-XXGK-2025-0001-ABCDEFG-HIJKLMN-OPQ", "WDZJC-XXGK-2025-0001-ABCDEFG-"),
    ],
)
def test_an_address_is_broken_after_its_marks_where_the_line_before_it_would_be_loose(
    faces: Faces, page: PageStyle, address: str, first: str
) -> None:
    text = "公开网址见" + address + "。" + "国" * 30
    lines = paragraph_lines(Paragraph(text, Style.BODY), page, faces)
    assert "".join(line.text for line in lines) == text
    assert lines[0].text == "公开网址见" + first


@pytest.mark.parametrize(
    ("whole", "most"),
    [
        ("https://www.xinjiang.gov.cn/zwgk/?id=1&x=1", 0.15),
        ("abc_def@xj.gov.cn", 0.15),
        ("（www.a.gov.cn）", 0.15),
        ("0631-8731088", 0.5),  # stays whole; Word fills the line before it, too
        ("11.3%", 0.5),
    ],
)
def test_no_line_is_loosened_too_much(faces: Faces, page: PageStyle, whole: str, most: float) -> None:
    """Wherever an address, a number or a word falls on it: an address gives the line a part of it."""
    for before in range(1, 40):
        text = "国" * before + whole + "国" * 40
        *full, _ = paragraph_lines(Paragraph(text, Style.BODY), page, faces)
        for line in full:
            assert all(part.spacing <= most * part.size for part in line.texts)


def test_a_number_in_an_address_stays_whole(faces: Faces) -> None:
    for before in range(10, 28):
        lines = broken("国" * before + "v1.25/a-3.14.html" + "国" * 9, faces)
        assert not any(line.endswith(("1.", "3.")) for line in lines)


def with_lone_ends(page: PageStyle, faces: Faces) -> list[Paragraph]:
    """Paragraphs that end in a line of one or two characters when nothing is done; words leave room on their lines."""
    style, found = page.text(Style.BODY), []
    chance = random.Random(1)
    for count in range(300):
        words = ["国" * chance.randint(3, 15) + str(10 ** chance.randint(0, 4)) for _ in range(2 + count % 5)]
        text = "".join(words) + "国" * chance.randint(1, 20) + "。"
        own = units_of(
            [Words(text, sorts(faces, style.role, style.size, style.spacing))], style.gap * style.size
        )
        lines = break_lines(own, page.width, 2 * style.character, style.spacing)
        if sum(len(unit.text) for unit in lines[-1]) <= 2:
            found.append(Paragraph(text, Style.BODY))
    return found


def test_a_paragraph_does_not_end_in_a_line_of_one_or_two_characters_where_little_helps(
    faces: Faces, page: PageStyle
) -> None:
    saved = 0
    for block in with_lone_ends(page, faces):
        lines, by = paragraph_lines(block, page, faces), tightening(block, page, faces)
        assert "".join(line.text for line in lines) == block.text
        assert all(line.x + line.width <= page.width + 0.01 for line in lines)
        assert by <= 0.2
        assert (len(lines[-1].text) > 2) == (by > 0)
        saved += by > 0
    assert saved > 0


@pytest.mark.parametrize("text", ["国" * 26 + "一二三", "国" * 27, "国" * 20])
def test_others_keep_their_spacing(faces: Faces, page: PageStyle, text: str) -> None:
    """Three characters are no lone ones, and one line cannot give what a character needs."""
    assert tightening(Paragraph(text, Style.BODY), page, faces) == 0
    assert tightening(Paragraph("国" * 83, Style.HEADING1), page, faces) == 0


def test_word_is_told_the_same_spacing() -> None:
    def spacings(text: str) -> list[str]:
        made = Document(io.BytesIO(docx_bytes([Paragraph(text, Style.BODY)], Meta("年报", "甲镇", 2025))))
        return [one.get(qn("w:val")) for one in made.element.body.iter(qn("w:spacing"))]

    faces = bundled_faces()
    block = next(one for one in with_lone_ends(page_style(), faces) if tightening(one, page_style(), faces))
    by = tightening(block, page_style(), faces)
    assert spacings(block.text) == [str(round((-0.25 - by) * 20))]
    assert spacings("国" * 80) == []


def test_a_caption_is_set_in_lines_of_about_the_same_length(faces: Faces, page: PageStyle) -> None:
    caption = "图3　政府信息公开专栏首页截图，说明文字很长很长，超过一行时应当在图的下方换行"
    one, other = paragraph_lines(Paragraph(caption, Style.CAPTION), page, faces)
    assert abs(one.width - other.width) < 0.25 * page.width


def test_a_rare_character_in_a_title_is_as_bold_as_its_neighbours(faces: Faces, page: PageStyle) -> None:
    """龑 comes from a light face that stands in for what the bold one has not."""
    title = paragraph_lines(Paragraph("龑县", Style.TITLE), page, faces)[0]
    body = paragraph_lines(Paragraph("龑县", Style.BODY), page, faces)[0]
    assert [(text.text, text.bold) for text in title.texts] == [("龑", True), ("县", False)]
    assert not any(text.bold for text in body.texts)


def test_a_run_in_heading_is_set_in_its_own_face(faces: Faces, page: PageStyle) -> None:
    runs = (Run("（一）监督保障。", Style.HEADING2), Run("全年培训"))
    (line,) = paragraph_lines(Paragraph("（一）监督保障。全年培训", Style.BODY, runs=runs), page, faces)
    fonts = {text.text: text.font for text in line.texts}
    assert fonts["（一）监督保障。"] == faces.pick(Role.HEADING2, "一")[0]
    assert fonts["全年培训"] == faces.pick(Role.BODY, "一")[0]


# ---- titles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "侯家镇人民政府\n2025年政府信息公开工作年度报告",
            ["侯家镇人民政府", "2025年政府信息公开工作年度报告"],
        ),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州特克斯县喀拉达拉镇人民政府",
            ["新疆维吾尔自治区伊犁哈萨克自治州", "特克斯县喀拉达拉镇人民政府"],
        ),
    ],
)
def test_a_title_is_broken_at_the_end_of_words_into_even_lines(
    faces: Faces, title: str, lines: list[str]
) -> None:
    made = balanced(units_of([Words(title, sorts(faces, Role.TITLE, 22))], 4.4), 442.2, 0)
    assert ["".join(unit.text for unit in line) for line in made] == lines


# every 自治州, 自治县 and 自治旗 there is
AUTONOMOUS = Path(__file__).with_name("autonomous_places.txt").read_text("utf-8").split()
BEFORE = ("", "贵州省安顺市", "新疆维吾尔自治区塔城地区", "内蒙古自治区呼伦贝尔市")
OFFICES = ("民族乡人民政府", "人民政府", "街道办事处", "管理委员会")
AFTER = ("城关镇人民政府", "红星街道办事处", "巴彦鄂温克民族乡人民政府", "经济开发区管理委员会")


@pytest.mark.parametrize(("role", "size", "room"), [(Role.TITLE, 22, 442.2), (Role.BODY, 16, 410)])
def test_the_names_of_autonomous_places_and_their_offices_are_never_torn(
    faces: Faces, role: Role, size: float, room: float
) -> None:
    torn = []
    for place in AUTONOMOUS:
        for before in BEFORE:
            for after in AFTER:
                name = before + place + after
                made = balanced(units_of([Words(name, sorts(faces, role, size))], 0.2 * size), room, 0)
                lines = ["".join(unit.text for unit in line) for line in made]
                office = next(word for word in OFFICES if after.endswith(word))
                if not all(any(word in line for line in lines) for word in (place, office)):
                    torn.append(" / ".join(lines))
    assert len(AUTONOMOUS) == 30 + 120
    assert torn == []


@pytest.mark.parametrize(
    "lines",
    [
        "江苏省镇江市丹徒区世业镇/及高桥镇人民政府联合办公室",
        "河南省新乡市卫滨区/铁西街道办事处及胜利路街道办事处",
        "江西省景德镇市浮梁县/经公桥镇及鹅湖镇人民政府",
        "江西省萍乡市莲花县高洲乡/人民政府暨林业工作站",
        "山东省济宁市市中区/唐口街道办事处及安居街道办事处",
        "甘肃省临夏回族自治州东乡族自治县/达板镇人民政府",
        "云南省怒江傈僳族自治州/贡山独龙族怒族自治县丙中洛镇人民政府",
        "云南省西双版纳傣族自治州/勐腊县瑶区瑶族乡人民政府",
        "云南省临沧市/双江拉祜族佤族布朗族傣族自治县/沙河乡人民政府",
        "贵州省黔西南布依族苗族自治州/望谟县打易镇人民政府",
        "贵州省安顺市镇宁布依族苗族自治县/江龙镇人民政府",
        "贵州省毕节市威宁彝族回族苗族自治县/石门乡人民政府",
        "湖北省恩施土家族苗族自治州/恩施市盛家坝镇人民政府",
        "内蒙古自治区呼伦贝尔市/莫力达瓦达斡尔族自治旗/巴彦鄂温克民族乡人民政府",
        "内蒙古自治区锡林郭勒盟/东乌珠穆沁旗乌里雅斯太镇人民政府",
        "新疆维吾尔自治区克孜勒苏柯尔克孜自治州/阿图什市上阿图什镇人民政府",
        "新疆维吾尔自治区塔城地区/和布克赛尔蒙古自治县和布克赛尔镇人民政府",
        "青海省海南藏族自治州/共和县倒淌河镇人民政府",
        "四川省凉山彝族自治州/木里藏族自治县乔瓦镇人民政府",
        "四川省甘孜藏族自治州/德格县马尼干戈镇人民政府",
        "四川省成都市武侯区/西部智谷产业园区管理委员会办公室",
        "广西壮族自治区桂林市/龙胜各族自治县龙脊镇人民政府",
        "广西壮族自治区百色市/隆林各族自治县德峨镇人民政府",
        "广东省清远市连山壮族瑶族自治县/永和镇人民政府",
        "黑龙江省大庆市杜尔伯特蒙古族自治县/烟筒屯镇人民政府",
        "吉林省延边朝鲜族自治州/安图县二道白河镇人民政府",
        "辽宁省阜新市阜新蒙古族自治县/大固本镇人民政府",
        "青海省海东市民和回族土族自治县/川口镇人民政府",
        "新疆维吾尔自治区巴音郭楞蒙古自治州/和静县巴音布鲁克镇人民政府",
    ],
)  # fmt: skip
def test_a_long_name_breaks_between_its_words(faces: Faces, lines: str) -> None:
    made = balanced(units_of([Words(lines.replace("/", ""), sorts(faces, Role.TITLE, 22))], 4.4), 442.2, 0)
    assert "/".join("".join(unit.text for unit in line) for line in made) == lines


@pytest.mark.parametrize(
    ("units", "lines"),
    [
        (
            "甲县政务服务和数据管理局 甲县档案馆 乙县融媒体中心 乙县司法局",
            ["甲县政务服务和数据管理局", "甲县档案馆 乙县融媒体中心 乙县司法局"],
        ),
        (
            "黔东南苗族侗族自治州黎平县德凤街道办事处、龙形街道办事处",
            ["黔东南苗族侗族自治州黎平县德凤街道办事处、", "龙形街道办事处"],
        ),
    ],
)
def test_units_that_sign_together_are_parted_between_them(faces: Faces, units: str, lines: list[str]) -> None:
    found = paragraph_lines(Paragraph(units, Style.SIGNATURE), page_style(), faces)
    assert [line.text for line in found] == lines


@pytest.mark.parametrize("title", ["关" * 60, "。" * 60, "a" * 200, "国" * 5000, "\n\n国\n", "", "（" * 60])
def test_an_odd_title_is_set_all_the_same(faces: Faces, title: str) -> None:
    made = balanced(units_of([Words(title, sorts(faces, Role.TITLE, 22))], 4.4), 442.2, 0)
    assert "".join(unit.text for line in made for unit in line) == title.replace("\n", "")
    assert all(width_of(line, 0) <= 442.3 for line in made)


def test_a_line_before_a_number_is_filled(faces: Faces, page: PageStyle) -> None:
    """Word fills it, too: a ragged line amid full ones looks like the end of a paragraph."""
    for before in range(1, 40):
        *full, _ = paragraph_lines(Paragraph("国" * before + "11.3%。" + "国" * 40, Style.BODY), page, faces)
        assert [round(line.x + line.width) for line in full] == [round(page.width)] * len(full)
